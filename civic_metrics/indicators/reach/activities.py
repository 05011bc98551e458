"""How many public activities partnerships held."""

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
    null as left_out,
    case when is_online then 'held online' end as caution,
    null as pounds,
    1 as value,
from placed_activity
"""

INDICATOR = Indicator(
    id="activities",
    name="Public activities",
    question="How many public activities did partnerships hold, and where?",
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
        "Events and other public activities held, each once, on its first day. One that names no "
        "place counts where its partnership works, if that is one place and it was not online."
    ),
    why="What a partnership does in public is what most people ever see of it.",
    not_to_be_read_as=(
        "A measure of good done, or the HE-BCI return, which counts some kinds only and stands "
        "beside it. Only what somebody recorded is in it."
    ),
    source="HE-BCI table 5 (HESA): social, community and cultural engagement",
    checked_on=date(2026, 11, 23),
    period_by="held",
    through_membership=True,
    has_own_place=True,
)
