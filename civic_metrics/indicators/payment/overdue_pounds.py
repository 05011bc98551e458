"""How many pounds are overdue on the as-of date."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.indicators.payment import OTHERS, PARTNERS, WITHOUT_PERIODS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice, with what is overdue of it on the as-of date
select
    * replace (
        case
            when left_out is not null then left_out
            when overdue_pounds is null then 'not in pounds'
        end as left_out
    ),
    overdue_pounds as value,
from owed_invoice
"""

INDICATOR = Indicator(
    id="overdue_pounds",
    name="Pounds overdue",
    question="How much money is overdue?",
    unit=Unit.POUNDS,
    better=Better.LOWER,
    estimator=total(),
    facts=FACTS,
    splits=WITHOUT_PERIODS,
    counts="invoices",
    what=(
        "What is still to pay on invoices and grant payments that fell due on or before the as-of "
        "date and were not paid by the end of it, less credit notes. Where an invoice has no due "
        "date, it is due 30 days from receipt, the day of receipt being the first."
    ),
    why="It is money that partners have earned and cannot use.",
    not_to_be_read_as=(
        "What is owed at this moment: payments made since the as-of date are not in the records "
        "yet. Interest is not in it."
    ),
    source=(
        "Late Payment of Commercial Debts (Interest) Act 1998, section 4, for the 30 days where "
        "no date was agreed"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
