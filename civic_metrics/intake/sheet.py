"""One sheet as read: every cell as text, every row with the number its program shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc


class Refused(ValueError):
    """A file that cannot be read or matched; the message is for the person who sent it."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet with its headings (all distinct) and its cells as text, missing where blank.

    `cells` has one string column a heading and `numbers` the row numbers as the spreadsheet
    program shows them; `columns` and `rows` give the same as tuples. `is_workbook` says that
    a bare number may stand for a date. `said` tells in words what was made of the sheet (where
    its headings are, how it was encoded); `totals` gives by place the rows that look like totals
    of others, each with the reason; `own` gives, for a heading joined of several rows, the lowest
    of them, where no other column has it.
    """

    name: str
    header: tuple[str, ...]
    header_row: int
    cells: pa.Table
    numbers: pa.ChunkedArray
    is_workbook: bool = False
    is_hidden: bool = False
    said: tuple[str, ...] = ()
    totals: Mapping[int, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        header: Sequence[str],
        rows: Sequence[Sequence[str | None]],
        *,
        name: str = "",
        first_row: int = 2,
        is_workbook: bool = False,
    ) -> Sheet:
        """A sheet from rows in memory, numbered from `first_row` on."""
        columns = list(zip(*rows, strict=True)) or [()] * len(header)
        return cls(
            name=name,
            header=tuple(header),
            header_row=first_row - 1,
            cells=pa.table([tidy(pa.chunked_array([c], pa.string())) for c in columns], header),
            numbers=pa.chunked_array([range(first_row, first_row + len(rows))], pa.int64()),
            is_workbook=is_workbook,
        )

    @cached_property
    def columns(self) -> tuple[tuple[str | None, ...], ...]:
        """The cells column by column, in the order of the headings."""
        return tuple(tuple(column.to_pylist()) for column in self.cells.columns)

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The row numbers as the spreadsheet program shows them."""
        return tuple(self.numbers.to_pylist())

    def __len__(self) -> int:
        return self.cells.num_rows

    def without(self, places: Collection[int]) -> Sheet:
        """The sheet without the rows at these places; what looked like totals is settled."""
        if not places:
            return self
        kept = pa.array(sorted(set(range(len(self))) - set(places)), pa.int64())
        return replace(
            self, cells=self.cells.take(kept), numbers=self.numbers.take(kept), totals={}
        )

    @classmethod
    def numbered(
        cls,
        header: Sequence[str],
        rows: Sequence[Sequence[str | None]],
        numbers: Sequence[int],
        *,
        name: str = "",
    ) -> Sheet:
        """A sheet from rows in memory, each with the number it has in its own file."""
        sheet = cls.of(header, rows, name=name)
        return replace(sheet, numbers=pa.chunked_array([list(numbers)], pa.int64()))

    def with_cells(self, cells: Mapping[tuple[int, str], str]) -> Sheet:
        """The sheet with those cells, by row number and heading, in place of its own."""
        places = {number: place for place, number in enumerate(self.rows)}
        table = self.cells
        for heading in {heading for _, heading in cells} & set(self.header):
            texts = table[heading].to_pylist()
            for (number, of), text in cells.items():
                if of == heading and number in places:
                    texts[places[number]] = text
            column = tidy(pa.chunked_array([texts], pa.string()))
            table = table.set_column(self.header.index(heading), heading, column)
        return replace(self, cells=table)

    def head(self, count: int = 5) -> list[dict[str, str | None]]:
        """The first rows by heading, for a person to look at."""
        return self.cells.slice(0, count).to_pylist()


def tidy(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """The texts without outer white space; blank ones missing."""
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def columns_of(records: Sequence[Sequence[str]]) -> list[pa.Array]:
    """The records as columns, short ones filled up with nothing."""
    width = max(map(len, records), default=0)
    if min(map(len, records), default=0) < width:
        records = [[*record, *[""] * (width - len(record))] for record in records]
    return [pa.array(column, pa.string()) for column in zip(*records, strict=True)]
