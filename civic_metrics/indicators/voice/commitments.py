"""How many public commitments the university has made, by where each stands."""

from datetime import date

from civic_metrics.estimators import total
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per commitment
select
    null::varchar as partnership,
    null::varchar as organisation,
    coalesce(judged_on, made_on) as happened_on,
    framework,
    status,
    null as left_out,
    case when status is null then 'nobody has said where it stands' end as caution,
    null as pounds,
    1 as value,
from commitment
"""

INDICATOR = Indicator(
    id="commitments",
    name="Commitments by where they stand",
    question="How many public commitments has the university made, and where do they stand?",
    unit=Unit.NUMBER,
    better=Better.NEITHER,
    estimator=total(),
    facts=FACTS,
    splits=("status", "framework"),
    counts="commitments",
    what=(
        "Commitments of the Civic University Agreement, the Knowledge Exchange Framework statement "
        "and the university's own principles made by the day, each counted once; split by status: "
        "met, on track, at risk, late, not started, dropped, or not said."
    ),
    why=("“Eleven of fifteen on track” hides whether the other four are a little late or dropped."),
    not_to_be_read_as=(
        "A measurement of progress: each status is a person's judgement on a day, and commitments "
        "differ in size. More commitments are not better."
    ),
    source=(
        "Civic University Agreements: Equitable Partnerships for Civic Engagement (Gifford, Blunt, "
        "Payling and Freeman 2025); kef.ac.uk/notes"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    whole_only=True,
)
