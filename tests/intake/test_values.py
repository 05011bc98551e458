"""Dates, amounts, choices and words for missing, as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest

from civic_metrics.contracts import contract
from civic_metrics.intake.parsing import read_column
from civic_metrics.intake.values import without_missing


def parse(table: str, name: str, *texts: str | None, is_workbook: bool = False):
    with duckdb.connect() as con:
        cells = pa.chunked_array([texts], pa.string())
        return read_column(con, cells, contract(table).column(name), is_workbook=is_workbook)


def values(table: str, name: str, *texts: str | None, is_workbook: bool = False):
    return parse(table, name, *texts, is_workbook=is_workbook).values[name].to_pylist()


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-12", "2024-03-12T10:11:12Z", "2024-03-12 00:00:00", "12/03/2024", "12-3-2024",
        "12.03.24", "12 Mar 2024", "12 March 2024", "12-Mar-24", "12th March 2024",
        "March 12, 2024", "Tuesday 12 March 2024", "20240312", "2024/03/12", "12/03/2024 09:30",
    ],
)  # fmt: skip
def test_a_date_is_read_however_it_is_written(text):
    assert values("payment", "paid_on", text) == [date(2024, 3, 12)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-09-31", "September has 30 days"),
        ("30/02/2023", "February 2023 has 28 days"),
        ("22/04/222", "four figures"),
        ("2022-13-01", "no month 13"),
        ("0202-04-22", "a year from 1800"),
        ("Ongoing", "such as 2024-03-12"),
        ("2021-07", "a whole date"),
        ("45000", "such as 2024-03-12"),
    ],
)
def test_an_impossible_date_says_what_is_wrong_with_it(text, expected):
    parsed = parse("payment", "paid_on", text)
    assert parsed.values["paid_on"].to_pylist() == [None]
    assert expected in parsed.faults[0].expected


def test_one_value_that_only_makes_sense_month_first_decides_the_column():
    parsed = parse("payment", "paid_on", "03/04/2024", "03/25/2024")
    assert parsed.values["paid_on"].to_pylist() == [date(2024, 3, 4), date(2024, 3, 25)]
    assert parsed.notes == (("read month first (1 only make sense so)", 1),)


def test_days_come_first_where_nothing_says_otherwise_and_that_is_noted():
    parsed = parse("payment", "paid_on", "03/04/2024", None)
    assert parsed.values["paid_on"].to_pylist() == [date(2024, 4, 3), None]
    assert parsed.notes == (("read day first (no date in this column tells which)", 1),)


def test_a_lone_date_against_the_order_of_its_column_is_a_problem():
    parsed = parse("payment", "paid_on", "13/04/2024", "14/04/2024", "04/15/2024")
    assert set(parsed.faults) == {2}
    assert "day first" in parsed.faults[2].expected


def test_day_numbers_are_dates_in_a_workbook_only():
    # 45000 is 15 March 2023 in every spreadsheet program.
    assert values("payment", "paid_on", "45000", is_workbook=True) == [date(2023, 3, 15)]


def test_a_register_keeps_how_exactly_a_date_is_known():
    texts = ("2021", "2021-07", "07/2021", "July 2021", "12/07/2021")
    parsed = parse("partnership", "started_on", *texts)
    month = date(2021, 7, 16)
    assert parsed.values["started_on"].to_pylist() == [
        date(2021, 7, 2), month, month, month, date(2021, 7, 12),
    ]  # fmt: skip
    precision = ["year", "month", "month", "month", "day"]
    assert parsed.values["started_on_precision"].to_pylist() == precision


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", "1234.50"), ("£1,234.50", "1234.50"), ("£ 1 234.50", "1234.50"),
        ("(500.00)", "-500.00"), ("500.00 CR", "-500.00"), ("500-", "-500.00"), ("-£3", "-3.00"),
        ("GBP 12", "12.00"), ("1e3", "1000.00"), ("0.125", "0.13"), ("-0.125", "-0.13"),
        ("1.005", "1.01"), ("0", "0.00"), ("12,345,678.90", "12345678.90"),
    ],
)  # fmt: skip
def test_an_amount_is_read_to_the_penny_however_it_is_written(text, amount):
    assert values("payment", "amount", text) == [Decimal(amount)]


@pytest.mark.parametrize(
    "text", ["1,50", "1.234,50", "€5", "TBC soon", "nan", "inf", "1_000", "--5", "5 or 6", "9" * 20]
)
def test_what_is_no_amount_is_a_problem_and_never_a_guess(text):
    parsed = parse("payment", "amount", text)
    assert parsed.values["amount"].to_pylist() == [None]
    assert set(parsed.faults) == {0}


def test_rounding_and_tidying_are_counted():
    parsed = parse("payment", "amount", "1.005", "£2", "3.10", "4.000")
    assert parsed.notes == (
        ("rounded to the penny", 1),
        ("read as a number without its signs and commas", 1),
    )


def test_a_share_may_be_per_cent_and_another_number_may_not():
    assert values("footprint", "share", "40%", "0.4", "2.5 %") == [0.4, 0.4, 0.025]
    assert set(parse("contribution", "quantity", "40%").faults) == {0}


def test_a_whole_number_may_end_in_nought_and_no_other_decimals():
    parsed = parse("partnership", "agreement_pages", "12.0", "12.5", "1e30")
    assert parsed.values["agreement_pages"].to_pylist() == [12, None, None]
    assert set(parsed.faults) == {1, 2}


def test_a_choice_is_known_in_any_spelling_and_a_near_one_is_suggested():
    parsed = parse("contribution", "phase", "PRE_AWARD", "Pre award", "delivary")
    assert parsed.values["phase"].to_pylist() == ["pre-award", "pre-award", None]
    assert parsed.faults[2].expected == "one of: pre-award or delivery"
    assert "Did you mean “delivery”?" in parsed.faults[2].fix


def test_yes_and_no_are_read_in_their_usual_spellings():
    texts = ("Yes", "n", "TRUE", "0", "maybe")
    parsed = parse("payment", "is_disputed", *texts)
    assert parsed.values["is_disputed"].to_pylist() == [True, False, True, False, None]
    assert set(parsed.faults) == {4}


def test_currencies_are_codes_in_capitals():
    parsed = parse("payment", "currency", "gbp", "£", "XXX", "pounds")
    assert parsed.values["currency"].to_pylist() == ["GBP", "GBP", "XXX", None]


def test_words_for_missing_are_missing_and_counted_as_written():
    cells = pa.chunked_array([["UNKNOWN", "n/a", "UNKNOWN", "Redacted Personal Data", "Anna"]])
    left, notes = without_missing(cells, contract("payment").column("partnership"))
    assert left.to_pylist() == [None, None, None, None, "Anna"]
    assert ("'UNKNOWN' read as missing", 2) in notes


def test_a_word_that_is_one_of_the_choices_is_that_choice():
    cells = pa.chunked_array([["Unknown", "N/A"]])
    left, _ = without_missing(cells, contract("contribution").column("unpaid_because"))
    assert left.to_pylist() == ["Unknown", None]
