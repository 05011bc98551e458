"""An indicator's cells as they are, by group and academic year, with who is in each.

For what is published alone: nothing here is withheld yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta

from civic_metrics.compute.conclude import conclude
from civic_metrics.compute.figures import figure
from civic_metrics.compute.records import naming, run
from civic_metrics.compute.statement import Statement
from civic_metrics.disclosure import ALL, ALL_YEARS, Cell, Key
from civic_metrics.ledger import Ledger
from civic_metrics.model import Estimator, Figure, Indicator, Role, Row, Unit, Viewer
from civic_metrics.periods import year_bounds, year_of
from civic_metrics.scope import with_clause

WHOLE = Viewer(Role.LEAD)
NOT_RECORDED = "not recorded"
EVERYONE = "all"
NO_YEAR_YET = "the records do not cover a whole academic year yet"
MONEY = frozenset({Unit.POUNDS, Unit.POUND_FOR_POUND, Unit.POUNDS_A_HEAD})

Amounts = tuple[float, ...]


@dataclass(frozen=True)
class Drawn:
    """An indicator's cells as they are, as at the end of an academic year."""

    asked: Indicator
    as_of: date
    cells: Mapping[Key, Cell]


def draw(
    ledger: Ledger, asked: Indicator, *, dimensions: tuple[str, ...], year: str
) -> Drawn | str:
    """The indicator's cells by one dimension and year each, or why there are none."""
    where = {name: (value,) for name, value in asked.partner_filter.items()}
    known = figure(ledger, WHOLE, asked, where=where)
    if known.as_of is None or not known.only.figure.n:
        return known.only.figure.note or NO_YEAR_YET
    day = last_day_of_a_whole_year(known.as_of, year)
    dated = (year,) if asked.period_by is not None else ()
    splits = [(), *([dated] if dated else [])]
    splits += [(one, *dated) for one in dimensions if one in asked.splits]
    people = _individuals(ledger, day)
    cells: dict[Key, Cell] = {}
    for by in splits:
        statement = Statement(asked, by, where, None, None, day, None)
        contributors = _contributors(ledger, statement)
        dimension = next((one for one in by if one != year), ALL)
        for row in _rows(ledger, statement):
            there = contributors.get(row.keys)
            if not there or not row.figure.n:
                continue
            keys = dict(zip(by, row.keys, strict=True))
            labels = dict(zip(by, row.labels, strict=True))
            key = Key(dimension, keys.get(dimension), labels.get(year, ALL_YEARS))
            label = labels.get(dimension, EVERYONE)
            cells[key] = Cell(there, (row.figure,), label, there.keys() & people)
    return Drawn(asked, day, cells) if cells else NO_YEAR_YET


def last_day_of_a_whole_year(complete_to: date, year: str) -> date:
    """The end of the newest year of that kind which the records cover whole."""
    first, last = year_bounds(year, year_of(year, complete_to))
    return last if complete_to == last else first - timedelta(days=1)


def _rows(ledger: Ledger, statement: Statement) -> tuple[Row, ...]:
    """The figures of a statement's groups, without a target."""
    sql, parameters = statement.build(WHOLE, statement.asked.facts)
    with ledger.cursor() as cursor:
        counted = run(cursor, sql, parameters)
    label = naming(ledger, WHOLE, statement.splits, None)
    return conclude(statement.asked, statement.splits, counted, label, None)


def _individuals(ledger: Ledger, day: date) -> frozenset[str]:
    scope = with_clause(WHOLE, ["organisation"], as_of=day)
    sql = f"with {scope.sql} select organisation from organisation where is_individual"
    with ledger.cursor() as cursor:
        return frozenset(run(cursor, sql, scope.parameters).column("organisation").to_pylist())


def _weights(asked: Indicator) -> tuple[str, ...]:
    """What a figure weighs by besides rows: what a ratio divides by, and its money."""
    weighed = {"denominator", *(["numerator"] if asked.unit in MONEY else [])}
    return tuple(name for name in asked.estimator.columns if name in weighed)


def _contributors(
    ledger: Ledger, statement: Statement
) -> dict[tuple[str | None, ...], dict[str, Amounts]]:
    """Who is in each group: the rows of each contributor, and what else the figure weighs by.

    The indicator's own statement with another count, so that it is about the same rows. Those
    without an organisation count as one contributor: they may be one.
    """
    asked = statement.asked
    who = "partnership" if asked.through_membership else "organisation"
    weights = _weights(asked)
    counting = Estimator(
        name="contributors",
        method="who is in each group, and with how much",
        columns=(who, *weights),
        measures={
            "contributor_rows": "count(*)",
            **{f"{name}_weight": f"sum(abs({name}))::double" for name in weights},
        },
        per=(who,),
        conclude=lambda _: Figure(n=0),
    )
    counted = copy(statement)
    counted.asked = replace(asked, estimator=counting)
    sql, parameters = counted.build(WHOLE, asked.facts)
    with ledger.cursor() as cursor:
        found = run(cursor, sql, parameters).to_pylist()
    groups: dict[tuple[str | None, ...], dict[str, Amounts]] = {}
    for row in found:
        if row["left_out"] is not None or row["is_figure"] != 1:
            continue
        key = tuple(row[f"split_{place}"] for place in range(len(statement.splits)))
        amounts = (row["contributor_rows"], *(row[f"{name}_weight"] or 0 for name in weights))
        groups.setdefault(key, {})[row[who] or NOT_RECORDED] = tuple(map(float, amounts))
    return groups
