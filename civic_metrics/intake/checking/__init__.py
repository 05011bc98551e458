"""Rules about rows and about a sheet as a whole: which rows break them, in words.

    for finding in check(con, contract, names, against):
        findings.take(finding)

The rules of payments are in payment_rules.py, of time and its pay in time_rules.py, of periods
that overlap and things told twice in overlaps.py; the limits are in limits.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

import duckdb

from civic_metrics.contracts import Column, Contract
from civic_metrics.intake.checking.limits import Against
from civic_metrics.intake.checking.overlaps import (
    loaded_before,
    overlapping,
    same_invoice_twice,
    shares_over_one,
    twin_partnerships,
)
from civic_metrics.intake.checking.payment_rules import far_outside, payment_rules
from civic_metrics.intake.checking.rules import (
    Finding,
    Rule,
    broken,
    first_day,
    last_day,
    whole_rows,
)
from civic_metrics.intake.checking.time_rules import (
    hourly_rate_rules,
    long_days,
    time_rules,
    without_unit,
)
from civic_metrics.intake.parsing.values import Fault
from civic_metrics.ledger.batch import Severity

__all__ = ["Against", "Finding", "check"]

# First and last day of a period, in whichever table they stand.
# What was received, paid or worked is known from records that programs kept: not of long ago.
OF_OUR_DAY = ("payment", "contribution", "in_kind")
PERIODS = (("started_on", "ended_on"), ("joined_on", "left_on"), ("from_on", "to_on"))


def check(
    con: duckdb.DuckDBPyConnection, contract: Contract, given: Collection[str], against: Against
) -> Iterator[Finding]:
    """Every rule that rows of `typed` break, each with all its rows.

    `given` are the columns the file gives; a rule that needs another is silent, and so is a
    limit that `against` does not hold.
    """
    whole_rows(con, contract, _columns(con), against.standing)
    yield from broken(con, _rules(contract, given, against))
    for find in _ACROSS.get(contract.name, ()):
        yield from find(con, contract, given, against)
    yield from loaded_before(con, contract, given, against)


def _columns(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    return tuple(con.sql("from typed limit 0").columns)


def _rules(contract: Contract, given: Collection[str], against: Against) -> Iterator[Rule]:
    for column in contract.columns:
        if column.name in given:
            yield from _own_limits(column)
            yield from _days(contract, column, against)
    for start, end in PERIODS:
        if {start, end} <= set(given):
            yield _ended_after_started(contract, start, end)
    if contract.name == "payment":
        yield from payment_rules(contract, given, against)
    elif contract.name == "contribution":
        yield from time_rules(contract, given, against)
    elif contract.name == "rate":
        yield from hourly_rate_rules(against, "hourly_gbp", day="from_on", beside=("from_on",))


def _own_limits(column: Column) -> Iterator[Rule]:
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
    yield Rule(" or ".join(outside), column.name, fault, Severity.ERROR)


def _days(contract: Contract, column: Column, against: Against) -> Iterator[Rule]:
    """A thing that has happened cannot lie ahead; a month or year may still be running."""
    if column.type != "date":
        return
    if column.happened:
        fault = Fault(
            f"a day that has come, {against.today.isoformat()} or before",
            "Correct the date; a day still to come belongs in a column for what is planned.",
        )
        earliest = first_day(column.name) if column.partial else column.name
        to_come = f"{earliest} > date '{against.today.isoformat()}'"
        yield Rule(to_come, column.name, fault, Severity.ERROR)
    year, ahead = against.at("year_least"), against.at("years_ahead_most")
    if contract.name in OF_OUR_DAY and column.happened:
        year = against.at("record_year_least") or year
    if year is not None:
        fault = Fault(f"a year from {year:g} on", "Kept as it is: is the year right?")
        yield Rule(f"year({column.name}) < {int(year)}", column.name, fault)
    if ahead is not None and not column.happened:
        last = against.today.year + int(ahead)
        fault = Fault(f"a year up to {last}", "Kept as it is: is the year right?")
        yield Rule(f"year({column.name}) > {last}", column.name, fault)


def _ended_after_started(contract: Contract, start: str, end: str) -> Rule:
    """Compares the last day the end may mean with the first the start may mean."""
    ends = last_day(end) if contract.column(end).partial else end
    starts = first_day(start) if contract.column(start).partial else start
    fault = Fault("an end on or after the start", "Correct the start or the end.")
    return Rule(f"{ends} < {starts}", end, fault, Severity.ERROR, (start,))


Find = Callable[[duckdb.DuckDBPyConnection, Contract, Collection[str], Against], Iterator[Finding]]
# What is seen only by looking at several rows at once.
_ACROSS: dict[str, tuple[Find, ...]] = {
    "payment": (far_outside, same_invoice_twice),
    "contribution": (without_unit, long_days),
    "membership": (overlapping,),
    "rate": (overlapping,),
    "partnership": (twin_partnerships,),
    "footprint": (shares_over_one,),
}
