"""Wards and neighbourhoods from the publishers' own files: they lie in their district, its region
and country, and bring a fifth of their own where the file has deciles.
"""

import csv
from datetime import date

import pytest

from civic_metrics.__main__ import main
from civic_metrics.compute import figure, records
from civic_metrics.intake import open_with_reference
from civic_metrics.ledger import open_ledger
from tests.rows import load_rows

# Heads as the ONS and the ministry publish them; the rows are cut to what is needed.
IMD = "Index of Multiple Deprivation (IMD)"
LOOKUP = [
    ["LSOA21CD", "LSOA21NM", "WD25CD", "WD25NM", "WD25NMW", "LAD25CD", "LAD25NM", "ObjectId"],
    ["E01013647", "Leicester 018A", "E05010458", "Abbey", "", "E06000016", "Leicester", "1"],
    ["E01013649", "Leicester 001A", "E05010463", "Beaumont", "", "E06000016", "Leicester", "2"],
]
DEPRIVATION = [
    [
        "LSOA code (2021)",
        "LSOA name (2021)",
        "Local Authority District code (2024)",
        "Local Authority District name (2024)",
        f"{IMD} Score",
        f"{IMD} Rank (where 1 is most deprived)",
        f"{IMD} Decile (where 1 is most deprived 10% of LSOAs)",
        "Income Decile (where 1 is most deprived 10% of LSOAs)",
        "Total population: mid 2022",
    ],
    ["E01013647", "Leicester 018A", "E06000016", "Leicester", "45.1", "1200", "1", "2", "1650"],
    ["E01013649", "Leicester 001A", "E06000016", "Leicester", "5.1", "32000", "10", "9", "1550"],
]
WARDS = [
    ["WD25CD", "WD25NM", "LAD25CD", "LAD25NM"],
    ["E05010458", "Abbey", "E06000016", "Leicester"],
    ["E05010463", "Beaumont Leys", "E06000016", "Leicester"],
]
POSTCODES = [
    ["pcd", "pcds", "oslaua", "lsoa21", "osward", "lat", "long", "imd"],
    ["LE1 7RH", "LE1 7RH", "E06000016", "E01013647", "E05010458", "52.62", "-1.12", "1200"],
    ["LE1 7RJ", "LE1 7RJ", "E06000016", "E01013647", "E05010458", "52.62", "-1.12", "1200"],
]


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "own.duckdb"
    open_with_reference(path).close()
    return path


@pytest.fixture
def loaded(store, tmp_path, capsys):
    """Loads a file into the places; the exit status and what was said."""

    def load(rows, level):
        file = tmp_path / "theirs.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows(rows)
        words = ["load", str(file), "--table", "place", "--set", f"level={level}"]
        status = main([*words, "--store", str(store)])
        return status, capsys.readouterr().out

    return load


@pytest.fixture
def looked_at(store, lead):
    def look(split, *places):
        ledger = open_ledger(store)
        rows = [{"partnership": p, "name": p, "started_on": date(2020, 1, 1)} for p in places]
        load_rows(ledger, "partnership", rows, complete_to=date(2024, 3, 31))
        load_rows(ledger, "footprint", [{"partnership": p, "place": p} for p in places])
        found = figure(ledger, lead, "partnerships_active", by=[split]).rows
        ledger.close()
        return {row.labels[0]: row.figure.n for row in found}

    return look


@pytest.mark.parametrize(
    ("rows", "level", "code", "name"),
    [
        (LOOKUP, "neighbourhood", "E01013647", "Leicester 018A"),
        (DEPRIVATION, "neighbourhood", "E01013647", "Leicester 018A"),
        (WARDS, "ward", "E05010458", "Abbey"),
    ],
)
def test_a_publishers_file_loads_as_it_is_but_for_the_level(
    store, loaded, lead, rows, level, code, name
):
    status, said = loaded(rows, level)
    assert status == 0, said
    ledger = open_ledger(store)
    [found] = records(ledger, lead, "place", where={"place_code": [code]})
    ledger.close()
    assert (found["name"], found["parent_code"]) == (name, "E06000016")
    assert found["level"] == level


def test_a_neighbourhood_lies_in_the_region_of_its_district(loaded, looked_at):
    loaded(LOOKUP, "neighbourhood")
    assert looked_at("region", "E01013647", "E06000017") == {"East Midlands": 2}


def test_the_decile_of_a_neighbourhood_makes_its_fifth_and_its_people_are_held(
    store, loaded, looked_at, lead
):
    loaded(DEPRIVATION, "neighbourhood")
    assert looked_at("deprivation_fifth", "E01013647", "E01013649") == {
        "1 (most deprived fifth of neighbourhoods) in England": 1,
        "5 (least deprived fifth of neighbourhoods) in England": 1,
    }
    ledger = open_ledger(store)
    [found] = records(ledger, lead, "place", where={"place_code": ["E01013647"]})
    ledger.close()
    assert found["population"] == 1650


def test_a_postcode_directory_loads_once_its_neighbourhoods_have_names(loaded):
    status, said = loaded(POSTCODES, "neighbourhood")
    assert status == 1
    assert "add name to the file" in said
    loaded(LOOKUP, "neighbourhood")
    assert loaded(POSTCODES, "neighbourhood")[0] == 0
