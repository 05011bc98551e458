"""A figure by place, each place one hexagon of equal size.

Imports plotly, the model and this room's own modules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Any

import plotly.graph_objects as go

from civic_metrics.charts.place_map import Outline, Rings, Values, class_breaks, place_map
from civic_metrics.model import Unit

__all__ = ["class_breaks", "hex_map"]

TALLEST, SHORTEST = 600, 320
_WIDTH = 440  # of the map in a column or on a phone, about: what its height is worked out for
_LEGEND = 90
_RADIUS = 1 / sqrt(3)  # of a hexagon one wide


@dataclass(frozen=True)
class _Middle:
    x: float
    y: float

    def corners(self, size: float) -> Rings:
        """A closed hexagon with a corner upward."""
        turns = [pi / 6 + pi / 3 * corner for corner in range(7)]
        radius = _RADIUS * size
        across = [round(self.x + radius * cos(turn), 3) for turn in turns]
        return ((across, [round(self.y + radius * sin(turn), 3) for turn in turns]),)


def hex_map(
    places: Sequence[Any],
    values: Values,
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
    return place_map(
        hexagons,
        values,
        indicator_unit,
        selected=selected,
        title=title,
        height=height or _height(hexagons),
        reach=_reach(hexagons),
        ranges=(_ends(hexagons, "x"), _ends(hexagons, "y")),
    )


def _hexagon(place: Any) -> Outline | None:
    def read(name: str) -> Any:
        return place.get(name) if isinstance(place, Mapping) else getattr(place, name, None)

    q, r = read("hex_q"), read("hex_r")
    if q in (None, "") or r in (None, ""):
        return None
    column, row = int(q), int(r)
    middle = _Middle(column + 0.5 * (row & 1), row * sqrt(3) / 2)
    code, name = str(read("place_code")), str(read("name"))
    return Outline(code, name, middle.x, middle.y, middle.corners)


def _reach(hexagons: Sequence[Outline]) -> int:
    """How many pixels from its middle a hexagon still answers a touch: about to its edge."""
    xs = [place.x for place in hexagons] or [0]
    return max(14, int(_WIDTH / (max(xs) - min(xs) + 1) / 2))


def _height(hexagons: Sequence[Outline]) -> int:
    """As tall as the places are at the width they are drawn at, within reason."""
    xs, ys = [p.x for p in hexagons] or [0], [p.y for p in hexagons] or [0]
    wide, tall = max(xs) - min(xs) + 1, max(ys) - min(ys) + 2 * _RADIUS
    return int(min(TALLEST, max(SHORTEST, _LEGEND + _WIDTH * tall / wide)))


def _ends(hexagons: Sequence[Outline], letter: str) -> tuple[float, float]:
    along = [getattr(place, letter) for place in hexagons] or [0]
    return min(along) - 0.8, max(along) + 0.8
