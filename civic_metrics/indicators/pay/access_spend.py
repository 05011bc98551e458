"""What was spent so that people can take part: interpretation, childcare, travel, internet."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per payment, or line of one, for access
select
    partnership,
    payee as organisation,
    payee_role,
    paid_on as happened_on,
    case
        when outcome in ('withdrawn', 'rejected') then 'withdrawn or rejected'
        when paid_on is null then 'not paid yet'
        when currency is distinct from 'GBP' then 'not in pounds'
    end as left_out,
    case when amount_is = 'without VAT' then 'amount without VAT' end as caution,
    case when currency = 'GBP' then amount end as pounds,
    amount as value,
from payment
where kind = 'access'
"""

INDICATOR = Indicator(
    id="access_spend",
    name="Spending on access",
    question="What was spent so that people could take part?",
    unit=Unit.POUNDS,
    better=Better.NEITHER,
    estimator=total(),
    facts=FACTS,
    splits=(
        "partnership",
        "organisation",
        "kind",
        "size",
        "theme",
        "lead_unit",
        "home_university",
        "payee_role",
        "place",
        "region",
        "country",
        "deprivation_fifth",
        "month",
        "quarter",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="payments",
    what=(
        "Everything paid for access: interpretation, childcare, travel, internet and the like, "
        "with VAT, whoever was paid."
    ),
    why=(
        "Those who cannot hear, have children to mind or cannot pay a bus fare are in the room "
        "only if somebody budgets for it."
    ),
    not_to_be_read_as=(
        "All that was done for access: it holds what was recorded as such. Travel claimed as "
        "expenses and a venue that is accessible anyway are not in it."
    ),
    source="Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025)",
    checked_on=date(2026, 11, 23),
    period_by="paid",
)
