"""The share of public activities whose venue was accessible to all."""

from datetime import date

from civic_metrics.estimators import share
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
        when venue_accessible is null and is_online then 'held online'
        when venue_accessible is null
            then 'not said whether the venue was accessible'
    end as left_out,
    null as caution,
    null as pounds,
    venue_accessible as hit,
from placed_activity
"""

INDICATOR = Indicator(
    id="accessible_venues_share",
    name="Accessible venues",
    question="What share of activities were held where everybody could take part?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
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
        "Activities whose venue was accessible to all, as the organisers recorded it, as a "
        "share of those where it was recorded."
    ),
    why="Access is part of the cost of working together, and a room that shuts some people out decides who is heard.",
    not_to_be_read_as=(
        "An audit of venues: it is what organisers said. Those where nothing is recorded are "
        "left out and counted; they are hardly the most accessible ones."
    ),
    source="Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025), costs of access",
    checked_on=date(2026, 11, 23),
    period_by="held",
    through_membership=True,
    has_own_place=True,
)
