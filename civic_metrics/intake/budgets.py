"""A planned budget in a spreadsheet -> its lines, or what is wrong with each row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

import pyarrow as pa

from civic_metrics.contracts import Contract, parse
from civic_metrics.intake.matching import match
from civic_metrics.intake.names.references import Known
from civic_metrics.intake.reading import read
from civic_metrics.intake.sheet import Refused, Sheet
from civic_metrics.intake.staging import stage
from civic_metrics.ledger.batch import Problem

LINE = "line"
NOTHING_KNOWN = Known()


@dataclass(frozen=True)
class Plan:
    """The lines of a plan by column, and every problem of those that are not among them."""

    lines: tuple[Mapping[str, Any], ...]
    problems: tuple[Problem, ...]
    rows_read: int

    @property
    def faults(self) -> tuple[str, ...]:
        """Each problem as a sentence: the row and column, what is there, and what to do."""
        return tuple(
            f"Row {one.row}, {one.column}: found “{one.found}”, expected {one.expected}. {one.fix}"
            for one in self.problems
        )


@cache
def budget_layout() -> Contract:
    """The columns of a plan, which a spreadsheet is matched with. It is no table of records."""
    text = resources.files(__package__).joinpath("budget_line.json").read_text("utf-8")
    return parse(json.loads(text))


def read_budget(content: bytes, file_name: str) -> Plan:
    """The plan in the first sheet that holds one; Refused where none does, with the reason."""
    refusal: Refused | None = None
    for sheet in read(content, file_name):
        if sheet.is_hidden:
            continue
        try:
            return _plan(sheet)
        except Refused as error:
            refusal = refusal or error
    raise refusal or Refused("There is no sheet with rows in it. Choose a file with a plan.")


def _plan(sheet: Sheet) -> Plan:
    layout = budget_layout()
    numbered = _with_line_numbers(sheet)
    matching = match(numbered, layout, chosen={LINE: LINE})
    staged = stage(numbered, layout, matching, NOTHING_KNOWN)
    names = [column.name for column in layout.columns if column.name in staged.rows.column_names]
    return Plan(
        lines=tuple(staged.rows.select(names).to_pylist()),
        problems=staged.problems,
        rows_read=staged.rows_read,
    )


def _with_line_numbers(sheet: Sheet) -> Sheet:
    """The sheet with a column of its row numbers: two equal lines of a plan are two lines."""
    kept = [name for name in sheet.header if name.lower() != LINE]
    texts = pa.chunked_array([[str(number) for number in sheet.rows]], pa.string())
    cells = sheet.cells.select(kept).add_column(0, LINE, texts)
    return replace(sheet, header=(LINE, *kept), cells=cells)
