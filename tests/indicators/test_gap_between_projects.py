"""How long partnerships are without funding between projects, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said
from tests.indicators.lives import funded, going, over


@pytest.fixture
def gaps(ledger, load, lead):
    def asked(partnerships, fundings, **how):
        load("partnership", *partnerships, complete_to=AS_OF)
        load("funding", *fundings)
        return figure(ledger, lead, "gap_between_projects", **how)

    return asked


def test_a_gap_is_the_days_between_the_last_day_and_the_next_first(gaps):
    # From day 501 ago to day 490 ago lie ten days; the last funding runs on.
    row = gaps([going("p", 900)], [funded("p", "1", 900, 501), funded("p", "2", 490, -9)]).only
    assert (row.figure.n, row.figure.numerator, row.figure.value) == (1, 1, 10)


def test_projects_that_follow_at_once_or_overlap_leave_no_days_between(gaps):
    row = gaps(
        [going("p", 900)],
        [funded("p", "1", 900, 501), funded("p", "2", 500, 300), funded("p", "3", 400, -1)],
    ).only
    assert (row.figure.n, row.figure.value) == (2, 0)


def test_a_short_project_within_a_long_one_does_not_end_the_funding(gaps):
    # 2 ends within 1, which runs to 100 days ago; 3 begins 20 days after that: gaps of 0 and 19.
    row = gaps(
        [going("p", 900)],
        [funded("p", "1", 900, 100), funded("p", "2", 800, 700), funded("p", "3", 80, -1)],
    ).only
    assert [(point.time, point.events) for point in row.figure.curve] == [(0, 1), (19, 1)]


def test_a_gap_still_open_counts_for_as_long_as_it_has_lasted(gaps):
    # Closed after 10 and 30 days, open for 20 and 40 days.
    # At 10 four are open: S 3/4. At 30 two (the 30 and the 40): 3/4 × 1/2 = 3/8: the middle is 30.
    row = gaps(
        [going(name, 900) for name in "abcd"],
        [
            funded("a", "1", 900, 501),
            funded("a", "2", 490, -1),
            funded("b", "1", 900, 501),
            funded("b", "2", 470, -1),
            funded("c", "1", 900, 20),
            funded("d", "1", 900, 40),
        ],
    ).only
    assert (row.figure.n, row.figure.numerator, row.figure.value) == (4, 2, 30)


def test_one_that_ended_with_its_funding_waits_for_none_and_one_that_went_on_waited_so_long(gaps):
    # a ended on the last funded day, b 25 days after it.
    row = gaps(
        [over("a", 900, 500), over("b", 900, 475)],
        [funded("a", "1", 900, 500), funded("b", "1", 900, 500)],
    ).only
    assert (row.figure.n, row.figure.numerator, row.figure.followed) == (1, 0, (0, 25))


def test_a_bid_or_an_award_yet_to_begin_closes_no_gap(gaps):
    row = gaps(
        [going("p", 900)],
        [
            funded("p", "1", 900, 50),
            funded("p", "2", 40, -100, status="bid"),
            funded("p", "3", -10, -100, status="awarded"),
        ],
    ).only
    assert (row.figure.n, row.figure.numerator, row.figure.followed) == (1, 0, (0, 50))


def test_funding_without_both_days_or_the_wrong_way_round_is_left_out(gaps):
    row = gaps(
        [going("p", 900)],
        [
            funded("p", "1", 900, 800, from_on=None),
            funded("p", "2", 900, 800, to_on=None),
            funded("p", "3", 700, 800),
        ],
    ).only
    assert row.figure.n == 0
    assert said(row.left_out) == {
        "funding without its first or last day": (2, None),
        "funding that ends before it begins": (1, None),
    }


def test_a_gap_belongs_to_the_year_in_which_the_money_ended(gaps):
    rows = gaps(
        [going("p", 900)],
        [funded("p", "1", 900, 366), funded("p", "2", 355, 20)],
        by=["financial_year"],
    ).rows
    assert {row.labels[0]: (row.figure.n, row.figure.numerator) for row in rows} == {
        "2022/23": (1, 1),
        "2023/24": (1, 0),
    }
