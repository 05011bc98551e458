"""The share of partnerships that hang on one person at the university."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.longevity import SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per partnership that is still going
select
    relationship.partnership,
    relationship.lead_organisation as organisation,
    relationship.started_on as happened_on,
    case
        when relationship.stage = 'ended' then 'ended by its stage, with no end date'
        when holding.partnership is null then 'who holds it is not in these records'
    end as left_out,
    relationship.quiet_caution as caution,
    null as pounds,
    holding.people = 1 as hit,
from relationship
left join holding on holding.partnership = relationship.partnership
where relationship.ended_on is null
"""

INDICATOR = Indicator(
    id="one_person_share",
    name="Held by one person",
    question="What share of partnerships hang on one person at the university?",
    unit=Unit.SHARE,
    better=Better.LOWER,
    estimator=share(),
    facts=FACTS,
    splits=SPLITS,
    counts="partnerships still going",
    what=(
        "Of the partnerships still going on the as-of date for which somebody is recorded as "
        "holding the relationship that day, those held by one person only."
    ),
    why=(
        "When the one person a partner knows leaves, the partner begins again. Two who know each "
        "other's partners are the cheapest insurance there is."
    ),
    not_to_be_read_as=(
        "A judgement on that person, who may have carried the relationship for years. Partnerships "
        "with nobody recorded are left out and counted: they may hang on nobody at all."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025); "
        "Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    through_membership=True,
)
