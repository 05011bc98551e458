"""How many invoices were sent back, by reason."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice received and sent back for correction
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
    null as caution,
    pounds,
    return_reason,
    1 as value,
from invoice
where returned_on is not null
"""

INDICATOR = Indicator(
    id="returned_invoices",
    name="Invoices sent back, by reason",
    question="How many invoices were sent back, and why?",
    unit=Unit.NUMBER,
    better=Better.LOWER,
    estimator=total(),
    facts=FACTS,
    splits=(*SPLITS, "return_reason"),
    counts="invoices",
    what=(
        "Invoices and claims that were sent back for correction by the as-of date, counted by the "
        "reason recorded for it."
    ),
    why="The commonest reason is the first thing to mend.",
    not_to_be_read_as=(
        "A share: more invoices bring more returns. The share of invoices sent back stands beside "
        "it."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025)"
    ),
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
