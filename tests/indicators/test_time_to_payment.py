"""The wait for payment, by hand, with the unpaid counted for as long as they have waited."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, open_for, paid_after, said


@pytest.fixture
def wait(ledger, load, lead):
    def asked(*payments, **how):
        load("payment", *payments, complete_to=AS_OF)
        return figure(ledger, lead, "time_to_payment", **how).only

    return asked


def test_open_invoices_are_counted_for_as_long_as_they_have_waited(wait):
    # Days: 5 open, 10 paid, 20 paid, 25 open, 40 paid.
    # At day 10 four are at risk: S = 3/4. At day 20 three: S = 3/4 × 2/3 = 1/2. At 40 one: S = 0.
    # The median is the first day with S at or below a half: 20.
    row = wait(
        open_for(5, "1"),
        paid_after(10, "2"),
        paid_after(20, "3"),
        open_for(25, "4"),
        paid_after(40, "5"),
    )
    assert (row.figure.value, row.figure.n, row.figure.numerator) == (20, 5, 3)
    steps = [(point.time, point.at_risk, point.share) for point in row.figure.curve]
    assert steps == [(10, 4, 0.75), (20, 3, pytest.approx(0.5)), (40, 1, 0)]


def test_where_more_than_half_are_open_there_is_no_middle_value(wait):
    found = wait(paid_after(3, "1"), open_for(60, "2"), open_for(70, "3")).figure
    assert found.value is None
    assert "more than half are still open" in found.note


def test_an_open_invoice_never_makes_the_wait_look_shorter(wait):
    # Of 10, 20 and 30 days the median is 20. With two open for 25 days S is 4/5, 3/5, then 0.
    paid = [paid_after(days, str(days)) for days in (10, 20, 30)]
    before = wait(*paid).figure.value
    after = wait(open_for(25, "4"), open_for(25, "5")).figure.value
    assert (before, after) == (20, 30)


def test_day_1_is_the_day_after_receipt(wait):
    assert wait(paid_after(0, "same day")).figure.value == 0


def test_part_payments_count_when_the_last_is_made(wait):
    # Half after 10 days, the rest after 40: the invoice took 40.
    row = wait(
        paid_after(10, "1", payment_ref="P1", amount=60),
        paid_after(40, "1", payment_ref="P2", amount=40),
    )
    assert (row.figure.value, row.figure.n, row.pounds) == (40, 1, 100)


def test_an_invoice_with_a_part_unpaid_is_open(wait):
    row = wait(
        paid_after(10, "1", payment_ref="P1"),
        paid_after(10, "1", payment_ref="P2", paid_on=None),
    )
    assert (row.figure.n, row.figure.numerator) == (1, 0)


def test_lines_are_summed_into_one_invoice_from_first_receipt(wait):
    # Lines received on 1 and 11 January, both paid on the 21st: 20 days from the first.
    row = wait(
        paid_after(20, "1", line_ref="1", amount=30),
        paid_after(20, "1", line_ref="2", amount=12.5, received_on=date(2024, 1, 11)),
    )
    assert (row.figure.value, row.figure.n, row.pounds) == (20, 1, 42.5)


def test_one_number_of_two_payees_is_two_invoices(wait):
    assert wait(paid_after(9, "1"), paid_after(9, "1", payee="burton")).figure.n == 2


def test_what_runs_otherwise_is_left_out_and_said(wait):
    row = wait(
        paid_after(10, "1"),
        paid_after(90, "2", kind="grant", amount=5000),
        paid_after(-3, "3"),
        open_for(60, "4", outcome="withdrawn"),
        open_for(60, "5", outcome="rejected"),
        paid_after(10, "6", received_on=None),
        open_for(60, "7"),
        paid_after(5, "8", amount=-100, credits="7"),
    )
    assert (row.figure.value, row.figure.n) == (10, 1)
    assert said(row.left_out) == {
        "grant, which runs from its due date": (1, 5000),
        "paid in advance": (1, 100),
        "withdrawn or rejected": (2, 200),
        "no receipt date": (1, 100),
        "settled by a credit note": (1, 100),
        "credit note, shown apart": (1, -100),
    }


def test_a_credit_note_for_less_leaves_the_invoice_open(wait):
    row = wait(open_for(60, "7"), paid_after(5, "8", amount=-40, credits="7"))
    assert (row.figure.n, row.figure.numerator) == (1, 0)


def test_an_unpaid_invoice_of_unknown_outcome_is_counted_with_a_caution(wait):
    row = wait(open_for(60, "1"), open_for(60, "2", outcome="open"), paid_after(9, "3"))
    [caution] = row.cautions
    assert (caution.n, row.figure.n) == (1, 3)
    assert "do not say whether it still waits or was rejected or withdrawn" in caution.reason


def test_no_pound_total_is_made_of_another_currency(wait):
    assert wait(paid_after(9, "1", currency="XXX")).pounds is None
    assert wait(paid_after(9, "2", currency=None)).pounds is None


def test_a_period_is_of_the_day_received(wait):
    rows = (paid_after(10, "1"), paid_after(30, "2", received_on=date(2024, 1, 20)))
    found = wait(*rows, start=date(2024, 1, 15), end=date(2024, 1, 31)).figure
    # Paid on 31 January: 11 days after the 20th.
    assert (found.n, found.value) == (1, 11)
