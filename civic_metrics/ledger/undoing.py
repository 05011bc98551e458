"""Undoes a batch: what stands afterwards is what a ledger that never loaded it would hold."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from civic_metrics.contracts import Contract, contract
from civic_metrics.ledger.batch import Counts, Origin
from civic_metrics.ledger.folding import STUB_TABLES, Recomputed, recompute, touch
from civic_metrics.ledger.history import batch as batch_of
from civic_metrics.ledger.recording import next_batch, record_batch
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
        return undo_into(cursor, batch, who)


def undo_into(cursor: duckdb.DuckDBPyConnection, batch: int, who: str) -> Undone:
    """The same in a transaction that the caller began and ends."""
    undone = batch_of(cursor, batch)
    if undone is None:
        raise LedgerError(f"There is no upload {batch}. List them to see which there are.")
    if undone.undone_by is not None:
        raise LedgerError(f"Upload {batch} was undone already, by number {undone.undone_by}.")
    if undone.kind == "erase":
        raise LedgerError(
            f"Number {batch} erased somebody from the records, and that cannot be undone."
        )
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
    done = Recomputed()
    load = _root(cursor, batch)
    for table in dict.fromkeys((undone.table, *STUB_TABLES)):  # a load writes to no other
        done += _recompute(cursor, contract(table), load, number)
    cursor.execute(
        "update ledger.batch set removed = ?, changed = ?, unchanged = ?, rows_read = ? "
        "where batch = ?",
        [done.removed, done.put_back, done.unchanged, done.put_back + done.unchanged, number],
    )
    return Undone(number, done.removed, done.put_back, done.unchanged)


def _recompute(
    cursor: duckdb.DuckDBPyConnection, table: Contract, batch: int, number: int
) -> Recomputed:
    """Makes every row the batch bears on stand as the batches that are live have it."""
    if not touch(cursor, table, batch):
        return Recomputed()
    return recompute(cursor, table, number)


def _root(cursor: duckdb.DuckDBPyConnection, batch: int) -> int:
    """The load that a chain of undos is about in the end."""
    while True:
        found = batch_of(cursor, batch)
        if found is None or found.undoes is None:
            return batch
        batch = found.undoes
