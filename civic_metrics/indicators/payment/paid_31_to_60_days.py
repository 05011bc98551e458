"""The share of payments made 31 to 60 days after receipt."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice that has been paid
select
    *,
    days between 31 and 60 as hit,
from paid_invoice
"""

INDICATOR = Indicator(
    id="paid_31_to_60_days",
    name="Paid in 31 to 60 days",
    question="What share of payments were made between 31 and 60 days after receipt?",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    estimator=share(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Payments made on day 31 to day 60 after first receipt of the invoice, as a share of all "
        "payments made in the period. Day 1 is the day after receipt."
    ),
    why="It is the second of the three bands the law asks large companies to report.",
    not_to_be_read_as=(
        "Good or bad by itself: it falls when payments become quicker, and also when they become "
        "slower than 60 days. Unpaid invoices are not in it: a slow payer looks better here than "
        "under time to payment, which counts them."
    ),
    source=(
        "Reporting on Payment Practices and Performance Regulations 2017 (SI 2017/395), schedule, "
        "paragraph 9(b)(ii); Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by="paid",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
