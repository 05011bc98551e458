"""A share of rows, with Wilson's interval. Imports numpy, the standard library and the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from civic_metrics.estimators.columns import NOTHING_COUNTED, total
from civic_metrics.estimators.distributions import Z_95
from civic_metrics.model import Estimator, Figure


def wilson(x: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """The lower and upper limit, 0 to 1, of the proportion x of n.

    (2x + z² ∓ z √(z² + 4x(1 - x/n))) / (2(n + z²)). Raises ValueError unless 0 <= x <= n and
    n > 0. Wilson, J Am Stat Assoc 1927, 22:209-212.
    """
    if not 0 <= x <= n or n == 0:
        raise ValueError("a share needs at least one row and no more hits than rows")
    half_width = z * sqrt(z**2 + 4 * x * (1 - x / n))
    lower = (2 * x + z**2 - half_width) / (2 * (n + z**2))
    upper = (2 * x + z**2 + half_width) / (2 * (n + z**2))
    return (0.0 if x == 0 else lower), (1.0 if x == n else upper)


def share() -> Estimator:
    """The share, 0 to 1, of rows where `hit` is true, with Wilson's 95% limits (1927)."""
    return Estimator(
        name="share",
        method=(
            "Share with Wilson 95% interval (Wilson 1927); rows are treated as independent, "
            "so where many belong to one partner the interval is too narrow."
        ),
        columns=("hit",),
        measures={"n": "count(hit)", "hits": "count(*) filter (where hit)"},
        conclude=_conclude,
    )


def _conclude(columns: Mapping[str, Sequence[Any]]) -> Figure:
    n, hits = int(total(columns, "n")), int(total(columns, "hits"))
    if n == 0:
        return NOTHING_COUNTED
    lower, upper = wilson(hits, n)
    return Figure(
        n=n, value=hits / n, lower=lower, upper=upper, numerator=float(hits), denominator=float(n)
    )
