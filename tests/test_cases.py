"""The published cases: what five documents state of real partnerships, loaded and looked at.

The numbers here were counted by hand in the documents' tables; none comes from our own code.
"""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from civic_metrics import words
from civic_metrics.compute import figure, records
from civic_metrics.intake import load_cases, open_with_reference
from civic_metrics.ledger import set_aside
from civic_metrics.model import Role, Viewer

CASES = Path(__file__).parents[1] / "data" / "cases"
LEAD = Viewer(Role.LEAD)


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    ledger = open_with_reference(tmp_path_factory.mktemp("cases") / "cases.duckdb")
    load_cases(ledger)
    yield ledger
    ledger.close()


def rows_of(table):
    with (CASES / f"{table}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def by(ledger, indicator, split):
    rows = figure(ledger, LEAD, indicator, by=[split]).rows
    return {row.labels[0]: row.figure.value for row in rows if row.figure.n}


def stated(ledger, subject, measure):
    [row] = [
        row
        for row in records(ledger, LEAD, "published_figure", where={"subject": [subject]})
        if row["measure"] == measure
    ]
    return row["value"], row["qualifier"], row["unit"], row["comparator_value"]


def test_every_row_loads(cases):
    assert set_aside(cases) == []
    held = {
        "partnership": 16,
        "organisation": 34,
        "membership": 35,
        "footprint": 23,
        "published_figure": 29,
        "place_statistic": 2,
    }
    assert {table: len(rows_of(table)) for table in held} == held
    for table in ("partnership", "membership", "footprint", "published_figure"):
        assert len(records(cases, LEAD, table)) == held[table]


def test_with_four_starts_and_no_ends_longevity_has_no_middle_value_yet(cases):
    result = figure(cases, LEAD, "partnership_longevity")
    assert (result.only.figure.n, result.only.figure.value) == (4, None)
    assert result.only.left_out[0].reason == "no start date"
    assert result.only.left_out[0].n == 12
    said = words.sentence(result, result.only)
    assert "still going" in said
    assert "no middle value yet" in said


def test_starts_keep_how_exactly_they_are_known(cases):
    known = {
        row["name"]: (row["started_on"], row["started_on_precision"])
        for row in records(cases, LEAD, "partnership")
        if row["started_on"]
    }
    assert {name: precision for name, (_, precision) in known.items()} == {
        "Leicestershire Civic Universities Partnership": "month",
        "Barton Hill Micro-campus": "year",
        "Queen Mary Civic University Agreement": "year",
        "Collaborative Newcastle Universities Agreement": "year",
    }
    assert known["Leicestershire Civic Universities Partnership"][0].isoformat()[:7] == "2022-06"


def test_partners_are_counted_once_by_kind(cases):
    # By hand in memberships.csv; Leicester City Council and others that only lead are no members.
    listed = {row["organisation"] for row in rows_of("membership")}
    kinds = Counter(r["kind"] for r in rows_of("organisation") if r["organisation"] in listed)
    assert sum(kinds.values()) == 33
    assert by(cases, "partner_mix", "kind") == kinds
    assert (kinds["university"], kinds["NHS body"], kinds["school"]) == (13, 1, 2)
    ten = figure(
        cases, LEAD, "partner_mix", where={"partnership": ["queen-mary-civic-university-agreement"]}
    ).only.figure
    assert ten.value == 10  # the strategic partners of its Civic Advisory Board


def test_partnerships_are_counted_in_their_places(cases):
    # One by one in footprints.csv; the accelerator and Opening Doors name no place.
    assert by(cases, "partnerships_active", "country") == {
        "England": 10,
        "Northern Ireland": 1,
        "Scotland": 1,
        "Wales": 2,
        "no place recorded": 2,
    }
    places = by(cases, "partnerships_active", "place")
    assert places["Leicester"] == places["Tower Hamlets"] == 2
    assert places["Sheffield"] == 1  # by its code since 2025
    fifths = by(cases, "partnerships_active", "deprivation_fifth")
    assert fifths["whole region or country"] == 3


def test_qualifiers_and_ceilings_are_kept(cases):
    assert stated(cases, "LPIP", "phase-2 award") == (4_800_000, "up to", "gbp", None)
    hull = "Hull Ideas Fund development coordination"
    assert stated(cases, hull, "length of working together") == (10, "over", "years", None)
    assert stated(cases, "Leicester Partnership", "members")[:2] == (60, "over")
    ceilings = [
        row["funding_gbp"]
        for row in records(cases, LEAD, "partnership")
        if row["funding_qualifier"] == "up to"
    ]
    assert sum(ceilings) == 19_200_000


def test_no_data_is_a_row_without_a_value_and_never_nought(cases):
    who = "Collaborative Newcastle Universities Agreement"
    assert stated(cases, who, "payments rates or durations published")[0] is None
    spent = figure(cases, LEAD, "partner_spend_share").only.figure
    assert (spent.n, spent.value) == (0, None)
    assert "no payments have been loaded" in spent.note


def test_two_sources_that_disagree_are_both_there(cases):
    [row] = [
        row
        for row in records(cases, LEAD, "published_figure")
        if row["measure"] == "partnerships in the Action Learning Programme"
    ]
    assert row["value"] == 12
    assert "14" in row["note"]


def test_the_place_holds_what_is_published_of_it(cases):
    rows = records(cases, LEAD, "place_statistic", where={"place": ["E06000016"]})
    shown = {(row["value"], row["comparator"], row["comparator_value"]) for row in rows}
    assert shown == {(19.6, "England", 16.2), (20, "England", 16)}


def test_ni_7_of_leicester_is_three_point_four_percentage_points_above_england(cases):
    where = {"place": ["E06000016"]}
    result = figure(cases, LEAD, "difference_from_comparator", by=["measure"], where=where)
    values = {row.labels[0].split(":")[0]: row.figure for row in result.rows}
    ni_7 = values["NI 7"]
    assert words.short(ni_7.value, result.indicator.unit) == "3.4 percentage points"
    assert (ni_7.lower, ni_7.upper) == (None, None)
    assert "not assessed" in ni_7.note
    influence = values["third-sector satisfaction with ability to influence local decisions"]
    assert words.short(influence.value, result.indicator.unit) == "4 percentage points"


SHARED = Path(__file__).parents[2] / "shared" / "cases"


@pytest.mark.skipif(not SHARED.exists(), reason="the facts as taken from the documents are apart")
@pytest.mark.parametrize("table", ["partnership", "membership", "footprint", "published_figure"])
def test_nothing_stated_is_lost_on_the_way_in(table):
    with (SHARED / f"{table}s.csv").open(encoding="utf-8", newline="") as opened:
        theirs = list(csv.DictReader(opened))
    names = {row["partnership"]: row["name"] for row in rows_of("partnership")}
    people = {row["organisation"]: row["name"] for row in rows_of("organisation")}
    ours = rows_of(table)
    if table == "published_figure":
        key = ("subject", "measure", "value", "qualifier", "unit", "comparator_value")
        held = {tuple(row[name] for name in key) for row in ours}
        assert {tuple(row[name] for name in key) for row in theirs} <= held
    elif table == "footprint":
        held = {(names[row["partnership"]], row["place"]) for row in ours}
        assert held == {(row["partnership"], row["place_code"]) for row in theirs}
    elif table == "membership":
        held = {(names[r["partnership"]], people[r["organisation"]], r["role"]) for r in ours}
        assert held == {(row["partnership"], row["organisation"], row["role"]) for row in theirs}
    else:
        held = {(row["name"], row["started_on"]) for row in ours}
        assert held == {(row["partnership"], row["started_on"]) for row in theirs}


def test_no_start_is_later_than_its_document():
    assert max(row["started_on"] for row in rows_of("partnership")) < date(2023, 8, 21).isoformat()
