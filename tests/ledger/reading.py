"""What stands in the records, read straight from the base tables."""

from __future__ import annotations

from typing import Any

from civic_metrics.contracts import contracts
from civic_metrics.ledger import Ledger


def standing(ledger: Ledger, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """The standing rows of a table, sorted."""
    listed = ", ".join(columns) or "*"
    sql = f"select {listed} from ledger.{table} where _until is null"
    return sorted(ledger.cursor().execute(sql).fetchall(), key=repr)


def pointing_at_nothing(ledger: Ledger) -> list[tuple[str, str, str]]:
    """(table, column, value) of every standing reference to a name that does not stand."""
    lost = []
    for table in contracts().values():
        for column in table.columns:
            if column.reference is None:
                continue
            [key] = contracts()[column.reference].key
            known = {row[0] for row in standing(ledger, column.reference, key)}
            said = {row[0] for row in standing(ledger, table.name, column.name)} - {None}
            lost += [(table.name, column.name, value) for value in sorted(said - known)]
    return lost
