"""Activities, venues and the HE-BCI return, by hand."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said


def held(ref, **more):
    return {
        "activity_ref": ref,
        "title": ref,
        "partnership": "p",
        "place": None,
        "held_on": date(2024, 1, 10),
        "attendance": 10,
        "hebci_heading": "public lectures",
        "is_online": False,
        "academic_staff_hours": 2.0,
        "in_hebci": True,
        "not_in_hebci_because": None,
        "venue_accessible": True,
    } | more


@pytest.fixture
def activities(load):
    def loader(*rows, places=("D1",)):
        for code in ("D1", "D2"):
            load("place", {"place_code": code, "name": code, "level": "local_authority"})
        if places:
            load("footprint", *({"partnership": "p", "place": code} for code in places))
        load("activity", *rows, complete_to=AS_OF)

    return loader


@pytest.fixture
def only(ledger, lead):
    return lambda indicator, **more: figure(ledger, lead, indicator, **more).only


@pytest.fixture
def by(ledger, lead):
    def asked(indicator, split):
        rows = figure(ledger, lead, indicator, by=[split]).rows
        return {row.labels[0]: row.figure.value for row in rows}

    return asked


# Activities.


def test_an_activity_is_where_it_was_held_else_where_its_partnership_works(activities, only, by):
    activities(
        held("1", place="D2"),
        held("2"),
        held("3", is_online=True),
        held("4", partnership=None),
    )
    assert by("activities", "place") == {"D1": 1, "D2": 1, "no place recorded": 2}
    row = only("activities")
    assert (row.figure.value, row.figure.lower) == (4, None)
    assert said(row.cautions) == {"held online": (1, None)}


def test_an_activity_of_a_partnership_of_two_places_is_in_neither_unless_it_says_so(activities, by):
    activities(held("1"), held("2", place="D1"), places=("D1", "D2"))
    assert by("activities", "place") == {"D1": 1, "no place recorded": 1}


def test_attendance_adds_up_and_what_is_not_recorded_is_not_nought(activities, only):
    activities(held("1", attendance=30), held("2", attendance=0), held("3", attendance=None))
    row = only("attendance")
    assert (row.figure.value, row.figure.n) == (30, 2)
    assert said(row.left_out) == {"attendance not recorded": (1, None)}


def test_venues_are_a_share_of_those_where_it_was_recorded(activities, only):
    activities(
        held("1"),
        held("2"),
        held("3"),
        held("4", venue_accessible=False),
        held("5", venue_accessible=None),
        held("6", venue_accessible=None, is_online=True),
    )
    row = only("accessible_venues_share")
    assert (row.figure.value, row.figure.n) == (0.75, 4)
    assert said(row.left_out) == {
        "held online": (1, None),
        "not said whether the venue was accessible": (1, None),
    }


# HE-BCI.


def test_the_return_counts_what_is_marked_as_counting_by_heading(activities, only, by):
    activities(
        held("1", attendance=30),
        held("2", hebci_heading="exhibitions", attendance=5, academic_staff_hours=1),
        held("3", hebci_heading=None, attendance=None, academic_staff_hours=None),
        held("4", in_hebci=False, not_in_hebci_because="open day"),
        held("5", in_hebci=False),
        held("6", in_hebci=None),
    )
    assert by("hebci_activities", "heading") == {
        "exhibitions": 1,
        "public lectures": 1,
        "not stated": 1,
    }
    assert only("hebci_attendance").figure.value == 35
    assert only("hebci_staff_hours").figure.value == 3
    row = only("hebci_activities")
    assert row.figure.value == 3
    assert said(row.left_out) == {
        "does not count in the HE-BCI return: open day": (1, None),
        "does not count in the HE-BCI return: reason not recorded": (1, None),
        "not said whether it counts in the HE-BCI return": (1, None),
    }
    assert said(only("hebci_attendance").left_out)["attendance not recorded"] == (1, None)


def test_the_return_goes_by_the_academic_year(activities, by):
    activities(held("1", held_on=date(2023, 7, 31)), held("2", held_on=date(2023, 8, 1)))
    assert by("hebci_activities", "academic_year") == {"2022/23": 1, "2023/24": 1}
