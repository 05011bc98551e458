"""Records with every fault the facts know, and some they count with a caution."""

from __future__ import annotations

from datetime import date
from typing import Any

from civic_metrics.ledger import Ledger, undo
from tests.indicators.voice.untidy import UNTIDY
from tests.rows import load_rows

TO_MARCH = date(2024, 3, 31)


def invoice(
    ref: str, received: str | None, paid: str | None = None, *, payee: str = "a", **more: Any
) -> dict[str, Any]:
    """An invoice for £100 of a partner; days are written as in ISO 8601."""
    return {
        "payee": payee,
        "invoice_ref": ref,
        "received_on": received,
        "paid_on": paid,
        "amount": 100,
        "currency": "GBP",
        "payee_role": "partner",
    } | more


def untidy(ledger: Ledger) -> None:
    """Loads them."""
    rate = {"role_group": "staff", "activity": "talk", "basis": "gross", "kind": "pay scale"}
    more = {"from_on": "2023-08-01", "hourly_gbp": 20, "source": "s"}
    card = {"role_group": "partner", "kind": "agreed rate card"}
    floor = {"role_group": None, "kind": "floor"}
    floor |= {"activity": "Real Living Wage (UK), by its deadline"}
    load_rows(ledger, "rate", [rate | more, rate | more | card, rate | more | floor])
    time = {"partnership": "p", "activity": "talk", "worked_on": "2024-01-01", "quantity": 2}
    given = [
        {"role_group": "staff", "paid_gbp": 40, "pay_basis": "gross"},
        {"role_group": "partner", "paid_gbp": 30, "pay_basis": "gross"},
        {"role_group": "partner", "paid_gbp": 30, "pay_basis": "full cost"},
        {"role_group": "partner", "paid_gbp": 30},
        {"role_group": "partner"},
        {"role_group": "partner", "paid_by": "nobody", "unpaid_because": "declined"},
        {"role_group": "partner", "paid_by": "nobody", "unpaid_because": "pending"},
        {"role_group": "partner", "paid_by": "own employer"},
        {"role_group": "partner", "paid_by": "nobody", "quantity": 0},
        {"role_group": "student", "paid_by": "nobody"},
        {"role_group": "partner", "paid_gbp": 9, "pay_basis": "gross", "activity": "other"},
        {"role_group": "partner", "paid_gbp": 9, "pay_basis": "gross", "phase": "pre-award"},
        {"role_group": "partner", "paid_by": "own employer", "phase": "pre-award"},
        {"role_group": "public", "paid_gbp": 9, "pay_basis": "gross"},
    ]
    rows = [time | row | {"contribution_ref": str(n)} for n, row in enumerate(given)]
    load_rows(ledger, "contribution", rows, complete_to=TO_MARCH)
    payments = [
        invoice("1", "2024-01-01", "2024-01-11"),
        invoice("2", "2024-01-01"),
        invoice("3", None, "2024-01-11"),
        invoice("4", "2024-01-11", "2024-01-01"),
        invoice("5", "2024-01-01", "2024-02-01", kind="grant"),
        invoice("6", "2024-01-01", outcome="rejected"),
        invoice("7", "2024-01-01", outcome="open"),
        invoice("8", "2024-01-01", amount=-100, credits="9"),
        invoice("9", "2024-01-01"),
        invoice("10", "2024-01-01", "2024-02-10", kind="supply", vat=0, payee_is_small=True)
        | {"worked_on": "2023-12-01", "invoiced_on": "2023-12-20", "approved_on": "2024-01-20"}
        | {"returned_on": "2024-01-05", "return_reason": "no order number"}
        | {"due_on": "2024-02-15"},
        invoice("11", None, "2024-01-11", returned_on="2024-01-05"),
        invoice("12", "2024-01-01", "2024-02-01", kind="grant", due_on="2024-01-31"),
        invoice("13", "2024-01-01", "2024-01-11", kind="access"),
        invoice("14", "2024-01-01", kind="access", outcome="rejected"),
    ]
    load_rows(ledger, "payment", payments, complete_to=TO_MARCH)
    partnerships = [
        {"partnership": "p", "name": "P", "started_on": "2020-01-01"},
        {"partnership": "q", "name": "Q"},
        {"partnership": "r", "name": "R", "started_on": "2020-01-01", "ended_on": "2019-01-01"}
        | {"end_reason": "purpose met"},
        {"partnership": "s", "name": "S", "started_on": "2010-01-01", "ended_on": "2012-01-01"}
        | {"recorded_from_on": "2018-08-01"},
    ]
    load_rows(ledger, "partnership", partnerships, complete_to=TO_MARCH)
    grant = {"partnership": "p", "amount_gbp": 90, "status": "received"}
    funding = [
        grant | {"reference": "1", "from_on": "2020-01-01", "to_on": "2020-12-31"},
        grant | {"reference": "2", "from_on": "2022-01-01"},
        {"partnership": "p", "reference": "3"},
    ]
    load_rows(ledger, "funding", funding)
    holder = {"partnership": "p", "person_ref": "1", "employment_kind": "open-ended"}
    load_rows(ledger, "holder", [holder | {"from_on": "2020-01-01"}])
    undo(ledger, load_rows(ledger, "holder", [holder | {"from_on": "2021-01-01"}]), "me")
    gift = {"partnership": "p", "kind": "equipment", "given_on": "2024-01-10"}
    gifts = [
        gift | {"in_kind_ref": f"{giver} {worth}", "giver": giver, "value_gbp": worth}
        for giver in ("uni", "ashby")
        for worth in (None, 5)
    ]
    load_rows(ledger, "in_kind", gifts, complete_to=TO_MARCH)
    statistic = {"measure": "m", "place": "E1", "unit": "%", "source": "s", "value": 19.6}
    statistics = [statistic | {"period": "2008", "comparator_value": 16.2}]
    statistics.append({"measure": "m", "place": "E1", "period": "2009", "source": "s"})
    load_rows(ledger, "place_statistic", statistics)
    for table, more_rows in UNTIDY.items():
        load_rows(ledger, table, more_rows, complete_to=TO_MARCH)
