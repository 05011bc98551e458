"""Quantities of time as people write them (1:30, 90 mins, 1½) -> hours as plain numbers.

What states days or sessions is no number of hours: the unit has a column of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column
from civic_metrics.intake.parsing.amounts import read_numbers
from civic_metrics.intake.parsing.values import Fault, OneValue, Parsed, by_distinct

HOUR = "hour"
MINUTES = 60

# What no plain number has; cells without are left to amounts.py, a whole column at a time.
_NOT_A_NUMBER = r"[a-df-zA-DF-Z:½¼¾⅓⅔]|\d[\s\x{00A0}]+\d+/\d|^\d+/\d+$"
_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_WORDS = {
    "half an hour": "1/2 hour", "half hour": "1/2 hour", "quarter of an hour": "1/4 hour",
    "a quarter of an hour": "1/4 hour", "quarter hour": "1/4 hour", "an hour": "1 hour",
    "three quarters of an hour": "3/4 hour", "one hour": "1 hour", "two hours": "2 hours",
    "an hour and a half": "1 1/2 hours", "one and a half hours": "1 1/2 hours",
    "half a day": "1/2 day", "a day": "1 day", "one day": "1 day",
}  # fmt: skip
_COUNT = r"(\d+\s+\d+/[1-9]\d*|\d+/[1-9]\d*|\d+\.|\d*\.?\d+)"
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:\.0+)?)?(?:\s*(?:h|hrs?|hours?))?")
_HOURS = re.compile(
    rf"{_COUNT}\s*(?:h|hrs?|hours?)\.?(?:,?\s*(?:and\s+|&\s*)?(\d{{1,2}})\s*"
    r"(?:m|mins?|minutes?)?\.?)?"
)
_MINUTES = re.compile(rf"{_COUNT}\s*(?:m|mins?|minutes?)\.?")
_BARE = re.compile(_COUNT)
_OTHER = re.compile(
    rf"{_COUNT}\s*-?\s*((?:half[\s-]*|full[\s-]*|whole[\s-]*)?days?|sessions?|weeks?)"
)


def holds_hours(column: Column) -> bool:
    """Whether the column counts time: `quantity`, or `hours` in its name."""
    return column.type == "number" and (
        column.name == "quantity" or "hours" in column.name.split("_")
    )


def read_hours(con: duckdb.DuckDBPyConnection, texts: pa.ChunkedArray, column: Column) -> Parsed:
    """Numbers as they stand; what is written as a time becomes hours, noted."""
    is_time = pc.fill_null(pc.match_substring_regex(texts, pattern=_NOT_A_NUMBER), False)
    if not pc.any(is_time).as_py():
        return read_numbers(con, texts, column)
    written = pc.if_else(is_time, texts, pa.scalar(None, pa.string()))
    times = by_distinct(written, column.name, pa.string(), _one)
    hours = times.values[column.name]
    plain = read_numbers(con, pc.if_else(is_time, hours, texts), column)
    stated = pc.and_(is_time, pc.match_substring_regex(texts, pattern="[:hHmM]"))
    return Parsed(
        plain.values,
        {**plain.faults, **times.faults},
        notes=(*plain.notes, *times.notes),
        in_hours=pc.and_(stated, pc.is_valid(hours)),
    )


def against_the_unit(quantity: Parsed, units: pa.ChunkedArray) -> Mapping[int, Fault]:
    """Faults of quantities written as a time whose row has another unit than the hour."""
    if quantity.in_hours is None:
        return {}
    other = pc.and_(quantity.in_hours, pc.fill_null(pc.not_equal(units, HOUR), False))
    places = pc.indices_nonzero(other).to_pylist()
    return {
        at: Fault(
            f"a number of {units[at].as_py()}s; hours and minutes are written here",
            "Write the number of them, or put “hour” in the column of units.",
        )
        for at in places
    }


def _one(text: str) -> OneValue:
    """The hours as a plain number in text, or what is wrong."""
    found = hours_of(text)
    if found is not None:
        hours, note = found
        return OneValue(f"{float(hours):.15g}", note=note)
    if other := _OTHER.fullmatch(_plainly(text)):
        unit = re.sub(r"full|whole|[\s-]", "", other[2]).rstrip("s").replace("halfday", "half day")
        number = f"{float(_number(other[1])):g}"
        return OneValue(
            fault=Fault(
                f"a number alone: {unit}s are told by the unit",
                f"Write {number} here and “{unit}” in the column of units."
                if unit in ("day", "half day", "session")
                else "Write the hours or days.",
            )
        )
    return OneValue(
        fault=Fault(
            "a length of time such as 1.5, 1:30 or 90 mins",
            "Correct the number, or leave the cell empty.",
        )
    )


def hours_of(text: str) -> tuple[Fraction, str] | None:
    """The hours the text states and what was done to read them; None where it states none."""
    low = _plainly(text)
    if found := _CLOCK.fullmatch(low):
        seconds = Fraction(int(found[3] or 0), 3600)
        hours = int(found[1]) + Fraction(int(found[2]), MINUTES) + seconds
        return hours, "hours and minutes read as hours"
    if found := _HOURS.fullmatch(low):
        if found[2] and int(found[2]) >= MINUTES:
            return None
        hours = _number(found[1]) + Fraction(int(found[2] or 0), MINUTES)
        done = "hours and minutes read as hours" if found[2] else "the word for hours left out"
        return hours, done
    if found := _MINUTES.fullmatch(low):
        return _number(found[1]) / MINUTES, "minutes read as hours"
    if found := _BARE.fullmatch(low):
        return _number(found[1]), "fractions read as decimals"
    return None


def _plainly(text: str) -> str:
    low = re.sub(r"\s+", " ", text.lower()).strip().rstrip(".")
    for sign, figures in _FRACTIONS.items():
        low = re.sub(rf"(?<=\d)\s*{sign}", f" {figures}", low).replace(sign, figures)
    return _WORDS.get(low, low)


def _number(text: str) -> Fraction:
    """The number written as 2, 1.5, 3/4 or 1 1/2."""
    return sum((Fraction(part) for part in text.split()), Fraction(0))
