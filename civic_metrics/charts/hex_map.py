"""A figure by place, each place one hexagon of equal size, drawn as a plain scatter.

Imports plotly, the model and this room's own modules. Plotly's own maps fetch their outlines
from another machine; this one asks nobody for anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Any

import plotly.graph_objects as go

from civic_metrics.charts.canvas import TEXT, blank
from civic_metrics.charts.labels import NO_FIGURE as NONE
from civic_metrics.charts.labels import class_range, known, rounded, safe
from civic_metrics.charts.palette import (
    INK,
    NO_FIGURE,
    NO_FIGURE_EDGE,
    SELECTED,
    SEQUENTIAL,
)
from civic_metrics.model import Unit

CLASSES = 5
TALLEST, SHORTEST = 600, 320
_WIDTH = 440  # of the map in a column or on a phone, about: what its height is worked out for
_LEGEND = 90
_RADIUS = 1 / sqrt(3)  # of a hexagon one wide
_SMALLER = 0.72  # a place without a figure is smaller as well as grey


@dataclass(frozen=True)
class _Hexagon:
    code: str
    name: str
    x: float
    y: float


def hex_map(
    places: Sequence[Any],
    values: Mapping[str, tuple[float | None, str]],
    indicator_unit: Unit,
    *,
    selected: str | None = None,
    title: str = "",
    height: int | None = None,
) -> go.Figure:
    """Every place as a hexagon, coloured by up to five classes of equal numbers of places.

    `places` are objects or mappings with place_code, name, hex_q and hex_r (odd-r layout of
    Open Innovations' hexjson: rows upward, odd rows half a hexagon to the right); those without
    a position are left out. `values` gives a place its value and the text to show for it. The
    last trace is unseen and takes touches: its points carry the place's code as customdata.
    """
    hexagons = [place for place in map(_hexagon, places) if place]
    numbers = {
        code: rounded(value, indicator_unit) for code, (value, _) in values.items() if known(value)
    }
    placed = [numbers[place.code] for place in hexagons if place.code in numbers]
    classes = class_breaks(placed)
    chart = blank(
        height=height or _height(hexagons),
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        clickmode="event+select",
        hoverdistance=_reach(hexagons),
        showlegend=True,
        legend=_legend(title),
        xaxis=_hidden(hexagons, "x"),
        yaxis={
            **_hidden(hexagons, "y"),
            "scaleanchor": "x",
            "scaleratio": 1,
            "constraintoward": "top",
        },
    )
    colours = SEQUENTIAL[len(classes) or 1]
    for (low, high), colour in zip(classes, colours, strict=False):
        inside = [p for p in hexagons if p.code in numbers and low <= numbers[p.code] <= high]
        chart.add_trace(_area(inside, class_range(low, high, indicator_unit), colour, INK))
    without = [place for place in hexagons if place.code not in numbers]
    if without:
        chart.add_trace(_area(without, NONE, NO_FIGURE, NO_FIGURE_EDGE, size=_SMALLER))
    chosen = [place for place in hexagons if place.code == selected]
    if chosen:
        chart.add_trace(_outline(chosen[0]))
    chart.add_trace(_touch(hexagons, values))
    return chart


def class_breaks(
    values: Iterable[float], classes: int = CLASSES
) -> tuple[tuple[float, float], ...]:
    """The lowest and highest value of each class, at most `classes`, of about equal numbers.

    Equal values are never parted, so a few distinct values make fewer classes; none makes none.
    """
    ordered = sorted(values)
    inside: dict[int, list[float]] = {}
    first: dict[float, int] = {}
    for rank, value in enumerate(ordered):
        first.setdefault(value, rank)
        inside.setdefault(first[value] * classes // len(ordered), []).append(value)
    return tuple((members[0], members[-1]) for members in inside.values())


def _reach(hexagons: Sequence[_Hexagon]) -> int:
    """How many pixels from its middle a hexagon still answers a touch: about to its edge."""
    xs = [place.x for place in hexagons] or [0]
    return max(14, int(_WIDTH / (max(xs) - min(xs) + 1) / 2))


def _height(hexagons: Sequence[_Hexagon]) -> int:
    """As tall as the places are at the width they are drawn at, within reason."""
    xs, ys = [p.x for p in hexagons] or [0], [p.y for p in hexagons] or [0]
    wide, tall = max(xs) - min(xs) + 1, max(ys) - min(ys) + 2 * _RADIUS
    return int(min(TALLEST, max(SHORTEST, _LEGEND + _WIDTH * tall / wide)))


def _hexagon(place: Any) -> _Hexagon | None:
    def read(name: str) -> Any:
        return place.get(name) if isinstance(place, Mapping) else getattr(place, name, None)

    q, r = read("hex_q"), read("hex_r")
    if q in (None, "") or r in (None, ""):
        return None
    column, row = int(q), int(r)
    x, y = column + 0.5 * (row & 1), row * sqrt(3) / 2
    return _Hexagon(code=str(read("place_code")), name=str(read("name")), x=x, y=y)


def _corners(place: _Hexagon, size: float = 1) -> tuple[list[float], list[float]]:
    """A closed hexagon with a corner upward."""
    turns = [pi / 6 + pi / 3 * corner for corner in range(7)]
    radius = _RADIUS * size
    return (
        [round(place.x + radius * cos(turn), 3) for turn in turns],
        [round(place.y + radius * sin(turn), 3) for turn in turns],
    )


def _area(
    places: Sequence[_Hexagon], name: str, colour: str, edge: str, size: float = 0.96
) -> go.Scatter:
    """All hexagons of one class as one filled trace, parted by None."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for place in places:
        across, up = _corners(place, size)
        xs += [*across, None]
        ys += [*up, None]
    return go.Scatter(
        x=xs[:-1],
        y=ys[:-1],
        name=name,
        mode="lines",
        fill="toself",
        fillcolor=colour,
        line={"color": edge, "width": 0.5},
        hoverinfo="skip",
    )


def _outline(place: _Hexagon) -> go.Scatter:
    across, up = _corners(place, 1.12)
    return go.Scatter(
        x=across,
        y=up,
        name=f"chosen: {safe(place.name)}",
        mode="lines",
        line={"color": SELECTED, "width": 3.5},
        hoverinfo="skip",
    )


def _touch(
    hexagons: Sequence[_Hexagon], values: Mapping[str, tuple[float | None, str]]
) -> go.Scatter:
    """Unseen points in the middle of the hexagons: fills take no touches, points do."""

    def text(place: _Hexagon) -> str:
        shown = values.get(place.code, (None, NONE))[1] or NONE
        return f"<b>{safe(place.name)}</b><br>{safe(shown)}"

    return go.Scatter(
        x=[place.x for place in hexagons],
        y=[place.y for place in hexagons],
        name="places",
        mode="markers",
        marker={"size": 14, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[place.code for place in hexagons],
        hovertext=[text(place) for place in hexagons],
        hoverinfo="text",
        showlegend=False,
    )


def _legend(title: str) -> dict[str, Any]:
    return {
        "title": {"text": f"{safe(title)}" if title else "", "side": "top"},
        "orientation": "h",
        "traceorder": "normal",
        "x": 0,
        "y": 1.01,
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"size": TEXT},
        "itemclick": False,
        "itemdoubleclick": False,
    }


def _hidden(hexagons: Sequence[_Hexagon], letter: str) -> dict[str, Any]:
    along = [getattr(place, letter) for place in hexagons] or [0]
    return {
        "range": [min(along) - 0.8, max(along) + 0.8],
        "constrain": "domain",
        "visible": False,
        "fixedrange": True,
    }
