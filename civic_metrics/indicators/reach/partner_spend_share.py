"""The share of everything the university paid out that went to partners."""

from datetime import date

from civic_metrics.estimators.recorded import quotient
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per payment made
select
    partnership,
    payee as organisation,
    paid_on as happened_on,
    kind as payment_kind,
    case
        when payee_role is null or payee_role = 'not known'
            then 'the records do not say who was paid'
        when currency is distinct from 'GBP' then 'not in pounds'
    end as left_out,
    case when amount_is = 'without VAT' then 'the amount is without VAT' end as caution,
    case when currency = 'GBP' then amount end as pounds,
    case when payee_role = 'partner' then amount else 0 end as numerator,
    amount as denominator,
    row_number() over () as whole,
from payment
where paid_on is not null
"""

INDICATOR = Indicator(
    id="partner_spend_share",
    name="Partners' share of money paid",
    question="What share of the money the university pays out goes to partners?",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    estimator=quotient(),
    facts=FACTS,
    splits=(
        "partnership",
        "payment_kind",
        "month",
        "quarter",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="payments",
    what=(
        "Pounds paid to partners divided by pounds paid to everybody in the payments loaded: "
        "partners, individuals and other suppliers, with VAT."
    ),
    why="Spending with local and community organisations is a choice, and a budget shows it.",
    not_to_be_read_as=(
        "A share of the university's whole budget: salaries and whatever was not in the files are "
        "not in it. It is as large as the payments to others that were loaded allow. By "
        "partnership it says little, because few other suppliers belong to one."
    ),
    source="Sums of payments as loaded",
    checked_on=date(2026, 11, 23),
    period_by="paid",
    whole_only=True,
)
