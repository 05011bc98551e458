"""The periods figures are split by: months, quarters and the three kinds of year.

Imports nothing of ours.
"""

from __future__ import annotations

from datetime import date

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
