"""What a column's values look like, and whether they can be those of one of ours."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.contracts import Column, contract
from civic_metrics.intake.matching.likeness import (
    CELLS,
    VALUES,
    Agreement,
    Kind,
    agreement,
    disagreement,
    look_of,
    only_value,
)


def look(*values: str | None, is_workbook: bool = False):
    return look_of(pa.chunked_array([list(values)], pa.string()), is_workbook=is_workbook)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (Kind.DATES, ["2024-01-31", "31/1/2024", "31.1.24", "20240131", "2024-01-31 09:30:00"]),
        (Kind.DATES, ["31 January 2024", "1st of Feb 24", "Wed 31 Jan 2024", "March 5, 2024"]),
        (Kind.MONTHS, ["2024", "2023/24", "2024-03", "Mar 2024", "03/2024"]),
        (Kind.MONEY, ["£1,234.50", "(20.00)", "1.50 CR", "12.00", "GBP 7", "£5"]),
        (Kind.MONEY, ["555.72", "19731.07", "-1466.53"]),
        (Kind.WHOLE, ["1700133305", "12", "-3"]),
        (Kind.NUMBERS, ["1.125", "20.5", "7"]),
        (Kind.SHARES, ["0.25", "0.5", "1"]),
        (Kind.YES_NO, ["Yes", "no", "Y", "N"]),
        (Kind.PLACES, ["E06000001", "W06000002"]),
        (Kind.REGISTERED, ["GB-CHC-514479", "GB-COH-01234567"]),
        (Kind.CODES, ["P0012", "S1465", "INV/2024/07", "A1-2"]),
        (Kind.EMAILS, ["office@ashby.example"]),
        (Kind.DURATIONS, ["1:30", "90 mins", "2 hours"]),
        (Kind.NAMES, ["Ashby Food Bank Ltd", "The Hub", "Café Zoë & Sons"]),
        (Kind.LONG, ["It went well because everybody had been asked beforehand what they wanted"]),
        (Kind.UNCLEAR, ["2024-01-31", "£5.00", "E06000001"]),
        (Kind.NOTHING, [None, "N/A", "TBC", "-", "Redacted Personal Information"]),
    ],
)
def test_values_look_like_what_a_person_would_say_they_are(kind, values):
    assert look(*values).kind is kind


def test_words_for_missing_do_not_spoil_what_the_others_look_like():
    assert look("2024-01-31", "TBC", "N/A", "n/a", "-", "Redacted").kind is Kind.DATES


def test_day_numbers_are_dates_in_a_workbook_alone():
    assert look("45000", "45123.5", is_workbook=True).kind is Kind.DATES
    assert look("45000", "45123", is_workbook=False).kind is Kind.WHOLE


def test_a_long_column_is_judged_by_a_sample_from_all_along_it():
    half = 4 * CELLS
    texts = ["2024-01-31"] * half + ["yes"] * half
    found = look_of(pa.chunked_array([texts], pa.string()))
    assert found.filled == 2 * half
    assert found.share(Kind.DATES) == pytest.approx(0.5, abs=0.01)
    varied = look_of(pa.chunked_array([[f"P{i}" for i in range(half)]], pa.string()))
    assert len(varied.values) <= VALUES
    assert varied.kind is Kind.CODES


def test_a_sparse_column_is_judged_by_the_cells_that_hold_something():
    texts = [None] * (3 * CELLS) + ["2024-01-31"]
    assert look_of(pa.chunked_array([texts], pa.string())).kind is Kind.DATES


PAYMENT = contract("payment")


@pytest.mark.parametrize(
    ("column", "values", "expected"),
    [
        ("paid_on", ["2024-01-31", "01/02/2024"], Agreement.AGREES),
        ("paid_on", ["Yes", "No"], Agreement.CONTRADICTS),
        ("paid_on", ["100.00", "£20.50"], Agreement.CONTRADICTS),
        ("paid_on", ["posted", "held", "by hand"], Agreement.CONTRADICTS),
        ("paid_on", ["2023", "2024"], Agreement.DOUBTFUL),  # a year is part of a date
        ("paid_on", ["soon"], Agreement.DOUBTFUL),  # one slip of a hand
        ("paid_on", [None], Agreement.SILENT),
        ("amount", ["£1,200", "(5.00)"], Agreement.AGREES),
        ("amount", ["2024-01-31", "2024-02-01"], Agreement.CONTRADICTS),
        ("payee_is_small", ["Y", "N"], Agreement.AGREES),
        ("kind", ["Supply", "GRANT"], Agreement.AGREES),
        ("kind", ["BACS", "CHAPS", "cheque"], Agreement.CONTRADICTS),
        ("payee_role", ["not known", "partner"], Agreement.AGREES),
        ("payee", ["Ashby Food Bank Ltd", "GB-CHC-514479"], Agreement.AGREES),
        ("payee", ["100234", "100235"], Agreement.AGREES),  # numbers of suppliers
        ("payee", ["2024-01-31", "2024-02-01"], Agreement.CONTRADICTS),
        ("invoice_ref", ["20240131", "20240201"], Agreement.AGREES),
        ("invoice_ref", ["31/01/2024", "01/02/2024"], Agreement.CONTRADICTS),
        ("line_ref", ["1", "1"], Agreement.AGREES),
        ("return_reason", ["no order number", "2"], Agreement.SILENT),
    ],
)
def test_values_confirm_a_column_leave_it_open_or_speak_against_it(column, values, expected):
    assert agreement(look(*values), PAYMENT.column(column)) is expected


def test_a_year_is_enough_for_a_date_that_may_be_known_in_part():
    started = contract("partnership").column("started_on")
    assert agreement(look("2019", "June 2021"), started) is Agreement.AGREES


def test_what_speaks_against_a_column_is_said_with_examples():
    said = disagreement(look("Yes", "No"), PAYMENT.column("paid_on"))
    assert said == "it looks like yes or no answers (“Yes” and “No”), where dates are expected"


def test_the_only_value_is_found_whatever_the_time_of_day_and_what_is_missing():
    def only(*texts):
        column = pa.chunked_array([list(texts)], pa.string())
        return only_value(column, look_of(column))

    assert only("2022-05-31", None, "N/A", "2022-05-31 09:15:00") == ("2022-05-31", 2)
    assert only("2022-05-31", "2022-06-01") is None
    assert only(None, "N/A") is None


@given(st.lists(st.none() | st.text(), max_size=30), st.booleans())
def test_any_text_looks_like_something(texts, is_workbook):
    cells = pa.chunked_array([[t and t.encode("utf-8", "replace").decode() for t in texts]])
    found = look_of(cells.cast(pa.string()), is_workbook=is_workbook)
    assert found.kind in Kind
    assert all(0 <= found.share(kind) <= 1 for kind in list(Kind)[:14])
    for kind in ("date", "number", "integer", "boolean", "string"):
        assert agreement(found, Column("any", kind, "")) in Agreement
