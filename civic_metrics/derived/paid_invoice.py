"""Invoices that have been paid: the population of payments made in a period."""

from civic_metrics.derived.model import Derived

SQL = """
    -- one row per invoice that has been paid, with its days from first receipt
    select
        partnership,
        payee as organisation,
        payee_role,
        kind as payment_kind,
        payee_is_small,
        is_advance_agreed,
        coalesce(partnership, payee) as cluster,
        paid_on as happened_on,
        left_out,
        receipt_doubt as caution,
        pounds,
        paid_on - received_on as days,
    from invoice
    where paid_on is not null
"""

PAID_INVOICE = Derived(SQL, needs=("invoice",))
