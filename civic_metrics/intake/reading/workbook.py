"""XLSX, XLSM, XLSB, ODS and XLS -> grids of text: calamine first, openpyxl where it fails."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import openpyxl
import pyarrow as pa
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from civic_metrics.intake.reading.celltexts import text_columns
from civic_metrics.intake.reading.grid import Block, Grid
from civic_metrics.intake.reading.legacy import OLE, refuse_legacy
from civic_metrics.intake.reading.packages import DAMAGED, PROTECTED, Package, looked_over
from civic_metrics.intake.sheet import Refused

# Rows turned into columns at a time.
CHUNK = 25_000
# How openpyxl gives cells that hold no value but an error.
_ERRORS = frozenset(
    ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"]
)

# How the libraries give a cell without a value.
_NOTHING = frozenset(["", None])


def is_workbook(content: bytes) -> bool:
    """Whether the file begins as a workbook does."""
    return content.startswith((b"PK", OLE))


def workbook_grids(content: bytes) -> list[Grid]:
    """Every worksheet of the workbook; Refused, before memory is spent, where it cannot be read."""
    package = Package("xls", {})
    if content.startswith(OLE):
        refuse_legacy(content)
    else:
        package = looked_over(content)
    try:
        with _nothing_collected():
            return list(_by_calamine(content, package))
    except (KeyboardInterrupt, SystemExit):
        raise
    except PasswordError:
        raise Refused(PROTECTED) from None
    except BaseException:
        # Each library fails with errors of its own (a panic in Rust is no Exception); the
        # other one gets its turn.
        if package.kind != "xlsx":
            raise Refused(DAMAGED) from None
    try:
        return list(_by_openpyxl(content, package))
    except Exception:
        raise Refused(DAMAGED) from None


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Millions of short-lived cells, none in a cycle: the collector would look at each of them
    again and again, and take as long as the conversion itself."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _by_calamine(content: bytes, package: Package) -> Iterator[Grid]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    worksheets = [s for s in book.sheets_metadata if s.typ is SheetTypeEnum.WorkSheet]
    for place, about in enumerate(worksheets):
        sheet = book.get_sheet_by_name(about.name)
        merged = sheet.merged_cell_ranges
        yield Grid(
            name=about.name,
            blocks=_from_column_a(_blocks(sheet.iter_rows()), sheet.start),
            merged=package.merged(place) if merged is None else tuple(merged),
            said=_said(package),
            is_workbook=True,
            is_hidden=about.visible is not SheetVisibleEnum.Visible,
        )


def _from_column_a(blocks: Iterable[Block], start: tuple[int, int] | None) -> list[Block]:
    """The blocks with the blank columns at the left that calamine leaves out: merged ranges and
    letters are counted from column A."""
    left = start[1] if start else 0
    return [
        (number, [*[pa.nulls(len(columns[0]), pa.string())] * left, *columns])
        for number, columns in blocks
    ]


def _by_openpyxl(content: bytes, package: Package) -> Iterator[Grid]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = sheet.iter_rows(min_row=1, values_only=True)
        yield Grid(
            name=sheet.title,
            blocks=list(_blocks([None if c in _ERRORS else c for c in row] for row in rows)),
            said=_said(package),
            is_workbook=True,
            is_hidden=sheet.sheet_state != "visible",
        )


def _said(package: Package) -> tuple[str, ...]:
    if not package.uncached:
        return ()
    return (
        f"{package.uncached:,} formulas of this workbook were saved without their results, so "
        "their cells read as empty. If they matter, open it in your spreadsheet program, "
        "save it and load it again.",
    )


def _blocks(rows: Iterable[list[Any]]) -> Iterator[Block]:
    """The rows as columns of text, in blocks numbered as the program does."""
    reader, number = iter(rows), 1
    while chunk := list(islice(reader, CHUNK)):
        yield number, [pa.nulls(len(chunk), pa.string())] if _blank(chunk) else text_columns(chunk)
        number += len(chunk)


def _blank(rows: list[list[Any]]) -> bool:
    """Whether no cell of these rows holds anything, as in the gap before a stray cell."""
    ends = (rows[-1], rows[0])
    return all(set(row) <= _NOTHING for row in ends) and all(set(row) <= _NOTHING for row in rows)
