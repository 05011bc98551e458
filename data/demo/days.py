"""Days of the demo: the span of its records, working days, dates known in part, pay runs."""

from datetime import date, timedelta
from random import Random

FIRST = date(2022, 8, 1)
LAST = date(2026, 3, 31)
REGISTER_BEGAN = date(2018, 8, 1)
ADVANCES_FROM = date(2022, 9, 1)  # so that no advance was paid before FIRST


def middle(partial: str) -> date:
    """The day in the middle of a date known to the year, the month or the day."""
    parts = [int(part) for part in partial.split("-")]
    return date(*(parts + [[7, 1], [16], []][len(parts) - 1]))


def last_day(partial: str) -> date:
    """A day surely inside a date known in part, late in it; LAST where empty."""
    if not partial:
        return LAST
    parts = [int(part) for part in partial.split("-")]
    return date(*(parts + [[12, 15], [28], []][len(parts) - 1]))


def working(day: date) -> date:
    """The day itself, or the Monday after a weekend, or the working day after the closure."""
    while day.weekday() > 4 or (day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1):
        day += timedelta(1)
    return day


def pay_run(day: date) -> date:
    """The next pay run on or after a day: Tuesdays and Thursdays."""
    while day.weekday() not in (1, 3):
        day += timedelta(1)
    return day if working(day) == day else pay_run(working(day))


def between(rng: Random, first: date, last: date) -> date:
    """A working day from first to last, both counted."""
    for _ in range(50):
        day = working(first + timedelta(rng.randint(0, (last - first).days)))
        if day <= last:
            return day
    return last


def iso(day: date | None) -> str:
    """The day as written in the tables; empty where there is none or it lies after LAST."""
    return day.isoformat() if day and day <= LAST else ""


def academic_year(day: date) -> int:
    """The calendar year in which the academic year (1 August) of a day begins."""
    return day.year if day.month >= 8 else day.year - 1
