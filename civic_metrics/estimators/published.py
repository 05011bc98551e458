"""A published figure, and how far it is from its comparator. Imports the model and the columns.

Others have estimated these; here they are only set beside one another. Two of them are never
pooled: one row is a figure, several are a choice somebody has still to make.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from civic_metrics.estimators.columns import NOTHING_COUNTED, labels, numbers
from civic_metrics.estimators.columns import counts as whole_numbers
from civic_metrics.estimators.share import wilson
from civic_metrics.model import Estimator, Figure

NO_COUNTS = "the counts behind it are not published, so no interval can be given"
SEVERAL = "published figures of different places or measures are not pooled: choose one of each"
_MEASURES = {"n": "count(*)"}
_COLUMNS = ("value", "part", "whole", "comparator", "comparator_value")


def published() -> Estimator:
    """A published share, 0 to 1, with Wilson's 95% limits where its counts are published."""
    return Estimator(
        name="published",
        method=(
            "As published; Wilson 95% interval (Wilson 1927) where the counts behind it are "
            "published."
        ),
        columns=_COLUMNS,
        per=_COLUMNS,
        measures=_MEASURES,
        conclude=lambda columns: _concluded(columns, is_difference=False),
    )


def published_difference() -> Estimator:
    """A published share less its comparator's value, -1 to 1.

    Where the counts are published, Wilson's 95% limits less the comparator's value, which is
    taken as it stands (OHID, Fingertips guidance); else no interval, and nothing is assessed.
    """
    return Estimator(
        name="published difference",
        method=(
            "Difference from the comparator's value, as published; where the counts behind it "
            "are published, the Wilson 95% interval (Wilson 1927) against the comparator's value."
        ),
        columns=_COLUMNS,
        per=_COLUMNS,
        measures=_MEASURES,
        conclude=lambda columns: _concluded(columns, is_difference=True),
    )


def _concluded(columns: Mapping[str, Sequence[Any]], *, is_difference: bool) -> Figure:
    n = int(whole_numbers(columns["n"]).sum())
    if n == 0:
        return NOTHING_COUNTED
    if n > 1:
        return Figure(n=n, note=SEVERAL)
    value, part, whole, beside = (
        float(numbers(columns[name])[0]) for name in ("value", "part", "whole", "comparator_value")
    )
    name = labels(columns["comparator"])[0] or "its comparator"
    has_counts = whole > 0 and 0 <= part <= whole  # false for missing ones
    limits = wilson(int(part), int(whole)) if has_counts else None
    less = beside if is_difference else 0.0
    notes = [] if limits else [NO_COUNTS]
    if beside == beside:  # a number
        stands = f"{value:.1%} against {beside:.1%} for {name}"
        notes.append(f"{stands}: {_verdict(limits, beside)}")
    return Figure(
        n=1,
        value=value - less,
        lower=None if limits is None else min(limits[0], value) - less,
        upper=None if limits is None else max(limits[1], value) - less,
        numerator=part if has_counts else None,
        denominator=whole if has_counts else None,
        note="; ".join(notes) or None,
    )


def _verdict(limits: tuple[float, float] | None, beside: float) -> str:
    """Whether chance could explain the difference, where that can be told."""
    if limits is None:
        return "whether chance could explain the difference is not assessed"
    if limits[0] <= beside <= limits[1]:
        return "no clear difference"
    return "clearly higher" if limits[0] > beside else "clearly lower"
