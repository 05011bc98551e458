"""Invoices put together once for all questions about the same records and day.

Nearly every figure of payment starts from invoices, and gathering their lines takes far longer
than counting them. So from the second question on they are kept in memory: exactly what the same
SELECT gives somebody who sees everything, narrowed to the viewer by the payments' own rule in
every statement. They belong to one version of one ledger and are never used for another.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from weakref import WeakKeyDictionary

import duckdb

from civic_metrics.contracts import contract
from civic_metrics.derived import behind
from civic_metrics.ledger import Ledger
from civic_metrics.model import Role, Viewer
from civic_metrics.scope import SEES_EVERYTHING, Scope, with_clause

# Fewer lines are put together in less time than anybody notices.
FEWEST_LINES = 100_000
# Days whose invoices are kept at once: as complete, at the end of the records, and one to spare.
MOST_DAYS = 3

_VERSION = "select coalesce(max(batch), 0) from ledger.batch"


@dataclass(frozen=True)
class Standing:
    """A table of invoices as they stood on a day, in one version of the records."""

    table: str
    version: int

    def holds_for(self, cursor: duckdb.DuckDBPyConnection) -> bool:
        """Whether the records that this cursor's transaction sees are those it was made of."""
        return cursor.execute(_VERSION).fetchall()[0][0] == self.version


@dataclass
class _Kept:
    """What is kept for one ledger; `latest` is the last day on which anything of it happened."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    version: int = -1
    lines: int = 0
    latest: date | None = None
    asked: set[date] = field(default_factory=set)
    tables: dict[date, str] = field(default_factory=dict)


_kept: WeakKeyDictionary[Ledger, _Kept] = WeakKeyDictionary()
_kept_guard = threading.Lock()
# Ledgers on one file share a database, so no two tables of the process share a name.
_numbers = count(1)


def standing_invoices(ledger: Ledger, *, as_of: date, batch: int | None) -> Standing | None:
    """The invoices kept for that day; None where they are to be put together from their lines.

    They are for records as they were after an earlier batch, for a ledger seen from inside a
    transaction that may yet be undone, for few lines, and for the first question about a day.
    """
    if batch is not None or type(ledger) is not Ledger:
        return None
    with _kept_guard:
        kept = _kept.setdefault(ledger, _Kept())
    with kept.lock, ledger.cursor() as cursor:
        cursor.begin()  # the version and the lines of one moment
        _follow(cursor, kept)
        if kept.lines < FEWEST_LINES or kept.latest is None:
            return None
        day = min(as_of, kept.latest)
        if day not in kept.asked:
            kept.asked.add(day)
            return None
        if day not in kept.tables:
            _make(cursor, kept, day)
        return Standing(kept.tables[day], kept.version)


def scope_with(
    invoices: Standing, viewer: Viewer, wanted: Iterable[str], *, as_of: date
) -> Scope | None:
    """What `with_clause` gives, its invoices read from those kept; None where it names none."""
    built = behind(frozenset(wanted))
    resting: list[str] = []
    for name, one in built.items():
        if name == "invoice" or set(one.needs) & set(resting):
            resting.append(name)
    if not resting or any(built[one].everybodys or built[one].of_the_records for one in resting):
        return None
    others = {need for name in resting[1:] for need in built[name].needs}
    rest = with_clause(viewer, (set(wanted) | others) - set(resting), as_of=as_of)
    # An invoice is its payee's, as its lines are: the same rule keeps or drops it whole.
    sees_all = viewer.role in SEES_EVERYTHING
    rule = "true" if sees_all else contract("payment").scope[viewer.role.value]
    parts = [rest.sql] if rest.sql else []
    parts.append(f"invoice as (\n    select * from {invoices.table} where {rule}\n)")
    parts += [f"{name} as (\n{built[name].sql}\n)" for name in resting[1:]]
    return Scope(",\n".join(parts), rest.parameters)


def _follow(cursor: duckdb.DuckDBPyConnection, kept: _Kept) -> None:
    """Lets go of what was kept where the records have moved on."""
    version = cursor.execute(_VERSION).fetchall()[0][0]
    if version == kept.version:
        return
    payment = contract("payment")
    days = ", ".join(f"max({column.name})" for column in payment.columns if column.happened)
    lines, latest = cursor.execute(
        f"select count(*), greatest({days}) from ledger.payment where _until is null"
    ).fetchall()[0]
    for table in kept.tables.values():
        cursor.execute(f"drop table if exists {table}")
    kept.version, kept.lines, kept.latest = version, lines, latest
    kept.asked, kept.tables = set(), {}
    cursor.commit()
    cursor.begin()


def _make(cursor: duckdb.DuckDBPyConnection, kept: _Kept, day: date) -> None:
    scope = with_clause(Viewer(Role.LEAD), ["invoice"], as_of=day)
    used = {name: value for name, value in scope.parameters.items() if f"${name}" in scope.sql}
    while len(kept.tables) >= MOST_DAYS:
        oldest = next(iter(kept.tables))
        cursor.execute(f"drop table if exists {kept.tables.pop(oldest)}")
    table = f"standing.invoice_{next(_numbers)}"
    cursor.execute("attach if not exists ':memory:' as standing (compress)")
    cursor.execute(f"create table {table} as with {scope.sql} select * from invoice", used)
    cursor.commit()
    kept.tables[day] = table
    # Packs it into an eighth of the memory; where somebody else writes just then it is right too.
    with contextlib.suppress(duckdb.TransactionException):
        cursor.execute("checkpoint standing")
