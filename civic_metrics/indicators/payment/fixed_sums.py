"""The fixed sums that late payments would have carried under the 1998 Act, in pounds; indicative."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.indicators.payment import OTHERS, PARTNERS, WITHOUT_KIND
from civic_metrics.model import Better, Indicator, Unit, Variant

FACTS = """
-- one row per debt that fell due by the as-of date
select
    *,
    fixed_sum_gbp as value,
from debt
where {payer}
"""

OWN = FACTS.format(payer="not is_public")
PUBLIC = FACTS.format(payer="is_public")

INDICATOR = Indicator(
    id="fixed_sums",
    name="Fixed sums for late payment, indicative",
    question="What fixed sums could have been claimed for late payments?",
    unit=Unit.POUNDS,
    better=Better.LOWER,
    estimator=total(),
    facts=OWN,
    splits=WITHOUT_KIND,
    counts="debts",
    what=(
        "A fixed sum for each debt that fell due in the period and was paid late or is still "
        "unpaid: £40 under £1,000, £70 under £10,000, £100 from there. Only what is recorded as "
        "supply is counted, and only where the amount with VAT is known. Interest would run from "
        "the day after the agreed day or, where none is recorded, after the 30 days that begin "
        "with receipt or with the work, whichever is later."
    ),
    why="Chasing money costs time. The law puts a sum on it, one for each debt.",
    not_to_be_read_as=(
        "A bill, or legal advice: who may claim depends on what was agreed, and grants, honoraria "
        "and expenses are outside the Act. It comes on top of interest."
    ),
    source="Late Payment of Commercial Debts (Interest) Act 1998, section 5A",
    checked_on=date(2026, 11, 23),
    period_by="due",
    partner_filter=PARTNERS,
    others_filter=OTHERS,
    variants=(
        Variant(
            "If the university counts as a public authority, with agreed days capped at 30", PUBLIC
        ),
    ),
)
