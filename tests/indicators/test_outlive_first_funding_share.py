"""What share of partnerships go on after their first funding, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said
from tests.indicators.lives import ago, funded, going, over


@pytest.fixture
def outlived(ledger, load, lead):
    def asked(partnerships, fundings):
        load("partnership", *partnerships, complete_to=AS_OF)
        if fundings:
            load("funding", *fundings)
        return figure(ledger, lead, "outlive_first_funding_share")

    return asked


def test_those_that_ended_with_their_first_funding_or_before_it_did_not_outlive_it(outlived):
    # All were funded from 900 to 500 days ago. a goes on, b ended the day after, c on the day, d
    # before: two of four.
    found = outlived(
        [going("a", 900), over("b", 900, 499), over("c", 900, 500), over("d", 900, 600)],
        [funded(name, "1", 900, 500) for name in "abcd"],
    ).only.figure
    assert (found.n, found.numerator, found.value) == (4, 2, 0.5)


def test_the_first_funding_is_the_one_that_began_first_and_of_two_the_longer(outlived):
    # b began its first two fundings together and ended between their ends.
    found = outlived(
        [over("a", 900, 300), over("b", 900, 300)],
        [
            funded("a", "2", 500, 100),
            funded("a", "1", 900, 600),
            funded("b", "1", 900, 600),
            funded("b", "2", 900, 200),
        ],
    ).only.figure
    assert (found.n, found.numerator) == (2, 1)


def test_a_bid_is_not_funding_and_funding_without_both_days_cannot_be_judged(outlived):
    row = outlived(
        [going(name, 900) for name in "abc"],
        [
            funded("a", "1", 900, 600, status="bid"),
            funded("b", "1", 900, 600, to_on=None),
            funded("c", "1", 900, 600, status=None),
        ],
    ).only
    assert row.figure.n == 1
    assert said(row.left_out) == {"no funding with its first and last day": (2, None)}


def test_funding_that_still_runs_tells_nothing_yet_though_the_partnership_ended(outlived):
    row = outlived(
        [going("a", 900), over("b", 900, 10), going("c", 900)],
        [funded("a", "1", 900, 0), funded("b", "1", 900, -10), funded("c", "1", 900, 1)],
    ).only
    assert (row.figure.n, row.figure.value) == (1, 1)
    assert said(row.left_out) == {"first funding has not ended yet": (2, None)}


def test_one_first_funded_before_the_register_began_is_left_out(outlived):
    # Had a ended with its funding it would not be in the register at all.
    row = outlived(
        [going("a", 900, recorded_from_on=ago(800)), going("b", 900, recorded_from_on=ago(900))],
        [funded(name, "1", 900, 500) for name in "ab"],
    ).only
    assert row.figure.n == 1
    assert said(row.left_out) == {"first funded before the register began": (1, None)}


def test_a_year_on_fewer_are_still_there_and_later_ones_cannot_be_told_yet(outlived):
    # Funding ended 500 days ago: a goes on, b ended 400 days ago, within the year. That of c
    # ended 300 days ago: it goes on, and a year on is yet to come.
    result = outlived(
        [going("a", 900), over("b", 900, 400), going("c", 900)],
        [funded("a", "1", 900, 500), funded("b", "1", 900, 500), funded("c", "1", 900, 300)],
    )
    assert result.only.figure.value == 1
    [(label, variant)] = result.variants
    assert "a year after" in label
    assert (variant.n, variant.value) == (2, 0.5)
