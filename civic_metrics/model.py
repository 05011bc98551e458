"""The words every other room shares: indicators, figures, viewers.

Frozen dataclasses and closed choices only. Imports nothing of ours, so that every
layer may import it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Better(StrEnum):
    """Which way is better for the people an indicator is about."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Status(StrEnum):
    """How a figure stands against its comparator's value, judged by its interval."""

    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    NOT_ASSESSED = "not assessed"


class Unit(StrEnum):
    """What a value is measured in; shares, gaps and points are 0 to 1, never 0 to 100.

    `POINTS` is a difference of two shares, -1 to 1; `NUMBER` counts what the indicator counts
    or what its name says.
    """

    DAYS = "days"
    YEARS = "years"
    SHARE = "share"
    GAP = "gap"
    POINTS = "percentage points"
    HOURS = "hours"
    NUMBER = "number"
    POUNDS = "pounds"
    POUNDS_A_HEAD = "pounds a head"
    POUND_FOR_POUND = "pounds paid for each pound at the university's rate"


class Role(StrEnum):
    """What somebody who looks at the figures may be."""

    LEAD = "lead"
    ANALYST = "analyst"
    PARTNER = "partner"


@dataclass(frozen=True)
class Viewer:
    """Who is looking. A partner stands for one or more organisations, by id."""

    role: Role
    organisations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.role is Role.PARTNER) != bool(self.organisations):
            raise ValueError("a partner stands for at least one organisation; nobody else for any")


@dataclass(frozen=True)
class Figure:
    """One number with everything needed to trust it.

    `value` is None where it is withheld or cannot be reached; `note` then says why.
    `lower` and `upper` are the 95% limits in the unit of `value`, or None with the reason
    in `note`. `n` is the number of rows the figure rests on. A survival curve carries the span
    it was `followed` over, its first and last time.
    """

    n: int
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    note: str | None = None
    curve: Sequence[CurvePoint] = ()
    followed: tuple[float, float] | None = None


@dataclass(frozen=True)
class CurvePoint:
    """One step of a survival curve: at `time`, `share` are still open, with 95% limits."""

    time: float
    at_risk: int
    events: int
    share: float
    standard_error: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Estimator:
    """Turns facts into a figure in two halves, each tested on its own.

    The engine's SQL counts: it groups the facts by the split and by `per`, with `measures`
    (name -> SQL aggregate over the facts). Where `fold` is given those groups are then
    aggregated again to one row a split. `conclude` takes the counted columns of one split,
    each a sequence with one entry a counted row, and returns the figure: no SQL, no rows.
    """

    name: str
    method: str
    columns: tuple[str, ...]
    measures: Mapping[str, str]
    conclude: Callable[[Mapping[str, Sequence[Any]]], Figure]
    per: tuple[str, ...] = ()
    fold: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Target:
    """A row of the `threshold` table that an indicator is compared with."""

    threshold: str


@dataclass(frozen=True)
class Variant:
    """The same figure counted another way that a fair reader would ask for."""

    label: str
    facts: str


@dataclass(frozen=True)
class Indicator:
    """One question about partnerships, answerable by counting facts.

    `facts` is one SELECT over the tables in scope with the columns `partnership`,
    `organisation`, `happened_on`, `left_out` (null: counted; else the reason it is not, in
    words), `caution` (null, or what a reader must know of a row that is counted), `pounds` (or
    null), those its estimator asks for and those its own splits name. It may name `$as_of`.
    `period_by` says which date `happened_on` is, or None where the start of a period is
    ignored because the figure is about a whole life. `partner_filter` is the split and
    value that narrow a headline to partners, and `others_filter` to those they are
    compared with. `verb` says what whoever is counted did for so many days or years ("waited"),
    where that makes a sentence of the figure. `whole_only` figures compare a viewer's rows with
    everybody's, so they are withheld from whoever does not see every row. Facts that
    `has_own_place` is true of carry `place`, a place code or null, and are split by place, region,
    country and fifth of deprivation by that, not by where their partnership works: money is then in
    parts, one row a place, and an activity is where it was held.
    """

    id: str
    name: str
    question: str
    unit: Unit
    better: Better
    estimator: Estimator
    facts: str
    splits: tuple[str, ...]
    counts: str
    what: str
    why: str
    not_to_be_read_as: str
    source: str
    checked_on: date
    period_by: str | None
    target: Target | None = None
    partner_filter: Mapping[str, str] = field(default_factory=dict)
    others_filter: Mapping[str, str] | None = None
    through_membership: bool = False
    whole_only: bool = False
    has_own_place: bool = False
    verb: str | None = None
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """Rows a figure leaves out, or counts with a caution, and the pounds they carry (or None)."""

    reason: str
    n: int
    pounds: float | None


@dataclass(frozen=True)
class Row:
    """One line of a result: the split's values, the figure and what it leaves out."""

    keys: tuple[str | None, ...]
    labels: tuple[str, ...]
    figure: Figure
    status: Status
    pounds: float | None = None
    left_out: tuple[LeftOut, ...] = ()
    cautions: tuple[LeftOut, ...] = ()

    def note(self, counts: str) -> str | None:
        """Why a value or limit is missing, what is counted with a caution, what is left out."""
        parts = [self.figure.note] if self.figure.note else []
        parts += [f"{c.n:,} {counts} counted with a caution: {c.reason}" for c in self.cautions]
        parts += [f"{out.n:,} left out: {out.reason}" for out in self.left_out]
        return "; ".join(parts) or None


@dataclass(frozen=True)
class Result:
    """An indicator's answer: one row, or one a group where it is split.

    `as_of` is the day up to which the records are complete, never silently today.
    `target` is the value of the threshold in force then, in the unit of the figures.
    """

    indicator: Indicator
    splits: tuple[str, ...]
    rows: tuple[Row, ...]
    as_of: date | None
    target: float | None = None
    target_source: str | None = None
    notes: tuple[str, ...] = ()
    variants: tuple[tuple[str, Figure], ...] = ()
    sql: str = ""

    @property
    def only(self) -> Row:
        """The one row of a result that is not split."""
        if self.splits:
            raise ValueError("a split result has many rows")
        return self.rows[0]

    def records(self) -> list[dict[str, Any]]:
        """The rows as plain dictionaries, with the column names every export uses."""
        return [
            {
                **dict(zip(self.splits, row.labels, strict=True)),
                "n": row.figure.n,
                "value": row.figure.value,
                "lower": row.figure.lower,
                "upper": row.figure.upper,
                "numerator": row.figure.numerator,
                "denominator": row.figure.denominator,
                "unit": self.indicator.unit.value,
                "method": self.indicator.estimator.method,
                "as_of": self.as_of,
                "status": row.status.value,
                "note": "; ".join(
                    part for part in (row.note(self.indicator.counts), *self.notes) if part
                )
                or None,
            }
            for row in self.rows
        ]
