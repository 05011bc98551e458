"""How many attendees the HE-BCI return counts, by its headings."""

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
    case
        when in_hebci is null then 'not said whether it counts in the HE-BCI return'
        when not in_hebci
            then 'does not count in the HE-BCI return: '
                || coalesce(not_in_hebci_because, 'reason not recorded')
        when attendance is null then 'attendance not recorded'
    end as left_out,
    case when hebci_heading is null then 'its heading in table 5 is not recorded' end
        as caution,
    null as pounds,
    attendance as value,
from placed_activity
"""

INDICATOR = Indicator(
    id="hebci_attendance",
    name="Attendance in the HE-BCI return",
    question="How many attendees does the HE-BCI return count?",
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
        "Attendance added up over activities marked as counting in HE-BCI table 5, by its "
        "headings. Somebody who came twice counts twice."
    ),
    why="The return asks for attendees beside events.",
    not_to_be_read_as=(
        "A number of different people. Free and charged activities are together here; the "
        "return asks for them apart."
    ),
    source="HE-BCI (HESA), table 5: social, community and cultural engagement, headings 2a to 2e",
    checked_on=date(2026, 11, 23),
    period_by="held",
    through_membership=True,
    has_own_place=True,
)
