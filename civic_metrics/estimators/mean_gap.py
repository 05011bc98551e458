"""The gap between two hours-weighted means, with an interval over partnerships.

Imports numpy, the standard library and the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations_with_replacement
from math import sqrt
from typing import Any

import numpy as np

from civic_metrics.estimators.columns import (
    FEWEST_CLUSTERS,
    NOTHING_COUNTED,
    TOO_FEW_CLUSTERS,
    total,
)
from civic_metrics.estimators.distributions import student_t
from civic_metrics.model import Estimator, Figure

# Pay and hours of each side: the four totals of a cluster that everything is made of.
TOTALS = ("university_pay", "university_hours", "partner_pay", "partner_hours")
PRODUCTS = tuple(combinations_with_replacement(TOTALS, 2))
ONE_SIDED = "fewer than 5 partnerships hold hours of one side, so no interval can be given"
_TIMED = "value is not null and weight > 0"


def mean_gap() -> Estimator:
    """(mean u - mean p) / mean u, at most 1; above 0 the partner is paid less.

    A mean is Σ `value` (pay) / Σ `weight` (hours) of one `side`. With G = 1 - (P/H)/(U/K) the
    linearised residual of a cluster is e = -(p - (P/H) h)/(H U/K) + (P/H)(u - (U/K) k)/(K (U/K)²)
    and the variance k/(k - 1) Σ e². Formula: Equality Act 2010 (Gender Pay Gap Information)
    Regulations 2017; variance: Cochran, Sampling Techniques (3rd edition 1977), section 6.3,
    as for the difference of ratios in section 6.19.
    """
    measures = {"cluster_n": f"count(*) filter (where side = 'partner' and {_TIMED})"}
    for side in ("university", "partner"):
        of_side = f"filter (where side = '{side}' and {_TIMED})"
        measures[f"{side}_pay"] = f"coalesce(cast(sum(value) {of_side} as double), 0)"
        measures[f"{side}_hours"] = f"coalesce(cast(sum(weight) {of_side} as double), 0)"
    return Estimator(
        name="mean gap",
        method=(
            "Gap between hours-weighted means, unpaid hours at £0, as a share of the "
            "university's; linearised 95% interval over partnerships, Student t on their number "
            "less one (Cochran 1977)."
        ),
        columns=("side", "value", "weight", "cluster"),
        per=("cluster",),
        measures=measures,
        fold={
            "n": "sum(cluster_n)",
            "clusters": "count(*) filter (where university_hours > 0 or partner_hours > 0)",
            "university_clusters": "count(*) filter (where university_hours > 0)",
            "partner_clusters": "count(*) filter (where partner_hours > 0)",
            **{name: f"sum({name})" for name in TOTALS},
            **{f"{a}_by_{b}": f"sum({a} * {b})" for a, b in PRODUCTS},
        },
        conclude=_conclude,
    )


def _conclude(columns: Mapping[str, Sequence[Any]]) -> Figure:
    n = int(total(columns, "n"))
    u, k, p, h = (total(columns, name) for name in TOTALS)
    if not k and not h:
        return NOTHING_COUNTED
    if not k or not h:
        note = "no partner hours" if k else "no university hours to compare with"
        return Figure(n=n, note=note)
    university, partner = u / k, p / h
    figure = Figure(n=n, numerator=university - partner, denominator=university)
    if university <= 0:
        note = "the university's hours are paid nothing, so there is no gap to take"
        return replace(figure, note=note)
    value = 1 - partner / university
    figure = replace(figure, value=value)
    clusters = int(total(columns, "clusters"))
    if clusters < FEWEST_CLUSTERS:
        return replace(figure, note=TOO_FEW_CLUSTERS)
    if min(total(columns, f"{side}_clusters") for side in ("university", "partner")) < (
        FEWEST_CLUSTERS
    ):
        return replace(figure, note=ONE_SIDED)
    # The residual as weights of the cluster's university pay and hours, partner pay and hours.
    weights = np.array(
        [
            partner / (k * university**2),
            -partner / (k * university),
            -1 / (h * university),
            partner / (h * university),
        ]
    )
    squares = np.zeros((4, 4))
    for a, b in PRODUCTS:
        i, j = TOTALS.index(a), TOTALS.index(b)
        squares[i, j] = squares[j, i] = total(columns, f"{a}_by_{b}")
    residuals = max(0.0, float(weights @ squares @ weights))
    reach = student_t(clusters - 1) * sqrt(clusters / (clusters - 1) * residuals)
    # Nobody is paid less than nothing, so no gap is above 1.
    return replace(figure, lower=value - reach, upper=min(1.0, value + reach))
