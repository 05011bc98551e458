"""The share of partners' money that reaches districts in the most deprived fifth of their nation."""

from datetime import date

from civic_metrics.estimators.recorded import quotient
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per payment to a partner and place of its partnership, with that place's part
select
    placed_payment.partnership,
    placed_payment.payee as organisation,
    placed_payment.place,
    placed_payment.paid_on as happened_on,
    case
        when placed_payment.left_out is not null then placed_payment.left_out
        when placed_payment.place is null then 'no place recorded'
        when place_within.deprivation_fifth is null then 'deprivation of the place not known'
        when place_within.deprivation_fifth like 'whole %' then 'larger than one district'
    end as left_out,
    null as caution,
    placed_payment.pounds,
    case when place_within.deprivation_fifth like '1 %' then placed_payment.pounds else 0 end
        as numerator,
    placed_payment.pounds as denominator,
    placed_payment.whole,
from placed_payment
left join place_within on place_within.place_code = placed_payment.place
where coalesce(payee_role, 'not known') in ('partner', 'not known')
"""

INDICATOR = Indicator(
    id="spend_in_most_deprived_fifth_share",
    name="Share of money in the most deprived fifth",
    question="What share of partners' money reaches the most deprived districts?",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    estimator=quotient(),
    facts=FACTS,
    splits=(
        "partnership",
        "organisation",
        "kind",
        "theme",
        "lead_unit",
        "place",
        "region",
        "country",
        "month",
        "quarter",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="payments",
    what=(
        "Of the money paid to partners for work in a known district, the share for districts in "
        "the most deprived fifth of their own nation, by the share of people who live in its most "
        "deprived areas. A partnership's money is shared out between its places. Where a place "
        "is a neighbourhood that you loaded with its decile, the fifth is of neighbourhoods."
    ),
    why=(
        "Civic work is often justified by need. This says how much of the money went where need "
        "is greatest."
    ),
    not_to_be_read_as=(
        "Money that reached deprived people: a deprived district has prosperous streets, and the "
        "other way about. A fifth of districts does not hold a fifth of people, and the four "
        "nations' indices cannot be compared."
    ),
    source=(
        "English Indices of Deprivation 2025, WIMD 2019, SIMD 2020, NIMDM 2017: extent, ranked "
        "within each nation"
    ),
    checked_on=date(2026, 11, 23),
    period_by="paid",
    has_own_place=True,
)
