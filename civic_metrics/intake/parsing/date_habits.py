"""A column of dates -> typed days; how it writes them is decided once, from all its values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column
from civic_metrics.intake.parsing.choices import ditto_fault
from civic_metrics.intake.parsing.dates import SERIALS, Habit, is_span, plainly, read_date
from civic_metrics.intake.parsing.values import Fault, Note, OneValue, Parsed, by_distinct, noted

# A time behind a date: T10:11:12Z, 00:00, at 9.30 am, 9am, with an offset.
TIME_OF_DAY = (
    r"(?i)(?:t|[\s\x{00A0}]+|,\s*|\s+at\s+)(?:\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?"
    r"(?:\s*[ap]\.?m\.?)?|\d{1,2}(?:\.\d{2})?\s*[ap]m)\s*"
    r"(?:z|utc|bst|gmt|(?:gmt|utc)?[+-]\d{2}:?\d{2}(?:\s*\(.*\))?)?$"
)
# Characters of a date with no time behind it, as most columns have.
WITHOUT_TIME = 10
# A column of text is one of day numbers where this part of its values are, and so many cells.
SERIAL_PART, FEWEST_SERIALS = 0.8, 3
# As many dates of each kind tell that a spreadsheet swapped days and months: by chance the days
# of ten dates are all up to 12 less than once in ten thousand columns.
FEWEST_SWAPPED = 10
SWAPPED = (
    "check: every date written year first has a day up to 12 and every other a later one, so a "
    "spreadsheet has perhaps swapped day and month; compare a few with the source"
)

_FIGURES = re.compile(
    r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*\d+|(\d\d)(\d\d)(?:19|20)\d\d"
)
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d-?(?:0\d|1[0-2])-?(\d\d)")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")


def habit_of(counted: Iterable[tuple[str, int]], *, is_workbook: bool = False) -> Habit:
    """How the values of a column, with how often each occurs, write dates."""
    day_first = month_first = serials = cells = 0
    spans = False
    for text, count in counted:
        low = plainly(text)
        cells += count
        if found := _SERIAL.fullmatch(low):
            serials += count if int(found[1]) in SERIALS else 0
        elif pair := _pair(low):
            first, second = pair
            month_first += count if second > 12 >= first else 0
            day_first += count if first > 12 >= second else 0
        spans = spans or is_span(low) is True
    by_number = serials >= max(FEWEST_SERIALS, SERIAL_PART * cells)
    serial = is_workbook or by_number
    if month_first > day_first:
        return Habit(True, month_first, day_first, serials=serial, spans=spans)
    return Habit(False, day_first, month_first, serials=serial, spans=spans)


def _pair(low: str) -> tuple[int, int] | None:
    """The two figures of which one is the day and the other the month."""
    found = _FIGURES.fullmatch(low)
    if not found or _YEAR_FIRST.fullmatch(low):
        return None
    pair = int(found[1] or found[3]), int(found[2] or found[4])
    # 00/13 is no day in either order, and says nothing of the others.
    return pair if min(pair) > 0 and max(pair) <= 31 else None


def swapped(counted: Iterable[tuple[str, int]]) -> int:
    """Dates, written year first, of which a spreadsheet seems to have swapped day and month; 0
    where nothing speaks for it.

    A program set to the other order takes 03/04/2024 for a date and leaves 25/04/2024 as text:
    the dates it took all have days up to 12, and those it left all have later ones.
    """
    taken = left = 0
    for text, count in counted:
        low = plainly(text)
        if found := _YEAR_FIRST.fullmatch(low):
            if int(found[1]) > 12:
                return 0
            taken += count
        elif pair := _pair(low):
            if max(pair) <= 12:
                return 0
            left += count
    return taken if min(taken, left) >= FEWEST_SWAPPED else 0


def read_dates(
    texts: pa.ChunkedArray, column: Column, *, is_workbook: bool, month_first: bool = False
) -> Parsed:
    """Dates, day or month first decided once for the whole column; the time of day is dropped.

    Where no date of the column tells, the month comes first if `month_first` says so.
    """
    days = texts
    if (pc.max(pc.utf8_length(texts)).as_py() or 0) > WITHOUT_TIME:
        days = pc.replace_substring_regex(texts, pattern=TIME_OF_DAY, replacement="")
    counted = [
        (c["values"], c["counts"])
        for c in pc.value_counts(days).to_pylist()
        if c["values"] is not None
    ]
    habit = habit_of(counted, is_workbook=is_workbook)
    if month_first and not habit.sure:
        habit = replace(habit, month_first=True, like_others=True)

    def read(text: str) -> OneValue:
        found = read_date(text, habit, partial=column.partial)
        if found.on is None:
            return OneValue(fault=ditto_fault(text) or Fault(found.expected, found.fix))
        precision = found.precision if column.partial else None
        return OneValue(found.on, note=found.notes, precision=precision)

    parsed = by_distinct(
        days, column.name, pa.date32(), read, with_precision=column.partial, written=texts
    )
    notes = parsed.notes
    if days is not texts:
        values = parsed.values[column.name]
        dropped = pc.and_(pc.not_equal(days, texts), pc.is_valid(values))
        notes += noted("time of day dropped", dropped, texts, values)
    if count := swapped(counted):
        notes += (Note(SWAPPED, count),)
    told = habit.month_first if habit.sure else None
    return Parsed(parsed.values, parsed.faults, notes=notes, month_first=told)
