"""The gap between middle hours, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, hours, paid, said, staff, unpaid


def gap(ledger, load, lead, *contributions):
    load("contribution", *contributions, complete_to=AS_OF)
    return figure(ledger, lead, "median_hourly_gap").only


def test_hours_are_the_weights_and_unpaid_hours_are_at_nought(ledger, load, lead):
    # University: 10 hours at £20, 1 at £90: the middle of 11 hours is at £20.
    # Partners: 4 hours at £0, 3 at £12, 4 at £15: the middle (5.5) of 11 hours is at £12.
    # (20 - 12) / 20 = 0.4; by rows without weights, or unpaid hours dropped, it would be less.
    row = gap(
        ledger,
        load,
        lead,
        staff("S1", "x", 10, 200),
        staff("S2", "y", 1, 90),
        unpaid("C1", 4, "declined"),
        paid("C2", 3, 36),
        paid("C3", 4, 60),
    )
    assert row.figure.value == pytest.approx(0.4)
    assert (row.figure.numerator, row.figure.denominator) == (8, 20)
    assert row.figure.n == 3  # the partners' rows


def test_where_most_hours_are_unpaid_the_gap_is_whole(ledger, load, lead):
    rows = (staff("S1", "x", 1, 20), unpaid("C1", 3, "not offered"), paid("C2", 2, 80))
    assert gap(ledger, load, lead, *rows).figure.value == 1


def test_a_partner_paid_more_gives_a_gap_below_nought(ledger, load, lead):
    rows = (staff("S1", "x", 1, 20), paid("C1", 1, 25))
    assert gap(ledger, load, lead, *rows).figure.value == pytest.approx(-0.25)


def test_what_cannot_be_compared_is_left_out_and_said(ledger, load, lead):
    row = gap(
        ledger,
        load,
        lead,
        staff("S1", "x", 1, 20),
        paid("C1", 1, 10),
        hours("C2", 1, paid_by="own employer"),
        unpaid("C3", 1, "pending"),
        hours("C4", 1, paid_by="university"),
        paid("C5", 0, 5),
        paid("C6", 1, 30, pay_basis="full cost"),
        paid("C7", 1, 30, role_group="student"),  # neither side
    )
    assert (row.figure.value, row.figure.n) == (pytest.approx(0.5), 1)
    assert said(row.left_out) == {
        "paid by their own employer": (1, None),
        "payment still to come": (1, 0),
        "pay not stated": (1, None),
        "no hours recorded": (1, 5),
        "full cost, which gross pay is not compared with": (1, 30),
    }


def test_one_side_alone_gives_no_gap_and_says_which_is_missing(ledger, load, lead):
    found = gap(ledger, load, lead, paid("C1", 1, 10)).figure
    assert (found.value, found.note) == (None, "no university hours to compare with")
