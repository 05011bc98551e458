"""The hours-weighted gap on tables small enough for the head."""

import random
from collections import Counter
from itertools import product
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_metrics.estimators import gap

U, P = "university", "partner"


def counted(rows):
    """(cluster, side, pence, hours) rows as the engine counts them."""
    hours, each = Counter(), Counter()
    for cluster, side, value, weight in rows:
        hours[cluster, side, value] += weight
        each[cluster, side, value] += 1
    return as_columns([(*key, each[key], hours[key]) for key in each])


def as_columns(rows):
    names = ("cluster", "side", "value", "n", "weight")
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


TABLE = [
    # University: 1,000p to 10 hours, 2,000p to 22, 3,000p to 30. Half of 30 is 15: 2,000p.
    ("a", U, 1000, 10),
    ("b", U, 2000, 12),
    ("c", U, 3000, 8),
    # Partner: unpaid to 6 hours, 1,500p to 16, 2,500p to 20. Half of 20 is 10: 1,500p.
    ("a", P, 0, 6),
    ("d", P, 1500, 10),
    ("e", P, 2500, 4),
]


def test_the_gap_of_a_table_worked_by_hand():
    """(£20 - £15) / £20 = 0.25: the partner's middle hour is paid a quarter less."""
    figure = gap().conclude(counted(TABLE))
    assert figure.n == 3
    assert figure.value == 0.25
    assert (figure.numerator, figure.denominator) == (5.0, 20.0)


def test_hours_that_split_in_two_exactly_give_the_value_half_way():
    """University 5 h at 1,000p and 5 h at 2,000p: 1,500p. Partner 3 h at 1,200p. Gap 300/1500."""
    rows = [("a", U, 1000, 5), ("a", U, 2000, 5), ("a", P, 1200, 3)]
    assert gap().conclude(counted(rows)).value == 0.2


def test_tenths_of_hours_that_split_in_two_are_not_undone_by_rounding():
    """0.3 hours below and 0.1 + 0.2 above: in floats half of them is a hair more than 0.3."""
    assert (0.3 + 0.1 + 0.2) / 2 > 0.3
    rows = [("a", U, 1000, 0.3), ("b", U, 2000, 0.1), ("c", U, 2000, 0.2), ("a", P, 1500, 1)]
    assert gap().conclude(counted(rows)).value == 0


def test_a_partner_paid_more_has_a_gap_below_nought():
    assert gap().conclude(counted([("a", U, 1000, 1), ("a", P, 1500, 1)])).value == -0.5


@pytest.mark.parametrize(
    ("side", "note"), [(P, "no university hours to compare with"), (U, "no partner hours")]
)
def test_hours_on_one_side_only_are_withheld_with_words(side, note):
    figure = gap().conclude(counted([("a", side, 1000, 3)]))
    assert (figure.value, figure.lower, figure.upper, figure.note) == (None, None, None, note)


def test_a_university_median_of_nothing_leaves_no_gap_to_take():
    figure = gap().conclude(counted([("a", U, 0, 3), ("a", P, 1000, 3)]))
    assert figure.value is None
    assert figure.note


def test_four_partnerships_give_a_gap_without_an_interval_and_say_why():
    rows = [(c, side, value, 1) for c in "abcd" for side, value in ((U, 2000), (P, 1500))]
    figure = gap().conclude(counted(rows))
    assert (figure.value, figure.lower, figure.upper) == (0.25, None, None)
    assert figure.note == "fewer than 5 partnerships, so no interval can be given"


def test_five_partnerships_are_enough_for_an_interval():
    rows = [(c, side, value, 1) for c in "abcde" for side, value in ((U, 2000), (P, 1500))]
    figure = gap().conclude(counted(rows))
    assert (figure.value, figure.lower, figure.upper, figure.note) == (0.25, 0.25, 0.25, None)


def test_partnerships_that_are_all_alike_leave_no_spread():
    rows = [(c, side, value, 1) for c in "abcdef" for side, value in ((U, 2000), (P, 1500))]
    figure = gap().conclude(counted(rows))
    assert (figure.lower, figure.value, figure.upper) == (0.25, 0.25, 0.25)


def test_one_partnership_in_twenty_with_the_university_hours_gives_no_interval():
    """19/20 to the power 20 is 36%: so many resamples would have no university hour at all."""
    rows = [("a", U, 2000, 1)] + [(str(i), P, 1500, 1) for i in range(19)]
    figure = gap().conclude(counted(rows))
    assert (figure.value, figure.lower, figure.upper) == (0.25, None, None)
    assert "hours of one side" in figure.note


def test_the_interval_agrees_with_a_bootstrap_written_as_a_loop():
    """Its own generator and `statistics.median` over single hours, partnership by partnership."""
    draw = random.Random(1993)
    people = {
        c: [(side, draw.randrange(1000, 3000, 10)) for side in (U, P) for _ in range(5)]
        for c in range(40)
    }
    gaps = []
    for _ in range(4000):
        sample = [row for c in draw.choices(range(40), k=40) for row in people[c]]
        u, p = (median([value for side, value in sample if side == whose]) for whose in (U, P))
        gaps.append((u - p) / u)
    gaps.sort()
    figure = gap().conclude(counted([(c, s, v, 1) for c in people for s, v in people[c]]))
    assert figure.lower == pytest.approx(gaps[100], abs=0.02)
    assert figure.upper == pytest.approx(gaps[3900], abs=0.02)


def test_the_limits_cut_a_fortieth_off_each_end_of_all_the_resamples_there_are():
    """Six partnerships can be drawn in 6^6 = 46,656 equally likely ways: here are all of them."""
    draw = random.Random(1979)
    people = [
        [(side, draw.randrange(1000, 3000)) for side in (U, P) for _ in range(3)] for _ in range(6)
    ]
    gaps = []
    for way in product(range(6), repeat=6):
        sample = [row for c in way for row in people[c]]
        u, p = (median([value for side, value in sample if side == whose]) for whose in (U, P))
        gaps.append((u - p) / u)
    rows = [(c, side, value, 1) for c in range(6) for side, value in people[c]]
    figure = gap().conclude(counted(rows))

    def share_at_most(limit):
        return sum(g <= limit + 1e-12 for g in gaps) / len(gaps)

    def share_below(limit):
        return sum(g < limit - 1e-12 for g in gaps) / len(gaps)

    # 2,000 draws miss 2.5% by 0.35% (standard deviation); a gap of ties may span it.
    assert share_below(figure.lower) - 0.0105 <= 0.025 <= share_at_most(figure.lower) + 0.0105
    assert share_below(figure.upper) - 0.0105 <= 0.975 <= share_at_most(figure.upper) + 0.0105


@pytest.mark.parametrize(
    ("university_low", "value", "limits"), [(True, -1, (-1, 0)), (False, 0.5, (0, 0.5))]
)
def test_limits_are_widened_to_a_gap_that_hardly_any_resample_repeats(
    university_low, value, limits
):
    """Half the hours at 1,000p, half at 2,000p, on both sides alike but for a hundredth of one.

    With it the university's middle is 1,000p and the partner's 2,000p: a gap of -1 (or, tilted
    the other way, (2,000 - 1,000)/2,000). Nearly every resample tips both sides the same way: 0.
    """
    draw = random.Random(12)
    low, high = ([draw.uniform(1, 9) for _ in range(6)] for _ in range(2))
    high = [hours * sum(low) / sum(high) for hours in high]
    tipped = (1000, 2000) if university_low else (2000, 1000)
    rows = [("a0", side, pence, 0.01) for side, pence in zip((U, P), tipped, strict=True)]
    for name, hours, pence in [("a", low, 1000), ("b", high, 2000)]:
        rows += [(f"{name}{i}", side, pence, h) for i, h in enumerate(hours) for side in (U, P)]
    figure = gap().conclude(counted(rows))
    assert figure.value == value
    assert (figure.lower, figure.upper) == limits


def test_the_interval_is_of_partnerships_and_not_of_rows():
    """The same ten partnerships with every row a hundred times over: the same interval."""
    draw = random.Random(5)
    rows = [(c, s, draw.randrange(1000, 2000), 1) for c in range(10) for s in (U, P)]
    once, often = gap().conclude(counted(rows)), gap().conclude(counted(rows * 100))
    assert (often.n, once.n) == (1000, 10)
    assert (often.value, often.lower, often.upper) == (once.value, once.lower, once.upper)


ROWS = st.lists(
    st.tuples(
        st.sampled_from([None, "a", "b", "c", "d", "e", "f"]),
        st.sampled_from([U, P]),
        st.sampled_from([0, 500, 1000, 1500, 2200]),
        st.sampled_from([0.1, 0.5, 1, 7.5]),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms())
def test_row_order_and_splitting_do_not_matter_and_the_interval_contains_the_gap(rows, shuffle):
    figure = gap().conclude(counted(rows))
    shuffled = rows.copy()
    shuffle.shuffle(shuffled)
    assert gap().conclude(counted(shuffled)) == figure
    in_pieces = as_columns([(c, s, v, 1, w) for c, s, v, w in shuffled])
    pieces = gap().conclude(in_pieces)
    assert (pieces.n, pieces.value, pieces.note) == (figure.n, figure.value, figure.note)
    if figure.lower is not None:
        assert figure.lower <= figure.value <= figure.upper
        assert (pieces.lower, pieces.upper) == pytest.approx((figure.lower, figure.upper))


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from([U, P]), st.integers(0, 3000), st.integers(1, 6)), min_size=1
    )
)
def test_whole_hours_weigh_as_if_each_hour_were_a_row(rows):
    u, p = (
        [value for side, value, hours in rows if side == whose for _ in range(hours)]
        for whose in (U, P)
    )
    figure = gap().conclude(counted([("a", *row) for row in rows]))
    if u and p and median(u):
        assert figure.value == pytest.approx((median(u) - median(p)) / median(u))
    else:
        assert figure.value is None


def test_hours_or_pay_that_are_missing_are_not_counted_as_nought():
    rows = [("a", U, 2000, 1, 1.0), ("a", P, 1500, 2, 2.0), ("a", P, None, 9, 99.0)]
    rows += [("b", P, 0, 0, None)]
    figure = gap().conclude(as_columns(rows))
    assert (figure.n, figure.value) == (2, 0.25)


def test_a_gap_of_nothing_is_withheld_with_words():
    figure = gap().conclude(as_columns([]))
    assert (figure.n, figure.value) == (0, None)
    assert figure.note
