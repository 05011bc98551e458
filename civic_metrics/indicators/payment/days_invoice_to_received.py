"""Days from the date on the invoice to its first receipt."""

from datetime import date

from civic_metrics.estimators import quantile
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice received
select
    partnership,
    payee as organisation,
    payee_role,
    kind as payment_kind,
    received_on as happened_on,
    case
        when left_out is not null then left_out
        when invoiced_on is null then 'no date on the invoice recorded'
        when receipt_taken_from is not null then 'receipt date taken from another date'
        when received_on < invoiced_on then 'received before the date on it'
    end as left_out,
    null as caution,
    received_on - invoiced_on as value,
    pounds,
from invoice
"""

INDICATOR = Indicator(
    id="days_invoice_to_received",
    name="Days from invoice to receipt",
    question="How long after its date does an invoice arrive?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=quantile(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "The middle number of days from the date on the invoice to the day the university first "
        "received it."
    ),
    why=(
        "Days in a mailbox nobody reads count as nobody's. Where it is long, the way in is worth "
        "a look."
    ),
    not_to_be_read_as=(
        "The partner's delay: an invoice sent to one department may be recorded as received only "
        "when it reaches another."
    ),
    source="Order-statistic interval (Conover 1999, section 3.2)",
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
