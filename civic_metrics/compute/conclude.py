"""Counted groups -> rows: the estimator concludes, the rest is kept account of.

Knows no SQL, no viewer and no indicator in particular.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.model import Better, Figure, Indicator, LeftOut, Row, Status
from civic_metrics.splits import Split

# What a group is called: its split and its value, or None for rows without one.
Label = Callable[[Split, str | None], str]
_ASIDE = ("left_out", "caution", "rows_counted", "pounds")


def conclude(
    asked: Indicator,
    splits: tuple[Split, ...],
    counted: pa.Table,
    label: Label,
    target: float | None,
) -> tuple[Row, ...]:
    """The counted groups concluded, in the order of their labels, those without a value last."""
    keys = [f"split_{number}" for number in range(len(splits))]
    is_aside = pc.equal(counted.column("is_figure"), 0)
    is_figure = pc.and_(pc.invert(is_aside), pc.is_null(counted.column("left_out")))
    figures = _Groups(counted.filter(is_figure), keys, _counted_columns(asked))
    apart = _Groups(counted.filter(is_aside), keys, _ASIDE)
    # Every row counted is in a line apart too, so those are all the groups there are.
    groups = apart.keys() if splits else [()]
    rows = [
        _row(asked, splits, key, figures.of(key), apart.of(key), label, target) for key in groups
    ]
    rows.sort(
        key=lambda row: [
            (key is None, label) for key, label in zip(row.keys, row.labels, strict=True)
        ]
    )
    return tuple(rows)


def _counted_columns(asked: Indicator) -> tuple[str, ...]:
    estimator = asked.estimator
    return tuple(estimator.fold or dict.fromkeys((*estimator.per, *estimator.measures)))


class _Groups:
    """The rows of a table by group: sorted once, so that each group is a slice and no copy."""

    def __init__(self, table: pa.Table, keys: list[str], names: tuple[str, ...]) -> None:
        rows = table.num_rows
        codes = [_codes(table.column(key)) for key in keys]
        order = np.lexsort(codes[::-1]) if codes else np.arange(rows)
        changed = np.zeros(rows, dtype=bool)
        changed[:1] = True
        for code in codes:
            changed[1:] |= np.diff(code[order]) != 0
        starts = np.flatnonzero(changed)
        firsts = pa.array(order[starts])
        listed = [table.column(key).take(firsts).to_pylist() for key in keys]
        found = zip(*listed, strict=True) if keys else [()] * len(starts)
        ends = [*starts[1:].tolist(), rows]
        self._slices = dict(zip(found, map(slice, starts.tolist(), ends), strict=True))
        self._columns = {name: _array(table.column(name))[order] for name in names}

    def keys(self) -> list[tuple[Any, ...]]:
        return list(self._slices)

    def of(self, key: tuple[Any, ...]) -> dict[str, np.ndarray]:
        """The columns of one group; empty ones where it has no row."""
        rows = self._slices.get(key, slice(0, 0))
        return {name: values[rows] for name, values in self._columns.items()}


def _codes(column: pa.ChunkedArray) -> np.ndarray:
    """A number for each distinct value, none of them missing."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy()


def _array(column: pa.ChunkedArray) -> np.ndarray:
    if pa.types.is_decimal(column.type):
        column = column.cast(pa.float64())
    is_number = pa.types.is_integer(column.type) or pa.types.is_floating(column.type)
    if is_number and column.null_count == 0:
        return column.to_numpy()
    return np.array(column.to_pylist(), dtype=object)


def _row(
    asked: Indicator,
    splits: tuple[Split, ...],
    key: tuple[str | None, ...],
    columns: Mapping[str, np.ndarray],
    apart: Mapping[str, np.ndarray],
    label: Label,
    target: float | None,
) -> Row:
    concluded = asked.estimator.conclude(columns)
    said = list(zip(*(apart[name].tolist() for name in _ASIDE), strict=True))
    return Row(
        keys=key,
        labels=tuple(label(split, k) for split, k in zip(splits, key, strict=True)),
        figure=concluded,
        status=status(concluded, asked.better, target),
        pounds=_sum(pounds for out, _, _, pounds in said if out is None),
        left_out=_asides((out, n, pounds) for out, _, n, pounds in said if out is not None),
        cautions=_asides(
            (caution, n, pounds) for out, caution, n, pounds in said if out is None and caution
        ),
    )


def _sum(values: Any) -> float | None:
    known = [value for value in values if value is not None]
    return float(sum(known)) if known else None


def _asides(rows: Any) -> tuple[LeftOut, ...]:
    """One line a reason, most rows first."""
    totals: dict[str, tuple[int, float | None]] = {}
    for reason, n, pounds in rows:
        before, money = totals.get(reason, (0, None))
        totals[reason] = (before + int(n), _sum([money, pounds]))
    lines = [LeftOut(reason, n, pounds) for reason, (n, pounds) in totals.items()]
    return tuple(sorted(lines, key=lambda line: (-line.n, line.reason)))


def status(concluded: Figure, better: Better, target: float | None) -> Status:
    """How the figure's interval stands against the target, in the direction that is better.

    One limit is enough where it lies beyond the target: a wait of "at least 61 days" is worse.
    """
    if target is None or better is Better.NEITHER:
        return Status.NOT_ASSESSED
    above = concluded.lower is not None and concluded.lower > target
    below = concluded.upper is not None and concluded.upper < target
    if above or below:
        return Status.BETTER if above == (better is Better.HIGHER) else Status.WORSE
    if concluded.lower is None or concluded.upper is None:
        return Status.NOT_ASSESSED
    return Status.SIMILAR
