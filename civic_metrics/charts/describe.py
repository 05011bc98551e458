"""What a chart shows, in one sentence for those who do not see it (alt text).

Imports the model and this room's own modules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from civic_metrics.charts.labels import known, label
from civic_metrics.model import Result, Row, Unit


def describe(result: Result, comparator: Result | None = None) -> str:
    """A trend, ranking or bars: how many groups, the lowest, the highest, the target."""
    unit = result.indicator.unit
    parts = [_spread(result, "Chart of " + _lower(result.indicator.name) + _by(result))]
    if result.target is not None:
        parts.append(f"the target is {label(result.target, unit)}")
    if comparator is not None:
        parts.append(_spread(comparator, "those compared with"))
    return "; ".join(parts) + "."


def describe_curve(
    result_or_rows: Result | Sequence[Row],
    labels: Sequence[str] | None = None,
    *,
    time: Unit | None = None,
) -> str:
    """A curve: how many are still open at the end of it, and when half were left, for each."""
    rows = result_or_rows.rows if isinstance(result_or_rows, Result) else result_or_rows
    if time is None:
        time = result_or_rows.indicator.unit if isinstance(result_or_rows, Result) else Unit.DAYS
    names = labels or [", ".join(row.labels) or "everyone" for row in rows]
    open_ = "still waiting" if time is Unit.DAYS else "still going"
    parts = []
    for name, row in zip(names, rows, strict=True):
        points = row.figure.curve
        if not points:
            parts.append(f"{name}: nothing to draw")
            continue
        half = next((point.time for point in points if point.share <= 0.5), None)
        middle = "more than half to the end" if half is None else f"half after {label(half, time)}"
        last = points[-1]
        parts.append(
            f"{name}: {middle}, {label(last.share, Unit.SHARE)} after {label(last.time, time)}"
        )
    return f"Chart of the share {open_} as time passes; " + "; ".join(parts) + "."


def describe_hex_map(
    values: Mapping[str, tuple[float | None, str]], indicator_unit: Unit, *, title: str = ""
) -> str:
    """A map: how many places have a figure, and between which values."""
    numbers = [value for value, _ in values.values() if known(value)]
    what = f"Map of places by {_lower(title)}" if title else "Map of places"
    if not numbers:
        return f"{what}; no place has a figure."
    low, high = label(min(numbers), indicator_unit), label(max(numbers), indicator_unit)
    if len(numbers) == 1:
        return f"{what}; 1 place has a figure, {low}."
    return f"{what}; {len(numbers):,} places have a figure, from {low} to {high}."


def _spread(result: Result, what: str) -> str:
    unit = result.indicator.unit
    rows = [row for row in result.rows if known(row.figure.value)]
    missing = len(result.rows) - len(rows)
    without = f", {missing} without a figure" if missing else ""
    if not rows:
        return f"{what}: no figure to draw"
    if not result.splits or len(rows) == 1:
        return f"{what}: {label(rows[0].figure.value, unit)}{without}"
    low = min(rows, key=lambda row: row.figure.value)
    high = max(rows, key=lambda row: row.figure.value)
    return (
        f"{what}: from {label(low.figure.value, unit)} ({', '.join(low.labels)}) "
        f"to {label(high.figure.value, unit)} ({', '.join(high.labels)}){without}"
    )


def _by(result: Result) -> str:
    if not result.splits:
        return ""
    names = " and ".join(split.replace("_", " ") for split in result.splits)
    return f" by {names}"


def _lower(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
