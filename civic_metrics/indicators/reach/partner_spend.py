"""How much money reached partners, in pounds, shared out by place where they work in several."""

from datetime import date

from civic_metrics.estimators.recorded import apportioned
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per payment to a partner and place of its partnership, with that place's part
select
    partnership,
    payee as organisation,
    place,
    paid_on as happened_on,
    kind as payment_kind,
    left_out,
    case when amount_is = 'without VAT' then 'the amount is without VAT' end as caution,
    pounds,
    pounds as value,
    whole,
from placed_payment
where coalesce(payee_role, 'not known') in ('partner', 'not known')
"""

INDICATOR = Indicator(
    id="partner_spend",
    name="Money paid to partners",
    question="How much money reaches partners, and where?",
    unit=Unit.POUNDS,
    better=Better.NEITHER,
    estimator=apportioned(),
    facts=FACTS,
    splits=(
        "partnership",
        "organisation",
        "kind",
        "size",
        "theme",
        "lead_unit",
        "home_university",
        "payment_kind",
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
        "Everything paid to partners in pounds, with VAT, less credit notes that were paid. Where "
        "a partnership works in several places its money is shared out between them by the "
        "shares the records give, in equal parts where they give none, so that the places add up "
        "to the whole. A payment that is left out counts once in each of its places."
    ),
    why=(
        "A civic agreement is money as well as words: how much goes to the people it is about, "
        "and to which places, is the first question a partner asks."
    ),
    not_to_be_read_as=(
        "What a place gained: it is where the work was, not where the money was spent again. "
        "Time given free is not in it. By fifth of deprivation it counts districts, not people."
    ),
    source=(
        "Sum of payments; shares of places as recorded. Asked for in LCUP and the toolkit (spend "
        "with community partners, by place and theme)"
    ),
    checked_on=date(2026, 11, 23),
    period_by="paid",
    has_own_place=True,
)
