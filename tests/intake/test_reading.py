"""Files as people send them: read whole, or refused with a reason."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.intake import Refused, read, reading, workbook

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
        "a,b\n1,x\n2,y\n".encode("utf-16"),
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
    def fail(content):
        raise ValueError("calamine cannot")

    monkeypatch.setattr(workbook, "_by_calamine", fail)
    sheet = only(book(["a", "b"], [2.0, date(2024, 3, 1)]), "f.xlsx")
    assert sheet.columns == (("2",), ("2024-03-01",))


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAR = (
    b'<worksheet><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></worksheet>'
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n \n", "every cell is empty"),
        (b"payee,amount\n", "no rows under them"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"<!DOCTYPE html><table>", "web page"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + b"Workbook", "old XLS format"),
        (b"PK\x03\x04 not really", "damaged"),
        (book(["a"], [1])[:-200], "damaged"),
        (package(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "ODS"),
        (package(**{"word__document.xml": b"<x/>"}), "Word"),
        (package(**{"notes.txt": b"hello"}), "ZIP"),
        (package(**{"xl__workbook.bin": b"\0"}), "XLSB"),
        (package(**{"xl__workbook.xml": b"", "x": b"\0" * (40 << 20)}), "unpacks to 40 MB"),
        (package(**{"xl__workbook.xml": b"", "xl__worksheets__s.xml": FAR}), "column XFD"),
        (package(**{"xl__workbook.xml": b"<nonsense"}), "damaged"),
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
    fast = reading._regular(out.getvalue(), ",")
    # A blank line has no cells to one reader and empty ones to the other: neither is a row.
    patient = [r or ["", ""] for r in csv.reader(io.StringIO(out.getvalue(), newline=""))]
    if fast is not None:
        assert [list(r) for r in zip(*(c.to_pylist() for c in fast), strict=True)] == patient
