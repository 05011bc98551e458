"""Rows given as dictionaries, staged as intake stages them, without a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from civic_metrics.contracts import contract
from civic_metrics.ledger import Ledger, Origin, Staged, Whole
from civic_metrics.ledger import load as load_batch

ARROW = {
    "varchar": pa.string(),
    "date": pa.date32(),
    "double": pa.float64(),
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
    "decimal(18, 2)": pa.decimal128(18, 2),
}


def stage_rows(table: str, rows: Sequence[dict[str, Any]]) -> Staged:
    """The rows as a staged batch of the columns they name between them."""
    layout = contract(table)
    columns = tuple(c.name for c in layout.columns if any(c.name in row for row in rows))
    stored = [pair for pair in layout.stored if pair[0] in layout.stored_of(columns)]
    arrays = {}
    for name, kind in stored:
        values = [_value(row, name, kind) for row in rows]
        arrays[name] = pa.array(values, ARROW[kind])
    arrays["_sheet"] = pa.array(["sheet"] * len(rows))
    arrays["_row"] = pa.array(range(2, len(rows) + 2), pa.int64())
    return Staged(table, columns, pa.table(arrays), rows_read=len(rows))


def _value(row: dict[str, Any], name: str, kind: str) -> Any:
    if name.endswith("_precision") and name not in row:
        return "day" if row.get(name.removesuffix("_precision")) else None
    value = row.get(name)
    if value is None:
        return None
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if kind.startswith("decimal"):
        return Decimal(str(value)).quantize(Decimal("0.01"))
    return float(value) if kind == "double" else value


def load_rows(
    ledger: Ledger,
    table: str,
    rows: Sequence[dict[str, Any]],
    *,
    complete_to: date | None = None,
    source: str | None = None,
    whole: Whole | None = None,
) -> int:
    """Loads the rows as one batch; its number."""
    origin = Origin(
        who="a test",
        file_name=f"{table}.csv",
        content=repr(rows).encode(),
        source=source or table,
        complete_to=complete_to,
        whole=whole,
    )
    return load_batch(ledger, stage_rows(table, rows), origin).batch
