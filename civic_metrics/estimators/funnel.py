"""Whether units differ by more than chance would: limits around their common share.

Pure functions of counts; imports the standard library and the model's neighbours only. Source:
Spiegelhalter, Statistics in Medicine 2005, 24:1185-1202; worked out as PHEindicatormethods 2.1.0
(UK Health Security Agency, 2025) does for proportions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

FEWEST_UNITS = 10  # with fewer a ranking says as much
INNER, OUTER = 0.95, 0.998
Z_INNER = NormalDist().inv_cdf(0.975)
Z_OUTER = NormalDist().inv_cdf(0.999)


class Stand(StrEnum):
    """Where a unit lies; beside each the word of PHEindicatormethods."""

    FAR_ABOVE = "above the outer limit"  # High (0.001)
    ABOVE = "above the inner limit"  # High (0.025)
    WITHIN = "within the limits"  # Not significant
    BELOW = "below the inner limit"  # Low (0.025)
    FAR_BELOW = "below the outer limit"  # Low (0.001)


@dataclass(frozen=True)
class Limits:
    """The shares, 0 to 1, between which a unit of some size lies by chance: 95% and 99.8%."""

    lower: float
    upper: float
    outer_lower: float
    outer_upper: float


@dataclass(frozen=True)
class Funnel:
    """The common share of all units, 0 to 1, and where each stands, in the order given."""

    average: float
    stands: tuple[Stand, ...]


def common_share(numerators: Sequence[float], denominators: Sequence[float]) -> float:
    """Σ numerators / Σ denominators, 0 to 1. Raises ValueError unless each is a share."""
    if not denominators or len(numerators) != len(denominators):
        raise ValueError("a funnel needs a numerator and a denominator for each unit")
    if any(not 0 <= x <= n or n == 0 for x, n in zip(numerators, denominators, strict=True)):
        raise ValueError("a numerator lies between nought and its denominator, which is above it")
    return sum(numerators) / sum(denominators)


def limits(average: float, n: float) -> Limits:
    """p ± z √(p(1 - p)/n) for 95% and 99.8%, none below 0 or above 1."""
    if not n > 0:
        raise ValueError("limits are for a unit of some size")
    spread = sqrt(average * (1 - average) / n)
    return Limits(
        lower=max(0.0, average - Z_INNER * spread),
        upper=min(1.0, average + Z_INNER * spread),
        outer_lower=max(0.0, average - Z_OUTER * spread),
        outer_upper=min(1.0, average + Z_OUTER * spread),
    )


def funnel(numerators: Sequence[float], denominators: Sequence[float]) -> Funnel:
    """The common share and where each unit stands against the limits for its size."""
    average = common_share(numerators, denominators)
    pairs = zip(numerators, denominators, strict=True)
    return Funnel(average, tuple(_stand(x / n, limits(average, n)) for x, n in pairs))


def _stand(share: float, around: Limits) -> Stand:
    if share > around.outer_upper:
        return Stand.FAR_ABOVE
    if share < around.outer_lower:
        return Stand.FAR_BELOW
    if share > around.upper:
        return Stand.ABOVE
    return Stand.BELOW if share < around.lower else Stand.WITHIN
