"""Rates against the published limits of PHEindicatormethods 2.1.0 (DOMAIN.md 4.1)."""

import pytest

from civic_metrics.estimators import byar, count_limits, rate

Z_998 = 3.090232306167813


@pytest.mark.parametrize(
    ("x", "lower", "upper"),
    [
        (1, 0.0253178, 5.5716434),
        (5, 1.6234864, 11.6683321),
        (65, 50.1631877105, 82.8491385459),
        (1045, 982.5932018, 1110.3312130),
    ],
)
def test_published_limits_of_counts(x, lower, upper):
    assert count_limits(x) == pytest.approx((lower, upper), abs=5e-8)


def test_published_limits_of_998_in_a_thousand():
    assert byar(65, Z_998) == pytest.approx((42.88026, 94.00029), abs=1e-5)


def test_no_events_have_an_upper_limit_only():
    lower, upper = count_limits(0)
    assert lower == 0
    assert upper == pytest.approx(3.6888794541, abs=1e-9)  # -ln 0.025


def test_a_rate_is_the_count_over_the_exposure():
    figure = rate(per=1_000).conclude({"n": [1, 1], "events": [60, 5], "exposure": [10_000, 3_000]})
    assert figure.value == pytest.approx(5.0)
    assert (figure.lower, figure.upper) == pytest.approx((50.1631877 / 13, 82.8491385 / 13))
    assert (figure.numerator, figure.denominator, figure.n) == (65, 13_000, 2)


def test_without_exposure_there_is_no_rate():
    assert rate().conclude({"n": [1], "events": [3], "exposure": [None]}).value is None
