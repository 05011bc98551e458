"""The share of payments to small businesses made within 30 days of receipt."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Target, Unit

FACTS = """
-- one row per invoice that has been paid, to a payee that is small or of unknown size
select
    * replace (
        case
            when left_out is not null then left_out
            when payee_is_small is null
                then 'not recorded whether the payee has fewer than 50 employees'
        end as left_out
    ),
    days <= 30 as hit,
from paid_invoice
where payee_is_small is distinct from false
"""

INDICATOR = Indicator(
    id="small_paid_within_30_days",
    name="Small payees paid within 30 days",
    question=(
        "What share of payments to organisations with fewer than 50 employees were made within 30 "
        "days of receipt?"
    ),
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Payments made within 30 days of first receipt of the invoice, as a share of all payments "
        "made in the period to payees recorded as having fewer than 50 employees."
    ),
    why=(
        "The silver award of the Fair Payment Code asks for 95%, because small organisations can "
        "wait least."
    ),
    not_to_be_read_as=(
        "A figure for every small partner: where the records do not say whether a payee is small "
        "it is left out and counted. Unpaid invoices are not in it: a slow payer looks better "
        "here than under time to payment, which counts them."
    ),
    source=(
        "Fair Payment Code, smallbusinesscommissioner.gov.uk/fpc/faqs; day counting: Reporting on "
        "Payment Practices and Performance Regulations 2017 (SI 2017/395), schedule, paragraph "
        "14; Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by="paid",
    target=Target("fair_payment_code_silver_small_30_days"),
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
