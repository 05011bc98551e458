"""How far the university's and partners' scores of working together lie apart."""

from datetime import date

from civic_metrics.estimators.difference import difference
from civic_metrics.estimators.unblended import unblended
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per answer in a review
select
    partnership,
    organisation,
    reviewed_on as happened_on,
    principle,
    coalesce(
        left_out,
        case
            when not is_answered_by_both
                then 'the other side gave no score on it within half a year'
        end
    ) as left_out,
    null as caution,
    null as pounds,
    scored as value,
    side,
    partnership as cluster,
    principle as topic,
from scored_answer
"""

INDICATOR = Indicator(
    id="perception_gap",
    name="Perception gap",
    question="Does the university see its partnerships as its partners do?",
    unit=Unit.POINTS,
    better=Better.NEITHER,
    estimator=unblended(
        difference(),
        "scores on different principles are not blended into one: split by principle",
    ),
    facts=FACTS,
    splits=(
        "principle",
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
        "quarter",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="answers",
    what=(
        "The university's mean score on a principle less its partners' mean score, each answer as "
        "a part of the scale it was asked on: 0 is the lowest answer, 1 the highest. Above nought "
        "the university thinks better of it than its partners do. An answer counts where the other "
        "side scored the same principle, in the same partnership, within half a year."
    ),
    why=(
        "A university that asks only itself learns what it thinks of itself. Where the two sides "
        "see a partnership differently, it is the difference that is worth talking about."
    ),
    not_to_be_read_as=(
        "Who is right. Those who answer a review may be those who are content, and people who "
        "depend on a grant may not say what they think. A narrow gap is no praise: both sides may "
        "score low. Different principles are never averaged into one figure."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025); "
        "difference of means over clusters: Binder 1983. That answers within half a year belong "
        "to one round is our own choice"
    ),
    checked_on=date(2026, 11, 23),
    period_by="reviewed",
    through_membership=True,
)
