"""How long after their due date grants are paid, with those still unpaid counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.payment import OTHERS, PARTNERS, WITHOUT_KIND
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per grant payment due by the as-of date, or with no due date recorded
select
    partnership,
    payee as organisation,
    payee_role,
    coalesce(due_on, received_on, paid_on) as happened_on,
    case
        when set_apart is not null then set_apart
        when due_on is null then 'no due date recorded'
    end as left_out,
    outcome_doubt || ': any that were make the wait look longer than it is' as caution,
    pounds,
    -- paid early is paid by the day
    greatest(coalesce(paid_on, $as_of) - due_on, 0) as days,
    paid_on is not null as observed,
    null::integer as entered,
from invoice
where kind = 'grant' and (due_on is null or due_on <= $as_of)
"""

INDICATOR = Indicator(
    id="grant_days_from_due",
    name="Grants, days from due date",
    question="How long after their due date are grants paid?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=survival(),
    facts=FACTS,
    splits=WITHOUT_KIND,
    counts="grant payments",
    what=(
        "Days from the due date of a grant payment to the day it was paid; what is paid early "
        "counts as paid on the day. Half are paid by then. Those due and still unpaid on the as- "
        "of date count for as long as they have waited so far."
    ),
    why=(
        "A grant has no invoice to wait for: its agreement says when it is due, and partners plan "
        "on it."
    ),
    not_to_be_read_as=(
        "Time to payment, which runs from receipt of an invoice and leaves grants out."
    ),
    source="Kaplan and Meier 1958",
    checked_on=date(2026, 11, 23),
    period_by="due",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
