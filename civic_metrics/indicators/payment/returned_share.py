"""The share of invoices that were sent back for correction."""

from datetime import date

from civic_metrics.estimators import share
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
        when set_apart = 'credit note, shown apart' then set_apart
        when received_on is null then 'no receipt date'
    end as left_out,
    case
        when returned_on is null and return_reason is not null
            then 'a reason for sending it back is recorded, but no day by then: counted as not sent back'
    end as caution,
    pounds,
    returned_on is not null as hit,
from invoice
"""

INDICATOR = Indicator(
    id="returned_share",
    name="Invoices sent back",
    question="What share of invoices were sent back?",
    unit=Unit.SHARE,
    better=Better.LOWER,
    estimator=share(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Invoices and claims that were sent back for correction by the as-of date, as a share of "
        "all received in the period, those withdrawn or rejected among them."
    ),
    why=(
        "Each one sent back starts the wait again. Many for one reason point to a form or a rule "
        "that is hard to meet."
    ),
    not_to_be_read_as=(
        "Mistakes of partners: a missing order number is often the university's. Where nobody "
        "records what is sent back it is nought."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025); "
        "Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
