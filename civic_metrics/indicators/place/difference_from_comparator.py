"""How far a published percentage of a place is from its comparator, in percentage points."""

from datetime import date

from civic_metrics.estimators.published import published_difference
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
        when comparator_value is null then 'no comparator published'
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
    id="difference_from_comparator",
    name="Difference from the comparator",
    question="How far is the place from its comparator?",
    unit=Unit.POINTS,
    better=Better.NEITHER,
    estimator=published_difference(),
    facts=FACTS,
    splits=("measure", "place", "region", "country", "deprivation_fifth"),
    counts="published figures",
    what=(
        "The latest published percentage of the place less that of its comparator, as the "
        "source names it, in percentage points. Whether chance could explain the difference "
        "is said where the counts behind the figure are published, by the interval of the "
        "place against the comparator's value."
    ),
    why=(
        "A place is understood beside others, and most published tables leave the reader to "
        "subtract."
    ),
    not_to_be_read_as=(
        "A percentage of the comparator: 19.6% against 16.2% is 3.4 percentage points, not "
        "21%. It is nothing the university did."
    ),
    source=(
        "Figures as their sources publish them; comparison by the place's interval against "
        "the comparator's value: OHID Fingertips guidance; Wilson 1927"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    has_own_place=True,
)
