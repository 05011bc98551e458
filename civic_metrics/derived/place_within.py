"""Each place with the district, region and country it lies in and its fifth of deprivation."""

from civic_metrics.derived.model import Derived

# Neighbourhood, ward, district, county, region, country, United Kingdom: seven levels. Parents
# that a person's file makes go round in a circle are followed no further than this.
MOST_STEPS = 8
WHOLE = "whole region or country"

SQL = f"""
    -- one row per place: the district, region, country and fifth it lies in, by name
    with recursive
        above as (
            select
                place_code,
                place_code as at_code,
                name as at_name,
                level as at_level,
                parent_code as at_parent,
                1 as steps,
            from place
            union all
            select
                above.place_code,
                parent.place_code as at_code,
                parent.name as at_name,
                parent.level as at_level,
                parent.parent_code as at_parent,
                above.steps + 1 as steps,
            from above
            join place as parent on parent.place_code = above.at_parent
            where above.steps < {MOST_STEPS}
        ),
        -- the nearest of each level; the nearest country is the nation, not the United Kingdom
        lies as (
            select
                place_code,
                arg_min(at_level, steps) as own_level,
                arg_min(at_name, steps) as own_name,
                arg_min(at_code, steps) filter (where at_level = 'local_authority') as district,
                arg_min(at_name, steps) filter (where at_level = 'region') as region,
                arg_min(at_name, steps) filter (where at_level = 'country') as country,
                arg_min(at_code, steps) filter (where at_level = 'country') as country_code,
            from above
            group by place_code
        ),
        -- a country that holds countries is no nation of its own
        union_of as (
            select distinct parent.place_code
            from place as part
            join place as parent on parent.place_code = part.parent_code
            where part.level = 'country' and parent.level = 'country'
        ),
        divided as (select distinct country_code from lies where region is not null),
        -- districts of one nation, the most deprived first; those that are equal stay together
        ranked as (
            select
                place.place_code,
                lies.country,
                rank() over (
                    partition by lies.country_code
                    order by place.deprivation_extent desc, place.imd_average_score desc nulls last
                ) as place_in_order,
                count(*) over (partition by lies.country_code) as districts,
            from place
            join lies on lies.place_code = place.place_code
            where place.level = 'local_authority' and place.deprivation_extent is not null
        ),
        fifth as (
            select
                place_code,
                country,
                (place_in_order - 1) * 5 // districts + 1 as number,
            from ranked
        )
    select
        lies.place_code,
        lies.district,
        case
            when lies.region is not null then lies.region
            when union_of.place_code is not null then 'whole of the ' || lies.own_name
            when lies.own_level = 'country' and divided.country_code is not null
                then 'whole of ' || lies.own_name
            -- Wales, Scotland and Northern Ireland have no regions: each is counted as one
            when divided.country_code is null then lies.country
        end as region,
        case
            when union_of.place_code is not null then 'whole of the ' || lies.own_name
            else lies.country
        end as country,
        case
            when lies.own_level in ('region', 'country') then '{WHOLE}'
            when lies.own_level = 'county' then 'whole county'
            when place.level = 'neighbourhood' and place.deprivation_decile is not null
                then (place.deprivation_decile + 1) // 2
                    || case (place.deprivation_decile + 1) // 2
                        when 1 then ' (most deprived fifth of neighbourhoods)'
                        when 5 then ' (least deprived fifth of neighbourhoods)'
                        else ' (fifth of neighbourhoods)'
                    end
                    || coalesce(' in ' || lies.country, '')
            when fifth.number is not null
                then fifth.number
                    || case fifth.number
                        when 1 then ' (most deprived fifth of districts)'
                        when 5 then ' (least deprived fifth of districts)'
                        else ' (fifth of districts)'
                    end
                    || coalesce(' in ' || fifth.country, '')
        end as deprivation_fifth,
    from lies
    join place on place.place_code = lies.place_code
    left join union_of on union_of.place_code = lies.place_code
    left join divided on divided.country_code = lies.country_code
    left join fifth on fifth.place_code = lies.district
"""

PLACE_WITHIN = Derived(SQL, needs=("place",))
