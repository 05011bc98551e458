"""What a rule is, and which rows of a sheet break one.

Rows come as a DuckDB table `typed` with `_n` (the place in the sheet) and the stored columns the
file gives. `whole_rows` makes of it the view `whole`, which has every column of the table, so
that a rule may name what a file lacks: it is empty there. All rules of one row are counted in a
single pass, and only those that are broken cost another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from civic_metrics.contracts import Contract
from civic_metrics.intake.parsing.values import Fault
from civic_metrics.ledger.batch import Severity

# Rows named beside one that is to be compared with them.
MOST_COMPARED = 10
# What the records hold of a payment, by which a file that gives one of two dates is checked.
RECALLED = (
    ("received_on", "date"),
    ("paid_on", "date"),
    ("kind", "varchar"),
    ("is_advance_agreed", "boolean"),
)


@dataclass(frozen=True)
class Rule:
    """A condition in SQL that no row should meet, our column it concerns, and what to say.

    `beside` are the other columns it looked at; `said` is SQL for a text that shows what was
    worked out (an hourly rate), told beside the cell.
    """

    condition: str
    column: str
    fault: Fault
    severity: Severity = Severity.WARNING
    beside: tuple[str, ...] = ()
    said: str | None = None


@dataclass(frozen=True, eq=False)
class Finding:
    """A rule that rows break: their places in the sheet (None: the sheet as a whole).

    `said` is told beside each cell and `others` are the places each row is to be compared with,
    both in the order of `places`. `found` stands instead of the cell where the cell must not be
    repeated, or for the sheet as a whole.
    """

    column: str | None
    fault: Fault
    severity: Severity = Severity.WARNING
    places: pa.Array | None = None
    beside: tuple[str, ...] = ()
    said: Sequence[str | None] | None = None
    others: Sequence[Sequence[int]] | None = None
    found: Sequence[str | None] | None = None


def whole_rows(
    con: duckdb.DuckDBPyConnection,
    contract: Contract,
    typed: Collection[str],
    standing: pa.Table | None = None,
) -> None:
    """Makes the view `whole`: the rows with every stored column of the table, and for payments
    what the records hold of them (`recalled_received_on` and the like)."""
    lacking = [f"null::{kind} as {name}" for name, kind in contract.stored if name not in typed]
    recalled, joined = [], ""
    if contract.name == "payment":
        recalled = [f"null::{kind} as recalled_{name}" for name, kind in RECALLED]
        if standing is not None and standing.num_rows:
            _recall(con, contract, typed, standing)
            recalled = [f"recalled.recalled_{name}" for name, _ in RECALLED]
            joined = "left join recalled using (_n)"
    columns = ", ".join(["typed.*", *lacking, *recalled])
    con.execute(
        f"""
        -- one row per row of the sheet
        create or replace temp view whole as
        select {columns}
        from typed
        {joined}
        """
    )


def _recall(
    con: duckdb.DuckDBPyConnection,
    contract: Contract,
    typed: Collection[str],
    standing: pa.Table,
) -> None:
    con.register("standing", standing)
    held = set(standing.column_names)
    columns = ", ".join(
        f"any_value({f'standing.{name}' if name in held else f'null::{kind}'}) as recalled_{name}"
        for name, kind in RECALLED
    )
    same = " and ".join(
        f"standing.{name} is not distinct from "
        + (f"typed.{name}" if name in typed else "null::varchar")
        for name in contract.key
        if name in held
    )
    con.execute(
        f"""
        -- one row per row of the sheet that the records hold already
        create or replace temp table recalled as
        select typed._n, {columns}
        from typed
        join standing on {same}
        group by typed._n
        """
    )
    con.unregister("standing")


def broken(con: duckdb.DuckDBPyConnection, rules: Iterable[Rule]) -> Iterator[Finding]:
    """Each rule that rows of `whole` break, with the rows in order."""
    rules = tuple(rules)
    if not rules:
        return
    counts = ",\n".join(f"count(*) filter (where {rule.condition})" for rule in rules)
    # fetchall, as a result not read to its end bars the connection.
    (counted,) = con.execute(f"-- one row\nselect\n{counts}\nfrom whole").fetchall()
    for rule, count in zip(rules, counted, strict=True):
        if count:
            said = f", {rule.said} as said" if rule.said else ""
            rows = con.sql(
                f"-- one row per row that breaks the rule\n"
                f"select _n{said} from whole where {rule.condition} order by _n"
            ).to_arrow_table()
            yield Finding(
                rule.column,
                rule.fault,
                rule.severity,
                rows["_n"].combine_chunks(),
                rule.beside,
                rows["said"].to_pylist() if rule.said else None,
            )


def first_day(name: str) -> str:
    """SQL: the first day that a date known to its year or month may mean."""
    return f"""
        case {name}_precision
            when 'year' then make_date(year({name}), 1, 1)
            when 'month' then make_date(year({name}), month({name}), 1)
            else {name}
        end
    """


def last_day(name: str) -> str:
    """SQL: the last day that a date known to its year or month may mean."""
    return f"""
        case {name}_precision
            when 'year' then make_date(year({name}), 12, 31)
            when 'month' then last_day({name})
            else {name}
        end
    """


def compared(
    con: duckdb.DuckDBPyConnection,
    groups: str,
    column: str | None,
    fault: Fault,
    beside: tuple[str, ...] = (),
    *,
    said: str = "null::varchar",
) -> Iterator[Finding]:
    """One finding of all rows that stand in groups, each told the others of its group.

    `groups` is SQL whose rows have `places`, a list in order; `said` is SQL over its columns.
    """
    found = con.execute(
        f"""
        -- one row per row of the sheet that stands in a group
        with grouped as ({groups})
        select unnest(places) as _n, places[:{MOST_COMPARED}] as places, {said} as said
        from grouped
        order by _n
        """
    ).fetchall()
    if not found:
        return
    others: dict[int, list[int]] = {}
    for place, group, _ in found:
        others.setdefault(place, []).extend(one for one in group if one != place)
    texts = {place: text for place, _, text in found}
    yield Finding(
        column,
        fault,
        Severity.WARNING,
        pa.array(others, pa.int64()),
        beside,
        list(texts.values()) if any(texts.values()) else None,
        list(others.values()),
    )
