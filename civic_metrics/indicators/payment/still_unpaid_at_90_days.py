"""The share of invoices still unpaid 90 days after receipt."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.indicators.payment import OTHERS, PARTNERS, SPLITS
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per invoice, paid or still open on the as-of date
select *
from invoice_wait
"""

INDICATOR = Indicator(
    id="still_unpaid_at_90_days",
    name="Still unpaid at 90 days",
    question="What share of invoices are still unpaid 90 days after receipt?",
    unit=Unit.SHARE,
    better=Better.LOWER,
    estimator=survival(at=90),
    facts=FACTS,
    splits=SPLITS,
    counts="invoices",
    what=(
        "The share of invoices received that are still unpaid at the end of day 90, where day 1 "
        "is the day after receipt. Invoices that have not waited that long yet count for as long "
        "as they have, so a recent month can be judged before all of it has been paid."
    ),
    why=(
        "After ninety days a small organisation may be paying its own people out of its reserves."
    ),
    not_to_be_read_as=(
        "The share of payments made after 90 days, which knows nothing of what was never paid. "
        "Nor is every invoice open at 90 days overdue: some have longer terms."
    ),
    source=(
        "Kaplan and Meier 1958; day counting: Reporting on Payment Practices and Performance "
        "Regulations 2017 (SI 2017/395), schedule, paragraph 14"
    ),
    checked_on=date(2026, 11, 23),
    period_by="received",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
)
