"""The stages of an invoice, what was sent back, and grants from their due date, by hand."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said

RECEIVED = date(2024, 1, 11)
LONGER = "any that were make the wait look longer than it is"
UNKNOWN = "unpaid, and the records do not say whether it still waits or was rejected or withdrawn"


def staged(ref, **days):
    """Worked 1 January 2024, invoiced on the 6th, received 11th, approved 21st, paid 31st."""
    row = {"payee": "ashby", "invoice_ref": ref, "partnership": "p", "payee_role": "partner"}
    row |= {"worked_on": date(2024, 1, 1), "invoiced_on": date(2024, 1, 6)}
    row |= {"received_on": RECEIVED, "approved_on": date(2024, 1, 21)}
    row |= {"paid_on": date(2024, 1, 31), "amount": 100, "currency": "GBP"}
    return row | days


@pytest.fixture
def asked(ledger, load, lead):
    def found(indicator, *payments, **how):
        if payments:
            load("payment", *payments, complete_to=AS_OF)
        return figure(ledger, lead, indicator, **how)

    return found


@pytest.mark.parametrize(
    ("indicator", "days"),
    [
        ("days_work_to_invoice", 5),
        ("days_invoice_to_received", 5),
        ("days_received_to_approved", 10),
        ("days_approved_to_paid", 10),
        ("days_work_to_paid", 30),
    ],
)
def test_each_stage_runs_from_one_day_to_the_next(asked, indicator, days):
    found = asked(indicator, staged("1")).only.figure
    assert (found.value, found.n) == (days, 1)


@pytest.mark.parametrize(
    ("indicator", "reasons"),
    [
        ("days_work_to_invoice", ["invoiced before the work", "no day of work recorded"]),
        ("days_invoice_to_received", ["received before the date on it"]),
        ("days_received_to_approved", ["approved before it was received"]),
        ("days_approved_to_paid", ["paid before it was approved"]),
        ("days_work_to_paid", ["no day of work recorded", "paid before the work"]),
    ],
)
def test_stages_out_of_order_are_left_out_and_said(asked, indicator, reasons):
    rows = [
        staged("1"),
        staged("2", worked_on=None),
        staged("3", worked_on=date(2024, 2, 20)),
        staged("4", invoiced_on=date(2024, 1, 12)),
        staged("5", approved_on=date(2024, 2, 20)),
        staged("6", approved_on=date(2024, 1, 10)),
    ]
    left_out = said(asked(indicator, *rows).only.left_out)
    assert left_out == dict.fromkeys(reasons, (1, 100))


def test_work_of_several_days_counts_from_the_last(asked):
    rows = [staged("1", line_ref="1"), staged("1", line_ref="2", worked_on=date(2024, 1, 4))]
    assert asked("days_work_to_invoice", *rows).only.figure.value == 2
    assert asked("days_work_to_paid").only.figure.value == 27


def test_an_invoice_waiting_for_approval_counts_for_as_long_as_it_has_waited(asked):
    # Approved after 10 days; open for 80 days. Half are approved by day 10.
    waiting = staged("2", approved_on=None, paid_on=None, outcome="open")
    found = asked("days_received_to_approved", staged("1"), waiting).only
    assert (found.figure.value, found.figure.n, found.figure.numerator) == (10, 2, 1)
    assert found.cautions == ()


def test_paid_without_a_day_of_approval_says_nothing_of_approval(asked):
    rows = (staged("1"), staged("2", approved_on=None))
    left_out = said(asked("days_received_to_approved", *rows).only.left_out)
    assert left_out == {"paid with no day of approval recorded": (1, 100)}
    assert said(asked("days_approved_to_paid").only.left_out) == {
        "no day of approval recorded": (1, 100)
    }


def test_an_unpaid_invoice_of_unknown_outcome_is_said_where_it_still_waits(asked):
    rows = (staged("1", paid_on=None), staged("2", paid_on=None, approved_on=None))
    expected = f"{UNKNOWN}: {LONGER}"
    assert said(asked("days_received_to_approved", *rows).only.cautions) == {expected: (1, 100)}
    assert said(asked("days_approved_to_paid").only.cautions) == {expected: (1, 100)}
    assert said(asked("days_work_to_paid").only.cautions) == {expected: (2, 200)}


def test_a_receipt_date_that_is_the_invoices_tells_nothing_of_what_lies_between(asked):
    found = asked("days_invoice_to_received", staged("1", receipt_taken_from="invoice date")).only
    assert found.figure.n == 0
    assert said(found.left_out) == {"receipt date taken from another date": (1, 100)}


def test_the_share_sent_back_is_of_all_received_those_rejected_among_them(asked):
    back = {"returned_on": date(2024, 1, 15), "return_reason": "no order number"}
    rows = [
        staged("1"),
        staged("2", **back),
        staged("3", outcome="rejected", paid_on=None, **back),
        staged("4", kind="grant"),
        staged("5", amount=-10),
        staged("6", received_on=None),
    ]
    found = asked("returned_share", *rows).only
    assert (found.figure.numerator, found.figure.denominator) == (2, 4)
    assert said(found.left_out) == {
        "credit note, shown apart": (1, -10),
        "no receipt date": (1, 100),
    }


def test_a_reason_without_a_day_counts_as_not_sent_back_and_is_said(asked):
    found = asked("returned_share", staged("1", return_reason="wrong address")).only
    assert found.figure.value == 0
    [caution] = found.cautions
    assert "a reason for sending it back is recorded, but no day by then" in caution.reason


def test_what_was_sent_back_is_counted_by_reason(asked):
    day = {"returned_on": date(2024, 1, 15)}
    rows = [
        staged("1"),
        *(staged(ref, return_reason="no order number", **day) for ref in "23"),
        staged("4", return_reason="wrong address", **day),
        staged("5", **day),
    ]
    result = asked("returned_invoices", *rows, by=["return_reason"])
    counted = {row.labels[0]: row.figure.value for row in result.rows}
    assert counted == {"no order number": 2, "wrong address": 1, "not stated": 1}


def test_from_being_sent_back_the_last_time_counts_and_the_unpaid_wait_on(asked):
    # Sent back on the 15th and again on the 21st, paid on the 31st: 10 days. The other, sent back
    # on 11 March, has waited 20 days: half are paid by day 10.
    rows = [
        staged("1", line_ref="1", returned_on=date(2024, 1, 15)),
        staged("1", line_ref="2", returned_on=date(2024, 1, 21)),
        staged("2", returned_on=date(2024, 3, 11), paid_on=None, outcome="open"),
        staged("3"),
        staged("4", returned_on=date(2024, 2, 1)),
    ]
    found = asked("days_returned_to_paid", *rows).only
    assert (found.figure.value, found.figure.n, found.figure.numerator) == (10, 2, 1)
    assert said(found.left_out) == {"paid before it was sent back": (1, 100)}


def test_a_grant_runs_from_its_due_date_and_paid_early_is_paid_by_the_day(asked):
    # Paid 11 days early, 10 days late, and 20 days overdue: one of three by day 0, two by day 10.
    day = {"kind": "grant", "received_on": None}
    rows = [
        staged("1", due_on=date(2024, 2, 11), **day),
        staged("2", due_on=date(2024, 1, 21), **day),
        staged("3", kind="grant", due_on=date(2024, 3, 11), paid_on=None, outcome="open"),
        staged("4", kind="grant", due_on=date(2024, 4, 11), paid_on=None, outcome="open"),
        staged("5", **day),
        staged("6", due_on=date(2024, 1, 21)),
    ]
    found = asked("grant_days_from_due", *rows).only
    assert (found.figure.value, found.figure.n, found.figure.numerator) == (10, 3, 2)
    assert [(step.time, step.at_risk) for step in found.figure.curve] == [(0, 3), (10, 2)]
    assert said(found.left_out) == {"no due date recorded": (1, 100)}
