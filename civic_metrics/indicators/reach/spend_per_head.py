"""Pounds paid to partners for each person who lives in the places they work in."""

from datetime import date

from civic_metrics.estimators.recorded import per_head
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
        when place.population is null then 'the population of the place is not held'
        when place.population = 0 then 'nobody lives there'
    end as left_out,
    null as caution,
    placed_payment.pounds,
    placed_payment.pounds as value,
    place.population as heads,
    placed_payment.place as area,
from placed_payment
left join place on place.place_code = placed_payment.place
where coalesce(payee_role, 'not known') in ('partner', 'not known')
"""

INDICATOR = Indicator(
    id="spend_per_head",
    name="Money paid to partners per head",
    question="How much money reaches partners for each person who lives there?",
    unit=Unit.POUNDS_A_HEAD,
    better=Better.NEITHER,
    estimator=per_head(),
    facts=FACTS,
    splits=(
        "partnership",
        "theme",
        "place",
        "region",
        "country",
        "deprivation_fifth",
        "academic_year",
        "financial_year",
        "calendar_year",
    ),
    counts="payments by place",
    what=(
        "Everything paid to partners in pounds, divided by the people who live in the places "
        "their partnerships work in. A partnership's money is shared out between its places by "
        "the shares the records give, in equal parts where they give none; each place's people "
        "count once. Over several places, a region among them, only the places where money was "
        "recorded are in it, below and above the line."
    ),
    why="£10,000 is much in a small town and little in a city: by the head they can be compared.",
    not_to_be_read_as=(
        "Money in anybody's pocket, or a ranking of need. It means most place by place. A "
        "partnership of a whole region has no population here and is left out."
    ),
    source=(
        "Sum of payments over mid-year population (ONS, as held in the table of places); shares "
        "of places as recorded"
    ),
    checked_on=date(2026, 11, 23),
    period_by="paid",
    has_own_place=True,
)
