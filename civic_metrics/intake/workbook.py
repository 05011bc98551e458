"""XLSX and XLSM -> rows of text: calamine first, openpyxl where calamine fails.

What would spend the machine's memory is refused before a reading library sees it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pyarrow as pa
from python_calamine import CalamineWorkbook, SheetTypeEnum

from civic_metrics.intake.sheet import Refused, columns_of

# Unpacked size up to which a workbook is read: 1,000,000 rows of 20 columns take about 1 GB of
# memory at this size.
LARGEST_UNPACKED = 512 * 1024 * 1024
# Real sheets shrink up to about 60 to 1; a bomb a thousand to one. Small ones do no harm.
LARGEST_RATIO = 250
RATIO_MATTERS_FROM = 32 * 1024 * 1024
# The reader holds a cell for every place up to the last row and column used.
LARGEST_AREA = 60_000_000
CHUNK = 50_000
PIECE = 4 * 1024 * 1024

SAVE_AS = "Open it in your spreadsheet program, save it as XLSX or CSV and load that."
DAMAGED = (
    "This workbook is damaged, so it cannot be read. Open it in your spreadsheet program, let "
    "it mend the file, save it under a new name and load that."
)

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,7})"')
_WIDE_CELL = re.compile(rb'\br="([A-Z]{2,3})\d{1,7}"')


def refuse_package(content: bytes) -> None:
    """Refused where the package is no workbook we read, damaged, or unpacks to too much."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
        names = {part.filename for part in parts}
        unpacked = sum(part.file_size for part in parts)
        if unpacked > LARGEST_UNPACKED or (
            unpacked > RATIO_MATTERS_FROM and unpacked > LARGEST_RATIO * len(content)
        ):
            raise Refused(
                f"This workbook unpacks to {unpacked // 1024**2} MB, too much to read safely. "
                "Save the sheet you need as CSV, or split it by year, and load that."
            )
        if "xl/workbook.xml" not in names:
            raise Refused(_what_else(package, names))
        for name in sorted(names):
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                _refuse_far_cells(package, name)
    except Refused:
        raise
    except Exception:
        # zipfile, zlib and struct each fail in their own ways on a damaged package.
        raise Refused(DAMAGED) from None


def _what_else(package: zipfile.ZipFile, names: set[str]) -> str:
    """What the package is, where it is not a workbook of the kinds we read."""
    if "xl/workbook.bin" in names:
        return f"This is a binary workbook (XLSB), not read yet. {SAVE_AS}"
    if "mimetype" in names and b"spreadsheet" in package.open("mimetype").read(200):
        return f"This is an OpenDocument spreadsheet (ODS), not read yet. {SAVE_AS}"
    if "Index/Document.iwa" in names:
        return f"This is a Numbers spreadsheet, not read yet. {SAVE_AS}"
    if "word/document.xml" in names:
        return f"This is a Word document, not a spreadsheet. Copy its table into one. {SAVE_AS}"
    if any(name.startswith("ppt/") for name in names):
        return "This is a slide show, not a spreadsheet. Load the spreadsheet it was made from."
    return "This is a compressed folder (ZIP), not a spreadsheet. Unpack it and load what is in it."


def _refuse_far_cells(package: zipfile.ZipFile, name: str) -> None:
    """Refused where a stray cell far out would make the reader hold millions of empty ones."""
    last_row, widest, tail = 1, b"Z", b""
    with package.open(name) as part:
        while piece := part.read(PIECE):
            text = tail + piece
            rows = _ROW.findall(text[-65536:]) or _ROW.findall(text)
            last_row = max([last_row, *map(int, rows)])
            for column in set(_WIDE_CELL.findall(text)):
                widest = max(widest, column, key=lambda c: (len(c), c))
            tail = piece[-256:]
    width = 0
    for letter in widest.decode():
        width = width * 26 + ord(letter) - ord("A") + 1
    if last_row * width > LARGEST_AREA:
        raise Refused(
            f"A sheet of this workbook reaches to row {last_row:,} and column {widest.decode()}, "
            "mostly empty. Delete the empty rows and columns after your data, save and load again."
        )


def workbook_blocks(content: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[pa.Array]]]]]:
    """Every sheet's name with its columns in blocks of rows, numbered as the program does."""
    try:
        found = list(_by_calamine(content))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:
        # Each library fails with errors of its own (a panic in Rust is no Exception); the
        # other one gets its turn.
        try:
            found = list(_by_openpyxl(content))
        except Exception:
            raise Refused(DAMAGED) from None
    for name, rows in found:
        yield (
            name,
            (
                (at + 1, columns_of(_texts(rows[at : at + CHUNK])))
                for at in range(0, len(rows), CHUNK)
            ),
        )


def _by_calamine(content: bytes) -> Iterator[tuple[str, list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for sheet in book.sheets_metadata:
        if sheet.typ is SheetTypeEnum.WorkSheet:
            yield sheet.name, book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)


def _by_openpyxl(content: bytes) -> Iterator[tuple[str, list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        yield sheet.title, [list(row) for row in sheet.iter_rows(min_row=1, values_only=True)]


def _texts(rows: list[list[Any]]) -> list[list[str]]:
    return [[cell if type(cell) is str else cell_text(cell) for cell in row] for row in rows]


def cell_text(cell: Any) -> str:
    """A cell as text: whole numbers without `.0`, dates in ISO form, nothing where blank."""
    if type(cell) is float:
        # 15 figures are what a spreadsheet holds and shows: 0.1 + 0.2 is 0.3 there.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        at_midnight = cell.time() == time()
        return cell.date().isoformat() if at_midnight else cell.isoformat(timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(cell)
