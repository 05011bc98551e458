"""The names scope offers beside the tables, each a SELECT over what the viewer may see.

What several indicators count is built here once: invoices from their lines, hours with the rate
they are compared with, relationships with their last sign of life.
"""

from __future__ import annotations

from civic_metrics.derived.comparator import COMPARATOR
from civic_metrics.derived.invoice import INVOICE
from civic_metrics.derived.model import Derived

DERIVED: dict[str, Derived] = {"comparator": COMPARATOR, "invoice": INVOICE}

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
