"""How many invoices are overdue on the as-of date."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.indicators.payment import OTHERS, PARTNERS, WITHOUT_PERIODS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice, with whether it is overdue on the as-of date
select
    *,
    is_overdue::integer as value,
from owed_invoice
"""

INDICATOR = Indicator(
    id="overdue_now",
    name="Overdue now",
    question="How many invoices are overdue?",
    unit=Unit.NUMBER,
    better=Better.LOWER,
    estimator=total(),
    facts=FACTS,
    splits=WITHOUT_PERIODS,
    counts="invoices",
    what=(
        "Invoices and grant payments that fell due on or before the as-of date and were not paid "
        "by the end of it. Where an invoice has no due date, it is due 30 days from receipt, the "
        "day of receipt being the first."
    ),
    why="These are the ones to do something about today.",
    not_to_be_read_as=(
        "What is owed at this moment: payments made since the as-of date are not in the records "
        "yet. Invoices that were withdrawn or rejected are left out only where the records say "
        "so."
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
