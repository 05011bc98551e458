"""Choices, yes and no, currencies, identifiers and words for missing, as people write them."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from civic_metrics.contracts import contract
from civic_metrics.intake.parsing import costs_the_row, read_column
from civic_metrics.intake.parsing.currencies import with_stated
from civic_metrics.intake.parsing.values import Note, without_missing
from civic_metrics.ledger.batch import ReadAs


def parse(table: str, name: str, *texts: str | None, is_workbook: bool = False):
    with duckdb.connect() as con:
        cells = pa.chunked_array([texts], pa.string())
        return read_column(con, cells, contract(table).column(name), is_workbook=is_workbook)


def values(table: str, name: str, *texts: str | None, is_workbook: bool = False):
    return parse(table, name, *texts, is_workbook=is_workbook).values[name].to_pylist()


def without(table: str, name: str, *texts: str | None):
    """What is left of the texts, and what was taken out of them."""
    return without_missing(pa.chunked_array([texts], pa.string()), contract(table).column(name))


def test_a_choice_is_known_in_any_spelling_and_a_near_one_is_suggested():
    parsed = parse("contribution", "phase", "PRE_AWARD", "Pre award", "delivary")
    assert parsed.values["phase"].to_pylist() == ["pre-award", "pre-award", None]
    assert parsed.faults[2].expected == "one of: pre-award or delivery"
    assert "Did you mean “delivery”?" in parsed.faults[2].fix


def test_a_choice_in_the_plural_or_shortened_is_that_choice_and_counted():
    parsed = parse("contribution", "unit", "hours", "hrs", "Half-days", "session", "hours")
    assert parsed.values["unit"].to_pylist() == ["hour", "hour", "half day", "session", "hour"]
    assert parsed.notes == (
        Note(
            "another spelling of a word this column takes",
            4,
            (("hours", "hour"), ("hrs", "hour"), ("Half-days", "half day")),
        ),
    )


def test_yes_and_no_are_read_in_their_usual_spellings():
    texts = ("Yes", "n", "TRUE", "0", "✓", "✗", "maybe", "Yes - agreed", None)
    parsed = parse("payment", "is_disputed", *texts)
    expected = [True, False, True, False, True, False, None, None, None]
    assert parsed.values["is_disputed"].to_pylist() == expected
    assert set(parsed.faults) == {6, 7}
    assert "Write yes or no alone" in parsed.faults[7].fix
    ((said, count, examples),) = parsed.notes
    assert (said, count) == ("another spelling of yes or no", 4)
    assert examples == (("n", "no"), ("0", "no"), ("✓", "yes"))


def test_an_x_ticks_a_box_unless_something_else_in_the_column_says_otherwise():
    assert values("payment", "is_disputed", "x", None, "X") == [True, None, True]
    assert values("payment", "is_disputed", "x", "✓") == [False, True]
    assert set(parse("payment", "is_disputed", "x", "no").faults) == {0}
    assert set(parse("payment", "is_disputed", "x", "yes").faults) == {0}


def test_currencies_are_codes_in_capitals_and_only_codes_that_exist():
    parsed = parse("payment", "currency", "gbp", "£", "XXX", "pounds", "VAT", "$")
    assert parsed.values["currency"].to_pylist() == ["GBP", "GBP", "XXX", None, None, "USD"]
    assert set(parsed.faults) == {3, 4}


def test_a_currency_beside_the_amount_fills_an_empty_one_and_never_contradicts():
    stated = pa.chunked_array([["EUR", "EUR", "GBP", None, "EUR"]], pa.string())
    given = parse("payment", "currency", None, "XXX", "EUR", "USD", "EUR")
    both = with_stated(given, stated, "currency")
    assert both.values["currency"].to_pylist() == ["EUR", "EUR", "EUR", "USD", "EUR"]
    assert set(both.faults) == {2}
    assert both.notes[0][:2] == ("taken from the cell with the amount", 2)
    alone = with_stated(None, stated, "currency")
    assert alone.values["currency"].to_pylist() == ["EUR", "EUR", "GBP", None, "EUR"]
    assert with_stated(None, pa.chunked_array([[None, None]], pa.string()), "currency") is None


def test_a_cell_that_points_to_the_one_above_is_asked_to_be_written_out():
    for table, name in (("payment", "paid_on"), ("payment", "amount"), ("payment", "kind")):
        assert "row is read on its own" in parse(table, name, "ditto").faults[0].fix


def test_words_for_missing_are_missing_and_counted_as_written():
    texts = ("UNKNOWN", "n/a", "UNKNOWN", "Redacted Personal Data", "[REDACTED]", "Anna")
    left, notes = without("payment", "partnership", *texts)
    assert left.to_pylist() == [None] * 5 + ["Anna"]
    assert notes[0] == Note("'UNKNOWN' read as missing", 2, (("UNKNOWN", "(empty)"),))
    assert len(notes) == 4


@pytest.mark.parametrize(
    "text", ["TBC", "tba", "-", "--", "–", "?", "???", "...", "Not recorded", "N/A", "#REF!"]
)
def test_what_stands_for_nothing_is_missing_in_any_column(text):
    for table, name in (("payment", "paid_on"), ("payment", "amount"), ("payment", "payee")):
        assert without(table, name, text)[0].to_pylist() == [None]


def test_a_word_that_is_one_of_the_choices_is_that_choice():
    assert without("contribution", "unpaid_because", "Unknown", "N/A")[0].to_pylist() == [
        "Unknown", None,
    ]  # fmt: skip
    assert without("partnership", "agreement_kind", "none")[0].to_pylist() == ["none"]


def test_an_end_that_has_not_come_is_missing_and_anything_else_ongoing_is_not():
    left, notes = without("partnership", "ended_on", "Ongoing", "X", "31/12/9999")
    assert left.to_pylist() == [None] * 3
    assert [note.said for note in notes] == [
        "'Ongoing' read as no end yet",
        "'X' read as missing",
        "'31/12/9999' read as no end yet",
    ]
    assert without("payment", "paid_on", "Ongoing")[0].to_pylist() == ["Ongoing"]
    assert without("payment", "channel", "x", "current")[0].to_pylist() == ["x", "current"]


def test_a_dash_for_an_amount_is_missing_and_said_not_to_be_nought():
    left, notes = without("payment", "amount", "-", "nil", "0")
    assert left.to_pylist() == [None, None, "0"]
    assert [note.said for note in notes] == [
        "'-' read as missing, not as 0",
        "'nil' read as missing, not as 0",
    ]


def test_many_different_words_for_missing_are_told_together():
    texts = [f"Redacted {number}" for number in range(25)]
    _, notes = without("payment", "payee", *texts)
    assert len(notes) == 21
    assert notes[-1][:2] == ("other words read as missing", 5)


def test_identifiers_are_kept_to_the_letter():
    texts = ["0012", "INV 7", "1.10", "3.0a", "5E10", "a=b", "00.0.0"]
    for table, name in (("payment", "invoice_ref"), ("organisation", "charity_number")):
        parsed = parse(table, name, *texts)
        assert parsed.values[name].to_pylist() == texts
        assert (parsed.notes, parsed.faults) == ((), {})


def test_charity_numbers_with_decimals_are_mended():
    parsed = parse("organisation", "charity_number", "514479.0", "1069969", None)
    assert parsed.values["charity_number"].to_pylist() == ["514479", "1069969", None]
    assert parsed.notes[0].examples == (("514479.0", "514479"),)


def test_other_references_lose_their_decimals_only_where_every_number_has_them():
    assert values("payment", "invoice_ref", "1001.0", "1002.0", "C7") == ["1001", "1002", "C7"]
    mixed = ["1.0", "1.1", "2.0"]
    assert values("payment", "invoice_ref", *mixed) == mixed
    assert values("payment", "invoice_ref", "7", "8.0") == ["7", "8.0"]


def test_company_numbers_get_back_the_noughts_a_spreadsheet_dropped():
    # Companies House numbers have eight characters: 2535986 is 02535986.
    texts = ["2535986", "871073", "02535986", "SC123456", "IP29627R", "12345", "="]
    fixed = ["02535986", "00871073", "02535986", "SC123456", "IP29627R", "12345", "="]
    parsed = parse("organisation", "company_number", *texts)
    assert parsed.values["company_number"].to_pylist() == fixed
    assert [note.count for note in parsed.notes] == [2]


def test_the_marks_by_which_spreadsheets_keep_text_are_taken_off():
    assert values("payment", "invoice_ref", '="00123"', "'00124") == ["00123", "00124"]


def test_a_number_that_a_spreadsheet_shortened_is_lost_and_said_so():
    parsed = parse("payment", "invoice_ref", "1.23E+12", "1.5e+17")
    assert parsed.values["invoice_ref"].to_pylist() == [None, None]
    assert "last figures are lost" in parsed.faults[0].expected
    assert set(parsed.faults) == {0, 1}


def test_a_note_is_what_the_page_shows_beside_its_column():
    (note,) = parse("payment", "is_disputed", "y").notes
    said = ReadAs("is_disputed", *note)
    assert said.examples == (("y", "yes"),)


def test_an_empty_column_is_read_as_empty():
    layout = contract("payment")
    with duckdb.connect() as con:
        for column in layout.columns:
            for cells in (pa.chunked_array([[]], pa.string()), pa.chunked_array([], pa.string())):
                parsed = read_column(con, cells, column, is_workbook=False)
                assert len(parsed.values[column.name]) == 0
            nothing = pa.chunked_array([[None, None]], pa.string())
            parsed = read_column(con, nothing, column, is_workbook=False)
            assert parsed.values[column.name].null_count == 2
            assert (parsed.faults, parsed.notes) == ({}, ())


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("payment", "payee"), ("payment", "invoice_ref"), ("payment", "amount"),
        ("payment", "vat"), ("payment", "paid_on"), ("payment", "partnership"),
        ("payment", "kind"), ("payment", "is_advance_agreed"), ("payment", "currency"),
        ("contribution", "unit"), ("contribution", "hours_per_day"), ("contribution", "paid_by"),
        ("partnership", "started_on"), ("partnership", "ended_on"), ("membership", "joined_on"),
    ],
)  # fmt: skip
def test_a_row_is_set_aside_for_a_cell_that_keys_money_durations_or_rules_rest_on(table, name):
    assert costs_the_row(contract(table).column(name), contract(table))


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("payment", "channel"), ("partnership", "agreement_pages"), ("partnership", "stage"),
        ("partnership", "planned_end_on"), ("organisation", "size_band"),
        ("organisation", "consents_to_naming"), ("funding", "to_on"), ("place", "population"),
        ("contribution", "phase"), ("organisation", "kind"),
    ],
)  # fmt: skip
def test_a_row_loads_without_an_optional_cell_nothing_rests_on(table, name):
    assert not costs_the_row(contract(table).column(name), contract(table))
