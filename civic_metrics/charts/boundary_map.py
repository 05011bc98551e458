"""A figure by place, each place in its true shape, from a GeoJSON file somebody put there.

Imports plotly, the model and this room's own modules; reads no file itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import cos, hypot, radians
from typing import Any

import plotly.graph_objects as go

from civic_metrics.charts.place_map import Outline, Rings, Values, place_map
from civic_metrics.model import Unit

TALLEST, SHORTEST = 600, 320
_WIDTH, _LEGEND = 440, 90  # as of the hexagons beside it
_MARGIN = 0.03  # of the map around the shapes
# Points nearer to one another than this share of the map's width cannot be told apart.
_FINEST = 1 / 1000

Points = Sequence[Sequence[float]]


class NotBoundaries(ValueError):
    """What was given is no GeoJSON of areas with the codes of places; the message says what is
    wrong, in words to follow "cannot be drawn: ".
    """


@dataclass(frozen=True)
class Shape:
    """The true outline of one place: rings of points, in degrees or in metres."""

    code: str
    rings: tuple[Points, ...]


def shapes_of(geojson: Any, codes: Iterable[str]) -> tuple[Shape, ...]:
    """The areas of a GeoJSON feature collection whose properties hold one of those place codes.

    Whatever the property is called (LAD25CD, WD24CD, code): the codes find it. Raises
    NotBoundaries where it is no feature collection of areas, or knows none of the codes.
    """
    features = geojson.get("features") if isinstance(geojson, Mapping) else None
    if not isinstance(features, list):
        raise NotBoundaries("it is not a GeoJSON feature collection")
    wanted = set(codes)
    found: dict[str, tuple[Points, ...]] = {}
    for feature in features:
        properties = (feature.get("properties") or {}) if isinstance(feature, Mapping) else {}
        code = next((c for c in properties.values() if isinstance(c, str) and c in wanted), None)
        if code is not None:
            found[code] = found.get(code, ()) + _rings(feature.get("geometry"))
    shapes = tuple(Shape(code, rings) for code, rings in found.items() if rings)
    if not shapes:
        raise NotBoundaries("no area in it carries the code of a place in the records")
    return shapes


def boundary_map(
    shapes: Sequence[Shape],
    names: Mapping[str, str],
    values: Values,
    indicator_unit: Unit,
    *,
    selected: str | None = None,
    title: str = "",
) -> go.Figure:
    """Every shape, coloured by up to five classes of equal numbers of places.

    Degrees are drawn as wide as they are at the middle latitude; anything larger is taken for
    metres of a grid. The last trace is unseen and takes touches, as that of the hexagons.
    """
    flat = [
        _Flat(shape.code, rings) for shape, rings in zip(shapes, _flattened(shapes), strict=True)
    ]
    outlines = [place.outline(names.get(place.code, place.code)) for place in flat]
    xs = [x for place in flat for across, _ in place.rings for x in across] or [0, 1]
    ys = [y for place in flat for _, up in place.rings for y in up] or [0, 1]
    wide, tall = max(xs) - min(xs) or 1, max(ys) - min(ys) or 1
    edge = _MARGIN * max(wide, tall)
    return place_map(
        outlines,
        values,
        indicator_unit,
        selected=selected,
        title=title,
        height=int(min(TALLEST, max(SHORTEST, _LEGEND + _WIDTH * tall / wide))),
        reach=30,
        ranges=((min(xs) - edge, max(xs) + edge), (min(ys) - edge, max(ys) + edge)),
    )


@dataclass(frozen=True)
class _Flat:
    code: str
    rings: Rings

    def outline(self, name: str) -> Outline:
        """The place with its middle: that of the box around its largest ring."""
        largest = max(self.rings, key=lambda ring: _size(*ring))
        across, up = largest
        x, y = (min(across) + max(across)) / 2, (min(up) + max(up)) / 2
        return Outline(self.code, name, x, y, partial(_as_it_is, self.rings))


def _as_it_is(rings: Rings, size: float) -> Rings:
    """True shapes share their edges: none is drawn larger or smaller than it is."""
    return rings


def _size(across: Sequence[float], up: Sequence[float]) -> float:
    return (max(across) - min(across)) * (max(up) - min(up))


def _rings(geometry: Any) -> tuple[Points, ...]:
    """Every ring of a polygon or of several, holes among them."""
    if not isinstance(geometry, Mapping):
        return ()
    coordinates = geometry.get("coordinates") or ()
    if geometry.get("type") == "Polygon":
        return tuple(coordinates)
    if geometry.get("type") == "MultiPolygon":
        return tuple(ring for polygon in coordinates for ring in polygon)
    return ()


def _flattened(shapes: Sequence[Shape]) -> list[Rings]:
    """The rings on a plane, without points too near one another to be seen apart."""
    points = [point for shape in shapes for ring in shape.rings for point in ring]
    if not points:
        return [() for _ in shapes]
    ups = [point[1] for point in points]
    is_degrees = all(abs(x) <= 180 and abs(y) <= 90 for x, y, *_ in points)
    narrower = cos(radians((min(ups) + max(ups)) / 2)) if is_degrees else 1.0
    acrosses = [point[0] * narrower for point in points]
    finest = _FINEST * max(max(acrosses) - min(acrosses), max(ups) - min(ups))
    return [tuple(_thinned(ring, narrower, finest) for ring in s.rings if ring) for s in shapes]


def _thinned(ring: Points, narrower: float, finest: float) -> tuple[list[float], list[float]]:
    """The ring, closed, keeping its first point, its last and those far enough from the one
    kept before.
    """
    kept = [(ring[0][0] * narrower, ring[0][1])]
    for across, up, *_ in ring[1:]:
        point = (across * narrower, up)
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= finest:
            kept.append(point)
    if kept[-1] != kept[0]:
        kept.append(kept[0])
    return [round(x, 5) for x, _ in kept], [round(y, 5) for _, y in kept]
