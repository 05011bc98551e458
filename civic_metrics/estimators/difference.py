"""A difference of two means, of the university's rows and of partners', over partnerships.

Imports numpy, the standard library and the model. Both sides of one partnership hang together,
and so do people of one side of it, so the cluster is the unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np

from civic_metrics.estimators.columns import (
    FEWEST_CLUSTERS,
    NOTHING_COUNTED,
    TOO_FEW_CLUSTERS,
    numbers,
)
from civic_metrics.estimators.distributions import student_t
from civic_metrics.model import Estimator, Figure

_KNOWN = "value is not null"
_SIDES = {"ours": "side = 'university'", "theirs": "side = 'partner'"}


def difference() -> Estimator:
    """The university's mean `value` less the partners', in its unit, 95% limits over clusters.

    D = Σu y / n_u - Σp y / n_p, where `side` is 'university' or 'partner'; the variance is
    k/(k - 1) Σ z_c² with z_c = Σu,c (y - ȳ_u) / n_u - Σp,c (y - ȳ_p) / n_p over k clusters, t on
    k - 1. Rows without a cluster are one cluster together. Binder, Int Stat Rev 1983,
    51:279-292; Cochran, Sampling Techniques (3rd edition 1977), section 6.3.
    """
    measures = {}
    for side, is_side in _SIDES.items():
        measures[f"{side}_n"] = f"count(value) filter (where {is_side})"
        measures[f"{side}_sum"] = (
            f"cast(sum(value) filter (where {is_side} and {_KNOWN}) as double)"
        )
    return Estimator(
        name="difference",
        method=(
            "The university's mean less the partners' mean, with a linearised 95% interval over "
            "partnerships, Student t on their number less one (Binder 1983); rows of no "
            "partnership count as one together."
        ),
        columns=("value", "side", "cluster"),
        per=("cluster",),
        measures=measures,
        conclude=_conclude,
    )


def _conclude(columns: Mapping[str, Sequence[Any]]) -> Figure:
    counts = {side: np.nan_to_num(numbers(columns[f"{side}_n"])) for side in _SIDES}
    sums = {side: np.nan_to_num(numbers(columns[f"{side}_sum"])) for side in _SIDES}
    n = {side: int(each.sum()) for side, each in counts.items()}
    if not any(n.values()):
        return NOTHING_COUNTED
    if not all(n.values()):
        whose = "partners" if n["ours"] else "the university"
        return Figure(n=sum(n.values()), note=f"{whose} gave no score, so there is no difference")
    means = {side: float(each.sum()) / n[side] for side, each in sums.items()}
    value = means["ours"] - means["theirs"]
    clusters = int(np.count_nonzero(counts["ours"] + counts["theirs"]))
    if clusters < FEWEST_CLUSTERS:
        return Figure(n=sum(n.values()), value=value, note=TOO_FEW_CLUSTERS)
    apart = {side: (sums[side] - counts[side] * means[side]) / n[side] for side in _SIDES}
    residuals = apart["ours"] - apart["theirs"]
    variance = clusters / (clusters - 1) * float(np.sum(residuals**2))
    reach = student_t(clusters - 1) * sqrt(variance)
    return Figure(n=sum(n.values()), value=value, lower=value - reach, upper=value + reach)
