"""The same thing told twice: periods that overlap, twins, and periods loaded before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import duckdb

from civic_metrics.contracts import Contract
from civic_metrics.intake.checking.limits import Against
from civic_metrics.intake.checking.rules import Finding, compared, first_day, last_day
from civic_metrics.intake.parsing.values import Fault

# By table: what a period belongs to, its first and last day, and whether two periods may share
# a day (one leaves and comes back on it).
_PERIODS = {
    "membership": (("partnership", "organisation", "role"), "joined_on", "left_on", True),
    "rate": (("university", "role_group", "activity", "basis", "kind"), "from_on", "to_on", False),
}


def overlapping(
    con: duckdb.DuckDBPyConnection, contract: Contract, given: Collection[str], against: Against
) -> Iterator[Finding]:
    """Rows whose period surely overlaps that of an earlier one of the same; a date known to the
    month or year overlaps only where it must."""
    of, start, end, may_touch = _PERIODS[contract.name]
    if start not in given:
        return
    starts = last_day(start) if contract.column(start).partial else start
    ends = first_day(end) if contract.column(end).partial else end
    fault = Fault(
        f"periods of one {contract.one} that do not overlap",
        "Kept as it is: one may be there twice, or lack its last day.",
    )
    groups = f"""
        -- one row per pair of periods that overlap
        with periods as (
            select *, {starts} as starts, coalesce({ends}, date '9999-12-31') as ends,
            from whole
            where {start} is not null
        ),
        with_longest as (
            select
                _n,
                starts,
                max(ends) over earlier as longest,
                arg_max(_n, ends) over earlier as before_n,
            from periods
            window earlier as (
                partition by {", ".join(of)} order by starts, _n
                rows between unbounded preceding and 1 preceding
            )
        )
        select [least(_n, before_n), greatest(_n, before_n)] as places,
        from with_longest
        where longest {">" if may_touch else ">="} starts
    """
    yield from compared(con, groups, start, fault, (end,) if end in given else ())


def twin_partnerships(
    con: duckdb.DuckDBPyConnection, contract: Contract, given: Collection[str], against: Against
) -> Iterator[Finding]:
    """Partnerships of one name (without case and punctuation) that started on the same day."""
    if not {"partnership", "name", "started_on"} <= set(given):
        return
    fault = Fault(
        "one row for each partnership; two have the same name and start",
        "Kept as it is: if it is one partnership, give both rows the same identifier.",
    )
    groups = r"""
        -- one row per name and start that several partnerships share
        select list(_n order by _n) as places,
        from whole
        where name is not null and started_on is not null
        group by
            lower(strip_accents(regexp_replace(name, '[^\pL\pN]+', '', 'g'))),
            started_on,
            started_on_precision
        having count(distinct partnership) > 1
    """
    yield from compared(con, groups, "name", fault, ("started_on",))


def same_invoice_twice(
    con: duckdb.DuckDBPyConnection, contract: Contract, given: Collection[str], against: Against
) -> Iterator[Finding]:
    """Payments of one amount and date whose invoice numbers are the same but for the payee, or,
    to one payee, but for punctuation, case and leading noughts (INV-001 and INV001)."""
    dates = [name for name in ("invoiced_on", "received_on", "paid_on") if name in given]
    if not dates or not {"payee", "invoice_ref", "amount"} <= set(given):
        return
    dated_on = f"coalesce({', '.join(dates)})"
    spelled = Fault(
        "an invoice once; another row has the same payee, amount and date and nearly the same "
        "number",
        "Kept as it is: if it is one invoice, remove a row or give both the same number.",
    )
    groups = _alike(
        dated_on, same="payee", by=f"payee, {_folded('invoice_ref')}", differing="invoice_ref"
    )
    yield from compared(con, groups, "invoice_ref", spelled, ("amount",))
    paid_to = Fault(
        "an invoice under one payee; another row has the same number, amount and date",
        "Kept as it is: if it is one invoice, keep it under the payee that sent it.",
    )
    groups = _alike(dated_on, same="invoice_ref", by="invoice_ref", differing="payee")
    yield from compared(con, groups, "payee", paid_to, ("invoice_ref", "amount"))


def _alike(dated_on: str, *, same: str, by: str, differing: str) -> str:
    """SQL: groups of payments of one amount and date that agree `by` and differ in one column.

    Only rows that share a code of what is the `same` are compared in full, which is dear.
    """
    return f"""
        -- one row per group of payments that may be one
        with coded as (
            select _n, hash({same}, amount, {dated_on}) as code,
            from whole
            where amount <> 0 and invoice_ref is not null
        ),
        shared as (select code from coded group by code having count(*) > 1)
        select list(_n order by _n) as places,
        from whole
        where
            _n in (select _n from coded where code in (select code from shared))
            and not starts_with(invoice_ref, 'no number ')
        group by {by}, amount, {dated_on}
        having count(distinct {differing}) > 1
    """


def _folded(name: str) -> str:
    """SQL: an invoice number without case, punctuation and the noughts a number begins with."""
    bare = f"regexp_replace(lower({name}), '[^a-z0-9]', '', 'g')"
    return f"regexp_replace({bare}, '(^|[^0-9])0+([0-9])', '\\1\\2', 'g')"


def shares_over_one(
    con: duckdb.DuckDBPyConnection, contract: Contract, given: Collection[str], against: Against
) -> Iterator[Finding]:
    """Places of one partnership whose shares come to more than the whole."""
    if not {"partnership", "share"} <= set(given):
        return
    fault = Fault(
        "shares of one partnership that come to 1 at most",
        "Kept as it is: correct the shares; leave them empty for equal parts.",
    )
    groups = """
        -- one row per partnership of too large shares; rounded, as thirds are written 0.33 or 0.34
        select list(_n order by _n) as places, sum(share) as total,
        from whole
        group by partnership
        having round(sum(share), 1) > 1
    """
    yield from compared(con, groups, "share", fault, said="format('{:.2f} in all', total)")


def loaded_before(
    con: duckdb.DuckDBPyConnection, contract: Contract, given: Collection[str], against: Against
) -> Iterator[Finding]:
    """Earlier loads, from another file and source, of days for which this sheet has rows too.

    A later extract of the same source is recognised row by row by its numbers, so it is not told.
    """
    day = begun(contract, given)
    if day is None or contract.complete_to != "asked":
        return
    for before in against.loaded:
        same_source = before.source and before.source == against.source
        if before.file_name == against.file_name or same_source:
            continue
        ((first, last, rows),) = con.execute(
            f"-- one row\nselect min({day}), max({day}), count(*) from whole "
            f"where {day} between ? and ?",
            [before.first_on, before.last_on],
        ).fetchall()
        if not rows:
            continue
        number = f" (upload {before.batch})" if before.batch is not None else ""
        days = f"on {_said(first)}" if first == last else f"from {_said(first)} to {_said(last)}"
        fault = Fault(
            f"days not loaded before; {contract.title.lower()} {days} were loaded from "
            f"“{before.file_name}”{number}",
            "Rows of the same number are recognised and count once. The same rows under other "
            "numbers would count twice: if this file replaces the other, undo that upload first.",
        )
        yield Finding(None, fault, found=[f"{rows:,} row{'' if rows == 1 else 's'} of those days"])


def begun(contract: Contract, given: Collection[str]) -> str | None:
    """SQL: the first of a row's days by which loads are compared, or None where it has none."""
    days = [c.name for c in contract.columns if c.happened and c.name in given]
    if contract.begins:
        days = [name for name in contract.begins if name in given]
    return f"least({', '.join(days)})" if days else None


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
