"""From a spreadsheet to rows ready to load: read, match, parse, check.

    sheets = read(content, file_name)
    matching = match(sheets[0].header, contract, chosen, constants)
    staged = stage(sheets[0], contract, matching, known, create_missing=True)

May import contracts and the ledger's batch; never streamlit, never pandas. Files are never
opened here: bytes come in, and rows cross to the ledger as Arrow.
"""

from civic_metrics.intake.files import (
    Loaded,
    Loading,
    build_demonstration,
    load_cases,
    load_one,
    open_with_reference,
    prepare,
    source_of,
)
from civic_metrics.intake.matching import (
    Match,
    Matching,
    match,
    missing_columns,
    propose,
    suggest_table,
    table_called,
)
from civic_metrics.intake.reading import read
from civic_metrics.intake.references import Known
from civic_metrics.intake.sheet import Refused, Sheet
from civic_metrics.intake.staging import stage

__all__ = [
    "Known",
    "Loaded",
    "Loading",
    "Match",
    "Matching",
    "Refused",
    "Sheet",
    "build_demonstration",
    "load_cases",
    "load_one",
    "match",
    "missing_columns",
    "open_with_reference",
    "prepare",
    "propose",
    "read",
    "source_of",
    "stage",
    "suggest_table",
    "table_called",
]
