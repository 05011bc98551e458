"""A spreadsheet to fill in, one a table, made from its layout.

The first sheet has our columns as headings and nothing else, so that what is filled in loads
with no matching at all. The example and the meaning of every column stand on a second sheet,
which is never read as data. Imports contracts alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from civic_metrics.contracts import GUIDE_SHEET, Column, Contract, contracts

MADE_BY = "Civic Metrics"

# The last row of a sheet of the spreadsheet programs.
LAST_ROW = 1_048_576
# A list of choices within a cell's rule may be this long, quotation marks apart.
LONGEST_LIST = 255
# Spreadsheet programs know no date before this one.
EARLIEST = "DATE(1900,1,1)"
TEXT = "@"

_NEEDED_FILL = PatternFill("solid", fgColor="1F3A5F")
_OTHER_FILL = PatternFill("solid", fgColor="E7ECF2")
_NEEDED_FONT = Font(bold=True, color="FFFFFF")
_OTHER_FONT = Font(color="1F3A5F")
_LINE = Border(bottom=Side(style="medium", color="1F3A5F"))
_WRAP = Alignment(wrap_text=True, vertical="top")

_GUIDE = (
    ("Sheet", 22),
    ("Heading", 24),
    ("What it holds", 52),
    ("Must it be filled in?", 20),
    ("How to write it", 40),
    ("Example (not loaded)", 34),
)
# Where the lists for the drop-downs begin, one column clear of the guide itself.
_LISTS_FROM = len(_GUIDE) + 2


def template(contract: Contract, *, choices: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """An XLSX workbook to fill in for the table.

    `choices` offers values by column beside the layout's own (known partnerships, places): they
    are offered, and others may be typed.
    """
    choices = choices or {}
    book = Workbook()
    book.properties.creator = MADE_BY
    guide = book.create_sheet(GUIDE_SHEET)
    offered = {column.name for column in contract.columns} & set(choices)
    lists = _write_lists(guide, {name: choices[name] for name in choices if name in offered})
    book.active.title = contract.title
    _write_headings(book.active, contract, lists)
    _write_guide(guide, contract)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def how_to_write(column: Column) -> str:
    """How a value of the column is written, as one sentence."""
    if column.choices:
        return f"One of: {', '.join(column.choices)}."
    if column.type == "boolean":
        return "Yes or no."
    if column.type == "date":
        whole = "A date, such as 2025-09-01"
        return (
            f"{whole}; a month (2025-09) or a year (2025) will do."
            if column.partial
            else whole + "."
        )
    if column.unit == "gbp":
        return f"Pounds and pence, such as 1200.00{_limits(column)}."
    if column.unit == "money":
        return f"An amount, such as 1200.00{_limits(column)}."
    if column.type == "integer":
        return f"A whole number{_limits(column)}."
    if column.type == "number":
        return f"A number{_limits(column)}."
    if column.reference:
        return f"An identifier or name, as in {contracts()[column.reference].title.lower()}."
    return "Text, kept as it is typed."


def _limits(column: Column) -> str:
    least, most = column.minimum, column.maximum
    if least is not None and most is not None:
        return f", {least:g} to {most:g}"
    if least is not None:
        return f", {least:g} or more"
    return f", {most:g} or less" if most is not None else ""


def _write_headings(sheet: Worksheet, table: Contract, lists: Mapping[str, str]) -> None:
    """Our columns as headings: a note on each, and the format and rule of the cells below."""
    for place, column in enumerate(table.columns, start=1):
        letter = get_column_letter(place)
        cell = sheet.cell(1, place, column.name)
        cell.fill = _NEEDED_FILL if column.required else _OTHER_FILL
        cell.font = _NEEDED_FONT if column.required else _OTHER_FONT
        cell.border = _LINE
        cell.comment = _note(column)
        sheet.column_dimensions[letter].width = max(14, len(column.name) + 4)
        sheet.column_dimensions[letter].number_format = _format(column)
        rule = _rule(column, lists.get(column.name))
        if rule is not None:
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"


def _note(column: Column) -> Comment:
    needed = "Must be filled in." if column.required else "May be left empty."
    text = f"{needed}\n{column.description}\n{how_to_write(column)}"
    return Comment(text, MADE_BY, width=300, height=40 + 18 * (len(text) // 38 + 3))


def _format(column: Column) -> str:
    """The number format; text for whatever a spreadsheet program would otherwise change."""
    if column.type == "date":
        return TEXT if column.partial else "yyyy-mm-dd"
    if column.unit:
        return "0.00"
    return {"integer": "0", "number": "General"}.get(column.type, TEXT)


def _rule(column: Column, offered: str | None) -> DataValidation | None:
    """What the program holds a typed value against; what is merely offered is never refused."""
    if offered is not None:
        return DataValidation("list", formula1=offered, allow_blank=True, showErrorMessage=False)
    words = column.choices or (("yes", "no") if column.type == "boolean" else ())
    if words:
        listed = ",".join(words)
        if len(listed) > LONGEST_LIST or any("," in word for word in words):
            return None
        rule = DataValidation("list", formula1=f'"{listed}"', allow_blank=True)
    elif column.type == "date" and not column.partial:
        rule = DataValidation("date", "greaterThanOrEqual", EARLIEST, allow_blank=True)
    elif column.type in ("number", "integer"):
        rule = _number_rule(column)
    else:
        return None
    rule.errorTitle, rule.error = "Cannot be loaded as it is", how_to_write(column)[:LONGEST_LIST]
    rule.showErrorMessage = True
    return rule


def _number_rule(column: Column) -> DataValidation:
    kind = "whole" if column.type == "integer" else "decimal"
    least, most = column.minimum, column.maximum
    if least is not None and most is not None:
        return DataValidation(kind, "between", f"{least:g}", f"{most:g}", allow_blank=True)
    if least is not None:
        return DataValidation(kind, "greaterThanOrEqual", f"{least:g}", allow_blank=True)
    most = most if most is not None else 10**15
    return DataValidation(kind, "between", f"-{10**15}", f"{most:g}", allow_blank=True)


def _write_guide(guide: Worksheet, table: Contract) -> None:
    """One row a column of ours: what it holds, how it is written, and an example."""
    _write_row(guide, 1, [heading for heading, _ in _GUIDE])
    for place, (_, width) in enumerate(_GUIDE, start=1):
        cell = guide.cell(1, place)
        cell.fill, cell.font, cell.border = _OTHER_FILL, Font(bold=True, color="1F3A5F"), _LINE
        guide.column_dimensions[get_column_letter(place)].width = width
    for row, column in enumerate(table.columns, start=2):
        needed = "yes" if column.required else "no"
        words = [table.title, column.name, column.description, needed]
        _write_row(guide, row, [*words, how_to_write(column), column.example])
    guide.freeze_panes = "A2"


def _write_lists(guide: Worksheet, choices: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Writes what is offered beside the guide; the range of each, by column."""
    ranges = {}
    for place, (name, values) in enumerate(choices.items(), start=_LISTS_FROM):
        letter = get_column_letter(place)
        for row, value in enumerate([f"Offered for {name}", *values], start=1):
            _write(guide, row, place, value)
        guide.cell(1, place).font = Font(bold=True, color="1F3A5F")
        guide.column_dimensions[letter].width = 34
        if values:
            last = len(values) + 1
            ranges[name] = f"{quote_sheetname(guide.title)}!${letter}$2:${letter}${last}"
    return ranges


def _write_row(sheet: Worksheet, row: int, words: Iterable[str]) -> None:
    for place, text in enumerate(words, start=1):
        _write(sheet, row, place, text)


def _write(sheet: Worksheet, row: int, place: int, text: str) -> None:
    """Writes text as text: never a formula, whatever it begins with."""
    cell = sheet.cell(row, place, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.number_format = TEXT
    cell.alignment = _WRAP
    cell.quotePrefix = True
