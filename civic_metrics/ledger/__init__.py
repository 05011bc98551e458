"""The records: append-only, one transaction a batch, every upload can be undone.

Imports only contracts. The one place, with compute and intake, that knows DuckDB.
"""

from civic_metrics.ledger.batch import (
    Batch,
    Change,
    Counts,
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
from civic_metrics.ledger.history import (
    Source,
    Waiting,
    also_known_as,
    batches,
    known_names,
    set_aside,
    sources,
    successors,
    without_details,
)
from civic_metrics.ledger.loading import load
from civic_metrics.ledger.store import Ledger, LedgerError, open_ledger, store_path
from civic_metrics.ledger.undoing import Undone, undo

__all__ = [
    "Batch",
    "Change",
    "Counts",
    "Ledger",
    "LedgerError",
    "Origin",
    "Problem",
    "ReadAs",
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
    "known_names",
    "load",
    "open_ledger",
    "set_aside",
    "sources",
    "store_path",
    "successors",
    "undo",
    "without_details",
]
