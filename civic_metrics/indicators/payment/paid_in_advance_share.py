"""The share of payments made before the invoice was received."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice that has been paid
select
    * replace (
        case when left_out <> 'paid in advance' then left_out end as left_out,
        nullif(
            concat_ws(
                '; ',
                caution,
                case when days < 0 and is_advance_agreed then 'payment in advance was agreed' end
            ),
            ''
        ) as caution
    ),
    days < 0 as hit,
from paid_invoice
"""

INDICATOR = Indicator(
    id="paid_in_advance_share",
    name="Paid in advance",
    question="What share of payments were made before the invoice was received?",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    estimator=share(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "Payments made before the day the invoice was first received, as a share of all payments "
        "made in the period."
    ),
    why=(
        "Paying a small organisation before it spends its own money is a practice worth seeing. "
        "Without an agreement it may be a slip in the dates."
    ),
    not_to_be_read_as="Quick payment: these are kept out of the times to payment.",
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025); "
        "Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by="paid",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
