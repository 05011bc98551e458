"""Dates as people write them, and the order a column writes them in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_metrics.intake.parsing.date_habits import habit_of, swapped
from civic_metrics.intake.parsing.dates import Habit, read_date
from tests.intake.test_values import parse, values


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-12", "2024-03-12T10:11:12Z", "2024-03-12 00:00:00", "12/03/2024", "12-3-2024",
        "12.03.24", "12 Mar 2024", "12 March 2024", "12-Mar-24", "12th March 2024",
        "March 12, 2024", "Tuesday 12 March 2024", "20240312", "2024/03/12", "12/03/2024 09:30",
        "12032024", "Tuesday, 12th of March 2024", "12Mar2024", "2024-Mar-12", "Mar-12-2024",
        "12 / 03 / 2024", "12/03/2024, 09:30", "12/03/2024 9am", "12 March 2024 at 9.30 am",
        "2024-03-12T10:11:12.123+01:00", "2024-03-12 10:11 +0100", "12-MAR-24 00:00:00.000000",
        "Tue 12/03/2024", "12/03/2024 (Tue)", "12\u00a0March\u00a02024", "12–03–2024",
        "March 12th 2024", "Tue Mar 12 2024 10:11:12 GMT+0000 (Greenwich Mean Time)",
        "'12/03/2024", "12/03/2024.",
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
        ("0/01/2022", "no day 0"),
        ("0202-04-22", "a year from 1800"),
        ("Ongoing", "such as 2024-03-12"),
        ("2021-07", "a whole date"),
        ("July 2021", "a whole date"),
        ("45000", "a spreadsheet's number of a day"),
        ("01/04/2021 - 31/03/2022", "looks like two"),
        ("2021/22", "runs over New Year"),
        ("9/9", "such as 2024-03-12"),
    ],
)
def test_an_impossible_date_says_what_is_wrong_with_it(text, expected):
    parsed = parse("payment", "paid_on", text)
    assert parsed.values["paid_on"].to_pylist() == [None]
    assert expected in parsed.faults[0].expected
    assert parsed.faults[0].fix


def test_a_plain_date_is_no_change():
    assert parse("payment", "paid_on", "2024-03-12", None).notes == ()
    assert parse("partnership", "started_on", "2024-03-12", "2024-03", "2024").notes == ()


def test_one_value_that_only_makes_sense_month_first_decides_the_column():
    parsed = parse("payment", "paid_on", "03/04/2024", "03/25/2024")
    assert parsed.values["paid_on"].to_pylist() == [date(2024, 3, 4), date(2024, 3, 25)]
    assert parsed.notes == (
        (
            "read month first: 1 value only makes sense so",
            2,
            (("03/04/2024", "2024-03-04"), ("03/25/2024", "2024-03-25")),
        ),
    )


def test_days_come_first_where_nothing_says_otherwise_and_that_is_to_be_checked():
    parsed = parse("payment", "paid_on", "03/04/2024", None)
    assert parsed.values["paid_on"].to_pylist() == [date(2024, 4, 3), None]
    ((said, count, _),) = parsed.notes
    assert ("no date in this column tells which" in said, "check" in said, count) == (True, True, 1)


def test_dates_against_the_order_of_their_column_are_problems_that_name_the_evidence():
    texts = ["13/04/2024", "14/04/2024", "14/04/2024", "01/02/2024", "04/15/2024"]
    parsed = parse("payment", "paid_on", *texts)
    assert set(parsed.faults) == {4}
    assert "day first, like the rest of this column (3 values" in parsed.faults[4].expected
    assert parsed.notes[0].said == (
        "read day first: 3 values only make sense so, 1 only the other way round"
    )


def test_as_many_one_way_as_the_other_are_read_day_first():
    parsed = parse("payment", "paid_on", "13/04/2024", "04/15/2024")
    assert parsed.values["paid_on"].to_pylist() == [date(2024, 4, 13), None]


def test_eight_figures_tell_the_order_too():
    assert values("payment", "paid_on", "03042024", "03252024") == [
        date(2024, 3, 4), date(2024, 3, 25),
    ]  # fmt: skip


def test_every_kind_of_change_is_counted_with_examples():
    texts = ["12-Mar-24", "12-Mar-24", "Tue 12 March 2024", "2024-03-12 09:30", "2024.3.12"]
    notes = {note.said: note for note in parse("payment", "paid_on", *texts).notes}
    assert notes["month written in words"].count == 3
    assert notes["years of two figures read as 1969 to 2068"][1:] == (
        2, (("12-Mar-24", "2024-03-12"),),
    )  # fmt: skip
    assert notes["day of the week left out"].count == 1
    assert notes["year first, with other marks"].examples == (("2024.3.12", "2024-03-12"),)
    assert notes["time of day dropped"].examples == (("2024-03-12 09:30", "2024-03-12"),)


def test_day_numbers_are_dates_in_a_workbook():
    # 45000 is 15 March 2023 in every spreadsheet program.
    parsed = parse("payment", "paid_on", "45000", "45000.5", "2023-03-16", is_workbook=True)
    day = date(2023, 3, 15)
    assert parsed.values["paid_on"].to_pylist() == [day, day, date(2023, 3, 16)]
    assert parsed.notes[0].count == 2


def test_day_numbers_are_dates_in_a_text_file_where_the_column_is_full_of_them():
    day = date(2023, 3, 15)
    assert values("payment", "paid_on", "45000", "45001", "45002", None)[0] == day
    # Four of five are numbers: enough; three of four are not.
    assert values("payment", "paid_on", *["45000"] * 4, "2023-03-15") == [day] * 5
    few = parse("payment", "paid_on", *["45000"] * 3, "2023-03-15")
    assert set(few.faults) == {0, 1, 2}
    assert set(parse("payment", "paid_on", *["99999"] * 9).faults) == set(range(9))


def test_a_register_keeps_how_exactly_a_date_is_known():
    texts = ("2021", "2021-07", "07/2021", "July 2021", "Jul-21", "2021/07", "12/07/2021")
    parsed = parse("partnership", "started_on", *texts)
    month = date(2021, 7, 16)
    assert parsed.values["started_on"].to_pylist() == [
        date(2021, 7, 2), *[month] * 5, date(2021, 7, 12),
    ]  # fmt: skip
    precision = ["year", *["month"] * 5, "day"]
    assert parsed.values["started_on_precision"].to_pylist() == precision
    examples = dict(e for note in parsed.notes for e in note.examples)
    assert examples["July 2021"] == "2021-07"


@pytest.mark.parametrize("text", ["2021/22", "2021-22", "2021-2022", "AY 2021/22", "FY2021-22"])
def test_a_year_over_new_year_is_asked_for_the_month_it_began(text):
    fault = parse("partnership", "started_on", text).faults[0]
    assert "runs over New Year" in fault.expected
    assert "2021-08" in fault.fix
    assert "2021-04" in fault.fix


def test_2011_12_is_a_month_unless_its_column_writes_years_so():
    assert values("partnership", "started_on", "2011-12") == [date(2011, 12, 16)]
    assert set(parse("partnership", "started_on", "2011-12", "2015-16").faults) == {0, 1}
    assert set(parse("partnership", "started_on", "2011/12").faults) == {0}


@pytest.mark.parametrize("text", ["Q1 2021", "2021 Q1", "Spring 2021", "early 2021", "term 1 2021"])
def test_a_part_of_a_year_is_asked_for_its_month(text):
    assert "Write the month" in parse("partnership", "started_on", text).faults[0].fix


@pytest.mark.parametrize("text", ["c. 2015", "circa 2015", "2015?", "pre-2010", "before 2010"])
def test_a_date_about_which_is_said_more_is_asked_for_alone(text):
    assert "Write the date or year alone" in parse("partnership", "started_on", text).faults[0].fix


def test_days_and_months_that_a_spreadsheet_swapped_are_said():
    taken = [f"2024-{month:02}-03" for month in range(1, 11)]
    left = [f"{day}/04/2024" for day in range(15, 25)]
    parsed = parse("payment", "paid_on", *taken, *left)
    assert parsed.notes[-1].count == 10
    assert "swapped day and month" in parsed.notes[-1].said
    assert swapped((text, 1) for text in [*taken, *left, "2024-03-25"]) == 0
    assert swapped((text, 1) for text in [*taken, *left, "03/04/2024"]) == 0
    assert swapped((text, 1) for text in [*taken, *left[:9]]) == 0


DAYS = st.dates(date(1970, 1, 1), date(2068, 12, 31))
FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%d-%b-%y", "%A %d %B %Y", "%B %d, %Y",
           "%Y%m%d", "%Y/%m/%d", "%a %d/%m/%Y", "%d%m%Y"]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(DAYS, st.sampled_from(FORMATS))
def test_a_written_day_is_the_day_it_was_written_from(day, form):
    assert read_date(day.strftime(form), Habit(), partial=False).on == day


@settings(deadline=None, max_examples=40)
@given(st.lists(DAYS, min_size=1, max_size=20), st.times(), st.booleans())
def test_a_column_in_one_order_comes_back_as_it_was(days, at, month_first):
    form = "%m/%d/%Y %H:%M" if month_first else "%d/%m/%Y %H:%M"
    told = date(2024, 5, 31)
    texts = [
        datetime.combine(day, time(at.hour, at.minute)).strftime(form) for day in [*days, told]
    ]
    assert values("payment", "paid_on", *texts) == [*days, told]


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=12) | st.from_regex(r"[0-9]{1,4}[/. -][0-9]{1,3}[/. -]?[0-9]{0,5}"))
def test_any_text_is_a_date_or_has_a_reason(text):
    reading = read_date(text, habit_of([(text, 1)]), partial=True)
    assert (reading.on is None) == bool(reading.expected)


def test_day_numbers_count_from_the_day_spreadsheets_count_from():
    day = date(1899, 12, 30) + timedelta(days=45000)
    assert read_date("45000", Habit(serials=True), partial=False).on == day
