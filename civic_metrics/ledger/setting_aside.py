"""Rows that could not be loaded: kept with their cells and reasons until a row mends them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict
from typing import Any

import duckdb
import pyarrow as pa

from civic_metrics.contracts import Contract
from civic_metrics.ledger.batch import Origin, SetAside, Staged
from civic_metrics.ledger.folding import KEY_PARTS, key_of

_SCHEMA = pa.schema(
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


def set_rows_aside(
    cursor: duckdb.DuckDBPyConnection,
    table: Contract,
    staged: Staged,
    batch: int,
    origin: Origin,
) -> None:
    """Keeps the rows that could not be loaded, and closes older ones that this file mends.

    A row mends those of its key; the load names others that it mends.
    """
    cursor.execute(
        f"""
        insert into ledger.mended
        select {batch}, quarantine
        from ledger.quarantine
        where table_name = $table
            and (
                row_key in (select {key_of(table, "arriving")} from arriving)
                -- or one the load names, in whichever uploads it was set aside
                or (fingerprint, _sheet, _row) in (
                    select (fingerprint, _sheet, _row) from ledger.quarantine
                    where list_contains($mends, quarantine)
                )
            )
        """,
        {"table": table.name, "mends": list(origin.mends)},
    )
    if not staged.set_aside:
        return
    rows = [_stored(aside, table.name, batch) for aside in staged.set_aside]
    met = Counter[str]()
    for row in rows:  # one row of a sheet may give several of ours
        met[row["quarantine"]] += 1
        if met[row["quarantine"]] > 1:
            row["quarantine"] += f":{met[row['quarantine']]}"
    cursor.register("set_aside", pa.Table.from_pylist(rows, schema=_SCHEMA))
    cursor.execute("insert into ledger.quarantine by name select * from set_aside")
    cursor.unregister("set_aside")


def fingerprint(table: str, cells: str) -> str:
    """By which the same row of another upload is known to be the same."""
    return hashlib.sha256(f"{table}\x1f{cells}".encode()).hexdigest()


def _stored(aside: SetAside, table: str, batch: int) -> dict[str, Any]:
    cells = json.dumps(dict(aside.cells), ensure_ascii=False, sort_keys=True)
    return {
        "quarantine": f"{batch}:{aside.sheet}:{aside.row}",
        "_batch": batch,
        "table_name": table,
        "_sheet": aside.sheet,
        "_row": aside.row,
        "row_key": None if aside.key is None else KEY_PARTS.join(part or "" for part in aside.key),
        "fingerprint": fingerprint(table, cells),
        "cells": cells,
        "problems": json.dumps([asdict(p) for p in aside.problems], ensure_ascii=False),
    }
