"""Statutory interest and fixed sums: worked examples, boundaries and what the Act is not about.

The rates are those of data/reference/bank_rate.csv. The worked examples (£2,400, £12,000, £999.99)
are of a third-party research note of 8 October 2026, recomputed; the others are worked out from
principal × rate × days / 365.
"""

import csv
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_metrics.compute import figure
from tests.indicators.drawn import said
from tests.rows import load_rows

REFERENCE = Path(__file__).parents[3] / "data" / "reference" / "bank_rate.csv"
AS_OF = date(2026, 10, 8)


@pytest.fixture
def rated(ledger, load):
    with REFERENCE.open(encoding="utf-8", newline="") as opened:
        load("bank_rate", *csv.DictReader(opened))
    return ledger


@pytest.fixture
def owed(rated, load, lead):
    def found(*payments, as_of=AS_OF, indicator="statutory_interest"):
        if payments:
            load("payment", *payments, complete_to=as_of)
        return figure(rated, lead, indicator, as_of=as_of)

    return found


def debt(amount, due, ref="1", **more):
    """A supply due on that day, received a fortnight before, VAT known, unpaid unless said."""
    row = {"payee": "ashby", "invoice_ref": ref, "partnership": "p", "payee_role": "partner"}
    row |= {"received_on": due - timedelta(14), "due_on": due, "amount": amount, "vat": 0}
    return row | {"currency": "GBP", "kind": "supply", "outcome": "open"} | more


EXAMPLES = [
    ("2400", date(2026, 8, 31), AS_OF, "29.36", 70),
    ("12000", date(2025, 9, 1), AS_OF, "1619.01", 100),
    ("999.99", date(2026, 1, 15), AS_OF, "85.63", 40),
    # 45 days at 13.25, 60 at 11.75, 101 at 12.25 and 50 at 8.5: any day of the half-year does.
    ("2000", date(2024, 2, 1), date(2024, 2, 1) + timedelta(45), "32.67", 70),
    ("3000", date(2026, 2, 1), date(2026, 2, 1) + timedelta(60), "57.95", 70),
    ("5000", date(2025, 8, 1), date(2025, 8, 1) + timedelta(101), "169.49", 70),
    ("1000", date(2015, 3, 1), date(2015, 3, 1) + timedelta(50), "11.64", 70),
]


@pytest.mark.parametrize(("amount", "due", "as_of", "interest", "fixed"), EXAMPLES)
def test_the_worked_examples_come_out_to_the_penny(owed, amount, due, as_of, interest, fixed):
    found = owed(debt(amount, due), as_of=as_of).only.figure
    assert found.value == float(interest)
    assert owed(as_of=as_of, indicator="fixed_sums").only.figure.value == fixed


@pytest.mark.parametrize(
    ("amount", "sum_"), [("999.99", 40), ("1000", 70), ("9999.99", 70), ("10000", 100)]
)
def test_the_fixed_sum_steps_at_a_thousand_and_at_ten_thousand_pounds(owed, amount, sum_):
    found = owed(debt(amount, date(2026, 8, 31)), indicator="fixed_sums").only.figure
    assert found.value == sum_


@pytest.mark.parametrize(
    ("starts", "rate"), [(date(2025, 6, 30), "12.75"), (date(2025, 7, 1), "12.25")]
)
def test_interest_that_starts_on_30_june_has_the_rate_before_that_of_1_july(owed, starts, rate):
    # £36,500 for 10 days is £1,000 a percent and hundred: 12.75% gives £127.50.
    due = starts - timedelta(1)
    found = owed(debt(36500, due), as_of=due + timedelta(10)).only.figure
    assert found.value == pytest.approx(float(rate) * 10)


def test_the_rate_is_that_of_the_day_interest_starts_for_as_long_as_it_runs(owed):
    # Due on 1 September 2025, when it was 12.25; Bank Rate fell twice before October 2026.
    assert owed(debt(36500, date(2025, 9, 1))).only.figure.value == pytest.approx(12.25 * 402)


def test_past_the_table_the_rate_is_not_available_and_never_the_last_one_known(owed):
    # Interest from 1 January 2027 needs Bank Rate of 31 December 2026, which nobody knows yet.
    as_of = date(2027, 2, 1)
    row = owed(debt(100, date(2026, 12, 31)), debt(365, date(2026, 12, 30), "2"), as_of=as_of).only
    assert said(row.left_out) == {"rate not available": (1, 100)}
    # £365 for the 33 days from 31 December at 11.75%: 33 × 11.75 pence, rounded up from 387.75.
    assert (row.figure.n, row.figure.value) == (1, 3.88)
    assert owed(as_of=as_of, indicator="fixed_sums").only.figure.value == 80


def test_with_no_day_agreed_interest_begins_after_thirty_days_beginning_with_receipt(owed):
    # Received on 1 June 2026: the thirtieth day is the 30th, and interest runs from 1 July.
    received = {"received_on": date(2026, 6, 1), "due_on": None}
    rows = [
        debt(36500, AS_OF, "1", paid_on=date(2026, 6, 30), **received),
        debt(36500, AS_OF, "2", paid_on=date(2026, 7, 1), **received),
    ]
    row = owed(*rows).only
    assert (row.figure.n, row.figure.value) == (2, 11.75)


def test_with_no_day_agreed_the_thirty_days_wait_for_the_work(owed):
    late_work = {"received_on": date(2026, 6, 1), "worked_on": date(2026, 6, 11), "due_on": None}
    found = owed(debt(36500, AS_OF, paid_on=date(2026, 7, 11), **late_work)).only.figure
    assert found.value == 11.75


def test_a_public_authority_may_not_agree_to_a_later_day_than_the_thirtieth(owed):
    # Received on 1 June, agreed for 30 August, paid on 31 August: one day late, or 62.
    received = {"received_on": date(2026, 6, 1), "paid_on": date(2026, 8, 31)}
    result = owed(debt(36500, date(2026, 8, 30), **received))
    [(label, public)] = result.variants
    assert result.only.figure.value == 11.75
    assert public.value == pytest.approx(62 * 11.75)
    assert "public authority" in label


def test_what_is_paid_on_the_day_owes_nothing(owed):
    found = owed(debt(5000, date(2026, 8, 31), paid_on=date(2026, 8, 31))).only.figure
    assert (found.n, found.value) == (1, 0)


def test_an_amount_without_vat_needs_its_vat_and_one_declared_with_it_does_not(owed):
    due = date(2026, 8, 31)
    row = owed(
        debt(2000, due, "1", vat=400, amount_is="without VAT"),
        debt(2400, due, "2", vat=None, amount_is="with VAT"),
        debt(2000, due, "3", vat=None, amount_is="without VAT"),
        debt(2000, due, "4", vat=None),
    ).only
    assert row.figure.value == pytest.approx(2 * 29.36)
    assert said(row.left_out) == {"VAT not known": (2, None)}


def test_the_act_is_not_about_grants_fees_to_volunteers_or_other_currencies(owed):
    due = date(2026, 8, 31)
    row = owed(
        debt(2400, due, "1"),
        debt(2400, due, "2", kind="grant"),
        debt(2400, due, "3", kind="honorarium"),
        debt(2400, due, "4", kind=None),
        debt(2400, due, "5", currency="EUR"),
        debt(2400, due, "6", outcome="rejected"),
    ).only
    assert (row.figure.value, row.figure.n) == (29.36, 1)
    assert said(row.left_out) == {
        "kind of payment not stated": (1, 2400),
        "not for goods or services supplied": (2, 4800),
        "not in pounds": (1, None),
        "withdrawn or rejected": (1, 2400),
    }


def test_a_credit_note_lowers_the_debt(owed):
    note = debt(-600, date(2026, 8, 31), "note", credits="1", paid_on=date(2026, 9, 1))
    row = owed(debt(3000, date(2026, 8, 31)), note).only
    assert row.figure.value == 29.36


def test_each_debt_is_rounded_by_itself_half_a_penny_up(owed):
    # £10 for 73 days at 12.5% is 25p; £10.20 is 25.5p, which is 26p; 20 of them £5.20.
    due = date(2004, 9, 1)  # 12.5%: Bank Rate stood at 4.5 on 30 June 2004
    rows = [debt("10.20", due, str(n)) for n in range(20)]
    assert owed(*rows, as_of=due + timedelta(73)).only.figure.value == pytest.approx(5.20)


def test_disputes_and_parts_are_counted_with_a_caution(owed):
    due = date(2026, 8, 31)
    row = owed(
        debt(2400, due, "1", is_disputed=True),
        debt(1200, due, "2", payment_ref="a", paid_on=due),
        debt(1200, due, "2", payment_ref="b"),
    ).only
    assert {caution.reason: caution.n for caution in row.cautions} == {
        "disputed, and interest may not run on what is rightly disputed": 1,
        "paid in parts, and counted whole until the last was paid": 1,
    }


RATES = [
    (line["applies_from"], line["applies_to"], Decimal(line["statutory_rate"]))
    for line in csv.DictReader(REFERENCE.open(encoding="utf-8", newline=""))
]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pence=st.integers(1, 10**9),
    due=st.dates(date(2004, 1, 1), date(2026, 9, 1)),
    days=st.integers(1, 900),
)
def test_interest_is_that_of_decimals_for_any_debt(rated, lead, pence, due, days):
    amount = Decimal(pence) / 100
    rated.cursor().execute("delete from ledger.payment")
    load_rows(rated, "payment", [debt(amount, due, paid_on=due + timedelta(days))])
    starts = (due + timedelta(1)).isoformat()
    [rate] = [rate for first, last, rate in RATES if first <= starts <= last]
    exact = amount * rate * days / 36500
    rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    found = figure(rated, lead, "statutory_interest", as_of=date(2030, 1, 1)).only.figure
    assert Decimal(str(found.value)) == rounded
