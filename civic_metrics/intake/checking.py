"""Rules about a whole row or one value's limits: which rows break them, in words.

Rows come as a DuckDB table `typed` with `_n` (the place in the sheet) and the stored columns;
every rule is one SELECT of the rows that break it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

import duckdb

from civic_metrics.contracts import Column, Contract
from civic_metrics.intake.values import Fault
from civic_metrics.ledger.batch import Severity

# Hours in a working day unless the row says otherwise: DESIGN.md, contribution.
HOURS_PER_DAY = 7.5
HOURS_IN_A_DAY = 24


@dataclass(frozen=True)
class Finding:
    """A rule that a row breaks: its place in the sheet (None: the sheet as a whole), our column,
    and the other columns the rule looked at."""

    place: int | None
    column: str
    fault: Fault
    severity: Severity
    beside: tuple[str, ...] = ()


def check(
    con: duckdb.DuckDBPyConnection, contract: Contract, given: Collection[str], today: date
) -> Iterator[Finding]:
    """Every rule each row breaks: limits, days to come, and the rules of the table."""
    for column in contract.columns:
        if column.name in given:
            yield from _limits(con, column)
            if column.happened:
                yield from _to_come(con, column, today)
    for rule in contract.rules:
        yield from _RULES[rule](con, given)
    if "amount" in given:
        yield from _credits(con)
    if "quantity" in given:
        yield from _hours(con, given)


def _broken(
    con: duckdb.DuckDBPyConnection, condition: str, values: list[object] | None = None
) -> list[int]:
    """The places of the rows for which the condition holds."""
    sql = f"select _n from typed where {condition} order by _n"
    return [place for (place,) in con.execute(sql, values or []).fetchall()]


def _limits(con: duckdb.DuckDBPyConnection, column: Column) -> Iterator[Finding]:
    least, most = column.minimum, column.maximum
    outside = []
    if least is not None:
        outside.append(f"{column.name} < {least}")
    if most is not None:
        outside.append(f"{column.name} > {most}")
    if not outside:
        return
    if least is not None and most is not None:
        expected = f"a number from {least:g} to {most:g}"
    else:
        expected = f"at least {least:g}" if least is not None else f"at most {most:g}"
    fault = Fault(expected, "Correct the number, or leave the cell empty.")
    for place in _broken(con, " or ".join(outside)):
        yield Finding(place, column.name, fault, Severity.ERROR)


def _to_come(con: duckdb.DuckDBPyConnection, column: Column, today: date) -> Iterator[Finding]:
    """A thing that has happened cannot lie ahead; a month or year may still be running."""
    fault = Fault(
        f"a day that has come, {today.isoformat()} or before",
        "Correct the date; a day still to come belongs in a column for what is planned.",
    )
    earliest = _first_day(column.name) if column.partial else column.name
    for place in _broken(con, f"{earliest} > ?", [today]):
        yield Finding(place, column.name, fault, Severity.ERROR)


def _first_day(name: str) -> str:
    """SQL: the first day that a date known to its year or month may mean."""
    return f"""
        case {name}_precision
            when 'year' then make_date(year({name}), 1, 1)
            when 'month' then make_date(year({name}), month({name}), 1)
            else {name}
        end
    """


def _last_day(name: str) -> str:
    """SQL: the last day that a date known to its year or month may mean."""
    return f"""
        case {name}_precision
            when 'year' then make_date(year({name}), 12, 31)
            when 'month' then last_day({name})
            else {name}
        end
    """


def _received_or_paid(con: duckdb.DuckDBPyConnection, given: Collection[str]) -> Iterator[Finding]:
    either = [name for name in ("received_on", "paid_on") if name in given]
    fault = Fault(
        "a day received or a day paid, or both",
        "Fill in one of the two dates; leave the row out if it was never sent in.",
    )
    if either:
        for place in _broken(con, " and ".join(f"{name} is null" for name in either)):
            yield Finding(place, either[0], fault, Severity.ERROR, tuple(either[1:]))


def _paid_after_received(
    con: duckdb.DuckDBPyConnection, given: Collection[str]
) -> Iterator[Finding]:
    if not {"received_on", "paid_on"} <= set(given):
        return
    agreed = "is_advance_agreed is true" if "is_advance_agreed" in given else "false"
    is_wrong = f"kind = 'supply' and not ({agreed})" if "kind" in given else "false"
    wrong = Fault(
        "paid on or after the day it was received",
        "Correct one of the dates, or mark the row as an agreed advance.",
    )
    advance = Fault(
        "paid on or after the day it was received",
        "Nothing to do if it is right: it is shown as paid in advance.",
    )
    early = "paid_on < received_on"
    for place in _broken(con, f"{early} and coalesce({is_wrong}, false)"):
        yield Finding(place, "paid_on", wrong, Severity.ERROR, ("received_on",))
    for place in _broken(con, f"{early} and not coalesce({is_wrong}, false)"):
        yield Finding(place, "paid_on", advance, Severity.WARNING, ("received_on",))


def _ended_after_started(
    con: duckdb.DuckDBPyConnection, given: Collection[str]
) -> Iterator[Finding]:
    """Compares the last day the end may mean with the first the start may mean."""
    if not {"started_on", "ended_on"} <= set(given):
        return
    fault = Fault("an end on or after the start", "Correct the start or the end.")
    for place in _broken(con, f"{_last_day('ended_on')} < {_first_day('started_on')}"):
        yield Finding(place, "ended_on", fault, Severity.ERROR, ("started_on",))


def _credits(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    fault = Fault(
        "an amount of 0 or more, unless it is a credit note",
        "Nothing to do if it is one: it is kept as a credit note and shown apart.",
    )
    for place in _broken(con, "amount < 0"):
        yield Finding(place, "amount", fault, Severity.WARNING)


def _hours(con: duckdb.DuckDBPyConnection, given: Collection[str]) -> Iterator[Finding]:
    """No more hours in a row than its one day has; a session has no length of its own."""
    unit = "unit" if "unit" in given else "null::varchar"
    per_day = "hours_per_day" if "hours_per_day" in given else "null::double"
    hours = f"""
        quantity * case {unit}
            when 'half day' then coalesce({per_day}, {HOURS_PER_DAY}) / 2
            when 'day' then coalesce({per_day}, {HOURS_PER_DAY})
            when 'session' then {per_day}
            else 1
        end
    """
    too_many = Fault(
        f"at most {HOURS_IN_A_DAY} hours for one day",
        "Kept as it is: right for the total of several days, else correct the quantity or unit.",
    )
    for place in _broken(con, f"{hours} > {HOURS_IN_A_DAY}"):
        beside = ("unit",) if "unit" in given else ()
        yield Finding(place, "quantity", too_many, Severity.WARNING, beside)
    no_length = Fault(
        "the hours in a session",
        "Kept as sessions; fill in the hours per session so that it counts in hours.",
    )
    for place in _broken(con, f"{unit} = 'session' and {per_day} is null and quantity is not null"):
        yield Finding(place, "quantity", no_length, Severity.WARNING)
    no_unit = Fault("a unit: hour, half day, day or session", "Fill in the unit of the quantity.")
    without = _broken(con, "unit is null and quantity is not null") if "unit" in given else [None]
    for place in without:
        yield Finding(place, "quantity", no_unit, Severity.WARNING)


Rule = Callable[[duckdb.DuckDBPyConnection, Collection[str]], Iterator[Finding]]
_RULES: dict[str, Rule] = {
    "received_or_paid": _received_or_paid,
    "paid_after_received": _paid_after_received,
    "ended_after_started": _ended_after_started,
}
