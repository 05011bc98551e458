"""True shapes from a GeoJSON file, drawn as plain outlines."""

from math import cos, radians

import pytest

from civic_metrics.charts.boundary_map import NotBoundaries, boundary_map, shapes_of
from civic_metrics.charts.palette import NO_FIGURE, SELECTED, SEQUENTIAL
from civic_metrics.model import Unit

NAMES = {"E1": "Arden", "E2": "Brook"}
VALUES = {"E1": (34.0, "34 days"), "E9": (1.0, "elsewhere")}


def square(x, y, side=1.0):
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(code, *polygons, name="LAD25CD"):
    several = {"type": "MultiPolygon", "coordinates": [[ring] for ring in polygons]}
    one = {"type": "Polygon", "coordinates": list(polygons)}
    properties = {"FID": 7, name: code, "LAD25NM": "somewhere"}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": one if len(polygons) == 1 else several,
    }


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def test_the_codes_find_the_property_whatever_it_is_called():
    shapes = shapes_of(
        collection(
            feature("E1", square(0, 0)),
            feature("E2", square(2, 0), square(4, 0), name="code"),
            feature("E3", square(9, 9)),
        ),
        NAMES,
    )
    assert [(shape.code, len(shape.rings)) for shape in shapes] == [("E1", 1), ("E2", 2)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "not a GeoJSON feature collection"),
        ({"type": "Topology"}, "not a GeoJSON feature collection"),
        (collection(feature("X1", square(0, 0))), "carries the code of a place"),
        (collection({"properties": {"c": "E1"}, "geometry": None}), "carries the code of a place"),
        (collection("nothing"), "carries the code of a place"),
    ],
)
def test_a_file_that_cannot_be_drawn_says_why(given, said):
    with pytest.raises(NotBoundaries, match=said):
        shapes_of(given, NAMES)


def drawn(*features, selected=None):
    return boundary_map(
        shapes_of(collection(*features), NAMES), NAMES, VALUES, Unit.DAYS, selected=selected
    )


def test_places_are_coloured_by_class_and_those_without_a_figure_are_grey():
    figure = drawn(feature("E1", square(0, 0)), feature("E2", square(2, 0), square(4, 0)))
    assert [trace.name for trace in figure.data] == ["34 days", "no figure", "places"]
    assert [trace.fillcolor for trace in figure.data[:2]] == [*SEQUENTIAL[1], NO_FIGURE]
    assert list(figure.data[1].x).count(None) == 1  # two rings of one place
    assert {trace.type for trace in figure.data} == {"scatter"}


def test_a_touch_names_the_place_in_the_middle_of_its_largest_part():
    figure = drawn(feature("E1", square(5000, 5000, 10), square(0, 0, 1000)))
    touch = figure.data[-1]
    assert (list(touch.x), list(touch.y)) == ([500], [500])
    assert list(touch.customdata) == ["E1"]
    assert list(touch.hovertext) == ["<b>Arden</b><br>34 days"]


def test_degrees_are_as_wide_as_they_are_at_their_latitude_and_metres_as_given():
    degrees = drawn(feature("E1", square(0, 52, 2))).data[0]
    assert max(degrees.x) == pytest.approx(2 * cos(radians(53)), abs=1e-4)
    metres = drawn(feature("E1", square(400000, 300000, 500))).data[0]
    assert max(metres.x) - min(metres.x) == 500


def test_points_too_near_to_tell_apart_are_dropped_and_the_ring_stays_closed():
    many = [[n / 10000, 0] for n in range(10001)]
    ring = [*many, [1, 1], [0, 1], [0, 0]]
    trace = drawn(feature("E1", [[x * 1000, y * 1000] for x, y in ring])).data[0]
    assert len(trace.x) < 1010
    assert (trace.x[0], trace.y[0]) == (trace.x[-1], trace.y[-1])


def test_the_chosen_place_has_an_outline_in_its_own_size():
    figure = drawn(feature("E1", square(0, 0, 1000)), selected="E1")
    chosen = figure.data[1]
    assert (chosen.name, chosen.line.color) == ("chosen: Arden", SELECTED)
    assert list(chosen.x) == list(figure.data[0].x)


def test_shapes_keep_their_form_and_no_request_leaves_the_machine():
    figure = drawn(feature("E1", square(0, 0, 1000)))
    assert (figure.layout.yaxis.scaleanchor, figure.layout.yaxis.scaleratio) == ("x", 1)
    assert "http" not in figure.to_json()
    assert boundary_map((), {}, {}, Unit.DAYS).data[-1].name == "places"
