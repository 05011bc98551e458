"""The first rows of a sheet, and what is asked of them to find its headings: which cells are
words and which values, where the values begin, what is merged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from civic_metrics.intake.reading.grid import Merged

# Rows, blank ones left out, from which it is decided, and among them those that may hold headings.
ROWS_LOOKED_AT = 100
ROWS_OF_HEADINGS = 25
# A column is one of numbers or dates where this share of its values are.
SHARE_OF_VALUES = 0.6

_VALUE = re.compile(
    r"""[-+(]?\s*[£$€]?\s*[-+]?\d[\d,. ]*\s*%?\)?(?:\s*(?:CR|DR))?   # a number, an amount
    | [-+]?\d+(?:\.\d+)?e[-+]?\d+
    | \d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*                               # dates and times
    | \d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*
    | \d{1,2}(?:st|nd|rd|th)?[-\s/]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)
      [a-z]*\.?[-\s/,]*\d{2,4}.*
    | \d{1,3}:\d{2}(?::\d{2}(?:\.\d+)?)?
    | true | false""",
    re.IGNORECASE | re.VERBOSE,
)
_MISSING = re.compile(
    r"n/?a|n/?k|t\.?b\.?[acd]\.?|not (?:known|applicable|available)|unknown|none|null|nil|"
    r"redacted|pending|ongoing|[-–—.?*xX]+|#.*[!?]|#n/a",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
Row = Sequence[str | None]


class FirstRows:
    """The first rows of a sheet, and what is asked of them again and again."""

    def __init__(self, rows: list[Row], numbers: list[int], merged: tuple[Merged, ...]) -> None:
        self.rows, self.numbers, self.merged = rows, numbers, merged
        self.width = max(map(len, rows), default=0)
        self.filled = [sum(cell is not None for cell in row) for row in rows]
        # How many cells a row of data usually fills: the later rows tell.
        self.usual = median(self.filled[len(rows) // 3 :]) if rows else 0
        self.words = [self._words(place) for place in range(len(rows))]
        self.begin, self.valued = self._data()

    def cell(self, place: int, column: int) -> str | None:
        row = self.rows[place]
        return row[column] if column < len(row) else None

    def _words(self, place: int) -> set[int]:
        """The columns of that row that hold words; of years over other things, those too."""
        row = self.rows[place]
        found = {c for c, cell in enumerate(row) if cell is not None and is_words(cell)}
        values = {c for c, cell in enumerate(row) if cell is not None and _VALUE.fullmatch(cell)}
        named = found or self._is_covered(place)
        if values and named and place + 1 < len(self.rows) and self._are_years(place, values):
            found |= values
        return found

    def _is_covered(self, place: int) -> bool:
        """Whether a cell of the row is merged with one above it."""
        at = self.numbers[place] - 1
        return any(top < at <= bottom for (top, _), (bottom, _) in self.merged)

    def _are_years(self, place: int, columns: set[int]) -> bool:
        years = [self.cell(place, c) or "" for c in sorted(columns)]
        below = [self.cell(place + 1, c) or "" for c in columns]
        return (
            len(set(years)) == len(years) > 1
            and all(_YEAR.fullmatch(year) for year in years)
            and not any(_YEAR.fullmatch(cell) for cell in below)
        )

    def _data(self) -> tuple[int | None, set[int]]:
        """The first row with numbers or dates in columns of them, and those columns."""
        for place in range(min(len(self.rows), ROWS_OF_HEADINGS)):
            if self.is_label_and_value(place):
                continue
            here = {
                c
                for c, cell in enumerate(self.rows[place])
                if cell is not None and c not in self.words[place] and _VALUE.fullmatch(cell)
            }
            if any(self.mostly_values(c, place) for c in here):
                return place, {c for c in range(self.width) if self.mostly_values(c, place)}
        return None, set()

    def mostly_values(self, column: int, start: int) -> bool:
        """Whether most of the column's cells from that row on are numbers or dates."""
        below = [self.cell(p, column) for p in range(start, len(self.rows))]
        told = [cell for cell in below if cell is not None and not _MISSING.fullmatch(cell)]
        return bool(told) and sum(bool(_VALUE.fullmatch(c)) for c in told) >= SHARE_OF_VALUES * len(
            told
        )

    def is_all_words(self, place: int) -> bool:
        return 0 < self.filled[place] == len(self.words[place])

    def is_label_and_value(self, place: int) -> bool:
        """Whether the row reads “Report date: 01/04/2026”, in one cell or in pairs of cells."""
        cells = [cell for cell in self.rows[place] if cell is not None]
        colons = sum(cell.endswith(":") for cell in cells)
        if cells and cells[0].endswith(":"):
            return 2 * colons <= len(cells) + 1
        return (
            len(cells) == 2 < self.width
            and self.usual > 2
            and is_words(cells[0])
            and self.cell(place, 0) is not None
            and not is_words(cells[1])
        )

    def across(self, place: int) -> list[tuple[int, int]]:
        """First and last columns of the ranges merged across columns that begin in that row."""
        at = self.numbers[place] - 1
        return [(left, right) for (r, left), (_, right) in self.merged if r == at and right > left]


def is_words(cell: str) -> bool:
    """Whether the cell reads like a heading: letters, and neither a value nor missing."""
    return (
        any(letter.isalpha() for letter in cell)
        and not _VALUE.fullmatch(cell)
        and not _MISSING.fullmatch(cell)
    )


def is_value(cell: str) -> bool:
    """Whether the cell reads like a number, an amount, a date, a time, true or false."""
    return _VALUE.fullmatch(cell) is not None
