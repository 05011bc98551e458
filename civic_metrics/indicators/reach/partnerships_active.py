"""How many partnerships are going on the day."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per partnership
select
    partnership,
    lead_organisation as organisation,
    started_on as happened_on,
    case
        when ended_on is not null then 'ended'
        when stage = 'exploring' then 'being explored, not begun'
        when stage = 'paused' then 'paused'
        -- an end that is dated but had not come by the day is none yet
        when stage = 'ended' and ended_on_precision is null
            then 'ended, the records do not say when'
    end as left_out,
    case when started_on is null then 'no start date' end as caution,
    null as pounds,
    1 as value,
from partnership
"""

INDICATOR = Indicator(
    id="partnerships_active",
    name="Partnerships going on",
    question="How many partnerships are going on?",
    unit=Unit.NUMBER,
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
    ),
    counts="partnerships",
    what=(
        "Partnerships in the register that had not ended by the day and are neither paused nor "
        "still being explored. Split by theme, place or kind of member, each counts once in every "
        "group it touches."
    ),
    why="It is the first number an annual report asks for.",
    not_to_be_read_as=(
        "A measure of health: a register that nobody closes keeps what is long over. Longevity "
        "says how many have been quiet for a year."
    ),
    source="Count of the register; Civic University Agreements ask for it",
    checked_on=date(2026, 11, 23),
    period_by=None,
    through_membership=True,
)
