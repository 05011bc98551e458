"""The lines of history: one for every load, undo and erasure, numbered without gaps."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import duckdb

from civic_metrics.ledger.batch import Counts, Origin, Whole


def next_batch(cursor: duckdb.DuckDBPyConnection) -> int:
    """The number the next batch will have."""
    return cursor.execute("select coalesce(max(batch), 0) + 1 from ledger.batch").fetchall()[0][0]


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
    whole = origin.whole or Whole()
    line = {
        "batch": batch,
        "kind": kind,
        "who": origin.who,
        "loaded_at": datetime.now(UTC).replace(tzinfo=None),
        "file_name": origin.file_name,
        "sha256": digest,
        "sheet": origin.sheet,
        "source": origin.source,
        "table_name": table,
        "given": list(given),
        "matching": as_json(dict(origin.matching)),
        "complete_to": origin.complete_to,
        "rows_read": counts.rows_read,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "quarantined": counts.quarantined,
        "excluded": counts.excluded,
        "removed": 0,
        "undoes": undoes,
        "shape": origin.shape,
        "constants": as_json(dict(origin.constants)),
        "declared": as_json(dict(origin.declared)),
        "edits": as_json([list(edit) for edit in origin.edits]),
        "is_whole": origin.whole is not None,
        "whole_column": whole.column,
        "whole_from": whole.from_on,
        "whole_to": whole.to_on,
    }
    cursor.execute(
        f"insert into ledger.batch ({', '.join(line)}) values ({', '.join('?' * len(line))})",
        list(line.values()),
    )


def as_json(value: object) -> str:
    """The value as it is kept in history: JSON in letters people can read."""
    return json.dumps(value, ensure_ascii=False)
