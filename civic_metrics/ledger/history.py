"""What was loaded, when and by whom; what is set aside; to what day the records are complete."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from civic_metrics.contracts import contract
from civic_metrics.ledger.batch import Batch, Counts, Problem, Severity, Whole
from civic_metrics.ledger.store import Ledger
from civic_metrics.ledger.traces import ERASED

# A batch is live unless a live batch undoes it. Only a later number undoes, so walking down from
# the newest, each is settled by the live ones above it. Numbers have no gaps.
_LIVE_AMONG = """
    with recursive walk (batch, undone) as (
        select coalesce(max(batch), 0) + 1, []::integer[] from {batches}
        union all
        select
            below.batch,
            case
                when below.undoes is null or list_contains(walk.undone, below.batch)
                    then walk.undone
                else list_append(walk.undone, below.undoes)
            end,
        from walk
        join {batches} as below on below.batch = walk.batch - 1
    )
    select batch.*
    from {batches} as batch
    where not list_contains((select undone from walk order by batch limit 1), batch.batch)
"""
LIVE = _LIVE_AMONG.format(batches="ledger.batch")
# As it was after an earlier batch: an undo that came later had not been made.
_LIVE_THEN = _LIVE_AMONG.format(
    batches="(select * from ledger.batch where $until is null or batch <= $until)"
)

_COLUMNS = """
    batch.batch, batch.kind, batch.who, batch.loaded_at, batch.file_name, batch.sha256,
    batch.sheet, batch.source, batch.table_name, batch.matching, batch.complete_to,
    batch.rows_read, batch.new, batch.changed, batch.unchanged, batch.quarantined,
    batch.excluded, batch.undoes, batch.shape, batch.constants, batch.declared, batch.edits,
    batch.is_whole, batch.whole_column, batch.whole_from, batch.whole_to, batch.removed,
    (
        select max(undoing.batch) from ledger.batch as undoing
        where undoing.undoes = batch.batch
            and undoing.batch in (select live.batch from live)
    ) as undone_by,
"""


@dataclass(frozen=True)
class Waiting:
    """A row that is set aside and not yet mended, with how its file was read.

    `id` is what a load names that mends it (`Origin.mends`); `has_key` says whether its key could
    be read, so that a later row of that key mends it.
    """

    batch: int
    table: str
    sheet: str
    row: int
    cells: dict[str, str | None]
    problems: tuple[Problem, ...]
    has_key: bool
    id: str
    file_name: str
    source: str
    complete_to: date | None
    matching: dict[str, str]
    constants: dict[str, str]
    declared: dict[str, str]


@dataclass(frozen=True)
class Remembered:
    """How a file of the same headings was read the last time."""

    batch: int
    table: str
    source: str
    matching: dict[str, str]
    constants: dict[str, str]
    declared: dict[str, str]


@dataclass(frozen=True)
class Period:
    """The days of which an upload has rows, from the first to the last; None: of no day."""

    batch: int
    file_name: str
    source: str
    first_on: date | None
    last_on: date | None
    rows: int


@dataclass(frozen=True)
class Source:
    """Where rows of a table come from, and the day to which they are complete."""

    table: str
    source: str
    complete_to: date | None


def _read(cursor: duckdb.DuckDBPyConnection, where: str, values: list[object]) -> list[Batch]:
    rows = cursor.execute(
        f"with live as ({LIVE}) select {_COLUMNS} from ledger.batch as batch "
        f"where {where} order by batch.batch",
        values,
    ).fetchall()
    return [
        Batch(
            *row[:9],
            matching=json.loads(row[9]),
            complete_to=row[10],
            counts=Counts(*row[11:17]),
            undoes=row[17],
            shape=row[18] or "",
            constants=_said(row[19]),
            declared=_said(row[20]),
            edits=tuple((line, heading, text) for line, heading, text in _said(row[21])),
            whole=Whole(*row[23:26]) if row[22] else None,
            closed=row[26],
            undone_by=row[27],
        )
        for row in rows
    ]


def _said(kept: str | None) -> Any:
    """What was kept as JSON; empty where the batch is older than the column."""
    return json.loads(kept) if kept else {}


def batches(ledger: Ledger) -> list[Batch]:
    """Every upload and undo, oldest first."""
    return _read(ledger.cursor(), "true", [])


def batch(cursor: duckdb.DuckDBPyConnection, number: int) -> Batch | None:
    """The batch of that number, or None."""
    found = _read(cursor, "batch.batch = ?", [number])
    return found[0] if found else None


def set_aside(ledger: Ledger) -> list[Waiting]:
    """Rows set aside by live batches and not mended since, each once, newest first."""
    rows = ledger.cursor().execute(
        f"""
        -- one row per row that still waits
        with live as ({LIVE})
        select
            quarantine._batch, quarantine.table_name, _sheet, _row, cells, problems,
            row_key is not null, quarantine, live.file_name, live.source, live.complete_to,
            live.matching, live.constants, live.declared,
        from ledger.quarantine
        join live on live.batch = quarantine._batch
        where not exists (
            select 1 from ledger.mended
            where mended.quarantine = quarantine.quarantine
                and mended._batch in (select batch from live)
        )
        qualify row_number() over (
            partition by fingerprint, _sheet, _row order by quarantine._batch desc
        ) = 1
        order by quarantine._batch desc, _row, quarantine
        """
    )
    return [
        Waiting(
            *row[:4],
            json.loads(row[4]),
            tuple(_problem(problem) for problem in json.loads(row[5])),
            *row[6:11],
            *(_said(kept) for kept in row[11:]),
        )
        for row in rows.fetchall()
    ]


def _problem(stored: dict[str, object]) -> Problem:
    return Problem(**{**stored, "severity": Severity(stored["severity"])})


def sources(
    cursor: duckdb.DuckDBPyConnection, tables: Iterable[str], until: int | None = None
) -> list[Source]:
    """The live sources of those tables, each with its newest `complete_to`."""
    names = list(tables)
    rows = cursor.execute(
        f"""
        -- one row per table and source
        with live as ({_LIVE_THEN})
        select table_name, source, max(complete_to),
        from live
        where kind = 'load' and list_contains($tables, table_name)
            and new + changed + unchanged > 0
        group by table_name, source
        order by table_name, source
        """,
        {"tables": names, "until": until},
    ).fetchall()
    return [Source(*row) for row in rows]


def remembered(ledger: Ledger, shape: str, table: str | None = None) -> Remembered | None:
    """How the newest live upload of a sheet of that shape was read; None where there is none.

    Where every one is undone, which column was which in the newest of them, and no more.
    `table` asks for the newest into that table, where one sheet fills several.
    """
    rows = (
        ledger.cursor()
        .execute(
            f"""
            -- at most one row: the newest
            with live as ({LIVE})
            select
                batch, table_name, source, matching,
                case when is_live then constants end,
                case when is_live then declared end,
            from (select *, batch in (select live.batch from live) as is_live from ledger.batch)
            where kind = 'load' and shape = $shape and shape <> ''
                and ($table is null or table_name = $table)
            order by is_live desc, batch desc
            limit 1
            """,
            {"shape": shape, "table": table},
        )
        .fetchall()
    )
    if not rows:
        return None
    *which, matching, constants, declared = rows[0]
    return Remembered(*which, _said(matching), _still_said(constants), _said(declared))


def _still_said(kept: str | None) -> dict[str, str]:
    """What was said of every row, but for what somebody's erasure took out of it."""
    return {name: text for name, text in _said(kept).items() if ERASED not in text.casefold()}


def loaded_periods(ledger: Ledger, table: str) -> list[Period]:
    """The days each live upload into the table has rows of, oldest upload first.

    A row's day is the first date it gives of those by which the table says it begins.
    """
    layout = contract(table)
    dates = layout.begins or tuple(column.name for column in layout.columns if column.happened)
    day = f"coalesce({', '.join(f'said.{name}' for name in dates)})" if dates else "null::date"
    rows = ledger.cursor().execute(
        f"""
        -- one row per upload
        with live as ({LIVE})
        select live.batch, live.file_name, live.source, min({day}), max({day}), count(*),
        from live
        join ledger.{layout.name} as said
            on said._batch = live.batch and said._origin_batch = live.batch
        where live.kind = 'load' and live.table_name = '{layout.name}'
        group by all
        order by live.batch
        """
    )
    return [Period(*row) for row in rows.fetchall()]
