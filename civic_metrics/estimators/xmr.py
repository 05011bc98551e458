"""How a figure behaves over time: an XmR chart by NHS England's Making Data Count rules.

Pure functions of numbers in the order of time; imports the standard library and the model only.
Source: NHS England, Making Data Count; worked out as NHSRplotthedots 0.2.2 does (NHS-R
Community, 2024). Limits: Shewhart's natural process limits (Wheeler, Understanding Variation,
2nd edition 2000).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from statistics import fmean

from civic_metrics.model import Better

FEWEST_POINTS = 13  # with fewer the limits still move a lot with every new point
FEWEST_FOR_BASELINE = 12
RUN = 7  # points that make a trend or a shift; others use 5, 6 or 8
LIMIT = 2.66  # average moving ranges from the mean to a limit: 3 / 1.128
NEAR = LIMIT * 2 / 3
SCREEN = 3.267  # average moving ranges from which a step is an outlier itself


class Rule(StrEnum):
    """Why a point is more than the usual up and down, the strongest reason first."""

    OUTSIDE = "outside the limits"
    TREND = "part of a run that rises or falls"
    NEAR_LIMIT = "two of three close to a limit"
    SHIFT = "part of a run on one side of the mean"


class Assurance(StrEnum):
    """Whether the target is met as things go, judged by the limits."""

    MET = "met consistently"
    MISSED = "missed consistently"
    EITHER = "met in some periods and missed in others by chance"
    NOT_ASSESSED = "not assessed"


@dataclass(frozen=True)
class Process:
    """The mean and limits of a series, in its unit, and each point's rule or None.

    `near_lower` and `near_upper` lie two thirds of the way to the limits.
    """

    values: tuple[float, ...]
    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    rules: tuple[Rule | None, ...]

    def side(self, place: int) -> int:
        """1 where the point lies above the mean, -1 below, 0 on it."""
        return _sign(self.values[place] - self.mean)


def xmr(
    values: Sequence[float],
    *,
    screen: bool = False,
    trend: int = RUN,
    shift: int = RUN,
    baseline: int | None = None,
) -> Process:
    """The mean, the limits mean ± 2.66 × the average moving range, and each point's rule.

    `screen` leaves out moving ranges of 3.267 times their average or more, once, as R's package
    does by default and NHS England's own spreadsheet does not. `baseline` fixes mean and limits
    on the first so many points. Raises ValueError below two points, for a baseline below 12, and
    for runs below two.
    """
    if len(values) < 2 or min(trend, shift) < 2:
        raise ValueError("a chart over time needs at least two points, and so does a run")
    if baseline is not None and not FEWEST_FOR_BASELINE <= baseline <= len(values):
        raise ValueError(f"a baseline is at least {FEWEST_FOR_BASELINE} of the points")
    base = values[:baseline]
    mean, moved = fmean(base), [abs(after - before) for before, after in pairwise(base)]
    average = fmean(moved)
    if screen and average:
        average = fmean([step for step in moved if step < SCREEN * average])
    near, far = NEAR * average, LIMIT * average
    process = Process(
        values=tuple(values),
        mean=mean,
        lower=mean - far,
        upper=mean + far,
        near_lower=mean - near,
        near_upper=mean + near,
        rules=(),
    )
    return _judged(process, trend=trend, shift=shift)


def assurance(process: Process, target: float | None, better: Better) -> Assurance:
    """Whether the process meets the target period after period, or only by chance."""
    if target is None or better is Better.NEITHER:
        return Assurance.NOT_ASSESSED
    higher = better is Better.HIGHER
    if target > process.upper:
        return Assurance.MISSED if higher else Assurance.MET
    if target < process.lower:
        return Assurance.MET if higher else Assurance.MISSED
    return Assurance.EITHER


def is_improvement(process: Process, place: int, better: Better) -> bool | None:
    """Whether a point's side of the mean is the better one; None where neither is."""
    if better is Better.NEITHER:
        return None
    return (process.side(place) > 0) == (better is Better.HIGHER)


def _judged(process: Process, *, trend: int, shift: int) -> Process:
    values = process.values
    sides = [process.side(place) for place in range(len(values))]
    found = {
        Rule.OUTSIDE: {
            place
            for place, value in enumerate(values)
            if value > process.upper or value < process.lower
        },
        Rule.TREND: in_a_trend(values, trend),
        Rule.SHIFT: in_a_shift(sides, shift),
    }
    close = [
        place not in found[Rule.OUTSIDE] and (v < process.near_lower or v > process.near_upper)
        for place, v in enumerate(values)
    ]
    found[Rule.NEAR_LIMIT] = two_of_three(close, sides)
    rules = tuple(
        next((rule for rule in Rule if place in found[rule]), None) for place in range(len(values))
    )
    return Process(**{**process.__dict__, "rules": rules})


def in_a_trend(values: Sequence[float], length: int = RUN) -> set[int]:
    """The places of every point in a run of so many that each rise, or each fall."""
    steps = [_sign(after - before) for before, after in pairwise(values)]
    found: set[int] = set()
    for first, last, direction in _runs(steps):
        if direction and last - first + 2 >= length:  # so many steps join one more point
            found |= set(range(first, last + 2))
    return found


def in_a_shift(sides: Sequence[int], length: int = RUN) -> set[int]:
    """The places of every point in a run of so many on one side of the mean, none upon it."""
    found: set[int] = set()
    for first, last, side in _runs(sides):
        if side and last - first + 1 >= length:
            found |= set(range(first, last + 1))
    return found


def two_of_three(close: Sequence[bool], sides: Sequence[int]) -> set[int]:
    """The places close to a limit in three following points on one side, two of them so close."""
    found: set[int] = set()
    for first in range(len(close) - 2):
        three = range(first, first + 3)
        if abs(sum(sides[place] for place in three)) == 3 and sum(close[p] for p in three) >= 2:
            found |= {place for place in three if close[place]}
    return found


def _runs(signs: Sequence[int]) -> list[tuple[int, int, int]]:
    """The runs of equal signs: first place, last place, sign."""
    runs, first = [], 0
    for sign, run in groupby(signs):
        last = first + len(list(run)) - 1
        runs.append((first, last, sign))
        first = last + 1
    return runs


def _sign(x: float) -> int:
    return (x > 0) - (x < 0)
