"""Bytes of a file -> its sheets as text, or a plain reason why not. Imports nothing of ours
but the sheet: what the columns mean is for matching and parsing."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from civic_metrics.intake.sheet import Refused, Sheet, columns_of, tidy
from civic_metrics.intake.workbook import refuse_package, workbook_blocks

# More than any finance extract met so far, and what two copies still fit in memory.
LARGEST_BYTES = 512 * 1024 * 1024
# Columns of a spreadsheet program's widest sheet: wider text is not a table.
WIDEST = 16_384
# Records turned into Arrow at a time: large enough to be fast, small enough to be bounded.
CHUNK = 5_000
# Bytes read at a time where the records are regular.
BLOCK_BYTES = 16 * 1024 * 1024
# Characters in which the first records are looked for.
LINES_LOOKED_AT = 1024 * 1024
# Lines looked at to choose a delimiter.
LINES_TRIED = 60
DELIMITERS = ",;\t|"
# No spreadsheet writes this.
END = "\x1eend\x1e"

# Cells of one column, and columns of cells that begin at a row number.
Cells = pa.Array | pa.ChunkedArray
Block = tuple[int, Sequence[Cells]]

SAVE_AS = "Save it as XLSX or CSV in your spreadsheet program and load that."

# How files that are not spreadsheets begin, and what to call them.
_NOT_SPREADSHEETS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed file (GZIP)"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
)
_WEB_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml|table)", re.IGNORECASE
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read(content: bytes, file_name: str) -> tuple[Sheet, ...]:
    """Every sheet of the file that has rows; Refused, in plain words, where there is none."""
    _refuse_what_is_no_spreadsheet(content)
    if content.startswith(b"PK"):
        refuse_package(content)
        read_sheets = [
            _sheet(name, blocks, is_workbook=True) for name, blocks in workbook_blocks(content)
        ]
    else:
        read_sheets = [_sheet("", _csv_blocks(_decoded(content), file_name), is_workbook=False)]
    sheets = tuple(sheet for sheet in read_sheets if sheet is not None and len(sheet))
    if sheets:
        return sheets
    if any(sheet is not None for sheet in read_sheets):
        raise Refused(
            "The file has column headings but no rows under them. "
            "Check that the right sheet was saved and that no filter hides the rows."
        )
    raise Refused("There is nothing in this file: every cell is empty. Choose another file.")


def _refuse_what_is_no_spreadsheet(content: bytes) -> None:
    if not content:
        raise Refused("This file is empty (0 bytes). Save it again and load the new copy.")
    if len(content) > LARGEST_BYTES:
        raise Refused(
            f"This file is {len(content) // 1024**2} MB; at most {LARGEST_BYTES // 1024**2} MB "
            "can be read at once. Split it by year and load the parts one after the other."
        )
    for magic, what in _NOT_SPREADSHEETS:
        if content.startswith(magic):
            raise Refused(
                f"This is {what}, not a spreadsheet, whatever its name ends in. "
                "Ask for the spreadsheet it was made from, and load that."
            )
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise Refused(
                "This workbook is protected by a password, so it cannot be read. "
                "Open it, remove the password (File, Info, Protect), save it and load it again."
            )
        raise Refused(f"This is a workbook in the old XLS format, not read yet. {SAVE_AS}")
    if _WEB_PAGE.match(content[:256]):
        raise Refused(
            "This is a web page or XML file, not a spreadsheet, whatever its name ends in. "
            "Open it in your spreadsheet program, save it as XLSX or CSV and load that."
        )


def _decoded(content: bytes) -> str:
    """The text of a CSV file, whatever common encoding it was saved in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    elif _zeros(content[1:400:2]) > 0.4 > 0.1 > _zeros(content[:400:2]):
        text = content.decode("utf-16-le", errors="replace")
    elif _zeros(content[:4096]) > 0.05:
        raise Refused(f"This is not a spreadsheet this program knows. {SAVE_AS}")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    # A byte-order mark that was read as cp1252 and saved again as UTF-8.
    return text.replace("\0", "").removeprefix("\ufeff").removeprefix("ï»¿")


def _zeros(content: bytes) -> float:
    """The share of zero bytes: every other one in UTF-16, many in what is no text at all."""
    return content.count(0) / max(len(content), 1)


def _csv_blocks(text: str, file_name: str) -> Iterator[Block]:
    """The records as blocks of columns; blank lines count, a quoted line break does not."""
    told = re.match(r'"?sep=(.)"?\r?\n', text)
    if told:  # A line that tells the spreadsheet program the delimiter and is never shown.
        text, delimiter = text[told.end() :], told.group(1)
    else:
        delimiter = _delimiter(text, file_name)
    # A line of our own at the end: where it is not the last record, a quotation mark that
    # was never closed has swallowed it, and rows with it.
    text = text.rstrip("\r\n") + "\n"
    whole = _regular(text, delimiter)
    if whole is not None:
        yield 1, whole
        return
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


def _regular(text: str, delimiter: str) -> list[pa.ChunkedArray] | None:
    """The columns of a file whose records all have one width, ten times as fast; None where
    they have not (short, long or blank lines), which takes the patient reader."""
    first = next(
        csv.reader(io.StringIO(text[:LINES_LOOKED_AT], newline=""), delimiter=delimiter), []
    )
    if not first:
        return None
    names = [str(place) for place in range(len(first))]
    end = END + delimiter * (len(first) - 1)
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer((text + end).encode("utf-8", "replace")),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=BLOCK_BYTES),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowException:
        return None
    if table[0][-1].as_py() != END:
        return None
    return table.slice(0, table.num_rows - 1).columns


def _delimiter(text: str, file_name: str) -> str:
    """The delimiter by which most of the first lines have as many cells as the first."""
    start = list(islice(io.StringIO(text[:LINES_LOOKED_AT], newline=""), LINES_TRIED))
    preferred = "\t" if file_name.lower().endswith((".tsv", ".tab")) else ","

    def score(delimiter: str) -> tuple[bool, bool, float, bool, int]:
        try:
            widths = [len(r) for r in csv.reader(start, delimiter=delimiter) if any(r)]
        except csv.Error:
            widths = []
        if not widths:
            return False, False, 0.0, delimiter == preferred, 0
        width, agreeing = Counter(widths).most_common(1)[0]
        alike = agreeing / len(widths)
        return width > 1, widths[0] == width, alike, delimiter == preferred, width

    return max(DELIMITERS, key=score)


def _sheet(name: str, blocks: Iterable[Block], *, is_workbook: bool) -> Sheet | None:
    """The sheet that blocks of columns make; None where no cell holds anything."""
    header: list[str] | None = None
    header_row = 0
    kept: list[tuple[list[Cells], pa.Array]] = []
    for first, raw in blocks:
        columns, numbers = _filled_rows(first, raw)
        if header is None and len(numbers):
            header, header_row = _header(columns), numbers[0].as_py()
            columns, numbers = [column[1:] for column in columns], numbers[1:]
        if len(numbers):
            kept.append((columns, numbers))
    if header is None:
        return None
    width = max([len(header), *(len(columns) for columns, _ in kept)])
    if width > WIDEST:
        raise Refused(
            f"A row has {width} cells, more than a spreadsheet can hold. "
            "Check how the file was exported, in particular its quotation marks."
        )
    header += [""] * (width - len(header))
    cells = [_joined([_column(columns, i, len(n)) for columns, n in kept]) for i in range(width)]
    used = [i for i in range(width) if header[i] or cells[i].null_count < len(cells[i])]
    names = _distinct_names(header)
    return Sheet(
        name=name,
        header=tuple(names[i] for i in used),
        header_row=header_row,
        cells=pa.table([cells[i] for i in used], [names[i] for i in used]),
        numbers=pa.chunked_array([numbers for _, numbers in kept], pa.int64()),
        is_workbook=is_workbook,
    )


def _header(columns: list[Cells]) -> list[str]:
    """The headings: the first row with anything in it."""
    return [column[0].as_py() or "" for column in columns]


def _column(columns: list[Cells], place: int, size: int) -> Cells:
    """The column at that place; empty where these rows are shorter."""
    return columns[place] if place < len(columns) else pa.nulls(size, pa.string())


def _joined(parts: list[Cells]) -> pa.ChunkedArray:
    chunks = [
        chunk for p in parts for chunk in (p.chunks if isinstance(p, pa.ChunkedArray) else [p])
    ]
    return pa.chunked_array(chunks, pa.string())


def _filled_rows(first: int, raw: Sequence[Cells]) -> tuple[list[Cells], pa.Array]:
    """The columns as tidy text and the row numbers, entirely blank rows left out."""
    columns = [tidy(column) for column in raw]
    numbers = pa.array(range(first, first + (len(columns[0]) if columns else 0)), pa.int64())
    if any(not column.null_count for column in columns):
        return columns, numbers
    filled = pa.array([False] * len(numbers))
    for column in columns:
        filled = pc.or_(filled, pc.is_valid(column))
    if isinstance(filled, pa.ChunkedArray):
        filled = filled.combine_chunks()
    return [column.filter(filled) for column in columns], numbers.filter(filled)


def _distinct_names(header: list[str]) -> list[str]:
    """Every heading on one line and unlike any other: blank ones by their letter."""
    cells = [" ".join(cell.split()) for cell in header]
    given, taken = set(cells), set()
    met: Counter[str] = Counter()
    for place, cell in enumerate(cells):
        base = name = cell or f"column {_letter(place)}"
        met[base] += 1
        while name in taken or (name != cell and name in given):
            met[base] += name != base
            name = f"{base} ({max(met[base], 2)})"
        taken.add(name)
        cells[place] = name
    return cells


def _letter(place: int) -> str:
    """The spreadsheet's name of the column at that place, counted from nought."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
