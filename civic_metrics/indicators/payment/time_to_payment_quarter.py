"""The wait of the quickest quarter of invoices, with those still unpaid counted."""

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
    id="time_to_payment_quarter",
    name="Time to payment, quickest quarter",
    question="By what day are a quarter of invoices paid?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=survival(q=0.25),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Days from first receipt by which a quarter of invoices are paid: the lower quartile of "
        "time to payment. Invoices still unpaid on the as-of date count for as long as they have "
        "waited so far."
    ),
    why=(
        "Set beside the middle and the slowest quarter it shows whether everybody waits alike or "
        "some are served first."
    ),
    not_to_be_read_as="How long partners usually wait: three in four wait longer.",
    source=(
        "Kaplan and Meier 1958; day counting: Reporting on Payment Practices and Performance "
        "Regulations 2017 (SI 2017/395), schedule, paragraph 14"
    ),
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
