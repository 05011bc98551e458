"""Files as people send them: read whole, or refused with a reason."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_metrics.intake import Refused, read, reading
from civic_metrics.intake.reading import every_cell, workbook
from civic_metrics.intake.reading.delimited import regular
from tests.intake.made_files import ods, ods_row, ole, package, xls, xlsb

SIMPLE = (("a", "b"), (("1", "x"), ("2", "y")))


def only(content: bytes, name: str = "file.csv"):
    (sheet,) = read(content, name)
    return sheet


def book(*rows, title: str = "Sheet1") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,x\n2,y\n",
        b"\xef\xbb\xbfa,b\r\n1,x\r\n2,y\r\n",
        "ï»¿a,b\n1,x\n2,y".encode(),
        '"ï»¿a",b\n1,x\n2,y'.encode(),
        'ï»¿"ï»¿a",b\n1,x\n2,y'.encode(),
        "ï»¿ï»¿a,b\n1,x\n2,y".encode(),
        "Ã¯Â»Â¿a,b\n1,x\n2,y".encode(),
        "\ufeff\ufeffa,b\n1,x\n2,y".encode(),
        "a,b\n1,x\n2,y\n".encode("utf-16"),
        "a,b\n1,x\n2,y\n".encode("utf-16-le"),
        "a,b\n1,x\n2,y\n".encode("utf-16-be"),
        "\ufeffa,b\n1,x\n2,y\n".encode("utf-16-be"),
        "a,b\n1,x\n2,y\n".encode("utf-32"),
        b"a,b\r1,x\r\n2,y\n",
        b"a;b\n1;x\n2;y\n",
        b"a\tb\n1\tx\n2\ty\n",
        b"a|b\n1|x\n2|y\n",
        b"sep=;\na;b\n1;x\n2;y\n",
        b'"a" ,b\n 1 ,"x"\n2,y \n\n',
    ],
)
def test_a_csv_file_reads_the_same_whatever_its_encoding_and_delimiter(content):
    sheet = only(content)
    assert (sheet.header, tuple(zip(*sheet.columns, strict=True))) == SIMPLE
    assert sheet.rows == (2, 3)


def test_windows_text_keeps_its_pounds_and_dashes():
    sheet = only("name,paid\nArts – North,£5\n".encode("cp1252"))
    assert sheet.columns == (("Arts – North",), ("£5",))


def test_blank_lines_count_in_row_numbers_and_are_not_rows():
    sheet = only(b"\na,b\n\n1,x\n ,\n2,y\n")
    assert (sheet.header_row, sheet.rows) == (2, (4, 6))


def test_a_line_break_within_quotes_stays_within_its_row():
    sheet = only(b'a,b\n1,"x\nz"\n2,y\n')
    assert (sheet.rows, sheet.columns[1]) == ((2, 3), ("x\nz", "y"))


def test_short_rows_are_filled_up_and_long_ones_get_a_column():
    sheet = only(b"a,b\n1\n2,y,extra\n")
    assert sheet.header == ("a", "b", "column C")
    assert sheet.columns == (("1", "2"), (None, "y"), (None, "extra"))


def test_blank_and_repeated_headings_get_names_of_their_own():
    sheet = only(b"Amount,,Amount,Amount (2)\n1,2,3,4\n")
    assert sheet.header == ("Amount", "column B", "Amount (3)", "Amount (2)")


def test_a_free_text_full_of_commas_does_not_hide_the_semicolon():
    assert only(b"a;b\n1,5;2,5\n3,5;4,5\n").columns == (("1,5", "3,5"), ("2,5", "4,5"))


def test_workbook_cells_come_as_a_spreadsheet_shows_them():
    content = book(
        ["whole", "part", "day", "time", "yes", "text", "nothing"],
        [2.0, 0.1 + 0.2, date(2024, 3, 1), datetime(2024, 3, 1, 9, 30), True, " 0012 ", None],  # noqa: DTZ001
    )
    sheet = only(content, "file.xlsx")
    (row,) = zip(*sheet.columns, strict=True)
    assert row == ("2", "0.3", "2024-03-01", "2024-03-01T09:30:00", "true", "0012", None)


def test_workbook_rows_keep_the_numbers_the_program_shows():
    content = book([None, None], ["a", "b"], [None, None], [1, "x"], [None, None], [2, "y"])
    sheet = only(content, "file.xlsx")
    assert (sheet.header_row, sheet.rows) == (2, (4, 6))


def test_every_sheet_with_rows_is_read_and_an_empty_one_left_out():
    made = openpyxl.load_workbook(io.BytesIO(book(["a"], [1], title="First")))
    made.create_sheet("Empty")
    made.create_sheet("Second").append(["b"])
    made["Second"].append([2])
    out = io.BytesIO()
    made.save(out)
    assert [sheet.name for sheet in read(out.getvalue(), "f.xlsx")] == ["First", "Second"]


def test_openpyxl_reads_what_calamine_cannot(monkeypatch):
    def fail(content, package):
        raise ValueError("calamine cannot")

    monkeypatch.setattr(workbook, "_by_calamine", fail)
    sheet = only(book(["a", "b"], [2.0, date(2024, 3, 1)]), "f.xlsx")
    assert sheet.columns == (("2",), ("2024-03-01",))


def worksheet(cells: str) -> bytes:
    """The parts of an XLSX workbook that the look before reading goes by."""
    sheet = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    return package({"xl/workbook.xml": "", "xl/worksheets/s.xml": sheet})


def far(reference: str) -> bytes:
    return worksheet(f'<row r="1"><c r="A1"><v>1</v></c><c r="{reference}"><v>1</v></c></row>')


def lying(content: bytes) -> bytes:
    """The package with its largest part declared to unpack to a single byte."""
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        largest = max(part.file_size for part in made.infolist())
    return content.replace(largest.to_bytes(4, "little"), b"\1\0\0\0")


BOMB = package({"xl/workbook.xml": "", "xl/worksheets/s.xml": b" " * (40 << 20)})
ODS_BOMB = package(
    {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": b" " * (40 << 20),
    }
)
CORNER = {(0, 0): "a", (65535, 255): 1.0}
# What a reading library would make room for, and end the whole program where there is none.
BILLIONS = {
    "texts": package(
        {"xl/workbook.xml": "", "xl/sharedStrings.xml": '<sst uniqueCount="999999999"><si/></sst>'}
    ),
    "old": xls(("S", {(0, 0): "a"}), extent=(0, 2**31, 0, 200)),
    "wrapped": xls(("S", {(0, 0): "a"}), extent=(9, 1, 0, 1)),
    "binary": xlsb({(0, 0): "a"}, extent=(0, 2**31, 0, 200)),
}
MANY = ods(("S", ods_row("a", "b") + ods_row(*"x" * 40, often=1_000_000)))
WIDE = ods(("S", ods_row("a", attributes='table:number-columns-repeated="1000"') * 40_000))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "every cell is empty"),
        (b"payee,amount\n", "no rows under them"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"<!DOCTYPE html><table>", "web page"),
        (ole("EncryptedPackage", b"?"), "password"),
        (xls(("S", {(0, 0): "a"}), protected=True), "password"),
        (ods(("S", ods_row("a")), manifest="<manifest:encryption-data/>"), "password"),
        (
            package({"a": b"x"}).replace(b"PK\1\2\x14\3\x14\0\0", b"PK\1\2\x14\3\x14\0\1"),
            "password",
        ),
        (ole("WordDocument", b"?"), "Word"),
        (xls(("S", {(0, 0): "a"}))[:600], "damaged"),
        (b"\x09\x08\x08\0\0\x05\x10\0 more", "not a spreadsheet"),
        (b"\x09\x04\x06\0\0\0\x10\0 more", "not a spreadsheet"),
        (b"PK\x03\x04 not really", "damaged"),
        (book(["a"], [1])[:-200], "damaged"),
        (xlsb({(0, 0): "a"})[:-200], "damaged"),
        (
            package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}),
            "not a spreadsheet",
        ),
        (package({"word/document.xml": b"<x/>"}), "Word"),
        (package({"notes.txt": b"hello"}), "ZIP"),
        (BOMB, "unpacks to 40 MB"),
        (lying(BOMB), "unpacks to 3. MB or more"),
        (ODS_BOMB, "unpacks to 40 MB"),
        (lying(ODS_BOMB), "unpacks to 3. MB or more"),
        (far("XFD1048576"), "row 1,048,576 and column XFD"),
        (far("AC1048576"), "column AC"),
        (
            worksheet(
                "<row><c><v>1</v></c>"
                + "<c/>" * 99
                + "<c><v>1</v></c></row>"
                + "<row><c><v>1</v></c></row>" * 300_000
            ),
            "row 300,001 and column CW",
        ),
        (xls(*[(f"S{n}", CORNER) for n in range(3)]), "row 65,536 and column IV"),
        (xlsb({(0, 0): "a", (1_000_000, 500): 1.0}), "row 1,000,001 and column SG"),
        (far("E99999999"), "row 99,999,999"),
        (far("AAAAA1"), "column AAAAA"),
        (xlsb({(0, 0): "a", (1, 20_000): 1.0}), "column ACOG"),
        (BILLIONS["texts"], "damaged"),
        (BILLIONS["old"], "row 2,147,483,648"),
        (BILLIONS["wrapped"], "damaged"),
        (BILLIONS["binary"], "row 2,147,483,649"),
        (MANY, "row 1,000,001 and column AN"),
        (WIDE, "column ALL"),
        (package({"xl/workbook.xml": b"<nonsense"}), "damaged"),
        (b'a,b\n1,"x\n2,y\n', "quotation mark"),
        (b'a,b\n5",6"\n7",8\n1,"x\n2,y\n\n', "quotation mark"),
        (b'a\n"x\n2\n', "quotation mark"),
        (b'a,b\n1,"' + b"x" * 200_000, "quotation mark"),
        (b"\x01\0\x02\x03\0\0\0\xff" * 9, "not a spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_cause(content, reason):
    with pytest.raises(Refused, match=reason) as refused:
        read(content, "file.xlsx")
    assert "Error" not in str(refused.value)
    assert "/" not in str(refused.value)


def test_a_file_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_BYTES", 10)
    with pytest.raises(Refused, match="Split it by year"):
        read(b"a,b\n1,2\n3,4\n", "f.csv")


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=6))
def test_the_fast_reader_and_the_patient_one_agree(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["a", "b"], *rows])
    fast = regular(out.getvalue(), ",")
    # A short row has fewer cells to one reader and empty ones to the other.
    patient = [
        [*r, "", ""][: max(2, len(r))] for r in csv.reader(io.StringIO(out.getvalue(), newline=""))
    ]
    if fast is not None:
        assert [list(r) for r in zip(*(c.to_pylist() for c in fast), strict=True)] == patient


def test_rows_of_other_widths_keep_their_place_among_the_rest():
    rows = [["a", "b", "c"], *[[str(n), "x", "y"] for n in range(200)]]
    rows.insert(90, ["short"])
    rows.insert(150, ["1", "two\nlines", "3", "4"])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    columns = regular(text.getvalue(), ",")
    read_back = [[c for c in row if c] for row in zip(*(c.to_pylist() for c in columns))]  # noqa: B905
    assert read_back == rows


# A writer of CSV leaves a lone carriage return bare, which ends a row.
ON_ONE_LINE = CELLS.map(lambda text: text.replace("\r", ""))
ROWS = st.lists(st.lists(ON_ONE_LINE, min_size=1, max_size=4), min_size=1, max_size=12)


@settings(deadline=None)
@given(ROWS)
def test_every_row_of_a_ragged_file_keeps_its_number_and_its_cells(rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [["a", "b", "c"], *rows, *[["1", "2", "3"]] * 13]
    )
    content = out.getvalue().encode()
    told = {
        n: [c.strip() for c in row] for n, row in enumerate(rows, 2) if any(map(str.strip, row))
    }
    [(_, cells)] = every_cell(content, "f.csv")
    assert all([c.strip() for c in cells[n - 1]][: len(row)] == row for n, row in told.items())


def test_bytes_that_are_no_windows_text_are_counted_and_not_lost_in_silence():
    sheet = only(b"a,b\n1,\x81x\n2,\xe9\n3,\x9d\n")
    assert sheet.columns[1] == ("\ufffdx", "é", "\ufffd")
    assert any("2 rows (2 and 4) have characters that could not be read" in s for s in sheet.said)


def test_utf_8_with_a_piece_of_windows_text_in_it_keeps_both():
    sheet = only("a,b\n1,£ é ü\n".encode() + b"2,\x96\n")
    assert sheet.columns[1] == ("£ é ü", "–")
    assert "1 of its characters" in sheet.said[0]


def test_text_that_was_double_encoded_throughout_is_left_as_it_is():
    assert only("a,b\n1,Â£5\n".encode()).columns[1] == ("Â£5",)


def test_an_ordinary_file_has_nothing_said_of_it():
    assert only(b"a,b\n1,x\n2,y\n").said == ()


def test_cells_beyond_the_headings_are_kept_and_said():
    assert only(b"a,b\n1,x\n2,y,extra\n").said == (
        "1 row (3) has more cells than there are headings; they are kept as column C.",
    )


CELLS_OF_ALL = {
    (0, 0): "a", (0, 1): "b", (1, 0): "x", (1, 1): 2.0, (2, 1): 0.5, (4, 0): "0012", (4, 1): 1e9,
}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        xls(("S", CELLS_OF_ALL)),
        xlsb(CELLS_OF_ALL),
        ods(
            (
                "S",
                ods_row("a", "b")
                + ods_row("x", 2)
                + ods_row(None, 0.5)
                + ods_row(None, None)
                + ods_row("0012", 1000000000)
                + ods_row(None, None, often=1_000_000),
            )
        ),
    ],
    ids=["xls", "xlsb", "ods"],
)
def test_workbooks_of_every_kind_read_alike(content):
    sheet = only(content, "file")
    assert sheet.header == ("a", "b")
    assert sheet.columns == (("x", None, "0012"), ("2", "0.5", "1000000000"))
    assert (sheet.rows, sheet.is_workbook) == ((2, 3, 5), True)


def test_sheets_that_are_hidden_are_read_and_marked():
    made = openpyxl.load_workbook(io.BytesIO(book(["a"], [1], title="Seen")))
    for name, state in (("Hidden", "hidden"), ("Very", "veryHidden")):
        made.create_sheet(name).append(["a"])
        made[name].append([1])
        made[name].sheet_state = state
    made.create_chartsheet("Chart")
    out = io.BytesIO()
    made.save(out)
    found = {sheet.name: sheet.is_hidden for sheet in read(out.getvalue(), "f.xlsx")}
    assert found == {"Seen": False, "Hidden": True, "Very": True}
    older = xls(("S", {(0, 0): "a", (1, 0): 1}), ("H", {(0, 0): "a", (1, 0): 1}), hidden=["H"])
    assert [sheet.is_hidden for sheet in read(older, "f.xls")] == [False, True]
    assert only(xlsb({(0, 0): "a", (1, 0): 1.0}, hidden=True)).is_hidden


def merged_book() -> bytes:
    made = openpyxl.Workbook()
    for row in (["partner", "ref", "n"], ["A", "r1", 1], [None, "r2", 2], [None, "r3", 3],
                ["B", "r4", 4]):  # fmt: skip
        made.active.append(row)
    made.active.merge_cells("A2:A4")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


DOWN = {(0, 0): "partner", (0, 1): "n", (1, 0): "A", (1, 1): 1.0, (2, 1): 2.0, (3, 0): "B"}
COVERED = "<table:table-row><table:covered-table-cell/>" + ods_row(2).partition(">")[2]


@pytest.mark.parametrize(
    ("content", "partners"),
    [
        (merged_book(), ("A", "A", "A", "B")),
        (xls(("S", DOWN), merged=[(1, 2, 0, 0)]), ("A", "A", "B")),
        (xlsb(DOWN, merged=[(1, 2, 0, 0)]), ("A", "A", "B")),
        (
            ods(
                (
                    "S",
                    ods_row("partner", "n")
                    + ods_row("A", 1, attributes='table:number-rows-spanned="2"')
                    + COVERED
                    + ods_row("B", None),
                )
            ),
            ("A", "A", "B"),
        ),
    ],
    ids=["xlsx", "xls", "xlsb", "ods"],
)
def test_a_cell_merged_down_over_rows_stands_for_each_of_them(content, partners):
    sheet = only(content)
    assert sheet.columns[0] == partners
    assert f"{partners.count('A') - 1} blank" in sheet.said[0]


def test_blank_rows_under_a_merged_cell_stay_blank():
    content = xls(("S", {**DOWN, (3, 0): None, (5, 1): 5.0}), merged=[(1, 4, 0, 0)])
    assert only(content).rows == (2, 3, 6)


def test_a_cell_formatted_far_out_that_holds_nothing_does_no_harm():
    made = openpyxl.load_workbook(io.BytesIO(book(["a"], [1])))
    made.active["XFD1048576"].number_format = "0.00"
    out = io.BytesIO()
    made.save(out)
    assert only(out.getvalue()).columns == (("1",),)


def test_a_long_sheet_of_few_columns_is_not_too_large():
    assert len(only(xlsb({(0, 0): "a", (1, 0): 1.0, (999_999, 1): 2.0}))) == 2


def test_formulas_without_a_result_are_counted():
    sheet = only(book(["a", "b"], [1, "x"], ["=A2*2", "y"]))
    assert sheet.columns[0] == ("1", None)
    assert "1 formulas of this workbook" in sheet.said[0]


def test_every_cell_gives_all_that_a_file_holds_row_by_row():
    content = book([None, "Title"], [None], ["a", "b"], [1, None])
    assert every_cell(content, "f.xlsx") == [
        ("Sheet1", [["", "Title"], ["", ""], ["a", "b"], ["1", ""]])
    ]
    assert every_cell(b"a,b\n\n1\n2,3,4\n", "f.csv") == [
        ("", [["a", "b", ""], ["", "", ""], ["1", "", ""], ["2", "3", "4"]])
    ]


NUMBERS = st.floats(-1e300, 1e300) | st.integers(-(10**14), 10**14)


@settings(deadline=None, max_examples=40)
@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_numbers_keep_the_fifteen_figures_a_spreadsheet_shows(numbers):
    texts = only(xlsb({(0, 0): "a", **{(n + 1, 0): float(x) for n, x in enumerate(numbers)}}))
    for text, number in zip(texts.columns[0], numbers, strict=True):
        assert f"{float(text):.15g}" in (f"{float(number):.15g}", "0", "-0")
        assert not text.endswith(".0")


def test_a_text_used_more_often_than_its_part_has_bytes_does_no_harm():
    content = book(["a"], *[["x"]] * 3000)
    assert len(only(content)) == 3000


MADE = (
    xls(("S", CELLS_OF_ALL)),
    xlsb(CELLS_OF_ALL, merged=[(1, 2, 0, 0)]),
    book(["a", "b"], [1, "x"], [2, "y"]),
    b"a,b\n1,x\n2,\xe9\n",
)
BYTES = st.sampled_from([b"\xff", b"\0", b"\xff\xff\xff\xff", b"9999999", b"<", b'"'])


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(MADE), st.lists(st.tuples(st.floats(0, 1), BYTES), min_size=1, max_size=3))
def test_a_damaged_file_is_read_or_refused_in_words(content, damages):
    for where, what in damages:
        at = int(where * len(content))
        content = content[:at] + what + content[at + len(what) :]
    try:
        sheets = read(content, "file")
    except Refused:
        return
    assert all(len(set(sheet.header)) == len(sheet.header) for sheet in sheets)


@pytest.mark.parametrize(
    "rows",
    [
        "<table:table-row><table:table-cell>",
        ods_row("a", "b") + "</table:table><table:table>" + ods_row("c"),
        "<table:table-row>" + ods_row("a") + "</table:table-cell>",
    ],
)
def test_an_open_document_whose_elements_are_not_closed_is_refused(rows):
    whole = ods(("Sheet1", rows))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    cut = parts | {"content.xml": parts["content.xml"].replace(b"</table:table>", b"", 1)}
    with pytest.raises(Refused, match="damaged"):
        read(package(cut), "file.ods")
