"""The words on screen are the reader's; the house's own words stay in the house."""

from __future__ import annotations

import pytest

from civic_metrics.contracts import contracts
from civic_metrics.indicators import INDICATORS
from tests.ui.reading import A_FEW, HOUSE, METHOD, lines_with, said_by
from tests.ui.test_guard import every_page

# A credit note, a date that is none, an amount that is none and names nobody knows.
PAYMENTS = b"""payee,invoice_ref,received_on,paid_on,amount,kind
Alma Street,A-1,06/01/2025,30/01/2025,120.00,supply
Alma Street,A-2,31/02/2025,14/03/2025,80.00,supply
Alma Street,A-3,10/02/2025,14/03/2025,TBC,supply
Alma Street,A-4,17/02/2025,14/03/2025,-40.00,supply
"""


def assert_the_readers_words(said: str) -> None:
    """Fails on a word of the house or the name of a method, with the lines they stand in."""
    assert lines_with(HOUSE, said) == set()
    assert lines_with(METHOD, said) == set()


@every_page
def test_a_page_over_empty_records_speaks_in_the_words_of_its_reader(file, app, own_records):
    said = said_by(app(own_records).switch_page(f"pages/{file.name}").run())
    assert "?" in said
    assert lines_with(HOUSE, said) == set()
    if file.stem != "methods":
        assert lines_with(METHOD, said) == set()


def test_the_overview_speaks_in_the_words_of_its_reader(app, demonstration):
    said = said_by(app(demonstration))
    assert "What needs a look?" in said
    assert_the_readers_words(said)


@pytest.mark.parametrize("name", ["partnership", "place"])
def test_figures_of_a_page_speak_in_the_words_of_its_reader(name, app, demonstration):
    shown = app(demonstration).switch_page(f"pages/{name}.py").run()
    offered = shown.selectbox(key="closer").options
    for figure in [one.name for one in A_FEW if one.name in offered]:
        shown.selectbox(key="closer").select(figure)
        if name == "place" and figure in shown.selectbox(key="figure").options:
            shown.selectbox(key="figure").select(figure)
        said = said_by(shown.run())
        assert figure in said
        assert_the_readers_words(said)


@pytest.mark.parametrize("id", INDICATORS)
def test_a_figure_is_described_in_the_words_of_its_reader(id):
    one = INDICATORS[id]
    said = [one.name, one.question, one.counts, one.what, one.why, one.not_to_be_read_as]
    said += [variant.label for variant in one.variants]
    assert_the_readers_words("\n".join(said))
    assert lines_with(HOUSE, one.source) == set()


@pytest.mark.parametrize("id", [one.id for one in A_FEW])
def test_methods_names_methods_and_none_of_the_houses_words(id, app, demonstration):
    methods = app(demonstration).switch_page("pages/methods.py").run()
    said = said_by(methods.selectbox(key="figure").select(INDICATORS[id].name).run())
    assert INDICATORS[id].estimator.method in said
    assert INDICATORS[id].facts.strip() not in said
    assert lines_with(HOUSE, said) == set()


def test_uploading_speaks_in_the_words_of_its_reader(app, own_records):
    shown = app(own_records).switch_page("pages/upload.py").run()
    shown.file_uploader[0].upload("payments.csv", PAYMENTS).run()
    said = said_by(shown)
    assert "Which column is which?" in said
    shown.selectbox[1].select("XXX, not known").run()
    said = said_by(shown)
    assert "31/02/2025" in said
    assert_the_readers_words(said)


@pytest.mark.parametrize("table", contracts())
def test_a_table_is_explained_in_the_words_of_its_reader(table, app, own_records):
    shown = app(own_records).switch_page("pages/upload.py").run()
    shown.file_uploader[0].upload("unlike.csv", b"blue,green\n1,2\n").run()
    layout = contracts()[table]
    said = said_by(shown.selectbox[0].select(layout.title).run())
    assert layout.description in said
    assert_the_readers_words(said)
