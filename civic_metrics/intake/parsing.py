"""A column of text -> the typed column its contract asks for."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from civic_metrics.contracts import Column
from civic_metrics.intake.amounts import read_numbers
from civic_metrics.intake.values import (
    Parsed,
    read_booleans,
    read_choices,
    read_currencies,
    read_dates,
)


def read_column(
    con: duckdb.DuckDBPyConnection, texts: pa.ChunkedArray, column: Column, *, is_workbook: bool
) -> Parsed:
    """The column as its contract has it; references to other tables are not followed here."""
    if column.type == "date":
        return read_dates(texts, column, is_workbook=is_workbook)
    if column.type == "boolean":
        return read_booleans(texts, column)
    if column.type in ("number", "integer"):
        return read_numbers(con, texts, column)
    if column.choices:
        return read_choices(texts, column)
    if column.name == "currency":
        return read_currencies(texts, column)
    return Parsed({column.name: texts})
