"""Time whose pay may be a wage, beside the Real Living Wage of its day and place."""

from civic_metrics.derived.model import Derived

LONDON = "E12000007"  # the region, ONS

_FLOOR = """
            (
                select arg_max(rate.hourly_gbp, rate.from_on)
                from rate
                where rate.kind = 'floor' and rate.basis = 'gross'
                    and rate.activity = 'Real Living Wage (' || area || '){suffix}'
                    and rate.from_on <= worked_on
                    and (rate.to_on is null or rate.to_on >= worked_on)
            )
"""

SQL = f"""
    -- one row per contribution of a partner's, a student's or a member of the public's time
    with recursive
        in_london as (
            select '{LONDON}' as place_code
            union
            select place.place_code
            from place
            join in_london on place.parent_code = in_london.place_code
        ),
        area_of as (
            select
                footprint.partnership,
                bool_and(in_london.place_code is not null) as is_all_in_london,
                bool_or(in_london.place_code is not null) as is_any_in_london,
            from footprint
            left join in_london on in_london.place_code = footprint.place
            group by footprint.partnership
        ),
        placed as (
            select
                time_given.*,
                case when area_of.is_all_in_london then 'London' else 'UK' end as area,
                case
                    when area_of.partnership is null
                        then 'no place recorded, held to the UK rate and not London''s'
                    when area_of.is_any_in_london and not area_of.is_all_in_london
                        then 'partly in London, held to the UK rate'
                end as area_doubt,
                case
                    when role_group in ('student', 'public') then null
                    when time_given.organisation is null
                        then 'no organisation recorded, so not known to be a wage'
                    when not coalesce(organisation.is_individual, false)
                        then 'an organisation''s charge, which is not a wage'
                end as not_a_wage,
            from time_given
            left join organisation on organisation.organisation = time_given.organisation
            left join area_of on area_of.partnership = time_given.partnership
            where role_group in ('partner', 'student', 'public')
        )
    select
        placed.*,
        -- the rate whose deadline for accredited employers had passed on the day
        {_FLOOR.format(suffix=", by its deadline").strip()} as living_wage_gbp,
        -- the newest rate announced by the day
        {_FLOOR.format(suffix="").strip()} as announced_living_wage_gbp,
    from placed
"""

TIME_AND_WAGE_FLOOR = Derived(
    SQL, needs=("time_given", "organisation", "footprint", "place", "rate")
)
