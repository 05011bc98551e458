"""Parity in pounds, by hand."""

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, hours, paid, paid_after, said, staff, unpaid


def test_a_hand_worked_table(ledger, load, lead):
    # The university pays three people £20 an hour for workshops: 10 + 5 + 4 hours would have
    # earned 200 + 100 + 80 = £380, and £150 was paid. Without the declined hours: 280 - 150.
    load(
        "contribution",
        *(staff(f"S{n}", f"person {n}", 10, 200) for n in range(3)),
        paid("C1", 10, 150),
        unpaid("C2", 5, "declined"),
        unpaid("C3", 4, "not offered"),
        paid("C4", 1, 10, activity="nobody of the university's does this"),
        hours("C5", 1, paid_by="own employer"),
        complete_to=AS_OF,
    )
    load("payment", paid_after(9, "I2", amount=1000, kind="grant"), complete_to=AS_OF)
    result = figure(ledger, lead, "pay_shortfall")
    row = result.only
    assert (row.figure.value, row.figure.n, row.pounds) == (230, 3, 150)
    assert (row.figure.lower, row.figure.upper) == (None, None)
    assert said(row.left_out) == {
        "no university rate to compare with": (1, 10),
        "paid by their own employer": (1, None),
        "money paid with no time recorded": (1, 1000),
    }
    [(_, without)] = result.variants
    assert (without.value, without.n) == (130, 2)


def test_partners_paid_above_the_universitys_rate_take_from_it(ledger, load, lead):
    load(
        "contribution",
        *(staff(f"S{n}", f"person {n}", 10, 200) for n in range(3)),
        paid("C1", 1, 15),
        paid("C2", 1, 45, partnership="q"),
        complete_to=AS_OF,
    )
    assert figure(ledger, lead, "pay_shortfall").only.figure.value == -20
    rows = figure(ledger, lead, "pay_shortfall", by=["partnership"]).rows
    assert {row.labels[0]: row.figure.value for row in rows} == {"p": 5, "q": -25}


def test_the_shortfall_is_what_parity_lacks_to_one(ledger, load, lead):
    load(
        "contribution",
        *(staff(f"S{n}", f"person {n}", 3, 61) for n in range(3)),
        paid("C1", 7, 99),
        unpaid("C2", 2, "unknown"),
        complete_to=AS_OF,
    )
    parity = figure(ledger, lead, "compensation_parity").only.figure
    short = figure(ledger, lead, "pay_shortfall").only.figure
    assert short.value == parity.denominator - parity.numerator
