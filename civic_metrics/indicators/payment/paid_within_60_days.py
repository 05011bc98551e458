"""The share of payments made within 60 days of receipt."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Target, Unit

FACTS = """
-- one row per invoice that has been paid
select
    *,
    days <= 60 as hit,
from paid_invoice
"""

INDICATOR = Indicator(
    id="paid_within_60_days",
    name="Paid within 60 days",
    question="What share of payments were made within 60 days of receipt?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Payments made within 60 days of first receipt of the invoice, as a share of all payments "
        "made in the period."
    ),
    why="The bronze and silver awards of the Fair Payment Code ask for 95%.",
    not_to_be_read_as=(
        "An award: gold, silver and bronze each look at shares within 30 days or of small "
        "businesses as well. Unpaid invoices are not in it: a slow payer looks better here than "
        "under time to payment, which counts them."
    ),
    source=(
        "Fair Payment Code, smallbusinesscommissioner.gov.uk/fpc/faqs; day counting: Reporting on "
        "Payment Practices and Performance Regulations 2017 (SI 2017/395), schedule, paragraph "
        "14; Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by="paid",
    target=Target("fair_payment_code_bronze_60_days"),
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
