"""Sums of everything recorded."""

from decimal import Decimal

from civic_metrics.estimators import total


def test_a_total_is_a_sum_with_no_interval_and_says_why():
    figure = total().conclude({"n": [2, 1], "total": [Decimal("10.50"), 4]})
    assert (figure.n, figure.value, figure.lower, figure.upper) == (3, 14.5, None, None)
    assert "nothing was sampled" in total().method
    assert figure.note == "a total of what is recorded and no sample, so no interval can be given"


def test_nothing_recorded_is_no_total_of_nought():
    assert total().conclude({"n": [0], "total": [None]}).value is None
