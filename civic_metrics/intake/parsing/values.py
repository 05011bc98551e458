"""What a column is read into, and the reading of each distinct value once.

The columns themselves are read in date_columns.py, amounts.py, hours.py, choices.py,
currencies.py and identifiers.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column
from civic_metrics.intake.parsing.missing import REDACTED, missing_words

# Examples shown of one kind of change, and the cells among which they are looked for.
EXAMPLES = 3
LOOKED_AT = 1000
# Different words for missing that are told one by one.
WORDS_TOLD = 20
NOTHING = "(empty)"


@dataclass(frozen=True)
class Fault:
    """Why a value cannot stand: what was expected of it, and what to do."""

    expected: str
    fix: str


class Note(NamedTuple):
    """What was done to cells of a column, to how many, and a few as (before, after)."""

    said: str
    count: int
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Parsed:
    """A typed column (with its precision where it has one), the faults by place in the column,
    warnings likewise, and what was read otherwise than written, counted.

    `currencies` has the ISO code that a cell of money states itself; `in_hours` says which
    quantities are written as a time (1:30, 90 mins), so that they are hours whatever their unit;
    `month_first` how dates are written, where a date of the column tells.
    """

    values: Mapping[str, pa.ChunkedArray]
    faults: Mapping[int, Fault] = field(default_factory=dict)
    warnings: Mapping[int, Fault] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    currencies: pa.ChunkedArray | None = None
    in_hours: pa.ChunkedArray | None = None
    month_first: bool | None = None


@dataclass(frozen=True)
class OneValue:
    """What one distinct text was read as; `note` is one thing done to it, or several."""

    value: Any = None
    fault: Fault | None = None
    warning: Fault | None = None
    note: str | tuple[str, ...] = ""
    precision: str | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What was done to it, each in words."""
        if isinstance(self.note, str):
            return (self.note,) if self.note else ()
        return self.note

    @property
    def shown(self) -> str:
        """The value as a person writes it, only as exact as it is known."""
        text = shown(self.value)
        return text[: {"year": 4, "month": 7}.get(self.precision or "", len(text))]


def shown(value: Any) -> str:
    """A value as a person writes it."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    return value.isoformat() if isinstance(value, date) else str(value)


def noted(
    said: str, changed: pa.ChunkedArray, before: pa.ChunkedArray, after: pa.ChunkedArray
) -> tuple[Note, ...]:
    """The note on the cells marked, with examples; none where no cell is."""
    count = pc.sum(changed).as_py() or 0
    if not count:
        return ()
    places = pc.indices_nonzero(changed)[:LOOKED_AT]
    befores, afters = before.take(places).to_pylist(), after.take(places).to_pylist()
    pairs = dict(zip(map(shown, befores), map(shown, afters), strict=True))
    return (Note(said, count, tuple(pairs.items())[:EXAMPLES]),)


def without_missing(
    texts: pa.ChunkedArray, column: Column
) -> tuple[pa.ChunkedArray, tuple[Note, ...]]:
    """The texts with the words for "missing" taken out, and which were, counted."""
    words = missing_words(column)
    low = pc.ascii_lower(texts)  # no word or mark has other letters
    missing = pc.is_in(low, value_set=pa.array(words))
    if pc.any(pc.match_substring(low, REDACTED[0])).as_py():
        for beginning in REDACTED:
            missing = pc.or_(missing, pc.starts_with(low, pattern=beginning))
    missing = pc.fill_null(missing, False)
    if not pc.any(missing).as_py():
        return texts, ()
    counted = [(c["values"], c["counts"]) for c in _counted(texts.filter(missing))]

    def read_as(text: str) -> str:
        return words.get(text.lower(), "missing")

    notes = [
        Note(f"'{text}' read as {read_as(text)}", count, ((text, NOTHING),))
        for text, count in counted[:WORDS_TOLD]
    ]
    if rest := counted[WORDS_TOLD:]:
        examples = tuple((text, NOTHING) for text, _ in rest[:EXAMPLES])
        notes.append(Note("other words read as missing", sum(c for _, c in rest), examples))
    return pc.if_else(missing, pa.scalar(None, pa.string()), texts), tuple(notes)


def _counted(texts: pa.ChunkedArray) -> list[dict[str, Any]]:
    """The distinct texts with their counts, the most frequent first."""
    return sorted(pc.value_counts(texts).to_pylist(), key=lambda c: -c["counts"])


def by_distinct(
    texts: pa.ChunkedArray,
    name: str,
    kind: pa.DataType,
    read: Callable[[str], OneValue],
    *,
    with_precision: bool = False,
    written: pa.ChunkedArray | None = None,
) -> Parsed:
    """The column read once for each distinct text; examples show it as `written`."""
    coded = pc.dictionary_encode(texts).combine_chunks()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.unify_dictionaries().combine_chunks()
    readings = [read(text) for text in coded.dictionary.to_pylist()]

    def spread(values: list[Any], of: pa.DataType) -> pa.ChunkedArray:
        return pa.chunked_array([pa.array(values, of).take(coded.indices)], of)

    def faults_of(which: str) -> dict[int, Fault]:
        each = [getattr(reading, which) for reading in readings]
        held = _places(coded.indices, [code for code, fault in enumerate(each) if fault])
        return {at: each[code] for code, at in held}

    values = {name: spread([r.value for r in readings], kind)}
    if with_precision:
        values[f"{name}_precision"] = spread([r.precision for r in readings], pa.string())
    return Parsed(
        values=values,
        faults=faults_of("fault"),
        warnings=faults_of("warning"),
        notes=_notes(coded, readings, written),
    )


def _notes(
    coded: pa.DictionaryArray, readings: Sequence[OneValue], written: pa.ChunkedArray | None
) -> tuple[Note, ...]:
    """What was done to the cells, each kind with its count and examples."""
    codes_of: dict[str, list[int]] = {}
    for code, reading in enumerate(readings):
        for said in reading.notes:
            codes_of.setdefault(said, []).append(code)
    if not codes_of:
        return ()
    counts = {c["values"]: c["counts"] for c in pc.value_counts(coded.indices).to_pylist()}

    def before(code: int) -> str:
        if written is None:
            return coded.dictionary[code].as_py()
        return written[pc.index(coded.indices, code).as_py()].as_py()

    return tuple(
        Note(
            said,
            sum(counts.get(code, 0) for code in codes),
            tuple((before(code), readings[code].shown) for code in codes[:EXAMPLES]),
        )
        for said, codes in codes_of.items()
    )


def _places(indices: pa.Array, codes: list[int]) -> list[tuple[int, int]]:
    """(code, place) of every cell that holds one of the codes."""
    if not codes:
        return []
    held = pc.is_in(indices, value_set=pa.array(codes, indices.type))
    places = pc.indices_nonzero(pc.fill_null(held, False))
    return list(zip(indices.take(places).to_pylist(), places.to_pylist(), strict=True))
