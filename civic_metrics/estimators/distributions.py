"""Quantiles of the normal, Student t and binomial distributions.

scipy is not a dependency for three numbers. Imports numpy and the standard library only.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import atan, cos, exp, pi, sin, sqrt
from statistics import NormalDist

import numpy as np

CONFIDENCE = 0.95
TAIL = (1 - CONFIDENCE) / 2
Z_95 = NormalDist().inv_cdf(1 - TAIL)

_LARGE_DF = 1000  # from here three terms of the expansion are right to 1e-10


@cache
def student_t(df: int) -> float:
    """The 97.5% quantile of Student's t on `df` degrees of freedom, 1.96 to 12.71.

    Bisection on the finite sum for whole degrees of freedom, Abramowitz and Stegun (1964)
    26.7.3 and 26.7.4; above 1,000 the expansion 26.7.5. Raises ValueError below 1.
    """
    if df < 1:
        raise ValueError("Student's t needs at least one degree of freedom")
    if df > _LARGE_DF:
        z = Z_95
        first = (z**3 + z) / 4
        second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
        third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
        return z + first / df + second / df**2 + third / df**3
    low, high = 1.0, 13.0
    for _ in range(60):
        middle = (low + high) / 2
        if _within_t(middle, df) < CONFIDENCE:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _within_t(t: float, df: int) -> float:
    """The probability, 0 to 1, that a t on `df` degrees lies within -t and t."""
    angle = atan(t / sqrt(df))
    cosine_squared = cos(angle) ** 2
    odd = df % 2 == 1
    if df == 1:
        return 2 * angle / pi
    term = cos(angle) if odd else 1.0
    series = term
    for k in range(3 if odd else 2, df - 1, 2):
        term *= cosine_squared * (k - 1) / k
        series += term
    return 2 / pi * (angle + sin(angle) * series) if odd else sin(angle) * series


def poisson_mean_with_tail(x: int, p: float) -> float:
    """The mean of the Poisson distribution that is at most `x` with probability `p`; 0 for x < 0.

    Half the 1 - p quantile of χ² on 2x + 2 degrees of freedom (Johnson, Kemp and Kotz,
    Univariate Discrete Distributions, 3rd edition 2005, section 4.5), by bisection.
    """
    if x < 0:
        return 0.0
    low, high = 0.0, 10.0 * (x + 2)
    for _ in range(200):
        middle = (low + high) / 2
        term = at_most = exp(-middle)
        for k in range(1, x + 1):
            term *= middle / k
            at_most += term
        if at_most > p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def order_statistic_ranks(n: int, q: Fraction) -> tuple[int | None, int | None]:
    """The ranks, 1 to n, of the values that hold the `q` quantile with 95% confidence.

    With B binomial (n, q): the largest l with P(B < l) <= 2.5% and the smallest u with
    P(B >= u) <= 2.5%; None where no value lies far enough out. Conover, Practical
    Nonparametric Statistics (3rd edition 1999), section 3.2. Raises ValueError unless 0 < q < 1.
    """
    if not 0 < q < 1:
        raise ValueError("a quantile lies between 0 and 1")
    p = float(q)
    centre = int(n * p)
    reach = int(12 * sqrt(n * p * (1 - p))) + 30  # beyond lies less than 1e-30
    first, last = max(0, centre - reach), min(n, centre + reach)
    k = np.arange(first, last)
    steps = np.log((n - k) / (k + 1) * (p / (1 - p)))
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    mass = np.exp(logs - logs.max())
    mass /= mass.sum()
    below = np.concatenate([[0.0], np.cumsum(mass)])[:-1]  # P(B < k), k = first to last
    above = np.cumsum(mass[::-1])[::-1]  # P(B >= k)
    lower = first + int(np.flatnonzero(below <= TAIL)[-1])
    outside = np.flatnonzero(above <= TAIL)
    upper = first + int(outside[0]) if outside.size else None
    return lower or None, upper
