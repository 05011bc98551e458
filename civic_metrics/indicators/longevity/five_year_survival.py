"""The share of partnerships still going five years after they began."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.longevity import DAYS_A_YEAR, FACTS, QUIET_ENDED, SPLITS
from civic_metrics.model import Better, Indicator, Unit, Variant

FIVE_YEARS = 5 * DAYS_A_YEAR

INDICATOR = Indicator(
    id="five_year_survival",
    name="Five-year survival",
    question="What share of partnerships are still going after five years?",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    estimator=survival(scale=DAYS_A_YEAR, at=FIVE_YEARS),
    facts=FACTS.format(ended_on="ended_on"),
    splits=SPLITS,
    counts="partnerships",
    what=(
        "The share of partnerships expected to reach their fifth birthday, worked out with those "
        "still going counted for as long as they have lasted."
    ),
    why="Five years is longer than most funding: what reaches it has outlived its first grant.",
    not_to_be_read_as=(
        "The share of today's partnerships that are five years old. Partnerships may end because "
        "their purpose is met."
    ),
    source="Kaplan and Meier 1958; log-log limits: Kalbfleisch and Prentice 2002, section 1.4",
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
