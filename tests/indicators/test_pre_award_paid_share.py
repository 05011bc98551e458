"""Hours before the award that were paid, by hand."""

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, hours, paid, said, unpaid

BEFORE = {"phase": "pre-award"}


def test_paid_hours_over_all_hours_before_the_award(ledger, load, lead):
    # Partners: 3 + 1 hours paid, 4 not: 4 of 8. Staff: 2 of 2. Delivery and no phase stay out.
    load(
        "contribution",
        paid("C1", 3, 30, **BEFORE),
        hours("C2", 1, paid_by="university", **BEFORE),  # paid, how much is not said
        unpaid("C3", 4, "not offered", **BEFORE),
        paid("C4", 2, 40, role_group="staff", **BEFORE),
        paid("C5", 50, 500, phase="delivery"),
        paid("C6", 50, 500),
        hours("C7", 50, paid_by="own employer", **BEFORE),
        unpaid("C8", 50, "pending", **BEFORE),
        hours("C9", 50, **BEFORE),
        paid("C10", 0, 5, **BEFORE),
        complete_to=AS_OF,
    )
    rows = figure(ledger, lead, "pre_award_paid_share", by=["role_group"]).rows
    assert {row.labels[0]: row.figure.value for row in rows} == {"partner": 0.5, "staff": 1.0}
    row = figure(ledger, lead, "pre_award_paid_share").only
    assert (row.figure.numerator, row.figure.denominator, row.figure.n) == (6, 10, 4)
    assert said(row.left_out) == {
        "paid by their own employer": (1, None),
        "payment still to come": (1, 0),
        "pay not stated": (1, None),
        "no hours recorded": (1, 5),
    }
    assert said(row.cautions) == {"unpaid, reason: not offered": (1, 0)}
