"""What an invoice is: lines summed, dropped lines apart, the partnership most money is for."""

from datetime import date

from civic_metrics import compute


def average(ledger, lead, by=()):
    result = compute.figure(ledger, lead, "average_days_to_pay", by=by)
    return [(row.labels, row.figure.value, row.figure.n) for row in result.rows if row.figure.n]


def line(number, amount, **more):
    return {
        "payee": "acme",
        "invoice_ref": "1",
        "line_ref": str(number),
        "amount": amount,
        "received_on": "2024-01-01",
        "paid_on": "2024-01-11",
        **more,
    }


def test_an_invoice_stands_under_the_partnership_most_of_its_money_is_for(ledger, lead, load):
    # Three lines of £40 for p are more than one of £50 for q.
    lines = [line(n, 40, partnership="p") for n in range(3)]
    load("payment", *lines, line(3, 50, partnership="q"), complete_to=date(2024, 3, 31))
    assert average(ledger, lead, by=("partnership",)) == [(("p",), 10, 1)]


def test_a_rejected_line_does_not_take_its_invoice_with_it(ledger, lead, load):
    load(
        "payment",
        line(1, 100),
        line(2, 5, paid_on=None, outcome="rejected"),
        complete_to=date(2024, 3, 31),
    )
    assert average(ledger, lead) == [((), 10, 1)]


def test_a_credit_line_inside_an_invoice_lowers_it_and_leaves_it_an_invoice(ledger, lead, load):
    load("payment", line(1, 100), line(2, -20, credits="1"), complete_to=date(2024, 3, 31))
    assert average(ledger, lead) == [((), 10, 1)]
