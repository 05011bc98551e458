"""Rows that look like totals of others, told from rows that only sound so."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_metrics.intake import Sheet
from civic_metrics.intake.reading.totals import find_totals

HEADER = ("payee", "paid_on", "ref", "amount")
ROWS = [
    ("Acme", "2024-01-01", "r1", "5"),
    ("Bob", "2024-01-02", "r2", "7"),
    ("Cat", "2024-01-03", "r3", "1"),
    ("Dan", "2024-01-04", "r4", "2"),
]


def totals(*more, rows=ROWS, header=HEADER):
    return find_totals(Sheet.of(header, [*rows, *more]).cells)


@pytest.mark.parametrize(
    "label",
    [
        "Total", "TOTAL", "Totals", "Grand total", "Grand Total (£)", "Total:", "Subtotal",
        "Sub-total", "Sub total", "Sum", "Balance carried forward", "Brought forward", "c/f",
        "Total for Leisure", "Leisure total", "Total - Leisure", "Total amount",
    ],
)  # fmt: skip
@pytest.mark.parametrize("column", [0, 2])
def test_a_label_with_a_number_and_nothing_else_is_a_total(label, column):
    row = [None, None, None, "15"]
    row[column] = label
    assert totals(row) == {4: f"it reads “{label}” and its other words are missing"}


@pytest.mark.parametrize(
    "row",
    [
        ("Total Energy Ltd", "2024-01-05", "r5", "15"),
        ("Total", "2024-01-05", "r5", "15"),
        ("Total Energy Ltd", None, None, "15"),
        ("The Total Theatre Company", None, None, "16"),
        ("Summerhill", None, None, "16"),
        (None, None, None, "16"),
        (None, "2024-01-05", None, "15"),
        (None, None, None, None),
    ],
)
def test_a_payment_that_only_sounds_like_a_total_is_none(row):
    assert totals(row) == {}


def test_a_total_whose_formula_has_no_result_is_one_all_the_same():
    assert set(totals(("Total", None, None, None))) == {4}


def test_a_last_row_without_words_is_a_total_where_its_numbers_add_up():
    assert totals((None, None, None, "15")) == {
        4: "it has no words, and its numbers are the sums of those above"
    }
    money = [("A", "x", "£1,000.10"), ("B", "y", "(200.05)"), ("C", "z", "5 CR")]
    row = (None, None, "£795.05")
    assert set(totals(row, rows=money, header=("p", "r", "a"))) == {3}


def test_subtotals_are_not_counted_into_the_total():
    more = [("Sub-total", None, None, "15"), (None, None, None, "15")]
    assert set(totals(*more)) == {4, 5}


def test_numbers_alone_never_make_a_total():
    assert totals(rows=[("1",), ("2",), ("3",)], header=("n",)) == {}


def test_in_a_list_of_names_and_numbers_only_the_word_itself_is_a_total():
    rows = [("Acme", "5"), ("Total Energy", "7"), ("Sum", "1"), ("Total", "13")]
    assert totals(rows=rows, header=("payee", "amount")) == {3: "it reads “Total”"}


REMARKS = (
    "Source: finance system", "* includes VAT", "End of report", "*** END OF REPORT ***",
    "Page 1 of 3", "Printed on 01/04/2026", "4 rows selected", "Note: excludes grants",
    "© Crown copyright 2024", "Data extracted from the ledger",
)  # fmt: skip


@pytest.mark.parametrize("text", REMARKS)
@pytest.mark.parametrize("column", [0, 2])
def test_a_remark_alone_at_the_end_is_offered_for_exclusion(text, column):
    row = [None] * 4
    row[column] = text
    assert totals(row) == {4: f"it is a remark at the end: “{text}”"}


def test_a_total_above_remarks_is_found_too():
    found = totals(
        (None, None, None, "15"), ("* includes VAT", *[None] * 3), ("Page 1", *[None] * 3)
    )
    assert list(found) == [4, 5, 6]


@pytest.mark.parametrize("payee", ["Acme", "Sources of Light CIC", "Source Arts", "Page One Books"])
def test_a_name_alone_at_the_end_is_no_remark(payee):
    assert totals((payee, None, None, None)) == {}


@pytest.mark.parametrize("text", REMARKS)
def test_what_stands_above_further_rows_or_beside_other_cells_is_no_remark(text):
    assert totals((text, None, None, None), ROWS[0]) == {}
    assert totals((text, None, "r5", None)) == {}


WORDS = st.sampled_from(["Acme", "Total Energy", "Balance of Power", "Subtotal Ltd", "x total"])


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, st.integers(0, 9).map(str)), min_size=1, max_size=9))
def test_a_row_with_its_date_and_reference_is_never_a_total(rows):
    full = [(payee, "2024-01-01", "r", amount) for payee, amount in rows]
    assert totals(rows=full) == {}


def test_a_million_rows_cost_little():
    payee = pa.array(["Total Energy Ltd", "Acme"] * 500_000)
    ref = pa.array(["r"] * 1_000_000)
    amount = pa.array(["1.5"] * 1_000_000)
    body = pa.table([payee, ref, ref, amount], list(HEADER))
    last = pa.table([["Total"], [None], [None], ["1500000"]], schema=body.schema)
    assert set(find_totals(pa.concat_tables([body, last]))) == {1_000_000}
