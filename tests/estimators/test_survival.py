"""Kaplan-Meier against published curves, printed to the digits their sources give.

6-MP and placebo: Freireich and others 1963 / Gehan 1965. g3: lifelines, from R. aml: R's
survival package, doaml.Rout.save. Bewick and others, Crit Care 2004, 8:389.
"""

import random
from collections import Counter
from math import ceil
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators import kaplan_meier, restricted_mean, survival

STILL_OPEN = "more than half are still open: no middle value yet"


def read(text):
    """`6,6+` is one that ended after 6 days and one still open after 6."""
    times = text.split(",")
    return [float(t.rstrip("+")) for t in times], [not t.endswith("+") for t in times]


def curve_of(text):
    return kaplan_meier(*read(text))


def counted(days, observed, entered=None):
    entered = [None] * len(days) if entered is None else entered
    each = Counter(zip(days, observed, entered, strict=True))
    columns = {name: [row[i] for row in each] for i, name in enumerate(survival().columns)}
    return {**columns, "n": list(each.values())}


SIX_MP = "6,6,6,6+,7,9+,10,10+,11+,13,16,17+,19+,20+,22,23,25+,32+,32+,34+,35+"
PLACEBO = "1,1,2,2,3,4,4,5,5,8,8,8,8,11,11,12,12,15,17,22,23"
MAINTAINED = "9,13,13+,18,23,28+,31,34,45+,48,161+"
NONMAINTAINED = "5,5,8,8,12,16+,23,27,30,33,43,45"  # R's survival::aml


def test_the_6mp_curve_is_the_published_one():
    curve = curve_of(SIX_MP)
    assert curve.time.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.events.tolist() == [3, 1, 1, 1, 1, 1, 1]
    share = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    standard_error = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    lower = [0.6197, 0.5631, 0.5032, 0.4316, 0.3675, 0.2678, 0.1881]
    upper = [0.9516, 0.9228, 0.8894, 0.8491, 0.8049, 0.7468, 0.6801]
    assert curve.share == pytest.approx(share, abs=5e-5)
    assert curve.standard_error == pytest.approx(standard_error, abs=5e-5)
    assert curve.lower == pytest.approx(lower, abs=5e-5)
    assert curve.upper == pytest.approx(upper, abs=5e-5)
    assert (curve.median(), curve.largest, curve.begins) == (23, 35, 0)


def test_the_6mp_restricted_means_are_the_published_ones():
    curve = curve_of(SIX_MP)
    assert restricted_mean(curve, 35) == pytest.approx((23.2874, 2.8275), abs=5e-5)
    assert restricted_mean(curve, 24) == pytest.approx((18.3574, 1.6366), abs=5e-5)


def test_the_6mp_median_has_the_limits_read_off_its_printed_band():
    """Lower limits first at most a half at 13 (.4316); the upper ones end at .6801: none."""
    figure = survival().conclude(counted(*read(SIX_MP)))
    assert (figure.n, figure.value, figure.lower, figure.upper) == (21, 23, 13, None)
    assert (figure.numerator, figure.denominator) == (9, 21)
    assert figure.note == "too few have ended to give an upper limit"


def test_the_placebo_curve_is_the_published_one():
    curve = curve_of(PLACEBO)
    at_8 = curve.time.tolist().index(8)
    assert curve.at(8) == pytest.approx(8 / 21)
    assert curve.standard_error[at_8] == pytest.approx(0.1060, abs=5e-5)
    assert curve.median() == 8
    mean, standard_error = restricted_mean(curve, 35)
    assert mean == pytest.approx(8.6667, abs=5e-5)
    assert mean == pytest.approx(fmean(read(PLACEBO)[0]))
    assert standard_error == pytest.approx(1.3774, abs=5e-5)


def test_the_g3_curve_and_its_limits_are_those_of_r():
    curve = curve_of("34,32,9,19,50+,48+")
    assert curve.time.tolist() == [9, 19, 32, 34]
    assert curve.share == pytest.approx([0.8333, 0.6667, 0.5, 0.3333], abs=5e-5)
    assert curve.lower == pytest.approx([0.2731, 0.1946, 0.1109, 0.0461], abs=5e-5)
    assert curve.upper == pytest.approx([0.975, 0.904, 0.804, 0.676], abs=5e-4)
    assert curve.median() == 32  # (5/6)(4/5)(3/4) is exactly a half


def test_the_maintained_aml_curve_is_that_of_r():
    curve = curve_of(MAINTAINED)
    assert curve.time.tolist() == [9, 13, 18, 23, 31, 34, 48]
    share = [0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184]
    standard_error = [0.0867, 0.1163, 0.1397, 0.1526, 0.1642, 0.1627, 0.1535]
    lower = [0.5081, 0.4474, 0.3502, 0.2658, 0.1673, 0.0928, 0.0117]
    upper = [0.9867, 0.9512, 0.8990, 0.8353, 0.7534, 0.6570, 0.5250]
    assert curve.share == pytest.approx(share, abs=5e-4)
    assert curve.standard_error == pytest.approx(standard_error, abs=5e-5)
    assert curve.lower == pytest.approx(lower, abs=5.1e-5)
    assert curve.upper == pytest.approx(upper, abs=5.1e-5)
    assert curve.median() == 31


def test_the_maintained_aml_curve_has_rs_limits_on_the_logarithm_too():
    """R's default is log: S exp(∓ z se/S), at most 1. Checks the standard errors once more."""
    curve = curve_of(MAINTAINED)
    reach = np.exp(1.959963984540054 * curve.standard_error / curve.share)
    lower = [0.7541, 0.6192, 0.4884, 0.3769, 0.2549, 0.1549, 0.0359]
    upper = [1, 1, 1, 0.999, 0.946, 0.875, 0.944]
    assert curve.share / reach == pytest.approx(lower, abs=5e-5)
    assert np.minimum(1, curve.share * reach) == pytest.approx(upper, abs=5e-4)


def test_the_nonmaintained_aml_curve_is_that_of_r():
    curve = curve_of(NONMAINTAINED)
    share = [0.8333, 0.6667, 0.5833, 0.4861, 0.3889, 0.2917, 0.1944, 0.0972, 0]
    assert curve.share == pytest.approx(share, abs=5e-5)
    assert curve.median() == 23


def test_the_bewick_curve_is_the_published_one():
    curve = curve_of("1,1,4,5,6+,9,9+,22")
    assert curve.time.tolist() == [1, 4, 5, 9, 22]
    assert curve.share == pytest.approx([0.75, 0.625, 0.5, 0.3333, 0], abs=5e-5)


def test_the_small_restricted_means_are_those_of_lifelines():
    curve = curve_of("1,2,3,4,10")
    assert restricted_mean(curve, 4)[0] == pytest.approx(2.8)
    assert restricted_mean(curve, 4.1)[0] == pytest.approx(2.82)


def test_quartiles_are_where_a_quarter_and_three_quarters_have_ended():
    """Of 1, 2, 3, 4 each takes a quarter."""
    curve = curve_of("1,2,3,4")
    assert [curve.quantile(q) for q in (0.25, 0.5, 0.75)] == [1, 2, 3]


@pytest.mark.parametrize("n", [10, 30, 70, 1010, 4002])
def test_a_half_reached_step_by_step_is_not_missed_by_rounding(n):
    """1 to n, none open: exactly half have ended at n / 2."""
    assert kaplan_meier(list(range(1, n + 1)), [True] * n).median() == n / 2


def test_the_share_open_at_a_day_has_the_printed_limits():
    figure = survival(at=13).conclude(counted(*read(SIX_MP)))
    assert figure.value == pytest.approx(0.6902, abs=5e-5)
    assert figure.lower == pytest.approx(0.4316, abs=5e-5)
    assert figure.upper == pytest.approx(0.8491, abs=5e-5)
    between = survival(at=15.5).conclude(counted(*read(SIX_MP)))
    assert (between.value, between.lower) == (figure.value, figure.lower)


def test_before_anything_ended_all_are_open_and_no_interval_is_given():
    figure = survival(at=5).conclude(counted(*read(SIX_MP)))
    assert (figure.value, figure.lower, figure.upper) == (1, None, None)
    assert figure.note == "none had ended by then, so no interval can be given"


def test_after_the_last_ended_none_is_open_and_no_interval_is_given():
    figure = survival(at=40).conclude(counted(*read(PLACEBO)))
    assert (figure.value, figure.lower, figure.upper) == (0, None, None)
    assert figure.note == "all had ended by then, so no interval can be given"


def test_a_share_beyond_what_was_followed_is_withheld():
    assert survival(at=35).conclude(counted(*read(SIX_MP))).value is not None
    figure = survival(at=36).conclude(counted(*read(SIX_MP)))
    assert (figure.value, figure.lower, figure.upper) == (None, None, None)
    assert "36 days" in figure.note


def test_a_restricted_mean_beyond_what_was_followed_is_refused():
    with pytest.raises(ValueError, match="none was followed that long"):
        restricted_mean(curve_of(SIX_MP), 36)
    with pytest.raises(ValueError, match="none was followed that long"):
        restricted_mean(kaplan_meier([], []), 1)
    with pytest.raises(ValueError, match="none was followed that long"):
        restricted_mean(curve_of(SIX_MP), -1)


def test_a_median_that_is_not_reached_is_withheld_with_words():
    figure = survival().conclude(counted([10, 20, 30, 30, 30], [True, True, False, False, False]))
    assert (figure.value, figure.lower, figure.upper) == (None, None, None)
    assert figure.note == STILL_OPEN
    assert [point.share for point in figure.curve] == pytest.approx([0.8, 0.6])


def test_with_nothing_ended_there_is_no_median_and_everything_is_open():
    columns = counted([10, 20], [False, False])
    assert survival().conclude(columns).note == STILL_OPEN
    assert survival(at=15).conclude(columns).value == 1
    assert survival().conclude(columns).curve == ()


def test_one_that_ended_has_a_median_and_no_limits():
    figure = survival().conclude(counted([12], [True]))
    assert (figure.value, figure.lower, figure.upper) == (12, None, None)
    assert figure.note == "too few have ended to give a lower or an upper limit"
    (point,) = figure.curve
    assert (point.share, point.standard_error, point.lower, point.upper) == (0, 0, None, None)


def test_years_are_days_by_365_and_a_quarter():
    """730.5 days are two years, in the value, its limits and the curve."""
    days = [365.25, 730.5, 730.5, 730.5, 1095.75, 1461.0]
    figure = survival(scale=365.25).conclude(counted(days, [True] * 6))
    assert figure.value == 2
    assert [point.time for point in figure.curve] == [1, 2, 3, 4]
    in_days = survival().conclude(counted(days, [True] * 6))
    assert (figure.lower * 365.25, in_days.value) == (in_days.lower, 730.5)
    too_long = survival(scale=365.25, at=5 * 365.25).conclude(counted([800], [False]))
    assert "5 years" in too_long.note


def test_the_curve_is_given_where_something_ended_with_its_standard_error():
    point = survival().conclude(counted(*read(SIX_MP))).curve[0]
    assert (point.time, point.at_risk, point.events) == (6, 21, 3)
    assert point.share == pytest.approx(0.8571, abs=5e-5)
    assert point.standard_error == pytest.approx(0.0764, abs=5e-5)


# Late entry


def slow_curve(rows, fewest):
    """At risk at t if (entered is None or entered < t) and t <= days, one row at a time."""
    followed = [(d, o, e) for d, o, e in rows if e is None or e < d]
    begins = None
    for start in sorted({-1 if e is None else e for _, _, e in followed}):
        if sum((e is None or e <= start) and start < d for d, _, e in followed) >= fewest:
            begins = start
            break
    share, points = 1.0, []
    for t in sorted({d for d, o, _ in followed if o}):
        if begins is None or t <= begins:
            continue
        at_risk = sum((e is None or e < t) and t <= d for d, _, e in followed)
        events = sum(o and d == t for d, o, _ in followed)
        share *= 1 - events / at_risk
        points.append((t, at_risk, events, share))
    return points


ROWS = st.lists(
    st.tuples(st.integers(0, 15), st.booleans(), st.one_of(st.none(), st.integers(0, 15))),
    min_size=1,
    max_size=40,
)


@given(ROWS)
def test_late_entry_agrees_with_a_slow_loop(rows):
    days, observed, entered = (list(column) for column in zip(*rows, strict=True))
    curve = kaplan_meier(days, observed, entered)
    slow = slow_curve(rows, 1)
    assert curve.time.tolist() == [t for t, _, _, _ in slow]
    assert curve.at_risk.tolist() == [n for _, n, _, _ in slow]
    assert curve.events.tolist() == [d for _, _, d, _ in slow]
    assert curve.share == pytest.approx([s for _, _, _, s in slow], abs=1e-12)


@given(ROWS)
def test_the_figure_with_late_entry_begins_where_five_are_at_risk(rows):
    columns = counted(*(list(column) for column in zip(*rows, strict=True)))
    late = any(e for _, _, e in rows)
    slow = slow_curve(rows, 5 if late else 1)
    figure = survival().conclude(columns)
    assert [point.time for point in figure.curve] == [t for t, _, _, _ in slow]
    assert [point.share for point in figure.curve] == pytest.approx(
        [s for _, _, _, s in slow], abs=1e-12
    )
    middle = [t for t, _, _, s in slow if s <= 0.5 + 1e-12]
    assert figure.value == (middle[0] if middle else None)


LATE = [(20, True, 2), (30, True, 10), (40, True, 10), (50, True, 10), (60, True, 10), (9, True, 5)]


def test_the_first_day_with_five_at_risk_is_the_beginning_and_the_note_says_so():
    """After day 10 five are followed; the one that ended on day 9 came before and is not in.

    Then 20, 30, 40, 50, 60 take a fifth each: .8, .6, .4, so the middle is 40.
    """
    days, observed, entered = (list(column) for column in zip(*LATE, strict=True))
    figure = survival().conclude(counted(days, observed, entered))
    assert (figure.n, figure.value) == (6, 40)
    assert [point.at_risk for point in figure.curve] == [5, 4, 3, 2, 1]
    assert "last longer than 10 days" in figure.note
    early = survival(at=7).conclude(counted(days, observed, entered))
    assert early.value is None
    assert "too few have been followed from so early on" in early.note


def test_fewer_than_five_ever_followed_together_give_no_curve_with_late_entry():
    days, observed, entered = (list(column) for column in zip(*LATE[:4], strict=True))
    figure = survival().conclude(counted(days, observed, entered))
    assert (figure.n, figure.value, figure.curve) == (4, None, ())
    assert "fewer than 5" in figure.note


def test_one_that_was_over_before_it_was_recorded_is_counted_in_words_only():
    """1, 2, 3 have the middle 2; the fourth ended on day 5, first recorded on day 9."""
    days, observed, entered = [1, 2, 3, 4, 6, 5], [True] * 6, [None] * 5 + [9]
    figure = survival().conclude(counted(days, observed, entered))
    assert (figure.n, figure.value) == (6, 3)
    assert "1 of 6 not followed at all" in figure.note


def test_what_ends_on_the_day_it_is_recorded_from_was_never_followed():
    figure = survival().conclude(counted([0], [True], [0]))
    assert (figure.n, figure.value) == (1, None)
    assert "none was followed for any time" in figure.note


def test_dropping_late_entry_would_flatter_so_it_changes_the_answer():
    """Eight recorded after 10 years and ended at 11 to 18; two from the start ended at 1 and 2.

    From the start two of ten are gone by 2, S .8. With late entry both of the two at risk are,
    so nothing is known to last past 2: S 0 in the textbook curve.
    """
    days, entered = [1, 2, *range(11, 19)], [None, None, *[10] * 8]
    assert kaplan_meier(days, [True] * 10).at(5) == pytest.approx(0.8)
    assert kaplan_meier(days, [True] * 10, entered).at(5) == 0


# What must always hold


OPEN_OR_ENDED = st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=1, max_size=50)


@given(OPEN_OR_ENDED, st.randoms())
def test_neither_row_order_nor_splitting_the_counts_matters(rows, shuffle):
    days, observed = (list(column) for column in zip(*rows, strict=True))
    together = survival().conclude(counted(days, observed))
    shuffle.shuffle(rows)
    days, observed = (list(column) for column in zip(*rows, strict=True))
    assert survival().conclude(counted(days, observed)) == together
    single = {
        "days": days,
        "observed": observed,
        "entered": [None] * len(days),
        "n": [1] * len(days),
    }
    assert survival().conclude(single) == together


@given(OPEN_OR_ENDED)
def test_intervals_contain_their_values(rows):
    columns = counted(*(list(column) for column in zip(*rows, strict=True)))
    for estimator in (survival(), survival(at=30)):
        figure = estimator.conclude(columns)
        assert figure.lower is None or figure.lower <= figure.value
        assert figure.upper is None or figure.value <= figure.upper
        for point in figure.curve:
            assert point.lower is None or 0 <= point.lower <= point.share <= point.upper <= 1


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_without_censoring_the_restricted_mean_is_the_mean(days):
    """And its standard error that of the mean, with n where s has n - 1."""
    mean, standard_error = restricted_mean(kaplan_meier(days, [True] * len(days)), 400)
    assert mean == pytest.approx(fmean(days), abs=1e-9)
    assert standard_error == pytest.approx(np.std(days) / len(days) ** 0.5, abs=1e-9)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=50))
def test_without_censoring_the_median_is_the_lower_middle_value(days):
    assert (
        survival().conclude(counted(days, [True] * len(days))).value
        == sorted(days)[ceil(len(days) / 2) - 1]
    )


def median_of(rows):
    return kaplan_meier(*(list(column) for column in zip(*rows, strict=True))).median()


def no_sooner(after, before):
    return after is None or (before is not None and before <= after)


@given(OPEN_OR_ENDED, st.data())
def test_a_later_payment_never_shortens_the_median(rows, data):
    """Where no open one drops out of sight between the day it was paid and the later day."""
    which = data.draw(st.integers(0, len(rows) - 1))
    paid, later = rows[which][0], rows[which][0] + data.draw(st.integers(1, 50))
    rows = [row for row in rows if row[1] or not paid <= row[0] < later]
    moved = [*rows, (later, True)]
    assert no_sooner(median_of(moved), median_of([*rows, (paid, True)]))


@given(OPEN_OR_ENDED, st.integers(0, 90), st.integers(0, 50))
def test_leaving_open_what_could_have_been_paid_never_shortens_the_median(rows, paid, longer):
    still_open = median_of([*rows, (paid + longer, False)])
    assert no_sooner(still_open, median_of([*rows, (paid, True)]))


def test_a_later_payment_can_give_a_median_where_the_open_ones_dropped_out_before_it():
    """Paid on day 0 with two open since that day: 2/3 are open, and no more is known.

    Paid on day 1 it is the only one followed that far, and it ends: 0 are open. This is how
    Kaplan-Meier reads it, so "a later payment never improves the figure" has this exception.
    """
    assert median_of([(0, True), (0, False), (0, False)]) is None
    assert median_of([(1, True), (0, False), (0, False)]) == 1


def test_the_log_log_band_holds_the_truth_19_times_in_20():
    """Payment times exponential with median 30, seen until a random day up to 90."""
    draw = random.Random(1958)
    held = 0
    for _ in range(1000):
        paid = [draw.expovariate(0.023104906) for _ in range(60)]  # ln 2 / 30
        seen = [draw.uniform(10, 90) for _ in range(60)]
        curve = kaplan_meier(
            [min(pair) for pair in zip(paid, seen, strict=True)],
            [p <= s for p, s in zip(paid, seen, strict=True)],
        )
        lower, upper = curve.at_limits(30)
        held += lower <= 0.5 <= upper
    assert 925 <= held <= 975


# What may arrive


def test_rows_without_days_are_not_counted():
    columns = {"days": [None, 4], "observed": [True, True], "entered": [None, None], "n": [7, 1]}
    figure = survival().conclude(columns)
    assert (figure.n, figure.value) == (1, 4)
    with pytest.raises(ValueError, match="every row needs its days"):
        kaplan_meier([None, 4], [True, True])


def test_masked_columns_are_read_as_missing():
    columns = {
        "days": np.ma.array([3, 5], mask=[False, False]),
        "observed": np.array([True, True]),
        "entered": np.ma.array([0, 999], mask=[True, True]),
        "n": np.array([1, 1]),
    }
    assert survival().conclude(columns).value == 3


@pytest.mark.parametrize("at", [None, 30])
def test_a_survival_of_nothing_is_withheld_with_words(at):
    figure = survival(at=at).conclude({"days": [], "observed": [], "entered": [], "n": []})
    assert (figure.n, figure.value, figure.curve) == (0, None, ())
    assert figure.note


def test_an_empty_curve_has_no_answers():
    curve = kaplan_meier([], [])
    assert (curve.median(), curve.at(3), curve.largest, curve.begins) == (None, None, None, None)
    assert curve.at_limits(3) == (None, None)


def test_ten_million_rows_counted_by_day_give_the_curve_of_their_shares():
    """A million end on each of ten days: a tenth each, the middle on the fifth."""
    curve = kaplan_meier(range(1, 11), [True] * 10, weights=[1_000_000] * 10)
    assert curve.share == pytest.approx([k / 10 for k in range(9, -1, -1)], abs=1e-12)
    assert curve.median() == 5
    assert curve.standard_error[4] == pytest.approx((0.25 / 10_000_000) ** 0.5)


def test_a_restricted_mean_and_a_quartile_are_those_of_the_curve():
    days = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    ended = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    counted = {"days": days, "observed": ended, "entered": [None] * 21, "n": [1] * 21}
    mean = survival(restricted_to=35).conclude(counted)
    assert mean.value == pytest.approx(23.2874, abs=5e-5)
    assert mean.upper - mean.value == pytest.approx(1.959964 * 2.8275, abs=5e-4)
    assert survival(q=0.25).conclude(counted).value == 13  # the first S(t) of at most .75
    never = survival(q=0.75).conclude(counted)
    assert never.value is None
    assert never.note.startswith("fewer than 75% have ended")
