"""Events over exposure, with Byar's interval, exact where there are few.

Imports the standard library, the columns and the model only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from math import sqrt
from typing import Any

from civic_metrics.estimators.columns import NOTHING_COUNTED, total
from civic_metrics.estimators.distributions import TAIL, Z_95, poisson_mean_with_tail
from civic_metrics.model import Estimator, Figure

FEWEST_FOR_BYAR = 10  # below it the limits are exact (PHEindicatormethods, DOMAIN.md 4.1)


def count_limits(x: int, z: float = Z_95) -> tuple[float, float]:
    """The lower and upper 95% limit of a count: Byar's, exact (Garwood) below 10.

    Byar: x (1 - 1/9x - z/3√x)³ and (x+1)(1 - 1/9(x+1) + z/3√(x+1))³ (Breslow and Day 1987,
    page 69). Exact: half the χ² quantiles on 2x and 2x + 2 degrees of freedom (Garwood,
    Biometrika 1936, 28:437-442). `z` moves Byar's alone. Raises ValueError below 0.
    """
    if x < 0:
        raise ValueError("a count is at least nought")
    if x < FEWEST_FOR_BYAR:
        return poisson_mean_with_tail(x - 1, 1 - TAIL), poisson_mean_with_tail(x, TAIL)
    return byar(x, z)


def byar(x: int, z: float = Z_95) -> tuple[float, float]:
    """Byar's lower and upper limit of a count of at least 1."""
    up = x + 1
    lower = x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3
    upper = up * (1 - 1 / (9 * up) + z / (3 * sqrt(up))) ** 3
    return lower, upper


def rate(per: float = 1.0) -> Estimator:
    """Σ `events` / Σ `exposure` × `per`, with 95% limits of the count over the exposure.

    Events are whole. Byar's limits, exact below 10 events.
    """
    return Estimator(
        name="rate",
        method=(
            "Rate with Byar 95% interval, exact below 10 events (Breslow and Day 1987; Garwood "
            "1936); events are treated as independent."
        ),
        columns=("events", "exposure"),
        measures={
            "n": "count(events)",
            "events": "cast(sum(events) as double)",
            "exposure": "cast(sum(exposure) as double)",
        },
        conclude=partial(_conclude, per=per),
    )


def _conclude(columns: Mapping[str, Sequence[Any]], per: float) -> Figure:
    n = int(total(columns, "n"))
    if n == 0:
        return NOTHING_COUNTED
    events, exposure = total(columns, "events"), total(columns, "exposure")
    if exposure <= 0:
        return Figure(
            n=n, numerator=events, denominator=exposure, note="nothing to set the count against"
        )
    lower, upper = count_limits(round(events))
    return Figure(
        n=n,
        value=events / exposure * per,
        lower=lower / exposure * per,
        upper=upper / exposure * per,
        numerator=events,
        denominator=exposure,
    )
