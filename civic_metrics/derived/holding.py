"""Who holds a relationship on the as-of day, and on what contract."""

from civic_metrics.derived.model import Derived

# Contracts that end by themselves or can be left unrenewed at short notice.
SHORT_CONTRACTS = "('fixed term', 'hourly paid', 'secondment')"

SQL = f"""
    -- one row per partnership that somebody holds
    with
        current_holder as (
            select *
            from holder
            where to_on is null
            qualify row_number() over (
                partition by partnership, person_ref order by from_on desc nulls last
            ) = 1
        )
    select
        partnership,
        count(*) as people,
        count(*) filter (where employment_kind = 'open-ended') as people_open_ended,
        count(*) filter (where employment_kind in {SHORT_CONTRACTS}) as people_on_short_contract,
        count(*) filter (where employment_ends_on <= $as_of + interval 12 month)
            as people_ending_within_a_year,
        count(*) filter (
            where employment_ends_on > $as_of + interval 12 month
                or (employment_ends_on is null and employment_kind = 'open-ended')
        ) as people_staying_a_year,
    from current_holder
    group by partnership
"""

HOLDING = Derived(SQL, needs=("holder",))
