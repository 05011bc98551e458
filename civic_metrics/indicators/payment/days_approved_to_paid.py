"""Days from approval to payment, with invoices still unpaid counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice, paid or still open on the as-of date
select
    partnership,
    payee as organisation,
    payee_role,
    kind as payment_kind,
    received_on as happened_on,
    case
        when left_out is not null then left_out
        when approved_on is null then 'no day of approval recorded'
        when paid_on < approved_on then 'paid before it was approved'
    end as left_out,
    outcome_doubt || ': any that were make the wait look longer than it is' as caution,
    coalesce(paid_on, $as_of) - approved_on as days,
    paid_on is not null as observed,
    null::integer as entered,
    pounds,
from invoice
"""

INDICATOR = Indicator(
    id="days_approved_to_paid",
    name="Days from approval to payment",
    question="How long after approval is an invoice paid?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=survival(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Days from approval of an invoice to its payment. Half are paid by then. Approved "
        "invoices still unpaid on the as-of date count for as long as they have waited since."
    ),
    why=(
        "It parts the time spent by finance and its payment runs from the time spent on approval."
    ),
    not_to_be_read_as="Time to payment: the partner has been waiting since receipt.",
    source="Kaplan and Meier 1958",
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
