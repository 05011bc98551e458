"""The names scope offers beside the tables: `invoice` and `comparator`.

`invoice` is built from the payments in scope. `comparator` is built from the whole ledger, the
same for every viewer, and holds only cells of at least three people.
"""

from __future__ import annotations

from civic_metrics.periods import FINANCIAL_YEAR, period_sql

# Below this many people a cell would tell what a colleague earns (DESIGN.md, Scope).
MINIMUM_PEOPLE = 3

INVOICE = """
    -- one row per invoice: its lines and part payments summed, paid when its last part is
    with
        credit as (
            select payee, credits as invoice_ref, -sum(amount) as credited,
            from payment
            where credits is not null
            group by payee, credits
        ),
        part as (
            select
                payee,
                coalesce(invoice_ref, 'payment ' || payment_ref) as invoice_ref,
                arg_max(partnership, abs(amount)) as partnership,
                max(payee_role) as payee_role,
                max(kind) as kind,
                min(worked_on) as worked_on,
                min(received_on) as received_on,
                min(due_on) as due_on,
                case
                    when count(*) filter (where paid_on is null and amount >= 0) = 0 then max(paid_on)
                end as paid_on,
                sum(amount) as amount,
                case when bool_and(currency is not distinct from 'GBP') then sum(amount) end as pounds,
                max(outcome) as outcome_recorded,
                max(outcome) filter (where outcome in ('withdrawn', 'rejected')) as outcome,
                coalesce(bool_or(is_disputed), false) as is_disputed,
                bool_or(credits is not null) as is_credit,
            from payment
            group by payee, coalesce(invoice_ref, 'payment ' || payment_ref)
        )
    select
        part.* exclude (is_credit),
        case
            when part.is_credit or part.amount < 0 then 'credit note, shown apart'
            when part.kind = 'grant' then 'grant, which runs from its due date'
            when part.outcome is not null then 'withdrawn or rejected'
            when part.paid_on is null and credit.credited >= part.amount then 'settled by a credit note'
            when part.received_on is null then 'no receipt date'
            when part.paid_on < part.received_on then 'paid in advance'
        end as left_out,
    from part
    left join credit on credit.payee = part.payee and credit.invoice_ref = part.invoice_ref
"""

COMPARATOR = f"""
    -- one row per cell of the university's own paid time, by partnership and over all of them
    select
        partnership,
        activity,
        {period_sql(FINANCIAL_YEAR, "worked_on")} as financial_year,
        pay_basis,
        sum(hours) as hours,
        sum(paid_gbp) as paid_gbp,
        count(distinct coalesce(person_ref, 'organisation ' || coalesce(organisation, ''))) as people,
    from everybodys_contribution
    where role_group = 'staff' and paid_gbp > 0 and hours > 0 and activity is not null
    group by grouping sets (
        (partnership, activity, financial_year, pay_basis),
        (activity, financial_year, pay_basis)
    )
    having people >= {MINIMUM_PEOPLE}
"""

DERIVED = {"invoice": INVOICE, "comparator": COMPARATOR}
# What each is built from. The comparator's contributions are everybody's, whoever is looking.
DERIVED_FROM = {"invoice": ("payment",), "comparator": ()}
