"""A quantile, with an interval from the order of the values.

Imports numpy, the standard library and the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from civic_metrics.estimators.columns import NOTHING_COUNTED, counts, missing_limits, numbers
from civic_metrics.estimators.distributions import order_statistic_ranks
from civic_metrics.model import Estimator, Figure


def quantile(q: float = 0.5) -> Estimator:
    """The `q` quantile in the unit of `value`, with order-statistic 95% limits.

    The value of rank ⌈nq⌉, or half way to the next where nq is whole: at 0.5 the usual median.
    Hyndman and Fan, Am Stat 1996, 50:361-365, definition 2; limits by the binomial (Conover
    1999). Raises ValueError unless 0 < q < 1.
    """
    exact = Fraction(q).limit_denominator(1_000_000)
    if not 0 < exact < 1:
        raise ValueError("a quantile lies between 0 and 1")
    name = "Median" if exact == Fraction(1, 2) else f"{float(100 * exact):g}% quantile"
    return Estimator(
        name="quantile",
        method=(
            f"{name} with the order-statistic (binomial) 95% interval (Conover 1999); rows are "
            "treated as independent, so where many belong to one partner it is too narrow."
        ),
        columns=("value",),
        per=("value",),
        measures={"n": "count(*)"},
        conclude=partial(_conclude, q=exact),
    )


def _conclude(columns: Mapping[str, Sequence[Any]], q: Fraction) -> Figure:
    values, n_each = numbers(columns["value"]), counts(columns["n"])
    known = ~np.isnan(values)
    order = np.argsort(values[known], kind="stable")
    values, up_to = values[known][order], np.cumsum(n_each[known][order])
    n = int(up_to[-1]) if up_to.size else 0
    if n == 0:
        return NOTHING_COUNTED

    def ranked(rank: int) -> float:
        return float(values[np.searchsorted(up_to, rank, side="left")])

    rank, rest = divmod(n * q.numerator, q.denominator)
    value = ranked(rank + 1) if rest else (ranked(rank) + ranked(rank + 1)) / 2
    low, high = order_statistic_ranks(n, q)
    missing = missing_limits(low, high)
    return Figure(
        n=n,
        value=value,
        lower=None if low is None else ranked(low),
        upper=None if high is None else ranked(high),
        note=f"too few rows ({n}) to give {missing}" if missing else None,
    )
