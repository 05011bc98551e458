"""Time given to partnerships, with whether it was paid."""

from civic_metrics.derived.model import Derived

SQL = """
    -- one row per contribution of time, whoever's it is
    select
        contribution.*,
        coalesce(paid_gbp = 0, false)
            or (
                paid_gbp is null
                and (coalesce(paid_by = 'nobody', false) or unpaid_because is not null)
            ) as is_unpaid,
        -- time people chose to give: every figure of pay is shown with and without it
        coalesce(unpaid_because in ('declined', 'volunteer'), false) as is_given_freely,
        -- why nothing can be said of its pay by the hour (null: it can); the employer of staff is
        -- the university, so what they are paid by their own employer is what it pays
        case
            when paid_by = 'own employer' and role_group <> 'staff' then 'paid by their own employer'
            when unpaid_because = 'pending' then 'payment still to come'
            when not is_unpaid and paid_gbp is null then 'pay not stated'
            when not is_unpaid and pay_basis is null then 'basis of pay not stated'
            when hours is null or hours <= 0 then 'no hours recorded'
        end as not_by_the_hour,
    from contribution
"""

TIME_GIVEN = Derived(SQL, needs=("contribution",))
