"""How many public activities the HE-BCI return counts, by its headings."""

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
    end as left_out,
    case when hebci_heading is null then 'its heading in table 5 is not recorded' end
        as caution,
    null as pounds,
    1 as value,
from placed_activity
"""

INDICATOR = Indicator(
    id="hebci_activities",
    name="Activities in the HE-BCI return",
    question="How many activities does the HE-BCI return count?",
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
        "Activities marked as counting in HE-BCI table 5, by its headings: public lectures, "
        "performance arts, exhibitions, museum education and other. Open days, students' "
        "union activity, simple trading, commercial conferences and recruitment do not count, "
        "and are left out with that reason."
    ),
    why="The return asks for these each year; counted from the register they need not be collected again.",
    not_to_be_read_as=(
        "All public activities, which stand beside it. Whether one counts is what was "
        "recorded of it when it was entered, by that year's guidance. The return's year is "
        "the academic year."
    ),
    source="HE-BCI (HESA), table 5: social, community and cultural engagement, headings 2a to 2e",
    checked_on=date(2026, 11, 23),
    period_by="held",
    through_membership=True,
    has_own_place=True,
)
