"""The only door to figures and records: (viewer, indicator, split, filter, as-of) -> Result.

Builds one statement a question: what the viewer may see, the indicator's facts, the counting.
SQL counts; the estimator concludes. Nothing here knows Streamlit or any one indicator.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from civic_metrics import ledger as records_of
from civic_metrics.contracts import contracts
from civic_metrics.indicators import INDICATORS
from civic_metrics.ledger import Ledger
from civic_metrics.model import (
    Better,
    Figure,
    Indicator,
    LeftOut,
    Result,
    Row,
    Status,
    Viewer,
)
from civic_metrics.periods import period_sql, year_bounds, year_of
from civic_metrics.scope import DERIVED_FROM, NotInScope, names, with_clause
from civic_metrics.splits import INDIVIDUALS, Split, split_of

FACT_COLUMNS = ("partnership", "organisation", "happened_on", "left_out", "caution", "pounds")
END_OF_TIME = date(9999, 12, 31)
NAMED_TABLES = {"partnership": "partnership", "organisation": "organisation", "place": "place_code"}
Where = Mapping[str, Sequence[str | None]]


class Unanswerable(ValueError):
    """A question that cannot be put as asked; the message says what can."""


@cache
def _parser() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"enable_external_access": "false"})


@cache
def tables_named(facts: str) -> frozenset[str]:
    """The names a SELECT reads from; NotInScope where it names anything scope does not offer.

    Reads DuckDB's own parse of the statement, so that names inside nested queries count, and
    refuses schemas (`ledger.` anything), files and table functions.
    """
    answer = _parser().cursor().execute("select json_serialize_sql(?)", [facts]).fetchall()[0][0]
    tree = json.loads(answer)
    if tree.get("error"):
        raise NotInScope(f"These facts are not one SELECT: {tree.get('error_message', '')}")
    named: set[str] = set()
    own: set[str] = set()
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        if not isinstance(node, dict):
            continue
        if node.get("type") == "TABLE_FUNCTION":
            raise NotInScope("Facts may not read from a table function.")
        if node.get("type") == "BASE_TABLE":
            if node.get("schema_name") or node.get("catalog_name"):
                raise NotInScope(f"Facts may not name {node['schema_name']}.{node['table_name']}.")
            named.add(node["table_name"])
        for entry in (node.get("cte_map") or {}).get("map", []):
            own.add(entry["key"])
        waiting.extend(node.values())
    foreign = named - own - names()
    if foreign:
        raise NotInScope(f"Facts may not name {', '.join(sorted(foreign))}.")
    return frozenset(named - own)


def figure(
    ledger: Ledger,
    viewer: Viewer,
    indicator: str | Indicator,
    *,
    by: Sequence[str] = (),
    where: Where | None = None,
    start: date | None = None,
    end: date | None = None,
    as_of: date | None = None,
    batch: int | None = None,
) -> Result:
    """The indicator's answer for that viewer: one row, or one a group of the splits in `by`.

    `where` maps a split to the values to keep (None: rows without one). `start` and `end`
    bound the period, both included; a figure about whole lives ignores the start and takes the
    end as its as-of date. Without `as_of` the day is the earliest to which the sources are
    complete. Raises Unanswerable for an unknown indicator or split, NotInScope without a viewer.
    """
    asked = indicator if isinstance(indicator, Indicator) else indicator_of(indicator)
    by, where = tuple(by), dict(where or {})
    for name in (*by, *where):
        if name not in asked.splits:
            raise Unanswerable(
                f"{asked.name} cannot be split by {name!r}. It can be by: {', '.join(asked.splits)}."
            )
    base = _base_tables(tables_named(asked.facts))
    day, notes = _as_of(ledger, asked, base, as_of, end, batch)
    if day is None:
        return _nothing_loaded(asked, by, base)
    if asked.period_by is None:
        start = end = None
    statement = _Statement(asked, by, where, start, end, day, batch)
    sql, parameters = statement.build(viewer, asked.facts)
    with ledger.cursor() as cursor:
        counted = _run(cursor, sql, parameters)
    target, source = target_of(ledger, asked, day)
    labels = _labels(ledger, viewer, statement.splits, batch)
    rows = _rows(asked, statement.splits, counted, labels, target)
    variants = ()
    if not by:
        variants = tuple(
            (variant.label, _variant(ledger, viewer, asked, statement, variant.facts))
            for variant in asked.variants
        )
    return Result(
        indicator=asked,
        splits=by,
        rows=rows,
        as_of=day,
        target=target,
        target_source=source,
        notes=notes,
        variants=variants,
        sql=sql,
    )


def indicator_of(name: str) -> Indicator:
    """The indicator of that id; Unanswerable names the known ones where there is none."""
    try:
        return INDICATORS[name]
    except KeyError:
        raise Unanswerable(
            f"There is no indicator called {name!r}. There are: {', '.join(INDICATORS)}."
        ) from None


def records(
    ledger: Ledger,
    viewer: Viewer,
    table: str,
    *,
    where: Mapping[str, Sequence[object]] | None = None,
    as_of: date | None = None,
    limit: int | None = None,
) -> list[dict[str, Any]]:
    """The standing rows of a table (or of `invoice`) that the viewer may see, as dictionaries."""
    scope = with_clause(viewer, [table], as_of=as_of or END_OF_TIME)
    columns = {*(name for name, _ in _columns_of(table))}
    conditions, parameters = ["true"], dict(scope.parameters)
    for number, (name, values) in enumerate((where or {}).items()):
        if columns and name not in columns:
            raise Unanswerable(f"{table} has no column {name!r}.")
        conditions.append(f"list_contains($value_{number}, {name})")
        parameters[f"value_{number}"] = list(values)
    sql = (
        f"with {scope.sql}\nselect * from {table} where {' and '.join(conditions)} "
        f"order by all limit {int(limit) if limit is not None else 'all'}"
    )
    with ledger.cursor() as cursor:
        return _run(cursor, sql, parameters).to_pylist()


def _columns_of(table: str) -> tuple[tuple[str, str], ...]:
    return contracts()[table].stored if table in contracts() else ()


def _run(
    cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object]
) -> pa.Table:
    """What a statement returns, bound to those of the parameters that it names."""
    used = {name: value for name, value in parameters.items() if f"${name}" in sql}
    return cursor.sql(sql, params=used).to_arrow_table()


def _base_tables(named: frozenset[str]) -> frozenset[str]:
    """The contracts behind the names facts use."""
    base = set(named & set(contracts()))
    for name in named & set(DERIVED_FROM):
        base |= set(DERIVED_FROM[name]) or {"contribution"}
    return frozenset(base)


def _as_of(
    ledger: Ledger,
    asked: Indicator,
    base: frozenset[str],
    given: date | None,
    end: date | None,
    batch: int | None,
) -> tuple[date | None, tuple[str, ...]]:
    """The day a figure is as at, with what a reader must know of it; None: nothing loaded."""
    with ledger.cursor() as cursor:
        known = records_of.sources(cursor, base, until=batch)
    days = [source.complete_to for source in known if source.complete_to]
    complete_to = min(days) if days else None
    day = given or complete_to
    notes: list[str] = []
    if day and complete_to and day > complete_to:
        notes.append(
            f"the records are complete to {complete_to:%-d %B %Y} only; "
            "what happened after that is not known"
        )
    if day and end and asked.period_by is None and end < day:
        day = end
    return day, tuple(notes)


def _nothing_loaded(asked: Indicator, by: tuple[str, ...], base: frozenset[str]) -> Result:
    tables = " or ".join(contracts()[name].title.lower() for name in sorted(base))
    empty = Row((), (), Figure(n=0, note=f"no {tables} have been loaded"), Status.NOT_ASSESSED)
    return Result(indicator=asked, splits=by, rows=() if by else (empty,), as_of=None)


class _Statement:
    """One question as SQL: the splits, filters and period around an indicator's facts."""

    def __init__(
        self,
        asked: Indicator,
        by: tuple[str, ...],
        where: Where,
        start: date | None,
        end: date | None,
        as_of: date,
        batch: int | None,
    ) -> None:
        member = asked.through_membership
        self.asked = asked
        self.splits = tuple(split_of(name, through_membership=member) for name in by)
        self.filters = [(split_of(n, through_membership=member), v) for n, v in where.items()]
        self.start, self.end, self.as_of, self.batch = start, end, as_of, batch

    def build(self, viewer: Viewer, facts: str) -> tuple[str, dict[str, object]]:
        """The whole statement with the parameters it binds."""
        wanted = set(tables_named(facts))
        for split in (*self.splits, *(split for split, _ in self.filters)):
            wanted |= set(split.tables)
        scope = with_clause(viewer, wanted, as_of=self.as_of, batch=self.batch)
        conditions, bound = self._conditions()
        sql = f"with\n{scope.sql},\nfacts as (\n{facts}\n),\n{self._counting(conditions)}"
        return sql, {**scope.parameters, **bound}

    def _counting(self, conditions: list[str]) -> str:
        estimator = self.asked.estimator
        keys = [f"split_{number}" for number in range(len(self.splits))]
        columns, joins = [], []
        for number, split in enumerate(self.splits):
            if split.relation is None:
                columns.append(f"{split.column} as split_{number}")
                continue
            joins.append(
                f"left join ({split.relation}) as joined_{number}\n"
                f"    on joined_{number}.key = facts.{split.column}"
            )
            columns.append(f"joined_{number}.value as split_{number}")
        own = [
            f"case when left_out is null then facts.{name} end as {name}"
            for name in estimator.columns
        ]
        listed = ",\n    ".join([*columns, "left_out", "caution", "pounds", *own])
        by = ", ".join([*keys, "left_out", *estimator.per])
        by_caution = ", ".join([*keys, "left_out", "caution"])
        measures = "".join(f"    {sql} as {name},\n" for name, sql in estimator.measures.items())
        per = "".join(f"    {name},\n" for name in estimator.per)
        split_list = "".join(f"    {key},\n" for key in keys)
        sql = (
            f"counted as (\nselect\n    {listed},\nfrom facts\n" + "\n".join(joins) + "\n"
            f"where {' and '.join(conditions)}\n)\n"
            f"select\n{split_list}    left_out,\n    caution,\n    grouping(caution) as is_figure,\n"
            f"{per}{measures}    count(*) as rows_counted,\n    sum(pounds)::double as pounds,\n"
            f"from counted\ngroup by grouping sets (({by}), ({by_caution}))"
        )
        if estimator.fold is None:
            return sql
        folds = "".join(f"    {text} as {name},\n" for name, text in estimator.fold.items())
        head, inner = sql.split("\n)\nselect\n", 1)
        return (
            f"{head}\n),\nfolded as (\nselect\n{inner}\n)\n"
            f"select\n{split_list}    left_out,\n    caution,\n    is_figure,\n{folds}"
            "    sum(rows_counted)::bigint as rows_counted,\n    sum(pounds) as pounds,\n"
            "from folded\ngroup by all"
        )

    def _conditions(self) -> tuple[list[str], dict[str, object]]:
        conditions, bound = ["true"], {}
        if self.start:
            conditions.append("happened_on >= $start")
            bound["start"] = self.start
        if self.end:
            conditions.append("happened_on <= $end")
            bound["end"] = self.end
        for number, (split, values) in enumerate(self.filters):
            name = f"filter_{number}"
            bound[name] = [value for value in values if value is not None]
            among = f"list_contains(${name}, {{}})"
            if split.relation is None:
                condition = among.format(split.column)
                absent = f"{split.column} is null"
            else:
                chosen = f"select key from ({split.relation}) where {among.format('value')}"
                condition = f"facts.{split.column} in ({chosen})"
                absent = (
                    f"facts.{split.column} is null or facts.{split.column} not in "
                    f"(select key from ({split.relation}) where value is not null and key is not null)"
                )
            conditions.append(f"({condition} or {absent})" if None in values else condition)
        return conditions, bound


def _variant(
    ledger: Ledger, viewer: Viewer, asked: Indicator, statement: _Statement, facts: str
) -> Figure:
    sql, parameters = statement.build(viewer, facts)
    with ledger.cursor() as cursor:
        counted = _run(cursor, sql, parameters)
    return _rows(asked, (), counted, {}, None)[0].figure


def _rows(
    asked: Indicator,
    splits: tuple[Split, ...],
    counted: pa.Table,
    labels: Mapping[str, Mapping[str, str]],
    target: float | None,
) -> tuple[Row, ...]:
    """The counted groups concluded, in the order of their labels, those without a value last."""
    columns = {name: _array(counted, name) for name in counted.column_names}
    keys = list(zip(*(columns[f"split_{n}"] for n in range(len(splits))), strict=True))
    if not splits:
        keys = [()] * counted.num_rows
    groups: dict[tuple[str | None, ...], list[int]] = {} if splits else {(): []}
    for number, key in enumerate(keys):
        groups.setdefault(key, []).append(number)
    rows = [
        _row(asked, splits, key, {name: v[indices] for name, v in columns.items()}, labels, target)
        for key, indices in groups.items()
    ]
    rows.sort(key=lambda row: [(key is None, label) for key, label in zip(row.keys, row.labels, strict=True)])
    return tuple(rows)


def _array(table: pa.Table, name: str) -> np.ndarray:
    column = table.column(name)
    if pa.types.is_decimal(column.type):
        column = column.cast(pa.float64())
    if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
        if column.null_count == 0:
            return column.to_numpy()
    return np.array(column.to_pylist(), dtype=object)


def _row(
    asked: Indicator,
    splits: tuple[Split, ...],
    key: tuple[str | None, ...],
    columns: Mapping[str, np.ndarray],
    labels: Mapping[str, Mapping[str, str]],
    target: float | None,
) -> Row:
    figures = (columns["is_figure"] == 1) & _is_null(columns["left_out"])
    wanted = asked.estimator.fold or dict.fromkeys((*asked.estimator.per, *asked.estimator.measures))
    concluded = asked.estimator.conclude({name: columns[name][figures] for name in wanted})
    apart = columns["is_figure"] == 0
    said = list(
        zip(
            *(columns[name][apart] for name in ("left_out", "caution", "rows_counted", "pounds")),
            strict=True,
        )
    )
    return Row(
        keys=key,
        labels=tuple(_label(split, k, labels) for split, k in zip(splits, key, strict=True)),
        figure=concluded,
        status=status(concluded, asked.better, target),
        pounds=_sum(pounds for out, _, _, pounds in said if out is None),
        left_out=_asides((out, n, pounds) for out, _, n, pounds in said if out is not None),
        cautions=_asides(
            (caution, n, pounds) for out, caution, n, pounds in said if out is None and caution
        ),
    )


def _is_null(values: np.ndarray) -> np.ndarray:
    return np.array([value is None for value in values], dtype=bool)


def _sum(values: Any) -> float | None:
    known = [value for value in values if value is not None]
    return float(sum(known)) if known else None


def _asides(rows: Any) -> tuple[LeftOut, ...]:
    """One line a reason, most rows first."""
    totals: dict[str, tuple[int, float | None]] = {}
    for reason, n, pounds in rows:
        before, money = totals.get(reason, (0, None))
        totals[reason] = (before + int(n), _sum([money, pounds]))
    lines = [LeftOut(reason, n, pounds) for reason, (n, pounds) in totals.items()]
    return tuple(sorted(lines, key=lambda line: (-line.n, line.reason)))


def status(concluded: Figure, better: Better, target: float | None) -> Status:
    """How the figure's interval stands against the target: better, similar, worse or not assessed."""
    if target is None or better is Better.NEITHER:
        return Status.NOT_ASSESSED
    if concluded.lower is None or concluded.upper is None:
        return Status.NOT_ASSESSED
    if concluded.lower <= target <= concluded.upper:
        return Status.SIMILAR
    above = concluded.lower > target
    return Status.BETTER if above == (better is Better.HIGHER) else Status.WORSE


def _label(split: Split, key: str | None, labels: Mapping[str, Mapping[str, str]]) -> str:
    if key is None:
        return split.missing
    if split.names_from is None:
        return str(key)
    if key == INDIVIDUALS:
        return "individuals, shown together"
    return labels.get(split.names_from, {}).get(key, "not yours to see")


def _labels(
    ledger: Ledger, viewer: Viewer, splits: tuple[Split, ...], batch: int | None
) -> dict[str, dict[str, str]]:
    """Names of what the splits hold identifiers of, those the viewer may know."""
    found = {}
    for table in {split.names_from for split in splits if split.names_from}:
        scope = with_clause(viewer, [table], as_of=END_OF_TIME, batch=batch)
        sql = f"with {scope.sql} select {NAMED_TABLES[table]}, name from {table}"
        with ledger.cursor() as cursor:
            known = _run(cursor, sql, scope.parameters)
        found[table] = dict(zip(*(column.to_pylist() for column in known.columns), strict=True))
    return found


def target_of(
    ledger: Ledger, asked: Indicator, day: date
) -> tuple[float | None, str | None]:
    """The threshold in force on that day with its source; (None, None) where there is none."""
    if asked.target is None:
        return None, None
    with ledger.cursor() as cursor:
        rows = cursor.execute(
            """
            -- one row: the newest in force
            select value, meaning || ' (' || source || ')'
            from ledger.threshold
            where _until is null and threshold = $threshold and from_on <= $day
                and (to_on is null or to_on >= $day)
            order by from_on desc
            limit 1
            """,
            {"threshold": asked.target.threshold, "day": day},
        ).fetchall()
    return rows[0] if rows else (None, None)


def over_time(
    ledger: Ledger,
    viewer: Viewer,
    indicator: str,
    *,
    period: str,
    where: Where | None = None,
    points: int = 6,
) -> Result:
    """The indicator by year: split by its own dates or, where it is about whole lives, as it
    stood at the end of each of the last `points` years and on the as-of date.
    """
    asked = indicator_of(indicator)
    if asked.period_by is not None:
        return figure(ledger, viewer, asked, by=(period,), where=where)
    latest = figure(ledger, viewer, asked, where=where)
    if latest.as_of is None:
        return replace(latest, splits=(period,), rows=())
    days = {year_of(period, latest.as_of): latest.as_of}
    for back in range(1, points):
        day = year_bounds(period, year_of(period, latest.as_of))[0]
        first = date(day.year - back + 1, day.month, 1)
        end = date.fromordinal(first.toordinal() - 1)
        days[year_of(period, end)] = end
    rows = []
    for name, day in sorted(days.items()):
        at = latest if day == latest.as_of else figure(ledger, viewer, asked, where=where, as_of=day)
        rows.append(replace(at.only, keys=(name,), labels=(name,)))
    return replace(latest, splits=(period,), rows=tuple(rows), variants=())


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
        return _run(cursor, sql, scope.parameters).column("year").to_pylist()


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
        return _run(cursor, sql, {**scope.parameters, "partnership": partnership}).to_pylist()


def organisation_called(ledger: Ledger, text: str) -> str:
    """The identifier of an organisation given by identifier or name; Unanswerable if not one."""
    known = records_of.known_names(ledger, "organisation")
    found = {identifier for identifier, name in known if text in (identifier, name)}
    if len(found) != 1:
        raise Unanswerable(
            f"There is no one organisation called {text!r}. Give its identifier."
        )
    return found.pop()
