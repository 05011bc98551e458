"""Days from first receipt to approval, with invoices not yet approved counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice, approved or still open on the as-of date
select
    partnership,
    payee as organisation,
    payee_role,
    kind as payment_kind,
    received_on as happened_on,
    case
        when left_out is not null then left_out
        when approved_on is null and paid_on is not null then 'paid with no day of approval recorded'
        when approved_on < received_on then 'approved before it was received'
    end as left_out,
    nullif(
        concat_ws(
            '; ',
            receipt_doubt,
            case when approved_on is null then outcome_doubt end || ': any that were make the wait look longer than it is'
        ),
        ''
    ) as caution,
    coalesce(approved_on, $as_of) - received_on as days,
    approved_on is not null as observed,
    null::integer as entered,
    pounds,
from invoice
"""

INDICATOR = Indicator(
    id="days_received_to_approved",
    name="Days from receipt to approval",
    question="How long does approval take?",
    unit=Unit.DAYS,
    better=Better.LOWER,
    estimator=survival(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Days from first receipt of an invoice to its approval for payment. Half are approved by "
        "then. Invoices neither approved nor paid on the as-of date count for as long as they "
        "have waited so far."
    ),
    why="It parts the time spent by those who ordered the work from the time spent by finance.",
    not_to_be_read_as="Time to payment: the money leaves only after it.",
    source=(
        "Kaplan and Meier 1958; day counting: Reporting on Payment Practices and Performance "
        "Regulations 2017 (SI 2017/395), schedule, paragraph 14"
    ),
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
