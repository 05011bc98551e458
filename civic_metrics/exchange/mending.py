"""A sheet as it was sent in, with what is wrong beside each row, to be mended and sent again."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

from civic_metrics.intake import PROBLEM_HEADING, Problem, Severity, Sheet

# A spreadsheet program takes no longer text in a cell.
LONGEST = 32_767
_WRONG = PatternFill("solid", fgColor="FFF2CC")


def with_problems(sheets: Sequence[tuple[Sheet, Sequence[Problem]]]) -> bytes:
    """The sheets as XLSX, every row where it stood, with a last column that says what is wrong.

    Cells are text, so that nothing is run or rounded. The last column is passed over when the
    file comes back.
    """
    book = Workbook(write_only=True)
    for number, (sheet, problems) in enumerate(sheets, start=1):
        _write(book.create_sheet(_title(sheet.name) or f"Rows to mend {number}"), sheet, problems)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _title(name: str) -> str:
    """The name of the sheet, as far as a spreadsheet program takes it."""
    return re.sub(r"[\\/*?:\[\]]", " ", name).strip(" '")[:31]


def _write(out: object, sheet: Sheet, problems: Sequence[Problem]) -> None:
    said: dict[int | None, list[str]] = defaultdict(list)
    wrong: set[tuple[int | None, str | None]] = set()
    for problem in problems:
        said[problem.row].append(_in_words(problem))
        wrong.add((problem.row, problem.column))
    out.freeze_panes = f"A{sheet.header_row + 1}"
    for _ in range(sheet.header_row - 1):
        out.append([])
    out.append([_cell(out, name, bold=True) for name in (*sheet.header, PROBLEM_HEADING)])
    written = sheet.header_row
    for number, row in zip(sheet.rows, zip(*sheet.columns, strict=True), strict=True):
        while written < number - 1:
            out.append([])
            written += 1
        cells = [
            _cell(out, text, is_wrong=(number, name) in wrong)
            for name, text in zip(sheet.header, row, strict=True)
        ]
        out.append([*cells, _cell(out, "\n".join(said.get(number, ())))])
        written = number


def _in_words(problem: Problem) -> str:
    effect = "" if problem.severity is Severity.ERROR else " (loads all the same)"
    return f"{problem.column or 'Row'}: expected {problem.expected}. {problem.fix}{effect}"


def _cell(
    sheet: object, text: str | None, *, bold: bool = False, is_wrong: bool = False
) -> WriteOnlyCell | None:
    """The text as text, whatever it begins with."""
    if not text:
        return None
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST])
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_wrong:
        cell.fill = _WRONG
    return cell
