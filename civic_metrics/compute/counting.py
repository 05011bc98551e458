"""A statement put to the records: from the invoices kept where there are any, else from lines."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from civic_metrics.compute.records import run
from civic_metrics.compute.standing import standing_invoices
from civic_metrics.compute.statement import Statement, tables_named
from civic_metrics.derived import behind
from civic_metrics.ledger import Ledger
from civic_metrics.model import Viewer


def counted(ledger: Ledger, viewer: Viewer, statement: Statement, facts: str) -> pa.Table:
    """One row per group and reason, as the estimator counts them.

    Where invoices are kept, their version and the answer are read in one transaction: a load
    that ends in between changes neither.
    """
    invoices = None
    if "invoice" in behind(tables_named(facts)):
        invoices = standing_invoices(ledger, as_of=statement.as_of, batch=statement.batch)
    with ledger.cursor() as cursor:
        if invoices is not None:
            cursor.begin()
            try:
                if invoices.holds_for(cursor):
                    return run(cursor, *statement.build(viewer, facts, invoices))
            except duckdb.CatalogException:  # let go of by another thread, after a load
                cursor.rollback()
        return run(cursor, *statement.build(viewer, facts))
