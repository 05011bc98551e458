"""Why partnerships ended, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said
from tests.indicators.lives import ago, going, over


@pytest.fixture
def ended(ledger, load, lead):
    def asked(*partnerships, **how):
        load("partnership", *partnerships, complete_to=AS_OF)
        return figure(ledger, lead, "end_reasons", **how)

    return asked


REASONS = (
    "purpose met",
    "planned together",
    "planned together",
    "funding ended",
    "staff left",
    "partner closed",
    "not known",
    None,
)


def drawn():
    return [over(f"p{n}", 900, 10, end_reason=reason) for n, reason in enumerate(REASONS)]


def test_ends_by_plan_are_a_share_of_those_with_a_reason(ended):
    row = ended(*drawn(), going("going", 900)).only
    assert (row.figure.n, row.figure.numerator, row.figure.value) == (6, 3, 0.5)
    assert said(row.left_out) == {
        "why it ended is not recorded": (2, None),
        "still going": (1, None),
    }


def test_by_reason_each_is_counted(ended):
    rows = ended(*drawn(), by=["end_reason"]).rows
    assert {row.labels[0]: (row.figure.n, row.figure.numerator or 0) for row in rows} == {
        "purpose met": (1, 1),
        "planned together": (2, 2),
        "funding ended": (1, 0),
        "staff left": (1, 0),
        "partner closed": (1, 0),
        "not known": (0, 0),
        "not stated": (0, 0),
    }


def test_an_end_yet_to_come_has_not_happened(ended):
    row = ended(over("a", 900, -5, end_reason="purpose met")).only
    assert row.figure.n == 0
    assert said(row.left_out) == {"still going": (1, None)}


def test_an_ending_agreed_before_it_came_counts_as_planned_in_the_variant(ended):
    # a and b ended when funding did; a's end was agreed before, b's on no day, c's only after.
    result = ended(
        over("a", 900, 10, end_reason="funding ended", ending_planned_on=ago(100)),
        over("b", 900, 10, end_reason="funding ended"),
        over("c", 900, 10, end_reason=None, ending_planned_on=ago(5)),
        over("d", 900, 10, end_reason=None, ending_planned_on=ago(50)),
    )
    assert (result.only.figure.n, result.only.figure.value) == (2, 0)
    [(_, variant)] = result.variants
    assert (variant.n, variant.numerator) == (3, 2)


def test_ends_fall_in_the_year_they_came(ended):
    rows = ended(
        over("a", 900, 0, end_reason="purpose met"),
        over("b", 900, 366, end_reason="staff left"),
        by=["financial_year"],
    ).rows
    assert {row.labels[0]: row.figure.value for row in rows} == {"2022/23": 0, "2023/24": 1}
