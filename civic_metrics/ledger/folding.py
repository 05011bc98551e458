"""What stands for a key, worked out anew from every word that live batches said of it.

A batch's word on a key is the row of its own that it wrote, for the columns its file gave. Cell
by cell the newest word stands; names added without details give way to any other word. A batch
that is the whole record of its source (and period) makes void what that source said before of
keys the batch lacks. So what stands depends on the live batches alone, whatever was undone
and in what order.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from civic_metrics.contracts import Contract
from civic_metrics.ledger.batch import Whole
from civic_metrics.ledger.history import LIVE

# A name may be added without details to these; places come only from reference tables.
STUB_TABLES = {"organisation": "organisation", "partnership": "partnership"}
# What stands between the parts of a key written as one text.
KEY_PARTS = chr(31)


@dataclass(frozen=True)
class Recomputed:
    """What working a table out anew did, in rows."""

    removed: int = 0
    put_back: int = 0
    unchanged: int = 0

    def __add__(self, other: Recomputed) -> Recomputed:
        return Recomputed(
            self.removed + other.removed,
            self.put_back + other.put_back,
            self.unchanged + other.unchanged,
        )


def same_key(table: Contract, left: str, right: str) -> str:
    """The SQL condition that two rows have one key; a missing part equals a missing part."""
    return " and ".join(f"{left}.{name} is not distinct from {right}.{name}" for name in table.key)


def key_of(table: Contract, row: str) -> str:
    """The SQL for a row's key as one text, as rows that are set aside keep it."""
    parts = [f"coalesce({row}.{name}::varchar, '')" for name in table.key]
    return f" || chr({ord(KEY_PARTS)}) || ".join(parts)


def touch(cursor: duckdb.DuckDBPyConnection, table: Contract, batch: int) -> int:
    """Puts the keys a load bears on into `touched`: those it said, and those it lacks and may
    close; how many there are."""
    cursor.execute(
        f"""
        create or replace temp table touched as
        select distinct {", ".join(table.key)}, true as is_said,
        from ledger.{table.name}
        where _batch = {batch} and _origin_batch = {batch}
        """
    )
    whole = cursor.execute(
        "select whole_column, whole_from, whole_to from ledger.batch "
        "where batch = ? and is_whole and table_name = ?",
        [batch, table.name],
    ).fetchall()
    if whole:
        _touch_lacking(cursor, table, batch, Whole(*whole[0]))
    return cursor.execute("select count(*) from touched").fetchall()[0][0]


def _touch_lacking(
    cursor: duckdb.DuckDBPyConnection, table: Contract, batch: int, whole: Whole
) -> None:
    """Every key of the source said before, in the period, that the whole record does not say."""
    in_period, bound = _period(whole, "version." + (whole.column or ""))
    given = f"list_contains(earlier.given, '{whole.column}')" if whole.column else "true"
    cursor.execute(
        f"""
        insert into touched
        select distinct {", ".join(f"version.{name}" for name in table.key)}, false,
        from ledger.{table.name} as version
        join ledger.batch as earlier on earlier.batch = version._batch
        join ledger.batch as whole on whole.batch = {batch}
        where version._origin_batch = version._batch
            and earlier.kind = 'load'
            and earlier.batch < whole.batch
            and earlier.table_name = whole.table_name
            and earlier.source = whole.source
            and {given} and {in_period}
            and not exists (
                select 1 from touched where {same_key(table, "touched", "version")}
            )
        """,
        bound,
    )


def _period(whole: Whole, day: str) -> tuple[str, dict[str, object]]:
    """The SQL condition that a day is in the period of a whole record, with what it binds."""
    if whole.column is None:
        return "true", {}
    bounds = {"from_on": (">=", whole.from_on), "to_on": ("<=", whole.to_on)}
    bound = {name: on for name, (_, on) in bounds.items() if on is not None}
    conditions = [f"{day} {bounds[name][0]} ${name}" for name in bound]
    return " and ".join([f"{day} is not null", *conditions]), bound


def recompute(cursor: duckdb.DuckDBPyConnection, table: Contract, number: int) -> Recomputed:
    """Makes the keys in `touched` stand as live batches have them, as batch `number`."""
    stored = [name for name, _ in table.stored]
    listed = ", ".join(stored)
    _gather(cursor, table)
    _make_void(cursor, table)
    _fold(cursor, table)
    alike = " and ".join(
        f"folded.{name} is not distinct from standing.{name}" for name in (*stored, "_stub")
    )
    standing = f"ledger.{table.name} as standing"
    cursor.execute(
        f"""
        -- one row per key whose cells stay; where the batch behind them goes they are copied
        create or replace temp table alike as
        select
            {", ".join(f"folded.{name}" for name in table.key)},
            folded._origin_batch = standing._origin_batch as is_kept,
            touched.is_said,
        from folded
        join {standing}
            on standing._until is null and {same_key(table, "folded", "standing")} and {alike}
        join touched on {same_key(table, "touched", "folded")}
        """
    )
    cursor.execute("create or replace temp table kept as from alike where is_kept")
    same, unchanged, kept = cursor.execute(
        "select count(*), count(*) filter (where is_said), count(*) filter (where is_kept) "
        "from alike"
    ).fetchall()[0]
    closed = cursor.execute(
        f"""
        update {standing} set _until = {number}
        from touched
        where standing._until is null
            and {same_key(table, "touched", "standing")}
            and not exists (select 1 from kept where {same_key(table, "kept", "touched")})
        """
    ).fetchall()[0][0]
    written = cursor.execute(
        f"""
        insert into ledger.{table.name}
            ({listed}, _batch, _until, _origin_batch, _sheet, _row, _stub)
        select {listed}, {number}, null, _origin_batch, _sheet, _row, _stub,
        from folded
        where not exists (select 1 from kept where {same_key(table, "kept", "folded")})
        """
    ).fetchall()[0][0]
    return Recomputed(max(closed - written, 0), written - (same - kept), unchanged)


def _gather(cursor: duckdb.DuckDBPyConnection, table: Contract) -> None:
    """Puts every word of a live batch on the keys in `touched` into `words`."""
    cursor.execute(
        f"""
        -- one row per key and batch that spoke of it
        create or replace temp table words as
        with live as ({LIVE})
        select
            version.*,
            live.given as _given,
            live.source as _source,
            live.table_name = '{table.name}' as _is_own,
            case when version._stub then 0 else 1 end as _rank,
            false as _is_void,
        from ledger.{table.name} as version
        join live on live.batch = version._batch
        join touched on {same_key(table, "touched", "version")}
        where version._batch = version._origin_batch and live.kind = 'load'
        """
    )


def _make_void(cursor: duckdb.DuckDBPyConnection, table: Contract) -> None:
    """Marks the words that a later whole record of their source and period makes void.

    What a source says of a row's date is the newest it gave before that record; a row without
    one is in no period. Oldest record first: words that are void already say nothing.
    """
    records = cursor.execute(
        f"""
        with live as ({LIVE})
        select batch, source, whole_column, whole_from, whole_to,
        from live
        where is_whole and table_name = $table
            and source in (select _source from words where _is_own)
        order by batch
        """,
        {"table": table.name},
    ).fetchall()
    for batch, source, *period in records:
        whole = Whole(*period)
        given = f"list_contains(_given, '{whole.column}')"
        last = f"last({whole.column} order by _batch) filter (where {given})"
        covered, bound = _period(whole, last)
        cursor.execute(
            f"""
            -- one row per key the whole record lacks
            create or replace temp table lacking as
            select {", ".join(table.key)},
            from words
            where _is_own and not _is_void and _source = $source and _batch < {batch}
                and not exists (
                    select 1 from words as own
                    where own._batch = {batch} and {same_key(table, "own", "words")}
                )
                and {key_of(table, "words")} not in (
                    select row_key from ledger.quarantine
                    where _batch = {batch} and row_key is not null
                )
            group by {", ".join(table.key)}
            having {covered}
            """,
            {"source": source, **bound},
        )
        cursor.execute(
            f"""
            update words set _is_void = true
            from lacking
            where words._is_own and words._source = $source and words._batch < {batch}
                and {same_key(table, "lacking", "words")}
            """,
            {"source": source},
        )


def _fold(cursor: duckdb.DuckDBPyConnection, table: Contract) -> None:
    """Puts what `words` come to into `folded`."""
    cells = "".join(
        f"last(said.{name} order by said._rank, said._batch) filter (where "
        f"{_speaks_of(table, name)}) as {name},\n"
        for name, _ in table.stored
        if name not in table.key
    )
    key = ", ".join(f"said.{name}" for name in table.key)
    cursor.execute(
        f"""
        -- one row per key that still stands: cell by cell, the newest word of a live batch
        create or replace temp table folded as
        select
            {key},
            {cells}
            last(said._batch order by said._rank, said._batch) as _origin_batch,
            last(said._sheet order by said._rank, said._batch) as _sheet,
            last(said._row order by said._rank, said._batch) as _row,
            last(said._stub order by said._rank, said._batch) as _stub,
        from words as said
        where not said._is_void
        group by {key}
        """
    )


def _speaks_of(table: Contract, stored_name: str) -> str:
    """The SQL condition that a version is its batch's own word on a column."""
    owner = next(
        column.name
        for column in table.columns
        if stored_name in [name for name, _ in column.stored]
    )
    named = "false"
    if table.name in STUB_TABLES and stored_name == "name":
        named = "true"
    elif table.name in STUB_TABLES and stored_name == "is_individual":
        named = "said.is_individual is not null"  # only that somebody is a person is said
    return f"case when said._stub then {named} else list_contains(said._given, '{owner}') end"
