"""The mean days to pay, of payments made, by hand."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, open_for, paid_after, said


def test_the_mean_over_what_was_paid_with_students_interval(ledger, load, lead):
    # 8, 9, 10, 11, 12: mean 10, s² = 10/4 = 2.5, s/√5 = 0.707107, t on 4 = 2.776445 (tables):
    # 10 ∓ 1.963243. The open one of 60 days is not in it.
    rows = [paid_after(days, str(days)) for days in (8, 9, 10, 11, 12)]
    load("payment", *rows, open_for(60, "open"), complete_to=AS_OF)
    row = figure(ledger, lead, "average_days_to_pay").only
    found = row.figure
    assert (found.n, row.pounds, row.left_out) == (5, 500, ())
    assert (found.value, found.lower, found.upper) == pytest.approx((10, 8.036757, 11.963243))


def test_it_leaves_out_what_has_no_wait_to_measure(ledger, load, lead):
    load(
        "payment",
        paid_after(10, "1"),
        paid_after(50, "2", kind="grant"),
        paid_after(-1, "3"),
        paid_after(10, "4", received_on=None),
        complete_to=AS_OF,
    )
    row = figure(ledger, lead, "average_days_to_pay").only
    assert (row.figure.n, row.figure.value) == (1, 10)
    assert said(row.left_out) == {
        "grant, which runs from its due date": (1, 100),
        "paid in advance": (1, 100),
        "no receipt date": (1, 100),
    }


def test_a_period_is_of_the_day_paid(ledger, load, lead):
    # Paid on 31 January (30 days) and on 1 February (31 days).
    load("payment", paid_after(30, "1"), paid_after(31, "2"), complete_to=AS_OF)
    found = figure(ledger, lead, "average_days_to_pay", start=date(2024, 2, 1)).only.figure
    assert (found.n, found.value) == (1, 31)
