"""How many came to the public activities of partnerships, each time they came."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per activity, with the place it was held in
select
    partnership,
    null::varchar as organisation,
    place,
    held_on as happened_on,
    hebci_heading as heading,
    case when attendance is null then 'attendance not recorded' end as left_out,
    case when is_online then 'held online' end as caution,
    null as pounds,
    attendance as value,
from placed_activity
"""

INDICATOR = Indicator(
    id="attendance",
    name="People at public activities",
    question="How many people came to public activities?",
    unit=Unit.NUMBER,
    better=Better.NEITHER,
    estimator=total(),
    facts=FACTS,
    splits=(
        "partnership",
        "organisation",
        "kind",
        "theme",
        "lead_unit",
        "heading",
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
    counts="activities",
    what=(
        "Attendance added up over public activities, as recorded. Somebody who came twice "
        "counts twice."
    ),
    why="Activities that nobody comes to reach nobody.",
    not_to_be_read_as=(
        "A number of different people, or of people who were changed by what they heard. "
        "Activities with no attendance recorded are left out and counted, never taken for "
        "nought."
    ),
    source="HE-BCI (HESA), table 5: social, community and cultural engagement, headings 2a to 2e",
    checked_on=date(2026, 11, 23),
    period_by="held",
    through_membership=True,
    has_own_place=True,
)
