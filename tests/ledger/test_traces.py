"""How somebody is recognised in texts, and what takes the place of it."""

import duckdb
import pytest

from civic_metrics.ledger.traces import Traces

JANE = Traces(("Jane O'Neil",), {"jane-oneil": "erased-1", "GB-CHC-10": "erased-2"}, "erased-0")


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Jane O'Neil", "erased"),
        ("JANE  ONEIL", "erased"),
        ("paid to jane o’neil, late", "paid to [erased], late"),
        ("O'Neil, Jane (home)", "[erased] (home)"),
        ("jane.o'neil@example.org", "[erased]@example.org"),
        ("claims_Jane_O'Neil_2.csv", "claims_[erased]_2.csv"),
        ("Mary-Jane O'Neill", "Mary-Jane O'Neill"),
        ("Jane and O'Neil", "Jane and O'Neil"),
        ("see GB-CHC-10.", "see erased-2."),
        ("see GB-CHC-109 and XGB-CHC-10", "see GB-CHC-109 and XGB-CHC-10"),
    ],
)
def test_a_text_without_them(text, without):
    assert JANE.plain(text) == without


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("jane-oneil", "erased-1"),
        ("Jane O'Neil", "erased-0"),
        ("Jane O'Neil 7", "erased-0 7"),
        ("jane-oneil-and-sons", "erased-0-and-sons"),
        ("GB-CHC-109", "GB-CHC-109"),
    ],
)
def test_what_tells_rows_apart_without_them(text, without):
    assert JANE.keyed(text) == without


def test_a_name_behind_the_title_of_somebody_else_is_left():
    his = Traces(("J Thornbury",), {}, "erased-0", strangers=frozenset({"mrs"}))
    assert (
        his.plain("for J. Thornbury and Mrs. J. Thornbury") == "for [erased] and Mrs. J. Thornbury"
    )
    hers = {"Title": "Mrs", "Initial": "J", "Surname": "Thornbury"}
    assert his.row(hers) == hers
    assert his.row(hers | {"Title": "Mr"})["Surname"] == "erased"


def test_a_name_of_one_word_is_taken_from_words_and_not_from_the_numbers_of_others():
    ashby = Traces(("Ashby",), {"a": "erased-1"}, "erased-0")
    assert ashby.plain("Ashby rang about Ashbyton") == "[erased] rang about Ashbyton"
    assert ashby.keyed("ashby-food-bank") == "ashby-food-bank"
    assert ashby.plain("a note") == "a note"


def test_a_name_in_two_cells_of_a_row_is_found():
    jane = Traces(("Jane Smith",), {})
    row = {"First name": "JANE", "Surname": "Smith", "Town": "Leeds", "Note": None}
    assert jane.row(row) == {
        "First name": "erased",
        "Surname": "erased",
        "Town": "Leeds",
        "Note": None,
    }
    other = {"First name": "Jane", "Surname": "Jones", "Town": "Smith"}
    assert jane.row(other | {"Town": "Leeds"}) == other | {"Town": "Leeds"}


@pytest.mark.parametrize("name", ["José Núñez", "Jose\u0301 Nu\u0301n\u0303ez"])
@pytest.mark.parametrize(
    "text", ["für JOSÉ NÚÑEZ hier", "für Jose\u0301 Nu\u0301n\u0303ez hier", "x josé\xa0núñez."]
)
def test_accents_may_be_written_either_way_and_duckdb_looks_where_python_does(name, text):
    traces = Traces((name,), {})
    assert "[erased]" in traces.plain(text)
    found = duckdb.execute("select regexp_matches(?, ?, 'i')", [text, traces.prefilter])
    assert found.fetchall() == [(True,)]
