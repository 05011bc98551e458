"""Loads a staged batch: what is new, changed or unchanged, in one transaction."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from civic_metrics.contracts import Contract, contract
from civic_metrics.ledger.batch import Change, Counts, Effect, Origin, Staged
from civic_metrics.ledger.changes import LIMIT, changed_cells, closed_rows, put_back_cells
from civic_metrics.ledger.folding import STUB_TABLES, recompute, same_key, touch
from civic_metrics.ledger.recording import next_batch, record_batch
from civic_metrics.ledger.setting_aside import set_rows_aside
from civic_metrics.ledger.store import Ledger, LedgerError

_ROW_NAMES = "_batch, _until, _origin_batch, _sheet, _row, _stub"


def load(ledger: Ledger, staged: Staged, origin: Origin, *, keep: bool = True) -> Effect:
    """What loading the rows did; with `keep=False` nothing stays (a preview)."""
    file = (origin.content, origin.file_name)
    with ledger.writing(keep=keep, files=[file]) as cursor:
        return load_into(cursor, staged, origin)


def load_into(cursor: duckdb.DuckDBPyConnection, staged: Staged, origin: Origin) -> Effect:
    """What loading the rows does, in a transaction that the caller began and ends.

    Raises LedgerError where the file is said to be a whole record and a row of it that is set
    aside has no key that could be read: the row may be one of those that would be closed.
    """
    table = contract(staged.table)
    _refuse_unreadable_keys(table, staged, origin)
    batch = next_batch(cursor)
    _take_in(cursor, table, staged)
    new, changed, unchanged = _compare(cursor, table, staged)
    cells, changes = changed_cells(cursor, table, staged) if changed else (0, [])
    _write_rows(cursor, table, batch)
    _assert_names(cursor, table, staged, batch)
    set_rows_aside(cursor, table, staged, batch, origin)
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
        digest=origin.sha256,
        table=table.name,
        given=staged.columns,
        counts=counts,
    )
    cursor.unregister("staged_rows")
    closed = 0
    if origin.whole:
        closed, cells, changes = _close_lacking(cursor, table, batch, cells, changes)
        cursor.execute("update ledger.batch set removed = ? where batch = ?", [closed, batch])
    return Effect(batch, counts, closed, cells, tuple(changes))


def _refuse_unreadable_keys(table: Contract, staged: Staged, origin: Origin) -> None:
    whole = origin.whole
    if whole is None:
        return
    if whole.column is not None and whole.column not in {c.name for c in table.columns}:
        raise LedgerError(
            f"{table.title} have no date called “{whole.column}”. Say by which date the file is "
            "the whole record of a period."
        )
    unread = [aside.row for aside in staged.set_aside if aside.key is None]
    if not unread:
        return
    some = ", ".join(map(str, unread[:5])) + (" and others" if len(unread) > 5 else "")
    rows = f"row {some}" if len(unread) == 1 else f"rows {some}"
    raise LedgerError(
        f"The file is said to be the whole record, so rows it lacks would be closed; but of "
        f"{len(unread)} of its rows that are set aside ({rows}) it cannot be told which "
        "record they are. Mend those rows first, or load the file as one that adds to the "
        "records."
    )


def _take_in(cursor: duckdb.DuckDBPyConnection, table: Contract, staged: Staged) -> None:
    """Lays the staged rows beside the ledger; a part of the key the file lacks is missing."""
    absent = "".join(
        f"null::{kind} as {name}, "
        for name, kind in table.stored
        if name in table.stored_of(table.key) and name not in staged.rows.column_names
    )
    cursor.register("staged_rows", staged.rows)
    cursor.execute(
        f"create or replace temp view incoming as select {absent}staged_rows.* from staged_rows"
    )


def _compare(
    cursor: duckdb.DuckDBPyConnection, table: Contract, staged: Staged
) -> tuple[int, int, int]:
    """How many rows are new, changed and unchanged; the rows as they will be in `arriving`."""
    given = table.stored_of((*staged.columns, *table.key))
    stands = cursor.execute(f"select 1 from ledger.{table.name} where _until is null limit 1")
    if not stands.fetchall():  # the first load of a table is the largest: nothing to compare with
        columns = ", ".join(
            name if name in given else f"null::{kind} as {name}" for name, kind in table.stored
        )
        cursor.execute(
            f"""
            create or replace temp view arriving as
            select {columns}, _sheet, _row, null::bigint as _standing, 'new' as effect,
            from incoming
            """
        )
        return staged.rows.num_rows, 0, 0
    merged = ", ".join(
        f"incoming.{name}" if name in given else f"standing.{name}" for name, _ in table.stored
    )
    differs = (
        " or ".join(
            f"incoming.{name} is distinct from standing.{name}"
            for name in given
            if name not in table.key
        )
        or "false"
    )
    cursor.execute(
        f"""
        -- one row per key in the file, with what becomes of it
        create or replace temp table compared as
        select
            {merged},
            incoming._sheet,
            incoming._row,
            standing.rowid as _standing,
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
    cursor.execute("create or replace temp view arriving as from compared")
    effects = dict(
        cursor.execute("select effect, count(*) from compared group by effect").fetchall()
    )
    return effects.get("new", 0), effects.get("changed", 0), effects.get("unchanged", 0)


def _write_rows(cursor: duckdb.DuckDBPyConnection, table: Contract, batch: int) -> None:
    """Closes what changes and appends every row, the unchanged ones already closed.

    An unchanged row is kept as what this batch said, so that undoing the batch that said it
    first leaves the row standing. Rows of one partnership are written side by side: most
    questions are about one.
    """
    names = ", ".join(name for name, _ in table.stored)
    side_by_side = "order by partnership" if "partnership" in names.split(", ") else ""
    cursor.execute(
        f"""
        update ledger.{table.name} set _until = {batch}
        where rowid in (select _standing from arriving where effect = 'changed')
        """
    )
    cursor.execute(
        f"""
        insert into ledger.{table.name} ({names}, {_ROW_NAMES})
        select
            {names},
            {batch},
            case when effect = 'unchanged' then {batch} end,
            {batch},
            _sheet,
            _row,
            false,
        from arriving
        {side_by_side}
        """
    )


def _close_lacking(
    cursor: duckdb.DuckDBPyConnection,
    table: Contract,
    batch: int,
    cells: int,
    changes: list[Change],
) -> tuple[int, int, list[Change]]:
    """Closes the rows that a whole record lacks; they count, and are listed after the cells."""
    touch(cursor, table, batch)
    cursor.execute("delete from touched where is_said")
    done = recompute(cursor, table, batch)
    back, returned = put_back_cells(cursor, table, batch) if done.put_back else (0, [])
    gone = closed_rows(cursor, table, batch) if done.removed else []
    return done.removed, cells + back, [*[*changes, *returned][:LIMIT], *gone]


def _assert_names(
    cursor: duckdb.DuckDBPyConnection, table: Contract, staged: Staged, batch: int
) -> None:
    """Writes down every name the rows refer to: new ones stand, known ones are kept closed.

    So no row is ever left pointing at nothing when the batch that named it is undone, and
    nobody known to be a person is taken for an organisation then.
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
                    "is_individual": pa.array(
                        [stub.is_individual or None for stub in added], pa.bool_()
                    ),
                }
            ),
        )
        is_person = (
            f"case when standing.{key} is not null then nullif(standing.is_individual, false) "
            "else added_names.is_individual end"
        )
        person = ("is_individual, ", f"{is_person}, ") if target == "organisation" else ("", "")
        used = " union all ".join(f"select {name} as id from incoming" for name in referring)
        cursor.execute(
            f"""
            insert into ledger.{target} ({key}, name, {person[0]}{_ROW_NAMES})
            select
                used.id,
                coalesce(standing.name, added_names.name, used.id),
                {person[1]}
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
