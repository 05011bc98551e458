"""Days from being sent back to payment, with invoices still unpaid counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice that was sent back, paid or still open on the as-of date
select
    partnership,
    payee as organisation,
    payee_role,
    kind as payment_kind,
    received_on as happened_on,
    case
        when left_out is not null then left_out
        when paid_on < returned_on then 'paid before it was sent back'
    end as left_out,
    outcome_doubt || ': any that were make the wait look longer than it is' as caution,
    coalesce(paid_on, $as_of) - returned_on as days,
    paid_on is not null as observed,
    null::integer as entered,
    pounds,
from invoice
where returned_on is not null
"""

INDICATOR = Indicator(
    id="days_returned_to_paid",
    name="Days from return to payment",
    question="How long after being sent back is an invoice paid?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=survival(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Days from the day an invoice was last sent back for correction to the day it was paid. "
        "Half are paid by then. Those still unpaid on the as-of date count for as long as they "
        "have waited since."
    ),
    why=(
        "Finance often counts from the corrected invoice; the partner counts from the first. This "
        "shows what lies between."
    ),
    not_to_be_read_as=(
        "Days as finance counts them: the day a corrected invoice comes back is not recorded, so "
        "the time the partner takes to correct it is in here. Time to payment runs from first "
        "receipt."
    ),
    source="Kaplan and Meier 1958",
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
