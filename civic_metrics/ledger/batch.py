"""What crosses from intake to the ledger: a staged batch, and what became of it.

Imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

import pyarrow as pa


class Severity(StrEnum):
    """An error sets its row aside; a warning lets it in and says so."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one cell or row, in words for the person who can mend it.

    `row` is numbered as the spreadsheet program numbers it.
    """

    row: int | None
    column: str | None
    found: str | None
    expected: str
    fix: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class SetAside:
    """A row that could not be loaded: its cells as found, by header, and why.

    `key` holds its key as text in the contract's order where it could be read, so that a
    mended row can close it.
    """

    sheet: str
    row: int
    cells: Mapping[str, str | None]
    key: tuple[str, ...] | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Stub:
    """A name met in a file that the records do not know: added without details.

    An individual's name is a pseudonym; the real one is kept nowhere.
    """

    table: str
    id: str
    name: str
    is_individual: bool = False


@dataclass(frozen=True)
class Suggestion:
    """Something the records know that an unknown name may be, with the reason in words."""

    id: str
    name: str
    reason: str


@dataclass(frozen=True)
class Unknown:
    """A name or code of a file that the records do not know, and what rests on it.

    `table` is the register it was looked for in, `column` ours; `rows` how many rows use it and
    `amount` the sum of their money, where the table has any.
    """

    table: str
    column: str
    text: str
    rows: int
    amount: Decimal | None = None
    suggestions: tuple[Suggestion, ...] = ()
    looks_personal: bool = False


@dataclass(frozen=True)
class ReadAs:
    """What was read otherwise than written in one column: what was done, to how many cells, and
    a few of them as (before, after)."""

    column: str
    said: str
    count: int
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Whole:
    """A file that is the whole record of its source: every row, or those whose date in `column`
    is from `from_on` to `to_on`. Rows of the source that it lacks are closed."""

    column: str | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True)
class Change:
    """One cell that a load changes, or a row it closes (`column` is None)."""

    key: tuple[str, ...]
    row: int | None
    column: str | None
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Staged:
    """The rows of one sheet, parsed and checked for one table, ready to load.

    `columns` are the contract columns the file gives (a column not given leaves the standing
    value). `rows` holds their stored columns plus `_sheet` and `_row`, one row a key.
    `repeated` counts rows that repeat another to the letter (they count as unchanged);
    `excluded` counts subtotals and the like by reason; `unknown` are the names and codes nobody
    has said anything about yet.
    """

    table: str
    columns: tuple[str, ...]
    rows: pa.Table
    rows_read: int
    set_aside: tuple[SetAside, ...] = ()
    warnings: tuple[Problem, ...] = ()
    repeated: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)
    stubs: tuple[Stub, ...] = ()
    read_as: tuple[ReadAs, ...] = ()
    latest_on: date | None = None
    unknown: tuple[Unknown, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, errors first, each in row order."""
        return tuple(p for aside in self.set_aside for p in aside.problems) + self.warnings


@dataclass(frozen=True)
class Origin:
    """Where a batch comes from: who, from what file, matched how, complete to what day.

    `matching` maps our column to their heading and `constants` our column to one value for every
    row; `shape` is the fingerprint of the sheet's headings, by which a matching is found again;
    `declared` holds what else a person said of the file, in words; `edits` the cells mended in
    the page, as (row, heading, text).
    """

    who: str
    file_name: str
    content: bytes
    sheet: str = ""
    source: str = ""
    matching: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    complete_to: date | None = None
    shape: str = ""
    declared: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[tuple[int, str, str], ...] = ()
    whole: Whole | None = None
    mends: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the content, by which the file is kept."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Counts:
    """What became of every row read: the five always add up to `rows_read`."""

    rows_read: int
    new: int
    changed: int
    unchanged: int
    quarantined: int
    excluded: int

    def __post_init__(self) -> None:
        parts = self.new + self.changed + self.unchanged + self.quarantined + self.excluded
        if parts != self.rows_read:
            raise ValueError(f"{self.rows_read} rows read, {parts} accounted for")


@dataclass(frozen=True)
class Effect:
    """What a load did, or in a preview would do.

    `closed` counts the rows that a whole record lacks and that so stand no longer;
    `changed_cells` every cell with another value than before. `changes` lists the first of the
    cells and then of the closed rows, at most a thousand of each.
    """

    batch: int
    counts: Counts
    closed: int = 0
    changed_cells: int = 0
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Batch:
    """One upload (or undo of one, or erasure) as history keeps it.

    `closed` counts the rows that a whole record closed, or that an undo took out.
    """

    batch: int
    kind: str
    who: str
    loaded_at: datetime
    file_name: str
    sha256: str
    sheet: str
    source: str
    table: str
    matching: Mapping[str, str]
    complete_to: date | None
    counts: Counts
    undoes: int | None = None
    undone_by: int | None = None
    shape: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)
    declared: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[tuple[int, str, str], ...] = ()
    whole: Whole | None = None
    closed: int = 0
