"""What partners' time would have earned at the university's own rate, less what was paid for it."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.model import Better, Indicator, Unit, Variant

FACTS = """
-- one row per contribution of a partner's time, and one per payment to a partner without any
select
    partnership,
    organisation,
    worked_on as happened_on,
    activity,
    case when is_unpaid then compared_basis else pay_basis end as pay_basis,
    {left_out} as left_out,
    given_freely as caution,
    paid_or_nought_gbp as pounds,
    at_university_rate_gbp - case when is_unpaid then 0 else paid_gbp end as value,
from time_compared
union all
select
    partnership,
    payee as organisation,
    paid_on as happened_on,
    null as activity,
    null as pay_basis,
    'money paid with no time recorded' as left_out,
    null as caution,
    pounds,
    null as value,
from untimed_payment
"""

WITHOUT_FREELY_GIVEN = """coalesce(
        not_compared,
        case when is_given_freely then 'declined payment or gave time as a volunteer' end
    )"""

INDICATOR = Indicator(
    id="pay_shortfall",
    name="Pay shortfall",
    question="How much more would partners have earned at the university's own rate?",
    unit=Unit.POUNDS,
    better=Better.LOWER,
    estimator=total(),
    facts=FACTS.format(left_out="not_compared"),
    splits=(
        "partnership",
        "organisation",
        "kind",
        "size",
        "theme",
        "lead_unit",
        "home_university",
        "activity",
        "pay_basis",
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
    counts="contributions",
    what=(
        "What partners' hours would have earned at the university's own rate for the same "
        "activity, less everything paid for them: compensation parity in pounds, over the same "
        "hours and at the same rates. Unpaid hours count as paid £0. Below zero partners were "
        "paid more than the university's rate."
    ),
    why="It is what parity would have cost, and what partners gave without being paid for it.",
    not_to_be_read_as=(
        "A debt: nothing says that the money is owed. Hours without a rate to compare with, and "
        "hours nobody recorded, are not in it, so the whole is likely to be more."
    ),
    source=(
        "Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman "
        "2025), "
        "principle 7"
    ),
    checked_on=date(2026, 11, 23),
    period_by="worked",
    variants=(
        Variant(
            "Without time partners declined payment for or gave as volunteers",
            FACTS.format(left_out=WITHOUT_FREELY_GIVEN),
        ),
    ),
)
