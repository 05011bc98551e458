"""The share of the money that was paid within 30 days of receipt."""

from datetime import date

from civic_metrics.estimators import ratio
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice that has been paid
select
    * replace (
        case
            when left_out is not null then left_out
            when pounds is null then 'not in pounds'
        end as left_out
    ),
    case when days <= 30 then pounds else 0 end as numerator,
    pounds as denominator,
from paid_invoice
"""

INDICATOR = Indicator(
    id="paid_within_30_days_by_value",
    name="Pounds paid within 30 days",
    question="What share of the money was paid within 30 days of receipt?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=ratio(),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "The pounds of payments made within 30 days of first receipt of the invoice, as a share "
        "of all pounds paid in the period. Day 1 is the day after receipt. Each invoice stands "
        "under its partnership, or under its payee where it has none, when the range is worked "
        "out."
    ),
    why=(
        "By number a small invoice counts as much as a large one; by value it is seen whether the "
        "large ones wait."
    ),
    not_to_be_read_as=(
        "The share of invoices: one large payment can move it a long way, so it stands beside the "
        "share by number. Unpaid invoices are not in it: a slow payer looks better here than "
        "under time to payment, which counts them."
    ),
    source=(
        "Reporting on Payment Practices and Performance Regulations 2017 (SI 2017/395), schedule, "
        "paragraph 9(c), added by SI 2024/444; ratio of sums with linearised variance (Cochran "
        "1977, section 6.3)"
    ),
    checked_on=date(2026, 11, 23),
    period_by="paid",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
