"""The mean and Student's t against published tables."""

import random
from decimal import Decimal
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators import mean
from civic_metrics.estimators.distributions import student_t


def counted(values):
    return {
        "n": [len(values)],
        "total": [float(sum(values))],
        "squares": [float(sum(value * value for value in values))],
    }


def test_the_mean_and_its_limits_are_those_phe_publishes():
    values = [33.09375, 48.38596, 64.83495, 67.98475, 22.93556, 71.23587, 38.78465, 82.37927]
    figure = mean().conclude(counted(values))
    assert figure.n == 8
    assert figure.value == pytest.approx(53.704345, abs=5e-7)
    assert figure.lower == pytest.approx(36.1683252, abs=5e-8)
    assert figure.upper == pytest.approx(71.2403648, abs=5e-8)


@pytest.mark.parametrize(
    ("df", "quantile"),
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, three decimals.
    [
        (1, 12.706),
        (2, 4.303),
        (3, 3.182),
        (4, 2.776),
        (5, 2.571),
        (7, 2.365),
        (10, 2.228),
        (11, 2.201),
        (20, 2.086),
        (30, 2.042),
        (60, 2.000),
        (100, 1.984),
    ],
)
def test_students_quantile_is_that_of_the_printed_table(df, quantile):
    assert student_t(df) == pytest.approx(quantile, abs=5.1e-4)


def test_students_quantile_has_its_closed_forms_at_one_and_two_degrees():
    """df 1: tan(π(p - 1/2)) with p 0.975. df 2: (2p - 1)/√(2p(1 - p))."""
    assert student_t(1) == pytest.approx(12.706204736174694, abs=1e-10)
    assert student_t(2) == pytest.approx(0.95 / (2 * 0.975 * 0.025) ** 0.5, abs=1e-10)


def simpson(height, end, steps=20_000):
    """The area under `height` from 0 to `end`."""
    width = end / steps
    heights = [height(i * width) for i in range(steps + 1)]
    inner = 4 * sum(heights[1:-1:2]) + 2 * sum(heights[2:-1:2])
    return width / 3 * (heights[0] + heights[-1] + inner)


@pytest.mark.parametrize("df", [3, 8, 29, 250, 1000, 1001])
def test_95_hundredths_of_students_density_lie_within_the_quantile(df):
    """Simpson's rule on (1 + t²/df)^-(df + 1)/2; the tail in u = q/t, which runs from 0 to 1."""
    q = student_t(df)

    def density(t):
        return (1 + t**2 / df) ** (-(df + 1) / 2)

    inside = simpson(density, q)
    outside = simpson(lambda u: density(q / u) * q / u**2 if u else 0.0, 1)
    assert inside / (inside + outside) == pytest.approx(0.95, abs=1e-9)


def test_students_quantile_comes_down_to_the_normal_one():
    assert student_t(10_000_000) == pytest.approx(1.959963984540054, abs=1e-6)
    assert student_t(1000) > student_t(1001) > student_t(5000) > 1.959963984540054


def test_student_needs_a_degree_of_freedom():
    with pytest.raises(ValueError, match="degree of freedom"):
        student_t(0)


def test_one_row_has_a_mean_and_no_interval():
    figure = mean().conclude(counted([30]))
    assert (figure.n, figure.value, figure.lower, figure.upper) == (1, 30, None, None)
    assert "only one row" in figure.note


@pytest.mark.parametrize(
    "columns",
    [
        {"n": [], "total": [], "squares": []},
        {"n": [0], "total": [None], "squares": [None]},
    ],
)
def test_a_mean_of_nothing_is_withheld_with_words(columns):
    figure = mean().conclude(columns)
    assert (figure.n, figure.value) == (0, None)
    assert figure.note


def test_decimals_from_the_ledger_are_taken_as_numbers():
    figure = mean().conclude({"n": [2], "total": [Decimal("3.0")], "squares": [Decimal("5.0")]})
    assert figure.value == 1.5


@given(st.lists(st.integers(-100_000, 100_000), min_size=2, max_size=60))
def test_the_interval_is_the_textbook_one_around_the_mean(values):
    figure = mean().conclude(counted(values))
    reach = student_t(len(values) - 1) * stdev(values) / len(values) ** 0.5
    assert figure.value == pytest.approx(fmean(values), abs=1e-9)
    assert figure.upper - figure.value == pytest.approx(reach, rel=1e-6, abs=1e-2)
    assert figure.lower <= figure.value <= figure.upper


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=30), st.integers(1, 29))
def test_counts_split_over_rows_give_the_same_mean(values, cut):
    parts = [counted(part) for part in (values[:cut], values[cut:])]
    split = {name: [part[name][0] for part in parts] for name in parts[0]}
    assert mean().conclude(split) == mean().conclude(counted(values))


def test_the_interval_holds_the_truth_19_times_in_20():
    draw = random.Random(1908)
    held = 0
    for _ in range(1000):
        figure = mean().conclude(counted([draw.gauss(50, 20) for _ in range(8)]))
        held += figure.lower <= 50 <= figure.upper
    assert 925 <= held <= 975  # 950 expected, standard deviation 7
