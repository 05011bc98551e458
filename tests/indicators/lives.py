"""Partnerships, their funding and who holds them, drawn by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.indicators.drawn import AS_OF


def ago(days: int) -> date:
    """The day that many days before the as-of day."""
    return AS_OF - timedelta(days)


def going(name: str, days: int, **more: Any) -> dict[str, Any]:
    """A partnership that began that many days ago and still goes on."""
    return {"partnership": name, "name": name.title(), "started_on": ago(days)} | more


def over(name: str, began: int, ended: int, **more: Any) -> dict[str, Any]:
    """A partnership that began and ended that many days ago."""
    return going(name, began, ended_on=ago(ended)) | more


def funded(partnership: str, ref: str, first: int, last: int, **more: Any) -> dict[str, Any]:
    """Funding received that ran from that many days ago to that many; negative: yet to come."""
    row = {"partnership": partnership, "reference": ref, "status": "received"}
    return row | {"amount_gbp": 100, "from_on": ago(first), "to_on": ago(last)} | more


def held(partnership: str, person: str, kind: str | None, **more: Any) -> dict[str, Any]:
    """Somebody so employed who has held the relationship for 100 days."""
    row = {"partnership": partnership, "person_ref": person, "employment_kind": kind}
    return row | {"from_on": ago(100)} | more
