"""The periods figures are split by: months, quarters and the three kinds of year.

Imports nothing of ours.
"""

from __future__ import annotations

from datetime import date, timedelta

MONTH, QUARTER = "month", "quarter"
ACADEMIC_YEAR, FINANCIAL_YEAR, CALENDAR_YEAR = "academic_year", "financial_year", "calendar_year"

# Universities' years begin on 1 August; the public sector's financial year on 1 April. A
# university whose accounts run from August reads them under the academic year.
FIRST_MONTH = {ACADEMIC_YEAR: 8, FINANCIAL_YEAR: 4}


def period_sql(period: str, day: str) -> str:
    """The SQL that names the period a date column falls in, such as '2024/25' or '2025 Q1'."""
    if period == MONTH:
        return f"strftime({day}, '%Y-%m')"
    if period == QUARTER:
        return f"strftime({day}, '%Y') || ' Q' || quarter({day})::varchar"
    if period == CALENDAR_YEAR:
        return f"strftime({day}, '%Y')"
    first = FIRST_MONTH[period]
    year = f"(year({day}) - case when month({day}) < {first} then 1 else 0 end)"
    return f"{year}::varchar || '/' || right(({year} + 1)::varchar, 2)"


def year_of(period: str, day: date) -> str:
    """The name of the academic or financial year a day falls in, such as '2024/25'."""
    year = day.year - (day.month < FIRST_MONTH[period])
    return f"{year}/{(year + 1) % 100:02d}"


def year_bounds(period: str, name: str) -> tuple[date, date]:
    """First and last day of an academic or financial year named like '2024/25'."""
    year = int(name[:4])
    month = FIRST_MONTH[period]
    return date(year, month, 1), date.fromordinal(date(year + 1, month, 1).toordinal() - 1)


def period_of(period: str, day: date) -> str:
    """The name of the period a day falls in, as splits name it: '2024-05', '2024 Q2', '2023/24'."""
    if period in FIRST_MONTH:
        return year_of(period, day)
    names = {
        MONTH: f"{day:%Y-%m}",
        QUARTER: f"{day.year} Q{(day.month + 2) // 3}",
        CALENDAR_YEAR: f"{day.year}",
    }
    return names[period]


def unfinished(period: str, as_of: date | None) -> str | None:
    """The period that the records end in the middle of, or None where they end with it."""
    if as_of is None:
        return None
    name = period_of(period, as_of)
    return name if period_of(period, as_of + timedelta(days=1)) == name else None


def is_over(period: str, name: str, as_of: date) -> bool:
    """Whether the period of that name is over in records that end with that day."""
    return name <= period_of(period, as_of) and name != unfinished(period, as_of)
