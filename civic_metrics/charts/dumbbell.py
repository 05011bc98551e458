"""Two views of the same thing side by side: a dot for each side, a line for what lies between.

Imports plotly, the model and this room's own modules. The sides are never blended into one score.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from civic_metrics.charts.canvas import SMALL, TEXT, blank, extent, note, scale
from civic_metrics.charts.labels import clipped, hover, known, label, safe
from civic_metrics.charts.palette import DARK_BLUE, DARK_PINK, INK, SOFT_INK
from civic_metrics.model import Result, Row, Unit

LINE_HEIGHT = 54
_MARGIN = {"l": 18, "r": 16, "t": 48, "b": 56}
_NAME_WIDTH = 34
_RISE = 0.38
_OFFSET = 0.07  # the two ranges lie a little apart
_COVER = {"bgcolor": "rgba(255,255,255,0.9)", "borderpad": 0}
_LOOKS = ((DARK_BLUE, "circle", "●"), (DARK_PINK, "diamond", "◆"))

Pair = tuple[str, Row | None, Row | None]


def dumbbell(result: Result, sides: tuple[str, str] | None = None) -> go.Figure:
    """The two sides' figures for each group, those furthest apart first.

    The result is split by what is judged and then by the side whose view it is. `sides` are the
    keys of the two sides, or the first two there are. Raises ValueError for another result.
    """
    sides = sides or sides_of(result)
    pairs = paired(result, sides)
    unit, counts = result.indicator.unit, result.indicator.counts
    rows = [row for _, *both in pairs for row in both if row]
    ends = extent([row.figure for row in rows], [result.target])
    count = max(len(pairs), 1)
    chart = blank(
        height=_MARGIN["t"] + _MARGIN["b"] + LINE_HEIGHT * count,
        margin=_MARGIN,
        xaxis=scale(unit, ends),
        yaxis={"range": [0.5 - count, 0.62], "visible": False, "fixedrange": True},
    )
    chart.add_trace(_between(pairs))
    for number, (colour, symbol, _) in enumerate(_LOOKS):
        drawn = [
            (-place, pair[0], pair[1 + number])
            for place, pair in enumerate(pairs)
            if pair[1 + number] and known(pair[1 + number].figure.value)
        ]
        chart.add_trace(_ranges(drawn, colour, (0.5 - number) * 2 * _OFFSET, sides[number]))
        chart.add_trace(
            go.Scatter(
                x=[row.figure.value for _, _, row in drawn],
                y=[at for at, *_ in drawn],
                name=_title(sides[number]),
                mode="markers",
                marker={
                    "size": 12,
                    "symbol": symbol,
                    "color": colour,
                    "line": {"color": "white", "width": 1},
                },
                customdata=[group for _, group, _ in drawn],
                hovertext=[
                    hover(f"{group}, {sides[number]}", row.figure, unit, counts)
                    for _, group, row in drawn
                ],
                hoverinfo="text",
            )
        )
    for place, pair in enumerate(pairs):
        for text in _names(pair, -place, unit, sides):
            chart.add_annotation(text)
    chart.add_annotation(_key(sides))
    return chart


def describe_dumbbell(result: Result, sides: tuple[str, str] | None = None) -> str:
    """The chart in a sentence: for each group what the two sides say, furthest apart first."""
    sides = sides or sides_of(result)
    unit, name = result.indicator.unit, result.indicator.name
    lines = [
        f"{group}: {sides[0]} {_said(first, unit)}, {sides[1]} {_said(second, unit)}"
        for group, first, second in paired(result, sides)
    ]
    return f"Chart of {name[:1].lower() + name[1:]}, both views; {'; '.join(lines) or 'none'}."


def sides_of(result: Result) -> tuple[str, str]:
    """The keys of the two sides, as they first come. Raises ValueError unless there are two."""
    if len(result.splits) != 2:
        raise ValueError("a chart of two views is drawn from a result split two ways")
    found = [row.keys[1] for row in result.rows if row.keys[1] is not None]
    sides = tuple(sorted(set(found), reverse=True))
    if len(sides) != 2:
        raise ValueError("a chart of two views needs exactly two sides")
    return sides


def paired(result: Result, sides: tuple[str, str]) -> list[Pair]:
    """Each group with the row of either side: furthest apart first, one-sided ones last."""
    groups: dict[str, dict[str | None, Row]] = {}
    for row in result.rows:
        groups.setdefault(row.labels[0], {})[row.keys[1]] = row
    pairs = [(group, both.get(sides[0]), both.get(sides[1])) for group, both in groups.items()]
    return sorted(pairs, key=lambda pair: (-_apart(pair), pair[0]))


def _apart(pair: Pair) -> float:
    values = [row.figure.value for row in pair[1:] if row and known(row.figure.value)]
    return abs(values[0] - values[1]) if len(values) == 2 else -1.0


def _between(pairs: Sequence[Pair]) -> go.Scatter:
    """One thick quiet line from side to side for each group that has both."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for place, pair in enumerate(pairs):
        if _apart(pair) >= 0:
            xs += [pair[1].figure.value, pair[2].figure.value, None]
            ys += [-place, -place, None]
    return go.Scatter(
        x=xs[:-1],
        y=ys[:-1],
        name="What lies between",
        mode="lines",
        line={"color": "#C4C4C4", "width": 6},
        hoverinfo="skip",
    )


def _ranges(
    drawn: Sequence[tuple[int, str, Row]], colour: str, offset: float, side: str
) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for at, _, row in drawn:
        if known(row.figure.lower) and known(row.figure.upper):
            xs += [row.figure.lower, row.figure.upper, None]
            ys += [at + offset, at + offset, None]
    return go.Scatter(
        x=xs[:-1],
        y=ys[:-1],
        name=f"{_title(side)}, 95% range",
        mode="lines",
        line={"color": colour, "width": 1.5, "dash": "solid" if offset > 0 else "dot"},
        hoverinfo="skip",
    )


def _names(pair: Pair, at: int, unit: Unit, sides: tuple[str, str]) -> list[dict[str, Any]]:
    group, first, second = pair
    above = {"y": at + _RISE, "xref": "paper", "yanchor": "middle"}
    values = [
        f"{look[2]} {label(row.figure.value, unit)}"
        for look, row in zip(_LOOKS, (first, second), strict=True)
        if row and known(row.figure.value)
    ]
    texts = [
        note(
            clipped(group, _NAME_WIDTH),
            x=0,
            xanchor="left",
            font={"size": TEXT, "color": INK},
            **_COVER,
            **above,
        ),
        note(
            f"<b>{'  '.join(values) or 'not shown'}</b>",
            x=1,
            xanchor="right",
            font={"size": TEXT, "color": INK},
            **_COVER,
            **above,
        ),
    ]
    if len(values) == 1:
        absent = sides[0] if not (first and known(first.figure.value)) else sides[1]
        texts.append(
            note(
                f"nothing to show from the {safe(absent)} side",
                x=1,
                xref="paper",
                xanchor="right",
                y=at + 0.16,
                yanchor="top",
                font={"size": SMALL, "color": SOFT_INK},
            )
        )
    return texts


def _key(sides: tuple[str, str]) -> dict[str, Any]:
    named = [
        f"<span style='color:{colour}'>{mark}</span> {safe(_title(side))}"
        for (colour, _, mark), side in zip(_LOOKS, sides, strict=True)
    ]
    text = "   ".join(named)
    return note(text, x=0, xref="paper", xanchor="left", y=1, yref="paper", yshift=26)


def _said(row: Row | None, unit: Unit) -> str:
    return label(row.figure.value, unit) if row else "no figure"


def _title(side: str) -> str:
    return side[:1].upper() + side[1:]
