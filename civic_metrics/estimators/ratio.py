"""A ratio of two sums, with an interval over partnerships.

Imports numpy, the standard library and the model. Hours of one partnership hang together: an
interval by rows covers 36% where 95% is claimed (DESIGN.md), so the cluster is the unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from civic_metrics.estimators.columns import (
    FEWEST_CLUSTERS,
    NOTHING_COUNTED,
    TOO_FEW_CLUSTERS,
    total,
)
from civic_metrics.estimators.distributions import student_t
from civic_metrics.model import Estimator, Figure

_BOTH = "filter (where numerator is not null and denominator is not null)"


def ratio() -> Estimator:
    """Σ numerator / Σ denominator, any value, with 95% limits over clusters (t on k - 1).

    R = Σ y / Σ x; variance = k/(k - 1) Σ (y_c - R x_c)² / (Σ x)² over the totals y_c, x_c of k
    clusters. Rows without a cluster are one cluster together. Cochran, Sampling Techniques
    (3rd edition 1977), section 6.3, without the finite population correction.
    """
    return Estimator(
        name="ratio",
        method=(
            "Ratio of sums with a linearised 95% interval over partnerships, Student t on their "
            "number less one (Cochran 1977); rows of no partnership count as one together."
        ),
        columns=("numerator", "denominator", "cluster"),
        per=("cluster",),
        measures={
            "cluster_n": f"count(*) {_BOTH}",
            "cluster_numerator": f"cast(sum(numerator) {_BOTH} as double)",
            "cluster_denominator": f"cast(sum(denominator) {_BOTH} as double)",
        },
        fold={
            "n": "sum(cluster_n)",
            "clusters": "count(*) filter (where cluster_n > 0)",
            "numerator": "sum(cluster_numerator)",
            "denominator": "sum(cluster_denominator)",
            "numerator_squares": "sum(cluster_numerator * cluster_numerator)",
            "denominator_squares": "sum(cluster_denominator * cluster_denominator)",
            "products": "sum(cluster_numerator * cluster_denominator)",
        },
        conclude=_conclude,
    )


def _conclude(columns: Mapping[str, Sequence[Any]]) -> Figure:
    n, clusters = int(total(columns, "n")), int(total(columns, "clusters"))
    if n == 0:
        return NOTHING_COUNTED
    over, under = total(columns, "numerator"), total(columns, "denominator")
    if under == 0:
        return Figure(
            n=n,
            numerator=over,
            denominator=under,
            note="what is divided by adds up to nought, so there is no ratio",
        )
    value = over / under
    if clusters < FEWEST_CLUSTERS:
        return Figure(n=n, value=value, numerator=over, denominator=under, note=TOO_FEW_CLUSTERS)
    residuals = (
        total(columns, "numerator_squares")
        - 2 * value * total(columns, "products")
        + value**2 * total(columns, "denominator_squares")
    )
    variance = clusters / (clusters - 1) * max(0.0, residuals) / under**2
    reach = student_t(clusters - 1) * sqrt(variance)
    return Figure(
        n=n,
        value=value,
        lower=value - reach,
        upper=value + reach,
        numerator=over,
        denominator=under,
    )
