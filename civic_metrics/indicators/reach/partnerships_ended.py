"""How many partnerships ended in a period."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per partnership
select
    partnership,
    lead_organisation as organisation,
    ended_on as happened_on,
    coalesce(end_reason, 'not known') as end_reason,
    case when ended_on is null then 'still going' end as left_out,
    case when ended_on_precision <> 'day' then 'dated to the month or year only, counted in the middle of it' end
        as caution,
    null as pounds,
    1 as value,
from partnership
"""

INDICATOR = Indicator(
    id="partnerships_ended",
    name="Partnerships ended",
    question="How many partnerships ended?",
    unit=Unit.NUMBER,
    better=Better.NEITHER,
    estimator=total(),
    facts=FACTS,
    splits=(
        "partnership",
        "organisation",
        "kind",
        "size",
        "theme",
        "lead_unit",
        "home_university",
        "end_reason",
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
    counts="partnerships",
    what=(
        "Partnerships by the day they ended. One known to end in a month or a year counts in "
        "the middle of it. Why each ended is a split of its own."
    ),
    why="An ending that nobody planned is felt by the smaller partner.",
    not_to_be_read_as=(
        "Failure: a partnership may end because its purpose is met, or as both sides planned."
    ),
    source="Count of the register; Civic University Agreements ask for it",
    checked_on=date(2026, 11, 23),
    period_by="ended",
    through_membership=True,
)
