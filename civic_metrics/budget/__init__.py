"""A planned budget before it is spent: what partners, staff and others would be paid.

Re-exports only. A plan is weighed by the definitions what is recorded is counted by, and is kept
nowhere.
"""

from civic_metrics.budget.telling import by_role, comparison, headline, lines_of, remarks
from civic_metrics.budget.weighing import (
    BASES,
    LIVING_WAGE,
    ROLES,
    Line,
    Rates,
    Weighed,
    WhatIf,
    changed,
    comparators,
    rates_on,
    weigh,
)

__all__ = [
    "BASES",
    "LIVING_WAGE",
    "ROLES",
    "Line",
    "Rates",
    "Weighed",
    "WhatIf",
    "by_role",
    "changed",
    "comparators",
    "comparison",
    "headline",
    "lines_of",
    "rates_on",
    "remarks",
    "weigh",
]
