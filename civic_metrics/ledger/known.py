"""What the records know that a file may refer to: names, aliases, codes, who is a person."""

from __future__ import annotations

from dataclasses import dataclass

from civic_metrics.ledger.store import Ledger

# What a code of the finance system is said to stand for, or not to.
CODED = ("partnership", "organisation")


@dataclass(frozen=True)
class CodeRow:
    """What a code of one system stands for in a register; `id` is None for none of it."""

    system: str
    code: str
    id: str | None


def known_names(ledger: Ledger, table: str) -> list[tuple[str, str]]:
    """(identifier, name) of every organisation, partnership or place that stands.

    What one goes by besides follows its name, as further pairs.
    """
    key = "place_code" if table == "place" else table
    named = f"select {key}, name from ledger.{table} where _until is null order by {key}"
    besides = also_known_as(ledger, table)
    return [
        *ledger.cursor().execute(named).fetchall(),
        *((identifier, alias) for identifier, every in besides.items() for alias in every),
    ]


def also_known_as(ledger: Ledger, table: str) -> dict[str, tuple[str, ...]]:
    """Identifier -> the other names and identifiers it goes by."""
    if table == "place":
        return {}
    rows = ledger.cursor().execute(
        f"select {table}, also_known_as from ledger.{table} "
        "where _until is null and also_known_as is not null"
    )
    return {
        identifier: tuple(part.strip() for part in text.split(";") if part.strip())
        for identifier, text in rows.fetchall()
    }


def without_details(ledger: Ledger, table: str) -> frozenset[str]:
    """Identifiers of the names that were added without details and still have none."""
    rows = ledger.cursor().execute(
        f"select {table} from ledger.{table} where _until is null and _stub"
    )
    return frozenset(identifier for (identifier,) in rows.fetchall())


def successors(ledger: Ledger) -> dict[str, str]:
    """Withdrawn place code -> the code that follows it."""
    return dict(
        ledger.cursor()
        .execute("select old_code, current_code from ledger.place_code_change where _until is null")
        .fetchall()
    )


def known_codes(ledger: Ledger) -> dict[str, tuple[CodeRow, ...]]:
    """Register -> the codes that somebody has said stand for one of it, or for none."""
    rows = ledger.cursor().execute(
        """
        select system, code, meaning, partnership, organisation,
        from ledger.code where _until is null order by system, code
        """
    )
    found: dict[str, list[CodeRow]] = {table: [] for table in CODED}
    for system, code, meaning, *identifiers in rows.fetchall():
        for table, identifier in zip(CODED, identifiers, strict=True):
            if meaning in (table, f"not a {table}", f"not an {table}"):
                stands_for = identifier if meaning == table else None
                found[table].append(CodeRow(system, code, stands_for))
    return {table: tuple(codes) for table, codes in found.items()}


def individuals(ledger: Ledger) -> frozenset[str]:
    """Identifiers of those in the register of organisations who are people."""
    rows = ledger.cursor().execute(
        "select organisation from ledger.organisation where _until is null and is_individual"
    )
    return frozenset(identifier for (identifier,) in rows.fetchall())
