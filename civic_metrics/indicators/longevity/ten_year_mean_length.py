"""How much of their first ten years partnerships last, on average."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.longevity import DAYS_A_YEAR, FACTS, QUIET_ENDED, SPLITS
from civic_metrics.model import Better, Indicator, Unit, Variant

TEN_YEARS = 10 * DAYS_A_YEAR

INDICATOR = Indicator(
    id="ten_year_mean_length",
    name="Mean length up to ten years",
    question="How many of their first ten years do partnerships last, on average?",
    unit=Unit.YEARS,
    better=Better.NEITHER,
    estimator=survival(scale=DAYS_A_YEAR, restricted_to=TEN_YEARS),
    facts=FACTS.format(ended_on="ended_on"),
    splits=SPLITS,
    counts="partnerships",
    what=(
        "The average time a partnership lasts within its first ten years: the area under the curve "
        "of those still going, up to there. One that lasts longer counts as ten years. It can be "
        "given where more than half are still going and there is no middle value yet."
    ),
    why=(
        "A middle value says nothing of those that end early or late. The average up to a fixed "
        "age uses every year that partnerships were followed, and two groups can be compared by it."
    ),
    not_to_be_read_as=(
        "The average length of a partnership, which is longer and is not known while many still "
        "go on. Where the register began late, it takes for granted that partnerships reached the "
        "age at which the curve begins."
    ),
    source=(
        "Restricted mean survival time: Irwin 1949; Royston and Parmar 2013; Greenwood limits: "
        "Klein and Moeschberger 2003, section 4.5"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    through_membership=True,
    variants=(
        Variant(
            QUIET_ENDED,
            FACTS.format(ended_on="ended_or_quiet_on"),
        ),
    ),
)
