"""The records: append-only, one transaction a batch, every upload can be undone.

Imports only contracts. The one place, with compute and intake, that knows DuckDB.
"""

from civic_metrics.ledger.batch import (
    Batch,
    Change,
    Counts,
    Effect,
    Origin,
    Problem,
    ReadAs,
    SetAside,
    Severity,
    Staged,
    Stub,
    Suggestion,
    Unknown,
    Whole,
)
from civic_metrics.ledger.erasing import Erased, erase
from civic_metrics.ledger.history import (
    Period,
    Remembered,
    Source,
    Waiting,
    batches,
    loaded_periods,
    remembered,
    set_aside,
    sources,
)
from civic_metrics.ledger.known import (
    CodeRow,
    also_known_as,
    individuals,
    known_codes,
    known_names,
    successors,
    without_details,
)
from civic_metrics.ledger.loading import load, load_into
from civic_metrics.ledger.naming import pseudonym_of
from civic_metrics.ledger.store import Cancelled, Ledger, LedgerError, open_ledger, store_path
from civic_metrics.ledger.undoing import Undone, undo, undo_into

__all__ = [
    "Batch",
    "Cancelled",
    "Change",
    "CodeRow",
    "Counts",
    "Effect",
    "Erased",
    "Ledger",
    "LedgerError",
    "Origin",
    "Period",
    "Problem",
    "ReadAs",
    "Remembered",
    "SetAside",
    "Severity",
    "Source",
    "Staged",
    "Stub",
    "Suggestion",
    "Undone",
    "Unknown",
    "Waiting",
    "Whole",
    "also_known_as",
    "batches",
    "erase",
    "individuals",
    "known_codes",
    "known_names",
    "load",
    "load_into",
    "loaded_periods",
    "open_ledger",
    "pseudonym_of",
    "remembered",
    "set_aside",
    "sources",
    "store_path",
    "successors",
    "undo",
    "undo_into",
    "without_details",
]
