"""Relationships: each partnership with what is known of its beginning, its end and its last sign
of life.
"""

from civic_metrics.derived.model import Derived

SQL = """
    -- one row per partnership
    with
        sign_of_life as (
            select partnership, greatest(paid_on, received_on, worked_on) as seen_on from payment
            union all
            select partnership, worked_on as seen_on from contribution
            union all
            select partnership, reviewed_on as seen_on from review
            union all
            select partnership, held_on as seen_on from activity
        ),
        last_seen as (
            select partnership, max(seen_on) as seen_on from sign_of_life group by partnership
        ),
        followed as (
            select
                partnership.*,
                greatest(
                    coalesce(last_seen.seen_on, partnership.started_on), partnership.started_on
                ) as seen_on,
                -- where no sign of life was ever loaded, none can be missed
                ended_on is null
                    and exists (select 1 from sign_of_life)
                    and coalesce(last_seen.seen_on, partnership.started_on)
                        < $as_of - interval 12 month
                    as is_quiet,
            from partnership
            left join last_seen on last_seen.partnership = partnership.partnership
        )
    select
        partnership,
        lead_organisation,
        stage,
        started_on,
        ended_on,
        end_reason,
        ending_planned_on,
        recorded_from_on,
        seen_on,
        coalesce(is_quiet, false) as is_quiet,
        case when is_quiet then seen_on else ended_on end as ended_or_quiet_on,
        case when recorded_from_on > started_on then recorded_from_on - started_on end as entered,
        case
            when started_on is null then 'no start date'
            when ended_on < started_on
                and started_on_precision = 'day' and ended_on_precision = 'day'
                then 'ends before it starts'
        end as left_out,
        case
            when is_quiet
                then 'still going by the register, with no payment, hours, review or activity in '
                    || '12 months'
        end as quiet_caution,
        case
            when started_on_precision <> 'day'
                or (ended_on is not null and ended_on_precision <> 'day')
                then 'dated to the month or year only, counted from the middle of it'
        end as date_caution,
    from followed
"""

RELATIONSHIP = Derived(SQL, needs=("activity", "contribution", "partnership", "payment", "review"))
