"""The Making Data Count rules, against NHSRplotthedots 0.2.2 and by hand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators.xmr import (
    Assurance,
    Rule,
    assurance,
    in_a_shift,
    in_a_trend,
    is_improvement,
    two_of_three,
    xmr,
)
from civic_metrics.model import Better

ONES_AND_TWOS = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
# R: set.seed(123); rnorm(20), to eight places.
RNORM = [
    -0.56047565,
    -0.23017749,
    1.55870831,
    0.07050839,
    0.12928774,
    1.71506499,
    0.46091621,
    -1.26506123,
    -0.68685285,
    -0.44566197,
    1.22408180,
    0.35981383,
    0.40077145,
    0.11068272,
    -0.55584113,
    1.78691314,
    0.49785048,
    -1.96661716,
    0.70135590,
    -0.47279141,
]
WITH_AN_OUTLIER = [*RNORM[:14], 10, *RNORM[15:]]


# Limits: NHSRplotthedots 0.2.2 (NHS-R Community, MIT), tests and documentation.


@pytest.mark.parametrize(
    ("values", "screen", "mean", "lower", "upper", "places"),
    [
        (ONES_AND_TWOS, True, 1.9444, -0.7156, 4.6044, 4),
        (ONES_AND_TWOS, False, 1.9444, -3.0626, 6.9515, 4),
        (RNORM, True, 0.1416238, -3.01138, 3.294627, 5),
        (WITH_AN_OUTLIER, True, 0.6694159, -2.383666, 3.722497, 6),
        (WITH_AN_OUTLIER, False, 0.6694159, -4.596625, 5.935457, 6),
    ],
)
def test_mean_and_limits_are_the_published_ones(values, screen, mean, lower, upper, places):
    process = xmr(values, screen=screen)
    assert process.mean == pytest.approx(mean, abs=0.6 * 10**-places)
    assert process.lower == pytest.approx(lower, abs=0.6 * 10**-places)
    assert process.upper == pytest.approx(upper, abs=0.6 * 10**-places)


def test_near_limits_lie_two_thirds_of_the_way():
    process = xmr([0, 3] * 7)  # mean 1.5, every moving range 3
    assert (process.mean, process.lower, process.upper) == (1.5, 1.5 - 7.98, 1.5 + 7.98)
    assert process.near_upper == pytest.approx(1.5 + 5.32)
    assert process.near_lower == pytest.approx(1.5 - 5.32)


# Rules: the vectors of test-ptd_calculate_point_type.R.


def flags(places, n):
    return [int(place in places) for place in range(n)]


@pytest.mark.parametrize(
    ("sides", "flagged"),
    [
        ([], []),
        ([1] * 6, [0] * 6),
        ([1] * 6 + [-1], [0] * 7),
        ([1] * 8 + [-1], [1] * 8 + [0]),
        ([-1] * 8 + [1], [1] * 8 + [0]),
        ([-1] + [1] * 8 + [-1], [0] + [1] * 8 + [0]),
        ([1, 1, 1, 0, 1, 1, 1, 1], [0] * 8),
    ],
)
def test_seven_on_one_side_are_a_shift_and_one_on_the_mean_breaks_it(sides, flagged):
    assert flags(in_a_shift(sides), len(sides)) == flagged


@pytest.mark.parametrize(
    ("values", "flagged"),
    [
        ([], []),
        (range(1, 7), [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        (range(1, 8), [1] * 7),
        ([2, *range(1, 8), 3], [0, *[1] * 7, 0]),
        (range(7, 0, -1), [1] * 7),
        ([2, *range(7, 0, -1), 3], [0, *[1] * 7, 0]),
    ],
)
def test_seven_that_each_rise_or_each_fall_are_a_trend(values, flagged):
    assert flags(in_a_trend(list(values)), len(flagged)) == flagged


@pytest.mark.parametrize(
    ("close", "flagged"),
    [
        ([], []),
        ([0, 0, 0], [0, 0, 0]),
        ([1, 0, 1], [1, 0, 1]),
        ([0, 1, 1], [0, 1, 1]),
        ([1, 1, 0], [1, 1, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [0, 0, 1, 0, 1, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [0, 0, 1, 1, 0, 0, 0]),
        ([1, 0, 0, 1], [0, 0, 0, 0]),
        ([1, 0, 0, 1, 1], [0, 0, 0, 1, 1]),
    ],
)
def test_two_of_three_close_to_a_limit_are_marked_and_the_third_is_not(close, flagged):
    found = two_of_three([bool(one) for one in close], [1] * len(close))
    assert flags(found, len(close)) == flagged


def test_two_of_three_count_only_with_all_three_on_the_same_side():
    assert two_of_three([True, False, True], [1, -1, 1]) == set()
    assert two_of_three([True, False, True], [1, 0, 1]) == set()


def test_a_point_outside_the_limits_is_called_so_whatever_else_it_is():
    process = xmr([1, 2] * 7 + [30, 31, 32, 33, 34, 35, 60], baseline=14)
    assert process.rules[14:] == (Rule.OUTSIDE,) * 7
    assert process.rules[:12] == (None,) * 12
    assert process.rules[12:14] == (Rule.TREND,) * 2  # 1, 2, 30, 31 and on: the rise begins here


def test_a_run_is_as_long_as_it_is_said_to_be():
    assert in_a_trend([1, 2, 3, 4, 5, 4], 5) == {0, 1, 2, 3, 4}
    assert in_a_shift([1, 1, 1, 1, 1, -1], 5) == {0, 1, 2, 3, 4}
    assert in_a_shift([1] * 7, 8) == set()
    assert Rule.SHIFT in xmr([0, 9, 1, 9, 6, 6.1, 5.9, 6, 6.1, 5.9, 0], shift=6).rules
    assert Rule.SHIFT not in xmr([0, 9, 1, 9, 6, 6.1, 5.9, 6, 6.1, 5.9, 0], shift=8).rules


@pytest.mark.parametrize(
    ("target", "better", "expected"),
    [
        (10, Better.HIGHER, Assurance.MISSED),
        (-10, Better.HIGHER, Assurance.MET),
        (10, Better.LOWER, Assurance.MET),
        (-10, Better.LOWER, Assurance.MISSED),
        (1.5, Better.HIGHER, Assurance.EITHER),
        (9.48, Better.HIGHER, Assurance.EITHER),
        (10, Better.NEITHER, Assurance.NOT_ASSESSED),
        (None, Better.HIGHER, Assurance.NOT_ASSESSED),
    ],
)
def test_a_target_beyond_a_limit_is_met_or_missed_consistently(target, better, expected):
    assert assurance(xmr([0, 3] * 7), target, better) is expected


def test_a_side_of_the_mean_is_an_improvement_only_where_one_way_is_better():
    process = xmr([0, 3] * 7)
    assert is_improvement(process, 1, Better.HIGHER) is True
    assert is_improvement(process, 1, Better.LOWER) is False
    assert is_improvement(process, 1, Better.NEITHER) is None


def test_what_makes_no_chart_is_refused():
    for asked in ({}, {"trend": 1}, {"baseline": 5}):
        with pytest.raises(ValueError, match="at least"):
            xmr([1.0] if not asked else [1.0] * 20, **asked)


def test_a_series_that_never_moves_has_limits_on_its_mean_and_no_rule():
    process = xmr([4.0] * 14, screen=True)
    assert (process.lower, process.mean, process.upper) == (4.0, 4.0, 4.0)
    assert set(process.rules) == {None}


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=40))
def test_turned_upside_down_the_same_points_stand_out(values):
    up, down = xmr(values), xmr([-value for value in values])
    assert up.rules == down.rules
    assert up.lower == pytest.approx(-down.upper)


def plain_rules(values, mean, lower, upper):
    """The four rules by looking at every window, as the R package does, sharing no code."""
    n, sides = len(values), [0 if v == mean else 1 if v > mean else -1 for v in values]
    outside = [v > upper or v < lower for v in values]
    near = 2 / 3 * (upper - mean)
    close = [not o and abs(v - mean) > near for v, o in zip(values, outside, strict=True)]
    said = []
    for i in range(n):
        windows = [range(k, k + 7) for k in range(i - 6, i + 1) if k >= 0 and k + 7 <= n]
        threes = [range(k, k + 3) for k in range(i - 2, i + 1) if k >= 0 and k + 3 <= n]
        monotone = any(
            all(values[a] < values[b] for a, b in pairwise(w))
            or all(values[a] > values[b] for a, b in pairwise(w))
            for w in windows
        )
        two = close[i] and any(
            sum(close[j] for j in w) >= 2 and len({sides[j] for j in w}) == 1 and sides[i]
            for w in threes
        )
        shift = any(len({sides[j] for j in w}) == 1 and sides[i] for w in windows)
        first = [outside[i], monotone, two, shift]
        said.append(next((rule for rule, is_so in zip(Rule, first, strict=True) if is_so), None))
    return said


@given(st.lists(st.integers(0, 12), min_size=3, max_size=40))
def test_rules_agree_with_looking_at_every_window(values):
    process = xmr(values)
    assert list(process.rules) == plain_rules(values, process.mean, process.lower, process.upper)
