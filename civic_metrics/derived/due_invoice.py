"""Payments that fell due, paid or not: the population of what was paid within its terms."""

from civic_metrics.derived.model import Derived

# An invoice due on the as-of date and not paid by the end of it is late: the records are complete
# to that day. One without a due date stands in the period in which it came, so that it is told of.
SQL = """
    -- one row per invoice due by the as-of date, or with no due date recorded
    select
        partnership,
        payee as organisation,
        payee_role,
        kind as payment_kind,
        coalesce(due_on, received_on, paid_on) as happened_on,
        case
            when set_apart is not null then set_apart
            when kind = 'grant' then 'grant, shown apart'
            when due_on is null then 'no due date recorded'
        end as left_out,
        outcome_doubt || ': any that were make this look worse than it is' as caution,
        pounds,
        paid_on is null or paid_on > due_on as is_late,
        is_disputed,
    from invoice
    where due_on is null or due_on <= $as_of
"""

DUE_INVOICE = Derived(SQL, needs=("invoice",))
