"""Rows drawn by hand for the indicators, with what most of them have in common."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

AS_OF = date(2024, 3, 31)
RECEIVED = date(2024, 1, 1)


def paid_after(days: int, ref: str, **more: Any) -> dict[str, Any]:
    """An invoice for £100 received on 1 January 2024 and paid that many days later."""
    return _invoice(ref, RECEIVED, RECEIVED + timedelta(days)) | more


def open_for(days: int, ref: str, **more: Any) -> dict[str, Any]:
    """An invoice for £100 that on the as-of day has waited that many days."""
    return _invoice(ref, AS_OF - timedelta(days), None) | more


def _invoice(ref: str, received: date, paid: date | None) -> dict[str, Any]:
    return {
        "payee": "ashby",
        "invoice_ref": ref,
        "partnership": "p",
        "received_on": received,
        "paid_on": paid,
        "amount": 100,
        "currency": "GBP",
        "payee_role": "partner",
    }


def hours(ref: str, quantity: float, **more: Any) -> dict[str, Any]:
    """So many hours of a partner's time in partnership p, in the financial year 2023/24."""
    return {
        "contribution_ref": ref,
        "partnership": "p",
        "organisation": "ashby",
        "role_group": "partner",
        "activity": "workshop",
        "worked_on": date(2024, 1, 10),
        "quantity": quantity,
        "unit": "hour",
        "paid_gbp": None,
        "pay_basis": None,
        "paid_by": None,
        "unpaid_because": None,
        "invoice_ref": None,
    } | more


def paid(ref: str, quantity: float, pounds: float, **more: Any) -> dict[str, Any]:
    """Hours for which the university paid so much, gross."""
    money = {"paid_gbp": pounds, "pay_basis": "gross", "paid_by": "university"}
    return hours(ref, quantity, **money) | more


def unpaid(ref: str, quantity: float, reason: str | None, **more: Any) -> dict[str, Any]:
    """Hours that nobody paid for, with the reason."""
    return hours(ref, quantity, paid_by="nobody", unpaid_because=reason) | more


def staff(ref: str, person: str, quantity: float, pounds: float, **more: Any) -> dict[str, Any]:
    """Hours of one of the university's own people, paid so much gross."""
    who = {"organisation": "uni", "role_group": "staff", "person_ref": person}
    return paid(ref, quantity, pounds) | who | more


def said(lines: tuple[Any, ...]) -> dict[str, tuple[int, float | None]]:
    """What is left out or cautioned, by reason: how many rows, how many pounds."""
    return {line.reason: (line.n, line.pounds) for line in lines}
