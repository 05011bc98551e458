"""Wilson's interval against the published figures of PHEindicatormethods 2.1.0."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators import share, wilson

Z_99_8 = 3.090232306167813  # the 99.9% point of the normal distribution


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [
        (65, 100, 0.5525444330, 0.7363575176),
        (1045, 5000, 0.1979554988, 0.2204913037),
        (1, 100, 0.0017674321, 0.0544861962),
        (5, 100, 0.0215436792, 0.1117504692),
        (20, 100, 0.1333669333, 0.2888291656),
    ],
)
def test_wilson_limits_are_those_phe_publishes(x, n, lower, upper):
    assert wilson(x, n) == pytest.approx((lower, upper), abs=5e-11)


def test_wilson_998_limits_are_those_phe_publishes():
    limits = wilson(65, 100, z=Z_99_8)
    assert limits == pytest.approx((0.4954946574, 0.7783540614), abs=5e-11)


@given(st.integers(1, 10_000), st.data())
def test_wilson_limits_solve_the_score_equation(n, data):
    """(p - x/n)² = z² p(1 - p)/n is what Wilson's limits are the two roots of."""
    x = data.draw(st.integers(0, n))
    z = 1.959963984540054
    for p in wilson(x, n):
        assert (p - x / n) ** 2 == pytest.approx(z**2 * p * (1 - p) / n, abs=1e-12)


@given(st.integers(1, 10_000_000), st.data())
def test_the_interval_contains_the_share_and_stays_within_nought_and_one(n, data):
    x = data.draw(st.integers(0, n))
    figure = share().conclude({"n": [n], "hits": [x]})
    assert 0 <= figure.lower <= figure.value <= figure.upper <= 1
    assert figure.value == float(Fraction(x, n))


def test_no_hits_begin_at_exactly_nought_and_only_hits_end_at_exactly_one():
    assert wilson(0, 7)[0] == 0
    assert wilson(7, 7)[1] == 1


def test_a_share_carries_its_hits_and_its_rows():
    figure = share().conclude({"n": [10], "hits": [4]})
    assert (figure.n, figure.numerator, figure.denominator, figure.value) == (10, 4, 10, 0.4)


def test_counts_split_over_rows_give_the_same_share():
    together = share().conclude({"n": [100], "hits": [65]})
    assert share().conclude({"n": [40, 60], "hits": [30, 35]}) == together


@pytest.mark.parametrize("columns", [{"n": [], "hits": []}, {"n": [0], "hits": [None]}])
def test_a_share_of_nothing_is_withheld_with_words(columns):
    figure = share().conclude(columns)
    assert (figure.n, figure.value) == (0, None)
    assert figure.note


@pytest.mark.parametrize(("x", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_wilson_refuses_counts_that_cannot_be(x, n):
    with pytest.raises(ValueError, match="a share needs"):
        wilson(x, n)
