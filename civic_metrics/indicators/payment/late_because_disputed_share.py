"""The share of payments due that were late because the university disputed them."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit, Variant

# The law divides by payments due; some read the guidance as dividing by those that were late.
FACTS = """
-- one row per invoice due by the as-of date, or with no due date recorded
select
    *,
    is_late and is_disputed as hit,
from due_invoice
"""

OF_LATE = f"{FACTS}where is_late or left_out is not null\n"

INDICATOR = Indicator(
    id="late_because_disputed_share",
    name="Late because of a dispute",
    question="What share of payments due were late because the university disputed them?",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    estimator=share(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Payments that fell due in the period, were not made by their due date and are recorded "
        "as disputed by the university, as a share of all payments that fell due in it. The share "
        "of late payments only stands beside it."
    ),
    why=(
        "A dispute is a reason for paying late that the partner may see otherwise. Shown apart, "
        "it neither excuses the rest nor hides in it."
    ),
    not_to_be_read_as=(
        "Proof that the dispute caused the delay: the records say that an invoice is disputed, "
        "not since when. Where nobody records disputes it is nought."
    ),
    source=(
        "Reporting on Payment Practices and Performance Regulations 2017 (SI 2017/395), schedule, "
        "paragraph 10B, added by SI 2024/444; Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by="due",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
    variants=(Variant("As a share of late payments only", OF_LATE),),
)
