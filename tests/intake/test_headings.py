"""Where the headings are: in the first row unless the rows themselves say otherwise."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_metrics.intake import read


def sheet(text: str):
    [found] = read(text.encode(), "file.csv")
    return found


def merged(rows, *ranges):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for one in ranges:
        made.active.merge_cells(one)
    out = io.BytesIO()
    made.save(out)
    [found] = read(out.getvalue(), "file.xlsx")
    return found


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Name\nAnn\nBob\n", ("Name",)),
        ("Amount\n5\n6\n", ("Amount",)),
        ("Report of payments\nAmount\n5\n6\n", ("Report of payments",)),
        ("Name,\nAcme,x\nBob,y\n", ("Name", "column B")),
        ("Supplier\nAcme,Leeds,Art\nBob,York,Art\n", ("Supplier", "column B", "column C")),
        ("Name,,\nAcme,x,TBC\nB,y,3\nC,z,5\n", ("Name", "column B", "column C")),
        ("Name,,Amount\nAcme,x,\nBob,y,5\n", ("Name", "column B", "Amount")),
        (
            "Name,Start,End\nAcme,to be agreed,to be agreed\nB,2024-01-01,2025-01-01\n",
            ("Name", "Start", "End"),
        ),
        ("Payee,Amount,Paid\nAcme,Ongoing,TBC\nBob,5,2024-01-01\n", ("Payee", "Amount", "Paid")),
        ("Supplier,Town,Kind\nAcme,Leeds,Art\nBob,York,Art\n", ("Supplier", "Town", "Kind")),
        ("Name,2021,2022\nA,5,6\nB,7,8\n", ("Name", "2021", "2022")),
        ("1,2\n3,4\n", ("1", "2")),
        ("Name:,Date:,Sum:\nAcme,2024-01-01,5\nBob,2024-01-01,6\n", ("Name:", "Date:", "Sum:")),
    ],
)
def test_an_ordinary_file_has_its_headings_in_row_1(text, header):
    found = sheet(text)
    assert (found.header, found.header_row) == (header, 1)
    assert len(found) == text.count("\n") - 1


PLAIN = st.text("abcdefgh xyz", min_size=1, max_size=8).map(str.strip).filter(bool)
VALUES = PLAIN | st.integers(0, 99).map(str) | st.dates().map(str) | st.sampled_from(["", "TBC"])


# What columns are usually called, and what they are not.
NAMED = st.sampled_from(
    [("Payee", "Paid on", "Amount", "Kind"), ("Colour", "Given to", "Weight", "Shape")]
)


@settings(deadline=None)
@given(NAMED, st.lists(st.tuples(PLAIN, VALUES, VALUES, VALUES), min_size=1, max_size=8))
def test_a_first_row_that_names_every_column_is_the_header_whatever_follows(header, rows):
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    found = sheet(out.getvalue())
    assert (found.header_row, len(found)) == (1, len(rows))
    assert found.header == header


TABLE = "Payee,Date,Amount,Ref\nAcme,2024-01-01,5,a1\nBob,2024-01-02,6,a2\n"


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ("Manchester City Council\n", 2),
        ("Manchester City Council,,,\n\n", 3),
        ("Manchester City Council\nReport date: 01/04/2026\n\n", 4),
        ("Report date:,01/04/2026\nUser:,jsmith\n", 3),
        ("From:,01/04/2025,To:,31/03/2026\n", 2),
        ("Report date,01/04/2026\nRecords,2\n\n", 4),
        ("# exported by Agresso\n", 2),
        ("Council spend,,,Page 1\n\n", 3),
    ],
)
def test_rows_above_the_headings_are_skipped_and_said(above, row):
    found = sheet(above + TABLE)
    assert found.header == ("Payee", "Date", "Amount", "Ref")
    assert (found.header_row, found.rows) == (row, (row + 1, row + 2))
    [said] = found.said
    assert said.startswith(f"The headings are in row {row}; row")
    assert above.split(",")[0].split("\n")[0] in said


@pytest.mark.parametrize(
    "above",
    [
        "University of Brackwater\nUniversity of Brackwater\n",
        "Printed on 01/04/2026\n",
        "Report\nPrinted on 01/04/2026\n\nAll faculties\n",
        "Faculty,Arts\nYear,2024\n",
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_of_what_columns_are_called_is_the_header_over_a_single_row(above, delimiter):
    table = "Supplier Name,Invoice No.,Amount (£),Our own notes\nAcme,x,n/a,\n"
    found = sheet((above + table).replace(",", delimiter))
    assert found.header == ("Supplier Name", "Invoice No.", "Amount (£)", "Our own notes")
    assert found.rows == (above.count("\n") + 2,)


def test_a_list_of_what_columns_are_called_is_no_row_of_headings():
    found = sheet("Ours,Theirs\npayee,supplier\npaid on,date paid\namount,gross\n")
    assert (found.header, found.header_row) == (("Ours", "Theirs"), 1)


def test_headings_repeated_on_every_page_are_offered_for_exclusion():
    found = sheet("Payee,,Amount\nAcme,x,5\nPayee,,Amount\nBob,y,6\nPayee,,7\n")
    assert found.totals == {1: "it repeats the headings"}
    assert found.rows == (2, 3, 4, 5)


def test_what_was_skipped_is_told_in_plain_words():
    found = sheet("Manchester City Council\nReport date: 01/04/2026\n\n" + TABLE)
    assert found.said == (
        "The headings are in row 4; rows 1 and 2 above are not read: "
        "“Manchester City Council”, “Report date: 01/04/2026”.",
    )


def test_titles_above_a_table_of_words_alone_are_skipped():
    found = sheet("Suppliers of the arts\n,,\nPayee,Town,Kind\nAcme,Leeds,Art\nBob,York,Art\n")
    assert (found.header, found.header_row) == (("Payee", "Town", "Kind"), 3)


def test_years_are_headings_over_what_are_no_years():
    found = sheet("Title here\nCouncil,2021,2022\nA,5,6\nB,7,8\n")
    assert (found.header, found.rows) == (("Council", "2021", "2022"), (3, 4))


GROUPED = [
    ["Supplier", "Invoice", None, "Payment", None],
    [None, "No", "Date", "Ref", "Date"],
    ["Acme", 1, "2024-01-01", "a", "2024-02-01"],
    ["Bob", 2, "2024-01-01", "b", "2024-02-01"],
]
JOINED = ("Supplier", "Invoice / No", "Invoice / Date", "Payment / Ref", "Payment / Date")


def test_titles_over_groups_of_columns_go_before_their_headings():
    out = io.StringIO()
    csv.writer(out).writerows(GROUPED)
    for found in (
        sheet(out.getvalue()),
        merged(GROUPED, "A1:A2", "B1:C1", "D1:E1"),
        merged(GROUPED, "B1:C1", "D1:E1"),
    ):
        assert (found.header, found.header_row, found.rows) == (JOINED, 2, (3, 4))
        assert found.said == (
            "The headings are in rows 1 and 2.",
            "Headings over several rows are joined, such as “Invoice / No”.",
        )


def test_groups_under_a_title_and_over_headings_that_are_all_there():
    rows = [
        ["Spend report 2024"],
        [],
        [None, "Invoice", None, "Payment", None],
        ["Supplier", "No", "Date", "Ref", "Paid on"],
        *GROUPED[2:],
    ]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    for found in (sheet(out.getvalue()), merged(rows, "A1:E1", "B3:C3", "D3:E3")):
        assert found.header == (*JOINED[:4], "Payment / Paid on")
        assert found.own["Payment / Paid on"] == "Paid on"
        assert (found.header_row, found.rows) == (4, (5, 6))


def test_groups_over_repeated_headings_tell_them_apart():
    found = sheet("Invoice,,Payment,\nNo,Date,No,Date\n1,2024-01-01,2,2024-02-01\n")
    assert found.header == ("Invoice / No", "Invoice / Date", "Payment / No", "Payment / Date")
    assert found.own == {}, "no lower part tells a column from another"


def test_merged_titles_are_seen_over_words_alone():
    rows = [["Lead", None, "Partner", None], ["Name", "Town", "Name", "Town"], list("abcd")]
    found = merged(rows, "A1:B1", "C1:D1")
    assert found.header == ("Lead / Name", "Lead / Town", "Partner / Name", "Partner / Town")
    assert found.rows == (3,)


def test_merged_ranges_are_counted_from_column_a_where_the_first_columns_are_blank():
    found = merged([[None, None, *row] for row in GROUPED], "D1:E1", "F1:G1")
    assert (found.header, found.rows) == (JOINED, (3, 4))
    rows = [["Payee", "Amount"], ["Acme", 5], [None, 6]]
    found = merged([[None, *row] for row in rows], "B2:B3")
    assert found.columns == (("Acme", "Acme"), ("5", "6"))


def test_a_title_merged_over_the_whole_table_is_no_heading():
    rows = [["Spend", None, None], ["Payee", "Town", "Kind"], ["Acme", "Leeds", "Art"], list("abc")]
    found = merged(rows, "A1:C1")
    assert (found.header, found.header_row) == (("Payee", "Town", "Kind"), 2)


def test_headings_merged_down_over_three_rows():
    rows = [
        ["Region", "Pay", None],
        [None, "Hourly", None],
        [None, "2023", "2024"],
        ["North", 12.5, 13],
        ["South", 12, 13],
    ]
    found = merged(rows, "A1:A3", "B1:C1", "B2:C2")
    assert found.header == ("Region", "Pay / Hourly / 2023", "Pay / Hourly / 2024")
    assert (found.header_row, found.rows) == (3, (4, 5))


def test_a_survey_download_with_names_questions_and_identifiers():
    rows = [
        ["StartDate", "Progress", "Q1"],
        ["Start Date", "Progress", "How fair was it?"],
        ['{"ImportId":"startDate"}', '{"ImportId":"progress"}', '{"ImportId":"QID1"}'],
        ["2024-01-01", "100", "Agree"],
        ["2024-01-02", "100", "Disagree"],
    ]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    found = sheet(out.getvalue())
    assert found.header == ("StartDate", "Progress", "Q1 / How fair was it?")
    assert (found.header_row, found.rows) == (3, (4, 5))
    assert "Row 3 holds what the survey tool wrote for itself" in found.said[-1]


def test_a_survey_download_whose_third_row_was_deleted():
    found = sheet(
        "StartDate,Progress,Q1,Q2\nStart Date,Progress,How fair was it?,How long did it take?\n"
        "2024-01-01,100,5,3\n2024-01-02,100,4,2\n"
    )
    assert found.header == (
        "StartDate", "Progress", "Q1 / How fair was it?", "Q2 / How long did it take?",
    )  # fmt: skip
    assert found.rows == (3, 4)


def test_a_survey_download_with_answers_under_their_question():
    found = sheet(
        "Respondent ID,Start Date,Your name?,How fair?,,,Comments\n"
        ",,Open-Ended Response,Fair,Unfair,Unsure,Open-Ended Response\n"
        "1,01/02/2024,Ann,Fair,,,ok\n2,01/02/2024,Bob,,Unfair,,\n"
    )
    assert found.header[:2] == ("Respondent ID", "Start Date")
    assert found.header[3:6] == ("How fair? / Fair", "How fair? / Unfair", "How fair? / Unsure")
    assert found.rows == (3, 4)


def test_line_breaks_in_headings_become_blanks():
    assert sheet('Payee,"Invoice\nreceived"\nA,2024-01-01\n').header == (
        "Payee",
        "Invoice received",
    )


def test_repeated_and_blank_headings_are_told():
    found = sheet("id,,id,age\n1,x,2,30\n")
    assert found.header == ("id", "column B", "id (2)", "age")
    assert found.said == (
        "More than one column is called “id”; the later ones are numbered.",
        "Without a heading, and called by their letter: B.",
    )


CELLS = st.none() | PLAIN | st.integers(0, 3000).map(str) | st.sampled_from(["Date:", "Total", "#"])


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=2, max_size=9))
def test_every_filled_row_is_a_heading_or_above_it_or_data(rows):
    out = io.StringIO()
    csv.writer(out).writerows([["x", "y"], *rows, ["end", "1"]])
    found = sheet(out.getvalue())
    filled = [n for n, row in enumerate(rows, 2) if any(row)]
    assert set(filled) - set(found.rows) <= set(range(found.header_row + 1))
    assert found.rows[-1] == len(rows) + 2
    if found.header_row > 1:
        assert any(str(found.header_row) in said for said in found.said)
