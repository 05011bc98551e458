"""The gap between two hours-weighted medians, with an interval over partnerships.

Imports numpy, the standard library and the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from civic_metrics.estimators.columns import (
    FEWEST_CLUSTERS,
    NOTHING_COUNTED,
    TOO_FEW_CLUSTERS,
    counts,
    labels,
    numbers,
)
from civic_metrics.estimators.distributions import CONFIDENCE, TAIL
from civic_metrics.model import Estimator, Figure

RESAMPLES = 2000
SEED = 1998  # fixed, so that the same records always give the same interval
PENCE = 100  # in a pound
# A side that few partnerships hold is missing from many resamples, and those left would be a
# choice of the fuller ones: above one in twenty there is no interval.
MOST_EMPTY_RESAMPLES = 1 / 20
# Hours summed in another order differ in the last digits: this near to half is half.
_HALF_TOLERANCE = 1e-9
_CELLS_AT_ONCE = 2_000_000  # 16 MB an array
NO_HOURS = {
    "university": "no university hours to compare with",
    "partner": "no partner hours",
}

Half = tuple[np.ndarray, np.ndarray, np.ndarray]  # value, weight, cluster of one side


def gap() -> Estimator:
    """(median u - median p) / median u, at most 1; above 0 the partner is paid less.

    The medians of `value` (pence an hour) are weighted by `weight` (hours). Limits are the 2.5%
    and 97.5% points of 2,000 resamples of whole clusters, widened to the value where they miss
    it. Formula: Equality Act 2010 (Gender Pay Gap Information) Regulations 2017; bootstrap:
    Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    return Estimator(
        name="gap",
        method=(
            "Gap between hours-weighted medians, unpaid hours at £0, as a share of the "
            "university's; 95% interval from 2,000 resamples of whole partnerships, fixed seed."
        ),
        columns=("side", "value", "weight", "cluster"),
        per=("cluster", "side", "value"),
        measures={"n": "count(weight)", "weight": "cast(sum(weight) as double)"},
        conclude=_conclude,
    )


def _conclude(columns: Mapping[str, Sequence[Any]]) -> Figure:
    side = np.array(labels(columns["side"]), dtype=object)
    value, weight = numbers(columns["value"]), numbers(columns["weight"])
    known = ~np.isnan(value) & ~np.isnan(weight)
    if not known.any():
        return NOTHING_COUNTED
    n = int(counts(columns["n"])[known & (side == "partner")].sum())
    timed = known & (weight > 0)
    cluster, n_clusters = _clusters(columns["cluster"], timed)
    halves = []
    for whose, note in NO_HOURS.items():
        here = side[timed] == whose
        if not here.any():
            return Figure(n=n, note=note)
        halves.append(_sorted_half(value[timed][here], weight[timed][here], cluster[here]))

    (university,), (partner,) = (
        weighted_medians(values, weights[np.newaxis, :]) for values, weights, _ in halves
    )
    figure = Figure(
        n=n,
        numerator=float(university - partner) / PENCE,
        denominator=float(university) / PENCE,
    )
    if university <= 0:
        note = "the university's own middle hour is paid nothing, so there is no gap to take"
        return replace(figure, note=note)
    figure = replace(figure, value=float((university - partner) / university))
    if n_clusters < FEWEST_CLUSTERS:
        return replace(figure, note=TOO_FEW_CLUSTERS)
    return _with_limits(figure, halves, n_clusters)


def weighted_medians(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """One median in the unit of `values` for each row of weights, NaN where they are all 0.

    `values` ascend. The smallest value whose cumulative weight reaches half, or half way to the
    next value with weight where it is half exactly.
    """
    up_to = np.cumsum(weights, axis=1)
    everything = up_to[:, -1:]
    half, slack = everything / 2, everything * _HALF_TOLERANCE
    reached = np.argmax(up_to >= half - slack, axis=1)
    passed = np.argmax(up_to > half + slack, axis=1)
    return np.where(everything[:, 0] > 0, (values[reached] + values[passed]) / 2, np.nan)


def _clusters(column: Sequence[Any], counted: np.ndarray) -> tuple[np.ndarray, int]:
    """The place of each counted row's cluster in the sorted names, and how many there are."""
    keys = [
        (name is not None, name or "")
        for name, is_counted in zip(labels(column), counted, strict=True)
        if is_counted
    ]
    place = {key: index for index, key in enumerate(sorted(set(keys)))}
    return np.array([place[key] for key in keys], dtype=np.int64), len(place)


def _sorted_half(value: np.ndarray, weight: np.ndarray, cluster: np.ndarray) -> Half:
    # By weight too, so that the sums do not depend on the order of the rows.
    order = np.lexsort((weight, cluster, value))
    return value[order], weight[order], cluster[order]


def _with_limits(figure: Figure, halves: list[Half], n_clusters: int) -> Figure:
    rng = np.random.default_rng(SEED)
    cells = max(n_clusters, *(len(values) for values, _, _ in halves))
    at_once = max(1, min(RESAMPLES, _CELLS_AT_ONCE // cells))
    gaps = []
    for done in range(0, RESAMPLES, at_once):
        size = min(at_once, RESAMPLES - done)
        drawn = rng.multinomial(n_clusters, np.full(n_clusters, 1 / n_clusters), size=size)
        university, partner = (
            weighted_medians(values, weights * drawn[:, cluster])
            for values, weights, cluster in halves
        )
        university = np.where(university > 0, university, np.nan)
        gaps.append((university - partner) / university)
    resampled = np.concatenate(gaps)
    resampled = resampled[~np.isnan(resampled)]
    if len(resampled) < RESAMPLES * (1 - MOST_EMPTY_RESAMPLES):
        note = "too few partnerships hold hours of one side, so no interval can be given"
        return replace(figure, note=note)
    lower, upper = np.quantile(resampled, [TAIL, CONFIDENCE + TAIL])
    return replace(
        figure,
        lower=min(float(lower), figure.value),
        upper=max(float(upper), figure.value),
    )
