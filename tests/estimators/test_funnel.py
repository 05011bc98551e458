"""Funnel limits for a proportion, against PHEindicatormethods 2.1.0 and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators.funnel import Stand, common_share, funnel, limits

# The baseline of PHEindicatormethods' test data: the common share of 303 areas.
PUBLISHED = 0.806424478571495


@pytest.mark.parametrize(
    ("n", "lower", "upper", "outer_lower", "outer_upper"),
    [
        (1, 3.204264, 100, 0, 100),
        (2, 25.885383, 100, 0, 100),
        (3, 35.933492, 100, 10.150815, 100),
        (4, 41.923356, 100, 19.594903, 100),
        (5, 46.011039, 100, 26.039864, 100),
        (7, 51.373566, 100, 34.494842, 100),
        (18, 62.390093, 98.894803, 51.864359, 100),
        (41, 68.548635, 92.73626, 61.574398, 99.710497),
        (110000, 80.408963, 80.875933, 80.274317, 81.010578),
    ],
)
def test_limits_are_the_published_ones(n, lower, upper, outer_lower, outer_upper):
    around = limits(PUBLISHED, n)
    found = (around.lower, around.upper, around.outer_lower, around.outer_upper)
    expected = (lower, upper, outer_lower, outer_upper)
    assert [100 * x for x in found] == pytest.approx(expected, abs=1.1e-6)


# Four of the 303 areas, with the label the package gives each.


@pytest.mark.parametrize(
    ("numerator", "denominator", "stand"),
    [
        (35078.488, 41980, Stand.FAR_ABOVE),  # High (0.001)
        (26789.238, 33012, Stand.ABOVE),  # High (0.025)
        (50050.7443, 61921, Stand.WITHIN),  # Not significant
        (30277.5312, 37828, Stand.BELOW),  # Low (0.025)
        (24803.6256, 31824, Stand.FAR_BELOW),  # Low (0.001)
    ],
)
def test_an_area_is_labelled_as_published(numerator, denominator, stand):
    # A huge second unit at the published share leaves the common share where it is.
    huge = 1e15
    found = funnel([numerator, PUBLISHED * huge], [denominator, huge])
    assert found.average == pytest.approx(PUBLISHED, abs=1e-10)
    assert found.stands == (stand, Stand.WITHIN)


def test_the_common_share_weighs_by_size():
    assert common_share([1, 9], [10, 10]) == 0.5
    assert common_share([0, 30], [10, 30]) == 0.75


def test_half_of_a_hundred_lies_by_chance_between_40_and_60():
    around = limits(0.5, 100)  # one standard error is 0.05
    assert (around.lower, around.upper) == pytest.approx((0.402, 0.598), abs=0.0001)
    assert (around.outer_lower, around.outer_upper) == pytest.approx((0.3455, 0.6545), abs=0.0001)


def test_where_everybody_is_alike_nobody_stands_out():
    assert funnel([10, 20], [10, 20]).stands == (Stand.WITHIN, Stand.WITHIN)
    assert funnel([0, 0], [10, 20]).average == 0


@pytest.mark.parametrize(
    ("numerators", "denominators"),
    [([], []), ([1], [0]), ([3], [2]), ([-1], [2]), ([1, 2], [3])],
)
def test_what_is_no_share_is_refused(numerators, denominators):
    with pytest.raises(ValueError, match="numerator"):
        funnel(numerators, denominators)


def test_limits_for_nobody_are_refused():
    with pytest.raises(ValueError, match="size"):
        limits(0.5, 0)


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_limits_hold_the_share_lie_within_each_other_and_narrow_with_size(average, n):
    around, larger = limits(average, n), limits(average, 4 * n)
    assert 0 <= around.outer_lower <= around.lower <= average
    assert average <= around.upper <= around.outer_upper <= 1
    assert larger.upper - larger.lower <= around.upper - around.lower + 1e-12
