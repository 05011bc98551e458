"""What a reader hands on of one sheet: its cells as text, before anything is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

# Cells of one column, and columns of cells that begin at a row number.
Cells = pa.Array | pa.ChunkedArray
Block = tuple[int, Sequence[Cells]]
# Corners of a merged range, row and column counted from nought, both inside it.
Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Grid:
    """One sheet's blocks of columns, none skipped, with what its file says about it.
    `has_unreadable` says that characters stand in it for bytes that are none.
    """

    name: str
    blocks: Sequence[Block]
    merged: tuple[Merged, ...] = ()
    said: tuple[str, ...] = ()
    is_workbook: bool = False
    is_hidden: bool = False
    has_unreadable: bool = False


def column_letter(place: int) -> str:
    """The spreadsheet's name of the column at that place, counted from nought."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_place(letters: str) -> int:
    """The place, counted from nought, of the column a spreadsheet calls that."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
