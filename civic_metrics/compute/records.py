"""Records as a viewer may see them: rows of a table, names, invoices still unpaid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from civic_metrics.compute.statement import Unanswerable
from civic_metrics.ledger import Ledger, known_names
from civic_metrics.model import Viewer
from civic_metrics.periods import period_sql
from civic_metrics.scope import SEES_EVERYTHING, NotInScope, with_clause
from civic_metrics.splits import INDIVIDUALS, Split

# Registers are read as they stand, not as they stood on a day.
END_OF_TIME = date(9999, 12, 31)
NOT_YOURS = "not yours to see"
NAMED_TABLES = {"partnership": "partnership", "organisation": "organisation", "place": "place_code"}


def records(
    ledger: Ledger,
    viewer: Viewer,
    table: str,
    *,
    where: Mapping[str, Sequence[object]] | None = None,
    as_of: date | None = None,
) -> list[dict[str, Any]]:
    """The standing rows of a table (or of `invoice`) that the viewer may see, as dictionaries."""
    if table == "comparator":  # everybody's pay, for facts to set rows beside and no more
        raise NotInScope("The university's rates are compared with, not listed.")
    scope = with_clause(viewer, [table], as_of=as_of or END_OF_TIME)
    with ledger.cursor() as cursor:
        none = f"with {scope.sql}\nselect * from {table} limit 0"
        columns = set(run(cursor, none, scope.parameters).column_names)
    conditions, parameters = ["true"], dict(scope.parameters)
    for number, (name, values) in enumerate((where or {}).items()):
        if name not in columns:
            raise Unanswerable(f"{table} has no column {name!r}.")
        conditions.append(f"list_contains($value_{number}, {name})")
        parameters[f"value_{number}"] = list(values)
    sql = f"with {scope.sql}\nselect * from {table} where {' and '.join(conditions)} order by all"
    with ledger.cursor() as cursor:
        return run(cursor, sql, parameters).to_pylist()


def years_recorded(ledger: Ledger, viewer: Viewer, period: str) -> list[str]:
    """The years in which something was paid, received or worked, newest first."""
    scope = with_clause(viewer, ["payment", "contribution"], as_of=END_OF_TIME)
    days = (
        "select paid_on as day from payment union all select received_on from payment "
        "union all select worked_on from contribution"
    )
    sql = (
        f"with {scope.sql} select distinct {period_sql(period, 'day')} as year "
        f"from ({days}) where day is not null order by year desc"
    )
    with ledger.cursor() as cursor:
        return run(cursor, sql, scope.parameters).column("year").to_pylist()


def waiting(
    ledger: Ledger, viewer: Viewer, partnership: str | None, *, as_of: date | None
) -> list[dict[str, Any]]:
    """Invoices received and not paid by that day, the longest wait first; days are whole days."""
    if as_of is None:
        return []
    scope = with_clause(viewer, ["invoice"], as_of=as_of)
    sql = f"""
        with {scope.sql}
        -- one row per invoice still unpaid
        select
            payee, invoice_ref, received_on, due_on, is_disputed, amount, pounds,
            $as_of - received_on as days,
        from invoice
        where paid_on is null and left_out is null and partnership = $partnership
        order by days desc, payee, invoice_ref
    """
    with ledger.cursor() as cursor:
        return run(cursor, sql, {**scope.parameters, "partnership": partnership}).to_pylist()


def organisation_called(ledger: Ledger, text: str) -> str:
    """The identifier of an organisation given by identifier or name; Unanswerable if not one."""
    known = known_names(ledger, "organisation")
    found = {identifier for identifier, name in known if text in (identifier, name)}
    if len(found) != 1:
        raise Unanswerable(f"There is no one organisation called {text!r}. Give its identifier.")
    return found.pop()


def naming(
    ledger: Ledger, viewer: Viewer, splits: tuple[Split, ...], batch: int | None
) -> Callable[[Split, str | None], str]:
    """What the groups of these splits are called for that viewer.

    A name the records have lost is its identifier to those who see everything; to a partner it
    is not theirs to see.
    """
    known: dict[str, dict[str, str]] = {}
    for table in {split.names_from for split in splits if split.names_from}:
        scope = with_clause(viewer, [table], as_of=END_OF_TIME, batch=batch)
        sql = f"with {scope.sql} select {NAMED_TABLES[table]}, name from {table}"
        with ledger.cursor() as cursor:
            found = run(cursor, sql, scope.parameters)
        known[table] = dict(zip(*(column.to_pylist() for column in found.columns), strict=True))
    sees_everything = viewer.role in SEES_EVERYTHING

    def label(split: Split, key: str | None) -> str:
        if key is None:
            return split.missing
        if split.names_from is None:
            return str(key)
        if key == INDIVIDUALS:
            return "individuals, shown together"
        return known[split.names_from].get(key) or (key if sees_everything else NOT_YOURS)

    return label


def run(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object]) -> pa.Table:
    """What a statement returns, bound to those of the parameters that it names."""
    used = {name: value for name, value in parameters.items() if f"${name}" in sql}
    return cursor.sql(sql, params=used).to_arrow_table()
