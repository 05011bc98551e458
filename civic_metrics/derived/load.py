"""Loads: the uploads, as the ledger itself accounts for them."""

from civic_metrics.derived.model import Derived

# The tables whose files say to what day they are complete. They date the figures about loads,
# which read the ledger's account and none of these tables' rows.
DATED = (
    "activity",
    "commitment",
    "contribution",
    "in_kind",
    "milestone",
    "partnership",
    "payment",
    "review",
)

# What the tables are called on the pages; tests hold it to the contracts' titles.
TITLES = {
    "activity": "Activities",
    "bank_rate": "Bank Rate",
    "code": "Codes and other names",
    "commitment": "Commitments",
    "contribution": "Contributions of time",
    "expectation": "Expectations",
    "footprint": "Places of partnerships",
    "funding": "Funding",
    "holder": "Who holds the relationship",
    "in_kind": "Help in kind",
    "membership": "Members of partnerships",
    "milestone": "Milestones",
    "organisation": "Organisations",
    "partnership": "Partnerships",
    "partnership_theme": "Themes of partnerships",
    "payment": "Payments",
    "place": "Places",
    "place_code_change": "Changes of place codes",
    "place_statistic": "Statistics of places",
    "plausibility": "Limits of what is plausible",
    "principle": "Principles",
    "published_figure": "Published figures",
    "rate": "Rates of pay",
    "review": "Reviews",
    "seat": "Seats on boards",
    "threshold": "Targets and thresholds",
    "value_priority": "What each side values",
}

_CASES = "\n".join(
    f"            when '{name}' then '{title}'" for name, title in sorted(TITLES.items())
)

SQL = f"""
    -- one row per upload into a table
    with recursive
        -- Only a later batch undoes: from the newest down, each is settled by those above it.
        walk (batch, undone) as (
            select coalesce(max(batch), 0) + 1, []::integer[] from ledger.batch
            union all
            select
                below.batch,
                case
                    when below.undoes is null or list_contains(walk.undone, below.batch)
                        then walk.undone
                    else list_append(walk.undone, below.undoes)
                end,
            from walk
            join ledger.batch as below on below.batch = walk.batch - 1
        )
    select
        batch,
        case table_name
{_CASES}
            else replace(table_name, '_', ' ')
        end as of_table,
        source,
        complete_to,
        rows_read,
        new + changed + unchanged as rows_loaded,
        list_contains((select undone from walk order by batch limit 1), batch) as is_undone,
    from ledger.batch
    where kind = 'load'
"""

LOAD = Derived(SQL, needs=DATED, of_the_records=True)
