"""The share of milestones that were done by the day they were due."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per milestone
with
    dated as (
        select
            *,
            -- due "in March" is due by the end of March
            case due_on_precision
                when 'month' then last_day(due_on)
                when 'year' then make_date(year(due_on), 12, 31)
                else due_on
            end as last_on,
        from milestone
    )
select
    dated.partnership,
    lead_organisation as organisation,
    last_on as happened_on,
    case
        when due_on is null then 'no day it was due'
        when last_on > $as_of then 'not due yet'
    end as left_out,
    nullif(
        concat_ws(
            '; ',
            case
                when done_on is null then 'not done by the as-of date'
                when done_on > last_on then 'done after it was due'
            end,
            case
                when due_on_precision <> 'day'
                    then 'due in a month or year, counted to the end of it'
            end,
            case
                when done_on_precision <> 'day' and done_on is not null
                    then 'done in a month or year, counted in the middle of it'
            end
        ),
        ''
    ) as caution,
    null as pounds,
    coalesce(done_on <= last_on, false) as hit,
from dated
left join partnership on partnership.partnership = dated.partnership
"""

INDICATOR = Indicator(
    id="milestones_met_share",
    name="Milestones met in time",
    question="What share of milestones were done by the day they were due?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
    facts=FACTS,
    splits=(
        "partnership",
        "organisation",
        "kind",
        "size",
        "theme",
        "lead_unit",
        "home_university",
        "place",
        "region",
        "country",
        "deprivation_fifth",
        "month",
        "quarter",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="milestones",
    what=(
        "Of the milestones due by the as-of date, the share that were done on or before the day "
        "they were due. Those done late and those not done are counted apart beside the figure."
    ),
    why="What was agreed for a day and does not come is how trust is spent.",
    not_to_be_read_as=(
        "The fault of one side: the records do not say who was late or why. A milestone moved to "
        "a later day counts by its newest day."
    ),
    source="Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025)",
    checked_on=date(2026, 11, 23),
    period_by="due",
    through_membership=True,
)
