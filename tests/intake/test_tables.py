"""Which table a sheet is taken for, and how sure that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from civic_metrics.contracts import contract, contracts
from civic_metrics.intake.matching.claims import Sureness
from civic_metrics.intake.matching.tables import rank_tables, suggest_table
from civic_metrics.intake.reading import read
from civic_metrics.intake.sheet import Sheet

DATA = Path(__file__).parents[2] / "data"
OURS = sorted(
    (path.parent.name, path.stem) for path in DATA.glob("*/*.csv") if path.stem in contracts()
)
REAL = Path(__file__).parents[3] / "shared" / "real"
needs_real = pytest.mark.skipif(not REAL.exists(), reason="the folder of real files is not here")

SUPPLIERS = ("Ashby Food Bank Ltd", "Burton Youth", "The Hub")


def spend(*header: str, name: str = "") -> Sheet:
    """Three rows of spend under these headings."""
    rows = [[s, f"I{i}", f"2024-01-0{i}", f"{i}0.00"] for i, s in enumerate(SUPPLIERS, 1)]
    return Sheet.of(header, [row[: len(header)] for row in rows], name=name)


@pytest.mark.parametrize("name", contracts())
def test_a_sheet_with_all_the_headings_of_a_table_is_surely_that_table(name):
    found = suggest_table(Sheet.of([column.name for column in contract(name).columns], []))
    assert (found.table, found.sureness) == (name, Sureness.SURE)


@pytest.mark.parametrize(("folder", "name"), OURS)
def test_our_own_files_are_surely_what_they_are_whatever_they_are_called(folder, name):
    (sheet,) = read((DATA / folder / f"{name}.csv").read_bytes(), "extract.csv")
    found = suggest_table(sheet, "extract.csv")
    assert (found.table, found.sureness) == (name, Sureness.SURE)


def test_the_reason_counts_the_headings_that_are_known():
    found = suggest_table(spend("Supplier", "Invoice No", "Date Paid", "Amount"), "export.csv")
    assert (found.table, found.sureness) == ("payment", Sureness.SURE)
    assert found.reason == "all 4 of its columns are those of Payments"


def test_headings_that_any_table_has_are_no_evidence():
    assert suggest_table(Sheet.of(["id", "name", "age"], [["1", "Ash", "7"]])) is None
    assert suggest_table(Sheet.of(["id", "name"], [])) is None
    assert suggest_table(Sheet.of(["colour", "id"], [])) is None
    assert suggest_table(Sheet.of(["colour", "shape"], [["red", "round"]])) is None


def test_a_small_table_is_sure_by_its_own_names():
    found = suggest_table(Sheet.of(["partnership", "place"], [["P1", "E06000016"]]))
    assert (found.table, found.sureness) == ("footprint", Sureness.SURE)


def test_the_name_of_the_file_tells_two_tables_apart():
    sheet = Sheet.of(["identifier", "name"], [])
    assert suggest_table(sheet, "partnerships_2024.csv").table == "partnership"
    assert suggest_table(sheet, "Organisations.xlsx").table == "organisation"
    assert "its name says so" in suggest_table(sheet, "Organisations.xlsx").reason


def test_themes_of_partnerships_are_not_partnerships_for_their_name():
    sheet = Sheet.of(["partnership", "theme"], [["P1", "health"]])
    assert [one.table for one in rank_tables(sheet, "partnership_theme.csv")] == [
        "partnership_theme"
    ]


def test_a_table_whose_needed_column_is_yet_to_be_chosen_is_only_possible():
    sheet = spend("Supplier", "Transaction number", "Posted", "Amount")
    found = suggest_table(sheet)
    assert (found.table, found.sureness) == ("payment", Sureness.POSSIBLE)
    assert "remains to be said which column is one of “received on” or “paid on”" in found.reason


def test_values_that_contradict_their_heading_make_a_table_less_sure():
    rows = [["Ashby", f"I{i}", "2024-01-31", "paid in full"] for i in range(4)]
    found = suggest_table(Sheet.of(["payee", "invoice_ref", "paid_on", "amount"], rows))
    assert found.sureness is Sureness.POSSIBLE
    assert "the values of “amount” do not look like it" in found.reason


@pytest.mark.parametrize("name", ["Notes", "Lookup", "Lists 2", "READ ME", "Data dictionary"])
def test_a_sheet_of_notes_or_lookups_gets_no_suggestion(name):
    header = ("Supplier", "Invoice No", "Comments", "Amount")
    assert suggest_table(spend(*header, name="Spend"), "payments.xlsx") is not None
    assert suggest_table(spend(*header, name=name), "payments.xlsx") is None


def test_columns_without_a_heading_do_not_count_against_a_table():
    header = ["column A", "Supplier", "Invoice No", "Date Paid", "Amount", "column F"]
    rows = [[None, "Ashby", f"I{i}", "2024-01-31", "5.00", "x"] for i in range(3)]
    assert suggest_table(Sheet.of(header, rows)).sureness is Sureness.SURE


@needs_real
@pytest.mark.parametrize(
    ("file", "sureness"),
    [
        ("manchester_spend500_2022-05.csv", Sureness.LIKELY),
        ("darlington_spend500_2022-09.csv", Sureness.POSSIBLE),  # no heading names the date
        ("university_payment_requests.csv", Sureness.POSSIBLE),  # but for its name
    ],
)
def test_real_spend_is_taken_for_payments(file, sureness):
    (sheet,) = read((REAL / "payments" / file).read_bytes(), file)
    found = suggest_table(sheet, file)
    assert (found.table, found.sureness) == ("payment", sureness)


@needs_real
@pytest.mark.parametrize(
    "file",
    [
        "grants/andrew_lloyd_webber_foundation_360giving.xlsx",
        "partnerships/salford_contracts_register_2022-07.csv",
        "messy/bom.csv",
        "messy/duplicate-headers.csv",
        "messy/deaths.xlsx",
    ],
)
def test_real_files_of_something_else_are_not_surely_one_of_ours(file):
    for sheet in read((REAL / file).read_bytes(), Path(file).name):
        assert all(one.sureness is Sureness.POSSIBLE for one in rank_tables(sheet, Path(file).name))
