"""The interest that late payments would have earned under the 1998 Act, in pounds; indicative."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.indicators.payment import OTHERS, PARTNERS, WITHOUT_KIND
from civic_metrics.model import Better, Indicator, Unit, Variant

FACTS = """
-- one row per debt that fell due by the as-of date
select
    * replace (
        case
            when left_out is not null then left_out
            when days_late > 0 and statutory_rate is null then 'rate not available'
        end as left_out
    ),
    interest_gbp as value,
from debt
where {payer}
"""

OWN = FACTS.format(payer="not is_public")
PUBLIC = FACTS.format(payer="is_public")

INDICATOR = Indicator(
    id="statutory_interest",
    name="Statutory interest, indicative",
    question="How much interest could have been claimed on late payments?",
    unit=Unit.POUNDS,
    better=Better.LOWER,
    estimator=total(),
    facts=OWN,
    splits=WITHOUT_KIND,
    counts="debts",
    what=(
        "Simple interest on payments that fell due in the period and were made late or are still "
        "unpaid, at 8 points above the Bank Rate that stood on the 30 June or 31 December before "
        "interest began. The rate is fixed for each debt and each is rounded to the penny once. "
        "Only what is recorded as supply is counted, and only where the amount with VAT is known. "
        "Interest would run from the day after the agreed day or, where none is recorded, after "
        "the 30 days that begin with receipt or with the work, whichever is later."
    ),
    why="Waiting has a price, and the law names it. Small organisations hardly ever ask for it.",
    not_to_be_read_as=(
        "A bill, or legal advice: who may claim depends on what was agreed, and grants, honoraria "
        "and expenses are outside the Act. Where the rate of a half-year is not in the records it "
        "is not guessed: the debt is left out as 'rate not available'."
    ),
    source=(
        "Late Payment of Commercial Debts (Interest) Act 1998, sections 1 to 6; rate: SI "
        "2002/1675, article 4"
    ),
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
