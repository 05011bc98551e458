"""Spreadsheets drawn with the defects real ones have: nothing crashes, every row is accounted
for, and what was written cleanly arrives unchanged."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_metrics.intake import Declared, Refused, prepare, upload
from civic_metrics.ledger import Ledger, open_ledger

# In the long run (CIVIC_METRICS_LONG=1) ten times as many.
EXAMPLES = 2_000 if os.environ.get("CIVIC_METRICS_LONG") else 200

HEADINGS = {
    "payee": ("payee", "Supplier", "Supplier Name", "Vendor", "PAYEE NAME"),
    "invoice_ref": ("invoice_ref", "Invoice Number", "Invoice No.", "Invoice\nNo"),
    "received_on": ("received_on", "Date Received", "Received", "Inv Recd"),
    "paid_on": ("paid_on", "Date Paid", "Payment Date"),
    "amount": ("amount", "Gross Amount", "Amount (£)", "Invoice Amount"),
}
PAYEES = ("Alma Street Community Hub", "Hollow Lane Primary School", "Ashby Food Bank Ltd")
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%b-%Y", "%d %B %Y")
AMOUNTS = ("{:.2f}", "{:,.2f}", "£{:,.2f}", "£ {:.2f}", "{:.2f} ")
BAD_DATES = ("31/02/2025", "soon", "2025-13-01", "00/00/0000")
BAD_AMOUNTS = ("about 12", "see note", "twelve")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
BANNERS = (("University of Brackwater",), ("Payments report", ""), ("Printed on 01/04/2026",), ())
ODDS = ("", "-", "Café Zoë", "note, with comma", 'a "quoted" word', "two\nlines")
# Rows that arrive whole, three times as often as any other.
DEFECTS = ("none", "none", "none", "date", "amount", "blank", "twice")


@dataclass(frozen=True)
class Drawn:
    """A file, its clean rows (invoice, received, paid, amount), and how many rows it has."""

    name: str
    content: bytes
    clean: tuple[tuple[str, date, date | None, Decimal], ...]
    rows: int


@st.composite
def files(draw: st.DrawFn) -> Drawn:
    """A payments file of up to a dozen rows, some clean, some not, in some format."""
    names = {ours: draw(st.sampled_from(theirs)) for ours, theirs in HEADINGS.items()}
    order = draw(st.permutations(list(names)))
    written_date = draw(st.sampled_from(DATES))
    written_amount = draw(st.sampled_from(AMOUNTS))
    spare = draw(st.sampled_from((None, "", "Cost centre notes", "Budget")))
    rows, clean = [], []
    for number in range(draw(st.integers(1, 12))):
        received = date(2025, 1, 6) + timedelta(days=draw(st.integers(0, 300)))
        wait = draw(st.one_of(st.none(), st.integers(0, 90)))
        paid = None if wait is None else received + timedelta(days=wait)
        amount = Decimal(draw(st.integers(1, 99_999_999))) / 100
        cells = {
            "payee": draw(st.sampled_from(PAYEES)),
            "invoice_ref": f"00{number}/A{number}",
            "received_on": received.strftime(written_date),
            "paid_on": "" if paid is None else paid.strftime(written_date),
            "amount": written_amount.format(amount),
        }
        defect = draw(st.sampled_from(DEFECTS))
        if defect == "date":
            cells["received_on"] = draw(st.sampled_from(BAD_DATES))
        elif defect == "amount":
            cells["amount"] = draw(st.sampled_from(BAD_AMOUNTS))
        elif defect == "blank":
            cells["payee"] = draw(st.sampled_from(("", "N/A", "-")))
        extra = [] if spare is None else [draw(st.sampled_from(ODDS))]
        rows.append([cells[ours] for ours in order] + extra)
        if defect in ("none", "twice"):
            clean.append((cells["invoice_ref"], received, paid, amount))
        if defect == "twice":
            rows.append(list(rows[-1]))
        if draw(st.integers(0, 9)) == 0:
            rows.append([""] * len(rows[-1]))  # a blank row in between
    count = sum(any(row) for row in rows)
    header = [names[ours] for ours in order] + ([] if spare is None else [spare])
    if draw(st.booleans()):
        rows.append(_total(order, len(header)))
        count += 1
    above = draw(st.lists(st.sampled_from(BANNERS), max_size=3))
    table = [*map(list, above), header, *rows]
    kind = draw(st.sampled_from((",", "xlsx", ";", "\t")))
    if kind == "xlsx":
        return Drawn("payments.xlsx", _workbook(table), tuple(clean), count)
    text = _text(kind, table, draw(st.sampled_from(("\n", "\r\n"))))
    content = text.encode(draw(st.sampled_from(ENCODINGS)))
    return Drawn("payments.csv", content, tuple(clean), count)


def _total(order: Sequence[str], width: int) -> list[str]:
    row = [""] * width
    row[order.index("payee")] = "Grand total"
    row[order.index("amount")] = "99.00"
    return row


def _text(delimiter: str, table: Sequence[Sequence[str]], line_end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(table)
    return out.getvalue()


def _workbook(table: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in table:
        book.active.append([cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger in which nothing is ever kept."""
    opened = open_ledger(tmp_path_factory.mktemp("drawn") / "drawn.duckdb")
    yield opened
    opened.close()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=files())
def test_every_row_is_accounted_for_and_clean_ones_arrive_unchanged(empty, drawn):
    ready = prepare(drawn.content, drawn.name, table="payment", constants={"currency": "GBP"})
    declared = Declared(create_missing=True)
    (loaded,) = upload(empty, ready, declared, who="a test", keep=False).loaded
    counts = loaded.counts
    parts = (counts.new, counts.changed, counts.unchanged, counts.quarantined, counts.excluded)
    assert sum(parts) == counts.rows_read == drawn.rows
    rows = loaded.staged.rows
    columns = [rows[name].to_pylist() for name in ("received_on", "paid_on", "amount")]
    arrived = dict(zip(rows["invoice_ref"].to_pylist(), zip(*columns, strict=True), strict=True))
    for invoice, received, paid, amount in drawn.clean:
        assert arrived.get(invoice) == (received, paid, amount)


@settings(max_examples=EXAMPLES, deadline=None)
@given(content=st.binary(max_size=400), name=st.sampled_from(("a.csv", "a.xlsx", "a.xls", "a.ods")))
def test_bytes_that_are_no_spreadsheet_are_read_or_refused_in_words(content, name):
    try:
        prepare(content, name, table="payment")
    except Refused as refusal:
        said = str(refusal)
    else:
        said = "Read, and found to hold payments."
    assert len(said) > 20
    assert "Traceback" not in said
    assert "Error(" not in said


def test_a_workbook_cut_short_is_refused():
    whole = _workbook([["payee", "amount", "paid_on"], ["Alma", "1", "2025-01-06"]])
    for cut in range(4, len(whole) - 1, len(whole) // 40):
        with pytest.raises(Refused, match=r"damaged|not a spreadsheet|compressed"):
            prepare(whole[:cut], "cut.xlsx", table="payment")
