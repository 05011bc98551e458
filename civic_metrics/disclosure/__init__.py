"""What of a table may leave the university, and in what form. Imports the model alone.

Cells in, what is shown of each out: no SQL, no ledger, no viewer. Everybody is given the same.
"""

from civic_metrics.disclosure.cells import ALL, ALL_YEARS, NOT_BROKEN_DOWN, Cell, Key, Table
from civic_metrics.disclosure.profiles import HESA, OFQUAL, PROFILES, Profile
from civic_metrics.disclosure.rounding import ROUNDING, Rounded, Rounding, rounded_count, shown
from civic_metrics.disclosure.safety import BREAKDOWN, TOO_FEW, WORKED_OUT, is_safe, why_unsafe
from civic_metrics.disclosure.withholding import Outcome, withhold

__all__ = [
    "ALL",
    "ALL_YEARS",
    "BREAKDOWN",
    "HESA",
    "NOT_BROKEN_DOWN",
    "OFQUAL",
    "PROFILES",
    "ROUNDING",
    "TOO_FEW",
    "WORKED_OUT",
    "Cell",
    "Key",
    "Outcome",
    "Profile",
    "Rounded",
    "Rounding",
    "Table",
    "is_safe",
    "rounded_count",
    "shown",
    "why_unsafe",
    "withhold",
]
