"""Counted groups -> rows: the estimator concludes, the rest is kept account of.

Knows no SQL, no viewer and no indicator in particular.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from civic_metrics.model import Better, Figure, Indicator, LeftOut, Row, Status
from civic_metrics.splits import Split

# What a group is called: its split and its value, or None for rows without one.
Label = Callable[[Split, str | None], str]


def conclude(
    asked: Indicator,
    splits: tuple[Split, ...],
    counted: pa.Table,
    label: Label,
    target: float | None,
) -> tuple[Row, ...]:
    """The counted groups concluded, in the order of their labels, those without a value last."""
    columns = {name: _array(counted, name) for name in counted.column_names}
    keys = list(zip(*(columns[f"split_{n}"] for n in range(len(splits))), strict=True))
    if not splits:
        keys = [()] * counted.num_rows
    groups: dict[tuple[str | None, ...], list[int]] = {} if splits else {(): []}
    for number, key in enumerate(keys):
        groups.setdefault(key, []).append(number)
    rows = [
        _row(asked, splits, key, {name: v[indices] for name, v in columns.items()}, label, target)
        for key, indices in groups.items()
    ]
    rows.sort(
        key=lambda row: [
            (key is None, label) for key, label in zip(row.keys, row.labels, strict=True)
        ]
    )
    return tuple(rows)


def _array(table: pa.Table, name: str) -> np.ndarray:
    column = table.column(name)
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
    label: Label,
    target: float | None,
) -> Row:
    figures = (columns["is_figure"] == 1) & _is_null(columns["left_out"])
    wanted = asked.estimator.fold or dict.fromkeys(
        (*asked.estimator.per, *asked.estimator.measures)
    )
    concluded = asked.estimator.conclude({name: columns[name][figures] for name in wanted})
    apart = columns["is_figure"] == 0
    said = list(
        zip(
            *(columns[name][apart] for name in ("left_out", "caution", "rows_counted", "pounds")),
            strict=True,
        )
    )
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


def _is_null(values: np.ndarray) -> np.ndarray:
    return np.array([value is None for value in values], dtype=bool)


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
