"""A register's row takes over the name that was added without details before it.

A payments file may name an organisation long before the register of organisations comes with
an identifier of its own. The row then loads under the identifier the name already has, and the
register's own is remembered beside it, so that either finds it from then on.
"""

from __future__ import annotations

import pyarrow as pa

from civic_metrics.contracts import Contract
from civic_metrics.intake.naming import fold_name
from civic_metrics.intake.references import Known

ALSO = "also_known_as"
BETWEEN = "; "


def adopt(typed: pa.Table, table: Contract, known: Known) -> tuple[pa.Table, int]:
    """The rows under the identifiers they are known by, and how many a name took in."""
    names_others = any(column.name == ALSO for column in table.columns)
    if not names_others or table.key[0] not in typed.column_names:
        return typed, 0
    (key,) = table.key
    others = known.also_known_as.get(table.name, {})
    here = {identifier for identifier, _ in known.names.get(table.name, ())}
    by_alias = {alias: identifier for identifier, all_of in others.items() for alias in all_of}
    waiting = {
        fold_name(name): identifier
        for identifier, name in known.names.get(table.name, ())
        if identifier in known.without_details.get(table.name, frozenset())
    }
    given = typed[key].to_pylist()
    called = typed["name"].to_pylist() if "name" in typed.column_names else [None] * len(given)
    also = typed[ALSO].to_pylist() if ALSO in typed.column_names else [None] * len(given)
    adopted = renamed = 0
    for place, (own, name) in enumerate(zip(given, called, strict=True)):
        if own is None or own in here:
            continue
        known_as = by_alias.get(own) or (waiting.get(fold_name(name)) if name else None)
        if known_as is None:
            continue
        adopted += own not in by_alias
        renamed += 1
        given[place] = known_as
        every = [*others.get(known_as, ()), *(also[place] or "").split(BETWEEN), own]
        also[place] = BETWEEN.join(dict.fromkeys(part for part in every if part))
    if not renamed:
        return typed, 0
    if ALSO not in typed.column_names:  # what other rows go by must not be cleared
        also = [
            text or BETWEEN.join(others.get(identifier, ())) or None
            for text, identifier in zip(also, given, strict=True)
        ]
    columns = {name: typed[name] for name in typed.column_names}
    columns |= {key: pa.array(given, pa.string()), ALSO: pa.array(also, pa.string())}
    return pa.table(columns), adopted
