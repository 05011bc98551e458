"""SQL: rows that state grants -> each grant once, and what it gives our tables.

`STATED` reads `rows` (see grants.py, with their dates read), `PAIRED` also `called` (how an
organisation is told -> its identifier); the statements of `TABLES` read `paired`, `location` and
`known` (place codes). Imports nothing.
"""

from __future__ import annotations

# One row per grant as stated: rows that repeat one, and sheets that add to it, count once.
STATED = """
create temp table stated as
with numbered as (
    select
        *,
        row_number() over (order by is_main desc, sheet, place) as n,
        coalesce("grant", 'row ' || sheet || ' ' || place) as of_grant,
    from rows
),
first_of as (
    select
        of_grant,
        bool_or(has_person) as has_person,
        bool_or(has_email) as has_email,
        bool_or(has_second_funder) as has_second_funder,
        {firsts}
    from numbered
    group by of_grant
    having bool_or(is_main)
),
filled as (
    select
        n,
        sheet,
        place,
        of_grant,
        first_of.has_person,
        first_of.has_email,
        first_of.has_second_funder,
        {filled}
    from numbered
    join first_of using (of_grant)
    where is_main
)
select
    * exclude (n, sheet, place),
    min(n) as n,
    arg_min(sheet, n) as sheet,
    arg_min(place, n) as place,
    count(*) as times,
from filled
group by all
"""

# One row per grant, with the identifiers of who gives and who receives.
PAIRED = """
create temp table paired as
with found as (
    select
        stated.*,
        who.organisation as recipient_key,
        giver.organisation as funder_key,
        recipient_key || '_' || funder_key as partnership,
        has_person and coalesce(recipient_id, recipient) is null as is_person,
        try_cast(months as double) as months_number,
        coalesce(start_on, awarded_on) as first_on,
    from stated
    left join called as who
        on who.id is not distinct from recipient_id
        and who.name is not distinct from recipient
        and who.charity is not distinct from recipient_charity
        and who.company is not distinct from recipient_company
    left join called as giver
        on giver.id is not distinct from funder_id
        and giver.name is not distinct from funder
        and giver.charity is not distinct from funder_charity
        and giver.company is not distinct from funder_company
)
select
    *,
    upper(trim(currency)) = 'GBP' as is_gbp,
    case
        -- Longer than a century is a slip of the hand.
        when months_number between 1 and 1200 and months_number = floor(months_number)
            then (first_on + to_months(months_number::int) - interval 1 day)::date
    end as worked_out_on,
from found
"""

# One row per row of the file that gives no funding, with why.
LEFT_OUT = """
with stated_on as (
    select sheet, place, coalesce("grant", 'row ' || sheet || ' ' || place) as of_grant
    from rows
    where is_main
)
select
    stated_on.sheet,
    stated_on.place,
    case when bool_or(paired.is_person) then $person else $repeated end as why,
from stated_on
left join paired using (of_grant)
group by all
having not bool_or(
    paired.sheet = stated_on.sheet and paired.place = stated_on.place and not paired.is_person
)
"""

# What stands in each table, every row with the sheet and place it comes from.
TABLES = {
    "organisation": """
        -- one row per organisation
        with sides as (
            select
                recipient_key as organisation,
                recipient as name,
                recipient_charity as charity,
                recipient_company as company,
                recipient_postcode as postcode,
                n, sheet, place,
            from paired
            where not is_person
            union all
            select
                funder_key, funder, funder_charity, funder_company, funder_postcode,
                n, sheet, place,
            from paired
            where not is_person
        )
        select
            organisation,
            coalesce(arg_min(name, n), organisation) as name,
            arg_min(charity, n) as charity_number,
            arg_min(company, n) as company_number,
            arg_min(postcode, n) as postcode,
            count(distinct name) as names,
            arg_min(sheet, n) as sheet,
            arg_min(place, n) as place,
        from sides
        where organisation is not null
        group by organisation
        order by sheet, place, organisation
    """,
    "partnership": """
        -- one row per recipient and funder
        with pairs as (
            select
                partnership,
                arg_min(recipient_key, n) as recipient_key,
                coalesce(arg_min(recipient, n), arg_min(recipient_key, n)) || ' with '
                    || coalesce(arg_min(funder, n), arg_min(funder_key, n)) as name,
                min(least(awarded_on, start_on)) as started_on,
                arg_min(sheet, n) as sheet,
                arg_min(place, n) as place,
            from paired
            where partnership is not null and not is_person
            group by partnership
        )
        select
            partnership,
            -- Two recipients of one name are told apart.
            case when count(*) over (partition by lower(name)) > 1
                then name || ' (' || recipient_key || ')'
                else name
            end as name,
            started_on::varchar as started_on,
            sheet,
            place,
        from pairs
        order by sheet, place
    """,
    "membership": """
        -- one row per organisation in a partnership
        with sides as (
            select partnership, recipient_key as organisation, 'member' as role, n, sheet, place,
            from paired where partnership is not null and not is_person
            union all
            select partnership, funder_key, 'funder', n, sheet, place,
            from paired where partnership is not null and not is_person
        )
        select
            partnership, organisation, role,
            arg_min(sheet, n) as sheet, arg_min(place, n) as place,
        from sides
        group by partnership, organisation, role
        order by sheet, place, role desc
    """,
    "footprint": """
        -- one row per partnership and place
        select
            partnership,
            any_value(known.code) as place_code,
            arg_min(location.sheet, (location.sheet, location.place)) as sheet,
            arg_min(location.place, (location.sheet, location.place)) as place,
        from location
        join paired on location."grant" = paired."grant"
        join known on upper(trim(location.code)) = upper(known.code)
        where partnership is not null and not is_person
        group by partnership, upper(known.code)
        order by sheet, place, place_code
    """,
    "funding": """
        -- one row per grant
        select
            partnership,
            "grant" as reference,
            coalesce(funder, funder_key) as funder,
            case when is_gbp then amount end as amount_gbp,
            coalesce(start_text, awarded_text) as from_on,
            coalesce(finish_text, worked_out_on::varchar) as to_on,
            sheet,
            place,
        from paired
        where not is_person
        order by sheet, place
    """,
}
