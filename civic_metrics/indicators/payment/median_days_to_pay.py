"""The median number of days to pay, of those paid."""

from datetime import date

from civic_metrics.estimators import quantile
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
    id="median_days_to_pay",
    name="Median days to pay",
    question="By what day was half of what was paid, paid?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=quantile(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "The middle number of days from first receipt to payment, over payments made in the period."
    ),
    why="Unlike the mean, it does not move with a few very late payments.",
    not_to_be_read_as=(
        "The legal 'average time to pay', which is the mean. Unpaid invoices are not in it: a "
        "slow payer looks better here than under time to payment, which counts them."
    ),
    source=(
        "Order-statistic interval (Conover 1999, section 3.2); day counting: Reporting on Payment "
        "Practices and Performance Regulations 2017 (SI 2017/395), schedule, paragraph 14"
    ),
    checked_on=date(2026, 11, 23),
    verb="waited",
    period_by="paid",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
