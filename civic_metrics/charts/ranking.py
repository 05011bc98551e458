"""Which groups stand where: a dot and its range for each, those that need a look first.

Imports plotly, the model and this room's own modules. Names stand above their dots, not beside
them: on a phone a margin wide enough for names leaves no room for the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go

from civic_metrics.charts.canvas import SMALL, TEXT, blank, extent, note, scale
from civic_metrics.charts.labels import clipped, hover, known, label, lines
from civic_metrics.charts.palette import DARK_BLUE, INK, MID_BLUE, PALE_BLUE, SOFT_INK
from civic_metrics.model import Better, Result, Row, Unit

LINE_HEIGHT = 48
_MARGIN = {"l": 18, "r": 16, "t": 26, "b": 56}
_NAME_WIDTH = 36
_NOTE_WIDTH = 46
# Names lie over the target's line, so they bring their own ground.
_COVER = {"bgcolor": "rgba(255,255,255,0.9)", "borderpad": 0}
_NAME_RISE = 0.40  # of a line: the name stands this far above its dot
_BAR = 0.3


def ranking(result: Result, *, limit: int = 15) -> go.Figure:
    """A dot with its 95% range for each group, those that need a look first, target marked.

    First is highest, or lowest where higher is better. Groups without a figure come last and
    say why. At most `limit` groups are drawn; the axis says of how many.
    """
    rows = ordered(result)[:limit]
    ends = extent([row.figure for row in rows], [result.target])
    chart = _groups(result, rows, ends)
    unit, counts = result.indicator.unit, result.indicator.counts
    drawn = [(-place, row) for place, row in enumerate(rows) if known(row.figure.value)]
    chart.add_trace(_ranges(drawn, ends))
    chart.add_trace(
        go.Scatter(
            x=[row.figure.value for _, row in drawn],
            y=[at for at, _ in drawn],
            name="Figure",
            mode="markers",
            marker={"size": 12, "color": DARK_BLUE, "line": {"color": "white", "width": 1}},
            customdata=[row.keys[0] for _, row in drawn],
            hovertext=[hover(name(row), row.figure, unit, counts) for _, row in drawn],
            hoverinfo="text",
        )
    )
    return chart


def bars(result: Result) -> go.Figure:
    """A bar from nought with its 95% range for each group, in the order of the result."""
    ends = extent([row.figure for row in result.rows], [result.target])
    chart = _groups(result, result.rows, ends)
    unit, counts = result.indicator.unit, result.indicator.counts
    drawn = [(-place, row) for place, row in enumerate(result.rows) if known(row.figure.value)]
    chart.add_trace(
        go.Bar(
            x=[row.figure.value for _, row in drawn],
            y=[at for at, _ in drawn],
            name="Figure",
            orientation="h",
            width=_BAR,
            marker={"color": PALE_BLUE, "line": {"color": MID_BLUE, "width": 1.5}},
            customdata=[row.keys[0] for _, row in drawn],
            hovertext=[hover(name(row), row.figure, unit, counts) for _, row in drawn],
            hoverinfo="text",
        )
    )
    chart.add_trace(_ranges(drawn, ends))
    return chart


def ordered(result: Result) -> list[Row]:
    """The groups as a ranking draws them; those of one value by name."""
    sign = 1 if result.indicator.better is Better.HIGHER else -1
    with_figure = [row for row in result.rows if known(row.figure.value)]
    without = [row for row in result.rows if not known(row.figure.value)]
    return [
        *sorted(with_figure, key=lambda row: (sign * row.figure.value, row.labels)),
        *sorted(without, key=lambda row: row.labels),
    ]


def ranked(result: Result) -> Result:
    """The result with its groups in the order a ranking draws them, for the table beside it."""
    return replace(result, rows=tuple(ordered(result)))


def name(row: Row) -> str:
    """What a group is called where it is split more than one way too."""
    return ", ".join(row.labels) or "Everyone"


def _groups(result: Result, rows: Sequence[Row], ends: tuple[float, float]) -> go.Figure:
    """The lines with their names and values, the target, and no marks yet."""
    unit = result.indicator.unit
    axis = scale(unit, ends)
    if len(rows) < len(result.rows):
        axis["title"]["text"] += f" · {len(rows)} of {len(result.rows):,} shown"
    count = max(len(rows), 1)
    chart = blank(
        height=_MARGIN["t"] + _MARGIN["b"] + LINE_HEIGHT * count,
        margin=_MARGIN,
        xaxis=axis,
        yaxis={
            "range": [0.45 - count, 0.6],
            "visible": False,
            "fixedrange": True,
        },
    )
    for place, row in enumerate(rows):
        for text in _names(row, -place, unit):
            chart.add_annotation(text)
    if result.target is not None:
        chart.add_annotation(_target(result.target, unit, ends))
        line = {"color": INK, "width": 1.5, "dash": "dot"}
        chart.add_vline(x=result.target, line=line, layer="below")
    return chart


def _names(row: Row, at: int, unit: Unit) -> list[dict[str, Any]]:
    above = {"y": at + _NAME_RISE, "xref": "paper", "yanchor": "middle"}
    font = {"size": TEXT, "color": INK}
    texts = [
        note(clipped(name(row), _NAME_WIDTH), x=0, xanchor="left", font=font, **_COVER, **above),
        note(
            f"<b>{label(row.figure.value, unit)}</b>",
            x=1,
            xanchor="right",
            font=font,
            **_COVER,
            **above,
        ),
    ]
    if not known(row.figure.value) and row.figure.note:
        why = lines(row.figure.note[:1].upper() + row.figure.note[1:], _NOTE_WIDTH)
        grey = {"size": SMALL, "color": SOFT_INK}
        place = {"x": 0, "xref": "paper", "xanchor": "left", "y": at + 0.22, "yanchor": "top"}
        texts.append(note(why, font=grey, **_COVER, **place))
    return texts


def _target(at: float, unit: Unit, ends: tuple[float, float]) -> dict[str, Any]:
    across = (at - ends[0]) / (ends[1] - ends[0])
    anchor = "left" if across < 0.2 else "right" if across > 0.8 else "center"
    text = f"Target {label(at, unit)}"
    return note(text, x=at, xanchor=anchor, y=1, yref="paper", yanchor="bottom", yshift=4)


def _ranges(drawn: Sequence[tuple[int, Row]], ends: tuple[float, float]) -> go.Scatter:
    """One line a group from limit to limit; a limit that is open runs to the edge."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for at, row in drawn:
        low, high = row.figure.lower, row.figure.upper
        if known(low) or known(high):
            xs += [low if known(low) else ends[0], high if known(high) else ends[1], None]
            ys += [at, at, None]
    return go.Scatter(
        x=xs[:-1],
        y=ys[:-1],
        name="95% range",
        mode="lines",
        line={"color": INK, "width": 2},
        hoverinfo="skip",
    )
