"""Undoes a batch: what stands afterwards is what a ledger that never loaded it would hold."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from civic_metrics.contracts import Contract, contracts
from civic_metrics.ledger.batch import Counts, Origin
from civic_metrics.ledger.history import LIVE
from civic_metrics.ledger.history import batch as batch_of
from civic_metrics.ledger.loading import STUB_TABLES, next_batch, record_batch, same_key
from civic_metrics.ledger.store import Ledger, LedgerError


@dataclass(frozen=True)
class Undone:
    """What an undo does to the records, in rows."""

    batch: int
    removed: int
    put_back: int
    unchanged: int


def undo(ledger: Ledger, batch: int, who: str, *, keep: bool = True) -> Undone:
    """Takes back a batch (or, given an undo, puts it back); LedgerError where it cannot.

    With `keep=False` nothing stays: the counts are a preview.
    """
    with ledger.writing(keep=keep) as cursor:
        undone = batch_of(cursor, batch)
        if undone is None:
            raise LedgerError(f"There is no upload {batch}. List them to see which there are.")
        if undone.undone_by is not None:
            raise LedgerError(f"Upload {batch} was undone already, by number {undone.undone_by}.")
        number = next_batch(cursor)
        origin = Origin(who=who, file_name=undone.file_name, content=b"", sheet=undone.sheet)
        record_batch(
            cursor,
            batch=number,
            kind="undo",
            origin=origin,
            digest=undone.sha256,
            table=undone.table,
            given=(),
            counts=Counts(0, 0, 0, 0, 0, 0),
            undoes=batch,
        )
        removed = put_back = unchanged = 0
        for table in contracts().values():
            gone, back, same = _recompute(cursor, table, batch, number)
            removed, put_back, unchanged = removed + gone, put_back + back, unchanged + same
        cursor.execute(
            "update ledger.batch set removed = ?, changed = ?, unchanged = ?, rows_read = ? "
            "where batch = ?",
            [removed, put_back, unchanged, put_back + unchanged, number],
        )
    return Undone(number, removed, put_back, unchanged)


def _recompute(
    cursor: duckdb.DuckDBPyConnection, table: Contract, batch: int, number: int
) -> tuple[int, int, int]:
    """Rows removed, put back and left as they are among those the batch spoke of."""
    stored = [name for name, _ in table.stored]
    key = ", ".join(table.key)
    origin = _root(cursor, batch)
    cursor.execute(
        f"""
        create or replace temp table touched as
        select distinct {key} from ledger.{table.name} where _batch = ?
        """,
        [origin],
    )
    if not cursor.execute("select count(*) from touched").fetchall()[0][0]:
        return 0, 0, 0
    names_only = [STUB_TABLES[table.name], "name"] if table.name in STUB_TABLES else []
    cells = ",\n".join(
        f"last(said.{name} order by said.rank, said._batch) filter (where "
        f"{_speaks_of(table, name, names_only)}) as {name}"
        for name in stored
        if name not in table.key
    )
    cells = cells + "," if cells else ""
    cursor.execute(
        f"""
        -- one row per key that still stands: cell by cell, the newest word of a live batch
        create or replace temp table folded as
        with
            live as ({LIVE}),
            said as (
                select version.*, live.given, case when version._stub then 0 else 1 end as rank,
                from ledger.{table.name} as version
                join live on live.batch = version._batch
                join touched on {same_key(table, "touched", "version")}
                where version._batch = version._origin_batch and live.kind = 'load'
            )
        select
            {", ".join(f"said.{name}" for name in table.key)},
            {cells}
            last(said._batch order by said.rank, said._batch) as _origin_batch,
            last(said._sheet order by said.rank, said._batch) as _sheet,
            last(said._row order by said.rank, said._batch) as _row,
            last(said._stub order by said.rank, said._batch) as _stub,
        from said
        group by {", ".join(f"said.{name}" for name in table.key)}
        """
    )
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
        from folded join {standing}
            on standing._until is null and {same_key(table, "folded", "standing")} and {alike}
        """
    )
    cursor.execute("create or replace temp table kept as from alike where is_kept")
    unchanged, kept = cursor.execute(
        "select count(*), count(*) filter (where is_kept) from alike"
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
            ({", ".join(stored)}, _batch, _until, _origin_batch, _sheet, _row, _stub)
        select {", ".join(stored)}, {number}, null, _origin_batch, _sheet, _row, _stub,
        from folded
        where not exists (select 1 from kept where {same_key(table, "kept", "folded")})
        """
    ).fetchall()[0][0]
    return max(closed - written, 0), written - (unchanged - kept), unchanged


def _speaks_of(table: Contract, stored_name: str, names_only: list[str]) -> str:
    """The SQL condition that a version is its batch's own word on a column."""
    owner = next(
        column.name
        for column in table.columns
        if stored_name in [name for name, _ in column.stored]
    )
    named = "true" if stored_name in names_only else "false"
    return f"case when said._stub then {named} else list_contains(said.given, '{owner}') end"


def _root(cursor: duckdb.DuckDBPyConnection, batch: int) -> int:
    """The load that a chain of undos is about in the end."""
    while True:
        found = batch_of(cursor, batch)
        if found is None or found.undoes is None:
            return batch
        batch = found.undoes
