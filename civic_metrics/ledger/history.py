"""What was loaded, when and by whom; what is set aside; to what day the records are complete."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from civic_metrics.ledger.batch import Batch, Counts, Problem, Severity
from civic_metrics.ledger.store import Ledger

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
    batch.excluded, batch.undoes,
    (
        select max(undoing.batch) from ledger.batch as undoing
        where undoing.undoes = batch.batch
            and undoing.batch in (select live.batch from live)
    ) as undone_by,
"""


@dataclass(frozen=True)
class Waiting:
    """A row that is set aside and not yet mended."""

    batch: int
    table: str
    sheet: str
    row: int
    cells: dict[str, str | None]
    problems: tuple[Problem, ...]


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
            undone_by=row[18],
        )
        for row in rows
    ]


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
        select _batch, table_name, _sheet, _row, cells, problems,
        from ledger.quarantine
        where _batch in (select batch from live)
            and not exists (
                select 1 from ledger.mended
                where mended.quarantine = quarantine.quarantine
                    and mended._batch in (select batch from live)
            )
        qualify row_number() over (partition by fingerprint, _sheet, _row order by _batch desc) = 1
        order by _batch desc, _row
        """
    )
    return [
        Waiting(b, t, s, r, json.loads(cells), tuple(_problem(p) for p in json.loads(problems)))
        for b, t, s, r, cells, problems in rows.fetchall()
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


def known_names(ledger: Ledger, table: str) -> list[tuple[str, str]]:
    """(identifier, name) of every organisation, partnership or place that stands.

    What one goes by besides follows its name, as further pairs.
    """
    key = "place_code" if table == "place" else table
    named = f"select {key}, name from ledger.{table} where _until is null order by {key}"
    besides = also_known_as(ledger, table)
    return [
        *ledger.cursor().execute(named).fetchall(),
        *((identifier, alias) for identifier, every in besides.items() for alias in every),
    ]


def also_known_as(ledger: Ledger, table: str) -> dict[str, tuple[str, ...]]:
    """Identifier -> the other names and identifiers it goes by."""
    if table == "place":
        return {}
    rows = ledger.cursor().execute(
        f"select {table}, also_known_as from ledger.{table} "
        "where _until is null and also_known_as is not null"
    )
    return {
        identifier: tuple(part.strip() for part in text.split(";") if part.strip())
        for identifier, text in rows.fetchall()
    }


def without_details(ledger: Ledger, table: str) -> frozenset[str]:
    """Identifiers of the names that were added without details and still have none."""
    rows = ledger.cursor().execute(
        f"select {table} from ledger.{table} where _until is null and _stub"
    )
    return frozenset(identifier for (identifier,) in rows.fetchall())


def successors(ledger: Ledger) -> dict[str, str]:
    """Withdrawn place code -> the code that follows it."""
    return dict(
        ledger.cursor()
        .execute("select old_code, current_code from ledger.place_code_change where _until is null")
        .fetchall()
    )
