"""What the university gave its partners in kind, in pounds."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per gift in kind of the university
with
    own as (select organisation from home_university)
select
    partnership,
    receiver as organisation,
    given_on as happened_on,
    case
        when receiver in (select organisation from own) then 'given within the university'
        when value_gbp is null then 'no value put on it'
    end as left_out,
    nullif(
        concat_ws(
            '; ',
            case when receiver is null then 'for the partnership, no receiver recorded' end,
            case when basis = 'estimate' then 'its value is an estimate' end
        ),
        ''
    ) as caution,
    value_gbp as pounds,
    value_gbp as value,
from in_kind
where giver in (select organisation from own)
"""

INDICATOR = Indicator(
    id="in_kind_received",
    name="Received in kind by partners",
    question="What did the university give its partners in kind, in pounds?",
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
    counts="gifts in kind",
    what=(
        "Rooms, equipment, materials, food, travel, advice and the like that the university gave "
        "to partners or to the partnership, at the value recorded. What nobody put a value on is "
        "left out and counted."
    ),
    why="Beside what partners gave, it shows whether help goes both ways.",
    not_to_be_read_as=(
        "Payment: a room is no wage. Each side values what it gives in its own way, so compare "
        "the two with care."
    ),
    source="Equitable Partnerships for Civic Engagement (Gifford, Blunt, Payling and Freeman 2025)",
    checked_on=date(2026, 11, 23),
    period_by="given",
)
