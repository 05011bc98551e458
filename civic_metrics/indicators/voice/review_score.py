"""How each side scores working together, a principle at a time."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.estimators.unblended import unblended
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per answer in a review
select
    partnership,
    organisation,
    reviewed_on as happened_on,
    principle,
    side,
    left_out,
    null as caution,
    null as pounds,
    scored as numerator,
    case when scored is not null then 1 end as denominator,
    partnership as cluster,
    side || ' on ' || principle as topic,
from scored_answer
"""

INDICATOR = Indicator(
    id="review_score",
    name="Review score",
    question="How do partners, and the university, score the way they work together?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=unblended(
        ratio(),
        "scores of the two sides, and on different principles, are not blended into one: "
        "split by principle and side",
    ),
    facts=FACTS,
    splits=(
        "principle",
        "side",
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
        "The mean score of one side on one principle, each answer as a part of the scale it was "
        "asked on: 0% is the lowest answer, 100% the highest. Answers without a score and "
        "statements about no principle are left out and counted."
    ),
    why="What partners say of the partnership is the nearest thing to knowing how it is for them.",
    not_to_be_read_as=(
        "A share of people who agree. Four on a scale of 1 to 5 is three quarters of the way up "
        "and reads as 75%. Steps of a scale are taken to be equally far apart. The two sides, and "
        "different principles, are never averaged into one figure."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025); "
        "mean as a ratio of sums over partnerships: Cochran 1977, section 6.3"
    ),
    checked_on=date(2026, 11, 23),
    period_by="reviewed",
    partner_filter={"side": "partner"},
    others_filter={"side": "university"},
)
