"""Places as filled outlines coloured by class, whatever the outlines are.

Imports plotly, the model and this room's own modules. Plotly's own maps fetch their outlines
from another machine; these are plain scatters, which ask nobody for anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from civic_metrics.charts.canvas import TEXT, blank
from civic_metrics.charts.labels import NO_FIGURE as NONE
from civic_metrics.charts.labels import class_range, known, rounded, safe
from civic_metrics.charts.palette import INK, NO_FIGURE, NO_FIGURE_EDGE, SELECTED, SEQUENTIAL
from civic_metrics.model import Unit

CLASSES = 5
# How large a place is drawn, as a share of its outline.
COLOURED, WITHOUT_FIGURE, CHOSEN = 0.96, 0.72, 1.12

# Closed rings of one outline, each its x and y.
Rings = tuple[tuple[Sequence[float], Sequence[float]], ...]
Values = Mapping[str, tuple[float | None, str]]


@dataclass(frozen=True)
class Outline:
    """One place: its middle, and its rings drawn at a share of their size."""

    code: str
    name: str
    x: float
    y: float
    rings: Callable[[float], Rings]


def place_map(
    places: Sequence[Outline],
    values: Values,
    unit: Unit,
    *,
    selected: str | None,
    title: str,
    height: int,
    reach: int,
    ranges: tuple[tuple[float, float], tuple[float, float]],
) -> go.Figure:
    """The outlines coloured by up to five classes of equal numbers of places.

    The last trace is unseen and takes touches up to `reach` pixels away: its points carry the
    place's code as customdata. `ranges` are those of x and y.
    """
    numbers = {code: rounded(value, unit) for code, (value, _) in values.items() if known(value)}
    classes = class_breaks([numbers[place.code] for place in places if place.code in numbers])
    chart = blank(
        height=height,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        clickmode="event+select",
        hoverdistance=reach,
        showlegend=True,
        legend=_legend(title),
        xaxis=_hidden(ranges[0]),
        yaxis={
            **_hidden(ranges[1]),
            "scaleanchor": "x",
            "scaleratio": 1,
            "constraintoward": "top",
        },
    )
    colours = SEQUENTIAL[len(classes) or 1]
    for (low, high), colour in zip(classes, colours, strict=False):
        inside = [p for p in places if p.code in numbers and low <= numbers[p.code] <= high]
        chart.add_trace(_area(inside, class_range(low, high, unit), colour, INK, COLOURED))
    without = [place for place in places if place.code not in numbers]
    if without:
        chart.add_trace(_area(without, NONE, NO_FIGURE, NO_FIGURE_EDGE, WITHOUT_FIGURE))
    for place in places:
        if place.code == selected:
            chart.add_trace(_chosen(place))
    chart.add_trace(_touch(places, values))
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


def _parted(rings: Iterable[tuple[Sequence[float], Sequence[float]]]) -> dict[str, list[Any]]:
    """The rings one after another as x and y, parted by None."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for across, up in rings:
        xs += [*across, None]
        ys += [*up, None]
    return {"x": xs[:-1], "y": ys[:-1]}


def _area(places: Sequence[Outline], name: str, colour: str, edge: str, size: float) -> go.Scatter:
    """All places of one class as one filled trace."""
    return go.Scatter(
        **_parted(ring for place in places for ring in place.rings(size)),
        name=name,
        mode="lines",
        fill="toself",
        fillcolor=colour,
        line={"color": edge, "width": 0.5},
        hoverinfo="skip",
    )


def _chosen(place: Outline) -> go.Scatter:
    return go.Scatter(
        **_parted(place.rings(CHOSEN)),
        name=f"chosen: {safe(place.name)}",
        mode="lines",
        line={"color": SELECTED, "width": 3.5},
        hoverinfo="skip",
    )


def _touch(places: Sequence[Outline], values: Values) -> go.Scatter:
    """Unseen points in the middle of the places: fills take no touches, points do."""

    def text(place: Outline) -> str:
        shown = values.get(place.code, (None, NONE))[1] or NONE
        return f"<b>{safe(place.name)}</b><br>{safe(shown)}"

    return go.Scatter(
        x=[place.x for place in places],
        y=[place.y for place in places],
        name="places",
        mode="markers",
        marker={"size": 14, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[place.code for place in places],
        hovertext=[text(place) for place in places],
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


def _hidden(ends: tuple[float, float]) -> dict[str, Any]:
    return {"range": list(ends), "constrain": "domain", "visible": False, "fixedrange": True}
