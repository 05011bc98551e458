"""How many of their first ten years partnerships last, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said
from tests.indicators.lives import ago, going, over

YEAR = 365.25
TEN = 3652.5  # days


@pytest.fixture
def mean_length(ledger, load, lead):
    def asked(*partnerships):
        load("partnership", *partnerships, complete_to=AS_OF)
        return figure(ledger, lead, "ten_year_mean_length")

    return asked


def test_without_open_ones_it_is_the_mean_of_what_each_lasted_of_ten_years(mean_length):
    # 1,000, 2,000 and 4,000 days, the last cut off at 3,652.5.
    found = mean_length(over("a", 1000, 0), over("b", 2000, 0), over("c", 4000, 0)).only.figure
    assert found.value == pytest.approx((1000 + 2000 + TEN) / 3 / YEAR)
    assert found.lower < found.value < found.upper


def test_those_still_going_count_for_as_long_as_they_have_lasted(mean_length):
    # Ended at 1,000, open since 2,000, going past ten years. To day 1,000 all are there, and from
    # then on two of three: nothing else ends.
    found = mean_length(over("a", 1000, 0), going("b", 2000), going("c", 5000)).only.figure
    assert found.value == pytest.approx((1000 + (TEN - 1000) * 2 / 3) / YEAR)


def test_where_none_was_followed_for_ten_years_it_is_not_known(mean_length):
    found = mean_length(going("a", 3000), over("b", 100, 0)).only.figure
    assert found.value is None
    assert "too few have been followed for 10 years" in found.note


def test_quiet_ones_are_shown_both_ways(ledger, load, mean_length):
    seen = {"payee": "x", "invoice_ref": "1", "amount": 1, "partnership": "q"}
    load("payment", seen | {"received_on": ago(3000), "paid_on": ago(3000)}, complete_to=AS_OF)
    # q began 4,000 days ago and was last heard of on day 1,000 of its life; c ended on day 4,000.
    result = mean_length(going("q", 4000), over("c", 4000, 0))
    assert result.only.figure.value == pytest.approx(10)
    assert [line.n for line in result.only.cautions] == [1]
    [(_, variant)] = result.variants
    assert variant.value == pytest.approx((1000 + TEN) / 2 / YEAR)


def test_what_cannot_be_followed_is_left_out(mean_length):
    gone = {"recorded_from_on": ago(1000)}
    row = mean_length(
        over("a", 4000, 0), over("b", 5000, 2000, **gone), {"partnership": "c", "name": "C"}
    ).only
    assert row.figure.n == 1
    assert said(row.left_out) == {
        "not in the register on that day": (1, None),
        "no start date": (1, None),
    }
