"""Quantities of time as people write them."""

from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.contracts import contract
from civic_metrics.intake.parsing.hours import against_the_unit, holds_hours, hours_of
from tests.intake.test_values import parse, values


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1.5", 1.5), ("2", 2.0), ("1:30", 1.5), ("01:30:00", 1.5), ("25:30", 25.5), ("1h30", 1.5),
        ("1h 30m", 1.5), ("1 hr 30 min", 1.5), ("1 hour and 15 minutes", 1.25), ("90 mins", 1.5),
        ("90m", 1.5), ("45 minutes", 0.75), ("7.5 hours", 7.5), ("7.5h", 7.5), (".5h", 0.5),
        ("1½", 1.5), ("½", 0.5), ("1 1/2", 1.5), ("1/4", 0.25), ("half an hour", 0.5),
        ("1½ hrs", 1.5), ("2 HRS.", 2.0), ("an hour and a half", 1.5),
    ],
)  # fmt: skip
def test_a_length_of_time_is_hours_however_it_is_written(text, hours):
    assert values("contribution", "quantity", text) == [hours]


@pytest.mark.parametrize("text", ["1:75", "1h75", "5/0", "about 3", "3 weeks", "morning", "1,5"])
def test_what_is_no_length_of_time_is_a_problem(text):
    parsed = parse("contribution", "quantity", text)
    assert parsed.values["quantity"].to_pylist() == [None]
    assert set(parsed.faults) == {0}


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("2 days", "2", "day"), ("half a day", "0.5", "day"), ("2 half-days", "2", "half day"),
     ("1 session", "1", "session")],
)  # fmt: skip
def test_days_and_sessions_belong_to_the_unit(text, number, unit):
    fault = parse("contribution", "quantity", text).faults[0]
    assert fault.fix == f"Write {number} here and “{unit}” in the column of units."


def test_every_kind_of_change_is_counted_with_examples():
    parsed = parse("contribution", "quantity", "1:30", "90 mins", "1.5", "1h30", "½", None)
    assert {note.said: note[1:] for note in parsed.notes} == {
        "hours and minutes read as hours": (2, (("1:30", "1.5"), ("1h30", "1.5"))),
        "minutes read as hours": (1, (("90 mins", "1.5"),)),
        "fractions read as decimals": (1, (("½", "0.5"),)),
    }


def test_a_time_beside_another_unit_than_the_hour_is_a_contradiction():
    parsed = parse("contribution", "quantity", "1:30", "90 mins", "½", "2", "1:15", None)
    units = pa.chunked_array([["day", "hour", "day", "day", None, "day"]], pa.string())
    faults = against_the_unit(parsed, units)
    assert set(faults) == {0}
    assert "hours and minutes are written here" in faults[0].expected
    assert against_the_unit(parse("contribution", "quantity", "2"), units) == {}


def test_columns_of_time_are_known_by_their_name():
    found = {c.name for c in contract("contribution").columns if holds_hours(c)}
    assert found == {"quantity", "hours_per_day"}
    assert values("contribution", "hours_per_day", "7:30", "7½") == [7.5, 7.5]


@given(st.integers(0, 999), st.integers(0, 59))
def test_hours_and_minutes_are_the_time_they_were_written_from(hours, minutes):
    time = Fraction(hours * 60 + minutes, 60)
    for text in (f"{hours}:{minutes:02}", f"{hours}h{minutes:02}", f"{hours * 60 + minutes} mins"):
        found, _ = hours_of(text)
        assert found == time
