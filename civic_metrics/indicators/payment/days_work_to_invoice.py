"""Days from the work to the date on the invoice."""

from datetime import date

from civic_metrics.estimators import quantile
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice with a day of work
select
    partnership,
    payee as organisation,
    payee_role,
    kind as payment_kind,
    received_on as happened_on,
    case
        when left_out is not null then left_out
        when last_worked_on is null then 'no day of work recorded'
        when invoiced_on is null then 'no date on the invoice recorded'
        when invoiced_on < last_worked_on then 'invoiced before the work'
    end as left_out,
    null as caution,
    invoiced_on - last_worked_on as value,
    pounds,
from invoice
"""

INDICATOR = Indicator(
    id="days_work_to_invoice",
    name="Days from work to invoice",
    question="How long after the work is it invoiced?",
    unit=Unit.DAYS,
    better=Better.NEITHER,
    estimator=quantile(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "The middle number of days from the day the work was done, the last where an invoice "
        "covers several, to the date on the invoice."
    ),
    why=(
        "Where it is long, partners may be waiting for an order number, or may need help with the "
        "form."
    ),
    not_to_be_read_as="Anybody's delay by itself: some partners invoice once a term by choice.",
    source="Order-statistic interval (Conover 1999, section 3.2)",
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
