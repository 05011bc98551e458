"""The only door to figures and records: (viewer, indicator, split, filter, as-of) -> Result.

SQL counts, the estimator concludes; the viewer's scope is part of every statement.
"""

from civic_metrics.compute.conclude import status
from civic_metrics.compute.figures import behind, figure, indicator_of, over_time, target_of
from civic_metrics.compute.published import published
from civic_metrics.compute.published import rows as published_rows
from civic_metrics.compute.records import (
    NAMED_TABLES,
    organisation_called,
    records,
    waiting,
    years_recorded,
)
from civic_metrics.compute.statement import Statement, Unanswerable, tables_named

__all__ = [
    "NAMED_TABLES",
    "Statement",
    "Unanswerable",
    "behind",
    "figure",
    "indicator_of",
    "organisation_called",
    "over_time",
    "published",
    "published_rows",
    "records",
    "status",
    "tables_named",
    "target_of",
    "waiting",
    "years_recorded",
]
