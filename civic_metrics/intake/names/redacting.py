"""A kept file -> the same file with pseudonyms in place of names, and nothing left of the names.

Every cell is written anew as text in the place it had, so that the row numbers recorded stay
right; what a workbook holds besides (its author, comments, hidden parts) is left behind.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

import openpyxl
import pyarrow as pa
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE

from civic_metrics.intake.names.replacing import Replacing
from civic_metrics.intake.reading import every_cell
from civic_metrics.intake.reading.workbook import is_workbook
from civic_metrics.intake.sheet import Refused

# Rows looked through at a time: large enough to be fast, small enough to be bounded.
CHUNK = 20_000
LONGEST_TITLE = 31
_PACKAGE = b"PK"
_PICTURES = (".png", ".jpeg", ".jpg", ".gif", ".emf", ".wmf")
_MARK = b"\xef\xbb\xbf"
# A text in a JSON file, and the colon that tells that it is a key.
_TEXT = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?')
_NOT_IN_TITLES = re.compile(r"[\\*?:/\[\]]")

Rows = Sequence[Sequence[str | None]]


def redact(content: bytes, file_name: str, names: Mapping[str, str]) -> tuple[bytes, str] | None:
    """The file with each name replaced, and its new ending; None where no name occurs.

    A text file becomes CSV (UTF-8 with a byte-order mark), any workbook XLSX with every cell as
    text; a JSON file stays one, with its keys and its layout. Refused where the file cannot be
    read.
    """
    replacing = Replacing(names)
    if (text := _json_in(content)) is not None:
        after = _in_json(text, replacing)
        return None if after == text else (after.encode(), ".json")
    changed = False
    sheets: list[tuple[str, Rows]] = []
    for name, rows in every_cell(content, file_name):
        after = list(_replaced(rows, replacing))
        changed |= any(one is not other for one, other in zip(after, rows, strict=True))
        title = replacing.in_text(name)
        changed |= title != name
        sheets.append((title, after))
    if not changed and not _hidden(content, replacing):
        return None
    if is_workbook(content):
        return _workbook(sheets), ".xlsx"
    return _csv(sheets[0][1]), ".csv"


def _json_in(content: bytes) -> str | None:
    """The text of a JSON file of objects or lists; None where it is none."""
    start = content.removeprefix(_MARK).lstrip()
    if not start.startswith((b"{", b"[")):
        return None
    try:
        text = start.decode()
        json.loads(text)
    except (ValueError, RecursionError):
        return None
    return text


def _in_json(text: str, replacing: Replacing) -> str:
    """The JSON with each name replaced in every value that is a text."""
    found = [match for match in _TEXT.finditer(text) if not match[2]]
    told = [json.loads(match[1]).encode("utf-8", "replace").decode() for match in found]
    before = pa.array(told, pa.string())
    after = replacing.in_column(before)
    if after is before:
        return text
    parts, done = [], 0
    for match, old, new in zip(found, told, after.to_pylist(), strict=True):
        if new != old:
            parts += [text[done : match.start(1)], json.dumps(new, ensure_ascii=False)]
            done = match.end(1)
    return "".join([*parts, text[done:]])


def _replaced(rows: Rows, replacing: Replacing) -> Iterator[Sequence[str | None]]:
    """The rows with each name replaced; the very same row where it holds none."""
    for start in range(0, len(rows), CHUNK):
        some = rows[start : start + CHUNK]
        before = pa.array([cell for row in some for cell in row], pa.string())
        after = replacing.in_column(before)
        if after is before:
            yield from some
            continue
        cells, at = after.to_pylist(), 0
        for row in some:
            new = cells[at : at + len(row)]
            at += len(row)
            yield row if new == list(row) else new


def _hidden(content: bytes, replacing: Replacing) -> bool:
    """Whether a name stands where no cell shows it: the author, comments, what was deleted."""
    if content.startswith(_PACKAGE):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return any(
                _holds(
                    re.split(r"<[^>]*>", package.read(part).decode("utf-8", "ignore")), replacing
                )
                for part in package.namelist()
                if not part.endswith((".png", ".jpeg", ".jpg", ".emf"))
            )
    if is_workbook(content):
        texts = (content.decode("latin-1"), content.decode("utf-16-le", "ignore"))
        # Text in it is surrounded by bytes that are no letters anyone writes.
        return any(_holds(re.split(r"[^\x20-\x7e\xa0-\u024f]+", t), replacing) for t in texts)
    return False


def _holds(pieces: Sequence[str], replacing: Replacing) -> bool:
    before = pa.array([piece for piece in pieces if piece], pa.string())
    return replacing.in_column(before) is not before


def _csv(rows: Rows) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _workbook(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets:
        title = _NOT_IN_TITLES.sub(" ", name)[:LONGEST_TITLE].strip() or "Sheet"
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([_cell(sheet, text) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, text: str | None) -> object:
    """The text as a cell of text: what looks like a formula or an error is neither."""
    if not text:
        return None
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    if not text.startswith("=") and text not in ERROR_CODES:
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def texts_of(content: bytes, file_name: str) -> set[str]:
    """Every text in the cells of a kept file, for finding a name of which only the pseudonym is
    known; none where the file is no spreadsheet."""
    try:
        sheets = every_cell(content, file_name)
    except Refused:
        return set()
    return {cell for _, rows in sheets for row in rows for cell in row if cell}
