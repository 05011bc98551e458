"""How many partnerships began in a period."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per partnership
select
    partnership,
    lead_organisation as organisation,
    started_on as happened_on,
    case when started_on is null then 'no start date' end as left_out,
    case when started_on_precision <> 'day' then 'dated to the month or year only, counted in the middle of it' end
        as caution,
    null as pounds,
    1 as value,
from partnership
"""

INDICATOR = Indicator(
    id="partnerships_begun",
    name="Partnerships begun",
    question="How many partnerships began?",
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
        "Partnerships by the day they began. One known to begin in a month or a year counts "
        "in the middle of it."
    ),
    why="New work shows whether there is room for new partners.",
    not_to_be_read_as=(
        "Growth, without those that ended beside it. Those whose start nobody recorded are "
        "left out and counted."
    ),
    source="Count of the register; Civic University Agreements ask for it",
    checked_on=date(2026, 11, 23),
    period_by="started",
    through_membership=True,
)
