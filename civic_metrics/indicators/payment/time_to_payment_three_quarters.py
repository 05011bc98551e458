"""The wait of all but the slowest quarter of invoices, with those still unpaid counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice, paid or still open on the as-of date
select *
from invoice_wait
"""

INDICATOR = Indicator(
    id="time_to_payment_three_quarters",
    name="Time to payment, slowest quarter",
    question="By what day are three quarters of invoices paid?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=survival(q=0.75),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Days from first receipt by which three quarters of invoices are paid: the upper quartile "
        "of time to payment. The slowest quarter wait longer still. Invoices still unpaid on the "
        "as-of date count for as long as they have waited so far."
    ),
    why=(
        "A middle value hides the long waits. These are the ones that put a small organisation in "
        "difficulty."
    ),
    not_to_be_read_as=(
        "The longest wait. Where fewer than three quarters have been paid so far it is not known "
        "yet, and no figure is given."
    ),
    source=(
        "Kaplan and Meier 1958; day counting: Reporting on Payment Practices and Performance "
        "Regulations 2017 (SI 2017/395), schedule, paragraph 14"
    ),
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
