"""The median days to pay, of payments made, by hand."""

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, open_for, paid_after


def median(ledger, load, lead, *days):
    rows = [paid_after(day, str(n)) for n, day in enumerate(days)]
    load("payment", *rows, open_for(60, "open"), complete_to=AS_OF)
    return figure(ledger, lead, "median_days_to_pay").only.figure


def test_the_middle_one_of_an_odd_number(ledger, load, lead):
    found = median(ledger, load, lead, 2, 3, 70)
    assert (found.value, found.n) == (3, 3)


def test_half_way_between_the_middle_two_of_an_even_number(ledger, load, lead):
    assert median(ledger, load, lead, 1, 4, 9, 70).value == 6.5


def test_the_interval_is_of_ranks_1_and_6_of_6(ledger, load, lead):
    # P(fewer than 1 or more than 5 of 6 below the median) = 2/64 = 3.1%: the least and the most
    # bound it with 96.9%; ranks 2 and 5 would with 78% only.
    found = median(ledger, load, lead, 1, 2, 3, 4, 5, 6)
    assert (found.lower, found.upper) == (1, 6)


def test_five_are_too_few_for_an_interval(ledger, load, lead):
    # 1 - 2/32 = 93.75% is all that five can bound.
    found = median(ledger, load, lead, 1, 2, 3, 4, 5)
    assert found.value == 3
    assert None in (found.lower, found.upper)
    assert "too few rows (5)" in found.note
