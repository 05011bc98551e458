"""The share of payments made more than 60 days after receipt."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice that has been paid
select
    *,
    days > 60 as hit,
from paid_invoice
"""

INDICATOR = Indicator(
    id="paid_after_60_days",
    name="Paid after 60 days",
    question="What share of payments were made more than 60 days after receipt?",
    unit=Unit.SHARE,
    better=Better.LOWER,
    estimator=share(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Payments made on day 61 or later after first receipt of the invoice, as a share of all "
        "payments made in the period. Day 1 is the day after receipt."
    ),
    why=(
        "It is the last of the three bands the law asks large companies to report, and the one "
        "that hurts."
    ),
    not_to_be_read_as=(
        "The share of invoices that wait more than 60 days. Unpaid invoices are not in it: a slow "
        "payer looks better here than under time to payment, which counts them."
    ),
    source=(
        "Reporting on Payment Practices and Performance Regulations 2017 (SI 2017/395), schedule, "
        "paragraph 9(b)(iii); Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by="paid",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
