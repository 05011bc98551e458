"""A map of hexagons that asks no other machine for anything."""

from dataclasses import dataclass
from math import dist, sqrt

import pytest

from civic_metrics.charts import class_breaks, hex_map
from civic_metrics.charts.palette import NO_FIGURE, SELECTED, SEQUENTIAL
from civic_metrics.model import Unit


@dataclass(frozen=True)
class Place:
    place_code: str
    name: str
    hex_q: int | None
    hex_r: int | None


PLACES = [
    Place("E1", "Arden", 0, 0),
    Place("E2", "Brook & Dale", 1, 0),
    Place("E3", "Cove", 0, 1),
    Place("E4", "Down", 0, 2),
    Place("E92000001", "England", None, None),
]
VALUES = {"E1": (34.0, "34 days, 12 invoices"), "E2": (20.0, "20 days"), "E3": (None, "too few")}


def parts(figure):
    return {trace.name: trace for trace in figure.data}


def test_a_hundred_values_make_five_classes_of_equal_numbers():
    breaks = class_breaks(range(100))
    assert breaks == ((0, 19), (20, 39), (40, 59), (60, 79), (80, 99))


@pytest.mark.parametrize(
    ("values", "breaks"),
    [
        ([], ()),
        ([7], ((7, 7),)),
        ([9, 7, 9], ((7, 7), (9, 9))),
        ([5, 5, 5, 5], ((5, 5),)),
        ([1, 2, 3], ((1, 1), (2, 2), (3, 3))),
        ([0, 0, 0, 0, 0, 0, 0, 0, 1, 2], ((0, 0), (1, 2))),
    ],
)
def test_equal_values_are_never_parted(values, breaks):
    assert class_breaks(values) == breaks


def test_each_class_is_one_filled_trace_named_by_its_range():
    figure = hex_map(PLACES, VALUES, Unit.DAYS, title="Time to payment")
    filled = [trace for trace in figure.data if trace.fill == "toself"]
    assert [trace.name for trace in filled] == ["20 days", "34 days", "no figure"]
    assert [trace.fillcolor for trace in filled] == [*SEQUENTIAL[2], NO_FIGURE]
    assert figure.layout.legend.title.text == "Time to payment"
    # two places without a figure: two closed outlines of seven points with a break between
    assert list(filled[2].x).count(None) == 1
    assert len(filled[2].x) == 15


def test_odd_rows_stand_half_a_hexagon_to_the_right_and_rows_go_upward():
    touch = hex_map(PLACES, VALUES, Unit.DAYS).data[-1]
    assert list(touch.x) == [0, 1, 0.5, 0]
    assert list(touch.y) == pytest.approx([0, 0, sqrt(3) / 2, sqrt(3)])


def test_neighbours_are_one_apart_and_corners_point_upward():
    figure = hex_map(PLACES, VALUES, Unit.DAYS)
    xs, ys = figure.data[-1].x, figure.data[-1].y
    assert dist((xs[0], ys[0]), (xs[1], ys[1])) == pytest.approx(1)
    assert dist((xs[0], ys[0]), (xs[2], ys[2])) == pytest.approx(1)
    outline = hex_map(PLACES[:1], VALUES, Unit.DAYS).data[0]
    top = max(range(7), key=lambda corner: outline.y[corner])
    assert outline.x[top] == pytest.approx(0, abs=1e-3)
    assert (outline.x[0], outline.y[0]) == (outline.x[-1], outline.y[-1])


def test_the_unseen_points_carry_the_code_and_say_the_figure():
    touch = hex_map(PLACES, VALUES, Unit.DAYS).data[-1]
    assert list(touch.customdata) == ["E1", "E2", "E3", "E4"]
    assert touch.marker.opacity == 0
    assert touch.unselected.marker.opacity == touch.selected.marker.opacity == 0
    assert list(touch.hovertext) == [
        "<b>Arden</b><br>34 days, 12 invoices",
        "<b>Brook &amp; Dale</b><br>20 days",
        "<b>Cove</b><br>too few",
        "<b>Down</b><br>no figure",
    ]


def test_the_chosen_place_has_an_outline_and_no_other():
    figure = hex_map(PLACES, VALUES, Unit.DAYS, selected="E1")
    assert parts(figure)["chosen: Arden"].line.color == SELECTED
    unknown = hex_map(PLACES, VALUES, Unit.DAYS, selected="elsewhere")
    assert not any(name.startswith("chosen") for name in parts(unknown))


def test_rows_of_a_spreadsheet_serve_as_places():
    rows = [
        {"place_code": "E1", "name": "Arden", "hex_q": "0", "hex_r": "-3"},
        {"place_code": "E2", "name": "England", "hex_q": "", "hex_r": ""},
    ]
    touch = hex_map(rows, VALUES, Unit.DAYS).data[-1]
    assert (list(touch.x), list(touch.customdata)) == ([0.5], ["E1"])


def test_hexagons_keep_their_shape_and_no_axis_is_drawn():
    layout = hex_map(PLACES, VALUES, Unit.DAYS).layout
    assert (layout.yaxis.scaleanchor, layout.yaxis.scaleratio) == ("x", 1)
    assert layout.xaxis.visible is layout.yaxis.visible is False
    assert layout.clickmode == "event+select"


def test_a_map_without_any_figure_is_all_grey():
    figure = hex_map(PLACES, {}, Unit.DAYS)
    assert [trace.name for trace in figure.data] == ["no figure", "places"]
    assert hex_map([], {}, Unit.DAYS).data[-1].name == "places"
