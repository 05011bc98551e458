"""Made-up records at full size, the same in every run: payments, places, members, time given.

Nothing here is about anybody. 20,000 partnerships in 361 places, 50,000 payees; one invoice in
eight has more than one line, one in ten is still open, and a third is of suppliers that belong to
no partnership. A contribution of time for every five payments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from civic_metrics.ledger import Ledger, Origin, Staged, load, open_ledger

PARTNERSHIPS, PLACES, PAYEES, ORGANISATIONS = 20_000, 361, 50_000, 30_000
FIRST, COMPLETE_TO = np.datetime64("2016-08-01"), date(2026, 3, 31)
DAYS = int((np.datetime64(COMPLETE_TO) - FIRST).astype(int))
ACTIVITIES = ("delivery", "design", "evaluation", "governance", "outreach", "training")
KINDS = ("charity", "company", "council", "school", "community group")
SEED = 2026


@dataclass(frozen=True)
class Lines:
    """Payment lines as arrays of numbers, one entry a line: what pandas is given."""

    payee: np.ndarray
    invoice: np.ndarray
    partnership: np.ndarray  # -1: of no partnership
    received_on: np.ndarray
    paid_on: np.ndarray  # NaT: still open
    pence: np.ndarray


def payment_lines(rows: int) -> Lines:
    """So many lines, those of one invoice beside one another."""
    draws = np.random.default_rng(SEED)
    first_of_invoice = draws.random(rows) < 0.88
    first_of_invoice[:1] = True
    invoice = np.cumsum(first_of_invoice) - 1
    invoices = int(invoice[-1]) + 1 if rows else 0
    payee = draws.integers(0, PAYEES, invoices)
    partnership = np.where(
        payee < ORGANISATIONS, (payee + draws.integers(0, 3, invoices)) % PARTNERSHIPS, -1
    )
    received = FIRST + draws.integers(0, DAYS, invoices).astype("timedelta64[D]")
    paid = received + draws.gamma(2.0, 14.0, invoices).astype("timedelta64[D]")
    still_open = (draws.random(invoices) < 0.1) | (paid > np.datetime64(COMPLETE_TO))
    paid = np.where(still_open, np.datetime64("NaT"), paid)
    return Lines(
        payee=payee[invoice],
        invoice=invoice,
        partnership=partnership[invoice],
        received_on=received[invoice],
        paid_on=paid[invoice],
        pence=draws.integers(1_000, 1_000_000, rows),
    )


def made_ledger(lines: Lines, folder: Path) -> Ledger:
    """A ledger in that folder with the payments, and partnerships, places and time to match."""
    ledger = open_ledger(folder / "benchmark.duckdb")
    tables = {
        "organisation": _organisations(),
        "partnership": _partnerships(),
        "membership": _memberships(),
        "footprint": _footprints(),
        "payment": _payments(lines),
        "contribution": _contributions(len(lines.payee) // 5),
    }
    for name, content in tables.items():
        staged = Staged(name, tuple(content.column_names[:-2]), content, rows_read=len(content))
        load(ledger, staged, Origin("a benchmark", f"{name}.csv", b"", complete_to=COMPLETE_TO))
    return ledger


def places_of() -> tuple[np.ndarray, np.ndarray]:
    """Each partnership beside each of its one to three places."""
    draws = np.random.default_rng(SEED + 1)
    partnership = np.repeat(np.arange(PARTNERSHIPS), draws.integers(1, 4, PARTNERSHIPS))
    pairs = np.unique(partnership * PLACES + draws.integers(0, PLACES, len(partnership)))
    return pairs // PLACES, pairs % PLACES


def _table(columns: dict[str, pa.Array]) -> pa.Table:
    """The columns with where each row stood in its file."""
    rows = len(next(iter(columns.values())))
    where = {"_sheet": pa.repeat("", rows), "_row": pa.array(np.arange(2, rows + 2))}
    return pa.table({**columns, **where})


def _named(prefix: str, numbers: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Numbers as identifiers of one length."""
    digits = pa.array(numbers, mask=missing).cast(pa.string())
    return pa.compute.binary_join_element_wise(
        prefix, pa.compute.utf8_lpad(digits, 8, padding="0"), ""
    )


def _among(choices: tuple[str | None, ...], which: np.ndarray) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(which, pa.int32()), list(choices)).cast(
        pa.string()
    )


def _money(pence: np.ndarray) -> pa.Array:
    return pa.array(pence / 100).cast(pa.decimal128(18, 2))


def _dates(days: np.ndarray) -> pa.Array:
    return pa.array(days.astype("datetime64[D]"))


def _organisations() -> pa.Table:
    everyone = np.arange(PAYEES)
    return _table(
        {
            "organisation": _named("O", everyone),
            "name": _named("Organisation ", everyone),
            "kind": _among(KINDS, everyone % len(KINDS)),
        }
    )


def _partnerships() -> pa.Table:
    draws = np.random.default_rng(SEED + 2)
    everyone = np.arange(PARTNERSHIPS)
    started = FIRST + draws.integers(0, DAYS, PARTNERSHIPS).astype("timedelta64[D]")
    ended = started + draws.exponential(1600, PARTNERSHIPS).astype("timedelta64[D]")
    ended = np.where(ended > np.datetime64(COMPLETE_TO), np.datetime64("NaT"), ended)
    columns = {"partnership": _named("P", everyone), "name": _named("Partnership ", everyone)}
    for name, days in (("started_on", started), ("ended_on", ended)):
        columns[name] = _dates(days)
        columns[f"{name}_precision"] = pa.array(np.where(np.isnat(days), None, "day"))
    return _table(columns)


def _memberships() -> pa.Table:
    members = np.arange(ORGANISATIONS)
    return _table(
        {
            "partnership": _named("P", members % PARTNERSHIPS),
            "organisation": _named("O", members),
            "role": pa.repeat("partner", ORGANISATIONS),
        }
    )


def _footprints() -> pa.Table:
    partnership, place = places_of()
    return _table({"partnership": _named("P", partnership), "place": _named("E", place)})


def _payments(lines: Lines) -> pa.Table:
    rows = len(lines.payee)
    received = lines.received_on
    return _table(
        {
            "payee": _named("O", lines.payee),
            "invoice_ref": _named("INV", lines.invoice),
            "line_ref": pa.array(np.arange(rows)).cast(pa.string()),
            "partnership": _named("P", np.maximum(lines.partnership, 0), lines.partnership < 0),
            "invoiced_on": _dates(received - np.timedelta64(3, "D")),
            "received_on": _dates(received),
            "due_on": _dates(received + np.timedelta64(30, "D")),
            "paid_on": _dates(lines.paid_on),
            "amount": _money(lines.pence),
            "amount_is": pa.repeat("with VAT", rows),
            "currency": pa.repeat("GBP", rows),
            "kind": _among(("supply", "grant"), (lines.invoice % 12 == 0).astype(int)),
            "payee_role": _among(
                ("partner", "other supplier"), (lines.payee >= ORGANISATIONS).astype(int)
            ),
        }
    )


def _contributions(rows: int) -> pa.Table:
    draws = np.random.default_rng(SEED + 3)
    person = draws.integers(0, PAYEES, rows)
    partnership = person % PARTNERSHIPS
    is_staff = draws.random(rows) < 0.4
    is_unpaid = ~is_staff & (draws.random(rows) < 0.3)
    hours = draws.integers(1, 17, rows) * 50
    hourly = np.where(is_staff, 2800, 1900) + draws.integers(-500, 500, rows)
    paid = np.where(is_unpaid, 0, hours * hourly // 100)
    worked = FIRST + draws.integers(0, DAYS, rows).astype("timedelta64[D]")
    return _table(
        {
            "contribution_ref": _named("C", np.arange(rows)),
            "partnership": _named("P", partnership),
            "organisation": _named("O", person % ORGANISATIONS, is_staff),
            "person_ref": _named("person ", person),
            "role_group": _among(("partner", "staff"), is_staff.astype(int)),
            "activity": _among(ACTIVITIES, draws.integers(0, len(ACTIVITIES), rows)),
            "worked_on": _dates(worked),
            "quantity": _money(hours),
            "unit": pa.repeat("hour", rows),
            "paid_gbp": _money(paid),
            "pay_basis": pa.repeat("gross", rows),
            "unpaid_because": _among(("unknown", None), (~is_unpaid).astype(int)),
        }
    )
