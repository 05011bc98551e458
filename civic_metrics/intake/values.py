"""Columns of text whose values repeat -> typed columns, each distinct value read once.

Dates, choices, yes/no, currencies and words for "missing"; amounts are in amounts.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column
from civic_metrics.intake.dates import TIME_OF_DAY, order_of, read_date
from civic_metrics.intake.naming import did_you_mean, fold_words, listed

# What people write for "we do not have it". A value the column itself offers as a choice
# ("not known") is not missing: it is that choice.
MISSING_WORDS = (
    "n/a", "na", "n.a.", "n.a", "#n/a", "n / a", "not applicable", "not available", "unknown",
    "not known", "unk", "tbc", "t.b.c.", "tbd", "tba", "to be confirmed", "to be decided",
    "to be determined", "-", "--", "---", "–", "—", "?", "none", "null", "nil", "nan", "(blank)",
    "blank", "missing", "no data", "#value!", "#ref!", "#name?", "#div/0!",
)  # fmt: skip
# Whatever follows it: "Redacted Personal Information".
MISSING_BEGINNING = "redacted"

YES = frozenset({"yes", "y", "true", "t", "1"})
NO = frozenset({"no", "n", "false", "f", "0"})


@dataclass(frozen=True)
class Fault:
    """Why a value cannot stand: what was expected of it, and what to do."""

    expected: str
    fix: str


@dataclass(frozen=True)
class Parsed:
    """A typed column (with its precision where it has one), the faults by place in the column,
    warnings likewise, and what was read otherwise than written, counted."""

    values: Mapping[str, pa.ChunkedArray]
    faults: Mapping[int, Fault] = field(default_factory=dict)
    warnings: Mapping[int, Fault] = field(default_factory=dict)
    notes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class OneValue:
    """What one distinct text was read as."""

    value: Any = None
    fault: Fault | None = None
    warning: Fault | None = None
    note: str = ""
    precision: str | None = None


def without_missing(
    texts: pa.ChunkedArray, column: Column
) -> tuple[pa.ChunkedArray, tuple[tuple[str, int], ...]]:
    """The texts with the words for "missing" taken out, and which were, counted."""
    words = pa.array(MISSING_WORDS)
    if column.choices:
        offered = {fold_words(choice) for choice in column.choices}
        words = pa.array([word for word in MISSING_WORDS if fold_words(word) not in offered])
    low = pc.utf8_lower(texts)
    missing = pc.or_(pc.is_in(low, value_set=words), pc.starts_with(low, pattern=MISSING_BEGINNING))
    missing = pc.fill_null(missing, False)
    if not pc.any(missing).as_py():
        return texts, ()
    counted = pc.value_counts(texts.filter(missing)).to_pylist()
    notes = tuple((f"'{c['values']}' read as missing", c["counts"]) for c in counted)
    return pc.if_else(missing, pa.scalar(None, pa.string()), texts), notes


def by_distinct(
    texts: pa.ChunkedArray,
    name: str,
    kind: pa.DataType,
    read: Callable[[str], OneValue],
    *,
    with_precision: bool = False,
) -> Parsed:
    """The column read once for each distinct text."""
    coded = pc.dictionary_encode(texts).combine_chunks()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.unify_dictionaries().combine_chunks()
    readings = [read(text) for text in coded.dictionary.to_pylist()]

    def spread(values: list[Any], of: pa.DataType) -> pa.ChunkedArray:
        return pa.chunked_array([pa.array(values, of).take(coded.indices)], of)

    values = {name: spread([r.value for r in readings], kind)}
    if with_precision:
        values[f"{name}_precision"] = spread([r.precision for r in readings], pa.string())
    notes: Counter[str] = Counter()
    noted = [code for code, reading in enumerate(readings) if reading.note]
    for code, _ in _places(coded.indices, noted):
        notes[readings[code].note] += 1
    return Parsed(
        values=values,
        faults={
            at: readings[code].fault
            for code, at in _places(
                coded.indices, [c for c, r in enumerate(readings) if r.fault is not None]
            )
        },
        warnings={
            at: readings[code].warning
            for code, at in _places(
                coded.indices, [c for c, r in enumerate(readings) if r.warning is not None]
            )
        },
        notes=tuple(notes.items()),
    )


def _places(indices: pa.Array, codes: list[int]) -> list[tuple[int, int]]:
    """(code, place) of every cell that holds one of the codes."""
    if not codes:
        return []
    held = pc.is_in(indices, value_set=pa.array(codes, indices.type))
    places = pc.indices_nonzero(pc.fill_null(held, False))
    return list(zip(indices.take(places).to_pylist(), places.to_pylist(), strict=True))


def read_dates(texts: pa.ChunkedArray, column: Column, *, is_workbook: bool) -> Parsed:
    """Dates, day or month first decided once for the whole column; the time of day is dropped."""
    days = pc.replace_substring_regex(texts, pattern=TIME_OF_DAY, replacement="")
    counted = [(c["values"], c["counts"]) for c in pc.value_counts(days).to_pylist()]
    order = order_of((text, count) for text, count in counted if text is not None)

    def read(text: str) -> OneValue:
        found = read_date(text, order, partial=column.partial, is_workbook=is_workbook)
        if found.on is None:
            return OneValue(fault=Fault(found.expected, "Correct the date in this cell."))
        precision = found.precision if column.partial else None
        return OneValue(found.on, note=found.note, precision=precision)

    parsed = by_distinct(days, column.name, pa.date32(), read, with_precision=column.partial)
    notes = ((order.said, order.ambiguous),) if order.ambiguous else ()
    return Parsed(parsed.values, parsed.faults, notes=(*notes, *parsed.notes))


def read_choices(texts: pa.ChunkedArray, column: Column) -> Parsed:
    """The column's choices, whatever their case and joining marks."""
    choices = {fold_words(choice): choice for choice in column.choices}

    def read(text: str) -> OneValue:
        choice = choices.get(fold_words(text))
        if choice is not None:
            return OneValue(choice)
        near = did_you_mean(text, column.choices)
        return OneValue(
            fault=Fault(
                f"one of: {listed(column.choices, 'or')}",
                f"{near}Use one of the words, or leave the cell empty.",
            )
        )

    return by_distinct(texts, column.name, pa.string(), read)


def read_booleans(texts: pa.ChunkedArray, column: Column) -> Parsed:
    """Yes and no in their usual spellings."""

    def read(text: str) -> OneValue:
        low = text.casefold()
        if low in YES or low in NO:
            return OneValue(low in YES)
        return OneValue(fault=Fault("yes or no", "Write yes or no, or leave the cell empty."))

    return by_distinct(texts, column.name, pa.bool_(), read)


def read_currencies(texts: pa.ChunkedArray, column: Column) -> Parsed:
    """ISO currency codes in capitals; £ is GBP."""

    def read(text: str) -> OneValue:
        code = {"£": "GBP", "€": "EUR"}.get(text, text.upper())
        if len(code) == 3 and code.isascii() and code.isalpha():
            return OneValue(code)
        fix = "Write the three-letter code; XXX where the currency is not known."
        return OneValue(fault=Fault("a currency code such as GBP or EUR", fix))

    return by_distinct(texts, column.name, pa.string(), read)
