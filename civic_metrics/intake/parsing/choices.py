"""Columns of a closed set of words, and of yes or no, in whatever spelling."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column
from civic_metrics.intake.naming import did_you_mean, fold_words, listed
from civic_metrics.intake.parsing.values import Fault, OneValue, Parsed, by_distinct

# Different wrong words that get a suggestion: nobody reads more of them at once.
SUGGESTED_FOR = 200
# Short forms of units of time, where the column offers the unit.
SHORT = {"hr": "hour", "h": "hour", "d": "day"}
PLAIN_YES, PLAIN_NO = ("yes", "true"), ("no", "false")
YES = frozenset({*PLAIN_YES, "y", "t", "1", "1.0", "✓", "✔", "✔️", "☑", "☒", "✅"})
NO = frozenset({*PLAIN_NO, "n", "f", "0", "0.0", "✗", "✘", "☐", "❌"})
CROSS = "x"
DITTO = frozenset(
    {'"', "''", "〃", "ditto", "do.", "as above", "see above", "same", "same as above"}
)


def ditto_fault(text: str) -> Fault | None:
    """What to do about a cell that points to the one above it."""
    if text.casefold() not in DITTO:
        return None
    return Fault("the value itself", "Write the value out: each row is read on its own.")


def read_choices(texts: pa.ChunkedArray, column: Column) -> Parsed:
    """The column's choices, whatever their case, joining marks and plural."""
    choices = {fold_words(choice): choice for choice in column.choices}
    singular = {folded.removesuffix("s"): choice for folded, choice in choices.items()}
    expected = f"one of: {listed(column.choices, 'or')}"
    wrong = 0

    def read(text: str) -> OneValue:
        nonlocal wrong
        folded = fold_words(text)
        bare = folded.removesuffix("s")
        choice = choices.get(folded) or singular.get(SHORT.get(bare, bare))
        if choice is not None:
            note = "" if choice == text else "another spelling of a word this column takes"
            return OneValue(choice, note=note)
        wrong += 1
        near = did_you_mean(text, column.choices) if wrong <= SUGGESTED_FOR else ""
        return OneValue(
            fault=ditto_fault(text)
            or Fault(expected, f"{near}Use one of the words, or leave the cell empty.")
        )

    return by_distinct(texts, column.name, pa.string(), read)


def read_booleans(texts: pa.ChunkedArray, column: Column) -> Parsed:
    """Yes and no in their usual spellings; an x ticks a box where nothing says no beside it."""
    marks = {text.casefold() for text in pc.unique(texts).to_pylist() if text is not None}
    others = marks - {CROSS}
    crossed: OneValue | None = None
    if not others:
        crossed = OneValue(True, note="x read as yes: no other mark is in this column")
    elif not others & NO and others <= YES - {*PLAIN_YES, "y", "t"}:
        crossed = OneValue(False, note="x read as no beside ticks")

    def read(text: str) -> OneValue:
        low = text.casefold()
        if low == CROSS and crossed is not None:
            return crossed
        if low in YES or low in NO:
            is_plain = low in (*PLAIN_YES, *PLAIN_NO)
            return OneValue(low in YES, note="" if is_plain else "another spelling of yes or no")
        fix = "Write yes or no, or leave the cell empty."
        if low.startswith(("yes", "no ", "no,", "no-")):
            fix = "Write yes or no alone; what is said beside it belongs in a column of its own."
        return OneValue(fault=ditto_fault(text) or Fault("yes or no", fix))

    return by_distinct(texts, column.name, pa.bool_(), read)
