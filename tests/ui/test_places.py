"""The map of places: hexagons always, true shapes beside them where somebody put a file there."""

import json

import pytest
import streamlit as st

from civic_metrics.model import Figure
from civic_metrics.ui import boundaries
from civic_metrics.ui.places import as_published


def feature(code, x):
    ring = [[x, 52], [x + 1, 52], [x + 1, 53], [x, 53], [x, 52]]
    return {"properties": {"LAD25CD": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder for boundaries; `folder(name, content)` puts a file there."""
    own = tmp_path / "boundaries"
    monkeypatch.setattr(boundaries, "FOLDER", own)
    st.cache_resource.clear()

    def put(name, *features, text=None):
        own.mkdir(exist_ok=True)
        collection = {"type": "FeatureCollection", "features": list(features)}
        (own / name).write_text(text or json.dumps(collection), encoding="utf-8")

    return put


@pytest.mark.usefixtures("folder")
def test_without_a_file_there_is_nothing_to_draw_and_nothing_to_say():
    assert boundaries.shapes(["E1"]) == ((), ())


def test_the_shapes_of_places_in_the_records_are_read_from_every_file(folder):
    folder("a.geojson", feature("E1", 0), feature("E7", 3))
    folder("b.json", feature("E2", 1), feature("E1", 9))
    folder("SOURCES.md", text="where they come from")
    shapes, wrong = boundaries.shapes(["E1", "E2"])
    assert [(shape.code, shape.rings[0][0][0]) for shape in shapes] == [("E1", 0), ("E2", 1)]
    assert wrong == ()


def test_a_file_that_is_put_there_anew_is_read_anew(folder):
    folder("a.geojson", feature("E1", 0))
    assert len(boundaries.shapes(["E1", "E2"])[0]) == 1
    folder("a.geojson", feature("E1", 0), feature("E2", 1))
    assert len(boundaries.shapes(["E1", "E2"])[0]) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "cannot be read as GeoJSON"),
        ("[]", "not a GeoJSON feature collection"),
        ('{"features": []}', "no area in it carries the code of a place"),
    ],
)
def test_a_file_that_cannot_be_drawn_is_named_with_the_reason(folder, text, said):
    folder("bad.geojson", text=text)
    shapes, [wrong] = boundaries.shapes(["E1"])
    assert shapes == ()
    assert wrong.startswith("bad.geojson cannot be drawn: ")
    assert said in wrong


def test_a_file_of_full_resolution_is_refused_with_what_to_take(folder, monkeypatch):
    monkeypatch.setattr(boundaries, "MOST_BYTES", 10)
    folder("large.geojson", feature("E1", 0))
    assert "generalised edition" in boundaries.shapes(["E1"])[1][0]


def test_the_page_draws_them_beside_the_hexagons_and_is_silent_without(app, demonstration, folder):
    page = app(demonstration).switch_page("pages/place.py").run()
    without = len(page.get("plotly_chart"))
    folder("a.geojson", *(feature(f"X060000{n:02}", n) for n in range(1, 5)))
    page = page.run()
    assert not page.exception
    assert len(page.get("plotly_chart")) == without + 1


def statistic(**more):
    return {
        "measure": "NI 7",
        "period": "2008/09",
        "value": 19.6,
        "unit": "percent",
        "comparator": "England",
        "comparator_value": 16.2,
        "note": None,
        "source": "newsletter",
    } | more


def test_a_published_percentage_is_read_beside_its_comparator_in_points():
    shown = as_published(statistic(), Figure(n=1, value=0.034, note="not assessed"))
    assert shown["Here"] == "19.6%"
    assert shown["Compared with"] == "England: 16.2%"
    assert shown["Difference"] == "3.4 percentage points"
    assert shown["What to know"] == "not assessed"


def test_what_is_no_percentage_or_was_not_published_is_said():
    years = as_published(statistic(value=80.0, unit="years", comparator_value=None), None)
    assert (years["Here"], years["Compared with"]) == ("80 years", "nothing published")
    assert years["Difference"] == "not worked out"
    assert as_published(statistic(value=None), None)["Here"] == "not published"
