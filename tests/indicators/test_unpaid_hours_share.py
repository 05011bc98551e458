"""Hours nobody paid for over all hours, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, hours, paid, said, unpaid


@pytest.fixture
def drawn(load):
    # Partners: 4 + 2 hours unpaid of those and 8 + 1 paid. Students: 5 of 5. In all 11 of 20.
    load(
        "contribution",
        unpaid("C1", 4, "not offered"),
        unpaid("C2", 2, None),
        paid("C3", 8, 80),
        paid("C4", 0, 0, unpaid_because="volunteer"),
        hours("C5", 1, paid_by="university"),  # paid, how much is not said
        unpaid("C6", 5, "volunteer", role_group="student"),
        hours("C7", 100, paid_by="own employer"),
        unpaid("C8", 100, "pending"),
        hours("C9", 100),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_unpaid_hours_over_all_hours(ledger, lead):
    row = figure(ledger, lead, "unpaid_hours_share").only
    assert (row.figure.numerator, row.figure.denominator) == (11, 20)
    assert row.figure.value == pytest.approx(0.55)
    assert row.figure.n == 5
    assert said(row.left_out) == {
        "paid by their own employer": (1, None),
        "payment still to come": (1, 0),
        "pay not stated": (1, None),
        "no hours recorded": (1, 0),
    }


@pytest.mark.usefixtures("drawn")
def test_the_reasons_stand_beside_it(ledger, lead):
    reasons = said(figure(ledger, lead, "unpaid_hours_share").only.cautions)
    assert {reason: n for reason, (n, _) in reasons.items()} == {
        "unpaid, reason: not offered": 1,
        "unpaid, reason: not recorded": 1,
        "unpaid, reason: volunteer": 1,
    }


@pytest.mark.usefixtures("drawn")
def test_by_whose_time_it_was(ledger, lead):
    rows = figure(ledger, lead, "unpaid_hours_share", by=["role_group"]).rows
    values = {row.labels[0]: row.figure.value for row in rows}
    assert values == {"partner": pytest.approx(0.4), "student": 1.0}
