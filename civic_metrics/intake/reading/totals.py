"""Rows that are no data (totals of others, headings once more, remarks at the end), each with the
reason: offered to be left out.

Found by column; only rows that may be totals are looked at one by one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.intake.reading.remarks import find_remarks

# Rows from which it is told what a column usually holds.
ROWS_LOOKED_AT = 1_000
# A column is of numbers where this share of its cells are; the last row may be a total.
NUMBERS = 0.6
# A column is usually filled where this share of its cells is.
USUALLY = 0.5
# Rows looked at one by one: a file with more that read so has no totals but a way of writing.
MOST_CANDIDATES = 50_000
# Longer texts are no labels.
LONGEST_LABEL = 60
# Sums agree to the penny, whatever binary fractions make of them.
PENNY = 0.005

_NUMBER = r"^[-+(]?\s*[£$€]?\s*[-+]?(?:\d[\d,]*\.?\d*|\.\d+)\s*%?\)?(?:\s*(?:CR|DR))?$"
# `Total`, `Grand total (£):`, `Balance carried forward`.
_PLAIN = re.compile(
    r"(?:(?:grand|overall|running|report|page|batch|net|gross|final|year|annual|monthly)\s+)?"
    r"(?:(?:sub[-\s]?)?totals?|sum|balance)"
    r"(?:\s+(?:carried|brought)\s+(?:forward|down))?"
    r"(?:\s*\((?:£|gbp|net|gross|inc\.?\s+vat|exc?l?\.?\s+vat|all)\))?"
    r"(?:\s+(?:amount|value|spend|net|gross|paid|payments?|£|gbp))?\s*[:=]?"
    r"|(?:carried|brought)\s+(?:forward|down)|[bc]/f(?:wd)?",
    re.IGNORECASE,
)
# `Total for Leisure`, `Leisure total`: names begin and end like that too.
_NAMED = re.compile(
    r"(?:sub[-\s]?|grand\s+)?totals?\b\s*(?:for|of|[-–:])?\s*\S.*|.*\S\s+(?:sub[-\s]?|grand\s+)?totals?:?",
    re.IGNORECASE,
)
# How names of companies end, `Total Energy Ltd` among them.
_COMPANY = re.compile(
    r"\b(?:ltd|limited|plc|llp|inc|cic|cio|gmbh|group|company|co)\.?$", re.IGNORECASE
)
_MAY_BE = r"(?i)\btotals?\b|\bsub-?totals?\b|^(?:sum|balance|[bc]/f)|(?:carried|brought)\s"


def find_totals(cells: pa.Table, repeated: Collection[int] = ()) -> Mapping[int, str]:
    """By place, the rows that look like totals of the rows above, remarks at the end, and those
    at the places where the headings are `repeated`; with the reason in words."""
    if cells.num_rows < 2:
        return {}
    beside = dict.fromkeys(repeated, "it repeats the headings") | find_remarks(cells)
    if not beside:
        return dict(sorted(_sums(cells).items()))
    kept = np.setdiff1d(np.arange(cells.num_rows), list(beside))
    if len(kept) < 2:
        return dict(sorted(beside.items()))
    sums = _sums(cells.take(pa.array(kept)))
    return dict(sorted((beside | {int(kept[p]): why for p, why in sums.items()}).items()))


def _sums(cells: pa.Table) -> dict[int, str]:
    """The rows that look like totals of those above."""
    of_numbers = [_is_of_numbers(column) for column in cells.columns]
    # The columns whose blank cells say something: of words, dates or codes, usually filled.
    telling = [
        place
        for place, column in enumerate(cells.columns)
        if not of_numbers[place] and len(column) - column.null_count >= USUALLY * len(column)
    ]
    found = _labelled(cells, of_numbers, telling)
    last = cells.num_rows - 1
    if last not in found and telling and _adds_up(cells, of_numbers, telling, found):
        found[last] = "it has no words, and its numbers are the sums of those above"
    return found


def _is_of_numbers(column: pa.ChunkedArray) -> bool:
    head = column.slice(0, ROWS_LOOKED_AT).drop_null()
    if not len(head):
        return False
    return pc.sum(pc.match_substring_regex(head, _NUMBER)).as_py() >= NUMBERS * len(head)


def _labelled(
    cells: pa.Table, of_numbers: Sequence[bool], telling: Sequence[int]
) -> dict[int, str]:
    """The rows with a cell that reads like a total while most of their other words are missing."""
    # Of the telling cells one may be the label, and of the others fewer than half filled.
    most = 1 + max(len(telling) - 2, 0) // 2 if len(telling) > 1 else len(telling)
    places = _with_few(cells, telling, most)
    if places is not None:
        if not len(places):
            return {}
        cells = cells.take(pa.array(places))
    hits = np.zeros(cells.num_rows, bool)
    for place, column in enumerate(cells.columns):
        if len(telling) > 1 or not of_numbers[place]:
            said = pc.fill_null(pc.match_substring_regex(column, _MAY_BE), False)
            hits |= said.to_numpy()
    chosen = np.flatnonzero(hits)
    if len(chosen) > MOST_CANDIDATES:
        return {}
    found = {}
    for at, row in zip(chosen, cells.take(pa.array(chosen)).to_pylist(), strict=True):
        reason = _reason(list(row.values()), of_numbers, telling)
        if reason:
            found[int(at if places is None else places[at])] = reason
    return found


def _with_few(cells: pa.Table, telling: Sequence[int], most: int) -> np.ndarray | None:
    """The rows with at most that many telling cells filled; None where that is every row."""
    if len(telling) <= most:
        return None
    partly = [p for p in telling if cells.column(p).null_count]
    most -= len(telling) - len(partly)
    if most < 0:
        return np.array([], np.int64)
    filled = np.zeros(cells.num_rows, np.int16)
    for place in partly:
        filled += pc.is_valid(cells.column(place)).to_numpy()
    return np.flatnonzero(filled <= most)


def _reason(
    row: Sequence[str | None], of_numbers: Sequence[bool], telling: Sequence[int]
) -> str | None:
    """Why the row looks like a total; None where it does not."""
    words = {p: c for p, c in enumerate(row) if c is not None and not re.match(_NUMBER, c)}
    has_numbers = any(c is not None and p not in words for p, c in enumerate(row))
    for place, cell in words.items():
        if len(cell) > LONGEST_LABEL:
            continue
        others = [p for p in telling if p != place]
        filled = sum(row[p] is not None for p in others)
        further = sum(p != place and p not in telling for p in words)
        if 2 * filled >= max(len(others), 1) or further > 1:
            continue
        plain = bool(_PLAIN.fullmatch(cell))
        if plain and (others or "total" in cell.casefold()):
            return f"it reads “{cell}”" + (" and its other words are missing" if others else "")
        named = _NAMED.fullmatch(cell) and not _COMPANY.search(cell)
        if named and has_numbers and len(others) > 1 and not filled:
            return f"it reads “{cell}” and its other words are missing"
    return None


def _adds_up(
    cells: pa.Table, of_numbers: Sequence[bool], telling: Sequence[int], found: Mapping[int, str]
) -> bool:
    """Whether the last row has no words, and every number in it is the sum of those above."""
    last = cells.num_rows - 1
    row = [column[last].as_py() for column in cells.columns]
    numbered = [p for p, cell in enumerate(row) if cell is not None]
    if last < 2 or not numbered or not all(of_numbers[p] for p in numbered):
        return False
    above = np.ones(last, bool)
    above[[p for p in found if p < last]] = False
    for place in numbered:
        values = _values(cells.column(place))
        total = values[last]
        if not total or abs(np.nansum(values[:last][above]) - total) > PENNY:
            return False
        if np.count_nonzero(np.nan_to_num(values[:last])) < 2:
            return False
    return True


def _values(column: pa.ChunkedArray) -> np.ndarray:
    """The column's numbers, brackets meaning less than nought; not a number where there is none."""
    numbers = pc.if_else(pc.match_substring_regex(column, _NUMBER), column, pa.scalar(None))
    negative = pc.match_substring_regex(numbers, r"^-?\(|CR$|^[^0-9]*-")
    bare = pc.replace_substring_regex(numbers, r"[^0-9.]", "")
    values = pc.cast(pc.if_else(pc.equal(bare, ""), None, bare), pa.float64())
    values = pc.if_else(negative, pc.negate(values), values)
    return values.to_numpy().astype(float)
