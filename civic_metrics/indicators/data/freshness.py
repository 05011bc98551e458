"""How old the newest records of each source are."""

from datetime import date

from civic_metrics.estimators import quantile
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per table and source
with
    source as (
        select of_table, source, max(complete_to) as complete_to
        from load
        where not is_undone and rows_loaded > 0
        group by of_table, source
    )
select
    null as partnership,
    null as organisation,
    complete_to as happened_on,
    of_table as "table",
    case when complete_to is null then 'no day given up to which it is complete' end as left_out,
    null as caution,
    null as pounds,
    greatest($as_of, (select max(complete_to) from source)) - complete_to as value,
from source
"""

INDICATOR = Indicator(
    id="freshness",
    name="Freshness of the records",
    question="How many days behind the newest records are the others?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=quantile(0.5),
    facts=FACTS,
    splits=("table",),
    counts="sources",
    what=(
        "For each table and source, the days from the last day it is complete to, back from the "
        "newest day that any source is complete to; the middle of them. Where the figure is asked "
        "for as at a later day than that, today for instance, the days are counted from that day."
    ),
    why=(
        "Figures stand as at the day to which all their sources are complete, so one old file "
        "holds every figure back that rests on it."
    ),
    not_to_be_read_as=(
        "Days from today, unless today is asked for: the records do not know what day it is. "
        "Tables that are not of a day, such as places and rates, are left out and counted."
    ),
    source="The day each file was said to be complete to when it was loaded",
    checked_on=date(2026, 11, 23),
    period_by=None,
)
