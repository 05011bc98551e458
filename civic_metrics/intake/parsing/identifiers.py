"""Identifiers kept to the letter, and mended where a spreadsheet has plainly spoilt them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column
from civic_metrics.intake.parsing.values import Fault, Note, Parsed, noted

# Numbers of public registers: never with decimals, whatever stands beside them.
REGISTERED = frozenset({"charity_number", "company_number", "ukprn"})
_NAMES = REGISTERED | {"organisation", "partnership", "reference", "credits", "code"}
_ENDS = ("_ref", "_number", "_code")
# A company's number at Companies House has 8 figures; spreadsheets drop noughts before it.
COMPANY, COMPANY_FIGURES = "company_number", 8

_SHORT_COMPANY = "^[0-9]{6,7}$"
_FLOAT = r"^([0-9]+)[.]0+$"
_BY_FIGURES = r"^[0-9]+([.][0-9]+)?$"
# ="00123" and '00123: what keeps a number text in a spreadsheet.
_TEXT_MARK = r"""^(?:="([^"]*)"|'([0-9].*))$"""
_POWER = r"^[0-9]([.][0-9]+)?[eE][+][0-9]{2,3}$"
SHORTENED = Fault(
    "the whole number; a spreadsheet has shortened it and the last figures are lost",
    "Format the column as text in the file it comes from, and export it again.",
)


def holds_identifiers(column: Column) -> bool:
    """Whether the column holds numbers and codes that identify something."""
    return (
        column.type == "string"
        and not column.choices
        and (column.name in _NAMES or column.name.endswith(_ENDS))
    )


def read_identifiers(texts: pa.ChunkedArray, column: Column) -> Parsed:
    """The identifiers as they stand, but for what a spreadsheet did to them, each noted."""
    mended, notes = texts, ()
    if _any(pc.or_(pc.starts_with(texts, "'"), pc.starts_with(texts, "="))):
        mended = pc.replace_substring_regex(mended, pattern=_TEXT_MARK, replacement=r"\1\2")
        mended = pc.if_else(pc.equal(mended, ""), pa.scalar(None, pa.string()), mended)
        notes += _noted("the spreadsheet's mark for text taken off", texts, mended)
    if _any(pc.ends_with(mended, ".0")) and (column.name in REGISTERED or _are_floats(mended)):
        whole = pc.replace_substring_regex(mended, pattern=_FLOAT, replacement=r"\1")
        notes += _noted("numbers without the .0 a spreadsheet put behind them", mended, whole)
        mended = whole
    if column.name == COMPANY:
        is_short = pc.match_substring_regex(mended, pattern=_SHORT_COMPANY)
        padded = pc.utf8_lpad(mended, width=COMPANY_FIGURES, padding="0")
        padded = pc.if_else(is_short, padded, mended)
        notes += _noted("company numbers with the noughts a spreadsheet dropped", mended, padded)
        mended = padded
    faults = {}
    if _any(pc.or_(pc.match_substring(mended, "E+"), pc.match_substring(mended, "e+"))):
        is_lost = pc.fill_null(pc.match_substring_regex(mended, pattern=_POWER), False)
        faults = dict.fromkeys(pc.indices_nonzero(is_lost).to_pylist(), SHORTENED)
        mended = pc.if_else(is_lost, pa.scalar(None, pa.string()), mended)
    return Parsed({column.name: mended}, faults, notes=notes)


def _any(marked: pa.ChunkedArray) -> bool:
    return bool(pc.any(marked).as_py())


def _noted(said: str, before: pa.ChunkedArray, after: pa.ChunkedArray) -> tuple[Note, ...]:
    changed = pc.and_(pc.is_valid(before), pc.fill_null(pc.not_equal(before, after), True))
    return noted(said, changed, before, after)


def _are_floats(texts: pa.ChunkedArray) -> bool:
    """Whether every number of the column ends in .0: no one writes all of them so by hand."""
    by_figures = pc.match_substring_regex(texts, pattern=_BY_FIGURES)
    figures = texts.filter(pc.fill_null(by_figures, False))
    return len(figures) > 0 and pc.all(pc.ends_with(figures, ".0")).as_py()
