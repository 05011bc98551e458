"""Rows set aside on loading that still wait to be mended, each once."""

from civic_metrics.derived.model import Derived

SQL = """
    -- one row per row that still waits, of its newest load
    with standing as (select batch from load where not is_undone)
    select quarantine._batch as batch, quarantine.quarantine as set_aside,
    from ledger.quarantine
    where quarantine._batch in (select batch from standing)
        and not exists (
            select 1 from ledger.mended
            where mended.quarantine = quarantine.quarantine
                and mended._batch in (select batch from standing)
        )
    qualify row_number() over (
        partition by fingerprint, _sheet, _row order by quarantine._batch desc
    ) = 1
"""

SET_ASIDE = Derived(SQL, needs=("load",), of_the_records=True)
