"""An outsider with the whole grid, the rules and a solver cannot work out what is withheld.

The outsider writes down all that is shown as equations and asks for the smallest and the largest
count and value that a withheld cell may have (scipy's HiGHS). Shares no code with the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from civic_metrics.disclosure import ALL, ALL_YEARS, HESA, Cell, Key, Table, shown, withhold
from civic_metrics.model import Figure, Unit

UNITS = (Unit.SHARE, Unit.DAYS)
STEPS = (0.01, 1.0)  # whole percentages, whole days
ROOT = Key(ALL, None, ALL_YEARS)
N, HITS, DAYS = range(3)  # what is unknown of each cell: rows, those in time, days in all


@cache
def drawn_table(seed: int) -> Table:
    """A few years of invoices of a few partners, some much larger than others."""
    draw = Random(seed)
    sums: dict[Key, dict[str, list[float]]] = {}
    for number in range(draw.randint(8, 26)):
        groups = {
            "kind": draw.choices("ABCD", (6, 3, 2, 1))[0],
            "size": draw.choices("SML", (5, 3, 1))[0],
            "theme": draw.choices("XYZ", (2, 2, 1))[0],
        }
        in_time = draw.choice((0.0, 0.3, 0.6, 0.9, 1.0))
        slow = draw.choice((3, 12, 40, 90))
        largest = draw.choices((3, 12, 60), (5, 3, 1))[0]
        for year in ("2022/23", "2023/24", "2024/25"):
            n = draw.randint(0, largest)
            hits = sum(draw.random() < in_time for _ in range(n))
            days = sum(draw.randint(0, 2 * slow) for _ in range(n))
            keys = [ROOT, Key(ALL, None, year)]
            keys += [Key(dimension, group, year) for dimension, group in groups.items()]
            for key in keys if n else ():
                before = sums.setdefault(key, {}).get(f"o{number}", [0, 0, 0])
                added = [a + b for a, b in zip(before, (n, hits, days), strict=True)]
                sums[key][f"o{number}"] = added
    cells = {}
    for key, held in sums.items():
        n, hits, days = (sum(amounts[what] for amounts in held.values()) for what in range(3))
        cells[key] = Cell(
            {name: (amounts[N],) for name, amounts in held.items()},
            (
                Figure(n=n, value=hits / n, numerator=hits, denominator=n),
                Figure(n=n, value=days / n, numerator=days, denominator=n),
            ),
        )
    return Table(cells, UNITS, overlapping=frozenset({"theme"}))


@dataclass
class Outsider:
    """All that is known, as rows of `low <= matrix @ unknown <= high`."""

    table: Table
    secondary: bool
    exactly: bool = False

    def __post_init__(self) -> None:
        self.outcome = withhold(self.table, HESA, secondary=self.secondary)
        self.keys = sorted({*self.outcome.shown, *self.outcome.withheld}, key=str)
        self.place = {key: 3 * number for number, key in enumerate(self.keys)}
        self.matrix: list[np.ndarray] = []
        self.low: list[float] = []
        self.high: list[float] = []
        for key in self.keys:
            self._bounded(key)
            if key in self.outcome.withheld:
                enough = "fewer than" not in self.outcome.withheld[key]
                self._know({(key, N): 1}, 6 if enough else 1, np.inf)
            else:
                self._read(key)
        self._add_up()

    def _know(self, parts: dict[tuple[Key, int], float], low: float, high: float) -> None:
        row = np.zeros(3 * len(self.keys))
        for (key, what), times in parts.items():
            row[self.place[key] + what] = times
        self.matrix.append(row)
        self.low.append(low)
        self.high.append(high)

    def _bounded(self, key: Key) -> None:
        self._know({(key, HITS): 1}, 0, np.inf)
        self._know({(key, HITS): 1, (key, N): -1}, -np.inf, 0)
        self._know({(key, DAYS): 1}, 0, np.inf)

    def _read(self, key: Key) -> None:
        """What a cell that is shown says: its rows to two, its values to half a step."""
        share, days = self.table.cells[key].figures
        if self.exactly:
            for what, known in ((N, share.n), (HITS, share.numerator), (DAYS, days.numerator)):
                self._know({(key, what): 1}, known, known)
            return
        n = shown(share, Unit.SHARE, HESA).n
        self._know({(key, N): 1}, max(6, n - 2), n + 2)
        for what, figure, unit, step in zip((HITS, DAYS), (share, days), UNITS, STEPS, strict=True):
            cell = shown(figure, unit, HESA)
            above = np.inf if cell.beyond == "or more" else cell.value + step / 2
            below = -np.inf if cell.beyond == "or less" else cell.value - step / 2
            if np.isfinite(above):
                self._know({(key, what): 1, (key, N): -above}, -np.inf, 0)
            if np.isfinite(below):
                self._know({(key, what): 1, (key, N): -below}, 0, np.inf)

    def _add_up(self) -> None:
        """Years make up all years; kinds, sizes and themes (none is in two) make up their year."""
        lines = {}
        for key in self.keys:
            if key.dimension != ALL:
                lines.setdefault((key.dimension, key.year), (Key(ALL, None, key.year), []))
                lines[key.dimension, key.year][1].append(key)
            elif key != ROOT:
                lines.setdefault(ALL, (ROOT, []))[1].append(key)
        for total, parts in lines.values():
            for what in (N, HITS, DAYS):
                self._know({(total, what): 1, **{(part, what): -1 for part in parts}}, 0, 0)

    def widest(self, key: Key, what: int) -> float:
        """At most how far apart the values lie that the cell may have, in the value's unit.

        A ratio of two unknowns, made linear by scaling the cell's rows to 1 (Charnes and Cooper
        1962).
        """
        matrix, low, high = np.array(self.matrix), np.array(self.low), np.array(self.high)
        top, bottom = np.isfinite(high), np.isfinite(low)
        under = np.vstack(
            [
                np.hstack([matrix[top], -high[top, None]]),
                np.hstack([-matrix[bottom], low[bottom, None]]),
            ]
        )
        size = matrix.shape[1] + 1
        rows_are_one = np.zeros((1, size))
        rows_are_one[0, self.place[key] + N] = 1
        aim = np.zeros(size)
        aim[self.place[key] + what] = 1
        ends = []
        for sign in (1, -1):
            found = linprog(
                sign * aim,
                A_ub=under,
                b_ub=np.zeros(len(under)),
                A_eq=rows_are_one,
                b_eq=[1],
                bounds=(0, None),
            )
            ends.append(sign * found.fun if found.status == 0 else sign * -np.inf)
        return ends[1] - ends[0]

    def surely(self, key: Key, what: int) -> float:
        """At least how far apart the whole numbers lie that the cell may have.

        For hits and days, with its rows as they are in truth: what is left open even then.
        """
        matrix, low, high = list(self.matrix), list(self.low), list(self.high)
        if what != N:
            fixed = np.zeros(len(matrix[0]))
            fixed[self.place[key] + N] = 1
            rows = self.table.cells[key].rows
            matrix, low, high = [*matrix, fixed], [*low, rows], [*high, rows]
        aim = np.zeros(len(matrix[0]))
        aim[self.place[key] + what] = 1
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * aim,
                constraints=LinearConstraint(np.array(matrix), low, high),
                integrality=np.ones(len(aim)),
                bounds=Bounds(0, 1e5),
                options={"time_limit": 5},
            )
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return ends[1] - ends[0]


def some_withheld(outsider: Outsider, seed: int, many: int) -> list[Key]:
    keys = sorted(outsider.outcome.withheld, key=str)
    return Random(seed).sample(keys, k=min(many, len(keys)))


@pytest.mark.parametrize(
    ("exactly", "seeds"), [(False, range(10)), (True, range(10, 25))], ids=["rounded", "exact"]
)
def test_a_withheld_count_and_value_stay_open_by_more_than_the_rounding(exactly, seeds):
    # The second outsider has what is shown before it was rounded, and still cannot tell.
    met = 0
    for seed in seeds:
        outsider = Outsider(drawn_table(seed), secondary=True, exactly=exactly)
        for key in some_withheld(outsider, seed, 2):
            met += 1
            rows = outsider.table.cells[key].rows
            assert outsider.surely(key, N) > HESA.counts_to, (seed, key)
            assert outsider.surely(key, HITS) / rows > STEPS[0], (seed, key)
            assert outsider.surely(key, DAYS) / rows > STEPS[1], (seed, key)
    assert met > len(seeds)


def test_a_cell_that_is_not_safe_stays_open_by_five_roundings():
    for seed in range(25, 35):
        outsider = Outsider(drawn_table(seed), secondary=True, exactly=True)
        unsafe = {k: why for k, why in outsider.outcome.withheld.items() if "another" not in why}
        for key in [key for key in some_withheld(outsider, seed, 4) if key in unsafe][:2]:
            rows = outsider.table.cells[key].rows
            assert outsider.surely(key, HITS) / rows > 5 * STEPS[0], (seed, key)
            assert outsider.surely(key, DAYS) / rows > 5 * STEPS[1], (seed, key)


def test_without_the_second_round_of_withholding_the_same_outsider_finds_cells_out():
    found = []
    for seed in range(12):
        outsider = Outsider(drawn_table(seed), secondary=False, exactly=True)
        found += [
            key
            for key in outsider.outcome.withheld
            if key.dimension == "size" and outsider.widest(key, HITS) < STEPS[0] / 100
        ]
    assert len(found) >= 4


def by_kind(**kinds: tuple[int, list[int]]) -> Table:
    """One year: of each kind how many were paid in time, and the rows of each partner."""
    cells, everyone, in_time = {}, {}, 0
    for kind, (hits, rows) in kinds.items():
        n = sum(rows)
        held = {f"{kind}{number}": (float(one),) for number, one in enumerate(rows)}
        everyone |= held
        in_time += hits
        cells[Key("kind", kind, ALL_YEARS)] = _both(held, n, hits)
    cells[ROOT] = _both(everyone, sum(round(one) for (one,) in everyone.values()), in_time)
    return Table(cells, UNITS)


def _both(held: dict[str, tuple[float, ...]], n: int, hits: int) -> Cell:
    """A cell in which those in time took 10 days each and the others 50."""
    days = 10 * hits + 50 * (n - hits)
    share = Figure(n=n, value=hits / n, numerator=hits, denominator=n)
    return Cell(held, (share, Figure(n=n, value=days / n, numerator=days, denominator=n)))


def test_one_gap_is_found_out_within_the_rounding_from_rounded_figures_alone():
    # Five councils are too few to show; all their 200 invoices were paid in time. Shown are 240
    # in all, 92% in time (220), and 40 of charities, 50%. So of the councils' at least
    # (91.5% of 240 - 50.5% of 40) / 200 = 99.7% were in time, and no more than all.
    table = by_kind(council=(200, [40] * 5), charity=(20, [10, 6, 6, 6, 6, 6]))
    council = Key("kind", "council", ALL_YEARS)
    open_to_all = Outsider(table, secondary=False)
    assert set(open_to_all.outcome.withheld) == {council}
    assert open_to_all.widest(council, HITS) < STEPS[0]
    # There is no other kind to hide it among, so kinds are not told at all.
    kept = Outsider(table, secondary=True)
    assert set(kept.outcome.shown) == {ROOT}
    assert kept.outcome.not_broken_down == {("kind", ALL_YEARS)}


def test_two_gaps_of_which_one_is_nearly_everything_are_found_out_and_so_are_not_left():
    # With schools (6 invoices, one each) as the second gap councils would still be known to 3 in
    # 100: the larger of the other kinds goes instead.
    table = by_kind(
        council=(200, [40] * 5),
        charity=(150, [40] * 6),
        school=(3, [1] * 6),
    )
    withheld = {key.group for key in Outsider(table, secondary=True).outcome.withheld}
    assert withheld == {"council", "charity"}
