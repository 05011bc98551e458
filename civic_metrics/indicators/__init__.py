"""The indicators, one module each. Adding one costs its module and its test.

A module says what is counted and which estimator concludes; it knows no other indicator, no
viewer and no database.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from civic_metrics.model import Indicator

# The order people read them in: pay, payment, longevity.
READING_ORDER = (
    "compensation_parity",
    "median_hourly_gap",
    "unpaid_hours_share",
    "time_to_payment",
    "average_days_to_pay",
    "median_days_to_pay",
    "paid_within_30_days",
    "partnership_longevity",
    "five_year_survival",
)


def _discover() -> dict[str, Indicator]:
    found = {
        module.name: import_module(f"{__name__}.{module.name}").INDICATOR
        for module in iter_modules(__path__)
    }
    first = {name: found.pop(name) for name in READING_ORDER}
    return {**first, **dict(sorted(found.items()))}


INDICATORS = _discover()
