"""Uploading as a person does it, but for the browser: what is asked, shown, loaded and undone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.messy import ALMA, KNOWN, PERSON, ROWS, SPEND, UNREADABLE, finance_workbook, workbook
from tests.ui.reading import HOUSE, METHOD, lines_with
from tests.ui.screen import Screen

HEADINGS = "payee,invoice_ref,received_on,paid_on,amount,currency\n"
TWO = (
    HEADINGS
    + "Ash,1,2025-01-06,2025-01-10,10,GBP\n"
    + "Ash,2,2025-01-06,2025-01-10,20,GBP\n"
).encode()  # fmt: skip
ONE_OF_THEM = (HEADINGS + "Ash,1,2025-01-06,2025-01-10,15,GBP\n").encode()
GRANTS = json.dumps(
    {
        "grants": [
            {
                "id": "360G-x-1",
                "title": "Youth work",
                "currency": "GBP",
                "amountAwarded": 500,
                "awardDate": "2024-03-05",
                "recipientOrganization": [{"id": "GB-CHC-514479", "name": "Ashby Youth"}],
                "fundingOrganization": [{"id": "GB-CHC-1015648", "name": "The Fund"}],
                "beneficiaryLocation": [{"geoCode": "E06000016"}],
            }
        ]
    }
).encode()
SURVEY = b"""\
Respondent ID,Date submitted,Q1. We decide together,Q2. We are paid on time
7,21/03/2024,Strongly agree,Disagree
8,22/03/2024,Neither agree nor disagree,
"""


@pytest.fixture
def upload(app, own_records) -> Screen:
    """The Upload page over records of one's own with nothing in them."""
    return Screen(app(own_records), "upload")


def told(screen: Screen) -> str:
    """What the last load or undo is said to have done."""
    return screen.shown.success[0].value


def speaks_plainly(screen: Screen) -> None:
    """Fails on a word of the house or the name of a method."""
    assert lines_with(HOUSE, screen.said) == set()
    assert lines_with(METHOD, screen.said) == set()


def files_of(folder: Path) -> bytes:
    """Every byte that is kept in the folder of the records."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_finance_workbook_is_answered_mended_loaded_and_undone(upload, own_records):
    upload.give("organisations.csv", KNOWN).press("Load 1 row")
    upload.give("spend march 2025.xlsx", finance_workbook())
    assert "The headings are in row 3" in upload.said
    assert "Row 10" in upload.said  # the total, with its reason
    assert upload.counts()["Left out"] == 1
    asked = upload.table("organisations not known")
    assert list(asked["In the file"]) == [ALMA, "Hollow Lane Primary School", PERSON]
    assert list(asked["Rows"]) == [4, 1, 1]
    assert "the same but for “Limited”" in asked["Why"][0]
    assert asked["It is"][2].startswith("a person")  # the safe thing is offered
    speaks_plainly(upload)

    same, new = {"It is": "the same as →"}, {"It is": "new: add it"}
    upload.type_into("organisations not known", {0: same, 1: new}).press("Use these answers")
    assert upload.counts() == {
        "Rows read": ROWS,
        "New": ROWS - UNREADABLE - 1,
        "Changed": 0,
        "Unchanged": 0,
        "Set aside": UNREADABLE,
        "Left out": 1,
    }
    upload.type_into("rows to mend", {0: {"Date Received": "28/02/2025"}})
    upload.press("Use these cells")
    assert (upload.counts()["New"], upload.counts()["Set aside"]) == (5, 1)
    upload.press("Load 5 rows")
    assert "7 rows read = 5 new + 0 changed + 0 unchanged + 1 set aside + 1 left out" in told(
        upload
    )
    assert PERSON.encode() not in files_of(own_records)

    # The row that waits is mended afterwards.
    [waits] = upload.table("rows set aside").to_dict("records")
    assert (waits["Row"], waits["Found"]) == (7, "TBC")
    number = waits["Upload"]
    upload.pick("Mend the rows of", number)
    upload.type_into("rows to mend", {0: {"Gross Amount £": "99.00"}}).press("Use these cells")
    assert upload.counts()["New"] == 1
    upload.press("Load 1 mended row")
    assert "1 mended row loaded" in told(upload)
    assert not upload.shown.get("dataframe"), "nothing waits any more"

    history = Screen(upload.shown, "history")
    lines = history.table("uploads and undos")
    assert lines["What"][0] == "spend march 2025 (rows mended).csv into Payments"
    picked = next(o for o in history.shown.selectbox[0].options if o.startswith(f"{number}:"))
    history.pick("Look closer at", picked)
    edits = history.table("cells mended before loading").to_dict("records")
    assert edits == [{"Row": 6, "Column": "Date Received", "Mended to": "28/02/2025"}]
    figures = history.table("headline figures before and after")
    days = figures[figures["Figure"].str.startswith("Time to payment")].iloc[0]
    assert days["Rests on"] == "6 → 1"
    speaks_plainly(history)
    history.press("Undo it")
    assert f"Upload {number} is undone" in told(history)
    assert history.table("uploads and undos")["What"][0] == f"undo of {number}"


def test_what_was_said_of_a_name_is_not_asked_again(upload):
    upload.give("organisations.csv", KNOWN).press("Load 1 row")
    upload.give("march.xlsx", finance_workbook())
    upload.type_into("organisations not known", {0: {"It is": "the same as →"}})
    upload.press("Use these answers").press("Load 3 rows")
    upload.give("april.xlsx", finance_workbook())
    asked = upload.table("organisations not known")
    assert list(asked["In the file"]) == ["Hollow Lane Primary School"]


def test_a_file_that_is_all_there_is_closes_the_rows_it_lacks(upload):
    upload.give("spend.csv", TWO).tick("Add names").press("Load 2 rows")
    upload.give("spend.csv", ONE_OF_THEM)
    assert upload.counts()["Changed"] == 1
    upload.pick("This file", "all")
    assert list(upload.table("rows that would go")["Which"]) == ["ash · 2"]
    [change] = upload.table("cells that would change").to_dict("records")
    assert (change["Row"], change["Old"], change["New"]) == (2, "10.00", "15.00")
    speaks_plainly(upload)
    upload.press("Load 1 row")
    assert "1 gone as the file lacks them" in told(upload)


def test_all_there_is_of_a_period_leaves_other_days_alone(upload):
    early = TWO + b"Ash,0,2024-12-01,2024-12-20,5,GBP\n"
    upload.give("spend.csv", early).tick("Add names").press("Load 3 rows")
    upload.give("spend.csv", ONE_OF_THEM).pick("This file", "period").pick("By", "paid_on")
    upload.write("From", date(2025, 1, 1)).write("To", date(2025, 1, 31))
    assert list(upload.table("rows that would go")["Which"]) == ["ash · 2"]


def test_all_there_is_with_rows_that_cannot_be_read_is_shown_to_be_mended_first(upload):
    upload.give("spend.csv", TWO).pick("This file", "all")
    assert "Mend those rows first" in upload.shown.error[0].value
    assert upload.counts()["Set aside"] == 2
    assert not upload.can_press("Load")
    upload.tick("Add names")
    assert upload.can_press("Load 2 rows")


def test_the_source_that_is_chosen_decides_which_rows_would_go(upload):
    upload.give("spend.csv", TWO).tick("Add names").press("Load 2 rows")
    upload.give("ledger extract.csv", ONE_OF_THEM).pick("This file", "all")
    assert "rows that would go" not in upload.said, "a source of its own has nothing to close"
    upload.pick("It goes on from", "spend")
    assert list(upload.table("rows that would go")["Which"]) == ["ash · 2"]


def test_hidden_sheets_are_named_and_read_when_asked_for(upload):
    book = workbook(
        {"Spend": SPEND, "Old": SPEND, "Notes": [("colour",), ("blue",)]}, hidden=["Old"]
    )
    upload.give("book.xlsx", book)
    sheets = upload.shown.multiselect[0]
    assert sheets.options == ["Spend", "Old (hidden)", "Notes"]
    assert sheets.value == ["Spend"]
    upload.tick("Add names")
    assert upload.counts()["Rows read"] == ROWS
    upload.pick("Sheets", "Spend", "Old (hidden)")
    read = [m.value for m in upload.shown.metric if m.label == "Rows read"]
    assert read == [str(ROWS), str(ROWS)]


def test_another_sheet_of_the_same_size_is_checked_anew(upload):
    march = [("payee", "invoice_ref", "paid_on", "amount", "currency")]
    april = [*march, ("Ash", "2", "2025-04-10", "20", "GBP")]
    march = [*march, ("Ash", "1", "2025-03-10", "x", "GBP")]
    upload.give("year.xlsx", workbook({"March": march, "April": april})).tick("Add names")
    assert upload.counts()["Set aside"] == 1
    upload.pick("Sheets", "April").tick("Add names")
    assert (upload.counts()["New"], upload.counts()["Set aside"]) == (1, 0)


def test_published_grants_fill_every_table_they_can(upload):
    upload.give("grants.json", GRANTS)
    assert "no payments" in upload.said  # what the standard lacks is said
    upload.write("To what day", date(2024, 3, 31))
    speaks_plainly(upload)
    upload.press("Load")
    for table in ("Organisations", "Partnerships", "Members", "Places", "Funding"):
        assert f"is loaded into {table}" in told(upload)


def test_a_survey_is_told_from_its_columns_and_becomes_a_row_an_answer(upload):
    upload.give("survey.csv", SURVEY)
    assert "A survey: 2 questions, a column each" in upload.said
    assert not upload.can_press("Load")
    upload.write("Partnership", "Healthy Streets").pick("Side", "partner").tick("Add names")
    assert upload.counts()["New"] == 3  # one answer is blank
    upload.write("To what day", date(2024, 3, 31)).press("Load 3 rows")
    assert "is loaded into Reviews" in told(upload)


def test_two_columns_matched_with_one_of_ours_must_be_told_apart(upload):
    twice = b"payee,invoice_ref,Date Paid,Payment Date,amount,currency\n" + (
        b"Ash,1,2025-01-10,2025-01-11,10,GBP\nAsh,2,2025-01-12,2025-01-14,20,GBP\n"
    )
    upload.give("spend.csv", twice)
    columns = "which column of the file"
    taken = list(upload.table(columns)["Is our"])
    assert taken.count("paid on") <= 1, "neither is taken for the other without a word"
    paid, unused = {"Is our": "paid on"}, {"Is our": "— not used —"}
    upload.type_into(columns, {2: paid, 3: paid})
    assert "Two columns are matched with paid on" in upload.shown.error[0].value
    assert not upload.can_press("Load")
    upload.type_into(columns, {2: paid, 3: unused})
    assert upload.counts()["Rows read"] == 2


def test_a_column_that_is_the_same_throughout_is_no_day_of_receipt(upload):
    rows = "".join(f"Ash,{n},2025-01-01,2025-02-{n + 1:02},10,GBP\n" for n in range(12))
    upload.give("spend.csv", (HEADINGS + rows).encode())
    assert any("received" in warning.value for warning in upload.shown.warning)


REFUSED = {
    "a PDF renamed": ("a.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
    "an empty file": ("a.csv", b"", "empty"),
    "headings and no rows": ("a.csv", b"payee,invoice_ref,amount\n", "no rows"),
    "a broken workbook": ("a.xlsx", finance_workbook()[:900], ""),
    "grants that break off": ("grants.json", GRANTS[:200], "line"),
}


@pytest.mark.parametrize(("name", "content", "word"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_read_says_why_and_offers_nothing(upload, name, content, word):
    upload.give(name, content)
    [said] = [error.value for error in upload.shown.error]
    assert word in said
    assert not any(w in said for w in ("Traceback", "Exception", "/tmp", "None"))
    assert not upload.can_press("Load")
    speaks_plainly(upload)
