"""Hours that nothing of the university's can be compared with, by hand."""

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, hours, paid, said, staff, unpaid


def test_hours_without_a_rate_over_all_hours(ledger, load, lead):
    # Three people do workshops, so 6 hours have a rate; 3 of mediation and 1 of no activity have
    # none.
    load(
        "contribution",
        *(staff(f"S{n}", f"person {n}", 10, 200) for n in range(3)),
        *(staff(f"T{n}", f"person {n}", 10, 200, activity="mediation") for n in range(2)),
        paid("C1", 4, 60),
        unpaid("C2", 2, "not offered"),
        paid("C3", 3, 60, activity="mediation"),
        paid("C4", 1, 10, activity=None),
        hours("C5", 50, paid_by="own employer"),
        unpaid("C6", 50, "pending"),
        paid("C7", 50, 50, pay_basis=None),
        complete_to=AS_OF,
    )
    row = figure(ledger, lead, "no_comparator_share").only
    assert (row.figure.numerator, row.figure.denominator, row.figure.n) == (4, 10, 4)
    assert said(row.left_out) == {
        "paid by their own employer": (1, None),
        "payment still to come": (1, None),
        "basis of pay not stated": (1, 50),
    }
    assert said(row.cautions) == {"no activity recorded": (1, 10)}
    parity = figure(ledger, lead, "compensation_parity").only
    assert said(parity.left_out)["no university rate to compare with"][0] == 2


def test_a_pay_scale_is_something_to_compare_with(ledger, load, lead):
    scale = {"role_group": "staff", "activity": "mediation", "basis": "gross", "source": "s"}
    load("rate", scale | {"kind": "pay scale", "from_on": "2023-08-01", "hourly_gbp": 20})
    rows = (paid("C1", 3, 60, activity="mediation"), paid("C2", 1, 60))
    load("contribution", *rows, complete_to=AS_OF)
    assert figure(ledger, lead, "no_comparator_share").only.figure.value == 0.25
