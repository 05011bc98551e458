"""Awards: the funding of partnerships that is more than a bid."""

from civic_metrics.derived.model import Derived

SQL = """
    -- one row per funding awarded or received; one whose status is not stated counts as funding
    select
        partnership,
        reference,
        from_on,
        to_on,
        case
            when from_on is null or to_on is null then 'funding without its first or last day'
            when to_on < from_on then 'funding that ends before it begins'
        end as left_out,
    from funding
    where status is distinct from 'bid'
"""

AWARD = Derived(SQL, needs=("funding",))
