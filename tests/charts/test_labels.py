"""Charts say a number as words do, and never hand a chart anything it would take for markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics import words
from civic_metrics.charts import labels
from civic_metrics.model import Figure, Unit

NUMBERS = st.floats(min_value=-2000, max_value=2000, allow_nan=False)


@given(x=NUMBERS, unit=st.sampled_from(Unit))
def test_a_chart_and_a_sentence_say_the_same_number(x, unit):
    assert labels.label(x, unit) == words.short(x, unit)


@pytest.mark.parametrize("x", [None, float("nan"), float("inf")])
def test_what_is_not_known_is_not_shown_in_either(x):
    assert labels.label(x, Unit.DAYS) == words.short(x, Unit.DAYS) == "not shown"


@pytest.mark.parametrize(
    ("lower", "upper", "text"),
    [
        (31, 36, "31 to 36 days"),
        (31, None, "31 days or more"),
        (None, 36, "36 days or less"),
        (8, 8, "8 days"),
        (None, None, "no range"),
    ],
)
def test_a_range_in_a_hover_box_says_which_end_is_open(lower, upper, text):
    assert labels.span(Figure(n=9, value=34, lower=lower, upper=upper), Unit.DAYS) == text


def test_a_range_of_money_or_shares_repeats_its_sign():
    assert labels.class_range(0.58, 0.66, Unit.POUND_FOR_POUND) == "58p to 66p"
    assert labels.class_range(0.946, 1.0, Unit.SHARE) == "94.6% to 100%"


def test_a_hover_box_names_the_group_its_range_and_what_it_rests_on():
    figure = Figure(n=1234, value=34, lower=31, upper=36)
    text = labels.hover("Arts & <b>Crafts", figure, Unit.DAYS, "invoices")
    assert text == (
        "<b>Arts &amp; &lt;b&gt;Crafts</b><br>34 days<br>31 to 36 days<br>invoices: 1,234"
    )


def test_long_names_are_broken_or_cut():
    assert labels.lines("Other suppliers", 12) == "Other<br>suppliers"
    assert labels.lines("", 12) == " "
    assert labels.clipped("Example Hospice and Care Trust", 16) == "Example Hospice…"
    assert labels.clipped("Example Hospice", 16) == "Example Hospice"


@pytest.mark.parametrize(
    ("x", "unit", "expected"),
    [
        (34.04, Unit.DAYS, 34.0),
        (0.95149, Unit.SHARE, 0.951),
        (0.625, Unit.POUND_FOR_POUND, 0.63),
        (6.25, Unit.YEARS, 6.3),
    ],
)
def test_classes_are_made_of_values_as_finely_as_they_are_shown(x, unit, expected):
    assert labels.rounded(x, unit) == expected
