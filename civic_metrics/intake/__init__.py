"""From a spreadsheet to rows ready to load: read, match, parse, check; and the load itself.

    ready = prepare(content, file_name)
    done = upload(ledger, ready, Declared(create_missing=True), who="an analyst")

May import contracts and the ledger; never streamlit, never pandas. Files are never opened here:
bytes come in, and rows cross to the ledger as Arrow.
"""

from civic_metrics.intake.checking.grouping import grouped
from civic_metrics.intake.declaring import WITH_VAT, WITHOUT_VAT, Declared
from civic_metrics.intake.files import (
    ANSWERED_BY,
    PROBLEM_HEADING,
    Loading,
    from_parts,
    grants_in,
    in_order,
    prepare,
    sheets_in,
    with_further,
)
from civic_metrics.intake.matching import (
    Matching,
    Sureness,
    match,
    missing_columns,
    propose,
    shape_of,
    table_called,
)
from civic_metrics.intake.matching.deciding import Match
from civic_metrics.intake.matching.tables import (
    TableSuggestion,
    rank_tables,
    read_besides,
    suggest_table,
)
from civic_metrics.intake.names.answers import Answer, Answers, Meaning
from civic_metrics.intake.names.redacting import redact, texts_of
from civic_metrics.intake.names.references import CAN_BE_ADDED, Known
from civic_metrics.intake.naming import in_words, listed
from civic_metrics.intake.reading import read
from civic_metrics.intake.shapes.giving import is_giving
from civic_metrics.intake.shapes.surveys import Survey, review_rows, survey
from civic_metrics.intake.sheet import Refused, Sheet
from civic_metrics.intake.staging import stage
from civic_metrics.intake.supplied import (
    build_cases,
    build_demonstration,
    load_cases,
    load_folder,
    open_with_reference,
)
from civic_metrics.intake.upload import (
    Loaded,
    Progress,
    Uploaded,
    edited,
    known_to,
    rows_for_no_variation,
    source_of,
    upload,
)
from civic_metrics.ledger import Problem, Severity, Unknown

__all__ = [
    "ANSWERED_BY",
    "CAN_BE_ADDED",
    "PROBLEM_HEADING",
    "WITHOUT_VAT",
    "WITH_VAT",
    "Answer",
    "Answers",
    "Declared",
    "Known",
    "Loaded",
    "Loading",
    "Match",
    "Matching",
    "Meaning",
    "Problem",
    "Progress",
    "Refused",
    "Severity",
    "Sheet",
    "Sureness",
    "Survey",
    "TableSuggestion",
    "Unknown",
    "Uploaded",
    "build_cases",
    "build_demonstration",
    "edited",
    "from_parts",
    "grants_in",
    "grouped",
    "in_order",
    "in_words",
    "is_giving",
    "known_to",
    "listed",
    "load_cases",
    "load_folder",
    "match",
    "missing_columns",
    "open_with_reference",
    "prepare",
    "propose",
    "rank_tables",
    "read",
    "read_besides",
    "redact",
    "review_rows",
    "rows_for_no_variation",
    "shape_of",
    "sheets_in",
    "source_of",
    "stage",
    "suggest_table",
    "survey",
    "table_called",
    "texts_of",
    "upload",
    "with_further",
]
