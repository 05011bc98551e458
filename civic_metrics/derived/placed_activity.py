"""Activities with the place they were held in."""

from civic_metrics.derived.model import Derived

SQL = """
    -- one row per activity: held where it says, else where its partnership works if in one place
    with
        only_place as (
            select partnership, any_value(place) as place
            from footprint
            group by partnership
            having count(*) = 1
        )
    select
        activity.* replace (
            coalesce(
                activity.place,
                -- what was held online without a place was held nowhere
                case when not coalesce(activity.is_online, false) then only_place.place end
            ) as place
        ),
    from activity
    left join only_place on only_place.partnership = activity.partnership
"""

PLACED_ACTIVITY = Derived(SQL, needs=("activity", "footprint"))
