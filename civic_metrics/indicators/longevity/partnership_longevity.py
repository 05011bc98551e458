"""How long relationships last, with those still going counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.longevity import DAYS_A_YEAR, FACTS, QUIET_ENDED, SPLITS
from civic_metrics.model import Better, Indicator, Unit, Variant

INDICATOR = Indicator(
    id="partnership_longevity",
    name="Partnership longevity",
    question="How long do partnerships last?",
    unit=Unit.YEARS,
    better=Better.NEITHER,
    estimator=survival(scale=DAYS_A_YEAR),
    facts=FACTS.format(ended_on="ended_on"),
    splits=SPLITS,
    counts="partnerships",
    what=(
        "The age by which half of partnerships have ended. Those still going count for as long as "
        "they have lasted so far; those already running when the register began count from then."
    ),
    why=(
        "Trust takes years. Partnerships created and then discarded project by project cost the "
        "small partner most."
    ),
    not_to_be_read_as=(
        "Longer is not always better: an ending planned together can be a success. It is not the "
        "average age of those that ended, which leaves out every one that lasts. A start known to "
        "the month or year counts from the middle of it."
    ),
    source="Kaplan and Meier 1958; late entry: Klein and Moeschberger 2003, section 4.6",
    checked_on=date(2026, 11, 23),
    verb="lasted",
    period_by=None,
    through_membership=True,
    variants=(
        Variant(
            QUIET_ENDED,
            FACTS.format(ended_on="ended_or_quiet_on"),
        ),
    ),
)
