"""What is overdue on the as-of date, and what is owed on it."""

from civic_metrics.derived.model import Derived

# Where no day was agreed the Act gives 30 days beginning with receipt: the last is receipt + 29
# (Late Payment of Commercial Debts (Interest) Act 1998, section 4(3)).
SQL = """
    -- one row per invoice, with whether it is overdue on the as-of date and what is owed on it
    with
        due as (
            select
                *,
                case
                    when due_on is not null then due_on
                    when kind is distinct from 'grant' then received_on + 29
                end as last_day,
            from invoice
        ),
        judged as (
            select *, paid_on is null and coalesce(last_day <= $as_of, false) as is_overdue,
            from due
        )
    select
        partnership,
        payee as organisation,
        payee_role,
        kind as payment_kind,
        last_day as happened_on,
        case
            when set_apart is not null then set_apart
            when paid_on is null and last_day is null then 'no due date recorded'
        end as left_out,
        nullif(
            concat_ws(
                '; ',
                case when is_overdue then outcome_doubt || ': any that were are not owed' end,
                case
                    when is_overdue and due_on is null
                        then 'no due date recorded, so 30 days from receipt are counted'
                end
            ),
            ''
        ) as caution,
        case when is_overdue then owed_pounds end as pounds,
        is_overdue,
        case when is_overdue then owed_pounds else 0 end as overdue_pounds,
    from judged
"""

OWED_INVOICE = Derived(SQL, needs=("invoice",))
