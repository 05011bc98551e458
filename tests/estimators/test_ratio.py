"""The ratio of sums worked by hand, by the jackknife and by simulation."""

import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators import ratio

T_4 = 2.7764451051977987  # 97.5% point of Student's t on 4 degrees: 2.776 in any table


def in_cells(rows):
    """(numerator, denominator, cluster, cell, error, people) rows as the engine counts them."""
    groups = defaultdict(list)
    for row in rows:
        groups[row[2], row[3]].append(row)
    return {
        "cluster": [cluster for cluster, _ in groups],
        "rate_cell": [cell for _, cell in groups],
        "cluster_n": [len(of) for of in groups.values()],
        "cluster_numerator": [sum(row[0] for row in of) for of in groups.values()],
        "cluster_denominator": [sum(row[1] for row in of) for of in groups.values()],
        "cell_error": [sum(row[4] or 0 for row in of) for of in groups.values()],
        "cell_people": [of[0][5] for of in groups.values()],
    }


def counted(rows):
    """What the fold counts of (numerator, denominator, cluster) rows."""
    totals = defaultdict(lambda: [0, 0, 0])
    for numerator, denominator, cluster in rows:
        totals[cluster][0] += 1
        totals[cluster][1] += numerator
        totals[cluster][2] += denominator
    each = list(totals.values())
    return {
        "n": [sum(n for n, _, _ in each)],
        "clusters": [len(each)],
        "numerator": [float(sum(y for _, y, _ in each))],
        "denominator": [float(sum(x for _, _, x in each))],
        "numerator_squares": [float(sum(y * y for _, y, _ in each))],
        "denominator_squares": [float(sum(x * x for _, _, x in each))],
        "products": [float(sum(x * y for _, y, x in each))],
    }


FIVE = [(10, 20, "a"), (30, 40, "b"), (20, 40, "c"), (25, 60, "d"), (15, 40, "e")]


def test_five_partnerships_worked_by_hand():
    """Σy = 100 and Σx = 200, so R = 0.5.

    y - R x: 10 - 10 = 0; 30 - 20 = 10; 20 - 20 = 0; 25 - 30 = -5; 15 - 20 = -5.
    Squares: 0 + 100 + 0 + 25 + 25 = 150. Variance: 5/4 * 150 / 200² = 187.5 / 40,000 = 0.0046875.
    Root: 0.0684653; by t(4) 2.776445 = 0.1900902. Limits 0.3099098 and 0.6900902.
    """
    figure = ratio().conclude(counted(FIVE))
    assert (figure.n, figure.numerator, figure.denominator) == (5, 100, 200)
    assert figure.value == 0.5
    assert figure.lower == pytest.approx(0.3099098, abs=5e-8)
    assert figure.upper == pytest.approx(0.6900902, abs=5e-8)


def test_rows_of_one_partnership_are_added_before_they_are_compared():
    """Each of the five in ten equal rows: n is 50, the interval that of five partnerships."""
    rows = [(y / 10, x / 10, cluster) for y, x, cluster in FIVE for _ in range(10)]
    figure, whole = ratio().conclude(counted(rows)), ratio().conclude(counted(FIVE))
    assert figure.n == 50
    assert (figure.lower, figure.upper) == pytest.approx((whole.lower, whole.upper))


@given(st.lists(st.integers(0, 1000), min_size=5, max_size=20), st.integers(1, 100))
def test_with_equal_hours_the_interval_is_exactly_the_jackknifes(paid, hours):
    """Leave each partnership out in turn: variance (k - 1)/k Σ (R without c - their mean)²."""
    k = len(paid)
    without = [(sum(paid) - y) / (hours * (k - 1)) for y in paid]
    middle = sum(without) / k
    jackknife = (k - 1) / k * sum((r - middle) ** 2 for r in without)
    figure = ratio().conclude(counted([(y, hours, c) for c, y in enumerate(paid)]))
    # t by the width of a known case: five partnerships, t 2.776.
    if k == 5:
        assert figure.upper - figure.value == pytest.approx(T_4 * jackknife**0.5, abs=1e-5)
    assert figure.lower - 1e-12 <= figure.value <= figure.upper + 1e-12


def test_with_unequal_hours_the_interval_is_near_the_jackknifes():
    draw = random.Random(1977)
    rows = [(draw.uniform(5, 15) * h, h, c) for c, h in enumerate(range(100, 160))]
    over, under = sum(y for y, _, _ in rows), sum(x for _, x, _ in rows)
    without = [(over - y) / (under - x) for y, x, _ in rows]
    middle = sum(without) / 60
    jackknife = (59 / 60 * sum((r - middle) ** 2 for r in without)) ** 0.5
    figure = ratio().conclude(counted(rows))
    assert (figure.upper - figure.value) / 2.001 == pytest.approx(jackknife, rel=0.03)  # t(59)


def test_the_interval_holds_the_truth_about_19_times_in_20_though_rows_hang_together():
    """20 partnerships, each with a rate of its own around 0.6 and 1 to 30 rows at that rate."""
    draw = random.Random(62)
    held = 0
    for _ in range(600):
        rows = []
        for cluster in range(20):
            rate = draw.gauss(0.6, 0.2)
            rows += [(rate * h, h, cluster) for h in [draw.randint(4, 8)] * draw.randint(1, 30)]
        figure = ratio().conclude(counted(rows))
        held += figure.lower <= 0.6 <= figure.upper
    assert 0.91 <= held / 600 <= 0.98


def estimated_rate(draw, people):
    """A rate around £20 estimated from the pay of so many people, with its standard error."""
    pay = []
    for _ in range(people):
        hours = draw.randint(5, 30)
        pay.append((draw.gauss(20, 5) * hours, hours))
    over, under = sum(y for y, _ in pay), sum(x for _, x in pay)
    spread = people / (people - 1) * sum((y - over / under * x) ** 2 for y, x in pay)
    return over / under, spread**0.5 / under


def simulated(draw, clusters, cells, people):
    """Partnerships paid 0.6 of £20 on average, compared with rates that are estimated."""
    rates = [estimated_rate(draw, people) for _ in range(cells)]
    rows = []
    for cluster in range(clusters):
        own = draw.gauss(0.6, 0.2)
        for _ in range(draw.randint(1, 12)):
            hours, cell = draw.randint(2, 8), draw.randrange(cells)
            rate, error = rates[cell]
            paid, worth = own * 20 * hours, rate * hours
            rows.append((paid, worth, str(cluster), str(cell), error * hours, people))
    return rows


@pytest.mark.parametrize(("clusters", "cells", "people"), [(30, 3, 12), (20, 1, 8), (60, 2, 5)])
def test_with_an_estimated_comparator_the_interval_still_holds_the_truth_19_times_in_20(
    clusters, cells, people
):
    draw = random.Random(62)
    held = as_if_known = 0
    for _ in range(800):
        rows = simulated(draw, clusters, cells, people)
        figure = ratio(estimated=True).conclude(in_cells(rows))
        held += figure.lower <= 0.6 <= figure.upper
        bare = ratio().conclude(counted([row[:3] for row in rows]))
        as_if_known += bare.lower <= 0.6 <= bare.upper
    assert 0.92 <= held / 800 <= 0.98
    # The same rows with the rate taken as known: too few, so the variance is needed.
    assert as_if_known / 800 < 0.92


def test_a_rate_that_all_are_compared_with_widens_the_interval_by_hand():
    """Five partnerships, £12 paid for what £20 an hour gives: 60/100, all alike, no spread.

    The rate rests on three people at £18, £20 and £22, ten hours each: residuals -20, 0 and 20,
    squares 800, by 3/2 1,200, root 34.641, over 30 hours £1.154701 an hour. Five hours err by
    5.773503 together: 0.6 * 5.773503 / 100 = 0.034641. t(2) is 4.302653: 0.149048 either way.
    """
    rows = [(12, 20, cluster, "workshop", 1200**0.5 / 30, 3) for cluster in "abcde"]
    figure = ratio(estimated=True).conclude(in_cells(rows))
    limits = (0.6, 0.450952, 0.749048)
    assert (figure.value, figure.lower, figure.upper) == pytest.approx(limits, abs=1e-6)


def test_both_variances_are_added_and_their_degrees_of_freedom_weighed():
    """FIVE has variance 0.0046875 on 4 degrees. A cell of 3 people that errs by 20 in 200 adds
    (0.5 * 20 / 200)² = 0.0025 on 2: in all 0.0071875. Satterthwaite: 0.0071875² over
    (0.0046875²/4 + 0.0025²/2) is 5.99, so 5 degrees, t 2.570582; root 0.0847791; 0.217932.
    """
    rows = [(y, x, cluster, "a", x / 10, 3) for y, x, cluster in FIVE]
    figure = ratio(estimated=True).conclude(in_cells(rows))
    assert figure.upper - figure.value == pytest.approx(0.217932, abs=1e-6)


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(1, 50), st.sampled_from("abcdefgh")),
        min_size=1,
        max_size=40,
    )
)
def test_rates_that_are_known_give_the_ratio_of_known_rates(rows):
    known = ratio().conclude(counted(rows))
    as_cells = ratio(estimated=True).conclude(in_cells([(*row, None, None, None) for row in rows]))
    assert (as_cells.n, as_cells.note) == (known.n, known.note)
    for name in ("value", "lower", "upper", "numerator", "denominator"):
        one, other = getattr(as_cells, name), getattr(known, name)
        assert one == (other if other is None else pytest.approx(other, abs=1e-9))


def test_a_ratio_of_nothing_with_estimated_rates_is_withheld_with_words():
    figure = ratio(estimated=True).conclude({name: [] for name in in_cells([])})
    assert (figure.n, figure.value) == (0, None)
    assert figure.note


def test_limits_are_kept_to_what_a_share_can_be():
    """One partnership in five is all hit: 0.2 and, by hand, t(4) * sqrt(5/4 * 0.8 / 25) = 0.555."""
    rows = [(0, 1, c) for c in "abcd"] + [(1, 1, "e")]
    loose = ratio().conclude(counted(rows))
    kept = ratio(at_least=0, at_most=1).conclude(counted(rows))
    assert (loose.lower, loose.upper) == pytest.approx((-0.355289, 0.755289), abs=1e-6)
    assert (kept.value, kept.lower, kept.upper) == (0.2, 0, loose.upper)
    high = ratio(at_least=0, at_most=1).conclude(counted([(1 - y, x, c) for y, x, c in rows]))
    assert (high.lower, high.upper) == (pytest.approx(1 - 0.755289, abs=1e-6), 1)


def test_four_partnerships_give_a_ratio_without_an_interval_and_say_why():
    figure = ratio().conclude(counted(FIVE[:4]))
    assert figure.value == 85 / 160
    assert (figure.lower, figure.upper) == (None, None)
    assert figure.note == "fewer than 5 partnerships, so no interval can be given"


def test_nothing_to_divide_by_is_withheld_not_nought():
    figure = ratio().conclude(counted([(5, 0, "a"), (0, 0, "b")]))
    assert (figure.n, figure.value, figure.numerator, figure.denominator) == (2, None, 5, 0)
    assert figure.note


def test_equal_rates_everywhere_leave_no_spread_and_no_rounding_error():
    figure = ratio().conclude(counted([(0.1 * h, h, h) for h in range(1, 40)]))
    assert figure.lower == pytest.approx(0.1, abs=1e-6)
    assert figure.lower <= figure.value <= figure.upper


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(1, 50), st.integers(0, 9)),
        min_size=1,
        max_size=40,
    ),
    st.randoms(),
)
def test_the_interval_contains_the_ratio_and_row_order_does_not_matter(rows, shuffle):
    figure = ratio().conclude(counted(rows))
    shuffled = rows.copy()
    shuffle.shuffle(shuffled)
    assert ratio().conclude(counted(shuffled)) == figure
    if figure.lower is not None:
        assert figure.lower <= figure.value <= figure.upper


def test_partnerships_counted_in_two_parts_give_the_same_ratio():
    parts = [counted(FIVE[:2]), counted(FIVE[2:])]
    split = {name: [part[name][0] for part in parts] for name in parts[0]}
    assert ratio().conclude(split) == ratio().conclude(counted(FIVE))


def test_a_ratio_of_nothing_is_withheld_with_words():
    figure = ratio().conclude({name: [] for name in counted([])})
    assert (figure.n, figure.value) == (0, None)
    assert figure.note
