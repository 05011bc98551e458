"""The share of payments due that were not made within their terms."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice due by the as-of date, or with no due date recorded
select
    *,
    is_late as hit,
from due_invoice
"""

INDICATOR = Indicator(
    id="late_share",
    name="Not paid within terms",
    question="What share of payments due were not made within their terms?",
    unit=Unit.SHARE,
    better=Better.LOWER,
    estimator=share(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Payments that fell due in the period and were not made by their due date, as a share of "
        "all payments that fell due in it. What is still unpaid at the end of the as-of date "
        "counts as late, and so does what is disputed."
    ),
    why=(
        "Thirty days late on terms of fourteen is hidden by a count of what is paid within 30 "
        "days of receipt. This holds each payment to what was agreed."
    ),
    not_to_be_read_as=(
        "A share of payments made: what is due and still unpaid is in it. It says nothing of how "
        "late. An invoice without a recorded due date is left out and counted."
    ),
    source=(
        "Reporting on Payment Practices and Performance Regulations 2017 (SI 2017/395), schedule, "
        "paragraph 10; Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by="due",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
