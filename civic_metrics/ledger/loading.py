"""Loads a staged batch: what is new, changed or unchanged, in one transaction."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime

import duckdb
import pyarrow as pa

from civic_metrics.contracts import Contract, contract
from civic_metrics.ledger.batch import Counts, Origin, SetAside, Staged
from civic_metrics.ledger.store import Ledger

# A name may be added without details to these; places come only from reference tables.
STUB_TABLES = {"organisation": "organisation", "partnership": "partnership"}


def same_key(table: Contract, left: str, right: str) -> str:
    """The SQL condition that two rows have one key; a missing part equals a missing part."""
    return " and ".join(f"{left}.{name} is not distinct from {right}.{name}" for name in table.key)


def next_batch(cursor: duckdb.DuckDBPyConnection) -> int:
    """The number the next batch will have."""
    return cursor.execute("select coalesce(max(batch), 0) + 1 from ledger.batch").fetchall()[0][0]


def load(
    ledger: Ledger, staged: Staged, origin: Origin, *, keep: bool = True
) -> tuple[int, Counts]:
    """The batch number and counts of a load; with `keep=False` nothing stays (a preview)."""
    digest = (
        ledger.keep_file(origin.content, origin.file_name)
        if keep
        else hashlib.sha256(origin.content).hexdigest()
    )
    table = contract(staged.table)
    with ledger.writing(keep=keep) as cursor:
        batch = next_batch(cursor)
        _take_in(cursor, table, staged)
        new, changed, unchanged = _write_rows(cursor, table, staged, batch)
        _assert_names(cursor, table, staged, batch)
        _set_aside(cursor, table, staged, batch, origin.file_name)
        counts = Counts(
            rows_read=staged.rows_read,
            new=new,
            changed=changed,
            unchanged=unchanged + staged.repeated,
            quarantined=len(staged.set_aside),
            excluded=sum(staged.excluded.values()),
        )
        record_batch(
            cursor,
            batch=batch,
            kind="load",
            origin=origin,
            digest=digest,
            table=table.name,
            given=staged.columns,
            counts=counts,
        )
    return batch, counts


def _take_in(cursor: duckdb.DuckDBPyConnection, table: Contract, staged: Staged) -> None:
    """Puts the staged rows beside the ledger; a part of the key the file lacks is missing."""
    absent = "".join(
        f"null::{kind} as {name}, "
        for name, kind in table.stored
        if name in table.stored_of(table.key) and name not in staged.rows.column_names
    )
    cursor.register("staged_rows", staged.rows)
    cursor.execute(
        f"create or replace temp table incoming as select {absent}staged_rows.* from staged_rows"
    )
    cursor.unregister("staged_rows")


def _write_rows(
    cursor: duckdb.DuckDBPyConnection, table: Contract, staged: Staged, batch: int
) -> tuple[int, int, int]:
    """Closes what changes and appends every row, the unchanged ones already closed.

    An unchanged row is kept as what this batch said, so that undoing the batch that said it
    first leaves the row standing.
    """
    given = table.stored_of((*staged.columns, *table.key))
    names = [name for name, _ in table.stored]
    merged = ", ".join(
        f"incoming.{name}" if name in given else f"standing.{name}" for name in names
    )
    values = [name for name in given if name not in table.key]
    differs = (
        " or ".join(f"incoming.{name} is distinct from standing.{name}" for name in values)
        or "false"
    )
    cursor.execute(
        f"""
        -- one row per key in the file, with what becomes of it
        create or replace temp table arriving as
        select
            {merged},
            incoming._sheet,
            incoming._row,
            case
                when standing._batch is null then 'new'
                when standing._stub or {differs} then 'changed'
                else 'unchanged'
            end as effect,
        from incoming
        left join ledger.{table.name} as standing
            on standing._until is null and {same_key(table, "incoming", "standing")}
        """
    )
    cursor.execute(
        f"""
        update ledger.{table.name} as standing set _until = {batch}
        from arriving
        where standing._until is null
            and arriving.effect = 'changed'
            and {same_key(table, "arriving", "standing")}
        """
    )
    cursor.execute(
        f"""
        insert into ledger.{table.name} ({", ".join(names)}, {_ROW_NAMES})
        select
            {", ".join(names)},
            {batch},
            case when effect = 'unchanged' then {batch} end,
            {batch},
            _sheet,
            _row,
            false,
        from arriving
        """
    )
    effects = dict(
        cursor.execute("select effect, count(*) from arriving group by effect").fetchall()
    )
    return effects.get("new", 0), effects.get("changed", 0), effects.get("unchanged", 0)


_ROW_NAMES = "_batch, _until, _origin_batch, _sheet, _row, _stub"


def _assert_names(
    cursor: duckdb.DuckDBPyConnection, table: Contract, staged: Staged, batch: int
) -> None:
    """Writes down every name the rows refer to: new ones stand, known ones are kept closed.

    So no row is ever left pointing at nothing when the batch that named it is undone.
    """
    for target, key in STUB_TABLES.items():
        columns = [c.name for c in table.columns if c.reference == target]
        referring = [name for name in columns if name in staged.columns and target != table.name]
        if not referring:
            continue
        added = [stub for stub in staged.stubs if stub.table == target]
        cursor.register(
            "added_names",
            pa.table(
                {
                    "id": pa.array([stub.id for stub in added], pa.string()),
                    "name": pa.array([stub.name for stub in added], pa.string()),
                }
            ),
        )
        used = " union all ".join(f"select {name} as id from incoming" for name in referring)
        cursor.execute(
            f"""
            insert into ledger.{target} ({key}, name, {_ROW_NAMES})
            select
                used.id,
                coalesce(standing.name, added_names.name, used.id),
                {batch},
                case when standing.{key} is not null then {batch} end,
                {batch},
                '',
                0,
                true,
            from (select distinct id from ({used})) as used
            left join ledger.{target} as standing
                on standing._until is null and standing.{key} = used.id
            left join added_names on added_names.id = used.id
            where used.id is not null
            """
        )
        cursor.unregister("added_names")


def _set_aside(
    cursor: duckdb.DuckDBPyConnection,
    table: Contract,
    staged: Staged,
    batch: int,
    file_name: str,
) -> None:
    """Keeps the rows that could not be loaded, and closes older ones that this file mends."""
    key = " || chr(31) || ".join(f"coalesce(arriving.{name}::varchar, '')" for name in table.key)
    cursor.execute(
        f"""
        insert into ledger.mended
        select {batch}, quarantine
        from ledger.quarantine
        where table_name = $table
            and (
                row_key in (select {key} from arriving)
                -- or the same row of the same file, whose key could not be read before
                or (
                    _batch in (select batch from ledger.batch where file_name = $file)
                    and (_sheet, _row) in (select (_sheet, _row) from arriving)
                )
            )
        """,
        {"table": table.name, "file": file_name},
    )
    if not staged.set_aside:
        return
    rows = [_quarantine_row(aside, table.name, batch) for aside in staged.set_aside]
    cursor.register("set_aside", pa.Table.from_pylist(rows, schema=_QUARANTINE_SCHEMA))
    cursor.execute("insert into ledger.quarantine by name select * from set_aside")
    cursor.unregister("set_aside")


_QUARANTINE_SCHEMA = pa.schema(
    [
        ("quarantine", pa.string()),
        ("_batch", pa.int32()),
        ("table_name", pa.string()),
        ("_sheet", pa.string()),
        ("_row", pa.int64()),
        ("row_key", pa.string()),
        ("fingerprint", pa.string()),
        ("cells", pa.string()),
        ("problems", pa.string()),
    ]
)


def _quarantine_row(aside: SetAside, table: str, batch: int) -> dict[str, object]:
    cells = json.dumps(dict(aside.cells), ensure_ascii=False, sort_keys=True)
    return {
        "quarantine": f"{batch}:{aside.sheet}:{aside.row}",
        "_batch": batch,
        "table_name": table,
        "_sheet": aside.sheet,
        "_row": aside.row,
        "row_key": None if aside.key is None else chr(31).join(part or "" for part in aside.key),
        "fingerprint": hashlib.sha256(f"{table}\x1f{cells}".encode()).hexdigest(),
        "cells": cells,
        "problems": json.dumps([asdict(p) for p in aside.problems], ensure_ascii=False),
    }


def record_batch(
    cursor: duckdb.DuckDBPyConnection,
    *,
    batch: int,
    kind: str,
    origin: Origin,
    digest: str,
    table: str,
    given: tuple[str, ...],
    counts: Counts,
    undoes: int | None = None,
) -> None:
    """Writes the line of history that makes the batch real."""
    cursor.execute(
        f"insert into ledger.batch values ({', '.join('?' * 20)})",
        [
            batch,
            kind,
            origin.who,
            datetime.now(UTC).replace(tzinfo=None),
            origin.file_name,
            digest,
            origin.sheet,
            origin.source,
            table,
            list(given),
            json.dumps(dict(origin.matching), ensure_ascii=False),
            origin.complete_to,
            counts.rows_read,
            counts.new,
            counts.changed,
            counts.unchanged,
            counts.quarantined,
            counts.excluded,
            0,
            undoes,
        ],
    )
