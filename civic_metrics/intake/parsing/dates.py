"""A date as people write it -> the day, how exactly it is known, or what is wrong with it.

Pure functions of one text; how a column writes its dates (day or month first, day numbers) is
decided beforehand from all its values, in date_habits.py. Imports nothing of ours.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache

# Two-figure years from here on are of the last century, as POSIX and spreadsheets have it.
LAST_CENTURY_FROM = 69
# Older or later than any date of a partnership or payment: a slip of the hand.
YEARS = range(1800, 2201)
# Day numbers of a spreadsheet that are dates from 1954 to 2119.
SERIALS = range(20_000, 80_001)
# Day nought of spreadsheets for dates after February 1900.
SERIAL_START = date(1899, 12, 30)

DAY, MONTH, YEAR = "day", "month", "year"
WRITE_DAY = "Write the day itself."

_WEEKDAY = r"(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_BEFORE = re.compile(rf"^{_WEEKDAY}\b[.,]?\s*")
_AFTER = re.compile(rf"[\s,]*\(?\b{_WEEKDAY}\b\.?\)?$")
_SPLIT = r"\s*[/.\-\s]\s*"
_SLASHED = re.compile(rf"(\d{{1,2}}){_SPLIT}(\d{{1,2}}){_SPLIT}(\d+)")
_EIGHT = re.compile(r"(\d\d)(\d\d)((?:18|19|20|21)\d\d)")
_YEAR_FIRST = re.compile(rf"(\d{{4}}){_SPLIT}(\d{{1,2}}){_SPLIT}(\d{{1,2}})")
_COMPACT = re.compile(r"((?:18|19|20|21)\d\d)(\d\d)(\d\d)")
_ORDINAL = r"(?:st|nd|rd|th)?"
_JOIN = r"[\s\-/.,']*"
_NAMED = re.compile(rf"(\d{{1,2}}){_ORDINAL}(?:\s+of)?{_JOIN}([a-z]{{3,}}){_JOIN}(\d+)")
_MONTH_NAMED_FIRST = re.compile(
    rf"([a-z]{{3,}})[\s\-/.]*(\d{{1,2}}){_ORDINAL}(?:\s*,\s*|[\s\-/.]+)(\d{{4}})"
)
_YEAR_NAMED = re.compile(rf"(\d{{4}}){_JOIN}([a-z]{{3,}}){_JOIN}(\d{{1,2}}){_ORDINAL}")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_YEAR_ONLY = re.compile(r"(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4})")
_MONTH_NAMED = re.compile(r"([a-z]{3,})[\s\-/.,']*(?:of\s+)?(\d{4}|\d\d)")
_NAMED_MONTH = re.compile(r"(\d{4})[\s\-/.,']*([a-z]{3,})")
_SPAN = re.compile(r"(?:[a-z]{2}\s*)?(\d{4})\s*[/\-–]\s*(\d{2}|\d{4})")
_PART_OF_YEAR = re.compile(
    r"\b(q[1-4]|quarter|spring|summer|autumn|winter|term|semester|half|early|late|mid|"
    r"start of|beginning of|end of)\b"
)
_ABOUT = re.compile(
    r"(?:c\.?|ca\.?|circa|about|around|approx\.?|approximately|before|after|pre|post|since|by|"
    r"from|until|est\.?|~|<|>)[\s\-]*\d.*|\d.*(?:\?|ish|onwards?|\+)"
)
_TWO = re.compile(r".*\b\d{4}\b.*\b\d{4}\b.*|.*\d\s*(?:to|and|&|or|;)\s*\d.*")

_MONTHS = {
    spelling: number
    for number, name in enumerate(month_name)
    if name
    for spelling in (name.lower(), name[:3].lower())
} | {"sept": 9}


@dataclass(frozen=True)
class Habit:
    """How a column writes its dates, and on how many of its values that rests.

    `sure` values only make sense in the order taken, `against` only in the other. `serials`:
    its bare numbers of five figures are day numbers of a spreadsheet. `spans`: it writes
    2021/22 for a year that runs over New Year, so that 2011/12 is no month. `like_others`: no
    value tells, and the order is that of the other dates beside it.
    """

    month_first: bool = False
    sure: int = 0
    against: int = 0
    serials: bool = False
    spans: bool = False
    like_others: bool = False

    @cached_property
    def said(self) -> str:
        """What was decided, with the evidence, in words."""
        first = "month" if self.month_first else "day"
        if self.like_others:
            return f"read {first} first, like the other dates of this sheet; check one"
        if not self.sure:
            return "read day first, as in the UK: no date in this column tells which, so check one"
        against = f", {self.against:,} only the other way round" if self.against else ""
        return f"read {first} first: {_values(self.sure)}{against}"


@dataclass(frozen=True)
class Reading:
    """A date, how exactly it is known and what was done to it; or, where there is none, what
    was expected and what to do."""

    on: date | None = None
    precision: str = DAY
    notes: tuple[str, ...] = ()
    expected: str = ""
    fix: str = "Correct the date in this cell."


@lru_cache(maxsize=20_000)  # asked for each date of a column several times
def plainly(text: str) -> str:
    """The text of a date in lower case, with plain blanks and hyphens and none at its ends."""
    low = re.sub(r"[\s\u2007\u200b]+", " ", text.lower())
    return re.sub(r"[‐‑–—−]", "-", low).strip(" .,;'")


def read_date(text: str, habit: Habit, *, partial: bool) -> Reading:
    """The day the text names; a month or a year alone only where `partial` allows it."""
    low = plainly(text)
    bare = _AFTER.sub("", _BEFORE.sub("", low))
    reading = _whole(bare, habit) or _part(bare, habit, partial=partial)
    if bare != low and reading.on is not None:
        return replace(reading, notes=(*reading.notes, "day of the week left out"))
    return reading


def _whole(low: str, habit: Habit) -> Reading | None:
    """The day, or what is wrong with it; None where the text is not of the form of one."""
    if found := _YEAR_FIRST.fullmatch(low):
        is_iso = re.fullmatch(r"\d{4}-\d\d-\d\d", low)
        return _day(*found.groups(), () if is_iso else ("year first, with other marks",))
    if found := _COMPACT.fullmatch(low):
        reading = _day(*found.groups(), ("eight figures read as a date",))
        if reading.on is not None or not _EIGHT.fullmatch(low):
            return reading
    if found := _SLASHED.fullmatch(low) or _EIGHT.fullmatch(low):
        return _numbered(found[1], found[2], found[3], habit)
    for pattern, (year, month, day) in (
        (_NAMED, (3, 2, 1)),
        (_MONTH_NAMED_FIRST, (3, 1, 2)),
        (_YEAR_NAMED, (1, 2, 3)),
    ):
        if (found := pattern.fullmatch(low)) and found[month] in _MONTHS:
            note = "month written in words"
            return _day(found[year], _MONTHS[found[month]], found[day], (note,))
    if (serial := _SERIAL.fullmatch(low)) and int(serial[1]) in SERIALS:
        if habit.serials:
            on = SERIAL_START + timedelta(days=int(serial[1]))
            return Reading(on, notes=("day numbers of the spreadsheet read as dates",))
        return Reading(
            expected="a date such as 2024-03-12; this is perhaps a spreadsheet's number of a day",
            fix="Format the column as a date in the spreadsheet, save and load again.",
        )
    return None


def _numbered(first: str, second: str, year: str, habit: Habit) -> Reading:
    """The day from figures alone, in the order of the column."""
    day, month = (second, first) if habit.month_first else (first, second)
    reading = _day(year, month, day, (habit.said,))
    if reading.on is None and int(month) > 12 >= int(day) > 0:
        order, other = ("month", "day") if habit.month_first else ("day", "month")
        return Reading(
            expected=f"a date with the {order} first, like the rest of this column "
            f"({_values(habit.sure)})",
            fix=f"This one only makes sense {other} first: write it as 2024-03-12 is written.",
        )
    return reading


def _values(count: int) -> str:
    return f"{count:,} values only make sense so" if count != 1 else "1 value only makes sense so"


def _part(low: str, habit: Habit, *, partial: bool) -> Reading:
    """The middle of the month or year the text names."""
    year = month = None
    notes: tuple[str, ...] = ()
    if (span := _SPAN.fullmatch(low)) and _is_span(span, habit):
        return Reading(
            expected="one day, month or year; this is a year that runs over New Year",
            fix=f"Write the month it began: {span[1]}-08 for an academic year, {span[1]}-04 for a "
            "financial year."
            if partial
            else WRITE_DAY,
        )
    if found := _YEAR_ONLY.fullmatch(low):
        year = int(found[1])
    elif found := _YEAR_MONTH.fullmatch(low):
        year, month = int(found[1]), int(found[2])
        notes = () if re.fullmatch(r"\d{4}-\d\d", low) else ("month and year with other marks",)
    elif found := _MONTH_YEAR.fullmatch(low):
        year, month = int(found[2]), int(found[1])
        notes = ("month and year with other marks",)
    elif (found := _MONTH_NAMED.fullmatch(low)) and found[1] in _MONTHS:
        year, month = _year(found[2]), _MONTHS[found[1]]
        notes = ("month written in words",)
    elif (found := _NAMED_MONTH.fullmatch(low)) and found[2] in _MONTHS:
        year, month = int(found[1]), _MONTHS[found[2]]
        notes = ("month written in words",)
    if year is None or year not in YEARS or (month is not None and not 1 <= month <= 12):
        return _no_date(low, partial=partial)
    if not partial:
        return Reading(expected="a whole date: day, month and year", fix=WRITE_DAY)
    if month is None:
        return Reading(date(year, 7, 2), YEAR, notes)
    return Reading(date(year, month, 16), MONTH, notes)


def is_span(low: str) -> bool | None:
    """Whether the text must be a year over New Year (2021/22), cannot be one, or either (None:
    2011/12)."""
    found = _SPAN.fullmatch(low)
    if not found or (int(found[1]) + 1) % 10 ** len(found[2]) != int(found[2]):
        return False
    return True if int(found[2]) > 12 else None


def _is_span(found: re.Match[str], habit: Habit) -> bool:
    """2011-12 is the twelfth month as ISO writes it; 2011/12 only where the column has months."""
    verdict = is_span(found[0])
    if verdict is None:
        return habit.spans or "/" in found[0]
    return verdict


def _no_date(low: str, *, partial: bool) -> Reading:
    """What was expected of a text that names no day, month or year."""
    either = ", 2024-03 or 2024" if partial else ""
    expected = f"a date such as 2024-03-12 or 12/03/2024{either}"
    if _TWO.fullmatch(low):
        return Reading(
            expected=f"one date{either and ', month or year'}; this looks like two",
            fix="Keep the right one; a start and an end have a column each.",
        )
    if _PART_OF_YEAR.search(low):
        return Reading(
            expected=expected,
            fix="Write the month: the parts of a year begin on different days in different years."
            if partial
            else WRITE_DAY,
        )
    if _ABOUT.fullmatch(low):
        return Reading(
            expected=expected,
            fix="Write the date or year alone; “about” or “before” belongs in a column for how "
            "exactly it is known.",
        )
    return Reading(expected=expected)


def _year(digits: str) -> int | None:
    if len(digits) == 2:
        return int(digits) + (1900 if int(digits) >= LAST_CENTURY_FROM else 2000)
    return int(digits) if len(digits) == 4 else None


def _day(
    year_text: str, month_text: str | int, day_text: str, notes: tuple[str, ...] = ()
) -> Reading:
    """The day, or why there is no such day."""
    year, month, day = _year(year_text), int(month_text), int(day_text)
    if year is None:
        return Reading(expected="a date whose year has four figures")
    if year not in YEARS:
        return Reading(expected=f"a date with a year from {YEARS[0]} to {YEARS[-1]}")
    if not 1 <= month <= 12:
        return Reading(expected="a date: there is no month " + str(month))
    days = monthrange(year, month)[1]
    if day < 1:
        return Reading(expected="a date: there is no day 0")
    if day > days:
        of = f"{month_name[month]} {year}" if month == 2 else month_name[month]
        return Reading(expected=f"a date: {of} has {days} days")
    if len(year_text) == 2:
        notes = (*notes, "years of two figures read as 1969 to 2068")
    return Reading(date(year, month, day), notes=notes)
