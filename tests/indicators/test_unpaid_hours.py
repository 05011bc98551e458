"""Unpaid hours, whose and why, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, hours, paid, said, unpaid


@pytest.fixture
def drawn(load):
    load(
        "contribution",
        unpaid("C1", 4, "not offered"),
        unpaid("C2", 2, None),
        paid("C3", 8, 80),
        paid("C4", 1, 0, unpaid_because="volunteer"),
        hours("C5", 1, paid_by="university"),  # paid, how much is not said
        unpaid("C6", 5, "volunteer", role_group="student"),
        hours("C7", 100, paid_by="own employer"),
        unpaid("C8", 100, "pending"),
        hours("C9", 100),
        unpaid("C10", 0, "volunteer"),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_all_unpaid_hours_together(ledger, lead):
    row = figure(ledger, lead, "unpaid_hours").only
    assert (row.figure.value, row.figure.n) == (12, 4)
    assert said(row.left_out) == {
        "paid by their own employer": (1, None),
        "payment still to come": (1, None),
        "pay not stated": (1, None),
        "no hours recorded": (1, None),
    }
    assert said(row.cautions) == {"nobody knows why it was unpaid": (1, None)}


@pytest.mark.usefixtures("drawn")
def test_by_whose_time_and_by_reason(ledger, lead):
    rows = figure(ledger, lead, "unpaid_hours", by=["role_group", "unpaid_because"]).rows
    assert {row.labels: row.figure.value for row in rows if row.figure.n} == {
        ("partner", "not offered"): 4,
        ("partner", "volunteer"): 1,
        ("partner", "not stated"): 2,
        ("student", "volunteer"): 5,
    }
