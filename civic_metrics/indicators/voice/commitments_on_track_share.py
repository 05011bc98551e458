"""The share of public commitments judged met or on track."""

from datetime import date

from civic_metrics.estimators import share
from civic_metrics.model import Better, Indicator, Unit

FACTS = """
-- one row per commitment
select
    null::varchar as partnership,
    null::varchar as organisation,
    coalesce(judged_on, made_on) as happened_on,
    framework,
    case when status is null then 'nobody has said where it stands' end as left_out,
    status || ', judged by '
        || case judged_by
            when 'university' then 'the university itself'
            when 'partners' then 'partners'
            when 'both' then 'both sides'
            when 'outside body' then 'an outside body'
            else 'nobody named'
        end
        || coalesce(' in ' || year(judged_on)::varchar, ', when is not recorded') as caution,
    null as pounds,
    status in ('on track', 'met') as hit,
from commitment
"""

INDICATOR = Indicator(
    id="commitments_on_track_share",
    name="Commitments kept or on track",
    question="What share of the university's public commitments are met or on track?",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    estimator=share(),
    facts=FACTS,
    splits=("framework",),
    counts="commitments",
    what=(
        "Commitments whose status is met or on track, as a share of all that have a status: those "
        "of the Civic University Agreement, the Knowledge Exchange Framework statement and the "
        "university's own principles. Late, at risk, not started and dropped ones count as not on "
        "track. Each status stands beside the figure with who judged it and when."
    ),
    why=(
        "A public commitment is a promise to a place. People there should be able to see what "
        "became of it, and who says so."
    ),
    not_to_be_read_as=(
        "A measurement: each status is a person's judgement on a day, and a university that judges "
        "its own promises may judge them kindly. Commitments differ in size, and each counts one."
    ),
    source=(
        "Civic University Agreements: Equitable Partnerships for Civic Engagement (Gifford, Blunt, "
        "Payling and Freeman 2025); kef.ac.uk/notes"
    ),
    checked_on=date(2026, 11, 23),
    period_by=None,
    whole_only=True,
)
