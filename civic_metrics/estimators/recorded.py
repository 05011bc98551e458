"""Totals, quotients and counts of everything recorded. Imports the model and the columns only.

Nothing was sampled, so none of them has an interval, and each says so. Amounts come in parts,
one a place, so that `whole` names what a part belongs to and n counts wholes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from civic_metrics.estimators.columns import NOTHING_COUNTED
from civic_metrics.estimators.columns import total as summed
from civic_metrics.model import Estimator, Figure

NO_SAMPLE = "everything recorded is counted and nothing sampled, so no interval can be given"
NOTHING_BELOW = "what is divided by adds up to nought, so there is no figure"

Columns = Mapping[str, Sequence[Any]]


def apportioned() -> Estimator:
    """Σ `value`, in its unit, over the parts of n wholes; no interval."""
    return Estimator(
        name="total",
        method=(
            "Sum over everything recorded, shared out by place where a partnership works in "
            "several; no interval, because nothing was sampled."
        ),
        columns=("value", "whole"),
        measures={
            "n": "count(distinct whole) filter (where value is not null)",
            "total": "cast(sum(value) as double)",
        },
        conclude=_total,
    )


def quotient() -> Estimator:
    """Σ `numerator` / Σ `denominator` over n wholes, any value; no interval."""
    both = "filter (where numerator is not null and denominator is not null)"
    return Estimator(
        name="quotient",
        method=(
            "Sum over sum of everything recorded, shared out by place where a partnership works "
            "in several; no interval, because nothing was sampled."
        ),
        columns=("numerator", "denominator", "whole"),
        measures={
            "n": f"count(distinct whole) {both}",
            "numerator": f"cast(sum(numerator) {both} as double)",
            "denominator": f"cast(sum(denominator) {both} as double)",
        },
        conclude=_quotient,
    )


def per_head() -> Estimator:
    """Σ `value` / Σ `heads`, each `area`'s heads counted once; no interval. n counts parts."""
    return Estimator(
        name="per head",
        method=(
            "Sum over everything recorded, divided by the people who live in the places it "
            "reaches, each place counted once; no interval, because nothing was sampled."
        ),
        columns=("value", "heads", "area"),
        per=("area",),
        measures={
            "area_n": "count(value)",
            "area_value": "cast(sum(value) as double)",
            "area_heads": "max(heads) filter (where value is not null)",
        },
        fold={
            "n": "sum(area_n)",
            "numerator": "sum(area_value)",
            "denominator": "sum(area_heads)",
        },
        conclude=_quotient,
    )


def distinct() -> Estimator:
    """How many different `value`s there are, a whole number; no interval. n counts rows."""
    return Estimator(
        name="count",
        method="Count of those recorded, each once; no interval, because nothing was sampled.",
        columns=("value",),
        measures={"n": "count(value)", "different": "count(distinct value)"},
        conclude=_count,
    )


def _total(columns: Columns) -> Figure:
    n = int(summed(columns, "n"))
    if n == 0:
        return NOTHING_COUNTED
    value = summed(columns, "total")
    return Figure(n=n, value=value, numerator=value, note=NO_SAMPLE)


def _quotient(columns: Columns) -> Figure:
    n = int(summed(columns, "n"))
    if n == 0:
        return NOTHING_COUNTED
    over, under = summed(columns, "numerator"), summed(columns, "denominator")
    if under == 0:
        return Figure(n=n, numerator=over, denominator=under, note=NOTHING_BELOW)
    return Figure(n=n, value=over / under, numerator=over, denominator=under, note=NO_SAMPLE)


def _count(columns: Columns) -> Figure:
    n = int(summed(columns, "n"))
    if n == 0:
        return NOTHING_COUNTED
    different = summed(columns, "different")
    return Figure(n=n, value=different, numerator=different, note=NO_SAMPLE)
