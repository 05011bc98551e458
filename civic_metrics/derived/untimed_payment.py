"""Money paid to partners that no record of time stands against."""

from civic_metrics.derived.model import Derived

SQL = """
    -- one row per payment made to a partner without any time recorded against its invoice
    select
        partnership,
        payee,
        paid_on,
        case when currency = 'GBP' then amount end as pounds,
    from payment
    where payee_role = 'partner' and paid_on is not null
        and not exists (
            select 1 from contribution
            where contribution.invoice_ref = payment.invoice_ref
                and contribution.organisation = payment.payee
        )
"""

UNTIMED_PAYMENT = Derived(SQL, needs=("payment", "contribution"))
