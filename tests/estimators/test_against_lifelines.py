"""Curves, log-rank and restricted means against lifelines, on the data sets it carries.

lifelines (Davidson-Pilon, J Open Source Softw 2019, 4:1317; MIT) shares no code with ours.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter, datasets
from lifelines.statistics import logrank_test
from lifelines.utils import restricted_mean_survival_time

from civic_metrics.estimators import kaplan_meier, log_rank, restricted_mean

EXACT = 1e-9

pytestmark = pytest.mark.filterwarnings("ignore:Starting with pandas version 4.0")

# The data set, its columns of time and of whether the end was seen, and of two groups the first.
SETS = {
    "waltons": ("T", "E", lambda d: d["group"] == "miR-137"),
    "leukemia": ("t", "status", lambda d: d["Rx"] == 1),
    "lung": ("time", "status", lambda d: d["sex"] == 1),
    "larynx": ("time", "death", lambda d: d["Stage_IV"] == 1),
    "kidney_transplant": ("time", "death", lambda d: d["black_male"] + d["white_male"] == 1),
    "lymphoma": ("Time", "Censor", lambda d: d["Stage_group"] == 1),
    "rossi": ("week", "arrest", lambda d: d["fin"] == 1),
    "g3": ("time", "event", lambda d: d["group"] == "RIT"),
    "gbsg2": ("time", "cens", lambda d: d["horTh"] == "yes"),
    "dd": ("duration", "observed", lambda d: d["democracy"] == "Democracy"),
    "psychiatric_patients": ("T", "C", lambda d: d["sex"] == 1),
}


def read(name):
    """Times, ends seen and who is in the first group, of those with a time and an end."""
    time, end, is_first = SETS[name]
    frame = getattr(datasets, f"load_{name}")()
    frame = frame[frame[time].notna() & frame[end].notna()]
    first = is_first(frame).to_numpy()
    assert 0 < first.sum() < len(first)
    return frame[time].to_numpy(dtype=float), frame[end].to_numpy(dtype=float) > 0, first


def theirs(days, ended, entered=None):
    return KaplanMeierFitter().fit(days, ended, entry=entered)


def assert_same_curve(ours, fitted):
    """The share, and its log-log limits, after each time at which something ended."""
    table = fitted.event_table[fitted.event_table["observed"] > 0]
    assert ours.time.tolist() == table.index.tolist()
    assert ours.at_risk.tolist() == table["at_risk"].tolist()
    assert ours.events.tolist() == table["observed"].tolist()
    share = fitted.survival_function_.loc[ours.time].to_numpy()[:, 0]
    assert ours.share == pytest.approx(share, abs=EXACT)
    limits = fitted.confidence_interval_survival_function_.loc[ours.time].to_numpy()
    open_still = ours.share > 1e-12
    assert ours.lower[open_still] == pytest.approx(limits[open_still, 0], abs=EXACT)
    assert ours.upper[open_still] == pytest.approx(limits[open_still, 1], abs=EXACT)


@pytest.mark.parametrize("name", SETS)
def test_each_curve_and_its_median_are_those_of_lifelines(name):
    days, ended, first = read(name)
    for who in (np.full(len(days), True), first, ~first):
        ours, fitted = kaplan_meier(days[who], ended[who]), theirs(days[who], ended[who])
        assert_same_curve(ours, fitted)
        if np.abs(ours.share - 0.5).min() > EXACT:
            median = ours.median()
            assert (np.inf if median is None else median) == fitted.median_survival_time_


def test_a_half_that_lifelines_misses_by_rounding_is_not_missed_here():
    """The g3 controls: (5/6)(4/5)(3/4) is a half, on day 32 (R prints .5 there)."""
    days, ended, first = read("g3")
    fitted = theirs(days[~first], ended[~first])
    assert fitted.survival_function_.loc[32].item() == pytest.approx(0.5, abs=1e-15)
    assert fitted.median_survival_time_ == 34
    assert kaplan_meier(days[~first], ended[~first]).median() == 32


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("part", [0.25, 0.6, 1.0])
def test_each_restricted_mean_is_that_of_lifelines(name, part):
    days, ended, _ = read(name)
    tau = part * days.max()
    ours, _ = restricted_mean(kaplan_meier(days, ended), tau)
    expected = restricted_mean_survival_time(theirs(days, ended), t=tau)
    assert ours == pytest.approx(expected, rel=EXACT)


@pytest.mark.parametrize("name", SETS)
def test_each_log_rank_comparison_is_that_of_lifelines(name):
    days, ended, first = read(name)
    ours = log_rank(counted(days[first], ended[first]), counted(days[~first], ended[~first]))
    expected = logrank_test(days[first], days[~first], ended[first], ended[~first])
    assert ours.chi_square == pytest.approx(expected.test_statistic, rel=EXACT)
    assert ours.p == pytest.approx(expected.p_value, rel=EXACT, abs=1e-12)


def counted(days, ended, entered=None):
    return {
        "days": days,
        "observed": ended,
        "entered": [None] * len(days) if entered is None else entered,
        "n": [1] * len(days),
    }


def test_late_entry_is_that_of_lifelines():
    """The AIDS cohort: years from infection to AIDS, followed from year W on.

    At risk at a time are those who entered before it in both, so none may enter and end at once.
    """
    frame = datasets.load_multicenter_aids_cohort_study()
    days, ended, entered = (frame[name].to_numpy(dtype=float) for name in ("T", "D", "W"))
    assert (entered < days).all()
    ours, fitted = kaplan_meier(days, ended > 0, entered), theirs(days, ended > 0, entered)
    table = fitted.event_table[fitted.event_table["observed"] > 0]
    assert ours.at_risk.tolist() == table["at_risk"].tolist()
    share = fitted.survival_function_.loc[ours.time].to_numpy()[:, 0]
    assert ours.share == pytest.approx(share, abs=EXACT)


GROUP = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=2, max_size=30)


@settings(max_examples=40)
@given(GROUP, GROUP)
def test_drawn_groups_agree_with_lifelines_too(one, other):
    (days, ended), (other_days, other_ended) = (np.array(g, dtype=float).T for g in (one, other))
    assert_same_curve(kaplan_meier(days, ended), theirs(days, ended))
    ours = log_rank(counted(days, ended), counted(other_days, other_ended))
    if ours.chi_square is not None:
        expected = logrank_test(days, other_days, ended, other_ended)
        assert ours.chi_square == pytest.approx(expected.test_statistic, rel=1e-8, abs=EXACT)
        assert ours.p == pytest.approx(expected.p_value, rel=1e-8, abs=EXACT)
