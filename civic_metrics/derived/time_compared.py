"""Partners' time beside what the same hours would have earned at the university's own rate."""

from civic_metrics.derived.model import Derived
from civic_metrics.periods import FINANCIAL_YEAR, period_sql

SQL = f"""
    -- one row per contribution of a partner's time
    with
        partner_time as (
            select
                time_given.*,
                -- unpaid hours have no basis of their own: they are compared with gross pay
                coalesce(pay_basis, 'gross') as compared_basis,
                {period_sql(FINANCIAL_YEAR, "worked_on")} as financial_year,
            from time_given
            where role_group = 'partner'
        ),
        found as (
            select
                partner_time.*,
                own_cell.paid_gbp / own_cell.hours as own_cell_gbp,
                whole_cell.paid_gbp / whole_cell.hours as whole_cell_gbp,
                whole_cell.rate_error_gbp as whole_cell_error_gbp,
                whole_cell.people as whole_cell_people,
                (
                    select arg_max(rate.hourly_gbp, (rate.from_on, rate.hourly_gbp))
                    from rate
                    where rate.kind = 'pay scale' and rate.role_group = 'staff'
                        and rate.activity = partner_time.activity
                        and rate.basis = partner_time.compared_basis
                        and rate.from_on <= partner_time.worked_on
                        and (rate.to_on is null or rate.to_on >= partner_time.worked_on)
                ) as pay_scale_gbp,
            from partner_time
            left join comparator as own_cell
                on own_cell.partnership = partner_time.partnership
                and own_cell.activity = partner_time.activity
                and own_cell.financial_year = partner_time.financial_year
                and own_cell.pay_basis = partner_time.compared_basis
            left join comparator as whole_cell
                on whole_cell.partnership is null
                and whole_cell.activity = partner_time.activity
                and whole_cell.financial_year = partner_time.financial_year
                and whole_cell.pay_basis = partner_time.compared_basis
        ),
        compared as (
            select
                found.*,
                coalesce(own_cell_gbp, whole_cell_gbp, pay_scale_gbp) as university_hourly_gbp,
                case
                    when own_cell_gbp is not null then 'the partnership''s own rate'
                    when whole_cell_gbp is not null then 'the university''s rate'
                    when pay_scale_gbp is not null then 'a pay scale'
                end as rate_from,
            from found
        )
    select
        compared.*,
        coalesce(
            not_by_the_hour,
            case when university_hourly_gbp is null then 'no university rate to compare with' end
        ) as not_compared,
        hours * university_hourly_gbp as at_university_rate_gbp,
        case
            when paid_by = 'own employer' or unpaid_because = 'pending' then null
            when is_unpaid then 0
            else paid_gbp
        end as paid_or_nought_gbp,
        -- A rate that many partnerships are compared with errs for all of them alike. The
        -- partnership's own errs for it alone, which its place among the others shows already;
        -- a pay scale is known.
        case when rate_from = 'the university''s rate' then
            concat_ws(' | ', activity, financial_year, compared_basis)
        end as rate_cell,
        case when rate_from = 'the university''s rate' then hours * whole_cell_error_gbp end
            as rate_error_gbp,
        case when rate_from = 'the university''s rate' then whole_cell_people end as rate_people,
        case
            when is_given_freely then 'declined payment or gave time as a volunteer, counted at £0'
        end as given_freely,
    from compared
"""

TIME_COMPARED = Derived(SQL, needs=("time_given", "comparator", "rate"))
