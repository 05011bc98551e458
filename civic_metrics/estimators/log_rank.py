"""Whether two curves differ by more than chance (log-rank).

Imports numpy, the standard library and the columns. A comparison of groups, not a figure: its
answer is how surprising the difference would be if both groups ended alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import erfc, sqrt
from typing import Any

import numpy as np

from civic_metrics.estimators.columns import counts, numbers


@dataclass(frozen=True)
class LogRank:
    """The comparison of two groups: χ² on 1 degree of freedom and its p, 0 to 1.

    `observed` and `expected` are how many of the first group ended, and would have if both had
    ended alike. χ² and p are None where nothing can be told: none ended, or never while both
    groups were followed.
    """

    observed: int
    expected: float
    chi_square: float | None
    p: float | None


def log_rank(first: Mapping[str, Sequence[Any]], second: Mapping[str, Sequence[Any]]) -> LogRank:
    """The log-rank test of two groups, each counted columns as `survival` asks for them.

    Over the times at which something ended: E = Σ d n₁/n, V = Σ d (n₁/n)(n₂/n)(n - d)/(n - 1),
    χ² = (O - E)²/V. At risk as for the curve: entered before, and followed to the time or beyond.
    Raises ValueError for a row without days or without `observed`. Mantel, Cancer Chemother Rep
    1966, 50:163-170; Peto and Peto, J R Stat Soc A 1972, 135:185-207.
    """
    one, other = _followed(first), _followed(second)
    time = np.unique(np.concatenate([one.ended_at, other.ended_at]))
    ended_one, ended = one.ended(time), one.ended(time) + other.ended(time)
    n_one, n_other = one.at_risk(time), other.at_risk(time)
    n = n_one + n_other
    expected = float((ended * n_one / n).sum())
    spread = ended * (n_one / n) * (n_other / n) * (n - ended) / np.maximum(n - 1, 1)
    variance = float(spread.sum())
    observed = int(ended_one.sum())
    if variance == 0:
        return LogRank(observed, expected, None, None)
    chi_square = (observed - expected) ** 2 / variance
    return LogRank(observed, expected, chi_square, erfc(sqrt(chi_square / 2)))


@dataclass(frozen=True, eq=False)
class _Group:
    """One group's rows, counted: from when to when followed, and whether the end was seen."""

    days: np.ndarray
    is_end: np.ndarray
    since: np.ndarray
    rows: np.ndarray

    @property
    def ended_at(self) -> np.ndarray:
        return self.days[self.is_end]

    def ended(self, time: np.ndarray) -> np.ndarray:
        return _rows_at_most(self.ended_at, self.rows[self.is_end], time) - _rows_below(
            self.ended_at, self.rows[self.is_end], time
        )

    def at_risk(self, time: np.ndarray) -> np.ndarray:
        return _rows_below(self.since, self.rows, time) - _rows_below(self.days, self.rows, time)


def _followed(columns: Mapping[str, Sequence[Any]]) -> _Group:
    days, observed = numbers(columns["days"]), numbers(columns["observed"])
    if np.isnan(days).any() or np.isnan(observed).any():
        raise ValueError("every row needs its days and whether its end was observed")
    since, rows = numbers(columns["entered"]), counts(columns["n"])
    since = np.where(np.isnan(since), -np.inf, since)
    kept = (since < days) & (rows > 0)
    return _Group(days[kept], observed[kept] > 0, since[kept], rows[kept])


def _rows_below(values: np.ndarray, rows: np.ndarray, points: np.ndarray) -> np.ndarray:
    return _up_to(values, rows, points, "left")


def _rows_at_most(values: np.ndarray, rows: np.ndarray, points: np.ndarray) -> np.ndarray:
    return _up_to(values, rows, points, "right")


def _up_to(values: np.ndarray, rows: np.ndarray, points: np.ndarray, side: str) -> np.ndarray:
    order = np.argsort(values, kind="stable")
    totals = np.concatenate([[0], np.cumsum(rows[order])])
    return totals[np.searchsorted(values[order], points, side=side)]
