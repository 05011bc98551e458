"""Uploading as a person does it, but for the browser: what is asked, shown, loaded and undone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from civic_metrics.intake import Declared, known_to, prepare
from civic_metrics.intake import upload as load_file
from civic_metrics.ui.records import _open
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


def test_what_was_said_of_a_file_is_offered_for_the_next_of_its_shape_but_not_its_day(upload):
    headings = "Supplier,Invoice No,Invoice Date,Date Paid,Amount,Quantity\n"
    january = f"{headings}Ash,1,06/01/2025,10/01/2025,10,1\nAsh,2,07/01/2025,21/01/2025,20,2\n"
    february = january.replace("/01/2025", "/02/2025").replace("Ash,1", "Ash,3")
    upload.give("spend january.csv", january.encode())
    assert "As last time" not in upload.said
    upload.pick("The file does not say its currency", "EUR, euros").pick("Kind", "grant")
    upload.pick("The amounts are", "without VAT").tick("The file has no day of receipt")
    upload.tick("Add names").press("Load 2 rows")
    upload.give("spend february.csv", february.encode())
    assert picked(upload, "The file does not say its currency") == "EUR, euros"
    assert picked(upload, "Kind") == "grant"
    assert picked(upload, "The amounts are") == "without VAT"
    [receipt] = [b for b in upload.shown.checkbox if b.label.startswith("The file has no day")]
    assert receipt.value
    last_time = [c.value for c in upload.shown.caption if "s last time, for a file" in c.value]
    assert len(last_time) == 4, "of the currency, the kind, the VAT and the receipt"
    assert last_time[1].startswith("kind grant")
    [day] = [d for d in upload.shown.date_input if d.label.startswith("To what day")]
    assert day.value == date(2025, 2, 21), "the day is of one file: its own latest date"
    upload.pick("The amounts are", "with VAT")
    assert picked(upload, "The amounts are") == "with VAT"
    speaks_plainly(upload)


def test_the_hours_in_a_day_are_offered_for_the_next_file_of_its_shape(upload):
    headings = "Contribution ref,Person,Date worked,Quantity,Unit\n"
    upload.give("time may.csv", f"{headings}1,A1,06/05/2025,2,day\n".encode())
    upload.pick("What does each row hold?", "Contributions of time")
    upload.write("Partnership", "Healthy Streets").pick("Role group", "partner")
    upload.tick("Add names").write("Hours per day", "7.5")
    upload.press("Load 1 row")
    upload.give("time june.csv", f"{headings}2,A1,06/06/2025,3,day\n".encode())
    [field] = [one for one in upload.shown.text_input if one.label == "Hours per day"]
    assert field.value == "7.5"
    assert "hours per day 7.5" in upload.said


def test_a_file_of_which_every_row_is_set_aside_is_not_said_to_be_loaded(upload):
    bad = (
        HEADINGS + "Ash,1,2025-01-06,2025-01-10,ten,GBP\nAsh,2,2025-01-06,2025-01-10,ten,GBP\n"
    ).encode()
    upload.give("spend.csv", bad).tick("Add names").press("Load")
    said = told(upload).replace("\\", "")
    nothing = "Nothing of spend.csv could be loaded into Payments: all 2 rows are set aside"
    assert said.startswith(nothing)
    assert "kept as upload" in said


def test_what_is_said_of_a_whole_file_stands_in_the_table_of_rows_and_names_no_option(upload):
    headings = "payee,invoice_ref,invoiced_on,paid_on,amount,currency\n"
    row = "Ash,1,2025-01-06,2025-01-10,10,GBP\n"
    upload.give("spend.csv", f"{headings}{row}".encode())
    by_row = upload.table("problems by row")
    assert sorted(by_row["Row"]) == ["2", "whole file"]
    fixes = " ".join(by_row["What to do"])
    assert "it can stand for the day of receipt" in fixes
    assert "--" not in fixes
    speaks_plainly(upload)


def picked(screen: Screen, label: str) -> object:
    """What is chosen in the field of that label."""
    [field] = [one for one in screen.shown.selectbox if one.label.startswith(label)]
    return field.value


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


MATCHED = "which column of the file"
TWO_DATES = (
    b"payee,invoice_ref,Came in,Went out,amount,currency\n"
    b"Ash,1,2025-01-06,2025-02-10,10,GBP\nAsh,2,2025-01-08,2025-03-14,20,GBP\n"
)


def day_said(screen: Screen) -> date | None:
    """The day to which the file is said to be complete."""
    [field] = [one for one in screen.shown.date_input if one.label.startswith("To what day")]
    return field.value


def test_the_day_offered_follows_the_columns_matched_until_a_person_says_one(upload):
    received, paid = {"Is our": "received on"}, {"Is our": "paid on"}
    upload.give("spend.csv", TWO_DATES).pick("What does each row hold?", "Payments")
    upload.type_into(MATCHED, {2: received})
    assert day_said(upload) == date(2025, 1, 8)
    upload.type_into(MATCHED, {2: received, 3: paid})
    assert day_said(upload) == date(2025, 3, 14), "payments of March are in the file now"
    upload.write("To what day", date(2025, 3, 1))
    [warned] = [w.value for w in upload.shown.warning if "The file has dates" in w.value]
    assert "up to 14 March 2025" in warned
    upload.type_into(MATCHED, {2: received})
    assert day_said(upload) == date(2025, 3, 1), "it is the person's word now"
    assert "The file has dates" not in upload.said


def test_a_row_that_repeats_another_of_its_file_is_said_to_and_not_counted_for_loading(upload):
    twice = TWO + b"Ash,1,2025-01-06,2025-01-10,10,GBP\n"
    upload.give("spend.csv", twice).tick("Add names")
    assert upload.counts()["Unchanged"] == 0
    assert "1 row repeats another row of this file" in upload.said
    upload.press("Load 2 rows")
    assert "3 rows read = 2 new + 0 changed + 0 unchanged + 1 repeated in it" in told(upload)


def test_where_every_row_waits_for_a_name_it_is_said_and_loading_is_not_urged(upload):
    upload.give("spend.csv", TWO)
    assert "2 rows wait for the names above" in upload.said
    [button] = [b for b in upload.shown.button if b.label == "Load all the same"]
    assert button.proto.type == "secondary"
    assert "on rows that load" not in upload.said, "none loads"


def test_rows_set_aside_are_counted_in_one_unit(upload):
    register = b"Project code,Partnership name,Partner organisations\nP1,Food,Ash; Elm\n"
    upload.give("register.csv", register)
    [members] = [one.value for one in upload.shown.warning]
    assert members.startswith("2 rows would be set aside"), "two members of one partnership"
    why = upload.table(MATCHED).set_index("Column in the file")["Why"]
    assert why["Partner organisations"].startswith("read for another table")
    assert "2 of its 3 columns are those of Partnerships, and another gives" in upload.said


def test_the_same_as_nothing_is_refused_with_the_reason(upload):
    upload.give("spend.csv", TWO)
    upload.type_into("organisations not known", {0: {"It is": "the same as →"}})
    upload.press("Use these answers")
    assert "but not which" in upload.shown.error[0].value
    assert "answered" not in " ".join(c.value for c in upload.shown.caption)


def test_most_amounts_in_pounds_offer_pounds_for_the_others(upload):
    some = b"payee,invoice_ref,paid_on,amount\nAsh,1,2025-01-06,%s\nAsh,2,2025-01-07,%s\n"
    some += b"Ash,3,2025-01-08,%s\n"
    pounds, bare, euros = (text.encode() for text in ("£5", "6", "€7"))
    upload.give("spend.csv", some % (pounds, bare, pounds))
    question = "1 of 3 amounts shows no currency; the others are £. It is in"
    assert picked(upload, question) == "GBP, pounds"
    upload.give("other.csv", some % (pounds, bare, euros))
    assert picked(upload, "1 of 3 amounts shows no currency. It is in") is None
    upload.give("whole.csv", some % (pounds, pounds, pounds))
    assert "no currency" not in upload.said, "every amount shows its own"


def test_a_matching_is_remembered_though_its_upload_was_undone(upload):
    upload.give("spend.csv", TWO_DATES).pick("What does each row hold?", "Payments")
    upload.type_into(MATCHED, {2: {"Is our": "received on"}})
    upload.tick("Add names").press("Load 2 rows")
    history = Screen(upload.shown, "history")
    history.pick("Look closer at", _newest(history))
    assert "would take 2 rows and 1 name it added out" in history.said
    history.press("Undo it")
    again = Screen(history.shown, "upload").give("spend next.csv", TWO_DATES)
    assert list(again.table(MATCHED)["Is our"])[2] == "received on"


def _newest(history: Screen) -> str:
    return history.shown.selectbox[0].options[0]


def test_to_undo_a_reference_table_is_not_urged_and_says_what_rests_on_it(upload):
    history = Screen(upload.shown, "history")
    [places] = [o for o in history.shown.selectbox[0].options if o.endswith("into Places")]
    history.pick("Look closer at", places)
    assert "all figures by place rest on these rows" in history.said
    [button] = [b for b in history.shown.button if b.label == "Undo it"]
    assert button.proto.type == "secondary"


def test_a_preview_made_again_says_which_upload_came_in_between(upload, own_records):
    upload.give("spend.csv", TWO).tick("Add names")
    records = _open(str(own_records / "civic.duckdb"))
    ready = prepare(KNOWN, "organisations.csv", known=known_to(records))
    load_file(records, ready, Declared(), who="somebody else")
    upload.run()
    assert "by somebody else" in upload.said
    assert "it was made again" in upload.said


def test_what_a_row_may_hold_is_listed_with_the_likely_first(upload):
    upload.give("spend.csv", TWO)
    [field] = [s for s in upload.shown.selectbox if s.label == "What does each row hold?"]
    assert field.options[0] == "Payments"
    rest = [title for title in field.options if title not in field.options[:3]]
    assert rest == sorted(rest)


def test_a_name_may_be_the_same_as_another_of_its_file_answered_as_new(upload):
    upload.give("spend.csv", TWO.replace(b"Ash,2", b"Ashes,2"))
    asked = upload.table("organisations not known")
    assert list(asked["In the file"]) == ["Ashes", "Ash"]
    upload.type_into("organisations not known", {1: {"It is": "new: add it"}})
    upload.press("Use these answers")
    same = {"It is": "the same as →", "The same as": "Ash"}
    upload.type_into("organisations not known", {0: same}).press("Use these answers")
    assert upload.counts()["New"] == 2
    assert "1 name to be added without details" in upload.said
    upload.press("Load 2 rows")
    assert "0 set aside" in told(upload)
