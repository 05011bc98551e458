"""Every page over records that are there and records that are not, through the menu."""

from __future__ import annotations

import pytest

from civic_metrics.indicators import INDICATORS
from tests.ui.reading import A_FEW
from tests.ui.test_guard import every_page


@every_page
def test_a_page_has_one_question_and_no_fault_over_the_demonstration(file, app, demonstration):
    shown = app(demonstration).switch_page(f"pages/{file.name}").run()
    assert len(shown.title) == 1
    assert shown.title[0].value.endswith("?")
    assert not shown.exception
    assert not shown.error
    assert "fictional" in shown.info[0].value


@every_page
def test_a_page_over_empty_records_has_no_fault(file, app, own_records):
    shown = app(own_records).switch_page(f"pages/{file.name}").run()
    assert len(shown.title) == 1
    assert not shown.exception
    assert not shown.error
    assert not any("fictional" in info.value for info in shown.info)


@pytest.mark.parametrize("name", ["overview", "partnership", "place"])
def test_a_page_of_figures_over_empty_records_shows_the_way_to_the_upload_page(
    name, app, own_records
):
    shown = app(own_records).switch_page(f"pages/{name}.py").run()
    links = [link.proto.page for link in shown.get("page_link")]
    assert "upload" in links or any("Upload page" in info.value for info in shown.info)
    assert not shown.get("plotly_chart")


def test_figures_of_every_subject_can_be_mapped_and_looked_at_closer(app, demonstration):
    place = app(demonstration).switch_page("pages/place.py").run()
    mapped = place.selectbox(key="figure").options
    closer = place.selectbox(key="closer").options
    assert len(closer) == len(INDICATORS)
    whole_years = INDICATORS["end_reasons"]  # cannot be drawn by quarter
    for name in [indicator.name for indicator in (*A_FEW, whole_years)]:
        place.selectbox(key="closer").select(name)
        if name in mapped:
            place.selectbox(key="figure").select(name)
        place.run()
        assert not place.exception
        assert not place.error


def test_figures_of_every_subject_are_explained_with_their_statement(app, demonstration):
    methods = app(demonstration).switch_page("pages/methods.py").run()
    for indicator in A_FEW:
        methods.selectbox(key="figure").select(indicator.name).run()
        assert not methods.exception
        assert indicator.question in [header.value for header in methods.header]
        assert methods.code[0].value == indicator.facts.strip()
