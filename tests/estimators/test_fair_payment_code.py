"""The award of the Fair Payment Code, as its publisher words it.

Gold: at least 95% of all invoices within 30 days. Silver: at least 95% within 60 days and at least
95% of invoices of small businesses within 30. Bronze: at least 95% within 60 days
(smallbusinesscommissioner.gov.uk/fpc/faqs).
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.estimators.fair_payment_code import Award, band

SHARES = st.none() | st.floats(0, 1)


def award(within_30, within_60, small):
    return band(within_30=within_30, within_60=within_60, small_within_30=small).award


@pytest.mark.parametrize(
    ("within_30", "within_60", "small", "expected"),
    [
        (0.95, 1.0, 0.5, Award.GOLD),
        (0.9499, 1.0, 0.95, Award.SILVER),
        (0.5, 0.95, 0.95, Award.SILVER),
        (0.5, 0.95, 0.9499, Award.BRONZE),
        (0.5, 0.9499, 1.0, Award.NONE),
    ],
)
def test_gold_is_looked_at_first_then_silver_then_bronze(within_30, within_60, small, expected):
    assert award(within_30, within_60, small) is expected


def test_nineteen_of_twenty_is_gold_and_what_rounds_to_95_percent_is_not():
    assert award(19 / 20, 1, None) is Award.GOLD
    assert award(949_999 / 1_000_000, 0.9, None) is Award.NONE


def test_without_the_small_business_flag_silver_cannot_be_told_from_bronze():
    found = band(within_30=0.5, within_60=0.96, small_within_30=None)
    assert found.award is Award.NOT_ASSESSABLE
    assert "fewer than 50 employees" in found.words


def test_the_flag_is_not_needed_for_gold_nor_where_no_award_is_in_reach():
    assert award(0.97, 0.99, None) is Award.GOLD
    assert award(0.5, 0.7, None) is Award.NONE


def test_without_payments_there_is_nothing_to_assess():
    found = band(within_30=None, within_60=None, small_within_30=None)
    assert (found.award, found.words) == (Award.NOT_ASSESSABLE, "no payments to assess")


def test_a_percentage_is_not_taken_for_a_share():
    with pytest.raises(ValueError, match="between 0 and 1"):
        award(96, 98, None)


RANK = [Award.NONE, Award.BRONZE, Award.SILVER, Award.GOLD]


@given(
    first=st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
    more=st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)),
)
def test_paying_more_in_time_never_loses_an_award(first, more):
    better = [max(pair) for pair in zip(first, more, strict=True)]
    assert RANK.index(award(*better)) >= RANK.index(award(*first))


@given(within_30=SHARES, within_60=SHARES, small=SHARES)
def test_every_award_is_said_in_words(within_30, within_60, small):
    assert band(within_30=within_30, within_60=within_60, small_within_30=small).words
