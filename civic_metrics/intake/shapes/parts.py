"""What one sheet holds for one table, where a sheet fills several or none of ours as it stands.

Imports nothing of ours but the sheet and the words for "missing".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

import pyarrow as pa

from civic_metrics.contracts import contract
from civic_metrics.intake.parsing.missing import REDACTED, missing_words
from civic_metrics.intake.sheet import Sheet, tidy

Texts = pa.Array | pa.ChunkedArray


@dataclass(frozen=True)
class Split:
    """A column whose cells list several names: what stands between them, in how many of the
    rows that have something there, and a few as (cell, its names)."""

    heading: str
    delimiter: str
    cells: int
    rows: int
    examples: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def said(self) -> str:
        """The split in a sentence."""
        shown = "".join(
            f", such as “{' '.join(cell.split())}” → {' + '.join(names)}"
            for cell, names in self.examples[:1]
        )
        return (
            f"“{self.heading}” holds several names in {self.cells:,} of {self.rows:,} rows, "
            f"parted by {self.delimiter}{shown}."
        )


@dataclass(frozen=True)
class Part:
    """What one sheet holds for one table: a sheet whose headings are our column names.

    Row numbers are those of the original sheet and may repeat. `said` tells in words what was
    made of the file and what it does not give; `splits` are the cells taken for lists, which a
    person may turn off by their heading; `people` the texts by which the file names people, of
    which nothing may be kept.
    """

    table: str
    sheet: Sheet
    said: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    splits: tuple[Split, ...] = ()
    people: tuple[str, ...] = ()


def rows_at(sheet: Sheet, places: pa.Array, columns: Mapping[str, Texts]) -> Sheet:
    """The columns, already one cell a place, under the row numbers of those places."""
    texts = {
        name: tidy(c if isinstance(c, pa.ChunkedArray) else pa.chunked_array([c], pa.string()))
        for name, c in columns.items()
    }
    return replace(
        sheet,
        header=tuple(texts),
        cells=pa.table(texts),
        numbers=sheet.numbers.take(places),
        said=(),
        totals={},
    )


@cache
def _words() -> frozenset[str]:
    return frozenset(missing_words(contract("organisation").column("name")))


def is_missing(text: str) -> bool:
    """Whether a cell says only that there is nothing: TBC, -, Redacted."""
    low = text.casefold()
    return low in _words() or low.startswith(REDACTED)


def counted(number: int, one: str) -> str:
    """`1 grant`, `1,200 grants`."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"
