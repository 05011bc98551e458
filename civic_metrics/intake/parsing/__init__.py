"""A column of text -> the typed column its contract asks for."""

from __future__ import annotations

import re

import duckdb
import pyarrow as pa

from civic_metrics.contracts import Column, Contract
from civic_metrics.intake.parsing.amounts import read_numbers
from civic_metrics.intake.parsing.choices import read_booleans, read_choices
from civic_metrics.intake.parsing.currencies import read_currencies
from civic_metrics.intake.parsing.date_habits import read_dates
from civic_metrics.intake.parsing.hours import holds_hours, read_hours
from civic_metrics.intake.parsing.identifiers import holds_identifiers, read_identifiers
from civic_metrics.intake.parsing.values import Parsed

# Columns a rule of a table looks at beside the dates its name tells.
_RULES_BESIDE = {"paid_after_received": ("kind", "is_advance_agreed")}
# What says how the money, hours and days of a row count: read as missing they would count
# otherwise, unseen. The first only where the table has money or hours.
_SAY_HOW_MONEY_COUNTS = frozenset(
    {
        "currency", "kind", "outcome", "payee_role", "role_group", "paid_by", "pay_basis",
        "unpaid_because", "basis", "status", "qualifier", "funding_qualifier",
    }
)  # fmt: skip
_SAY_HOW_DAYS_COUNT = frozenset({"started_qualifier", "recorded_from_on", "share"})


def read_column(
    con: duckdb.DuckDBPyConnection, texts: pa.ChunkedArray, column: Column, *, is_workbook: bool
) -> Parsed:
    """The column as its contract has it; references to other tables are not followed here."""
    if column.type == "date":
        return read_dates(texts, column, is_workbook=is_workbook)
    if column.type == "boolean":
        return read_booleans(texts, column)
    if holds_hours(column):
        return read_hours(con, texts, column)
    if column.type in ("number", "integer"):
        return read_numbers(con, texts, column)
    if column.choices:
        return read_choices(texts, column)
    if column.name == "currency":
        return read_currencies(texts, column)
    if holds_identifiers(column):
        return read_identifiers(texts, column)
    return Parsed({column.name: texts})


def costs_the_row(column: Column, contract: Contract) -> bool:
    """Whether a cell of the column that cannot be read sets its row aside.

    So it is where the key, money, hours, a reference, a duration or a rule of the table rests on
    it. Elsewhere the cell is left empty, and the row loads with a warning.
    """
    return (
        column.required
        or column.name in contract.key
        or column.unit in ("gbp", "money")
        or column.reference is not None
        or column.happened
        or column.starts_duration
        or column.name in contract.begins
        or column.name in _SAY_HOW_DAYS_COUNT
        or (column.name in _SAY_HOW_MONEY_COUNTS and _has_money_or_hours(contract))
        or any(_looks_at(rule, column) for rule in contract.rules)
        or any(re.search(rf"\b{column.name}\b", sql) for _, sql in contract.derived)
    )


def _has_money_or_hours(contract: Contract) -> bool:
    return any(
        column.unit in ("gbp", "money") or holds_hours(column) for column in contract.columns
    )


def _looks_at(rule: str, column: Column) -> bool:
    """Whether a rule such as `paid_after_received` looks at the column."""
    stem = column.name.removesuffix("_on")
    return stem in rule.split("_") or column.name in _RULES_BESIDE.get(rule, ())
