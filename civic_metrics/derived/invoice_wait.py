"""How long each invoice has waited, those still open for as long as they have so far."""

from civic_metrics.derived.model import Derived

SQL = """
    -- one row per invoice, paid or still open on the as-of date
    select
        partnership,
        payee as organisation,
        payee_role,
        kind as payment_kind,
        received_on as happened_on,
        left_out,
        -- both may hold of one invoice; concat_ws skips what is null
        nullif(
            concat_ws(
                '; ',
                receipt_doubt,
                outcome_doubt || ': any that were make the wait look longer than it is'
            ),
            ''
        ) as caution,
        pounds,
        coalesce(paid_on, $as_of) - received_on as days,
        paid_on is not null as observed,
        null::integer as entered,
    from invoice
"""

INVOICE_WAIT = Derived(SQL, needs=("invoice",))
