"""The share of payments made within 30 days of receipt."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Target, Unit

FACTS = """
-- one row per invoice that has been paid
select
    *,
    days <= 30 as hit,
from paid_invoice
"""

INDICATOR = Indicator(
    id="paid_within_30_days",
    name="Paid within 30 days",
    question="What share of payments were made within 30 days of receipt?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Payments made within 30 days of first receipt of the invoice, as a share of all payments "
        "made in the period. An invoice received on 1 June and paid on 1 July counts as within 30 "
        "days here; the duty to pay ends one day sooner."
    ),
    why=(
        "Thirty days is the term in law and in the Fair Payment Code, whose gold award asks for "
        "95%."
    ),
    not_to_be_read_as=(
        "The share of invoices not yet overdue. Unpaid invoices are not in it: a slow payer looks "
        "better here than under time to payment, which counts them."
    ),
    source=(
        "Reporting on Payment Practices and Performance Regulations 2017 (SI 2017/395), schedule, "
        "paragraph 9(b)(i); Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by="paid",
    target=Target("paid_within_30_days"),
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
