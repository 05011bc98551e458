"""How many hours of academic staff the HE-BCI return counts, by its headings."""

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
        when academic_staff_hours is null then 'hours of academic staff not recorded'
    end as left_out,
    case when hebci_heading is null then 'its heading in table 5 is not recorded' end
        as caution,
    null as pounds,
    academic_staff_hours as value,
from placed_activity
"""

INDICATOR = Indicator(
    id="hebci_staff_hours",
    name="Academic staff time in the HE-BCI return",
    question="How much academic staff time does the HE-BCI return count?",
    unit=Unit.HOURS,
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
        "Hours of academic staff at activities marked as counting in HE-BCI table 5, at the "
        "event itself and without preparation. The return asks for days: 8 hours are one day "
        "there."
    ),
    why="The return asks for staff time beside events and attendees.",
    not_to_be_read_as=("All the time the work took: preparation is not in it, nor other staff."),
    source="HE-BCI (HESA), table 5: social, community and cultural engagement, headings 2a to 2e",
    checked_on=date(2026, 11, 23),
    period_by="held",
    through_membership=True,
    has_own_place=True,
)
