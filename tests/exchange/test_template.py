"""Templates: what is filled in loads with no matching, and nothing else of them does."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from civic_metrics.contracts import GUIDE_SHEET, contract, contracts
from civic_metrics.exchange import template
from civic_metrics.intake import Declared, Known, Refused, prepare, stage

TODAY = date(2026, 3, 31)
LEICESTER = Known(names={"place": (("E06000016", "Leicester"),)}, today=TODAY)
TABLES = [pytest.param(table, id=name) for name, table in contracts().items()]


def typed(column):
    """The example of a column as a spreadsheet program would hold it once typed."""
    if not column.example:
        return None
    if column.type == "date" and not column.partial:
        return date.fromisoformat(column.example)
    if column.type in ("number", "integer"):
        return float(column.example)
    return column.example


def filled(table, book=None, **cells):
    """The table's template with its example filled in, but for the cells given, as bytes."""
    book = load_workbook(io.BytesIO(book or template(table)))
    sheet = book[table.title]
    for place, column in enumerate(table.columns, start=1):
        sheet.cell(2, place).value = cells.get(column.name, typed(column))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def sheet_of(table, **how):
    return load_workbook(io.BytesIO(template(table, **how)))[table.title]


@pytest.mark.parametrize("table", TABLES)
def test_what_is_filled_in_is_read_with_no_matching_at_all(table):
    [loading] = prepare(filled(table), "filled in.xlsx", further=False)
    assert loading.table.name == table.name
    assert [m.column for m in loading.matching.matches] == [c.name for c in table.columns]
    assert {m.how for m in loading.matching.matches} == {"named so"}
    assert (len(loading.sheet), loading.matching.constants) == (1, {})


@pytest.mark.parametrize("table", TABLES)
def test_the_example_of_a_table_loads_without_a_problem(table):
    [loading] = prepare(filled(table), "filled in.xlsx", further=False)
    staged = stage(loading.sheet, table, loading.matching, LEICESTER, Declared(create_missing=True))
    assert [(p.column, p.found, p.expected) for p in staged.problems] == []
    assert staged.rows.num_rows == 1


@pytest.mark.parametrize("table", TABLES)
def test_a_template_nobody_filled_in_holds_nothing_to_load(table):
    with pytest.raises(Refused):
        prepare(template(table), "empty.xlsx")


def test_zeros_at_the_front_and_partial_dates_survive():
    numbered = filled(contract("organisation"), organisation="00123", company_number="00445790")
    [loading] = prepare(numbered, "organisations.xlsx")
    assert loading.sheet.cells["organisation"].to_pylist() == ["00123"]
    assert loading.sheet.cells["company_number"].to_pylist() == ["00445790"]
    [loading] = prepare(
        filled(contract("partnership"), started_on="2021-07"), "partnerships.xlsx", further=False
    )
    assert loading.sheet.cells["started_on"].to_pylist() == ["2021-07"]


@pytest.mark.parametrize("table", TABLES)
def test_every_heading_says_what_it_holds_whether_it_is_needed_and_how_it_is_written(table):
    sheet = sheet_of(table)
    assert sheet.max_row == 1
    for place, column in enumerate(table.columns, start=1):
        cell = sheet.cell(1, place)
        assert cell.value == column.name
        assert column.description in cell.comment.text
        assert ("Must be filled in." in cell.comment.text) == column.required
        assert cell.font.bold == column.required


@pytest.mark.parametrize("table", TABLES)
def test_a_column_of_text_is_kept_as_text_and_one_of_choices_drops_down(table):
    sheet = sheet_of(table)
    rules = {str(rule.sqref).split("2:")[0]: rule for rule in sheet.data_validations.dataValidation}
    for place, column in enumerate(table.columns, start=1):
        letter = sheet.cell(1, place).column_letter
        is_text = column.type in ("string", "boolean") or column.partial
        assert (sheet.column_dimensions[letter].number_format == "@") == is_text
        words = column.choices or (("yes", "no") if column.type == "boolean" else ())
        if words:
            assert rules[letter].formula1 == f'"{",".join(words)}"'
            assert len(rules[letter].formula1) <= 257  # 255 and the quotation marks
        elif column.type == "date" and not column.partial:
            assert rules[letter].type == "date"
        elif column.type == "string":
            assert letter not in rules


def test_what_is_known_can_be_offered_whatever_it_begins_with_and_other_names_may_be_typed():
    names = ["=cmd|' /C calc'!A0", "Fish, Chips & Peas", "+44", "Reading Rooms\x07"]
    made = template(contract("payment"), choices={"partnership": names, "no such column": ["x"]})
    book = load_workbook(io.BytesIO(made))
    [rule] = [
        rule
        for rule in book["Payments"].data_validations.dataValidation
        if rule.type == "list" and GUIDE_SHEET in rule.formula1
    ]
    assert not rule.showErrorMessage
    letter = rule.formula1.split("$")[1]
    offered = [book[GUIDE_SHEET][f"{letter}{row}"] for row in range(2, 6)]
    assert [cell.value for cell in offered] == [*names[:3], "Reading Rooms"]
    assert {cell.data_type for cell in offered} == {"s"}


def test_no_cell_of_any_template_is_a_formula():
    for layout in contracts().values():
        book = load_workbook(io.BytesIO(template(layout)))
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds


def test_the_guide_gives_an_example_of_every_column_that_must_be_filled_in():
    rows = load_workbook(io.BytesIO(template(contract("payment"))))[GUIDE_SHEET].iter_rows(
        min_row=2, max_col=6, values_only=True
    )
    by_heading = {row[1]: row for row in rows}
    assert list(by_heading) == [column.name for column in contract("payment").columns]
    assert by_heading["amount"][3:] == ("yes", "An amount, such as 1200.00.", "1200.00")
    assert by_heading["kind"][4] == "One of: supply, grant, honorarium, expenses, access."
