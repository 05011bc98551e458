"""A published percentage of a place, as its source gives it."""

from datetime import date

from civic_metrics.estimators.published import published
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per published statistic of a place
with
    latest as (
        select
            place_statistic.*,
            case
                when lower(unit) in ('percent', '%', 'per cent', 'percentage') then 100
                when lower(unit) in ('share', 'proportion') then 1
            end as one,
            max(period) over (partition by measure, place) as newest,
        from place_statistic
    )
select
    null::varchar as partnership,
    null::varchar as organisation,
    place,
    measure,
    null::date as happened_on,
    case
        when value is null then 'no figure was published'
        when one is null then 'not a percentage: shown as published beside the place'
        when period <> newest then 'an earlier period than the latest published'
    end as left_out,
    note as caution,
    null as pounds,
    value / one as value,
    numerator as part,
    denominator as whole,
    comparator,
    comparator_value / one as comparator_value,
from latest
"""

INDICATOR = Indicator(
    id="published_share",
    name="Published figures of places",
    question="What is published about the place?",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    estimator=published(),
    facts=FACTS,
    splits=("measure", "place", "region", "country", "deprivation_fifth"),
    counts="published figures",
    what=(
        "The latest percentage that somebody else published of the place, with the interval "
        "its counts allow."
    ),
    why=(
        "Partners know their place by these figures; a plan that ignores them is not about "
        "the place."
    ),
    not_to_be_read_as=("A result of the work of the university or its partners."),
    source=("Figures as their sources publish them; interval: Wilson 1927"),
    checked_on=date(2026, 11, 23),
    period_by=None,
    has_own_place=True,
)
