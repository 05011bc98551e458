"""The share of partnerships that reach five years, by hand."""

from datetime import date, timedelta

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said

FIVE = 1826.25  # days


def lasted(name, days, *, ended, **more):
    row = {"partnership": name, "name": name, "started_on": AS_OF - timedelta(days)}
    return row | {"ended_on": AS_OF if ended else None} | more


@pytest.fixture
def survival(ledger, load, lead):
    def asked(*partnerships):
        load("partnership", *partnerships, complete_to=AS_OF)
        return figure(ledger, lead, "five_year_survival").only

    return asked


def test_those_still_going_count_for_as_long_as_they_have_lasted(survival):
    # Days: 300 going, 500 ended, 1000 ended, 2000 going, 3000 ended. At 500 four are at risk: 3/4;
    # at 1000 three: 3/4 × 2/3 = 1/2. The end at 3000 comes after five years.
    row = survival(
        lasted("a", 300, ended=False),
        lasted("b", 500, ended=True),
        lasted("c", 1000, ended=True),
        lasted("d", 2000, ended=False),
        lasted("e", 3000, ended=True),
    )
    assert row.figure.n == 5
    assert row.figure.value == pytest.approx(0.5)


@pytest.mark.parametrize(("days", "share"), [(1826, 0.5), (1827, 1.0)])
def test_five_years_are_1826_days_and_a_quarter(survival, days, share):
    row = survival(lasted("a", days, ended=True), lasted("b", 4000, ended=False))
    assert row.figure.value == share


def test_where_none_has_been_followed_for_five_years_the_share_is_not_known(survival):
    found = survival(lasted("a", 1000, ended=False), lasted("b", 500, ended=True)).figure
    assert found.value is None
    assert "too few have been followed" in found.note


def test_one_not_heard_of_for_a_year_is_shown_both_ways(ledger, load, lead):
    # Both began 3,000 days ago; q was last heard of on day 1,000 of its life.
    paid = {"payee": "a", "invoice_ref": "1", "amount": 1, "partnership": "q"}
    load("payment", paid | {"received_on": AS_OF - timedelta(2000)}, complete_to=AS_OF)
    both = [lasted("q", 3000, ended=False), lasted("r", 3000, ended=True)]
    load("partnership", *both, complete_to=AS_OF)
    result = figure(ledger, lead, "five_year_survival")
    assert result.only.figure.value == 1
    assert [line.n for line in result.only.cautions] == [1]
    [(_, variant)] = result.variants
    assert variant.value == 0.5


def test_what_cannot_be_followed_is_left_out(survival):
    gone = {"recorded_from_on": date(2018, 8, 1), "ended_on": date(2012, 1, 1)}
    row = survival(
        lasted("a", 2000, ended=False),
        lasted("b", 5000, ended=False) | gone,
        {"partnership": "c", "name": "c"},
    )
    assert said(row.left_out) == {
        "not in the register on that day": (1, None),
        "no start date": (1, None),
    }
    assert row.figure.n == 1
