"""Partners' seats over all seats, by hand."""

import pytest

from civic_metrics.compute import figure
from civic_metrics.model import Role, Viewer
from tests.indicators.drawn import AS_OF, said
from tests.indicators.voice.drawn import partnership


def seat(body, organisation, seats, total, **more):
    row = {"body": body, "organisation": organisation, "seats": seats, "total_seats": total}
    return row | {"from_on": "2022-01-01"} | more


@pytest.fixture
def drawn(load):
    # The board: ashby 2 and burton 1 of 10, one of ashby's empty. P's group: 1 of 5, burton's two
    # given up. In all 4 of 15.
    load(
        "organisation",
        {"organisation": "uni", "name": "Uni", "is_home_university": True},
        {"organisation": "ashby", "name": "Ashby"},
    )
    load("partnership", partnership("p"), partnership("z", ended_on="2023-01-01"))
    load(
        "seat",
        seat("board", "uni", 6, 10),
        seat("board", "ashby", 2, 10, seats_filled=1),
        seat("board", "burton", 1, 10),
        seat("group", "ashby", 1, 5, partnership="p"),
        seat("group", "burton", 2, 5, partnership="p", to_on="2024-01-01"),
        seat("group", "ashby", 3, 4, partnership="z"),
        seat("panel", "ashby", 3, None),
        seat("crowd", "ashby", 3, 2),
        seat("old", "ashby", 3, 9, to_on="2023-01-01"),
        seat("empty", "ashby", 0, 0),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_partners_hold_4_of_15_seats(ledger, lead):
    row = figure(ledger, lead, "partner_seats_share").only
    assert (row.figure.numerator, row.figure.denominator, row.figure.n) == (4, 15, 2)
    assert row.figure.value == pytest.approx(4 / 15)
    assert said(row.cautions) == {"some of the partners' seats are empty": (1, None)}
    assert {reason: n for reason, (n, _) in said(row.left_out).items()} == {
        "the partnership has ended": 1,
        "how many seats it has in all is not known": 1,
        "more seats are held than it is said to have": 1,
        "all seats recorded were given up": 1,
        "it has no seats": 1,
    }


@pytest.mark.usefixtures("drawn")
def test_a_partner_who_sees_its_own_seats_only_is_given_no_share(ledger):
    viewer = Viewer(Role.PARTNER, ("ashby",))
    assert figure(ledger, viewer, "partner_seats_share").only.figure.value is None


def test_where_nobody_is_said_to_be_the_university_no_seat_is_a_partners(ledger, load, lead):
    load("seat", seat("board", "uni", 6, 10), complete_to=AS_OF)
    row = figure(ledger, lead, "partner_seats_share").only
    assert row.figure.n == 0
    assert list(said(row.left_out)) == ["which organisation is the university is not recorded"]


def test_where_rows_give_different_totals_the_highest_counts_and_it_is_said(ledger, load, lead):
    load("organisation", {"organisation": "uni", "name": "Uni", "is_home_university": True})
    load("seat", seat("b", "uni", 1, 4), seat("b", "ashby", 2, 8), complete_to=AS_OF)
    row = figure(ledger, lead, "partner_seats_share").only
    assert row.figure.value == 0.25
    assert list(said(row.cautions)) == ["its rows give different totals, the highest is counted"]
