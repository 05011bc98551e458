"""Bytes of a file -> its sheets as text, or a plain reason why not. Of the contracts it knows
what columns are called, to find the headings: what they mean is for matching and parsing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.intake.naming import listed
from civic_metrics.intake.reading.decoding import NOT_TEXT, UNREADABLE, decoded
from civic_metrics.intake.reading.delimited import delimited_blocks
from civic_metrics.intake.reading.first_rows import ROWS_LOOKED_AT, Row
from civic_metrics.intake.reading.grid import Cells, Grid, Merged, column_letter
from civic_metrics.intake.reading.headings import find_headings
from civic_metrics.intake.reading.totals import find_totals
from civic_metrics.intake.reading.workbook import is_workbook, workbook_grids
from civic_metrics.intake.sheet import Refused, Sheet, tidy

# More than any finance extract met so far, and what two copies still fit in memory.
LARGEST_BYTES = 512 * 1024 * 1024
# Columns of a spreadsheet program's widest sheet: wider text is not a table.
WIDEST = 16_384
# Rows named one by one in a remark.
ROWS_NAMED = 5

# How files that are not spreadsheets begin, and what to call them.
_NOT_SPREADSHEETS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed file (GZIP)"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
)
_WEB_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml|table)", re.IGNORECASE
)
# The first record of workbooks of before 1993 (BIFF 2 to 4), which no library reads.
_ANCIENT = re.compile(rb"\x09[\x00\x02\x04](?:\x04|\x06|\x08)\x00", re.DOTALL)


def read(content: bytes, file_name: str) -> tuple[Sheet, ...]:
    """Every sheet of the file that has rows; Refused, in plain words, where there is none."""
    read_sheets = [_sheet(grid) for grid in _grids(content, file_name)]
    sheets = tuple(sheet for sheet in read_sheets if sheet is not None and len(sheet))
    if sheets:
        return sheets
    if any(sheet is not None for sheet in read_sheets):
        raise Refused(
            "The file has column headings but no rows under them. "
            "Check that the right sheet was saved and that no filter hides the rows."
        )
    raise Refused(
        "There is nothing in this file: every cell is empty, or holds an error such as #REF!. "
        "Choose another file."
    )


def every_cell(content: bytes, file_name: str) -> list[tuple[str, list[list[str]]]]:
    """Every sheet's name with all its cells as text, nothing skipped: the first list is row 1.

    Refused as by `read`, but for sheets without rows, which are empty lists.
    """
    found = []
    for grid in _grids(content, file_name):
        width = max((len(columns) for _, columns in grid.blocks), default=0)
        rows: list[list[str]] = []
        for _, columns in grid.blocks:
            lists = [pc.fill_null(column, "").to_pylist() for column in columns]
            more = [""] * (width - len(lists))
            rows += [[*row, *more] for row in zip(*lists, strict=True)]
        found.append((grid.name, rows))
    return found


def _grids(content: bytes, file_name: str) -> list[Grid]:
    """The cells of every sheet; Refused where the file is no spreadsheet that can be read."""
    _refuse_what_is_no_spreadsheet(content)
    if is_workbook(content):
        return workbook_grids(content)
    text, said = decoded(content)
    blocks = list(delimited_blocks(text, file_name))
    return [Grid("", blocks, said=said, has_unreadable=UNREADABLE in text)]


def _refuse_what_is_no_spreadsheet(content: bytes) -> None:
    if not content:
        raise Refused("This file is empty (0 bytes). Save it again and load the new copy.")
    if len(content) > LARGEST_BYTES:
        raise Refused(
            f"This file is {len(content) // 1024**2} MB; at most {LARGEST_BYTES // 1024**2} MB "
            "can be read at once. Split it by year and load the parts one after the other."
        )
    for magic, what in _NOT_SPREADSHEETS:
        if content.startswith(magic):
            raise Refused(
                f"This is {what}, not a spreadsheet, whatever its name ends in. "
                "Ask for the spreadsheet it was made from, and load that."
            )
    if _WEB_PAGE.match(content[:256]):
        raise Refused(
            "This is a web page or XML file, not a spreadsheet, whatever its name ends in. "
            "Open it in your spreadsheet program, save it as XLSX or CSV and load that."
        )
    if _ANCIENT.match(content):
        raise Refused(NOT_TEXT)


def _sheet(grid: Grid) -> Sheet | None:
    """The sheet that a grid makes; None where no cell holds anything."""
    cells, numbers = _filled(grid)
    if not len(numbers):
        return None
    if len(cells) > WIDEST:
        raise Refused(
            f"A row has {len(cells)} cells, more than a spreadsheet can hold. "
            "Check how the file was exported, in particular its quotation marks."
        )
    top = [column.slice(0, ROWS_LOOKED_AT).to_pylist() for column in cells]
    rows = list(zip(*top, strict=True))
    headings = find_headings(rows, numbers[:ROWS_LOOKED_AT].tolist(), grid.merged)
    header_row = int(numbers[headings.last])
    heads = rows[headings.first : headings.last + 1]
    cells = [column.slice(headings.last + 1) for column in cells]
    numbers = numbers[headings.last + 1 :]
    said = [*grid.said, *headings.said]
    filled_down = _fill_down(cells, numbers, grid.merged)
    if filled_down:
        said.append(
            f"Merged cells stand for every row they cover: {filled_down:,} blank "
            f"{'cell' if filled_down == 1 else 'cells'} under them took their value."
        )
    names = headings.names
    used = [i for i, name in enumerate(names) if name or cells[i].null_count < len(numbers)]
    said += _beyond(cells, numbers, names)
    said += _unreadable(cells, numbers) if grid.has_unreadable else []
    distinct = _distinct_names(names)
    table = pa.table([cells[i] for i in used], [distinct[i] for i in used])
    return Sheet(
        name=grid.name,
        header=tuple(table.column_names),
        header_row=header_row,
        cells=table,
        numbers=pa.chunked_array([pa.array(numbers)]),
        is_workbook=grid.is_workbook,
        is_hidden=grid.is_hidden,
        said=tuple(said),
        totals=find_totals(table, _repeated(cells, heads)),
        own={distinct[i]: headings.own[i] for i in used if headings.own[i]},
    )


def _filled(grid: Grid) -> tuple[list[pa.ChunkedArray], np.ndarray]:
    """The columns as tidy text and the row numbers, entirely blank rows left out."""
    kept: list[tuple[list[Cells], np.ndarray]] = []
    for first, raw in grid.blocks:
        columns, numbers = _filled_rows(first, raw)
        if len(numbers):
            kept.append((columns, numbers))
    width = max((len(columns) for columns, _ in kept), default=0)
    cells = [_joined([_column(columns, i, len(n)) for columns, n in kept]) for i in range(width)]
    return cells, np.concatenate([n for _, n in kept]) if kept else np.array([], np.int64)


def _column(columns: list[Cells], place: int, size: int) -> Cells:
    """The column at that place; empty where these rows are shorter."""
    return columns[place] if place < len(columns) else pa.nulls(size, pa.string())


def _joined(parts: list[Cells]) -> pa.ChunkedArray:
    chunks = [
        chunk for p in parts for chunk in (p.chunks if isinstance(p, pa.ChunkedArray) else [p])
    ]
    return pa.chunked_array(chunks, pa.string())


def _filled_rows(first: int, raw: Sequence[Cells]) -> tuple[list[Cells], np.ndarray]:
    """The columns of a block as tidy text, with their row numbers, blank rows left out."""
    columns = [tidy(column) for column in raw]
    size = len(columns[0]) if columns else 0
    numbers = np.arange(first, first + size)
    if any(not column.null_count for column in columns):
        return columns, numbers
    filled = np.zeros(size, bool)
    for column in columns:
        filled |= pc.is_valid(column).to_numpy(zero_copy_only=False)
        if filled.all():
            return columns, numbers
    return [column.filter(pa.array(filled)) for column in columns], numbers[filled]


def _fill_down(cells: list[pa.ChunkedArray], numbers: np.ndarray, merged: Sequence[Merged]) -> int:
    """How many cells merged with the one above got its value, in the columns given."""
    sources: dict[int, np.ndarray] = {}
    count = 0
    for (top, left), (bottom, _) in merged:
        at, end = np.searchsorted(numbers, [top + 1, bottom + 2])
        if bottom == top or end - at < 2 or left >= len(cells) or numbers[at] != top + 1:
            continue
        source = sources.setdefault(left, np.arange(len(numbers)))
        source[at + 1 : end] = at
        count += int(end - at - 1) if cells[left][int(at)].is_valid else 0
    for column, source in sources.items():
        cells[column] = cells[column].take(pa.array(source))
    return count


def _repeated(cells: Sequence[pa.ChunkedArray], heads: Sequence[Row]) -> set[int]:
    """The places of the rows that say one of the rows of headings once more."""
    found: set[int] = set()
    for head in heads:
        filled = [i for i, name in enumerate(head) if name is not None]
        if len(filled) < 2:
            continue
        places = pc.indices_nonzero(pc.equal(cells[filled[0]], head[filled[0]]))
        for cell, column in zip(head, cells, strict=True):
            if not len(places):
                break
            there = column.take(places)
            alike = (
                pc.is_null(there) if cell is None else pc.fill_null(pc.equal(there, cell), False)
            )
            places = places.filter(alike)
        found |= set(places.to_pylist())
    return found


def _beyond(
    cells: Sequence[pa.ChunkedArray], numbers: np.ndarray, names: Sequence[str]
) -> list[str]:
    """What to tell of cells to the right of the last heading."""
    width = max((i + 1 for i, name in enumerate(names) if name), default=0)
    filled = np.zeros(len(numbers), bool)
    columns = []
    for place in range(width, len(cells)):
        here = pc.is_valid(cells[place]).to_numpy()
        if here.any():
            columns.append(f"column {column_letter(place)}")
            filled |= here
    if not columns:
        return []
    return [
        f"{_rows(numbers, filled)} more cells than there are headings; they are kept as "
        f"{listed(columns[:ROWS_NAMED])}{' and further' if columns[ROWS_NAMED:] else ''}."
    ]


def _unreadable(cells: Sequence[pa.ChunkedArray], numbers: np.ndarray) -> list[str]:
    """What to tell of characters that stand for bytes that could not be read."""
    filled = np.zeros(len(numbers), bool)
    for column in cells:
        said = pc.fill_null(pc.match_substring(column, UNREADABLE), False)
        filled |= said.to_numpy()
    if not filled.any():
        return [f"Characters above the rows could not be read; they stand as “{UNREADABLE}”."]
    return [
        f"{_rows(numbers, filled)} characters that could not be read; they stand as "
        f"“{UNREADABLE}”. Save the file as UTF-8 and load it again."
    ]


def _rows(numbers: np.ndarray, chosen: np.ndarray) -> str:
    """`1 row (8) has`, `2 rows (8 and 9) have`: those chosen, the first of them by number."""
    places = numbers[chosen].tolist()
    some = [f"{n}" for n in places[:ROWS_NAMED]]
    named = f"{', '.join(some)}, …" if places[ROWS_NAMED:] else listed(some)
    return f"{len(places):,} {'row' if len(places) == 1 else 'rows'} ({named}) " + (
        "has" if len(places) == 1 else "have"
    )


def _distinct_names(header: Sequence[str]) -> list[str]:
    """Every heading on one line and unlike any other: blank ones by their letter."""
    cells = [" ".join(cell.split()) for cell in header]
    given, taken = set(cells), set()
    met: Counter[str] = Counter()
    for place, cell in enumerate(cells):
        base = name = cell or f"column {column_letter(place)}"
        met[base] += 1
        while name in taken or (name != cell and name in given):
            met[base] += name != base
            name = f"{base} ({max(met[base], 2)})"
        taken.add(name)
        cells[place] = name
    return cells
