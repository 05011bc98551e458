"""What fell due and was not paid within its terms, and what is overdue, by hand."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said

DUE = date(2024, 3, 1)
UNKNOWN = "unpaid, and the records do not say whether it still waits or was rejected or withdrawn"


def due(ref, paid=None, **more):
    """An invoice for £100 received on 1 February 2024 and due on 1 March."""
    row = {"payee": "ashby", "invoice_ref": ref, "partnership": "p", "payee_role": "partner"}
    row |= {"received_on": date(2024, 2, 1), "due_on": DUE, "paid_on": paid}
    return row | {"amount": 100, "currency": "GBP", "outcome": None if paid else "open"} | more


@pytest.fixture
def asked(ledger, load, lead):
    def found(indicator, *payments, **how):
        if payments:
            load("payment", *payments, complete_to=AS_OF)
        return figure(ledger, lead, indicator, **how).only

    return found


def test_paid_on_the_due_date_is_in_time_and_a_day_later_is_late(asked):
    found = asked("late_share", due("1", DUE), due("2", date(2024, 3, 2))).figure
    assert (found.numerator, found.denominator) == (1, 2)


def test_what_is_unpaid_at_the_end_of_its_due_date_is_late(asked):
    # Due on the as-of date and the day after it: the second is not due yet, so it is not counted.
    found = asked("late_share", due("1", due_on=AS_OF), due("2", due_on=date(2024, 4, 1))).figure
    assert (found.numerator, found.denominator) == (1, 1)


def test_unpaid_and_disputed_payments_are_in_the_share_that_is_late(asked):
    rows = (due("1", DUE), due("2"), due("3", is_disputed=True), due("4", DUE, is_disputed=True))
    found = asked("late_share", *rows).figure
    assert (found.numerator, found.denominator) == (2, 4)


def test_late_because_of_a_dispute_is_of_all_due_and_beside_it_of_those_late(ledger, lead, asked):
    asked("late_share", due("1", DUE), due("2"), due("3", is_disputed=True), due("4", DUE))
    result = figure(ledger, lead, "late_because_disputed_share")
    [(label, of_late)] = result.variants
    assert (result.only.figure.numerator, result.only.figure.denominator) == (1, 4)
    assert (of_late.numerator, of_late.denominator) == (1, 2)
    assert label == "As a share of late payments only"


def test_what_has_no_due_date_is_left_out_in_the_period_in_which_it_came(asked):
    asked("late_share", due("1", DUE, due_on=None), due("2", DUE), due("3", DUE, kind="grant"))
    assert said(asked("late_share").left_out) == {
        "grant, shown apart": (1, 100),
        "no due date recorded": (1, 100),
    }
    february = {"start": date(2024, 2, 1), "end": date(2024, 2, 29)}
    assert said(asked("late_share", **february).left_out) == {"no due date recorded": (1, 100)}


def test_a_period_is_of_the_day_due(asked):
    asked("late_share", due("1", DUE), due("2", DUE, due_on=date(2024, 2, 20)))
    found = asked("late_share", start=date(2024, 2, 1), end=date(2024, 2, 29)).figure
    assert (found.numerator, found.denominator) == (1, 1)


def test_overdue_is_what_is_due_and_unpaid_on_the_day(asked):
    rows = [
        due("1"),
        due("2", due_on=AS_OF, amount=40),
        due("3", due_on=date(2024, 4, 1)),
        due("4", date(2024, 3, 20)),
        due("5", outcome="withdrawn"),
        due("6", kind="grant", amount=1000),
    ]
    number, money = asked("overdue_now", *rows), asked("overdue_pounds")
    assert (number.figure.value, number.figure.n, number.pounds) == (3, 5, 1140)
    assert money.figure.value == 1140
    assert said(number.left_out) == {"withdrawn or rejected": (1, 100)}


def test_where_none_is_overdue_the_answer_is_nought(asked):
    assert asked("overdue_now", due("1", DUE)).figure.value == 0
    assert asked("overdue_pounds").figure.value == 0


def test_without_a_due_date_thirty_days_beginning_with_receipt_count(asked):
    # Received on 2 March: the thirtieth day is 31 March, the as-of date. On the 3rd: 1 April.
    day = {"due_on": None}
    rows = (
        due("1", received_on=date(2024, 3, 2), **day),
        due("2", received_on=date(2024, 3, 3), **day),
        due("3", received_on=date(2024, 3, 1), kind="grant", **day),
    )
    found = asked("overdue_now", *rows)
    assert (found.figure.value, found.figure.n) == (1, 2)
    assert said(found.left_out) == {"no due date recorded": (1, None)}
    [caution] = found.cautions
    assert caution.reason == "no due date recorded, so 30 days from receipt are counted"


def test_part_payments_and_credit_notes_lower_what_is_owed(asked):
    rows = [
        due("1", payment_ref="a", amount=60, paid=date(2024, 2, 20)),
        due("1", payment_ref="b", amount=40),
        due("2"),
        due("3", date(2024, 2, 20), amount=-30, credits="2"),
        due("4", currency="EUR"),
    ]
    found = asked("overdue_pounds", *rows)
    assert found.figure.value == 40 + 70
    assert said(found.left_out) == {
        "credit note, shown apart": (1, None),
        "not in pounds": (1, None),
    }


def test_of_what_was_overdue_on_an_earlier_day_nothing_later_is_known(asked):
    asked("overdue_now", due("1", date(2024, 3, 20)))
    assert asked("overdue_now", as_of=date(2024, 3, 10)).figure.value == 1
    assert asked("overdue_now", end=date(2024, 3, 10)).figure.value == 1
    assert asked("overdue_now").figure.value == 0


def test_the_unpaid_of_unknown_outcome_carry_a_caution(asked):
    [late] = asked("late_share", due("1", outcome=None)).cautions
    [overdue] = asked("overdue_now").cautions
    assert late.reason == f"{UNKNOWN}: any that were make this look worse than it is"
    assert overdue.reason == f"{UNKNOWN}: any that were are not owed"
