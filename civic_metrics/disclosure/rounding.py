"""How a figure that may be shown is written: rounded, and at its ends only as "or less".

Imports the model alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from civic_metrics.disclosure.profiles import Profile
from civic_metrics.model import Figure, Unit


@dataclass(frozen=True)
class Rounding:
    """Values to the nearest `step`; those at or under `lowest` and over `highest` only so far.

    That every invoice was paid in time is as telling of a small part as of the whole: "95% or
    more" leaves room for one that was not.
    """

    step: Decimal
    lowest: Decimal
    highest: Decimal | None = None


ROUNDING = {
    Unit.SHARE: Rounding(Decimal("0.01"), Decimal("0.05"), Decimal("0.95")),
    Unit.DAYS: Rounding(Decimal(1), Decimal(5)),
    Unit.YEARS: Rounding(Decimal("0.5"), Decimal(1)),
    Unit.POUND_FOR_POUND: Rounding(Decimal("0.05"), Decimal("0.10")),
}


@dataclass(frozen=True)
class Rounded:
    """A figure as it is shown; `beyond` is "or less" or "or more" where it is only so far."""

    value: float | None
    lower: float | None
    upper: float | None
    n: int
    beyond: str = ""


def rounded_count(n: int, profile: Profile) -> int:
    """A count to the nearest of the profile, halves up: by fives 2 is 0, 3 is 5, 7 is 5."""
    return (2 * n + profile.counts_to) // (2 * profile.counts_to) * profile.counts_to


def shown(figure: Figure, unit: Unit, profile: Profile) -> Rounded:
    """The figure rounded: its value to the nearest step, its interval outward.

    At the ends there is no interval, which would say how far beyond it is.
    """
    n, rule = rounded_count(figure.n, profile), ROUNDING[unit]
    if figure.value is None:
        return Rounded(None, None, None, n)
    value = _to(figure.value, rule.step, ROUND_HALF_UP)
    if value <= rule.lowest:
        return Rounded(float(rule.lowest), None, None, n, "or less")
    if rule.highest is not None and value >= rule.highest:
        return Rounded(float(rule.highest), None, None, n, "or more")
    lower, upper = (
        None if limit is None else float(_to(limit, rule.step, way))
        for limit, way in ((figure.lower, ROUND_FLOOR), (figure.upper, ROUND_CEILING))
    )
    return Rounded(float(value), lower, upper, n)


def _to(x: float, step: Decimal, way: str) -> Decimal:
    return (Decimal(str(x)) / step).quantize(Decimal(1), way) * step
