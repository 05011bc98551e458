"""The quartiles of the wait and the share still unpaid on a day, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, open_for, paid_after


@pytest.fixture
def asked(ledger, load, lead):
    def found(indicator, *payments):
        load("payment", *payments, complete_to=AS_OF)
        return figure(ledger, lead, indicator).only.figure

    return found


def test_a_quarter_and_three_quarters_are_paid_by_their_days(asked):
    # Four paid after 10, 20, 30 and 40 days: one of four by day 10, three of four by day 30.
    paid = [paid_after(days, str(days)) for days in (10, 20, 30, 40)]
    assert asked("time_to_payment_quarter", *paid).value == 10
    assert asked("time_to_payment_three_quarters").value == 30


def test_where_too_few_are_paid_the_slow_quarter_is_not_known(asked):
    found = asked("time_to_payment_three_quarters", paid_after(10, "1"), open_for(50, "2"))
    assert found.value is None
    assert "fewer than 75% have ended" in found.note


@pytest.mark.parametrize(("days", "share"), [(30, 3 / 4), (60, 2 / 4), (90, 1 / 4)])
def test_what_is_paid_on_the_day_is_not_unpaid_after_it(asked, days, share):
    # Paid on days 30, 60 and 90, and one open for 91: at the end of each day one fewer is left.
    paid = [paid_after(day, str(day)) for day in (30, 60, 90)]
    found = asked(f"still_unpaid_at_{days}_days", *paid, open_for(91, "open"))
    assert (found.value, found.n) == (pytest.approx(share), 4)


def test_what_has_not_waited_so_long_counts_for_as_long_as_it_has(asked):
    # Days: 10 paid, 20 open, 40 open. At day 10 three are at risk: 2 of 3 are left, and of those
    # none is paid by day 30.
    found = asked(
        "still_unpaid_at_30_days", paid_after(10, "1"), open_for(20, "2"), open_for(40, "3")
    )
    assert found.value == pytest.approx(2 / 3)


def test_a_day_nobody_has_reached_yet_has_no_share(asked):
    found = asked("still_unpaid_at_90_days", paid_after(10, "1"), open_for(40, "2"))
    assert found.value is None
    assert "90 days" in found.note
