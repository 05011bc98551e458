"""What a viewer may see, as SQL that shadows the tables.

`with_clause` names every table a statement may use, each already narrowed to the viewer's
rows, to what had happened by a day and to what was recorded by a batch. Whatever comes after
it can name nothing else: the base tables are in a schema that is not on the search path.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from civic_metrics.contracts import Contract, contract, contracts
from civic_metrics.derived import DERIVED, Derived, behind
from civic_metrics.model import Role, Viewer

SEES_EVERYTHING = frozenset({Role.LEAD, Role.ANALYST})


class NotInScope(PermissionError):
    """A statement names something that scope does not offer."""


@dataclass(frozen=True)
class Scope:
    """A with clause (without the word `with`) and the parameters it binds."""

    sql: str
    parameters: dict[str, object]


def names() -> frozenset[str]:
    """Every name scope can offer: the contracts and what is derived from them."""
    return frozenset(contracts()) | frozenset(DERIVED)


def with_clause(
    viewer: Viewer, wanted: Iterable[str], *, as_of: date, batch: int | None = None
) -> Scope:
    """The wanted names as that viewer may see them, on that day and by that batch.

    Raises NotInScope for a name that scope does not offer, and where there is no viewer.
    """
    if not isinstance(viewer, Viewer):
        raise NotInScope("Nobody is signed in, so nothing can be shown.")
    asked = set(wanted)
    unknown = sorted(asked - names())
    if unknown:
        raise NotInScope(f"{', '.join(unknown)} cannot be asked for.")
    derived = behind(frozenset(asked))
    tables = asked & set(contracts())
    tables |= {need for one in derived.values() for need in one.needs if need not in derived}
    parts = _viewer_parts(viewer, batch)
    parts += [(name, _scoped(contract(name), viewer, batch)) for name in sorted(tables)]
    parts += [(name, _derived(one, viewer, batch)) for name, one in derived.items()]
    sql = ",\n".join(f"{name} as (\n{body}\n)" for name, body in parts)
    parameters: dict[str, object] = {"as_of": as_of}
    if batch is not None:
        parameters["batch"] = batch
    if viewer.role not in SEES_EVERYTHING:
        parameters["organisations"] = list(viewer.organisations)
    return Scope(sql, parameters)


def _viewer_parts(viewer: Viewer, batch: int | None) -> list[tuple[str, str]]:
    """What the contracts' rules refer to: the viewer's organisations and partnerships."""
    if viewer.role in SEES_EVERYTHING:
        return []
    return [
        ("viewer_organisation", "select unnest($organisations) as organisation"),
        (
            "viewer_partnership",
            "select distinct partnership from ledger.membership as base "
            f"where {_recorded(batch)} "
            "and organisation in (select organisation from viewer_organisation)",
        ),
    ]


def _derived(one: Derived, viewer: Viewer, batch: int | None) -> str:
    """The SELECT behind a derived name. Whole tables are named inside it alone."""
    if one.of_the_records and viewer.role not in SEES_EVERYTHING:
        return f"select * from ({one.sql}) as of_the_records where false"
    whole = ",\n".join(
        f"everybodys_{table} as (\n{_standing(contract(table), batch)}\n)"
        for table in one.everybodys
    )
    return f"with {whole}\n{one.sql}" if whole else one.sql


def _scoped(table: Contract, viewer: Viewer, batch: int | None) -> str:
    standing = _standing(table, batch)
    if viewer.role in SEES_EVERYTHING:
        return standing
    rule = table.scope[viewer.role.value]
    return f"select * from ({standing}) as standing where {rule}"


def _recorded(batch: int | None) -> str:
    """The SQL condition that a row stands, now or as it did after an earlier batch."""
    if batch is None:
        return "base._until is null"
    return "base._batch <= $batch and (base._until is null or base._until > $batch)"


def _standing(table: Contract, batch: int | None) -> str:
    """The rows that stand, knowing only what had happened by `$as_of`.

    A date that had not come is missing; a row none of whose dates had come is not there.
    """
    happened = [column.name for column in table.columns if column.happened]
    columns = []
    for column in table.columns:
        if column.happened:
            name = f"base.{column.name}"
            columns.append(f"case when {name} <= $as_of then {name} end as {column.name}")
            columns += [f"base.{name}" for name, _ in column.stored[1:]]
        else:
            columns += [f"base.{name}" for name, _ in column.stored]
    columns += [f"{expression} as {name}" for name, expression in table.derived]
    listed = ",\n        ".join(columns)
    come = ""
    if happened:
        first = ", ".join(f"base.{name}" for name in table.begins or happened)
        come = f"\n        and coalesce(least({first}), $as_of) <= $as_of"
    return (
        f"    select\n        {listed},\n    from ledger.{table.name} as base\n"
        f"    where {_recorded(batch)}{come}"
    )
