"""The names scope offers beside the tables, each a SELECT over what the viewer may see.

What several indicators count is built here once: invoices from their lines, hours with the rate
they are compared with, relationships with their last sign of life.
"""

from __future__ import annotations

from civic_metrics.derived.award import AWARD
from civic_metrics.derived.comparator import COMPARATOR
from civic_metrics.derived.debt import DEBT
from civic_metrics.derived.due_invoice import DUE_INVOICE
from civic_metrics.derived.holding import HOLDING
from civic_metrics.derived.home_university import HOME_UNIVERSITY
from civic_metrics.derived.invoice import INVOICE
from civic_metrics.derived.invoice_wait import INVOICE_WAIT
from civic_metrics.derived.load import LOAD
from civic_metrics.derived.model import Derived
from civic_metrics.derived.owed_invoice import OWED_INVOICE
from civic_metrics.derived.paid_invoice import PAID_INVOICE
from civic_metrics.derived.place_part import PLACE_PART
from civic_metrics.derived.place_within import PLACE_WITHIN
from civic_metrics.derived.placed_activity import PLACED_ACTIVITY
from civic_metrics.derived.placed_payment import PLACED_PAYMENT
from civic_metrics.derived.relationship import RELATIONSHIP
from civic_metrics.derived.scored_answer import SCORED_ANSWER
from civic_metrics.derived.set_aside import SET_ASIDE
from civic_metrics.derived.time_and_wage_floor import TIME_AND_WAGE_FLOOR
from civic_metrics.derived.time_compared import TIME_COMPARED
from civic_metrics.derived.time_given import TIME_GIVEN
from civic_metrics.derived.untimed_payment import UNTIMED_PAYMENT

DERIVED: dict[str, Derived] = {
    "award": AWARD,
    "comparator": COMPARATOR,
    "debt": DEBT,
    "due_invoice": DUE_INVOICE,
    "holding": HOLDING,
    "home_university": HOME_UNIVERSITY,
    "invoice": INVOICE,
    "invoice_wait": INVOICE_WAIT,
    "load": LOAD,
    "owed_invoice": OWED_INVOICE,
    "paid_invoice": PAID_INVOICE,
    "place_part": PLACE_PART,
    "place_within": PLACE_WITHIN,
    "placed_activity": PLACED_ACTIVITY,
    "placed_payment": PLACED_PAYMENT,
    "relationship": RELATIONSHIP,
    "scored_answer": SCORED_ANSWER,
    "set_aside": SET_ASIDE,
    "time_and_wage_floor": TIME_AND_WAGE_FLOOR,
    "time_compared": TIME_COMPARED,
    "time_given": TIME_GIVEN,
    "untimed_payment": UNTIMED_PAYMENT,
}

__all__ = ["DERIVED", "Derived", "base_of", "behind"]


def behind(names: frozenset[str]) -> dict[str, Derived]:
    """Those of the names that are derived and all they are built from, the deepest first."""
    ordered: dict[str, Derived] = {}
    for name in sorted(names & set(DERIVED)):
        ordered |= behind(frozenset(DERIVED[name].needs))
        ordered[name] = DERIVED[name]
    return ordered


def base_of(names: frozenset[str]) -> frozenset[str]:
    """The tables that the names are built from, the names that are tables among them."""
    tables = set(names - set(DERIVED))
    for one in behind(names).values():
        tables |= {need for need in (*one.needs, *one.everybodys) if need not in DERIVED}
    return frozenset(tables)
