"""Which cells of a table are shown: the unsafe go, and others with them until none can be found.

Imports the model alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from civic_metrics.disclosure.cells import (
    ALL,
    ALL_YEARS,
    Cell,
    Key,
    Line,
    Table,
    left_over,
    together,
)
from civic_metrics.disclosure.profiles import Profile
from civic_metrics.disclosure.safety import (
    WORKED_OUT,
    is_safe,
    keep_their_secret,
    why_unsafe,
)


@dataclass(frozen=True)
class Outcome:
    """What becomes of each cell: `shown`, `withheld` with the reason, or not so much as listed.

    `not_broken_down` are the dimension and year of breakdowns that are withheld whole, so that
    not even which of their groups there are is told.
    """

    shown: frozenset[Key]
    withheld: Mapping[Key, str]
    not_broken_down: frozenset[tuple[str, str | None]]


def withhold(
    table: Table, profile: Profile, *, contributors: str = "partners", secondary: bool = True
) -> Outcome:
    """What of the table may be shown under that profile; the order of the cells does not matter.

    From the top: where a total is withheld nothing below it is listed, so every line that is
    listed has a total that is shown, and its gaps are tied by that line alone.
    `secondary=False` withholds no more than the unsafe cells: it is there to show that this is
    not enough.
    """
    return _Withholding(table, profile, contributors, secondary).outcome()


class _Withholding:
    """The work of one table: the gaps so far, and the breakdowns that are not listed."""

    def __init__(self, table: Table, profile: Profile, contributors: str, secondary: bool) -> None:
        self.table, self.profile, self.secondary = table, profile, secondary
        found = {
            key: why_unsafe(cell, table.units, profile, contributors)
            for key, cell in table.cells.items()
        }
        self.withheld = {key: why for key, why in found.items() if why}
        self.unlisted: set[Line] = set()
        self.lines = table.lines()

    def outcome(self) -> Outcome:
        """Goes through lines and differences until nothing more has to go."""
        while True:
            before = len(self.withheld), len(self.unlisted)
            for line in self.lines:
                self._mend(line)
            if self.secondary:
                for year in {key.year for key in self.table.cells}:
                    self._mend_differences(year)
            if (len(self.withheld), len(self.unlisted)) == before:
                break
        listed = {key for key in self.table.cells if self._is_listed(key)}
        withheld = {key: why for key, why in self.withheld.items() if key in listed}
        return Outcome(
            shown=frozenset(listed - withheld.keys()),
            withheld=withheld,
            not_broken_down=frozenset(
                (line.parts[0].dimension, line.total.year)
                for line in self.unlisted
                if line.total in listed and line.total not in withheld
            ),
        )

    def _is_listed(self, key: Key) -> bool:
        """Whether the cell is so much as named: every total above it is shown."""
        root = Key(ALL, None, ALL_YEARS)
        if key == root:
            return True
        if any(key in line.parts for line in self.unlisted):
            return False
        total = Key(ALL, None, key.year) if key.dimension != ALL else root
        return total not in self.withheld and self._is_listed(total)

    def _mend(self, line: Line) -> None:
        """Withholds more parts of a line until its gaps keep their secret, or all of it."""
        if line in self.unlisted or not self._is_listed(line.total) or line.total in self.withheld:
            return
        while self.secondary and (gaps := self._gaps(line)) and not self._keep(gaps, line):
            rest = sorted(
                (key for key in line.parts if key not in self.withheld),
                key=lambda key: (self.table.cells[key].rows, str(key)),
            )
            if not rest:
                self.unlisted.add(line)
                return
            enough = (key for key in rest if self._keep([*gaps, key], line))
            self.withheld[next(enough, rest[-1])] = WORKED_OUT

    def _gaps(self, line: Line) -> list[Key]:
        return [key for key in line.parts if key in self.withheld]

    def _keep(self, gaps: list[Key], line: Line) -> bool:
        cells = [self.table.cells[key] for key in gaps]
        return keep_their_secret(cells, self.table.units, self.profile, overlap=line.overlap)

    def _mend_differences(self, year: str | None) -> None:
        """Withholds what lies within something else that is known, where the rest is not safe.

        A theme whose partners are all of one kind but for one gives that one away.
        """
        known = {
            key: cell
            for key, cell in self.table.cells.items()
            if key.year == year
            and key.dimension != ALL
            and key not in self.withheld
            and self._is_listed(key)
        }
        unions = [
            together((self.table.cells[key] for key in gaps), overlap=line.overlap)
            for line in self.lines
            if line.total.year == year
            and line not in self.unlisted
            and line.parts[0].dimension != ALL
            and (gaps := self._gaps(line))
        ]
        for key, cell in sorted(known.items(), key=lambda item: (item[1].rows, str(item[0]))):
            others = [c for k, c in known.items() if k != key and k not in self.withheld]
            outer = (*others, *unions, self.table.cells[Key(ALL, None, year)])
            within = any(self._gives_away(cell, other) for other in outer)
            if within or any(self._gives_away(union, cell) for union in unions):
                self.withheld[key] = WORKED_OUT

    def _gives_away(self, inner: Cell, outer: Cell) -> bool:
        rest = left_over(inner, outer)
        if rest is None or not rest.contributors:
            return False
        return not is_safe(rest, self.table.units, self.profile)
