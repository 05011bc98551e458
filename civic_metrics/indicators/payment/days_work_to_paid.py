"""Days from the work to payment, with invoices still unpaid counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice with a day of work, paid or still open on the as-of date
select
    partnership,
    payee as organisation,
    payee_role,
    kind as payment_kind,
    received_on as happened_on,
    case
        when left_out is not null then left_out
        when last_worked_on is null then 'no day of work recorded'
        when coalesce(paid_on, $as_of) < last_worked_on then 'paid before the work'
    end as left_out,
    outcome_doubt || ': any that were make the wait look longer than it is' as caution,
    coalesce(paid_on, $as_of) - last_worked_on as days,
    paid_on is not null as observed,
    null::integer as entered,
    pounds,
from invoice
"""

INDICATOR = Indicator(
    id="days_work_to_paid",
    name="Days from work to payment",
    question="How long after doing the work are partners paid?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=survival(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Days from the day the work was done, the last where an invoice covers several, to the "
        "day it was paid. Half are paid by then. Invoices still unpaid on the as-of date count "
        "for as long as they have waited so far."
    ),
    why=(
        "This is what a partner feels: from giving its time to having the money, whoever the time "
        "in between was lost by."
    ),
    not_to_be_read_as=(
        "The university's delay alone: the partner's own time to send the invoice is in it."
    ),
    source="Kaplan and Meier 1958",
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
