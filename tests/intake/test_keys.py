"""Lines of an invoice numbered where a file gives none, and only where they are lines."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_metrics.contracts import contract
from civic_metrics.intake.checking.keys import conflicts, number_the_lines

PAYMENT = contract("payment")
KINDS = {
    "payee": pa.string(), "invoice_ref": pa.string(), "line_ref": pa.string(),
    "payment_ref": pa.string(), "partnership": pa.string(), "amount": pa.decimal128(18, 2),
    "received_on": pa.date32(), "paid_on": pa.date32(), "outcome": pa.string(),
}  # fmt: skip
FEB, MARCH = date(2024, 2, 1), date(2024, 3, 1)


def rows(*given: dict[str, object]) -> pa.Table:
    """Payments to org-a on invoice I1, received on 1 February, unless said otherwise."""
    usual = {"payee": "org-a", "invoice_ref": "I1", "received_on": FEB}
    full = [{**usual, **row} for row in given]
    names = [name for name in KINDS if any(name in row for row in full)]
    columns = {
        name: pa.array(
            [Decimal(row[name]) if name == "amount" and row.get(name) is not None
             else row.get(name) for row in full],
            KINDS[name],
        )
        for name in names
    }  # fmt: skip
    return pa.table({"_n": pa.array(range(len(full)), pa.int64()), **columns})


def lines(table: pa.Table) -> list[str | None]:
    """The line number of each row."""
    with duckdb.connect() as con:
        typed, count = number_the_lines(con, table, PAYMENT)
    if "line_ref" not in typed.column_names:
        assert count == 0
        return [None] * len(table)
    numbered = typed.sort_by("_n")["line_ref"].to_pylist()
    return numbered


def test_rows_of_one_invoice_with_other_amounts_are_its_lines():
    table = rows({"amount": 20}, {"amount": 10}, {"amount": 5, "invoice_ref": "I2"})
    assert lines(table) == ["line 2", None, None]


def test_rows_of_one_amount_for_two_partnerships_are_lines():
    table = rows({"amount": 5, "partnership": "P2"}, {"amount": 5, "partnership": "P1"})
    assert lines(table) == ["line 2", None]


def test_rows_alike_get_one_number_and_so_count_once():
    table = rows({"amount": 5}, {"amount": 6}, {"amount": 5})
    assert lines(table) == [None, "line 2", None]
    assert lines(rows({"amount": 5}, {"amount": 5})) == [None, None]


@pytest.mark.parametrize(
    "pair",
    [
        ({"amount": 5}, {"amount": 5, "paid_on": MARCH}),
        ({"amount": 5}, {"amount": 6, "paid_on": MARCH}),
        ({"amount": 5, "received_on": FEB}, {"amount": 6, "received_on": MARCH}),
        ({"amount": 5, "outcome": "open"}, {"amount": 5, "outcome": "rejected"}),
        ({"amount": 5}, {"amount": None}),
        ({"amount": 5, "payee": None}, {"amount": 6, "payee": None}),
        ({"amount": 5, "line_ref": "1"}, {"amount": 6, "line_ref": "1"}),
        ({"amount": 5, "line_ref": "1"}, {"amount": 6}),
    ],
    ids=[
        "unpaid then paid", "another amount once paid", "two receipts", "two outcomes",
        "an amount not read", "a payee not read", "one line number", "a line number for one",
    ],
)  # fmt: skip
def test_rows_that_may_be_one_line_told_twice_are_not_numbered(pair):
    table = rows(*pair)
    before = table["line_ref"].to_pylist() if "line_ref" in table.column_names else [None, None]
    assert lines(table) == before


def test_parts_paid_under_their_own_numbers_are_told_apart_already():
    table = rows({"amount": 5, "payment_ref": "T1"}, {"amount": 6, "payment_ref": "T2"})
    assert lines(table) == [None, None]


@settings(deadline=None, max_examples=20)  # each opens two connections
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([None, "P1", "P2"])), min_size=2, max_size=6
    ),
    st.randoms(use_true_random=False),
)
def test_another_order_of_the_rows_gives_the_same_numbers(made, shuffled: random.Random):
    ordered = [{"amount": amount, "partnership": p} for amount, p in made]
    other = ordered[:]
    shuffled.shuffle(other)
    one, two = (
        {(r["amount"], r["partnership"], n) for r, n in zip(some, lines(rows(*some)), strict=True)}
        for some in (ordered, other)
    )
    assert one == two


def test_numbered_lines_share_no_key_and_rows_alike_repeat():
    table = rows({"amount": 5}, {"amount": 6}, {"amount": 5}, {"amount": 7, "invoice_ref": "I2"})
    with duckdb.connect() as con:
        typed, count = number_the_lines(con, table, PAYMENT)
        repeated, found = conflicts(con, PAYMENT, typed, (), ())
    assert (count, repeated, found) == (3, [2], [])


def test_a_missing_part_of_a_key_is_a_part_like_another():
    table = rows({"amount": 5, "invoice_ref": None}, {"amount": 6, "invoice_ref": None})
    with duckdb.connect() as con:
        _, found = conflicts(con, PAYMENT, table, (), ())
    assert [(c.places, c.differing) for c in found] == [((0, 1), ("amount",))]
