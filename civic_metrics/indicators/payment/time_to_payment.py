"""How long partners wait for their money, with invoices still unpaid counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Target, Unit

FACTS = """
-- one row per invoice, paid or still open on the as-of date
select *
from invoice_wait
"""

INDICATOR = Indicator(
    id="time_to_payment",
    name="Time to payment",
    question="How long do partners wait to be paid?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=survival(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Days from the day the university first received an invoice to the day it was paid, "
        "counted as the reporting regulations count them. Half of invoices are paid by then. "
        "Invoices still unpaid on the as-of date count for as long as they have waited so far."
    ),
    why=(
        "A small organisation lives on its cash. Counting only paid invoices hides the ones that "
        "wait longest."
    ),
    not_to_be_read_as=(
        "The legal 'average time to pay', which is a mean over paid invoices and stands beside "
        "it. Grants run from their due date and are shown apart, as are payments made before "
        "receipt and credit notes."
    ),
    source=(
        "Kaplan and Meier 1958; day counting: Reporting on Payment Practices and Performance "
        "Regulations 2017 (SI 2017/395), schedule, paragraph 14"
    ),
    checked_on=date(2026, 11, 23),
    verb="waited",
    period_by="received",
    target=Target("time_to_payment_days"),
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
