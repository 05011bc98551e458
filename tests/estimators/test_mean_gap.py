"""The gap between means worked by hand, by the jackknife and by simulation."""

import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators.mean_gap import PRODUCTS, TOTALS, mean_gap

U, P = "university", "partner"
T_4 = 2.7764451051977987  # 97.5% point of Student's t on 4 degrees: 2.776 in any table


def counted(rows):
    """What the fold counts of (cluster, side, pay, hours) rows."""
    totals = defaultdict(lambda: dict.fromkeys((*TOTALS, "n"), 0.0))
    for cluster, side, pay, hours in rows:
        totals[cluster][f"{side}_pay"] += pay
        totals[cluster][f"{side}_hours"] += hours
        totals[cluster]["n"] += side == P
    each = list(totals.values())
    hold = {side: sum(one[f"{side}_hours"] > 0 for one in each) for side in (U, P)}
    return {
        "n": [sum(one["n"] for one in each)],
        "clusters": [len(each)],
        **{f"{side}_clusters": [number] for side, number in hold.items()},
        **{name: [sum(one[name] for one in each)] for name in TOTALS},
        **{f"{a}_by_{b}": [sum(one[a] * one[b] for one in each)] for a, b in PRODUCTS},
    }


def gap_of(rows):
    means = [
        sum(pay for _, side, pay, _ in rows if side == whose)
        / sum(hours for _, side, _, hours in rows if side == whose)
        for whose in (U, P)
    ]
    return (means[0] - means[1]) / means[0]


# The university's ten hours are paid £20 each everywhere; partners' pay differs.
FIVE = [(c, U, 200, 10) for c in "abcde"] + [
    (c, P, pay, 10) for c, pay in zip("abcde", (100, 120, 140, 160, 180), strict=True)
]


def test_five_partnerships_worked_by_hand():
    """University £20 an hour; partners 700/50 = £14: the gap is 6/20 = 0.3.

    The university's pay does not vary, so e = -(p - 14 h)/(50 * 20): pay less 140 is -40, -20, 0,
    20, 40; over 1,000 squares 0.0016 + 0.0004 + 0 + 0.0004 + 0.0016 = 0.004; by 5/4 0.005.
    Root 0.0707107, by t(4) 2.776445 = 0.1963243.
    """
    figure = mean_gap().conclude(counted(FIVE))
    assert figure.n == 5
    assert (figure.numerator, figure.denominator) == (pytest.approx(6), 20)
    limits = (0.3, 0.3 - 0.1963243, 0.3 + 0.1963243)
    assert (figure.value, figure.lower, figure.upper) == pytest.approx(limits, abs=1e-6)


def test_with_equal_hours_on_the_partners_side_the_interval_is_the_jackknifes():
    """Leave each partnership out in turn: variance 4/5 Σ (gap without c - their mean)²."""
    without = [gap_of([row for row in FIVE if row[0] != c]) for c in "abcde"]
    middle = sum(without) / 5
    jackknife = 4 / 5 * sum((one - middle) ** 2 for one in without)
    figure = mean_gap().conclude(counted(FIVE))
    assert figure.upper - figure.value == pytest.approx(T_4 * jackknife**0.5, abs=1e-6)


def test_with_hours_and_pay_that_vary_on_both_sides_the_interval_is_near_the_jackknifes():
    draw = random.Random(1977)
    rows = [
        (str(c), side, draw.uniform(0.5, 1.5) * rate * hours, hours)
        for c in range(60)
        for side, rate in ((U, 20), (P, 14))
        for hours in (draw.randint(5, 15),)
    ]
    without = [gap_of([row for row in rows if row[0] != str(c)]) for c in range(60)]
    middle = sum(without) / 60
    jackknife = (59 / 60 * sum((one - middle) ** 2 for one in without)) ** 0.5
    figure = mean_gap().conclude(counted(rows))
    assert (figure.upper - figure.value) / 2.001 == pytest.approx(jackknife, rel=0.03)  # t(59)


def test_the_interval_holds_the_truth_about_19_times_in_20():
    """40 partnerships; partners' and staff's rates of one partnership rise and fall together."""
    draw = random.Random(5)
    held = 0
    for _ in range(600):
        rows = []
        for cluster in range(40):
            level = draw.gauss(1, 0.2)
            for side, rate in ((U, 20), (P, 14)):
                for _ in range(draw.randint(1, 5)):
                    hours = draw.randint(2, 8)
                    rows.append((cluster, side, level * draw.gauss(rate, 3) * hours, hours))
        figure = mean_gap().conclude(counted(rows))
        held += figure.lower <= 0.3 <= figure.upper
    assert 0.92 <= held / 600 <= 0.98


def test_partners_paid_more_have_a_gap_below_nought():
    assert mean_gap().conclude(counted([("a", U, 10, 1), ("a", P, 15, 1)])).value == -0.5


@pytest.mark.parametrize(
    ("side", "note"), [(P, "no university hours to compare with"), (U, "no partner hours")]
)
def test_hours_on_one_side_only_are_withheld_with_words(side, note):
    figure = mean_gap().conclude(counted([("a", side, 10, 3)]))
    assert (figure.value, figure.lower, figure.upper, figure.note) == (None, None, None, note)


def test_a_university_that_pays_nothing_leaves_no_gap_to_take():
    figure = mean_gap().conclude(counted([("a", U, 0, 3), ("a", P, 10, 1)]))
    assert figure.value is None
    assert figure.note


def test_four_partnerships_give_a_gap_without_an_interval_and_say_why():
    figure = mean_gap().conclude(counted([row for row in FIVE if row[0] != "e"]))
    assert (figure.lower, figure.upper) == (None, None)
    assert figure.note == "fewer than 5 partnerships, so no interval can be given"


def test_university_hours_in_four_partnerships_only_give_no_interval():
    figure = mean_gap().conclude(counted([row for row in FIVE if row[:2] != ("e", U)]))
    assert figure.value == pytest.approx(0.3)
    assert (figure.lower, figure.upper) == (None, None)
    assert "hold hours of one side" in figure.note


def test_nothing_at_all_is_withheld_with_words():
    figure = mean_gap().conclude({name: [] for name in counted([])})
    assert (figure.n, figure.value) == (0, None)
    assert figure.note


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdefg"),
            st.sampled_from([U, P]),
            st.integers(0, 500),
            st.integers(1, 20),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_the_interval_contains_the_gap_and_no_gap_is_above_one(rows):
    figure = mean_gap().conclude(counted(rows))
    if figure.value is not None:
        assert figure.value == pytest.approx(gap_of(rows))
        assert figure.value <= 1
    if figure.lower is not None:
        assert figure.lower <= figure.value <= figure.upper <= 1
