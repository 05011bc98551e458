"""Cells as a workbook reader gives them -> columns of text, converted a column at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

# Whole numbers up to here are written out in figures: a spreadsheet holds 15 of them.
LARGEST_WHOLE = 1e18
# As many characters as 15 figures take with a minus sign or a point.
SHORT = 16


def text_columns(rows: Sequence[Sequence[Any]]) -> list[pa.Array]:
    """The rows as columns of text, short rows filled up with nothing."""
    width = max(map(len, rows), default=0)
    if min(map(len, rows), default=0) < width:
        rows = [[*row, *[None] * (width - len(row))] for row in rows]
    return [_texts(column) for column in zip(*rows, strict=True)]


def _texts(cells: Sequence[Any]) -> pa.Array:
    kinds = set(map(type, cells))
    if kinds == {str}:
        return pa.array(cells, pa.string())
    parts = []
    for kind in kinds - {type(None)}:
        own = cells if kinds == {kind} else [c if type(c) is kind else None for c in cells]
        parts.append(_OF_KIND.get(kind, _one_by_one)(own))
    return pc.coalesce(*parts) if parts else pa.nulls(len(cells), pa.string())


def _strings(cells: Sequence[str | None]) -> pa.Array:
    return pa.array(cells, pa.string())


def _dates(cells: Sequence[date | None]) -> pa.Array:
    return pa.array(cells, pa.date32()).cast(pa.string())


def _numbers(cells: Sequence[float | None]) -> pa.Array:
    """Shortest decimal text of each number; where that takes more than 15 figures, those."""
    numbers = pa.array(cells, pa.float64())
    texts = numbers.cast(pa.string())
    odd = pc.or_(
        pc.greater(pc.binary_length(texts), SHORT), pc.match_substring_regex(texts, "[a-z]|^-0$")
    )
    odd = pc.fill_null(odd, False)
    if not pc.any(odd).as_py():
        return texts
    mended = pa.array([cell_text(n) for n in numbers.filter(odd).to_pylist()], pa.string())
    return pc.replace_with_mask(texts, odd, mended)


def _one_by_one(cells: Sequence[Any]) -> pa.Array:
    """Kinds that are rare: every distinct one is written once."""
    known = {cell: cell_text(cell) for cell in set(cells)}
    known[None] = None
    return pa.array([known[cell] for cell in cells], pa.string())


_OF_KIND: dict[type, Callable[[Sequence[Any]], pa.Array]] = {
    str: _strings,
    float: _numbers,
    date: _dates,
}


def cell_text(cell: Any) -> str:
    """A cell as text: whole numbers without `.0`, dates in ISO form, nothing where blank."""
    if type(cell) is float:
        if cell.is_integer() and abs(cell) < LARGEST_WHOLE:
            return str(int(cell))
        # 15 figures are what a spreadsheet holds and shows: 0.1 + 0.2 is 0.3 there.
        return f"{cell:.15g}"
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        # Times are held as parts of a day, a little off the second that was typed.
        late = cell.microsecond >= 500_000 and cell.year < 9999
        second = cell.replace(microsecond=0) + timedelta(seconds=late)
        return second.date().isoformat() if second.time() == time() else second.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(cell)
