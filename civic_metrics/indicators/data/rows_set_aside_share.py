"""The share of rows read that were set aside and still wait to be mended."""

from datetime import date

from civic_metrics.estimators import rate
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per upload
with
    waiting as (select batch, count(*) as rows from set_aside group by batch)
select
    null as partnership,
    null as organisation,
    load.complete_to as happened_on,
    load.of_table as "table",
    case
        when load.is_undone then 'undone since'
        when load.rows_read = 0 then 'no rows in it'
    end as left_out,
    null as caution,
    null as pounds,
    -- the ledger keeps every row that waits, so where it has none there are none
    coalesce(waiting.rows, 0) as events,
    load.rows_read as exposure,
from load
left join waiting on waiting.batch = load.batch
"""

INDICATOR = Indicator(
    id="rows_set_aside_share",
    name="Rows set aside",
    question="What share of the rows read was set aside and still waits to be mended?",
    unit=Unit.SHARE,
    better=Better.LOWER,
    estimator=rate(),
    facts=FACTS,
    splits=("table",),
    counts="uploads",
    what=(
        "Rows that failed a check when they were loaded and have not been mended since, as a share "
        "of all rows read. A row that waits from several uploads of the same file counts once, "
        "with the newest; every row of every upload that was not undone counts as read."
    ),
    why=(
        "A row set aside is in no figure. Which rows fail is seldom chance: the untidy file is "
        "often that of one department or one kind of partner."
    ),
    not_to_be_read_as=(
        "The share of records that are wrong: a row can pass every check and be wrong, and one set "
        "aside may only lack a date. Loading the same good file again lowers it."
    ),
    source="Byar's limits of a count (Breslow and Day 1987), exact below 10 (Garwood 1936)",
    checked_on=date(2026, 11, 23),
    period_by=None,
)
