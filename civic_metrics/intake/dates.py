"""A date as people write it -> the day, how exactly it is known, or what is wrong with it.

Pure functions of one text; whether a column reads day or month first is decided beforehand
from all its values. Imports nothing of ours.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# Two-figure years from here on are of the last century, as POSIX and spreadsheets have it.
LAST_CENTURY_FROM = 69
# Older or later than any date of a partnership or payment: a slip of the hand.
YEARS = range(1800, 2201)
# Day numbers of a spreadsheet that are dates from 1954 to 2119.
SERIALS = range(20_000, 80_001)
# Day nought of spreadsheets for dates after February 1900.
SERIAL_START = date(1899, 12, 30)

DAY, MONTH, YEAR = "day", "month", "year"

_SPLIT = r"[/.\-\s]\s*"
_DAY_MONTH = re.compile(rf"(\d{{1,2}}){_SPLIT}(\d{{1,2}}){_SPLIT}(\d+)")
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_SPLIT}(\d{{1,2}}){_SPLIT}(\d{{1,2}})")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NAMED = re.compile(
    r"(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s\-/.,]*([a-z]{3,})[\s\-/.,']*(\d+)"
)
_MONTH_NAMED_FIRST = re.compile(
    r"(?:[a-z]+,\s*)?([a-z]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
)
_YEAR_ONLY = re.compile(r"\d{4}")
_YEAR_MONTH = re.compile(r"(\d{4})[/.\-](\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})")
_MONTH_NAMED = re.compile(r"([a-z]{3,})[\s\-/.,']*(\d{4}|\d\d)")
TIME_OF_DAY = (
    r"[T ]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|[+-]\d{2}:?\d{2})?$"
)

_MONTHS = {
    spelling: number
    for number, name in enumerate(month_name)
    if name
    for spelling in (name.lower(), name[:3].lower())
} | {"sept": 9}


@dataclass(frozen=True)
class Reading:
    """A date and how exactly it is known; or, where there is none, what was expected."""

    on: date | None = None
    precision: str = DAY
    expected: str = ""
    note: str = ""


@dataclass(frozen=True)
class Order:
    """Whether a column writes the day or the month first, and on how many values that rests."""

    month_first: bool = False
    sure: int = 0
    ambiguous: int = 0
    against: int = 0

    @property
    def said(self) -> str:
        """What was decided, with the evidence, in words."""
        first = "month" if self.month_first else "day"
        if not self.sure:
            return f"read {first} first (no date in this column tells which)"
        against = f", {self.against} only the other way" if self.against else ""
        return f"read {first} first ({self.sure} only make sense so{against})"


def order_of(counted: Iterable[tuple[str, int]]) -> Order:
    """The order the values of a column, with how often each occurs, speak for."""
    day_first = month_first = ambiguous = 0
    for text, count in counted:
        found = _DAY_MONTH.fullmatch(text)
        if not found:
            continue
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12:
            ambiguous += count if first != second else 0
        elif second > 12 >= first:
            month_first += count
        elif first > 12 >= second:
            day_first += count
    if month_first > day_first:
        return Order(True, month_first, ambiguous, day_first)
    return Order(False, day_first, ambiguous, month_first)


def read_date(text: str, order: Order, *, partial: bool, is_workbook: bool) -> Reading:
    """The day the text names; a month or a year alone only where `partial` allows it."""
    low = text.lower()
    if found := _YEAR_FIRST.fullmatch(low) or _COMPACT.fullmatch(low):
        return _day(found[1], found[2], found[3])
    if found := _DAY_MONTH.fullmatch(low):
        day, month = (found[2], found[1]) if order.month_first else (found[1], found[2])
        reading = _day(found[3], month, day)
        if reading.on is None and int(month) > 12 >= int(day):
            first = "month" if order.month_first else "day"
            return Reading(expected=f"a date with the {first} first, like the rest of this column")
        return reading
    if (found := _NAMED.fullmatch(low)) and found[2] in _MONTHS:
        return _day(found[3], _MONTHS[found[2]], found[1])
    if (found := _MONTH_NAMED_FIRST.fullmatch(low)) and found[1] in _MONTHS:
        return _day(found[3], _MONTHS[found[1]], found[2])
    serial = re.fullmatch(r"(\d{5})(?:\.\d+)?", low)
    if is_workbook and serial and int(serial[1]) in SERIALS:
        on = SERIAL_START + timedelta(days=int(serial[1]))
        return Reading(on, note="day numbers of the spreadsheet read as dates")
    return _part(low, partial=partial)


def _part(low: str, *, partial: bool) -> Reading:
    """The middle of the month or year the text names."""
    year = month = None
    if _YEAR_ONLY.fullmatch(low):
        year = int(low)
    elif found := _YEAR_MONTH.fullmatch(low):
        year, month = int(found[1]), int(found[2])
    elif found := _MONTH_YEAR.fullmatch(low):
        year, month = int(found[2]), int(found[1])
    elif (found := _MONTH_NAMED.fullmatch(low)) and found[1] in _MONTHS:
        year, month = _year(found[2]), _MONTHS[found[1]]
    if year is None or year not in YEARS or (month is not None and not 1 <= month <= 12):
        either = ", 2024-03 or 2024" if partial else ""
        return Reading(expected=f"a date such as 2024-03-12 or 12/03/2024{either}")
    if not partial:
        return Reading(expected="a whole date: day, month and year")
    if month is None:
        return Reading(date(year, 7, 2), YEAR)
    return Reading(date(year, month, 16), MONTH)


def _year(digits: str) -> int | None:
    if len(digits) == 2:
        return int(digits) + (1900 if int(digits) >= LAST_CENTURY_FROM else 2000)
    return int(digits) if len(digits) == 4 else None


def _day(year_text: str, month_text: str | int, day_text: str) -> Reading:
    """The day, or why there is no such day."""
    year, month, day = _year(year_text), int(month_text), int(day_text)
    if year is None:
        return Reading(expected="a date whose year has four figures")
    if year not in YEARS:
        return Reading(expected=f"a date with a year from {YEARS[0]} to {YEARS[-1]}")
    if not 1 <= month <= 12:
        return Reading(expected="a date: there is no month " + str(month))
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        of = f"{month_name[month]} {year}" if month == 2 else month_name[month]
        return Reading(expected=f"a date: {of} has {days} days")
    return Reading(date(year, month, day))
