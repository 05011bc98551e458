"""Money paid out, in parts by the places its partnership works in."""

from civic_metrics.derived.model import Derived

SQL = """
    -- one row per payment made and place of its partnership, with that place's part of the pounds
    with
        made as (
            select row_number() over () as whole, payment.*
            from payment
            where paid_on is not null
        )
    select
        made.whole,
        made.partnership,
        made.payee,
        made.payee_role,
        made.paid_on,
        made.kind,
        made.amount_is,
        place_part.place,
        -- a payment without a footprint is one part, whole; only pounds are pounds
        -- decimal again, so that the sum does not depend on the order of the rows
        case
            when made.currency = 'GBP'
                then cast(made.amount * coalesce(place_part.part, 1) as decimal(28, 8))
        end as pounds,
        case
            when coalesce(made.payee_role, 'not known') = 'not known'
                then 'the records do not say who was paid'
            when made.currency is distinct from 'GBP' then 'not in pounds'
        end as left_out,
    from made
    left join place_part on place_part.partnership = made.partnership
"""

PLACED_PAYMENT = Derived(SQL, needs=("payment", "place_part"))
