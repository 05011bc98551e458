"""Which groups differ by more than chance: shares by size, between limits that narrow with it.

Imports plotly, the model and this room's own modules; the limits are worked out elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from civic_metrics.charts.canvas import SMALL, TEXT, blank, note, scale
from civic_metrics.charts.labels import hover, known, label
from civic_metrics.charts.palette import GRID, INK, LIGHT_PURPLE, MID_BLUE, ORANGE, SOFT_INK
from civic_metrics.charts.ranking import name
from civic_metrics.model import Better, Result, Row, Unit

HEIGHT = 420
_MARGIN = {"l": 8, "r": 64, "t": 16, "b": 56}
_LEGEND = 26
_ROOM = 0.04  # so that a point at 0% or 100% is whole
# How far out, in limits: above or below the inner (1) and the outer (2).
_SYMBOLS = {0: "circle", 1: "triangle-up", -1: "triangle-down", 2: "diamond", -2: "square"}
OUT = {
    2: "above the outer limit (99.8%)",
    1: "above the inner limit (95%)",
    0: "within the limits: by chance",
    -1: "below the inner limit (95%)",
    -2: "below the outer limit (99.8%)",
}
# n, then the lower and upper inner and the lower and upper outer limit of a group of that size.
Bound = tuple[float, float, float, float, float]


def funnel(
    result: Result, average: float, bounds: Sequence[Bound], out: Sequence[int]
) -> go.Figure:
    """Each group's share by what it rests on, between limits around the share of all together.

    Names are not drawn, as they would lie over each other on a phone: the words beside have them.

    `out` says of each row of the result how far out it lies, -2 to 2.
    """
    rows = [
        (row, far) for row, far in zip(result.rows, out, strict=True) if known(row.figure.value)
    ]
    widest = max((row.figure.denominator or 0 for row, _ in rows), default=1)
    values = [row.figure.value for row, _ in rows] + [average]
    top = min(1.0, max(values) * 1.25 or 1.0) * (1 + _ROOM)
    used = [far for far in OUT if any(far == one for _, one in rows)]
    room = _LEGEND * len(used)
    chart = blank(
        height=HEIGHT + room,
        margin={**_MARGIN, "b": _MARGIN["b"] + room},
        xaxis={
            "title": {"text": f"Rests on ({result.indicator.counts})", "font": {"size": TEXT}},
            "range": [0, widest * 1.08],
            "tickfont": {"size": SMALL},
            "tickformat": ",~r",
            "nticks": 5,
            "gridcolor": GRID,
            "fixedrange": True,
            "automargin": True,
        },
        yaxis=scale(Unit.SHARE, (-top * _ROOM, top)),
        showlegend=True,
        legend={
            "orientation": "v",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": SMALL, "color": INK},
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    for column, dash in ((1, "dash"), (2, "dash"), (3, "solid"), (4, "solid")):
        chart.add_trace(_limit(bounds, column, dash))
    chart.add_hline(y=average, line={"color": INK, "width": 1.5, "dash": "dot"}, layer="below")
    all_together = f"All<br>{label(average, Unit.SHARE)}"
    beside = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "yanchor": "middle"}
    chart.add_annotation(note(all_together, y=average, **beside))
    for far in used:
        chart.add_trace(_points(result, [row for row, one in rows if one == far], far))
    return chart


def describe_funnel(result: Result, average: float, out: Sequence[int]) -> str:
    """The chart in a sentence: how many groups, the share of all, which stand out and how far."""
    unit, name_of = result.indicator.unit, result.indicator.name
    rows = [
        (row, far) for row, far in zip(result.rows, out, strict=True) if known(row.figure.value)
    ]
    standing = [
        f"{name(row)} at {label(row.figure.value, unit)} ({OUT[far]})" for row, far in rows if far
    ]
    said = "; ".join(standing) if standing else "none"
    return (
        f"Chart of {name_of[:1].lower() + name_of[1:]} by size: {len(rows)} groups around "
        f"{label(average, unit)}; those that differ by more than chance: {said}."
    )


def _drawn(result: Result, out: Sequence[int]) -> list[tuple[Row, int]]:
    pairs = zip(result.rows, out, strict=True)
    return [(row, far) for row, far in pairs if known(row.figure.value)]


def _limit(bounds: Sequence[Bound], column: int, dash: str) -> go.Scatter:
    return go.Scatter(
        x=[bound[0] for bound in bounds],
        y=[bound[column] for bound in bounds],
        name="95% of groups lie between by chance" if dash == "dash" else "99.8% of groups",
        mode="lines",
        line={"color": INK, "width": 1.2, "dash": dash},
        hoverinfo="skip",
        showlegend=False,
    )


def _points(result: Result, rows: Sequence[Row], far: int) -> go.Scatter:
    unit, counts = result.indicator.unit, result.indicator.counts
    return go.Scatter(
        x=[row.figure.denominator for row in rows],
        y=[row.figure.value for row in rows],
        name=OUT[far][:1].upper() + OUT[far][1:],
        mode="markers",
        marker={
            "size": 9 if far == 0 else 13,
            "symbol": _SYMBOLS[far],
            "color": _colour(result.indicator.better, far),
            "line": {"color": INK if far else "white", "width": 1},
        },
        customdata=[row.keys[0] for row in rows],
        hovertext=[f"{hover(name(row), row.figure, unit, counts)}<br>{OUT[far]}" for row in rows],
        hoverinfo="text",
    )


def _colour(better: Better, far: int) -> str:
    if far == 0:
        return SOFT_INK
    if better is Better.NEITHER:
        return LIGHT_PURPLE
    return MID_BLUE if (far > 0) == (better is Better.HIGHER) else ORANGE
