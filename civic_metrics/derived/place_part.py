"""What part of each partnership's work is in each of its places."""

from civic_metrics.derived.model import Derived

# Below this, what the shares leave over is the rounding of three thirds.
ROUNDING = 0.005

SQL = f"""
    -- one row per partnership and place, and one without a place for what its shares leave over
    with
        stated as (
            select
                partnership,
                place,
                share,
                -- nought where no share is stated: nothing is taken off the whole
                coalesce(sum(share) over (partition by partnership), 0) as given,
                count(*) filter (where share is null) over (partition by partnership) as unstated,
            from footprint
        )
    select
        partnership,
        place,
        case
            when share is null then greatest(1 - given, 0) / unstated
            -- shares above 1 in total are a problem of the records; no pound is counted twice
            when unstated = 0 and abs(given - 1) < {ROUNDING} then share / given
            else share / greatest(given, 1)
        end as part,
    from stated
    union all
    select
        partnership,
        null as place,
        1 - any_value(given) as part,
    from stated
    group by partnership
    having max(unstated) = 0 and max(given) <= 1 - {ROUNDING}
"""

PLACE_PART = Derived(SQL, needs=("footprint",))
