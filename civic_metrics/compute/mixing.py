"""Why a figure differs between two periods: mix against rate over the groups of a split.

The parts add up to the whole change, to rounding.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import isclose
from typing import TypeVar

from civic_metrics.compute.figures import figure, indicator_of
from civic_metrics.compute.statement import Unanswerable, Where
from civic_metrics.ledger import Ledger
from civic_metrics.model import Figure, Indicator, Viewer

K = TypeVar("K", bound=Hashable)
# Each value of these is one sum divided by another (a rate times its scale).
QUOTIENTS = ("share", "ratio", "mean", "rate")


@dataclass(frozen=True)
class Part:
    """What one group adds to a change: by its part of the whole, and by its own figure."""

    label: str
    mix: float
    rate: float


@dataclass(frozen=True)
class Moved:
    """The figure in two periods, and the change group by group."""

    before: Figure
    after: Figure
    parts: tuple[Part, ...]

    @property
    def mix(self) -> float:
        """The part of the change that comes from a different mix of groups."""
        return sum(part.mix for part in self.parts)

    @property
    def rate(self) -> float:
        """The part of the change that comes from groups' own figures."""
        return sum(part.rate for part in self.parts)


def why_moved(
    ledger: Ledger,
    viewer: Viewer,
    indicator: str | Indicator,
    *,
    over: str,
    period: str,
    before: str,
    after: str,
    where: Where | None = None,
) -> Moved:
    """What of a change between two periods is mix over a split's groups, and what their own rates.

    Raises Unanswerable where the figure is no quotient of sums, where a period has no figure, and
    where a row can be in several groups, so that parts do not make a whole.
    """
    asked = indicator if isinstance(indicator, Indicator) else indicator_of(indicator)
    if asked.estimator.name not in QUOTIENTS:
        raise Unanswerable(
            f"{asked.name} cannot be taken apart so: it is not one sum divided by another."
        )
    wholes, groups, labels = [], [], {}
    for name in (before, after):
        narrowed = {**(where or {}), period: (name,)}
        whole = figure(ledger, viewer, asked, where=narrowed).only.figure
        if whole.value is None:
            raise Unanswerable(f"There is no figure for {name}: {whole.note or 'nothing counted'}.")
        split = figure(ledger, viewer, asked, by=(over,), where=narrowed)
        sums = {row.keys[0]: _sums(row.figure) for row in split.rows}
        if not isclose(sum(under for _, under in sums.values()), whole.denominator, rel_tol=1e-9):
            raise Unanswerable(
                f"The groups by {over.replace('_', ' ')} do not add up to the whole: "
                "a record can be in several of them."
            )
        wholes.append(whole)
        groups.append({key: pair for key, pair in sums.items() if pair[1]})
        labels |= {row.keys[0]: row.labels[0] for row in split.rows}
    scale = next((w.value / (w.numerator / w.denominator) for w in wholes if w.numerator), 1.0)
    parts = tuple(
        Part(labels[key], scale * mix, scale * rate)
        for key, (mix, rate) in mix_and_rate(*groups).items()
    )
    return Moved(wholes[0], wholes[1], parts)


def _sums(found: Figure) -> tuple[float, float]:
    return (found.numerator or 0.0, found.denominator or 0.0)  # no row: it adds nought to a sum


def mix_and_rate(
    before: Mapping[K, tuple[float, float]], after: Mapping[K, tuple[float, float]]
) -> dict[K, tuple[float, float]]:
    """What each group adds to the change of Σ numerators / Σ denominators: (mix, rate).

    With w the group's part of the denominators and r its own quotient: mix = Δw (r̄ - R̄) and
    rate = w̄ Δr, bars being means of the two periods and R the whole. Σ mix + Σ rate is the
    change exactly. A group in one period only has its rate there in both: all of it is mix.
    Kitagawa, J Am Stat Assoc 1955, 50:1168-1194. Raises ValueError without denominators.
    """
    under = [sum(n for _, n in side.values()) for side in (before, after)]
    if not all(under):
        raise ValueError("a period with nothing to divide by has no quotient")
    over = [sum(x for x, _ in side.values()) for side in (before, after)]
    middle = (over[0] / under[0] + over[1] / under[1]) / 2
    parts = {}
    for key in dict.fromkeys((*before, *after)):
        pairs = before.get(key), after.get(key)
        rates = [pair[0] / pair[1] for pair in pairs if pair]
        first, last = rates[0], rates[-1]
        weights = [pair[1] / n if pair else 0.0 for pair, n in zip(pairs, under, strict=True)]
        mix = (weights[1] - weights[0]) * ((first + last) / 2 - middle)
        parts[key] = (mix, sum(weights) / 2 * (last - first))
    return parts
