"""The gap between mean hours, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, hours, paid, said, staff, unpaid


def gap(ledger, load, lead, *contributions):
    load("contribution", *contributions, complete_to=AS_OF)
    return figure(ledger, lead, "mean_hourly_gap").only


def test_hours_are_the_weights_and_unpaid_hours_are_at_nought(ledger, load, lead):
    # University: £290 for 11 + 3.5 hours is £20 an hour. Partners: £96 for 4 + 3 + 1 hours is £12.
    # (20 - 12) / 20 = 0.4.
    row = gap(
        ledger,
        load,
        lead,
        staff("S1", "x", 11, 200),
        staff("S2", "y", 3.5, 90),
        unpaid("C1", 4, "declined"),
        paid("C2", 3, 36),
        paid("C3", 1, 60),
    )
    assert row.figure.value == pytest.approx(0.4)
    assert (row.figure.numerator, row.figure.denominator) == (8, 20)
    assert row.figure.n == 3  # the partners' rows


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


def test_the_staffs_own_employer_is_the_university(ledger, load, lead):
    rows = (staff("S1", "x", 1, 20, paid_by="own employer"), paid("C1", 1, 15))
    assert gap(ledger, load, lead, *rows).figure.value == pytest.approx(0.25)


def test_five_partnerships_give_the_interval_worked_by_hand_for_the_estimator(ledger, load, lead):
    # tests/estimators/test_mean_gap.py: 0.3 and 0.1963243 either way.
    rows = [staff(f"S{p}", "x", 10, 200, partnership=p) for p in "abcde"]
    pay = zip("abcde", (100, 120, 140, 160, 180), strict=True)
    rows += [paid(f"C{p}", 10, pounds, partnership=p) for p, pounds in pay]
    found = gap(ledger, load, lead, *rows).figure
    limits = (0.3, 0.1036757, 0.4963243)
    assert (found.value, found.lower, found.upper) == pytest.approx(limits, abs=1e-6)
