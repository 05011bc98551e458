"""The table layouts: one Table Schema (Frictionless) file a table, read into frozen dataclasses.

A contract states the columns, the key, other names a column goes by, what the dates mean
over time and what each role may see. Imports nothing of ours.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

SCHEMA_TYPES = frozenset({"string", "date", "number", "integer", "boolean"})
# The sheet of a template that explains it: what stands there is never data.
GUIDE_SHEET = "How to fill this in"


class ContractError(ValueError):
    """A table layout that cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Column:
    """One column of a contract.

    `happened` marks a date that is unknown until it has come; `partial` one that may be known
    to the month or year only; `reference` the table whose identifier the column holds;
    `unit` is `gbp` (pounds) or `money` (in the row's currency) for decimals. `starts_duration`
    marks a date from which days are counted, so that one value for a whole file cannot be true.
    `systems` are the code systems (see the table of codes) that may stand for the identifier;
    `holds` is `person` for a pseudonym of a person, `words` for free text. `fallbacks` are
    those of the `aliases` that count only where no other heading is there: a supplier's number
    beside its name, an amount without VAT beside one with it. `example` is a value as a person
    would type it; the examples of a table make one row that loads.
    """

    name: str
    type: str
    description: str
    required: bool = False
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None
    partial: bool = False
    happened: bool = False
    reference: str | None = None
    starts_duration: bool = False
    systems: tuple[str, ...] = ()
    holds: str | None = None
    fallbacks: tuple[str, ...] = ()
    example: str = ""

    @property
    def sql_type(self) -> str:
        """The DuckDB type that holds it; money is decimal, statistics are double."""
        if self.unit in ("gbp", "money"):
            return "decimal(18, 2)"
        return {
            "string": "varchar",
            "date": "date",
            "number": "double",
            "integer": "bigint",
            "boolean": "boolean",
        }[self.type]

    @property
    def stored(self) -> tuple[tuple[str, str], ...]:
        """The stored columns it needs, with their types: a partial date keeps its precision."""
        own = ((self.name, self.sql_type),)
        return (*own, (f"{self.name}_precision", "varchar")) if self.partial else own


@dataclass(frozen=True)
class Contract:
    """One table layout.

    `scope` maps a role to the SQL condition on the rows it may see. `complete_to` says whether
    loading asks to what day a file is complete (`asked`), offers the latest date in it
    (`offered`) or needs none (`none`). `derived` are columns worked out from the others; a row
    is there from the first of the dates in `begins`, or of all that happen where it names none.
    """

    name: str
    title: str
    one: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    scope: dict[str, str]
    complete_to: str = "none"
    derived: tuple[tuple[str, str], ...] = ()
    begins: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def stored(self) -> tuple[tuple[str, str], ...]:
        """Every stored column with its type, in order."""
        return tuple(pair for column in self.columns for pair in column.stored)

    def stored_of(self, given: tuple[str, ...]) -> tuple[str, ...]:
        """The stored column names of the given columns."""
        return tuple(name for c in self.columns if c.name in given for name, _ in c.stored)


def _column(table: str, field: dict[str, Any]) -> Column:
    if field["type"] not in SCHEMA_TYPES:
        raise ContractError(f"{table}.{field['name']}: unknown type {field['type']!r}")
    limits = field.get("constraints", {})
    return Column(
        name=field["name"],
        type=field["type"],
        description=field["description"],
        required=limits.get("required", False),
        choices=tuple(limits.get("enum", ())),
        aliases=tuple(field.get("aliases", ())),
        minimum=limits.get("minimum"),
        maximum=limits.get("maximum"),
        unit=field.get("unit"),
        partial=field.get("format") == "partial",
        happened=field.get("happened", False),
        reference=field.get("reference"),
        starts_duration=field.get("starts_duration", False),
        systems=tuple(field.get("systems", ())),
        holds=field.get("holds"),
        fallbacks=tuple(field.get("fallbacks", ())),
        example=field.get("example", ""),
    )


def parse(schema: dict[str, Any]) -> Contract:
    """The contract a Table Schema states; ContractError where it lacks a key or a scope rule."""
    name = schema["name"]
    columns = tuple(_column(name, field) for field in schema["fields"])
    key = tuple(schema.get("primaryKey", ()))
    if not key or not set(key) <= {column.name for column in columns}:
        raise ContractError(f"{name}: the primary key must name columns of the table")
    if not schema.get("scope", {}).get("partner"):
        raise ContractError(f"{name}: no rule says which rows a partner may see")
    return Contract(
        name=name,
        title=schema["title"],
        one=schema["one"],
        description=schema["description"],
        columns=columns,
        key=key,
        scope=dict(schema["scope"]),
        complete_to=schema.get("complete_to", "none"),
        derived=tuple(schema.get("derived", {}).items()),
        begins=tuple(schema.get("begins", ())),
        rules=tuple(schema.get("rules", ())),
    )


@cache
def contracts() -> dict[str, Contract]:
    """Every contract by name, in alphabetical order."""
    folder = resources.files(__name__)
    files = sorted(file.name for file in folder.iterdir() if file.name.endswith(".json"))
    read = (parse(json.loads((folder / file).read_text("utf-8"))) for file in files)
    return {contract.name: contract for contract in read}


def contract(name: str) -> Contract:
    """The contract of that name; ContractError names the known ones where there is none."""
    try:
        return contracts()[name]
    except KeyError:
        known = ", ".join(contracts())
        raise ContractError(
            f"There is no table called {name!r}. The tables are: {known}."
        ) from None
