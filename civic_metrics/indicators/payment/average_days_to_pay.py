"""The statutory mean number of days to pay."""

from datetime import date

from civic_metrics.estimators import mean
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice that has been paid
select
    *,
    days as value,
from paid_invoice
"""

INDICATOR = Indicator(
    id="average_days_to_pay",
    name="Average days to pay",
    question="What is the mean number of days from receipt to payment?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=mean(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "The mean of the days from first receipt of an invoice to its payment, over payments made "
        "in the period. Day 1 is the day after receipt, weekends included."
    ),
    why=(
        "It is the figure the law asks large companies to report, so it can be set beside theirs."
    ),
    not_to_be_read_as=(
        "How long a typical partner waits: a few very late payments move a mean a long way. "
        "Unpaid invoices are not in it: a slow payer looks better here than under time to "
        "payment, which counts them."
    ),
    source=(
        "Reporting on Payment Practices and Performance Regulations 2017 (SI 2017/395), schedule, "
        "paragraphs 9(a), 13 and 14; mean with Student's t interval"
    ),
    checked_on=date(2026, 11, 23),
    verb="waited",
    period_by="paid",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
