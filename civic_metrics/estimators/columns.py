"""The counted columns as arrays, whatever the database driver made of them.

Imports numpy and the model only. One rule for all estimators: a row with a missing value is
not counted, never taken for nought. The facts are to leave such a row out with a reason; where
they forget, `n` falls short of the rows and shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from civic_metrics.model import Figure

NOTHING_COUNTED = Figure(n=0, note="there is nothing to count here")
FEWEST_CLUSTERS = 5  # DESIGN.md, the estimator table: below it no interval
TOO_FEW_CLUSTERS = "fewer than 5 partnerships, so no interval can be given"


def numbers(column: Sequence[Any]) -> np.ndarray:
    """The column as float64, NaN where it is missing (None or masked)."""
    if isinstance(column, np.ma.MaskedArray):
        column = np.where(np.ma.getmaskarray(column), None, column.data)
    return np.asarray(column, dtype=np.float64)


def counts(column: Sequence[Any]) -> np.ndarray:
    """The column as int64, 0 where it is missing: the sum of no rows counts none."""
    return np.nan_to_num(numbers(column)).astype(np.int64)


def total(columns: Mapping[str, Sequence[Any]], name: str) -> float:
    """The sum of one column, 0.0 where it holds nothing."""
    return float(np.nansum(numbers(columns[name])))


def labels(column: Sequence[Any]) -> list[str | None]:
    """The column as text, None where it is missing (None or masked)."""
    if isinstance(column, np.ma.MaskedArray):
        column = np.where(np.ma.getmaskarray(column), None, column.data)
    return [None if name is None else str(name) for name in column]


def missing_limits(lower: float | None, upper: float | None) -> str | None:
    """Which limits are missing, in words ("a lower or an upper limit"), or None."""
    missing = [words for words, limit in (("a lower", lower), ("an upper", upper)) if limit is None]
    return f"{' or '.join(missing)} limit" if missing else None
