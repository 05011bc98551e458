"""Top priorities among the largest parts of the budget, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said


def ranking(budgets, times=None, **more):
    """Subjects in the order they were ranked, with the part of the budget each gets."""
    times = times or budgets
    return [
        {
            "partnership": "p",
            "side": "university",
            "subject": f"subject {rank}",
            "stated_on": "2023-01-01",
            "stated_rank": rank,
            "budget_share": budget,
            "time_share": time,
        }
        | more
        for rank, (budget, time) in enumerate(zip(budgets, times, strict=True), start=1)
    ]


@pytest.fixture
def drawn(load):
    # The university's first three get 30, 20 and 5%; the largest are 35, 30 and 20: 2 of 3.
    # The partner's get 10, 10 and 10%, as much as its fifth, and only one subject more: 3 of 3.
    load(
        "value_priority",
        *ranking([0.30, 0.20, 0.05, 0.35, 0.05, 0.05], [0.9, 0.02, 0.02, 0.02, 0.02, 0.02]),
        *ranking([0.10, 0.10, 0.10, 0.05, 0.10, 0.40], side="partner"),
        *ranking([0.5, 0.4, 0.1, 0, 0], partnership="five"),
        *ranking([0.5, 0.4, None, 0, 0, 0], partnership="not told"),
        *ranking([0, 0, 0, 0.3, 0.3, 0.3], stated_on="2022-01-01"),
        complete_to=AS_OF,
    )
    load("partnership", {"partnership": "p", "name": "P"}, complete_to=AS_OF)


@pytest.mark.usefixtures("drawn")
def test_five_of_the_six_top_priorities_get_a_top_part_of_the_budget(ledger, lead):
    rows = figure(ledger, lead, "priority_alignment", by=["side"]).rows
    assert {row.labels[0]: (row.figure.numerator, row.figure.n) for row in rows} == {
        "university": (2, 3),
        "partner": (3, 3),
    }
    assert said(figure(ledger, lead, "priority_alignment").only.left_out) == {
        "fewer than 6 subjects were ranked": (3, None),
        "what some of the subjects ranked get is not recorded": (3, None),
        "ranked anew since": (3, None),
    }


@pytest.mark.usefixtures("drawn")
def test_beside_it_stands_the_same_by_time(ledger, lead):
    # The university's time: 90% to the first, the other five share second place: all three.
    [(label, found)] = figure(ledger, lead, "priority_alignment").variants
    assert label == "By time instead of budget"
    assert (found.numerator, found.n) == (6, 6)
