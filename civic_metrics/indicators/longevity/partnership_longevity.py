"""How long relationships last, with those still going counted."""

from datetime import date

from civic_metrics.estimators import survival
from civic_metrics.model import Better, Indicator, Unit, Variant

DAYS_A_YEAR = 365.25

FACTS = """
-- one row per partnership
with
    sign_of_life as (
        select partnership, greatest(paid_on, received_on, worked_on) as seen_on from payment
        union all
        select partnership, worked_on as seen_on from contribution
    ),
    last_seen as (
        select partnership, max(seen_on) as seen_on from sign_of_life group by partnership
    ),
    relationship as (
        select
            partnership.*,
            greatest(coalesce(last_seen.seen_on, partnership.started_on), partnership.started_on)
                as seen_on,
            ended_on is null
                and exists (select 1 from sign_of_life)
                and coalesce(last_seen.seen_on, partnership.started_on) < $as_of - interval 12 month
                as is_quiet,
        from partnership
        left join last_seen on last_seen.partnership = partnership.partnership
    ),
    dated as (
        select
            *,
            {ended_on} as counted_end_on,
        from relationship
    )
select
    partnership,
    lead_organisation as organisation,
    started_on as happened_on,
    case
        when started_on is null then 'no start date'
        when counted_end_on < started_on
            and started_on_precision = 'day' and ended_on_precision = 'day'
            then 'ends before it starts'
        when recorded_from_on > coalesce(counted_end_on, $as_of) then 'not in the register on that day'
    end as left_out,
    case
        when is_quiet then 'still going by the register, with no payment or hours in 12 months'
        when started_on_precision <> 'day' or ended_on_precision <> 'day'
            then 'dated to the month or year only, counted from the middle of it'
    end as caution,
    null as pounds,
    greatest(coalesce(counted_end_on, $as_of) - started_on, 0) as days,
    counted_end_on is not null as observed,
    case when recorded_from_on > started_on then recorded_from_on - started_on end as entered,
from dated
"""

INDICATOR = Indicator(
    id="partnership_longevity",
    name="Partnership longevity",
    question="How long do partnerships last?",
    unit=Unit.YEARS,
    better=Better.NEITHER,
    estimator=survival(scale=DAYS_A_YEAR),
    facts=FACTS.format(ended_on="ended_on"),
    splits=("partnership", "organisation", "kind", "theme", "place"),
    counts="partnerships",
    what=(
        "The age by which half of partnerships have ended. Those still going count for as long as "
        "they have lasted so far; those already running when the register began count from then."
    ),
    why=(
        "Trust takes years. Partnerships created and then discarded project by project cost the "
        "small partner most."
    ),
    not_to_be_read_as=(
        "Longer is not always better: an ending planned together can be a success. It is not the "
        "average age of those that ended, which leaves out every one that lasts. A start known to "
        "the month or year counts from the middle of it."
    ),
    source="Kaplan and Meier 1958; late entry: Klein and Moeschberger 2003, section 4.6",
    checked_on=date(2026, 11, 22),
    period_by=None,
    through_membership=True,
    variants=(
        Variant(
            "Counting those with no payment or hours in 12 months as ended when last heard of",
            FACTS.format(ended_on="case when is_quiet then seen_on else ended_on end"),
        ),
    ),
)
