"""Text with delimiters (CSV, TSV) -> blocks of columns, numbered as a spreadsheet would."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import dropwhile, islice

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from civic_metrics.intake.reading.grid import Block
from civic_metrics.intake.reading.known_names import are_headings
from civic_metrics.intake.sheet import Refused, columns_of

# Records turned into Arrow at a time: large enough to be fast, small enough to be bounded.
CHUNK = 5_000
# Bytes read at a time where the records are regular.
BLOCK_BYTES = 16 * 1024 * 1024
# Characters in which the first records are looked for.
LINES_LOOKED_AT = 1024 * 1024
# Lines looked at to choose a delimiter.
LINES_TRIED = 60
# Characters turned into bytes at a time.
PIECE = 4 * 1024 * 1024
# Records of another width than most, up to which the fast reader is the faster one.
MOST_ODD = 20_000
DELIMITERS = ",;\t|"
# No spreadsheet writes this.
END = "\x1eend\x1e"

_TOLD = re.compile(r'"?sep=(.)"?(?:\r\n|\r|\n)', re.IGNORECASE)


class _TooOdd(Exception):
    """More records of another width than the fast reader is worth."""


def delimited_blocks(text: str, file_name: str) -> Iterator[Block]:
    """The records as blocks of columns; blank lines count, a quoted line break does not.

    Refused where a quotation mark is never closed.
    """
    told = _TOLD.match(text)
    if told:  # A line that tells the spreadsheet program the delimiter and is never shown.
        text, delimiter = text[told.end() :], told.group(1)
    else:
        delimiter = _delimiter(text, file_name)
    whole = regular(text, delimiter)
    if whole is not None:
        yield 1, whole
    else:
        yield from _patient(text.rstrip("\r\n") + "\n", delimiter)


def _patient(text: str, delimiter: str) -> Iterator[Block]:
    """The records one after the other, whatever their widths.

    A line of our own comes at the end: where it is not the last record, a quotation mark that
    was never closed has swallowed it, and rows with it.
    """
    reader = csv.reader(io.StringIO(text + END, newline=""), delimiter=delimiter)
    number, last = 1, []
    try:
        while records := list(islice(reader, CHUNK)):
            last = records[-1]
            if last == [END]:
                records.pop()
            yield number, columns_of(records)
            number += len(records)
    except csv.Error:
        last = []
    if last != [END]:
        raise Refused(
            f"A quotation mark is opened in row {number - 1} or after and never closed, so the "
            "rows that follow cannot be told apart. Remove or double the mark and load it again."
        )


def regular(text: str, delimiter: str) -> list[pa.ChunkedArray] | None:
    """The columns of a file whose records have one width but for a few, ten times as fast;
    None where too many have not, which takes the patient reader."""
    width = _usual_width(text, delimiter)
    if not width:
        return None
    content = _encoded(text, "\n" + END + delimiter * (width - 1))
    try:
        table, odd = _arrow(content, delimiter, width, in_order=False)
        if odd:
            table, odd = _arrow(content, delimiter, width, in_order=True)
    except (pa.ArrowException, _TooOdd):
        return None
    if not table.num_rows or table[0][-1].as_py() != END:
        return None
    table = table.slice(0, table.num_rows - 1)
    if not odd:
        return table.columns
    try:
        return _with_odd(table, odd, delimiter)
    except (csv.Error, ValueError):
        return None


def _encoded(text: str, end: str) -> pa.Buffer:
    """The text without its last line breaks, and the end, as UTF-8: a piece at a time, as the
    text of a large file is not to be held twice."""
    stop = len(text)
    while stop and text[stop - 1] in "\r\n":
        stop -= 1
    out = io.BytesIO()
    for start in range(0, stop, PIECE):
        out.write(text[start : min(start + PIECE, stop)].encode("utf-8", "replace"))
    out.write(end.encode())
    return pa.py_buffer(out.getbuffer())


def _arrow(
    content: pa.Buffer, delimiter: str, width: int, *, in_order: bool
) -> tuple[pa.Table, list[tuple[int, str]]]:
    """The records of that width, and the others with their numbers (known only in order)."""
    names = [str(place) for place in range(width)]
    odd: list[tuple[int, str]] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        odd.append((row.number or 0, row.text))
        return "error" if len(odd) > MOST_ODD else "skip"

    table = arrow_csv.read_csv(
        content,
        read_options=arrow_csv.ReadOptions(
            column_names=names, block_size=BLOCK_BYTES, use_threads=not in_order
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=note,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            strings_can_be_null=False,
            check_utf8=False,
        ),
    )
    return table, odd


def _with_odd(table: pa.Table, odd: list[tuple[int, str]], delimiter: str) -> list[pa.ChunkedArray]:
    """The columns with the records of another width put back where they were."""
    records = []
    for _, text in odd:
        [record] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        records.append(record)
    total = table.num_rows + len(odd)
    places = np.array([number - 1 for number, _ in odd])
    if len(set(places)) < len(odd) or places.max() >= total:
        raise ValueError("records are numbered otherwise than expected")
    order = np.empty(total, np.int64)
    is_odd = np.zeros(total, bool)
    is_odd[places] = True
    order[~is_odd] = np.arange(table.num_rows)
    order[places] = table.num_rows + np.arange(len(odd))
    added = columns_of(records)
    width = max(len(added), table.num_columns)
    blank = pa.array([""] * len(odd), pa.string())
    columns = []
    for place in range(width):
        if place < table.num_columns:
            usual = table[place].chunks
        else:
            usual = [pa.nulls(table.num_rows, pa.string())]
        whole = pa.chunked_array([*usual, added[place] if place < len(added) else blank])
        columns.append(whole.take(pa.array(order)))
    return columns


def _usual_width(text: str, delimiter: str) -> int:
    """How many cells most of the first records have; nought where there are none."""
    reader = csv.reader(io.StringIO(text[:LINES_LOOKED_AT], newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(record) for record in islice(reader, LINES_TRIED) if record)
    except csv.Error:
        return 0
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _delimiter(text: str, file_name: str) -> str:
    """The delimiter that makes a line of names of columns; else the one by which most of the
    first lines have as many cells as the first, titles of one cell above them left out."""
    start = list(islice(io.StringIO(text[:LINES_LOOKED_AT], newline=""), LINES_TRIED))
    preferred = "\t" if file_name.lower().endswith((".tsv", ".tab")) else ","

    def score(delimiter: str) -> tuple[bool, bool, bool, float, bool, int]:
        try:
            rows = [row for row in csv.reader(start, delimiter=delimiter) if any(row)]
        except csv.Error:
            rows = []
        if not rows:
            return False, False, False, 0.0, delimiter == preferred, 0
        width, agreeing = Counter(map(len, rows)).most_common(1)[0]
        if width == 1:
            table = list(dropwhile(lambda row: len(row) == 1, rows))
            width, agreeing = Counter(map(len, table)).most_common(1)[0] if table else (1, 0)
        first = len(rows[0]) == width
        named = any(map(are_headings, rows))
        return named, width > 1, first, agreeing / len(rows), delimiter == preferred, width

    return max(DELIMITERS, key=score)
