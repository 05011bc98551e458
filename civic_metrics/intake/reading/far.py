"""How far the cells of a sheet reach, told from its file before a reading library sees it.

The library holds a cell for every place up to the last row and column used, so one stray cell in
the last corner costs more memory than there is. Each class takes the unpacked part piece by piece.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from xml.parsers import expat

from civic_metrics.intake.reading.grid import Merged, column_letter, column_place

# The reader holds a cell for every place up to the last row and column used: 30 million take
# about 1.2 GB. What may be unpacked of a workbook holds half as many that are not empty.
LARGEST_AREA = 30_000_000
# Rows and columns of a spreadsheet program's largest sheet.
LONGEST = 1_048_576
WIDEST = 16_384
# Columns to AZ: sheets no wider, and of fewer rows than this, need no second look.
NARROW = 52
MANY_ROWS = 500_000


@dataclass
class Used:
    """The last row and the number of columns used, and what else was met on the way."""

    last_row: int = 0
    width: int = 0
    uncached: int = 0
    merged: list[Merged] = field(default_factory=list)

    @property
    def area(self) -> int:
        return self.last_row * self.width

    @property
    def is_too_far(self) -> bool:
        return self.area > LARGEST_AREA or self.last_row > LONGEST or self.width > WIDEST

    @property
    def too_far(self) -> str:
        """What to tell the person where this is too much."""
        return (
            f"A sheet of this workbook reaches to row {self.last_row:,} and column "
            f"{column_letter(max(self.width, 1) - 1)}, mostly empty. Delete the empty rows and "
            "columns after your data, save and load again."
        )


class RowsOfXml:
    """A sheet of an XLSX workbook. Most cost two searches of the text; of a wide or long one
    `again` says what to feed it to for its true extent."""

    # Cells right of column AZ, and those that do not say where they are.
    _WIDE = re.compile(rb'<c(?! r="A?[A-Z]\d)[\s/>][^>]*')
    _WIDE_PREFIXED = re.compile(rb':c(?! r="A?[A-Z]\d)[\s/>][^>]*')
    _REFERENCE = re.compile(rb'\sr="([A-Z]{1,9})\d')
    # A cell from row MANY_ROWS on.
    _LONG = re.compile(rb'r="[A-Z]{1,9}(?:\d{7,}|[5-9]\d{5})"[^/>]*>')
    # The result of a formula lies behind it, or is not there.
    _UNCACHED = re.compile(rb"</f>(?:</c>|<v></v>|<v ?/>)")

    def __init__(self) -> None:
        self._tail = b""
        self._used = Used(last_row=MANY_ROWS, width=NARROW)
        self._wide: set[bytes] = set()
        self._is_long = False
        self.again: _LongOrWide | _CellsInXml | None = None

    def feed(self, piece: bytes) -> None:
        text, self._tail = _whole_tags(self._tail + piece)
        # Looking for the plain text first is much faster, and most sheets have neither.
        if b"</f>" in text:
            self._used.uncached += len(self._UNCACHED.findall(text))
        self._is_long = self._is_long or self._LONG.search(text) is not None
        met = self._WIDE.findall(text)
        if b":c" in text:
            met += self._WIDE_PREFIXED.findall(text)
        # Of a cell that is formatted and holds nothing, no library keeps anything.
        met = [cell for cell in met if not cell.endswith(b"/")]
        if met:
            found = self._REFERENCE.findall(b" >".join(met))
            self._wide.update(found)
            if len(found) < len(met):
                self.again = _CellsInXml(self._used)

    def close(self) -> list[Used]:
        if self.again is None and (self._wide or self._is_long):
            self.again = _LongOrWide(self._used, self._wide)
        return [self._used]


class _LongOrWide:
    """The extent of a sheet whose cells all say where they are."""

    def __init__(self, used: Used, wide: set[bytes]) -> None:
        self._used, self._tail, self._letters = used, b"", set(wide) or {b"Z"}
        # A wide sheet's widest columns are known; of a long one only that they end with AZ.
        self._two_letters = None if wide else re.compile(rb' r="(A[A-Z])\d')
        # Row numbers of fewer figures cannot make the sheet too large.
        figures = len(str(LARGEST_AREA // self._width)) if wide else 6
        used.last_row = 10 ** (figures - 1)
        self._number = re.compile(rb'\sr="[A-Z]{1,9}(\d{%d,})"[^/>]*>' % figures)

    @property
    def _width(self) -> int:
        return max(column_place(letters.decode()) + 1 for letters in self._letters)

    def feed(self, piece: bytes) -> None:
        text, self._tail = _whole_tags(self._tail + piece)
        self._used.last_row = max([self._used.last_row, *map(int, self._number.findall(text))])
        if self._two_letters:
            self._letters.update(self._two_letters.findall(text))

    def close(self) -> list[Used]:
        self._used.width = self._width
        return [self._used]


class _CellsInXml:
    """The extent of a sheet some of whose cells do not say where they are: they follow the one
    before."""

    _TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)")
    _PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,9})(\d{1,12})["']""")

    def __init__(self, used: Used) -> None:
        self._used, self._tail = used, b""
        self._used.width = self._used.last_row = 0
        self._row = self._column = 0

    def feed(self, piece: bytes) -> None:
        text, self._tail = _whole_tags(self._tail + piece)
        for tag, attributes in self._TAG.findall(text):
            place = self._PLACE.search(attributes)
            if tag == b"row":
                self._row = int(place.group(2)) if place else self._row + 1
                self._column = 0
            else:
                self._column += 1
                if attributes.endswith(b"/"):
                    continue
                if place:
                    self._column = column_place(place.group(1).decode()) + 1
                    self._row = int(place.group(2))
                self._used.width = max(self._used.width, self._column)
                self._used.last_row = max(self._used.last_row, self._row)

    def close(self) -> list[Used]:
        return [self._used]


def _whole_tags(text: bytes) -> tuple[bytes, bytes]:
    """The text up to its last tag, which may be cut, and that tag's beginning."""
    cut = text.rfind(b"<")
    return (text[:cut], text[cut:]) if cut > 0 else (b"", text)


class RowsOfRecords:
    """A sheet of an XLSB workbook: records of a kind, a length and a content."""

    again = None
    _ROW, _CELLS, _MERGED, _EXTENT = 0, frozenset([*range(1, 12), 62]), 176, 148

    def __init__(self) -> None:
        self._tail = b""
        self._used = Used()

    def feed(self, piece: bytes) -> None:
        data = self._tail + piece
        at, end = 0, len(data)
        last, width = self._used.last_row, self._used.width
        try:
            while True:
                start = at
                kind = data[at]
                at += 1
                if kind & 0x80:
                    kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
                    at += 1
                length = shift = 0
                while True:
                    byte = data[at]
                    at += 1
                    length |= (byte & 0x7F) << shift
                    shift += 7
                    if byte < 0x80 or shift == 28:
                        break
                if at + length > end:
                    break
                if kind in self._CELLS:
                    column = int.from_bytes(data[at : at + 4], "little") + 1
                    width = column if column > width else width
                elif kind == self._ROW:
                    row = int.from_bytes(data[at : at + 4], "little") + 1
                    last = row if row > last else last
                elif kind == self._EXTENT and length >= 16:
                    # The reader makes room for as much as the sheet says it holds.
                    _, bottom, _, right = struct.unpack_from("<4I", data, at)
                    last, width = max(last, bottom + 1), max(width, right + 1)
                elif kind == self._MERGED and length >= 16:
                    first, end_row, left, right = struct.unpack_from("<4I", data, at)
                    self._used.merged.append(((first, left), (end_row, right)))
                at += length
        except IndexError:  # A record that the next piece completes.
            pass
        self._tail = data[start:]
        self._used.last_row, self._used.width = last, width

    def close(self) -> list[Used]:
        return [self._used]


class RowsOfOpenDocument:
    """The sheets of an ODS workbook, all in one part. Cells and rows that are alike are written
    once with how often: that is how one short line can stand for a million cells."""

    again = None
    _ROW_END = b"</table:table-row>"
    _CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
    _EMPTY_AT_END = re.compile(
        rb"(?:<table:table-cell(?:\s[^>]*)?(?:/>|>\s*</table:table-cell>)\s*)+\Z"
    )
    _EMPTY_ROW = re.compile(rb"<table:table-row\b([^>]*)/>")
    _OFTEN = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')
    _ROWS_SPANNED = re.compile(rb'number-rows-spanned="(\d{1,7})"')
    _COLUMNS_SPANNED = re.compile(rb'number-columns-spanned="(\d{1,7})"')

    def __init__(self) -> None:
        self._tail = b""
        self._row = 0
        self._sheets: list[Used] = []
        # The reader waits for ever for the end of an element that is never closed.
        self._whole = expat.ParserCreate()
        self._whole.StartDoctypeDeclHandler = _refuse_definitions

    def feed(self, piece: bytes) -> None:
        self._whole.Parse(piece)
        *rows, self._tail = (self._tail + piece).split(self._ROW_END)
        for text in rows:
            self._take(text)

    def close(self) -> list[Used]:
        """The extent of every sheet; ExpatError where the XML is broken."""
        self._whole.Parse(b"", True)
        self._count_tables(self._tail)
        return self._sheets

    def _count_tables(self, text: bytes) -> None:
        for _ in range(text.count(b"<table:table ")):
            self._sheets.append(Used())
            self._row = 0

    def _take(self, text: bytes) -> None:
        start = max(text.rfind(b"<table:table-row>"), text.rfind(b"<table:table-row "))
        before, row = text[:start], text[start:]
        if before:
            self._count_tables(before)
            table = max(before.rfind(b"<table:table "), 0)
            for attributes in self._EMPTY_ROW.findall(before[table:]):
                self._row += self._times(attributes)
        if not self._sheets:
            return
        tag, _, cells = row.partition(b">")
        first, times = self._row, self._times(tag)
        self._row += times
        cells = self._EMPTY_AT_END.sub(b"", cells)
        if not cells.strip():
            return
        width = cells.count(b"<table:table-cell") + cells.count(b"<table:covered-table-cell")
        if b"-repeated" in cells:
            width = sum(self._times(attributes) for attributes in self._CELL.findall(cells))
        used = self._sheets[-1]
        used.last_row, used.width = self._row, max(used.width, width)
        if b"number-rows-spanned" in cells:
            self._note_merged(cells, first, used)

    def _note_merged(self, cells: bytes, row: int, used: Used) -> None:
        column = 0
        for attributes in self._CELL.findall(cells):
            down = int((self._ROWS_SPANNED.search(attributes) or _ONE)[1])
            right = int((self._COLUMNS_SPANNED.search(attributes) or _ONE)[1])
            if down > 1 or right > 1:
                used.merged.append(((row, column), (row + down - 1, column + right - 1)))
            column += self._times(attributes)

    def _times(self, attributes: bytes) -> int:
        return int((self._OFTEN.search(attributes) or _ONE)[1])


def _refuse_definitions(*of: object) -> None:
    """No spreadsheet program writes definitions of its own, which can grow without end."""
    raise ValueError("an OpenDocument part has definitions of its own")


_ONE = re.match(b"(1)", b"1")
