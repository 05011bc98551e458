"""Regions, countries and fifths of deprivation, by hand: where a partnership's places lie."""

from datetime import date

import pytest

from civic_metrics.compute import figure, records
from civic_metrics.indicators import BY_SUBJECT
from civic_metrics.intake import open_with_reference
from civic_metrics.model import Role, Viewer
from tests.indicators.drawn import AS_OF
from tests.rows import load_rows

PLACES = [
    ("K1", "United Kingdom", "country", None),
    ("E9", "England", "country", "K1"),
    ("W9", "Wales", "country", "K1"),
    ("E1", "North", "region", "E9"),
    ("E2", "South", "region", "E9"),
    ("E10", "Westshire", "county", "E2"),
    ("W1", "Arfon", "local_authority", "W9"),
    ("LOST", "Nowhere", "local_authority", "GONE"),
]
# Five districts of England: one in each fifth.
DISTRICTS = [
    ("D1", "Alton", "E1", 0.5),
    ("D2", "Barrow", "E1", 0.4),
    ("D3", "Corby", "E10", 0.3),
    ("D4", "Derby", "E2", 0.2),
    ("D5", "Epsom", "E2", 0.1),
]
SMALL = [
    ("S1", "Mill Ward", "ward", "D1", None),
    ("S2", "Mill 001A", "neighbourhood", "S1", None),
    ("S3", "Mill 001B", "neighbourhood", "S1", 9),
]


@pytest.fixture
def mapped(load):
    def row(code, name, level, parent, **more):
        return {"place_code": code, "name": name, "level": level, "parent_code": parent} | more

    load("place", *(row(*one) for one in PLACES))
    load(
        "place",
        *(row(c, n, "local_authority", p, deprivation_extent=e) for c, n, p, e in DISTRICTS),
    )
    load("place", *(row(c, n, lev, p, deprivation_decile=d) for c, n, lev, p, d in SMALL))


@pytest.fixture
def counted(ledger, load, lead, mapped):
    """How many partnerships each group holds, where each works in the places given."""

    def asked(split, **places):
        rows = [{"partnership": p, "name": p, "started_on": date(2020, 1, 1)} for p in places]
        load("partnership", *rows, complete_to=AS_OF)
        worked = [
            {"partnership": p, "place": code} for p, codes in places.items() for code in codes
        ]
        if worked:
            load("footprint", *worked)
        rows = figure(ledger, lead, "partnerships_active", by=[split]).rows
        return {row.labels[0]: row.figure.n for row in rows}

    return asked


def test_a_partnership_counts_once_in_each_region_it_touches(counted):
    assert counted("region", p=["D1", "D2", "D4"], q=["D2"], r=[]) == {
        "North": 2,
        "South": 1,
        "no place recorded": 1,
    }


def test_a_nation_without_regions_is_one_and_a_whole_country_is_none(counted):
    found = counted("region", p=["W1"], q=["W9"], r=["E9"], s=["K1"], t=["E1"])
    assert found == {
        "Wales": 2,
        "whole of England": 1,
        "whole of the United Kingdom": 1,
        "North": 1,
    }


def test_the_country_is_the_nation(counted):
    found = counted("country", p=["D1", "D2"], q=["W1", "D5"], r=["K1"], s=["S2"])
    assert found == {"England": 3, "Wales": 1, "whole of the United Kingdom": 1}


def test_wards_and_neighbourhoods_lie_in_their_district(counted):
    assert counted("region", p=["S1"], q=["S2", "D1"]) == {"North": 2}
    assert counted("deprivation_fifth", p=["S1"], q=["S2", "D1"]) == {
        "1 (most deprived fifth of districts) in England": 2
    }


def test_a_neighbourhood_with_a_decile_of_its_own_is_in_a_fifth_of_neighbourhoods(counted):
    assert counted("deprivation_fifth", p=["S3"]) == {
        "5 (least deprived fifth of neighbourhoods) in England": 1
    }


def test_five_districts_make_five_fifths_and_larger_footprints_none(counted):
    codes = {code: [code] for code, *_ in DISTRICTS}
    assert counted("deprivation_fifth", **codes, r=["E1"], c=["E9"], s=["E10"], w=["W1"]) == {
        "1 (most deprived fifth of districts) in England": 1,
        "2 (fifth of districts) in England": 1,
        "3 (fifth of districts) in England": 1,
        "4 (fifth of districts) in England": 1,
        "5 (least deprived fifth of districts) in England": 1,
        "deprivation not known": 1,
        "whole county": 1,
        "whole region or country": 2,
    }


def test_a_place_whose_parents_are_not_held_is_said_to_be_unknown(counted):
    assert counted("region", p=["LOST"]) == {"region not known": 1}
    assert counted("country", p=["LOST"]) == {"country not known": 1}


def test_parents_that_go_round_in_a_circle_end(load, counted):
    load(
        "place",
        {"place_code": "A", "name": "A", "level": "ward", "parent_code": "B"},
        {"place_code": "B", "name": "B", "level": "ward", "parent_code": "A"},
    )
    assert counted("country", p=["A"]) == {"country not known": 1}


def test_districts_as_deprived_as_one_another_share_a_fifth(load, counted):
    load(
        "place",
        *(
            {"place_code": c, "name": c, "level": "local_authority", "parent_code": "E2"}
            | {"deprivation_extent": 0.4}
            for c in ("D4", "D5")
        ),
    )
    # 0.5, then three at 0.4 from the second place on, then 0.3 in the fifth place.
    found = counted("deprivation_fifth", b=["D2"], d=["D4"], e=["D5"], c=["D3"])
    assert found == {
        "2 (fifth of districts) in England": 3,
        "5 (least deprived fifth of districts) in England": 1,
    }


def test_a_filter_takes_the_name_of_the_group(ledger, lead, counted):
    counted("region", p=["D1", "D4"], q=["D2"], r=[])
    south = figure(ledger, lead, "partnerships_active", where={"region": ["South"]}).only
    nowhere = figure(ledger, lead, "partnerships_active", where={"region": [None]}).only
    assert (south.figure.n, nowhere.figure.n) == (1, 1)


def test_the_fifths_of_england_hold_its_districts_in_equal_numbers(tmp_path, lead):
    # 296 districts by the extent of IoD 2025: 59 or 60 in each.
    ledger = open_with_reference(tmp_path / "reference.duckdb")
    rows = records(ledger, lead, "place_within")
    ledger.close()
    fifths = {}
    for row in rows:
        if row["country"] == "England" and row["place_code"] == row["district"]:
            fifths.setdefault(row["deprivation_fifth"], []).append(row["place_code"])
    assert {name[0]: len(codes) for name, codes in fifths.items()} == dict(
        zip("12345", (60, 59, 59, 59, 59), strict=True)
    )
    most = fifths["1 (most deprived fifth of districts) in England"]
    assert {"E06000002", "E06000010", "E06000016"} <= set(most)  # Middlesbrough, Hull, Leicester


def test_reach_is_split_by_region_and_country_wherever_it_is_split_by_place():
    found = [set(one.splits) for one in BY_SUBJECT["Reach and money"].values()]
    assert found
    assert all({"region", "country"} <= splits for splits in found if "place" in splits)


def test_a_partner_reads_the_names_of_regions(ledger, load, counted):
    load_rows(ledger, "organisation", [{"organisation": "ashby", "name": "Ashby"}])
    load_rows(ledger, "membership", [{"partnership": "p", "organisation": "ashby"}])
    counted("region", p=["D1"], q=["D4"])
    viewer = Viewer(Role.PARTNER, ("ashby",))
    rows = figure(ledger, viewer, "partnerships_active", by=["region"]).rows
    assert [row.labels for row in rows] == [("North",)]
