"""A table as it is before anything is withheld: its cells, who is in them and how they add up.

Imports the model alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from civic_metrics.model import Figure, Unit

ALL = "all"
ALL_YEARS = "all years"
NOT_BROKEN_DOWN = "not broken down"

# What one contributor brings to a cell: rows first, then whatever else the figure weighs by.
Amounts = tuple[float, ...]


class Key(NamedTuple):
    """Where a cell stands: a dimension (or ALL), the group in it and the year."""

    dimension: str
    group: str | None
    year: str | None


@dataclass(frozen=True)
class Cell:
    """One cell: who contributes how much, and its figures, one for each indicator of the table.

    `people` are those contributors who are individuals.
    """

    contributors: Mapping[str, Amounts]
    figures: tuple[Figure, ...] = ()
    label: str = ""
    people: frozenset[str] = frozenset()

    @property
    def rows(self) -> int:
        """How many rows the cell rests on."""
        return round(sum(amounts[0] for amounts in self.contributors.values()))


class Line(NamedTuple):
    """Cells that together make up another: a total is the sum of its parts.

    Where the parts `overlap` their sum is more than the total. They are treated as if it were
    not: an outsider may know that in this case nothing is in two of them.
    """

    total: Key
    parts: tuple[Key, ...]
    overlap: bool


@dataclass(frozen=True)
class Table:
    """The cells of indicators that count the same rows; they are withheld together.

    Two tables of the same rows with different gaps would fill each other's. `overlapping` are
    the dimensions where a row may be in several groups.
    """

    cells: Mapping[Key, Cell]
    units: tuple[Unit, ...]
    overlapping: frozenset[str] = frozenset()

    def lines(self) -> tuple[Line, ...]:
        """Years make up all years; the groups of a dimension make up its year.

        A group is never summed over years: without that margin every cell but a year's total is
        in one line only, and a line can be made safe by itself.
        """
        years = tuple(key for key in self.cells if key.dimension == ALL and key.year != ALL_YEARS)
        lines = [Line(Key(ALL, None, ALL_YEARS), years, overlap=False)] if years else []
        breakdowns: dict[tuple[str, str | None], list[Key]] = {}
        for key in self.cells:
            if key.dimension != ALL:
                breakdowns.setdefault((key.dimension, key.year), []).append(key)
        lines += [
            Line(Key(ALL, None, year), tuple(parts), dimension in self.overlapping)
            for (dimension, year), parts in breakdowns.items()
        ]
        return tuple(lines)


def together(cells: Iterable[Cell], *, overlap: bool = False) -> Cell:
    """Several cells as one, without figures. Where they overlap, the most anybody has in one."""
    held: dict[str, Amounts] = {}
    people: frozenset[str] = frozenset()
    for cell in cells:
        people |= cell.people
        for name, amounts in cell.contributors.items():
            before = held.get(name, (0.0,) * len(amounts))
            pairs = zip(before, amounts, strict=True)
            held[name] = tuple(max(a, b) if overlap else a + b for a, b in pairs)
    return Cell(held, people=people)


def left_over(inner: Cell, outer: Cell) -> Cell | None:
    """What remains of a cell when another that may lie within it is taken away; None: it cannot.

    Judged by the rows of each contributor: whoever knows who is where can tell as much.
    """
    if not inner.contributors.keys() <= outer.contributors.keys():
        return None
    rest = {}
    for name, amounts in outer.contributors.items():
        taken = inner.contributors.get(name, (0.0,) * len(amounts))
        if taken[0] > amounts[0]:
            return None
        if amounts[0] > taken[0]:
            rest[name] = tuple(a - b for a, b in zip(amounts, taken, strict=True))
    return Cell(rest, people=outer.people & rest.keys())
