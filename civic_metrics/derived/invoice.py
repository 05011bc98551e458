"""Invoices, built from the payments in scope."""

from civic_metrics.derived.model import Derived

SQL = """
    -- one row per invoice: its lines and part payments summed, paid when its last part is
    with
        line as (
            select
                payment.*,
                coalesce(invoice_ref, 'payment ' || payment_ref) as invoice,
                coalesce(outcome in ('withdrawn', 'rejected'), false) as is_dropped,
            from payment
        ),
        credit as (
            select payee, credits as invoice, -sum(amount) as credited,
            from line
            where credits is not null and credits <> invoice
            group by payee, credits
        ),
        -- one row per invoice and partnership: lines that were dropped carry no money
        share as (
            select
                payee,
                invoice,
                partnership,
                max(payee_role) as payee_role,
                max(kind) as kind,
                min(worked_on) as worked_on,
                min(received_on) as received_on,
                max(receipt_taken_from) as receipt_taken_from,
                min(due_on) as due_on,
                max(paid_on) as paid_on,
                count(*) filter (where paid_on is null and amount >= 0 and not is_dropped) as unpaid,
                sum(amount) filter (where not is_dropped) as amount,
                sum(amount) as amount_asked,
                bool_and(coalesce(currency = 'GBP', false)) as is_pounds,
                max(outcome) as outcome_recorded,
                bool_and(is_dropped) as is_dropped,
                coalesce(bool_or(is_disputed), false) as is_disputed,
                bool_and(credits is not null) as is_credit,
            from line
            group by payee, invoice, partnership
        ),
        part as (
            select
                payee,
                invoice,
                -- the partnership most of the money is for
                arg_max(partnership, (coalesce(abs(amount), 0), partnership)) as partnership,
                max(payee_role) as payee_role,
                max(kind) as kind,
                min(worked_on) as worked_on,
                min(received_on) as received_on,
                max(receipt_taken_from) as receipt_taken_from,
                min(due_on) as due_on,
                case when sum(unpaid) = 0 then max(paid_on) end as paid_on,
                coalesce(sum(amount), sum(amount_asked)) as amount,
                bool_and(is_pounds) as is_pounds,
                max(outcome_recorded) as outcome_recorded,
                bool_and(is_dropped) as is_dropped,
                bool_or(is_disputed) as is_disputed,
                bool_and(is_credit) as is_credit,
            from share
            group by payee, invoice
        )
    select
        part.payee,
        part.invoice as invoice_ref,
        part.partnership,
        part.payee_role,
        part.kind,
        part.worked_on,
        part.received_on,
        part.receipt_taken_from,
        part.due_on,
        part.paid_on,
        part.amount,
        case when part.is_pounds then part.amount end as pounds,
        part.outcome_recorded,
        part.is_disputed,
        case
            when part.is_dropped then 'withdrawn or rejected'
            when part.is_credit or part.amount < 0 then 'credit note, shown apart'
            when part.kind = 'grant' then 'grant, which runs from its due date'
            when part.paid_on is null and credit.credited >= part.amount
                then 'settled by a credit note'
            when part.received_on is null then 'no receipt date'
            when part.paid_on < part.received_on then 'paid in advance'
        end as left_out,
    from part
    left join credit on credit.payee = part.payee and credit.invoice = part.invoice
"""

INVOICE = Derived(SQL, needs=("payment",))
