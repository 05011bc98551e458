"""What each real file reads as, seen by eye or with another library (openpyxl, xlrd, csv)."""

from __future__ import annotations

from pathlib import Path

import pytest

from civic_metrics.intake import Refused, read
from civic_metrics.intake.reading import every_cell

REAL = Path(__file__).parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the folder of real files is not here")

# By file and sheet: the first headings, the row of the last of them, how many rows, the first of
# them by number, and how it begins.
READ = {
    ("messy/any_sheets.ods", "Visible"): (("1", "2"), 1, 3, 2, ("3", "4")),
    ("messy/blank-rows.csv", ""): (("id", "name", "age"), 1, 2, 2, ("1101", "John", "30")),
    ("messy/bom.csv", ""): (("id", "name"), 1, 2, 2, ("1", "english")),
    ("messy/currency-formats-xlsx.xlsx", "Tabelle1"): (
        ("product", "cost_EUR", "cost_CHF", "cost_mixed"), 1, 2, 2, ("apple", "0.5", "0.5", "0.5"),
    ),
    ("messy/date.ods", "Sheet1"): (("2021-01-01", "15"), 1, 3, 2, ("2021-01-01T10:10:10", "16")),
    ("messy/date_1904.xls", "Sheet1"): (("2021-01-01", "15"), 1, 2, 2, ("2021-01-02", "16")),
    ("messy/date_1904.xlsx", "Sheet1"): (("2021-01-01", "15"), 1, 2, 2, ("2021-01-02", "16")),
    ("messy/deaths.xlsx", "arts"): (
        ("Name", "Profession", "Age", "Has kids", "Date of birth", "Date of death"), 5, 14, 6,
        ("David Bowie", "musician", "69", "true", "1947-01-08", "2016-01-10"),
    ),
    ("messy/deaths.xlsx", "other"): (
        ("Name", "Profession", "Age", "Has kids", "Date of birth", "Date of death"), 5, 14, 6,
        ("Vera Rubin", "scientist", "88", "true", "1928-07-23", "2016-12-25"),
    ),
    ("messy/duplicate-headers.csv", ""): (
        ("id", "name", "id (2)", "age", "id (3)"), 1, 2, 2, ("1101", "John", "0", "30", "001101"),
    ),
    ("messy/header-row.xlsx", "Sheet1"): (
        ("Columns", "Column A", "Column B", "Column C"), 9, 1, 10, ("put data here", "1", "2", "3"),
    ),
    ("messy/issue-1009-semicolon.csv", ""): (("fieldNameA", "fieldNameB"), 1, 1, 2, ("0123", "c")),
    ("messy/merge_cells.xlsx", "Sheet1"): (
        ("Row Merge", "column B", "Not Merged"), 1, 1, 2, ("Column Merge", "Chunk Merged", None),
    ),
    ("messy/multiline-headers.xlsx", "Лист1"): (
        (
            "Region",
            "Caloric contribution / (%)",
            "Cumulative impact of changes on cost of food basket / from previous quarter",
            "Cumulative impact of changes on cost of food basket / from baseline (%)",
        ), 5, 1, 6, ("A", "B", "C", "D"),
    ),
    ("messy/skip-rows-before-headers.csv", ""): (("id", "name"), 2, 2, 3, ("1", "english")),
    ("messy/skipping.xlsx", "two_blank_rows"): (("var1", "var2"), 3, 2, 5, ("v2,1", "v2,2")),
    ("messy/skipping.xlsx", "occupied_row_and_blank_row"): (
        ("var1", "var2"), 3, 2, 5, ("v2,1", "v2,2"),
    ),
    ("messy/skipping.xlsx", "two_occupied_rows"): (("var1", "var2"), 3, 2, 5, ("v2,1", "v2,2")),
    ("messy/structure-errors.csv", ""): (
        ("id", "name", "age", "column D", "column E", "column F"), 1, 3, 2,
        ("1101", "John", "30", None, None, None),
    ),
    ("messy/texty-dates-xlsx.xlsx", "Sheet1"): (("a",), 1, 2, 2, ("1985-03-11T13:00:00",)),
    ("messy/unnamed-duplicated-columns.xlsx", "Sheet1"): (
        ("column A", "var2", "column C", "var2 (2)"), 1, 2, 2, ("1", "a", "1.1", "aa"),
    ),
    ("messy/whitespace-xlsx.xlsx", "whitespace"): (("<-space, space->",), 1, 5, 2, ("<-space",)),
    ("messy/whitespace-xlsx.xlsx", "logical_and_NA"): (("numeric",), 1, 2, 2, ("1.3",)),
    ("grants/andrew_lloyd_webber_foundation_360giving.xlsx", "Sheet1"): (
        ("Identifier", "Title"), 1, 475, 2,
        ("360G-ALWF-1978", "Grant to Royal Northern College of Music"),
    ),
    ("partnerships/salford_contracts_register_2022-07.csv", ""): (
        ("Directorate Name", "Process Used"), 1, 360, 2, ("Place", "RFQ"),
    ),
    ("payments/darlington_spend500_2022-09.csv", ""): (
        ("column A", "Directotate"), 1, 1487, 2, ("INSERTED DETAIL", "Balance Sheet"),
    ),
    ("payments/manchester_spend500_2022-05.csv", ""): (
        ("Body Name", "Service Area"), 1, 3564, 2,
        ("Manchester City Council", "Manchester Leisure"),
    ),
    ("payments/university_payment_requests.csv", ""): (
        ("case_id", "organisational_unit"), 1, 6760, 2,
        ("requestforpayment148214", "organizational unit 65463"),
    ),
}  # fmt: skip
REFUSED = {
    "messy/empty.csv": "0 bytes",
    "messy/empty_sheet.xlsx": "every cell is empty",
    "messy/errors.xlsx": "every cell is empty, or holds an error",
    "messy/pass_protected.xlsx": "protected by a password",
}


def sheets(path: str):
    return {sheet.name: sheet for sheet in read((REAL / path).read_bytes(), Path(path).name)}


def test_every_real_file_is_told_of_here():
    there = {str(path.relative_to(REAL)) for path in REAL.glob("*/*.*")}
    assert there == {path for path, _ in READ} | set(REFUSED)


@pytest.mark.parametrize(("path", "name"), READ, ids=lambda part: part.rpartition("/")[2])
def test_a_real_file_reads_as_it_looks(path, name):
    header, header_row, count, first, begins = READ[path, name]
    sheet = sheets(path)[name]
    assert sheet.header[: len(header)] == header
    assert (sheet.header_row, len(sheet), sheet.rows[0]) == (header_row, count, first)
    assert tuple(sheet.head(1)[0].values())[: len(begins)] == begins
    assert sheet.totals == {}


@pytest.mark.parametrize(("path", "reason"), REFUSED.items())
def test_a_real_file_is_refused_with_its_cause(path, reason):
    with pytest.raises(Refused, match=reason):
        sheets(path)


def test_a_workbook_that_counts_from_1904_gives_the_same_days_old_or_new():
    old, new = (sheets(f"messy/date_1904.{kind}")["Sheet1"] for kind in ("xls", "xlsx"))
    assert old.columns == new.columns == (("2021-01-02", "255:10:10"), ("16", "17"))


def test_what_was_made_of_a_real_file_is_said():
    assert sheets("messy/header-row.xlsx")["Sheet1"].said == (
        "The headings are in row 9; row 3 above it is not read: “Note 1”.",
    )
    assert sheets("messy/structure-errors.csv")[""].said == (
        "1 row (5) has more cells than there are headings; they are kept as column D, column E "
        "and column F.",
    )
    for ordinary in ("payments/manchester_spend500_2022-05.csv", "messy/blank-rows.csv"):
        assert sheets(ordinary)[""].said == ()


@pytest.mark.parametrize("path", sorted({path for path, _ in READ}))
def test_every_cell_of_a_real_file_is_where_its_sheet_says(path):
    content, name = (REAL / path).read_bytes(), Path(path).name
    cells = dict(every_cell(content, name))
    for sheet in read(content, name):
        for number, row in zip(sheet.rows, zip(*sheet.columns, strict=True), strict=True):
            there = [cell.strip() for cell in cells[sheet.name][number - 1]]
            assert set(filter(None, row)) <= set(there)
