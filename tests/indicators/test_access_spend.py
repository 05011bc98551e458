"""What was spent so that people can take part, by hand."""

from datetime import date

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, open_for, paid_after, said


def test_payments_for_access_whoever_was_paid(ledger, load, lead):
    access = {"kind": "access"}
    load(
        "payment",
        paid_after(9, "I1", amount=120, **access),
        paid_after(9, "I2", amount=30, payee="signs", payee_role="other supplier", **access),
        paid_after(9, "I3", amount=5, amount_is="without VAT", **access),
        paid_after(9, "I4", amount=999, kind="supply"),
        paid_after(9, "I5", amount=60, currency="EUR", **access),
        paid_after(9, "I6", amount=70, outcome="rejected", **access),
        open_for(9, "I7", amount=80, **access),
        complete_to=AS_OF,
    )
    row = figure(ledger, lead, "access_spend").only
    assert (row.figure.value, row.figure.n, row.pounds) == (155, 3, 155)
    assert said(row.left_out) == {
        "not in pounds": (1, None),
        "withdrawn or rejected": (1, 70),
        "not paid yet": (1, 80),
    }
    assert said(row.cautions) == {"amount without VAT": (1, 5)}
    rows = figure(ledger, lead, "access_spend", by=["payee_role"]).rows
    assert {row.labels[0]: row.figure.value for row in rows} == {
        "partner": 125,
        "other supplier": 30,
    }


def test_a_period_is_of_the_day_paid(ledger, load, lead):
    rows = (paid_after(9, "I1", kind="access"), paid_after(40, "I2", kind="access", amount=7))
    load("payment", *rows, complete_to=AS_OF)
    found = figure(ledger, lead, "access_spend", start=date(2024, 2, 1)).only.figure
    assert (found.value, found.n) == (7, 1)
