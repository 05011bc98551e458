"""The share of partnerships that hang on posts which will end."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.longevity import SPLITS
from civic_metrics.model import Better, Indicator, Unit, Variant

FACTS = """
-- one row per partnership that is still going
select
    relationship.partnership,
    relationship.lead_organisation as organisation,
    relationship.started_on as happened_on,
    case
        when relationship.stage = 'ended' then 'ended by its stage, with no end date'
        when holding.partnership is null then 'who holds it is not in these records'
        -- one who stays settles it; else what is not known of another does not
        when holding.{staying} = 0 and holding.{leaving} < holding.people
            then '{unknown}'
    end as left_out,
    relationship.quiet_caution as caution,
    null as pounds,
    holding.{leaving} = holding.people as hit,
from relationship
left join holding on holding.partnership = relationship.partnership
where relationship.ended_on is null
"""

INDICATOR = Indicator(
    id="fixed_term_share",
    name="Held by fixed-term staff only",
    question="What share of partnerships hang on people whose posts will end?",
    unit=Unit.SHARE,
    better=Better.LOWER,
    estimator=share(),
    facts=FACTS.format(
        staying="people_open_ended",
        leaving="people_on_short_contract",
        unknown="how a holder is employed is not known",
    ),
    splits=SPLITS,
    counts="partnerships still going",
    what=(
        "Of the partnerships still going on the as-of date whose holders are recorded, those held "
        "only by people in fixed-term or hourly-paid posts or on secondment. One holder with "
        "an open-ended post is enough for a partnership not to be counted."
    ),
    why=(
        "Civic work is often given to people in the post of one project. When it ends the "
        "relationship goes with them, and the partner was never asked."
    ),
    not_to_be_read_as=(
        "A forecast that these partnerships will end, nor a measure of the people who hold them: "
        "posts are renewed. An open-ended post can end too."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025); "
        "Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    through_membership=True,
    variants=(
        Variant(
            "Where every holder's employment is due to end within 12 months",
            FACTS.format(
                staying="people_staying_a_year",
                leaving="people_ending_within_a_year",
                unknown="when a holder''s employment ends is not known",
            ),
        ),
    ),
)
