"""One question as one statement: what the viewer may see, the facts, the counting.

SQL only; what is spliced comes from the contracts, the indicators and the splits, never from a
person, whose words are bound as parameters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import duckdb

from civic_metrics.compute.standing import Standing, scope_with
from civic_metrics.model import Estimator, Indicator, Viewer
from civic_metrics.scope import NotInScope, names, with_clause
from civic_metrics.splits import Split, split_of

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
    named = frozenset(_named(tree, frozenset()))
    foreign = named - names()
    if foreign:
        raise NotInScope(f"Facts may not name {', '.join(sorted(foreign))}.")
    return named


def _named(node: Any, own: frozenset[str]) -> set[str]:
    """The names read from, less those a `with` made for the query they stand in."""
    if isinstance(node, list):
        return set().union(*(_named(part, own) for part in node))
    if not isinstance(node, dict):
        return set()
    if node.get("type") in ("TABLE_FUNCTION", "SHOW_REF"):
        raise NotInScope("Facts may not read from a table function or a listing of tables.")
    if node.get("type") == "BASE_TABLE":
        if node.get("schema_name") or node.get("catalog_name"):
            raise NotInScope(f"Facts may not name {node['schema_name']}.{node['table_name']}.")
        return {node["table_name"]} - own
    named: set[str] = set()
    for entry in (node.get("cte_map") or {}).get("map", []):
        named |= _named(entry["value"], own | {entry["key"]})
        own |= {entry["key"]}
    rest = [value for name, value in node.items() if name != "cte_map"]
    return named | _named(rest, own)


def _adds_up(estimator: Estimator) -> bool:
    """Whether sums over partnerships of what is counted are what is counted over all of them.

    Then each is counted by itself first, and few rows are looked up instead of all. Not where
    rows are counted by their value, which would leave as many; and money is added up once, as
    the decimal it is.
    """
    within = r"count\((?!distinct)|sum\(cast\(value as double\)"
    if estimator.per == ("cluster",):
        within = r"count\((?!distinct)|cast\(sum\("
    elif estimator.per:
        return False
    return all(re.match(within, sql) for sql in estimator.measures.values())


def _sum_of(name: str, sql: str) -> str:
    return f"sum({name})::bigint" if sql.startswith("count(") else f"sum({name})"


def _lines(items: Sequence[str]) -> str:
    """One item a line, as a select lists them."""
    return "".join(f"    {item},\n" for item in items)


class Statement:
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
        self.asked = asked
        self.splits = tuple(self._split(name) for name in by)
        self.filters = [(self._split(name), values) for name, values in where.items()]
        self.start, self.end, self.as_of, self.batch = start, end, as_of, batch

    def _split(self, name: str) -> Split:
        return split_of(
            name,
            through_membership=self.asked.through_membership,
            has_own_place=self.asked.has_own_place,
        )

    def build(
        self, viewer: Viewer, facts: str, invoices: Standing | None = None
    ) -> tuple[str, dict[str, object]]:
        """The whole statement with the parameters it binds; `invoices` are those kept, if any."""
        wanted = set(tables_named(facts))
        for split in (*self.splits, *(split for split, _ in self.filters)):
            wanted |= set(split.tables)
        scope = scope_with(invoices, viewer, wanted, as_of=self.as_of) if invoices else None
        if scope is None:
            scope = with_clause(viewer, wanted, as_of=self.as_of, batch=self.batch)
        conditions, bound = self._conditions()
        sql = f"with\n{scope.sql},\nfacts as (\n{facts}\n),\n{self._counting(conditions)}"
        return sql, {**scope.parameters, **bound}

    def _counting(self, conditions: list[str]) -> str:
        """From the facts to one row a group, reason and caution; joined last where that is less."""
        estimator = self.asked.estimator
        in_two = _adds_up(estimator)
        keys = [f"split_{number}" for number in range(len(self.splits))]
        direct = {f"split_{n}": s.column for n, s in enumerate(self.splits) if s.relation is None}
        looked_up = dict.fromkeys(s.column for s in self.splits if s.relation is not None)
        matched = {column: f"key_{number}" for number, column in enumerate(looked_up)}
        listed = [f"{column} as {name}" for name, column in direct.items()]
        listed += [f"facts.{column} as {name}" for column, name in matched.items()]
        listed += ["left_out", "caution", "pounds"]
        listed += [
            f"case when left_out is null then facts.{name} end as {name}"
            for name in estimator.columns
        ]
        told = f"select\n{_lines(listed)}from facts\nwhere {' and '.join(conditions)}"
        steps = [("told", told)]
        measures = dict(estimator.measures)
        measures |= {"rows_counted": "count(*)", "pounds": "sum(pounds)"}
        if in_two:
            by = [*direct, *matched.values(), "left_out", "caution", *estimator.per]
            summed = [f"{sql} as {name}" for name, sql in measures.items()]
            steps.append(("added", f"select\n{_lines([*by, *summed])}from told\ngroup by all"))
            measures = {name: _sum_of(name, sql) for name, sql in measures.items()}
        measures["pounds"] = "sum(pounds)::double"
        steps.append(("counted", self._joined(steps[-1][0], matched)))
        per = [*keys, "left_out", *estimator.per]
        shown = [*keys, "left_out", "caution", "grouping(caution) as is_figure", *estimator.per]
        shown += [f"{sql} as {name}" for name, sql in measures.items()]
        sets = f"(({', '.join(per)}), ({', '.join([*keys, 'left_out', 'caution'])}))"
        last = f"select\n{_lines(shown)}from counted\ngroup by grouping sets {sets}"
        if estimator.fold is not None:
            steps.append(("folded", last))
            shown = [*keys, "left_out", "caution", "is_figure"]
            shown += [f"{text} as {name}" for name, text in estimator.fold.items()]
            shown += ["sum(rows_counted)::bigint as rows_counted", "sum(pounds) as pounds"]
            last = f"select\n{_lines(shown)}from folded\ngroup by all"
        return ",\n".join(f"{name} as (\n{sql}\n)" for name, sql in steps) + f"\n{last}"

    def _joined(self, step: str, matched: Mapping[str, str]) -> str:
        """The rows of a step, each once in every group of the splits that are looked up."""
        columns, joins = [], []
        for number, split in enumerate(self.splits):
            if split.relation is not None:
                columns.append(f"    joined_{number}.value as split_{number},\n")
                joins.append(
                    f"\nleft join ({split.relation}) as joined_{number}\n"
                    f"    on joined_{number}.key = {step}.{matched[split.column]}"
                )
        return f"select\n    {step}.*,\n{''.join(columns)}from {step}{''.join(joins)}"

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
                known = f"select key from ({split.relation}) where value is not null"
                absent = (
                    f"facts.{split.column} is null or facts.{split.column} not in "
                    f"({known} and key is not null)"
                )
            conditions.append(f"({condition} or {absent})" if None in values else condition)
        return conditions, bound
