"""The difference of two means by hand, by Student's sleep data, by Welch and by simulation."""

import random
from collections import defaultdict
from statistics import fmean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators.difference import difference

T_4 = 2.7764451051977987  # 97.5% point of Student's t on 4 degrees: 2.776 in any table


def counted(rows):
    """What is counted of (side, value, cluster) rows: a line a cluster."""
    lines = defaultdict(lambda: {"ours_n": 0, "ours_sum": None, "theirs_n": 0, "theirs_sum": None})
    for side, value, cluster in rows:
        name = "ours" if side == "university" else "theirs"
        line = lines[cluster]
        line[f"{name}_n"] += 1
        line[f"{name}_sum"] = (line[f"{name}_sum"] or 0) + value
    names = ("ours_n", "ours_sum", "theirs_n", "theirs_sum")
    return {name: [line[name] for line in lines.values()] for name in names}


def concluded(rows):
    return difference().conclude(counted(rows))


def pairs(differences):
    """A partnership each, with one answer a side: the partner's nought."""
    return [
        row
        for number, apart in enumerate(differences)
        for row in (("university", apart, number), ("partner", 0.0, number))
    ]


def test_five_partnerships_worked_by_hand():
    """The university's mean: (4 + 4 + 2 + 2 + 3) / 5 = 3. The partners': (1 + 3) / 2 = 2. D = 1.

    z: a (4 - 3)/5 + -(1 - 2)/2 = 0.2 + 0.5 = 0.7; b (4 - 3)/5 - (3 - 2)/2 = 0.2 - 0.5 = -0.3;
    c and d (2 - 3)/5 = -0.2 each; e 0. Squares: 0.49 + 0.09 + 0.04 + 0.04 = 0.66.
    Variance: 5/4 * 0.66 = 0.825; root 0.9082951; by t(4) 2.776445 = 2.5218316.
    """
    ours = [("university", value, c) for value, c in zip((4, 4, 2, 2, 3), "abcde", strict=True)]
    figure = concluded([*ours, ("partner", 1, "a"), ("partner", 3, "b")])
    assert (figure.n, figure.value) == (7, 1.0)
    assert figure.lower == pytest.approx(1 - 2.5218316, abs=5e-7)
    assert figure.upper == pytest.approx(1 + 2.5218316, abs=5e-7)


def test_one_answer_a_side_in_each_partnership_is_the_paired_t_of_students_sleep_data():
    """Student 1908, extra hours of sleep by two drugs; limits as R's t.test(paired) gives them."""
    extra = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    figure = concluded(pairs(extra))
    assert figure.value == pytest.approx(1.58)
    assert figure.lower == pytest.approx(0.7001142, abs=5e-8)
    assert figure.upper == pytest.approx(2.4598858, abs=5e-8)


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3), st.lists(
    st.integers(0, 100), min_size=3, max_size=3))  # fmt: skip
def test_one_answer_a_partnership_is_welchs_error_but_for_the_last_degree(ours, theirs):
    """Welch's variance is s²/m + s²/m; over 2m clusters of one row ours is (2m-2)/(2m-1) of it."""
    rows = [("university", value, f"u{n}") for n, value in enumerate(ours)]
    rows += [("partner", value, f"p{n}") for n, value in enumerate(theirs)]
    figure = concluded(rows)
    welch = (variance(ours) + variance(theirs)) / 3
    assert figure.value == pytest.approx(fmean(ours) - fmean(theirs))
    t_5 = 2.570581835636314
    assert (figure.upper - figure.value) / t_5 == pytest.approx((welch * 4 / 5) ** 0.5, abs=1e-6)


def test_the_interval_holds_the_truth_about_19_times_in_20_though_answers_hang_together():
    """20 partnerships, each as kind to itself as it is, with 1 to 6 answers a side; truth 0.1."""
    draw = random.Random(1983)
    held = 0
    for _ in range(600):
        rows = []
        for cluster in range(20):
            own, gap = draw.gauss(0.5, 0.2), draw.gauss(0.1, 0.15)
            sizes = draw.choice([(1, 6), (3, 3), (6, 1), (2, 2)])
            rows += [("university", own + gap + draw.gauss(0, 0.1), cluster)] * sizes[0]
            rows += [("partner", own + draw.gauss(0, 0.1), cluster)] * sizes[1]
        figure = concluded(rows)
        held += figure.lower <= 0.1 <= figure.upper
    assert 0.91 <= held / 600 <= 0.98


def test_four_partnerships_give_a_difference_without_an_interval_and_say_why():
    figure = concluded(pairs([1, 2, 3, 4]))
    assert (figure.value, figure.lower, figure.upper) == (2.5, None, None)
    assert figure.note == "fewer than 5 partnerships, so no interval can be given"


@pytest.mark.parametrize(
    ("side", "silent"), [("university", "partners"), ("partner", "the university")]
)
def test_one_side_alone_gives_no_difference_and_says_who_was_silent(side, silent):
    figure = concluded([(side, 3, c) for c in range(9)])
    assert (figure.n, figure.value) == (9, None)
    assert figure.note == f"{silent} gave no score, so there is no difference"


def test_nothing_counted_is_withheld_with_words():
    figure = concluded([])
    assert (figure.n, figure.value) == (0, None)
    assert figure.note


answers = st.tuples(
    st.sampled_from(["university", "partner"]), st.integers(0, 10), st.integers(0, 8)
)


@given(st.lists(answers, max_size=40), st.randoms())
def test_the_interval_contains_the_difference_and_row_order_does_not_matter(rows, shuffle):
    figure = concluded(rows)
    shuffled = rows.copy()
    shuffle.shuffle(shuffled)
    again = concluded(shuffled)
    assert (again.n, again.note) == (figure.n, figure.note)
    for name in ("value", "lower", "upper"):
        assert getattr(again, name) == pytest.approx(getattr(figure, name), abs=1e-9)
    if figure.lower is not None:
        assert figure.lower <= figure.value <= figure.upper


def test_the_same_score_from_everybody_leaves_no_spread():
    figure = concluded(pairs([0.0] * 6))
    assert (figure.value, figure.lower, figure.upper) == (0, 0, 0)
