"""The median number of days to pay, of those paid."""

from datetime import date

from civic_metrics.estimators import quantile
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice that has been paid
select
    partnership,
    payee as organisation,
    payee_role,
    paid_on as happened_on,
    left_out,
    'receipt date taken from the ' || receipt_taken_from as caution,
    pounds,
    paid_on - received_on as value,
from invoice
where paid_on is not null
"""

INDICATOR = Indicator(
    id="median_days_to_pay",
    name="Median days to pay",
    question="By what day was half of what was paid, paid?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=quantile(),
    facts=FACTS,
    splits=(
        "partnership",
        "organisation",
        "kind",
        "theme",
        "payee_role",
        "place",
        "month",
        "quarter",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="invoices",
    what=(
        "The middle number of days from first receipt to payment, over payments made in the period."
    ),
    why=("Unlike the mean, it does not move with a few very late payments."),
    not_to_be_read_as=(
        "The legal 'average time to pay', which is the mean. Unpaid invoices are not in it: a "
        "slow payer looks better here than under time to payment, which counts them."
    ),
    source=(
        "Order-statistic interval (Conover 1999, section 3.2); day counting: Reporting on Payment "
        "Practices and Performance Regulations 2017 (SI 2017/395), schedule, paragraph 14"
    ),
    checked_on=date(2026, 11, 22),
    period_by="paid",
    partner_filter={"payee_role": "partner"},
    others_filter={"payee_role": "other supplier"},
)
