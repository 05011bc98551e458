"""A sum, or a count, of everything recorded. Imports the model and the columns only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from civic_metrics.estimators.columns import NOTHING_COUNTED
from civic_metrics.estimators.columns import total as summed
from civic_metrics.model import Estimator, Figure

NO_SAMPLE = "a total of what is recorded and no sample, so no interval can be given"


def total() -> Estimator:
    """Σ `value`, in its unit, over n rows with one; no interval, because nothing was sampled.

    A count is the sum of ones.
    """
    return Estimator(
        name="total",
        method="Sum over everything recorded; no interval, because nothing was sampled.",
        columns=("value",),
        measures={"n": "count(value)", "total": "cast(sum(value) as double)"},
        conclude=_conclude,
    )


def _conclude(columns: Mapping[str, Sequence[Any]]) -> Figure:
    n = int(summed(columns, "n"))
    if n == 0:
        return NOTHING_COUNTED
    value = summed(columns, "total")
    return Figure(n=n, value=value, numerator=value, note=NO_SAMPLE)
