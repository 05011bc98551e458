"""A kept file is written anew with pseudonyms, and nothing of the name is left in its bytes."""

import io
import json
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from civic_metrics.intake.names.redacting import redact
from civic_metrics.intake.reading import every_cell, read

NAMES = {"Jane Smith": "person-1"}


def workbook(*sheets, author=None, comment=None):
    """An XLSX file of (name, rows), as bytes."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if author:
        book.properties.creator = author
    if comment:
        book.worksheets[0]["A1"].comment = Comment(comment, "the office")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def every_byte(content):
    """All the text of a file, unpacked where it is a package, in lower case."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8-sig").lower()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [name + package.read(name).decode("utf-8", "ignore") for name in package.namelist()]
    return "".join(parts).lower()


def nothing_left(content, *words):
    text = every_byte(content)
    return not any(word in text for word in words)


def test_a_text_file_keeps_its_rows_where_they_were():
    text = (
        "Payments\n\nSupplier;Invoice;Note\nJane Smith;1;paid\n\n"
        'Acme Ltd;=2;"for JANE\nSMITH; late"\n'
    )
    content, suffix = redact(text.encode("cp1252"), "may.csv", NAMES)
    assert suffix == ".csv"
    assert content.startswith(b"\xef\xbb\xbf")
    assert nothing_left(content, "jane", "smith")
    [(_, rows)] = every_cell(content, "may.csv")
    assert [row[0] for row in rows] == [
        "Payments", "", "Supplier", "person-1", "", "Acme Ltd"
    ]  # fmt: skip
    assert rows[5] == ["Acme Ltd", "=2", "for person-1; late"]
    before, after = read(text.encode(), "may.csv"), read(content, "may.csv")
    assert before[0].rows == after[0].rows


def test_a_workbook_keeps_every_sheet_and_row_and_loses_its_author():
    before = workbook(
        ("Jane Smith", [["Supplier", "Amount"], [], ["Jane  Smith", 12.5], ["0012", "#N/A"]]),
        ("Other", [["a"], ["=1+1"], [None, "x"]]),
        author="Jane Smith",
    )
    content, suffix = redact(before, "may.xlsm", NAMES)
    assert suffix == ".xlsx"
    assert nothing_left(content, "jane", "smith")
    first, other = every_cell(content, "may.xlsx")
    assert first[0] == "person-1"
    assert first[1] == [["Supplier", "Amount"], ["", ""], ["person-1", "12.5"], ["0012", ""]]
    assert [name for name, _ in (first, other)] == ["person-1", "Other"]
    assert [row[-1] for row in other[1]][2] == "x"


@pytest.mark.parametrize("cell", ["=SUM(A1)", "#N/A", "=", "12", " spaced ", "a\nb", "€ é ü 日本"])
def test_a_cell_that_looks_like_something_else_stays_text(cell):
    text = f'Supplier,Note\nJane Smith,"{cell}"\n'
    as_csv, _ = redact(text.encode(), "a.csv", NAMES)
    assert every_cell(as_csv, "a.csv")[0][1][1][1] == cell
    book, _ = redact(workbook(("s", [["Jane Smith", "x"], [None, "y"]])), "a.xlsx", {"x": cell})
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert (sheet["B1"].value, sheet["B1"].data_type) == (cell, "s")


def test_a_name_that_no_cell_shows_is_found_in_the_author_and_in_comments():
    rows = [["Supplier"], ["Acme Ltd"]]
    for hidden in ({"author": "jane smith"}, {"comment": "Ask Jane Smith"}):
        content, _ = redact(workbook(("s", rows), **hidden), "a.xlsx", NAMES)
        assert nothing_left(content, "jane", "smith")
        assert every_cell(content, "a.xlsx") == [("s", [["Supplier"], ["Acme Ltd"]])]


def test_a_file_without_the_name_is_left_alone():
    assert redact(b"Supplier,Note\nAcme,Janet Smithson\n", "a.csv", NAMES) is None
    assert redact(workbook(("s", [["Supplier"], ["Acme"]])), "a.xlsx", NAMES) is None
    assert redact(b"Supplier\nJane Smith\n", "a.csv", {}) is None


def test_several_names_each_get_their_own():
    names = {"Jane Smith": "person-1", "Jane Smith-Jones": "person-2", "Smith, Bo": "person-3"}
    text = "a\nJane Smith\nJane Smith-Jones\nBo Smith\nSmith Bo\n"
    content, _ = redact(text.encode(), "a.csv", names)
    assert [row[0] for row in every_cell(content, "a.csv")[0][1]] == [
        "a", "person-1", "person-2", "person-3", "person-3"
    ]  # fmt: skip


BLANKS = st.sampled_from([" ", "  ", "\u00a0", "\u2009", "\t", "\n", " \u200b", ", ", "-"])
ODD = st.builds(
    lambda blank, change: blank.join(map(change, ("Jane", "Smith"))),
    BLANKS,
    st.sampled_from([str.upper, str.lower, str.title, lambda word: word[0] + "\u00ad" + word[1:]]),
)
CELLS = st.text("ab1 ,;\"'\n=#é£", max_size=8) | st.builds(
    lambda before, name, after: f"{before} {name} {after}",
    st.text("xyz(/'\"", max_size=3),
    ODD,
    st.text("xyz).'!", max_size=3),
)
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(rows=TABLES, as_workbook=st.booleans())
def test_however_the_name_is_spelt_nothing_is_left_and_the_rows_stay(rows, as_workbook):
    table = [["Supplier", "Note"], *rows, ["Jane Smith", "end"]]
    if as_workbook:
        before, name = workbook(("s", table)), "a.xlsx"
    else:
        quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table)
        before, name = "\n".join(quoted).encode(), "a.csv"
    content, suffix = redact(before, name, NAMES)
    plain = re.sub("[\u00ad\u200b]", "", every_byte(content))
    assert not re.search(r"jane\W*smith", plain)
    [(_, after)], [(_, was)] = every_cell(content, f"a{suffix}"), every_cell(before, name)
    assert len(after) == len(was)
    assert after[-1] == ["person-1", "end"]


def test_a_json_file_stays_one_and_loses_the_name_from_every_value():
    before = (
        '{"grants": [{"id": "360G-1", "title": "For JANE  SMITH\\u2019s work",\n'
        ' "amountAwarded": 500.00, "recipientIndividual": [{"name": "Jane Smith"}],\n'
        ' "tags": ["Smith, Jane", null, true, "a \\"Jane\\u00a0Smith\\" b"]}]}'
    )
    content, suffix = redact(b"\xef\xbb\xbf" + before.encode(), "grants.json", NAMES)
    assert suffix == ".json"
    assert nothing_left(content, "jane", "smith")
    [grant] = json.loads(content)["grants"]
    assert grant["title"] == "For person-1’s work"
    assert grant["recipientIndividual"] == [{"name": "person-1"}]
    assert grant["tags"] == ["person-1", None, True, 'a "person-1" b']
    assert (content.count(b"500.00"), content.count(b"\n")) == (1, 2)


@pytest.mark.parametrize("text", ['{"a": "Acme"}', '{"Jane Smith": 1}', "[]", '["Janet Smithson"]'])
def test_a_json_file_without_the_name_in_a_value_is_left_alone(text):
    assert redact(text.encode(), "a.json", NAMES) is None
