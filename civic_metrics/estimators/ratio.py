"""A ratio of two sums, with an interval over partnerships.

Imports numpy, the standard library and the model. Hours of one partnership hang together: an
interval by rows covers 36% where 95% is claimed (DESIGN.md), so the cluster is the unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import sqrt
from typing import Any

import numpy as np

from civic_metrics.estimators.columns import (
    FEWEST_CLUSTERS,
    NOTHING_COUNTED,
    TOO_FEW_CLUSTERS,
    counts,
    labels,
    numbers,
    total,
)
from civic_metrics.estimators.distributions import student_t
from civic_metrics.model import Estimator, Figure

_BOTH = "filter (where numerator is not null and denominator is not null)"
_METHOD = (
    "Ratio of sums with a linearised 95% interval over partnerships, Student t on their "
    "number less one (Cochran 1977); rows of no partnership count as one together."
)
_METHOD_ESTIMATED = (
    "Ratio of sums with a linearised 95% interval over partnerships (Cochran 1977), to which the "
    "variance of rates that several partnerships are compared with is added; Student t on the "
    "degrees of freedom of both together (Satterthwaite 1946); rows of no partnership count as "
    "one together."
)

_MEASURES = {
    "cluster_n": f"count(*) {_BOTH}",
    "cluster_numerator": f"cast(sum(numerator) {_BOTH} as double)",
    "cluster_denominator": f"cast(sum(denominator) {_BOTH} as double)",
}

Limits = tuple[float | None, float | None]  # the least and the most a ratio can be


@dataclass(frozen=True)
class Sums:
    """Totals over clusters: Σ y, Σ x, Σ y², Σ x², Σ x y, with how many rows and clusters."""

    n: int
    clusters: int
    over: float
    under: float
    over_squares: float
    under_squares: float
    products: float


def ratio(
    *, estimated: bool = False, at_least: float | None = None, at_most: float | None = None
) -> Estimator:
    """Σ numerator / Σ denominator, any value, with 95% limits over clusters (t on k - 1).

    R = Σ y / Σ x; variance = k/(k - 1) Σ (y_c - R x_c)² / (Σ x)² over the totals y_c, x_c of k
    clusters. Rows without a cluster are one cluster together. Cochran, Sampling Techniques
    (3rd edition 1977), section 6.3, without the finite population correction.

    Where the denominator rests on estimated rates (`estimated`), rows of several clusters that
    share one carry its name `rate_cell`, the standard error it brings to their denominator
    `rate_error` and the `rate_people` it was estimated from. Errors of one cell add up, those of
    different cells are independent: R² Σ_cells (Σ rate_error)² / (Σ x)² is added to the variance,
    with Satterthwaite's degrees of freedom (Biometrics Bulletin 1946, 2:110-114).

    A symmetric interval may reach where no ratio can lie: limits are kept to `at_least` and
    `at_most`, nought to one where the numerator is part of the denominator.
    """
    possible = (at_least, at_most)
    if estimated:
        return Estimator(
            name="ratio",
            method=_METHOD_ESTIMATED,
            columns=(
                "numerator",
                "denominator",
                "cluster",
                "rate_cell",
                "rate_error",
                "rate_people",
            ),
            per=("cluster", "rate_cell"),
            measures=_MEASURES
            | {
                "cell_error": f"cast(sum(rate_error) {_BOTH} as double)",
                "cell_people": f"max(rate_people) {_BOTH}",
            },
            conclude=partial(_conclude_estimated, possible),
        )
    return Estimator(
        name="ratio",
        method=_METHOD,
        columns=("numerator", "denominator", "cluster"),
        per=("cluster",),
        measures=_MEASURES,
        fold={
            "n": "sum(cluster_n)",
            "clusters": "count(*) filter (where cluster_n > 0)",
            "numerator": "sum(cluster_numerator)",
            "denominator": "sum(cluster_denominator)",
            "numerator_squares": "sum(cluster_numerator * cluster_numerator)",
            "denominator_squares": "sum(cluster_denominator * cluster_denominator)",
            "products": "sum(cluster_numerator * cluster_denominator)",
        },
        conclude=partial(_conclude, possible),
    )


def _conclude(possible: Limits, columns: Mapping[str, Sequence[Any]]) -> Figure:
    sums = Sums(
        n=int(total(columns, "n")),
        clusters=int(total(columns, "clusters")),
        over=total(columns, "numerator"),
        under=total(columns, "denominator"),
        over_squares=total(columns, "numerator_squares"),
        under_squares=total(columns, "denominator_squares"),
        products=total(columns, "products"),
    )
    return _figure(sums, (), possible)


def _conclude_estimated(possible: Limits, columns: Mapping[str, Sequence[Any]]) -> Figure:
    n = counts(columns["cluster_n"])
    here = n > 0
    clusters = _sum_by(labels(columns["cluster"]), here)
    over = clusters(columns["cluster_numerator"])
    under = clusters(columns["cluster_denominator"])
    sums = Sums(
        n=int(n.sum()),
        clusters=len(over),
        over=float(over.sum()),
        under=float(under.sum()),
        over_squares=float(over @ over),
        under_squares=float(under @ under),
        products=float(over @ under),
    )
    names = labels(columns["rate_cell"])
    shared = here & np.array([name is not None for name in names], dtype=bool)
    cells = _sum_by(names, shared)
    errors = cells(columns["cell_error"])
    # Every row of a cell says how many people it rests on: their mean is that number.
    people = cells(columns["cell_people"]) / cells(np.ones(len(names)))
    return _figure(sums, tuple(zip(errors.tolist(), people.tolist(), strict=True)), possible)


def _sum_by(names: list[str | None], counted: np.ndarray) -> Callable[[Sequence[Any]], np.ndarray]:
    """A function that gives the sum of a column for each of the names among the counted rows."""
    place: dict[str | None, int] = {}
    indices = np.array([place.setdefault(name, len(place)) for name in names], dtype=np.int64)
    counted_in = np.flatnonzero(counted)
    # Names of rows that are not counted have no sum.
    _, indices = np.unique(indices[counted_in], return_inverse=True)

    def sums(column: Sequence[Any]) -> np.ndarray:
        return np.bincount(indices, weights=np.nan_to_num(numbers(column)[counted_in]))

    return sums


def _figure(sums: Sums, cells: tuple[tuple[float, float], ...], possible: Limits) -> Figure:
    """The ratio with its limits; `cells` are the error and the people of each shared rate."""
    if sums.n == 0:
        return NOTHING_COUNTED
    bare = Figure(n=sums.n, numerator=sums.over, denominator=sums.under)
    if sums.under == 0:
        return replace(bare, note="what is divided by adds up to nought, so there is no ratio")
    value = sums.over / sums.under
    bare = replace(bare, value=value)
    if sums.clusters < FEWEST_CLUSTERS:
        return replace(bare, note=TOO_FEW_CLUSTERS)
    residuals = sums.over_squares - 2 * value * sums.products + value**2 * sums.under_squares
    k = sums.clusters
    between = k / (k - 1) * max(0.0, residuals) / sums.under**2
    shared = [((value * error / sums.under) ** 2, people) for error, people in cells]
    variance = between + sum(one for one, _ in shared)
    reach = student_t(_degrees(variance, [(between, k), *shared])) * sqrt(variance)
    least, most = possible
    lower, upper = value - reach, value + reach
    return replace(
        bare,
        # Never past the value itself, which a row against the rules may put outside.
        lower=lower if least is None else min(value, max(least, lower)),
        upper=upper if most is None else max(value, min(most, upper)),
    )


def _degrees(variance: float, parts: list[tuple[float, float]]) -> int:
    """Satterthwaite's degrees of freedom of a sum of variances, rounded down, at least 1."""
    spread = sum(part**2 / (m - 1) for part, m in parts if part and m > 1)
    if not spread:
        return max(1, int(parts[0][1]) - 1)
    return max(1, int(variance**2 / spread + 1e-9))
