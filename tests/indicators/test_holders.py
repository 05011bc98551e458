"""What share of partnerships hang on one person, or on contracts that end, by hand."""

import pytest

from civic_metrics.compute import figure
from civic_metrics.model import Role, Viewer
from tests.indicators.drawn import AS_OF, said
from tests.indicators.lives import ago, going, held, over

NOT_HERE = "who holds it is not in these records"


@pytest.fixture
def hold(ledger, load, lead):
    def asked(indicator, partnerships, holders, viewer=lead):
        load("partnership", *partnerships, complete_to=AS_OF)
        load("holder", *holders)
        return figure(ledger, viewer, indicator)

    return asked


def test_those_held_by_one_person_are_a_share_of_those_held_by_somebody(hold):
    row = hold(
        "one_person_share",
        [*(going(name, 900) for name in "abcd"), over("e", 900, 10)],
        [
            held("a", "1", "open-ended"),
            held("b", "1", "open-ended"),
            held("b", "2", "open-ended"),
            # c had two, of whom one gave it up
            held("c", "1", "open-ended"),
            held("c", "3", "open-ended", to_on=ago(0)),
            held("e", "1", "open-ended"),
        ],
    ).only
    assert (row.figure.n, row.figure.numerator) == (3, 2)
    assert said(row.left_out) == {NOT_HERE: (1, None)}


def test_a_person_recorded_twice_is_one_and_one_yet_to_come_or_to_go_is_as_they_are_now(hold):
    row = hold(
        "one_person_share",
        [going("a", 900), going("b", 900)],
        [
            held("a", "1", "open-ended", from_on=ago(800)),
            held("a", "1", "fixed term"),
            held("a", "2", "open-ended", from_on=ago(-5)),
            held("b", "1", "open-ended"),
            held("b", "2", "open-ended", to_on=ago(-5)),
        ],
    ).only
    assert (row.figure.n, row.figure.numerator) == (2, 1)


def test_one_that_ended_by_its_stage_only_is_left_out(hold):
    row = hold(
        "one_person_share",
        [going("a", 900), going("b", 900, stage="ended")],
        [held("a", "1", "open-ended"), held("b", "1", "open-ended")],
    ).only
    assert row.figure.n == 1
    assert said(row.left_out) == {"ended by its stage, with no end date": (1, None)}


def test_a_partner_is_not_told_that_nobody_is_recorded(hold, load):
    load("membership", {"partnership": "a", "organisation": "ashby"})
    viewer = Viewer(Role.PARTNER, ("ashby",))
    row = hold("one_person_share", [going("a", 9)], [held("a", "1", "open-ended")], viewer).only
    assert (row.figure.n, said(row.left_out)) == (0, {NOT_HERE: (1, None)})


def test_one_open_ended_contract_is_enough_not_to_be_counted(hold):
    row = hold(
        "fixed_term_share",
        [going(name, 900) for name in "abcde"],
        [
            held("a", "1", "fixed term"),
            held("a", "2", "hourly paid"),
            held("b", "1", "secondment"),
            held("c", "1", "fixed term"),
            held("c", "2", "open-ended"),
            # of d nothing is known of one; of e one stays, whatever the other's contract
            held("d", "1", "fixed term"),
            held("d", "2", "not known"),
            held("e", "1", None),
            held("e", "2", "open-ended"),
        ],
    ).only
    assert (row.figure.n, row.figure.numerator, row.figure.value) == (4, 2, 0.5)
    assert said(row.left_out) == {"how a holder is employed is not known": (1, None)}


def test_ending_within_twelve_months_counts_the_day_and_not_the_next(hold):
    # The as-of day is 31 March 2024. a ends on 31 March 2025, b the day after; of c's two one has
    # an open-ended contract with no end; nothing says when d's fixed term ends.
    result = hold(
        "fixed_term_share",
        [going(name, 900) for name in "abcd"],
        [
            held("a", "1", "fixed term", employment_ends_on="2025-03-31"),
            held("b", "1", "fixed term", employment_ends_on="2025-04-01"),
            held("c", "1", "fixed term", employment_ends_on="2024-06-30"),
            held("c", "2", "open-ended"),
            held("d", "1", "fixed term"),
        ],
    )
    [(label, variant)] = result.variants
    assert "within 12 months" in label
    assert (variant.n, variant.numerator) == (3, 1)
