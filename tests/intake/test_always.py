"""What must always hold, whatever a file brings."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from civic_metrics.intake import Refused
from tests.intake.support import TODAY, adds_up, staged

HEADER = ("payee", "invoice_ref", "received_on", "paid_on", "amount", "kind", "is_disputed")
DIRT = st.sampled_from(
    ["", " ", "TBC", "N/A", "-", "2022-09-31", "31/04/2024", "(5.00)", "£1,0", "supply", "grant",
     "yes", "1e9", "nan", "org-a", "The Hub", "ï»¿", '"', "a,b", "x\ny", "\u00a0", "🙂", "1" * 40]
)  # fmt: skip
DAYS = st.dates(date(2015, 1, 1), TODAY)
PENCE = st.integers(0, 10**9)


def text_of(rows) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    return out.getvalue()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(DIRT | st.text(max_size=5), min_size=7, max_size=7), max_size=8))
def test_every_row_is_accounted_for_whatever_it_holds(rows):
    try:
        result = staged("payment", text_of(rows), create_missing=True)
    except Refused:  # Nothing but blank rows.
        assert not any(cell.replace("\0", "").strip() for row in rows for cell in row)
        return
    assert adds_up(result)
    taken = result.rows["_row"].to_pylist() + [aside.row for aside in result.set_aside]
    assert len(taken) == len(set(taken))
    assert all(p.expected and p.fix for p in result.problems)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(DAYS, st.integers(0, 90), PENCE), min_size=1, max_size=8),
    st.lists(st.lists(DIRT, min_size=7, max_size=7), max_size=4),
)
def test_clean_values_survive_unchanged_beside_dirty_ones(clean, dirty):
    rows = []
    expected = {}
    for number, (received, days, pence) in enumerate(clean):
        paid = min(received + timedelta(days=days), TODAY)
        amount = Decimal(pence).scaleb(-2)
        rows.append(
            (
                "org-a",
                f"clean {number}",
                received.isoformat(),
                paid.isoformat(),
                f"{amount}",
                "",
                "",
            )
        )
        expected[f"clean {number}"] = (received, paid, amount)
    result = staged("payment", text_of([*rows, *dirty]), create_missing=True)
    found = {
        row["invoice_ref"]: (row["received_on"], row["paid_on"], row["amount"])
        for row in result.rows.to_pylist()
        if row["invoice_ref"] in expected
    }
    assert found == expected
    assert adds_up(result)


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(6)))
def test_the_order_of_rows_does_not_matter(order):
    rows = [
        ("org-a", "I1", "2024-01-02", "", "5", "", ""),
        ("org-a", "I1", "2024-01-02", "", "5", "", ""),
        ("org-a", "I2", "2024-01-02", "", "5", "", ""),
        ("org-a", "I2", "2024-01-03", "", "5", "", ""),
        ("org-b", "", "2024-01-02", "", "7", "", ""),
        ("org-b", "I3", "31/02/2024", "", "7", "", ""),
    ]
    result = staged("payment", text_of([rows[i] for i in order]))
    assert (result.rows.num_rows, result.repeated, len(result.set_aside)) == (2, 1, 3)
    numbers = sorted(row["invoice_ref"] for row in result.rows.to_pylist())
    assert numbers[0] == "I1"
