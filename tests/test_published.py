"""The grid of what leaves the university: fixed, whole years only, the same for everybody."""

from __future__ import annotations

import inspect
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from civic_metrics.compute import Unanswerable
from civic_metrics.compute.cells import last_day_of_a_whole_year
from civic_metrics.compute.published import DIMENSIONS, GRID, peers, published, rows
from civic_metrics.disclosure import (
    ALL,
    ALL_YEARS,
    HESA,
    OFQUAL,
    Cell,
    Key,
    Table,
    rounded_count,
    withhold,
)
from civic_metrics.indicators import INDICATORS
from civic_metrics.ledger import open_ledger
from civic_metrics.model import Figure, Unit
from civic_metrics.periods import ACADEMIC_YEAR
from tests.rows import load_rows

TO_MARCH = date(2025, 3, 31)  # the last whole academic year ended on 31 July 2024
KINDS = ("charity", "council", "school")


def drawn(seed):
    """Some partners' invoices over three academic years, as rows of organisation and payment."""
    draw = Random(seed)
    organisations, payments = [], []
    for number in range(24):
        one = {"organisation": f"o{number}", "name": f"Partner {number}"}
        organisations.append(one | {"kind": draw.choices(KINDS, (6, 3, 1))[0]})
        for invoice in range(draw.randint(3, 9)):
            received = date(2021, 8, 1) + timedelta(draw.randint(0, 1200))
            payments.append(
                {
                    "payee": f"o{number}",
                    "invoice_ref": f"{number}-{invoice}",
                    "received_on": received,
                    "paid_on": received + timedelta(draw.randint(5, 60)),
                    "amount": 100,
                    "currency": "GBP",
                    "payee_role": "partner",
                }
            )
    return organisations, payments


def load_drawn(ledger, organisations, payments, complete_to=TO_MARCH):
    load_rows(ledger, "organisation", organisations)
    load_rows(ledger, "payment", payments, complete_to=complete_to)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A ledger that no test changes, for the grid of it."""
    opened = open_ledger(tmp_path_factory.mktemp("published") / "kept.duckdb")
    load_drawn(opened, *drawn(1))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def grid(kept):
    return published(kept)


def year_of(day):
    first = day.year - (day.month < 8)
    return f"{first}/{(first + 1) % 100:02d}"


def of(grid, indicator):
    return [cell for cell in grid.cells if cell.indicator == indicator]


# Nothing is chosen by whoever asks.


def test_it_takes_a_profile_and_no_viewer_dates_or_filters():
    assert list(inspect.signature(published).parameters) == ["ledger", "profile"]


def test_every_indicator_of_the_grid_is_there_and_takes_one_kind_of_year():
    assert [name for name in GRID if name not in INDICATORS] == []
    assert not set(DIMENSIONS) & {"month", "quarter", "financial_year", "calendar_year"}


def test_neither_a_year_that_is_not_over_nor_a_supplier_moves_it(ledger, load, grid):
    load_drawn(ledger, *drawn(1))
    late = {"payee": "o1", "invoice_ref": "late", "amount": 9, "currency": "GBP"}
    late |= {"received_on": "2024-12-01", "paid_on": "2025-03-31", "payee_role": "partner"}
    other = {"invoice_ref": "x", "received_on": "2023-01-01", "payee_role": "other supplier"}
    load("payment", late, late | other, complete_to=date(2025, 7, 30))
    assert {cell.as_of for cell in grid.cells} == {date(2024, 7, 31)}
    assert published(ledger).cells == grid.cells


def test_a_year_is_over_on_its_last_day():
    assert last_day_of_a_whole_year(date(2024, 7, 30), ACADEMIC_YEAR) == date(2023, 7, 31)
    assert last_day_of_a_whole_year(date(2024, 7, 31), ACADEMIC_YEAR) == date(2024, 7, 31)


def test_records_of_less_than_a_year_give_nothing_and_say_so(ledger):
    organisations, payments = drawn(1)
    fresh = [row for row in payments if row["paid_on"] < date(2022, 4, 1)]
    load_drawn(ledger, organisations, fresh, complete_to=date(2022, 3, 31))
    found = published(ledger)
    assert found.cells == ()
    why = "the records do not cover a whole academic year yet"
    assert found.empty["paid_within_30_days"] == why


def test_without_records_it_is_empty_and_says_so(ledger):
    found = published(ledger, profile=OFQUAL)
    assert (found.profile, found.cells) == (OFQUAL, ())
    assert found.empty["paid_within_30_days"] == "no payments have been loaded"


# What is in it.


@pytest.mark.parametrize("seed", [1, 2])
def test_it_shows_what_a_count_in_plain_python_would_show(ledger, grid, seed):
    organisations, payments = drawn(seed)
    if seed != 1:
        load_drawn(ledger, organisations, payments)
        grid = published(ledger)
    kind_of = {row["organisation"]: row["kind"] for row in organisations}
    held = defaultdict(lambda: defaultdict(list))
    for row in payments:
        if row["paid_on"] > date(2024, 7, 31):
            continue
        year, days = year_of(row["paid_on"]), (row["paid_on"] - row["received_on"]).days
        for key in (
            Key(ALL, None, ALL_YEARS),
            Key(ALL, None, year),
            Key("kind", kind_of[row["payee"]], year),
            Key("size", None, year),
            Key("theme", None, year),
            Key("place", None, year),
        ):
            held[key][row["payee"]].append(days)
    cells = {}
    for key, by_payee in held.items():
        every = [days for one in by_payee.values() for days in one]
        n, hits, total = len(every), sum(days <= 30 for days in every), sum(every)
        figures = (
            Figure(n=n, value=hits / n, numerator=hits, denominator=n),
            Figure(n=n, value=total / n, numerator=total, denominator=n),
        )
        cells[key] = Cell({who: (float(len(one)),) for who, one in by_payee.items()}, figures)
    expected = withhold(Table(cells, (Unit.SHARE, Unit.DAYS), frozenset({"theme", "place"})), HESA)
    shown = {
        Key(cell.dimension, cell.key, cell.year): (cell.n, cell.value)
        for cell in of(grid, "paid_within_30_days")
        if not cell.withheld
    }
    assert {key: n for key, (n, _) in shown.items()} == {
        key: rounded_count(cells[key].rows, HESA) for key in expected.shown
    }
    assert all(
        abs(value - cells[key].figures[0].value) <= 0.005 + 1e-9
        for key, (_, value) in shown.items()
    )
    withheld = {
        Key(cell.dimension, cell.key, cell.year): cell.withheld
        for cell in of(grid, "average_days_to_pay")
        if cell.withheld and cell.group != "not broken down"
    }
    assert withheld == dict(expected.withheld)


def test_indicators_of_the_same_rows_are_withheld_together(grid):
    gaps = [
        {(cell.dimension, cell.group, cell.year) for cell in of(grid, name) if cell.withheld}
        for name in ("paid_within_30_days", "average_days_to_pay")
    ]
    assert gaps[0] == gaps[1] != set()


def test_what_is_withheld_has_neither_value_nor_n_and_says_why(grid):
    withheld = [cell for cell in grid.cells if cell.withheld]
    assert withheld
    assert {(c.value, c.lower, c.upper, c.n, c.beyond) for c in withheld} == {
        (None, None, None, None, "")
    }


def test_its_rows_hold_no_numerator_and_no_denominator(grid):
    lines = rows(grid)
    assert lines
    assert not {"numerator", "denominator"} & lines[0].keys()
    assert all(line["n"] is None or line["n"] % 5 == 0 for line in lines)
    assert {line["profile"] for line in lines} == {"hesa"}


def test_partnerships_are_counted_in_figures_about_partnerships(load, ledger):
    began = [
        {"partnership": f"p{number}", "name": f"P{number}", "started_on": "2015-01-01"}
        | {"lead_organisation": "o1", "ended_on": "2019-01-01" if number < 5 else None}
        for number in range(8)
    ]
    load("organisation", {"organisation": "o1", "name": "One"})
    load("partnership", *began, complete_to=TO_MARCH)
    whole = of(published(ledger), "five_year_survival")[0]
    # 8 partnerships of one organisation; 5 ended in their fourth year, so 3 of 8 lasted five.
    assert (whole.dimension, whole.n, whole.value) == (ALL, 10, 0.38)


def test_people_need_more_than_organisations_do(ledger):
    organisations, payments = drawn(1)
    load_drawn(ledger, [one | {"is_individual": True} for one in organisations], payments)
    by_hesa = published(ledger)
    total = next(c for c in of(by_hesa, "paid_within_30_days") if c.year == ALL_YEARS)
    assert total.n is not None  # 24 people
    year = [c for c in of(by_hesa, "paid_within_30_days") if c.dimension == "kind"]
    assert {c.withheld for c in year} <= {
        "fewer than 23 people",
        "too little to break down without giving one away",
    }


# Whom a partner is set beside.


def test_peers_are_the_newest_shown_figure_of_the_kind(grid):
    found = peers(grid, "paid_within_30_days", kind="charity")
    assert (found.dimension, found.key, found.year) == ("kind", "charity", "2023/24")
    assert found in grid.cells


def test_peers_are_all_partners_where_the_kind_is_withheld(grid):
    withheld = peers(grid, "paid_within_30_days", kind="school")
    assert (withheld.dimension, withheld.year) == (ALL, "2023/24")
    assert peers(grid, "paid_within_30_days") == withheld


def test_peers_are_of_a_year_and_not_of_what_has_no_date(grid):
    undated = [replace(cell, year="no date recorded") for cell in grid.cells if cell.year > "2023"]
    found = peers(replace(grid, cells=(*undated, *grid.cells)), "paid_within_30_days")
    assert found.year == "2023/24"


def test_there_are_no_peers_where_the_grid_shows_nothing(grid):
    assert peers(grid, "compensation_parity", kind="charity") is None
    with pytest.raises(Unanswerable, match="not published"):
        peers(grid, "median_days_to_pay")
