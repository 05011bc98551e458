"""What a sheet is held against: the limits of the day, earlier loads, what the records hold.

The limits live in one dated table (data/reference/plausibility.csv). A limit that is not in it
is not checked: no number of it stands in the code. Imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pyarrow as pa


@dataclass(frozen=True)
class Limit:
    """One value of a limit and the days it applies, the last included."""

    from_on: date | None
    to_on: date | None
    value: float

    def applies(self, on: date) -> bool:
        """Whether it applies on that day."""
        return (self.from_on is None or self.from_on <= on) and (
            self.to_on is None or on <= self.to_on
        )

    def sql(self, day: str) -> str:
        """SQL: whether it applies on that day; an unknown day meets no dated limit.

        Only dates are spliced, never what a person wrote.
        """
        ends = [
            f"{day} {sign} date '{end.isoformat()}'"
            for sign, end in ((">=", self.from_on), ("<=", self.to_on))
            if end is not None
        ]
        return " and ".join(ends) or "true"


@dataclass(frozen=True)
class LoadedBefore:
    """An earlier load of the same table: its file, the first and last day its rows began (see
    `begun`), how many rows, and its number."""

    file_name: str
    source: str
    first_on: date
    last_on: date
    rows: int
    batch: int | None = None


@dataclass(frozen=True)
class Against:
    """What a sheet is held against.

    `limits` are by measure. `standing` has what the records hold of the payments named in the
    file: the key columns, `received_on`, `paid_on`, and where known `kind`, `is_advance_agreed`.
    """

    today: date
    limits: Mapping[str, tuple[Limit, ...]] = field(default_factory=dict)
    loaded: tuple[LoadedBefore, ...] = ()
    file_name: str = ""
    source: str = ""
    standing: pa.Table | None = None

    def values(self, measure: str) -> tuple[Limit, ...]:
        """Every value of the limit with its days; none where the table has none."""
        return self.limits.get(measure, ())

    def at(self, measure: str, on: date | None = None) -> float | None:
        """The limit on that day (today unless given), or None: then it is not checked."""
        day = on or self.today
        return next((one.value for one in self.values(measure) if one.applies(day)), None)


def limits_of(
    rows: Iterable[tuple[str, date | None, date | None, float]],
) -> dict[str, tuple[Limit, ...]]:
    """Limits by measure from rows of (measure, first day, last day, value), oldest first.

    A limit ends at the latest on the day before the next one begins.
    """
    found: dict[str, list[Limit]] = {}
    for measure, from_on, to_on, value in rows:
        found.setdefault(measure, []).append(Limit(from_on, to_on, float(value)))
    return {measure: _in_turn(values) for measure, values in found.items()}


def _in_turn(values: list[Limit]) -> tuple[Limit, ...]:
    ordered = sorted(values, key=lambda one: one.from_on or date.min)
    ends = [(one.from_on or date.max) - timedelta(days=1) for one in ordered[1:]]
    ended = [
        replace(one, to_on=min(one.to_on or date.max, end))
        for one, end in zip(ordered, ends, strict=False)
    ]
    return (*ended, ordered[-1])
