"""Invoices, built from the payments in scope."""

from civic_metrics.derived.model import Derived

# Nearly every invoice is one line, and gathering lines under two names is what costs time. So the
# lines that stand alone pass straight through, and only the others are gathered. They are told
# apart by a hash: where two invoices happen to share one, both go the longer way to the same rows.
SQL = """
    -- one row per invoice: its lines and part payments summed, paid when its last part is
    with
        line as not materialized (
            select
                payee,
                coalesce(invoice_ref, 'payment ' || payment_ref) as invoice,
                hash(payee, coalesce(invoice_ref, 'payment ' || payment_ref)) as hashed,
                partnership,
                payee_role,
                kind,
                payee_is_small,
                is_advance_agreed,
                worked_on,
                invoiced_on,
                received_on,
                receipt_taken_from,
                returned_on,
                return_reason,
                approved_on,
                due_on,
                paid_on,
                amount,
                -- a debt holds its VAT: a net amount needs it, a gross one need not say it
                case
                    when amount_is = 'without VAT' then amount + vat
                    when amount_is = 'with VAT' or vat is not null then amount
                end as amount_with_vat,
                coalesce(currency = 'GBP', false) as is_pounds,
                outcome,
                coalesce(outcome in ('withdrawn', 'rejected'), false) as is_dropped,
                coalesce(is_disputed, false) as is_disputed,
                credits,
            from payment
        ),
        credit as (
            select payee, credits as invoice, -sum(amount) as credited,
            from line
            where credits is not null and credits <> invoice
            group by payee, credits
        ),
        gathered as materialized (
            select hashed
            from line
            group by hashed
            having count(*) > 1
            union
            select hash(payee, invoice) from credit
        ),
        alone as (
            select
                line.*,
                worked_on as last_worked_on,
                paid_on as first_paid_on,
                amount as amount_unpaid,
                amount_with_vat is not null as is_vat_known,
                credits is not null as is_credit,
                null::decimal(38, 2) as credited,
            from line
            anti join gathered on gathered.hashed = line.hashed
        ),
        -- one row per invoice and partnership: lines that were dropped carry no money
        share as (
            select
                payee,
                invoice,
                partnership,
                max(payee_role) as payee_role,
                max(kind) as kind,
                bool_or(payee_is_small) as payee_is_small,
                bool_or(is_advance_agreed) as is_advance_agreed,
                min(worked_on) as worked_on,
                max(worked_on) as last_worked_on,
                min(invoiced_on) as invoiced_on,
                min(received_on) as received_on,
                max(receipt_taken_from) as receipt_taken_from,
                max(returned_on) as returned_on,
                max(return_reason) as return_reason,
                max(approved_on) as approved_on,
                min(due_on) as due_on,
                min(paid_on) as first_paid_on,
                max(paid_on) as paid_on,
                count(*) filter (where paid_on is null and amount >= 0 and not is_dropped) as unpaid,
                sum(amount) filter (where not is_dropped) as amount,
                sum(amount) as amount_asked,
                sum(amount_with_vat) filter (where not is_dropped) as amount_with_vat,
                sum(amount) filter (where not is_dropped and paid_on is null) as amount_unpaid,
                bool_and(is_dropped or amount_with_vat is not null) as is_vat_known,
                bool_and(is_pounds) as is_pounds,
                max(outcome) as outcome,
                bool_and(is_dropped) as is_dropped,
                bool_or(is_disputed) as is_disputed,
                bool_and(credits is not null) as is_credit,
            from line
            semi join gathered on gathered.hashed = line.hashed
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
                bool_or(payee_is_small) as payee_is_small,
                bool_or(is_advance_agreed) as is_advance_agreed,
                min(worked_on) as worked_on,
                max(last_worked_on) as last_worked_on,
                min(invoiced_on) as invoiced_on,
                min(received_on) as received_on,
                max(receipt_taken_from) as receipt_taken_from,
                max(returned_on) as returned_on,
                max(return_reason) as return_reason,
                max(approved_on) as approved_on,
                min(due_on) as due_on,
                min(first_paid_on) as first_paid_on,
                case when sum(unpaid) = 0 then max(paid_on) end as paid_on,
                coalesce(sum(amount), sum(amount_asked)) as amount,
                sum(amount_with_vat) as amount_with_vat,
                sum(amount_unpaid) as amount_unpaid,
                bool_and(is_vat_known) as is_vat_known,
                bool_and(is_pounds) as is_pounds,
                max(outcome) as outcome,
                bool_and(is_dropped) as is_dropped,
                bool_or(is_disputed) as is_disputed,
                bool_and(is_credit) as is_credit,
            from share
            group by payee, invoice
        ),
        every as not materialized (
            select part.*, credit.credited,
            from part
            left join credit on credit.payee = part.payee and credit.invoice = part.invoice
            union all by name
            select * exclude (hashed, credits) from alone
        ),
        told as not materialized (
            select
                *,
                -- what is owed under no terms, in the order in which it is told
                case
                    when is_dropped then 'withdrawn or rejected'
                    when is_credit or amount < 0 then 'credit note, shown apart'
                    when paid_on is null and credited >= amount then 'settled by a credit note'
                end as set_apart,
            from every
        )
    select
        payee,
        invoice as invoice_ref,
        partnership,
        payee_role,
        kind,
        payee_is_small,
        is_advance_agreed,
        worked_on,
        last_worked_on,
        invoiced_on,
        received_on,
        receipt_taken_from,
        returned_on,
        return_reason,
        approved_on,
        due_on,
        paid_on,
        first_paid_on is not null and first_paid_on is distinct from paid_on as is_paid_in_parts,
        amount,
        case when is_pounds then amount end as pounds,
        -- what was asked for with its VAT, and what is still to pay, each less credit notes
        case when is_pounds and is_vat_known then amount_with_vat - coalesce(credited, 0) end
            as debt_pounds,
        case when is_pounds and paid_on is null then amount_unpaid - coalesce(credited, 0) end
            as owed_pounds,
        outcome as outcome_recorded,
        case
            when paid_on is null and outcome is null
                then 'unpaid, and the records do not say whether it still waits or was rejected or withdrawn'
        end as outcome_doubt,
        'receipt date taken from the ' || receipt_taken_from as receipt_doubt,
        is_disputed,
        set_apart,
        case
            when is_dropped or is_credit or amount < 0 then set_apart
            when kind = 'grant' then 'grant, which runs from its due date'
            when set_apart is not null then set_apart
            when received_on is null then 'no receipt date'
            when paid_on < received_on then 'paid in advance'
        end as left_out,
    from told
"""

INVOICE = Derived(SQL, needs=("payment",))
