"""Quantiles against the standard library and numpy, intervals against hand-worked binomials."""

import random
from collections import Counter
from fractions import Fraction
from math import comb
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators import quantile
from civic_metrics.estimators.distributions import order_statistic_ranks

DAYS = st.lists(st.integers(0, 40), min_size=1, max_size=60)


def counted(values):
    each = Counter(values)
    return {"value": list(each), "n": list(each.values())}


@given(DAYS)
def test_the_median_is_the_standard_librarys(values):
    assert quantile().conclude(counted(values)).value == median(values)


@given(DAYS, st.sampled_from([0.1, 0.25, 0.3, 0.5, 0.75, 0.9]))
def test_a_quantile_is_numpys_averaged_inverse_of_the_distribution(values, q):
    """nq is taken exactly: numpy's floats miss that 0.1 of 30 rows is 3."""
    ordered = sorted(values)
    rank = len(values) * Fraction(str(q))
    expected = (
        (ordered[int(rank) - 1] + ordered[int(rank)]) / 2
        if rank.denominator == 1
        else ordered[int(rank)]
    )
    figure = quantile(q).conclude(counted(values))
    assert figure.value == expected
    if q in (0.25, 0.5, 0.75):  # exact in floats too
        assert figure.value == np.quantile(values, q, method="averaged_inverted_cdf")


def test_the_interval_of_a_median_of_ten_runs_from_the_second_to_the_ninth_value():
    """Of 1,024 ways 11 have at most one below the median (1.07%), 56 at most two (5.5%)."""
    figure = quantile().conclude(counted([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
    assert (figure.n, figure.value, figure.lower, figure.upper) == (10, 5.5, 2, 9)
    assert figure.note is None


def test_six_rows_are_the_fewest_with_an_interval_for_the_median():
    """All six above the median: 1 in 64 (1.6%); all five: 1 in 32 (3.1%), too often."""
    six = quantile().conclude(counted([10, 20, 30, 40, 50, 60]))
    assert (six.lower, six.value, six.upper) == (10, 35, 60)
    five = quantile().conclude(counted([10, 20, 30, 40, 50]))
    assert (five.lower, five.value, five.upper) == (None, 30, None)
    assert five.note == "too few rows (5) to give a lower or an upper limit"


def test_a_high_quantile_may_have_a_lower_limit_only():
    """B binomial (10, 0.9): P(B < 7) = 1.3%, P(B < 8) = 7.0%; P(B >= 10) = 34.9%, so none."""
    figure = quantile(0.9).conclude(counted(range(1, 11)))
    assert (figure.value, figure.lower, figure.upper) == (9.5, 7, None)
    assert figure.note == "too few rows (10) to give an upper limit"


@pytest.mark.parametrize(
    ("n", "q"), [(1, "1/2"), (6, "1/2"), (20, "1/2"), (99, "1/4"), (100, "1/2"), (150, "9/10")]
)
def test_ranks_are_those_of_the_binomial_summed_in_whole_numbers(n, q):
    q = Fraction(q)

    def below(k):  # P(B < k), exactly
        return sum(comb(n, i) * q**i * (1 - q) ** (n - i) for i in range(k))

    lower = max(k for k in range(n + 1) if below(k) <= Fraction(1, 40))
    upper = [k for k in range(n + 1) if 1 - below(k) <= Fraction(1, 40)]
    assert order_statistic_ranks(n, q) == (lower or None, upper[0] if upper else None)


def test_ranks_of_ten_million_rows_are_those_of_the_normal_approximation():
    """5,000,000 ∓ 1.96 * √(10,000,000)/2 = 5,000,000 ∓ 3,099."""
    lower, upper = order_statistic_ranks(10_000_000, Fraction(1, 2))
    assert lower == pytest.approx(4_996_901, abs=2)
    assert upper == pytest.approx(5_003_100, abs=2)


@given(DAYS, st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_the_interval_contains_the_quantile(values, q):
    figure = quantile(q).conclude(counted(values))
    assert figure.lower is None or figure.lower <= figure.value
    assert figure.upper is None or figure.value <= figure.upper


@given(DAYS, st.randoms())
def test_neither_row_order_nor_splitting_the_counts_matters(values, shuffle):
    together = quantile().conclude(counted(values))
    shuffled = values.copy()
    shuffle.shuffle(shuffled)
    assert quantile().conclude(counted(shuffled)) == together
    assert quantile().conclude({"value": shuffled, "n": [1] * len(shuffled)}) == together


def test_the_interval_holds_the_truth_at_least_19_times_in_20():
    draw = random.Random(1999)
    held = 0
    for _ in range(1000):
        figure = quantile().conclude(counted([draw.expovariate(1) for _ in range(25)]))
        held += figure.lower <= 0.6931471805599453 <= figure.upper  # ln 2
    assert held >= 935  # 957 expected (Conover), standard deviation 6


def test_a_row_without_a_value_is_not_counted_as_nought():
    figure = quantile().conclude({"value": [None, 7, 9], "n": [50, 2, 1]})
    assert (figure.n, figure.value) == (3, 7)


def test_a_masked_value_is_missing_whatever_lies_under_the_mask():
    values = np.ma.array([0, 7, 9], mask=[True, False, False])
    figure = quantile().conclude({"value": values, "n": np.array([50, 2, 1])})
    assert (figure.n, figure.value) == (3, 7)


@pytest.mark.parametrize("columns", [{"value": [], "n": []}, {"value": [None], "n": [4]}])
def test_a_quantile_of_nothing_is_withheld_with_words(columns):
    figure = quantile().conclude(columns)
    assert (figure.n, figure.value) == (0, None)
    assert figure.note


@pytest.mark.parametrize("q", [0, 1, -0.5, 2])
def test_a_quantile_outside_nought_and_one_is_refused(q):
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile(q)
    with pytest.raises(ValueError, match="between 0 and 1"):
        order_statistic_ranks(10, Fraction(q))


def test_the_method_names_the_quantile():
    assert quantile().method.startswith("Median with")
    assert quantile(0.9).method.startswith("90% quantile with")
