"""What a load changes, old -> new, cell by cell and as text; the first thousand of each kind."""

from __future__ import annotations

import duckdb

from civic_metrics.contracts import Column, Contract
from civic_metrics.ledger.batch import Change, Staged
from civic_metrics.ledger.folding import same_key

# So many are listed; the rest are counted only.
LIMIT = 1000


def changed_cells(
    cursor: duckdb.DuckDBPyConnection, table: Contract, staged: Staged
) -> tuple[int, list[Change]]:
    """How many cells the rows in `arriving` change, and the first of them in row order.

    Asked before the standing rows are closed.
    """
    columns = [c for c in table.columns if c.name in staged.columns and c.name not in table.key]
    return _differences(
        cursor,
        table,
        columns,
        f"""
        from arriving
        join ledger.{table.name} as standing on standing.rowid = arriving._standing
        where arriving.effect = 'changed'
        """,
        row="arriving._row",
    )


def put_back_cells(
    cursor: duckdb.DuckDBPyConnection, table: Contract, batch: int
) -> tuple[int, list[Change]]:
    """The same of rows that a whole record lacks and that stand by another source's words."""
    columns = [c for c in table.columns if c.name not in table.key]
    return _differences(
        cursor,
        table,
        columns,
        f"""
        from ledger.{table.name} as arriving
        join ledger.{table.name} as standing
            on standing._until = {batch} and {same_key(table, "standing", "arriving")}
        where arriving._batch = {batch} and arriving._origin_batch <> {batch}
            and arriving._until is null
        """,
        row="null",
    )


def closed_rows(cursor: duckdb.DuckDBPyConnection, table: Contract, batch: int) -> list[Change]:
    """The first of the rows that the batch closed and put nothing in the place of."""
    key = ", ".join(f"coalesce(closed.{name}::varchar, '')" for name in table.key)
    rows = cursor.execute(
        f"""
        -- one row per row closed
        select [{key}]
        from ledger.{table.name} as closed
        where closed._until = {batch} and closed._batch <> {batch}
            and not exists (
                select 1 from ledger.{table.name} as standing
                where standing._until is null and {same_key(table, "standing", "closed")}
            )
        order by all
        limit {LIMIT}
        """
    ).fetchall()
    return [Change(tuple(key), None, None, None, None) for (key,) in rows]


def _differences(
    cursor: duckdb.DuckDBPyConnection,
    table: Contract,
    columns: list[Column],
    rows_from: str,
    *,
    row: str,
) -> tuple[int, list[Change]]:
    if not columns:
        return 0, []
    differing = " + ".join(f"({_differs(column)})::integer" for column in columns)
    total = cursor.execute(f"select coalesce(sum({differing}), 0) {rows_from}").fetchall()[0][0]
    key = ", ".join(f"coalesce(arriving.{name}::varchar, '')" for name in table.key)
    before, after = (
        ", ".join(_text(column, side) for column in columns) for side in ("standing", "arriving")
    )
    found = cursor.execute(
        f"""
        -- one row per row with a changed cell
        select [{key}] as key, {row} as row, [{before}], [{after}],
        {rows_from} and {differing} > 0
        order by row, key
        limit {LIMIT}
        """
    ).fetchall()
    changes = [
        Change(tuple(key), number, column.name, old, new)
        for key, number, olds, news in found
        for column, old, new in zip(columns, olds, news, strict=True)
        if old != new
    ]
    return int(total), changes[:LIMIT]


def _differs(column: Column) -> str:
    return " or ".join(
        f"arriving.{name} is distinct from standing.{name}" for name, _ in column.stored
    )


def _text(column: Column, side: str) -> str:
    """The SQL for a cell as a person writes it: yes or no, and a date as far as it is known."""
    cell = f"{side}.{column.name}"
    if column.type == "boolean":
        return f"case {cell} when true then 'yes' when false then 'no' end"
    if column.partial:
        return (
            f"case {cell}_precision when 'year' then strftime({cell}, '%Y') "
            f"when 'month' then strftime({cell}, '%Y-%m') else {cell}::varchar end"
        )
    return f"{cell}::varchar"
