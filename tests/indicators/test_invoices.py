"""What an invoice is: lines summed, dropped lines apart, the partnership most money is for."""

from datetime import date

import pytest

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


TIMES = ("time_to_payment", "average_days_to_pay", "median_days_to_pay", "paid_within_30_days")
STANDS_IN = "receipt date taken from the invoice date"


@pytest.mark.parametrize("indicator", TIMES)
def test_a_receipt_date_that_is_the_invoices_is_said_on_every_figure_of_time(
    ledger, lead, load, indicator
):
    load(
        "payment",
        line(1, 100, invoice_ref="1", receipt_taken_from="invoice date"),
        line(1, 100, invoice_ref="2", receipt_taken_from="invoice date"),
        line(1, 100, invoice_ref="3"),
        complete_to=date(2024, 3, 31),
    )
    [caution] = compute.figure(ledger, lead, indicator).only.cautions
    assert (caution.reason, caution.n, caution.pounds) == (STANDS_IN, 2, None)


def test_an_invoice_with_one_line_so_dated_is_said_once(ledger, lead, load):
    load(
        "payment",
        line(1, 60, receipt_taken_from="invoice date"),
        line(2, 40),
        complete_to=date(2024, 3, 31),
    )
    [caution] = compute.figure(ledger, lead, "average_days_to_pay").only.cautions
    assert (caution.reason, caution.n) == (STANDS_IN, 1)


def test_an_unpaid_invoice_so_dated_carries_both_cautions(ledger, lead, load):
    load(
        "payment",
        line(1, 100, paid_on=None, receipt_taken_from="invoice date"),
        complete_to=date(2024, 3, 31),
    )
    [caution] = compute.figure(ledger, lead, "time_to_payment").only.cautions
    assert caution.n == 1
    assert caution.reason.startswith(f"{STANDS_IN}; unpaid, and the records do not say")
