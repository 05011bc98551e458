"""Partners and partnerships counted, by hand."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said


@pytest.fixture
def only(ledger, lead):
    return lambda indicator, **more: figure(ledger, lead, indicator, **more).only


@pytest.fixture
def by(ledger, lead):
    def asked(indicator, split):
        rows = figure(ledger, lead, indicator, by=[split]).rows
        return {row.labels[0]: row.figure.value for row in rows}

    return asked


@pytest.fixture
def register(load):
    """p with Ashby and Burton, q with Ashby and Copse, r over, s that names nobody."""
    for who, kind in (("ashby", "charity"), ("burton", "charity"), ("copse", "school")):
        load("organisation", {"organisation": who, "name": who.title(), "kind": kind})
    load("organisation", {"organisation": "uni", "name": "U", "is_home_university": True})
    load("organisation", {"organisation": "jo", "name": "Jo", "is_individual": True})
    began = [
        {"partnership": "p", "name": "P", "started_on": date(2020, 1, 1), "stage": None},
        {"partnership": "q", "name": "Q", "started_on": date(2022, 8, 1), "stage": "active"},
        {"partnership": "r", "name": "R", "started_on": date(2021, 8, 1), "stage": "ended"}
        | {"ended_on": date(2023, 8, 1), "end_reason": "purpose met"},
        {"partnership": "s", "name": "S", "started_on": None, "stage": "paused"},
        {"partnership": "t", "name": "T", "started_on": None, "stage": "active"},
    ]
    load("partnership", *began, complete_to=AS_OF)
    members = {
        "p": ("ashby", "burton", "uni", "jo"),
        "q": ("ashby", "copse"),
        "r": ("dunne",),
        "s": ("uni",),
        "t": ("burton",),
    }
    rows = [{"partnership": p, "organisation": who} for p, whos in members.items() for who in whos]
    rows[-1] |= {"left_on": date(2023, 1, 1)}
    load("membership", *rows)
    load("membership", {"partnership": "p", "organisation": "ashby", "role": "lead"})


@pytest.mark.usefixtures("register")
def test_an_organisation_counts_once_however_often_it_belongs(only, by):
    row = only("partner_mix")
    assert (row.figure.value, row.figure.n) == (3, 5)  # Ashby twice in p, and in q
    assert said(row.left_out) == {
        "a person, not an organisation": (1, None),
        "the partnership has ended": (1, None),
        "has left the partnership": (1, None),
        "partnership that names no partner": (1, None),
    }
    kinds = by("partner_mix", "kind")
    assert (kinds["charity"], kinds["school"]) == (2, 1)
    assert by("partner_mix", "partnership")["P"] == 2


@pytest.mark.usefixtures("register")
def test_partnerships_going_on_have_neither_ended_nor_paused(only):
    row = only("partnerships_active")
    assert row.figure.value == 3
    assert said(row.left_out) == {"ended": (1, None), "paused": (1, None)}
    assert said(row.cautions) == {"no start date": (1, None)}
    assert only("partnerships_active", as_of=date(2022, 1, 1)).figure.value == 3  # p, r and t


@pytest.mark.usefixtures("register")
def test_partnerships_begin_and_end_in_a_period(only, by):
    assert by("partnerships_begun", "academic_year") == {
        "2019/20": 1,
        "2021/22": 1,
        "2022/23": 1,
        "no date recorded": None,
    }
    assert said(only("partnerships_begun").left_out) == {"no start date": (2, None)}
    row = only("partnerships_ended", start=date(2023, 8, 1), end=date(2024, 7, 31))
    assert row.figure.value == 1
    assert by("partnerships_ended", "end_reason")["purpose met"] == 1
