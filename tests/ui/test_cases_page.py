"""The published cases: every page over records that hold few facts and no payments."""

from __future__ import annotations

import pytest

from civic_metrics.intake.supplied import build_cases, case_sources
from tests.ui.reading import said_by
from tests.ui.test_guard import every_page


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    """A folder with the published cases and no records of one's own."""
    folder = tmp_path_factory.mktemp("cases")
    build_cases(folder / "cases.duckdb").close()
    return folder


@pytest.fixture
def looked_at(app, cases, demonstration):
    """The app after the button that shows the published cases."""
    if not (cases / "demonstration.duckdb").exists():
        (cases / "demonstration.duckdb").symlink_to(demonstration / "demonstration.duckdb")
    return press(app(cases), "Look at published cases")


def press(shown, label):
    next(one for one in shown.button if one.label == label).click()
    return shown.run()


@every_page
def test_every_page_over_the_published_cases_has_no_fault(file, looked_at):
    shown = looked_at.switch_page(f"pages/{file.name}").run()
    assert len(shown.title) == 1
    assert not shown.exception
    assert not shown.error
    assert shown.info[0].value.startswith("**Published cases.** Real organisations")


def test_the_cases_are_built_in_sight_on_first_use_and_kept(app, own_records):
    shown = press(app(own_records), "Look at published cases")
    assert not shown.exception
    assert (own_records / "cases.duckdb").exists()
    assert (own_records / "cases.files").exists()
    assert not list(own_records.glob("*.building*"))
    assert shown.title[0].value == "How are our partners treated?"


def test_the_demonstration_and_the_cases_lead_to_one_another_and_to_own_records(looked_at):
    labels = {one.label for one in looked_at.button}
    assert {"Look at the demonstration", "Start with my own records"} <= labels
    shown = press(looked_at, "Look at the demonstration")
    assert "fictional" in shown.info[0].value
    shown = press(shown, "Look at published cases")
    assert "Real organisations" in shown.info[0].value
    assert not shown.exception


def test_own_records_lead_to_the_demonstration_and_to_the_cases(app, own_records):
    labels = {one.label for one in app(own_records).sidebar.button}
    assert {"Look at the demonstration", "Look at published cases"} <= labels


def test_a_choice_made_over_the_demonstration_is_no_fault_over_the_cases(app, cases, looked_at):
    shown = press(looked_at, "Look at the demonstration")
    shown = shown.switch_page("pages/indicators.py").run()
    for key in ("theme", "kind", "period"):
        shown.selectbox(key=key).select(shown.selectbox(key=key).options[-1])
    shown = press(shown.run(), "Look at published cases")
    assert not shown.exception
    assert not shown.error


def test_every_case_names_the_document_that_states_it():
    found = case_sources()
    assert len(found) == 16
    assert all(one.document and one.states for one in found)
    named = {one.partnership: one.document for one in found}
    assert named["Leicester Partnership"] == "Leicester Partnership News, July/August 2009"


def test_what_the_documents_say_shows_and_the_rest_says_why_not(looked_at):
    said = said_by(looked_at.switch_page("pages/indicators.py").run())
    assert "up to £4,800,000" in said
    assert "over 10 years" in said
    assert "not published" in said
    assert "none of the documents gives any" in said
    longevity = looked_at.selectbox(key="subject").select("Longevity").run()
    assert "no middle value yet" in said_by(longevity)
    assert not longevity.exception


def test_the_place_shows_what_is_published_of_it_beside_england(looked_at):
    place = looked_at.switch_page("pages/place.py").run()
    place.selectbox(key="place").select("Leicester").run()
    assert not place.exception
    said = said_by(place)
    assert "3.4 percentage points" in said
    assert "England: 16.2%" in said
    assert "Leicester Partnership News" in said
