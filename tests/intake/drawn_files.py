"""Spreadsheets drawn at random with the defects real ones have, and what is clean in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.intake.made_files import ods, ods_row, xls, xlsb

Cell = str | date | Decimal | None
Row = list[Cell]
Table = Sequence[Sequence[Cell]]

BANNERS = (
    ("University of Brackwater",),
    ("Payments report", ""),
    ("Printed on 01/04/2026",),
    ("Report date:", "01/04/2026"),
    ("Partnerships and payments, all faculties; amounts in pounds",),
    (),
)
# Under the rows: at the end of the sheet, one cell alone.
FOOTERS = ("End of report", "Source: finance system", "* includes VAT", "Page 1 of 3")
# Headings of columns that are none of ours, two of them alike and one blank.
SPARE = ("", "Colour", "Colour", "Budget holder remarks")
ODDS = ("", "-", "Café Zoë", "note, with comma", 'a "quoted" word', "two\nlines", "12;5", "3")
ENCODINGS: Mapping[str, Callable[[str], bytes]] = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-8 with two marks": lambda text: ("\ufeff" + text).encode("utf-8-sig"),
    "a mark read as Windows text": lambda text: ("ï»¿" + text).encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 big end first": lambda text: ("\ufeff" + text).encode("utf-16-be"),
    "Windows": lambda text: text.encode("cp1252"),
}
DELIMITED = (",", ";", "\t", "|")
WORKBOOKS = ("xlsx", "xlsx", "xls", "xlsb", "ods")
MISSING = ("", "N/A", "TBC", "-")


@dataclass(frozen=True)
class Drawn:
    """A file, what its clean rows hold by their key, how many rows it has, and which joined
    headings are which of our columns."""

    name: str
    content: bytes
    clean: Mapping[str, tuple[object, ...]]
    rows: int
    chosen: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Drawn({self.name}, rows={self.rows}, clean={self.clean}, {self.content[:3000]!r})"


@dataclass(frozen=True)
class Body:
    """A table to be made a file of: our columns, their headings, the rows (one of them blank
    where None), the rows that are clean and how they are read, and how its days are written."""

    ours: Sequence[str]
    names: Sequence[str]
    rows: Sequence[Row | None]
    clean: Mapping[str, tuple[object, ...]]
    day: Callable[[date], str]
    money: Callable[[Decimal], str]


@st.composite
def as_files(draw: st.DrawFn, body: Body, *, has_totals: bool) -> Drawn:
    """The table as a file of some format, with what stands around the rows of real ones."""
    names, rows = list(body.names), [None if row is None else list(row) for row in body.rows]
    if has_totals:
        label = body.ours.index("payee")
        for total, place in (("Sub-total", draw(st.integers(1, len(rows)))), ("Grand total", None)):
            if draw(st.booleans()):
                row: Row = [None] * len(names)
                row[label], row[body.ours.index("amount")] = total, Decimal("99.00")
                rows.insert(len(rows) if place is None else place, row)
    if draw(st.integers(0, 5)) == 0:  # The headings once more, as on a printed page.
        rows.insert(draw(st.integers(1, len(rows))), list(names))
    _put_spare_columns(draw, names, rows)
    count = sum(row is not None for row in rows)
    width = len(names)
    if draw(st.integers(0, 4)) == 0:
        rows.append([draw(st.sampled_from(FOOTERS))] + [None] * (width - 1))
        count += 1
    rows += [None] * draw(st.integers(0, 2))
    above = [list(row) for row in draw(st.lists(st.sampled_from(BANNERS), max_size=3))]
    kind = draw(st.sampled_from((*DELIMITED, *WORKBOOKS)))
    grouped = draw(st.integers(0, 3)) == 0 and kind == "xlsx"
    over, merged, chosen = _titles_over(body, names, len(above)) if grouped else ([], [], {})
    table = [*above, *over, names, *([None] * width if row is None else row for row in rows)]
    if draw(st.booleans()):  # Columns that were formatted and hold nothing.
        table = [[*row, None, None] for row in table]
    if kind in DELIMITED:
        text = _text(kind, _written(table, body), draw(st.sampled_from(("\n", "\r\n", "\r"))))
        content = ENCODINGS[draw(st.sampled_from(sorted(ENCODINGS)))](text)
        return Drawn("drawn.csv", content, body.clean, count)
    if kind == "xlsx":
        if not draw(st.booleans()):
            table = _written(table, body)
        content = _xlsx(table, merged, is_1904=draw(st.booleans()), hidden=draw(st.booleans()))
    else:
        content = _older(kind, _written(table, body))
    return Drawn(f"drawn.{kind}", content, body.clean, count, chosen)


def _put_spare_columns(draw: st.DrawFn, names: list[str], rows: Sequence[Row | None]) -> None:
    """Puts in columns that are none of ours, and one without anything."""
    for heading in draw(st.lists(st.sampled_from((*SPARE, None)), max_size=3)):
        place = draw(st.integers(0, len(names)))
        is_header = [row == names for row in rows]
        names.insert(place, heading or "")
        for row, repeats in zip(rows, is_header, strict=True):
            if row is not None:
                # A total has nothing in it, and neither has a column that is blank.
                is_full = (
                    heading is not None and None not in row[:1] and len(list(filter(None, row))) > 2
                )
                value = draw(st.sampled_from(ODDS)) if is_full else None
                row.insert(place, names[place] if repeats else value)


def _titles_over(
    body: Body, names: Sequence[str], above: int
) -> tuple[list[Row], list[tuple[int, int, int]], dict[str, str]]:
    """A row of one title merged over two neighbouring columns of ours, and what the two are then
    called; none where no two are neighbours."""
    own = [place for place, name in enumerate(names) if name in body.names]
    pairs = [p for p in own if p + 1 in own]
    if not pairs or len(names) < 4:
        return [], [], {}
    left = pairs[-1]
    row: Row = [None] * len(names)
    row[left] = "Taken together"
    plain = [" ".join(names[p].split()) for p in (left, left + 1)]
    ours = [body.ours[body.names.index(names[p])] for p in (left, left + 1)]
    chosen = {f"Taken together / {n}": o for n, o in zip(plain, ours, strict=True)}
    return [row], [(above + 1, left + 1, left + 2)], chosen


def _written(table: Table, body: Body) -> list[list[str | None]]:
    """Every cell as text."""

    def text(cell: Cell) -> str | None:
        if isinstance(cell, Decimal):
            return body.money(cell)
        return body.day(cell) if isinstance(cell, date) else cell

    return [[text(cell) for cell in row] for row in table]


def _text(delimiter: str, table: Table, line_end: str) -> str:
    out = io.StringIO(newline="")
    # The writer leaves a line break without quotation marks where it ends no line itself.
    quoting = csv.QUOTE_ALL if line_end == "\r" else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(table)
    return out.getvalue()


def _xlsx(
    table: Table, merged: Sequence[tuple[int, int, int]], *, is_1904: bool, hidden: bool
) -> bytes:
    book = openpyxl.Workbook()
    if is_1904:
        book.epoch = CALENDAR_MAC_1904
    for number, row in enumerate(table, 1):
        for column, cell in enumerate(row, 1):
            value = datetime.combine(cell, time()) if isinstance(cell, date) else cell
            value = float(value) if isinstance(value, Decimal) else value
            book.active.cell(number, column, value or None)
    for row, left, right in merged:
        book.active.merge_cells(start_row=row, end_row=row, start_column=left, end_column=right)
    if hidden:
        lists = book.create_sheet("Lists")
        lists.sheet_state = "hidden"
        for row in (("Payee", "Amount"), ("not to be read", 1)):
            lists.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _older(kind: str, table: Sequence[Sequence[str | None]]) -> bytes:
    if kind == "ods":
        return ods(("Sheet1", "".join(ods_row(*(cell or None for cell in row)) for row in table)))
    cells = {(r, c): cell for r, row in enumerate(table) for c, cell in enumerate(row) if cell}
    return xls(("Sheet1", cells)) if kind == "xls" else xlsb(cells)
