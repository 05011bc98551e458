"""Log-rank against published comparisons and a slow loop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators import log_rank

# Freireich and others 1963 / Gehan 1965; R's survival::aml.
SIX_MP = "6,6,6,6+,7,9+,10,10+,11+,13,16,17+,19+,20+,22,23,25+,32+,32+,34+,35+"
PLACEBO = "1,1,2,2,3,4,4,5,5,8,8,8,8,11,11,12,12,15,17,22,23"
MAINTAINED = "9,13,13+,18,23,28+,31,34,45+,48,161+"
NONMAINTAINED = "5,5,8,8,12,16+,23,27,30,33,43,45"


def columns(rows):
    days, observed, entered = zip(*rows, strict=True) if rows else ((), (), ())
    return {"days": days, "observed": observed, "entered": entered, "n": [1] * len(rows)}


def read(text):
    return columns([(float(t.rstrip("+")), not t.endswith("+"), None) for t in text.split(",")])


def test_the_two_arms_of_the_aml_trial_differ_as_r_says():
    found = log_rank(read(MAINTAINED), read(NONMAINTAINED))
    assert round(found.chi_square, 1) == 3.4  # doaml.Rout.save of R's survival package
    assert found.p == pytest.approx(0.0653, abs=5e-5)
    assert (found.observed, round(found.expected, 2)) == (7, 10.69)


def test_the_two_arms_of_the_leukaemia_trial_differ_as_published():
    """Nine relapsed on 6-MP where 19.25 would have, 21 on placebo; χ² 16.79."""
    found = log_rank(read(SIX_MP), read(PLACEBO))
    assert (found.observed, round(found.expected, 2)) == (9, 19.25)
    assert found.chi_square == pytest.approx(16.79, abs=5e-3)
    assert found.p < 0.0001


def test_two_ends_can_be_done_in_the_head():
    # Day 1: 1 of 2 and 1 ends, in the first: E 1/2, V 1/4. Day 2: the second alone: E 0, V 0.
    found = log_rank(columns([(1, True, None)]), columns([(2, True, None)]))
    assert (found.observed, found.expected) == (1, 0.5)
    assert found.chi_square == pytest.approx(1)
    assert found.p == pytest.approx(0.3173, abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([], []),
        ([(5, False, None)], [(7, False, None)]),
        ([(1, False, None)], [(2, True, None)]),
        ([(1, True, 1)], [(2, True, None)]),
    ],
)
def test_where_none_ended_while_both_were_followed_nothing_can_be_told(one, other):
    found = log_rank(columns(one), columns(other))
    assert (found.chi_square, found.p) == (None, None)


def test_a_row_without_days_is_refused():
    with pytest.raises(ValueError, match="every row needs its days"):
        log_rank(columns([(None, True, None)]), columns([(2, True, None)]))


def slow(one, other):
    observed = expected = variance = 0.0
    for t in sorted({d for d, o, e in one + other if o and (e is None or e < d)}):

        def followed(rows, t=t):
            return [(d, o) for d, o, e in rows if (e is None or e < t) and t <= d]

        n1, n2 = len(followed(one)), len(followed(other))
        d1, d2 = (sum(o and d == t for d, o in followed(rows)) for rows in (one, other))
        n, d = n1 + n2, d1 + d2
        observed += d1
        expected += d * n1 / n
        variance += d * n1 * n2 * (n - d) / n**2 / (n - 1) if n > 1 else 0
    return observed, expected, variance


ROWS = st.lists(
    st.tuples(st.integers(0, 12), st.booleans(), st.one_of(st.none(), st.integers(0, 12))),
    max_size=25,
)


@given(ROWS, ROWS)
def test_it_agrees_with_a_slow_loop_late_entry_included(one, other):
    found = log_rank(columns(one), columns(other))
    observed, expected, variance = slow(one, other)
    assert found.observed == observed
    assert found.expected == pytest.approx(expected)
    if variance < 1e-12:
        assert found.chi_square is None
    else:
        assert found.chi_square == pytest.approx((observed - expected) ** 2 / variance)


@given(ROWS, ROWS)
def test_it_does_not_matter_which_group_is_named_first(one, other):
    there, back = log_rank(columns(one), columns(other)), log_rank(columns(other), columns(one))
    if there.chi_square is None:
        assert back.chi_square is None
    else:
        assert there.chi_square == pytest.approx(back.chi_square, abs=1e-9)


@given(ROWS, ROWS)
def test_counted_twice_over_is_the_same_as_listed_twice(one, other):
    twice = [{**columns(rows), "n": [2] * len(rows)} for rows in (one, other)]
    listed = log_rank(columns(one + one), columns(other + other))
    found = log_rank(*twice)
    assert (found.observed, found.chi_square) == (listed.observed, pytest.approx(listed.chi_square))
