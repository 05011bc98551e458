"""Rules of time and what it was paid: hours in a day, pay by the hour. Numbers: limits.py."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import duckdb

from civic_metrics.contracts import Contract
from civic_metrics.intake.checking.limits import Against
from civic_metrics.intake.checking.rules import Finding, Rule, compared
from civic_metrics.intake.parsing.values import Fault
from civic_metrics.ledger.batch import Severity


def time_rules(contract: Contract, given: Collection[str], against: Against) -> Iterator[Rule]:
    """The rules of one contribution of time."""
    if "quantity" not in given:
        return
    hours = dict(contract.derived)["hours"]
    beside = ("unit",) if "unit" in given else ()
    for limit in against.values("hours_in_a_day_most"):
        fault = Fault(
            f"at most {limit.value:g} hours for one day",
            "Kept as it is: right for the total of several days, else correct the quantity or "
            "unit.",
        )
        too_many = f"{hours} > {limit.value} and {limit.sql('worked_on')}"
        yield Rule(too_many, "quantity", fault, Severity.WARNING, beside)
    if "unit" in given:
        no_length = Fault(
            "the hours in a session",
            "Kept as sessions; fill in the hours per session so that it counts in hours.",
        )
        endless = "unit = 'session' and hours_per_day is null and quantity is not null"
        yield Rule(endless, "quantity", no_length)
        yield Rule("unit is null and quantity is not null", "quantity", _NO_UNIT)
    if "paid_gbp" in given:
        rate = f"(paid_gbp / nullif({hours}, 0))"
        yield from hourly_rate_rules(
            against, "paid_gbp", rate, day="worked_on", beside=("quantity",)
        )


_NO_UNIT = Fault("a unit: hour, half day, day or session", "Fill in the unit of the quantity.")


def without_unit(
    con: duckdb.DuckDBPyConnection, contract: Contract, given: Collection[str], against: Against
) -> Iterator[Finding]:
    """Said once where the file has quantities and no column for their unit."""
    if "quantity" in given and "unit" not in given:
        yield Finding("quantity", _NO_UNIT)


def hourly_rate_rules(
    against: Against, column: str, rate: str | None = None, *, day: str, beside: tuple[str, ...]
) -> Iterator[Rule]:
    """Pounds an hour over the most, or under the legal minimum of the day though not nothing.

    Hours that went unpaid are no slip and break no rule here.
    """
    rate = rate or column
    said = f"format('£{{:,.2f}} an hour', {rate}::double)" if rate != column else None
    for limit in against.values("hourly_rate_most_gbp"):
        fault = Fault(
            f"at most £{limit.value:,.2f} an hour",
            "Kept as it is: check the hours, their unit and the pounds.",
        )
        over = f"{rate} > {limit.value} and {limit.sql(day)}"
        yield Rule(over, column, fault, Severity.WARNING, beside, said)
    for limit in against.values("hourly_rate_least_gbp"):
        fault = Fault(
            f"at least the legal minimum of the day, £{limit.value:,.2f} an hour",
            "Kept as it is: check the hours, their unit and the pounds; it may be right for an "
            "organisation's charge, an apprentice or a part payment.",
        )
        under = f"{rate} > 0 and {rate} < {limit.value} and {limit.sql(day)}"
        yield Rule(under, column, fault, Severity.WARNING, beside, said)


def long_days(
    con: duckdb.DuckDBPyConnection, contract: Contract, given: Collection[str], against: Against
) -> Iterator[Finding]:
    """Rows of one person and day that have more hours together than a day, though none alone."""
    if not {"person_ref", "worked_on", "quantity"} <= set(given):
        return
    hours = dict(contract.derived)["hours"]
    for limit in against.values("hours_in_a_day_most"):
        groups = f"""
            -- one row per person and day of too many hours
            select list(_n order by _n) as places, sum({hours}) as hours,
            from whole
            where person_ref is not null and {limit.sql("worked_on")}
            group by person_ref, worked_on
            having count(*) > 1 and sum({hours}) > {limit.value} and max({hours}) <= {limit.value}
        """
        fault = Fault(
            f"at most {limit.value:g} hours for one person on one day",
            "Kept as it is: one of the rows may be there twice, or on the wrong day.",
        )
        yield from compared(
            con, groups, "quantity", fault, ("worked_on",), said="format('{:g} in all', hours)"
        )
