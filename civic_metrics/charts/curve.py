"""How long it takes: the share still waiting, or still going, as time passes.

Imports plotly, the model and this room's own modules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from civic_metrics.charts.canvas import SMALL, TEXT, blank, note, scale
from civic_metrics.charts.labels import known, safe
from civic_metrics.charts.palette import (
    DARK_BLUE,
    DARK_GREY,
    DARK_PINK,
    INK,
    ORANGE,
    TURQUOISE,
    clear,
)
from civic_metrics.model import CurvePoint, Figure, Result, Row, Unit

HEIGHT = 340
_STYLES = (
    (DARK_BLUE, "solid"),
    (DARK_PINK, "dash"),
    (TURQUOISE, "dot"),
    (ORANGE, "dashdot"),
    (DARK_GREY, "longdash"),
)
_OPEN = {Unit.DAYS: "Still waiting (%)", Unit.YEARS: "Still going (%)"}


def curve(
    result_or_rows: Result | Sequence[Row],
    labels: Sequence[str] | None = None,
    *,
    time: Unit | None = None,
) -> go.Figure:
    """The share still open over time, a step curve with its 95% band for each row.

    `labels` name the curves; without them the rows' own labels do. `time` is days or years; it
    is needed where the figure itself is in neither (a share that outlives five years: years).
    Curves differ in dash as well as in colour. Rows without a curve are left out; raises
    ValueError for more than five curves.
    """
    rows, time = _given(result_or_rows, time)
    names = list(labels) if labels else [", ".join(row.labels) or "Everyone" for row in rows]
    drawn = [(n, row) for n, row in zip(names, rows, strict=True) if row.figure.curve]
    if len(drawn) > len(_STYLES):
        raise ValueError(f"at most {len(_STYLES)} curves can be told apart")
    longest = max((whole(row.figure)[-1].time for _, row in drawn), default=1) or 1
    chart = blank(
        height=HEIGHT,
        margin={"l": 8, "r": 14, "t": 34 if len(drawn) > 1 else 12, "b": 48},
        showlegend=len(drawn) > 1,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "font": {"size": TEXT},
            "itemclick": False,
            "itemdoubleclick": False,
            "itemwidth": 40,
        },
        xaxis=scale(time, (0, longest), showgrid=False),
        yaxis=scale(Unit.SHARE, (0, 1.02)),
    )
    chart.update_yaxes(title_text=_OPEN[time], tickvals=[0, 0.25, 0.5, 0.75, 1])
    chart.add_hline(y=0.5, line={"color": INK, "width": 1, "dash": "dot"})
    half = {"size": SMALL, "color": INK}
    chart.add_annotation(
        note("half", x=1, xref="paper", xanchor="right", y=0.5, yanchor="bottom", font=half)
    )
    for (name, row), (colour, dash) in zip(drawn, _STYLES, strict=False):
        points = whole(row.figure)
        chart.add_traces(_band(name, points, colour))
        chart.add_trace(
            go.Scatter(
                x=[point.time for point in points],
                y=[point.share for point in points],
                name=safe(name),
                mode="lines",
                line={"shape": "hv", "color": colour, "dash": dash, "width": 2.5},
                hovertext=[_hover(name, point, time) for point in points],
                hoverinfo="text",
            )
        )
    return chart


def whole(figure: Figure) -> list[CurvePoint]:
    """The curve from where it was first followed, all open, to where it was last.

    A curve over relationships known from late on begins where enough of them are known; those
    still open at the end carry it level to the longest time among them.
    """
    points = figure.curve
    begins, ends = figure.followed or (0, points[-1].time)
    drawn = list(points)
    if points[0].time > begins and points[0].share < 1:
        start = replace(points[0], time=begins, events=0, share=1, lower=1, upper=1)
        drawn = [replace(start, standard_error=0), *drawn]
    if ends > points[-1].time:
        drawn.append(replace(points[-1], time=ends, events=0))
    return drawn


def _given(result_or_rows: Result | Sequence[Row], time: Unit | None) -> tuple[Sequence[Row], Unit]:
    rows, unit = result_or_rows, time
    if isinstance(result_or_rows, Result):
        rows, unit = result_or_rows.rows, time or result_or_rows.indicator.unit
    if unit not in _OPEN:
        raise ValueError("a curve needs its time in days or years")
    return rows, unit


def _band(name: str, points: Sequence[CurvePoint], colour: str) -> list[go.Scatter]:
    """The steps between the limits, as outlines; a stretch without limits has no band."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for point, after in zip(points, [*points[1:], points[-1]], strict=True):
        if known(point.lower) and known(point.upper) and point.time < after.time:
            xs += [point.time, after.time, after.time, point.time, point.time, None]
            ys += [point.lower, point.lower, point.upper, point.upper, point.lower, None]
    if not xs:
        return []
    return [
        go.Scatter(
            x=xs[:-1],
            y=ys[:-1],
            name=f"{safe(name)}, 95% range",
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=clear(colour, 0.16),
            hoverinfo="skip",
            showlegend=False,
        )
    ]


def _hover(name: str, point: CurvePoint, time: Unit) -> str:
    verb = _OPEN[time].removesuffix(" (%)").lower()
    unit = time.value[:-1] if point.time == 1 else time.value
    limits = ""
    if known(point.lower) and known(point.upper):
        limits = f"<br>{point.lower:.0%} to {point.upper:.0%}"
    return (
        f"<b>{safe(name)}</b><br>after {point.time:,.4g} {unit}: {point.share:.0%} {verb}"
        f"{limits}<br>{point.at_risk:,} followed this long"
    )
