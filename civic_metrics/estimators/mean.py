"""A mean, with Student's t interval. Imports numpy, the standard library and the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from civic_metrics.estimators.columns import NOTHING_COUNTED, total
from civic_metrics.estimators.distributions import student_t
from civic_metrics.model import Estimator, Figure


def mean() -> Estimator:
    """The mean in the unit of `value`, with 95% limits mean ∓ t(n - 1) s / √n.

    One row gives no interval. Student, Biometrika 1908, 6:1-25.
    """
    return Estimator(
        name="mean",
        method=(
            "Arithmetic mean with Student t 95% interval (Student 1908); rows are treated as "
            "independent, so where many belong to one partner the interval is too narrow."
        ),
        columns=("value",),
        measures={
            "n": "count(value)",
            "total": "sum(cast(value as double))",
            "squares": "sum(cast(value as double) * cast(value as double))",
        },
        conclude=_conclude,
    )


def _conclude(columns: Mapping[str, Sequence[Any]]) -> Figure:
    n = int(total(columns, "n"))
    if n == 0:
        return NOTHING_COUNTED
    added_up, squares = total(columns, "total"), total(columns, "squares")
    centre = added_up / n
    if n == 1:
        return Figure(
            n=1,
            value=centre,
            numerator=added_up,
            denominator=1.0,
            note="only one row, so no interval can be given",
        )
    variance = max(0.0, squares - added_up * centre) / (n - 1)
    reach = student_t(n - 1) * sqrt(variance / n)
    return Figure(
        n=n,
        value=centre,
        lower=centre - reach,
        upper=centre + reach,
        numerator=added_up,
        denominator=float(n),
    )
