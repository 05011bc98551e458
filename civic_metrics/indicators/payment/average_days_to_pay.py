"""The statutory mean number of days to pay."""

from datetime import date

from civic_metrics.estimators import mean
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
    id="average_days_to_pay",
    name="Average days to pay",
    question="What is the mean number of days from receipt to payment?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=mean(),
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
    checked_on=date(2026, 11, 22),
    period_by="paid",
    partner_filter={"payee_role": "partner"},
    others_filter={"payee_role": "other supplier"},
)
