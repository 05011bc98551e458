"""XLS workbooks and other OLE files: what they are, and refused where they cannot be read.

An OLE file is a small file system: sectors, a table that chains them (the FAT) and a directory
of named streams. The workbook is a stream of records [MS-XLS].
"""

from __future__ import annotations

import struct

from civic_metrics.intake.reading.far import LARGEST_AREA, Used
from civic_metrics.intake.reading.packages import DAMAGED, PROTECTED, SAVE_AS
from civic_metrics.intake.sheet import Refused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # What is above stands for free, end of chain and the like.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# More than any workbook has.
MOST_SHEETS = 5_000

_EOF, _FILEPASS, _BOUNDSHEET, _DIMENSIONS = 0x000A, 0x002F, 0x0085, 0x0200
_ONE_CELL = frozenset([0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6])
_MANY_CELLS = frozenset([0x00BD, 0x00BE])


def refuse_legacy(content: bytes) -> None:
    """Refused where an OLE file is no XLS workbook, is protected, damaged or too large."""
    if _ENCRYPTED in content:
        raise Refused(PROTECTED)
    try:
        streams = _streams(content)
    except (struct.error, IndexError, ValueError):
        raise Refused(DAMAGED) from None
    book = streams.get("workbook") or streams.get("book")
    if book is None:
        if "worddocument" in streams:
            raise Refused(f"This is a Word document. Copy its table into a spreadsheet. {SAVE_AS}")
        if "powerpoint document" in streams:
            raise Refused("This is a slide show. Load the spreadsheet it was made from.")
        raise Refused(DAMAGED)
    if _is_protected(book):
        raise Refused(PROTECTED)
    _refuse_far_cells(book)


def _streams(content: bytes) -> dict[str, bytes]:
    """The streams of interest by their names in lower case; of others, nothing but the name."""
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if not 7 <= shift <= 20 or mini_shift > shift:
        raise ValueError("no such sector size")
    size = 1 << shift
    fat_count, directory, _, cutoff, mini_start, _, more, _ = struct.unpack_from(
        "<I I I I I I I I", content, 44
    )

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    def numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    places = numbers(content[76:512])
    while more < _LAST_SECTOR and len(places) < fat_count:
        *further, more = numbers(sector(more))
        places += further
    fat = [n for p in places[:fat_count] if p < _LAST_SECTOR for n in numbers(sector(p))]

    def chain(start: int, table: list[int]) -> list[int]:
        found = []
        while start < _LAST_SECTOR:
            found.append(start)
            if len(found) > len(table):
                raise ValueError("a chain that bites its tail")
            start = table[start]
        return found

    def stream(start: int) -> bytes:
        return b"".join(map(sector, chain(start, fat)))

    entries = stream(directory)
    found: dict[str, bytes] = {}
    mini_fat, small = numbers(stream(mini_start)), b""
    for at in range(0, len(entries) - 127, 128):
        length, kind = struct.unpack_from("<HB", entries, at + 64)
        start, extent = struct.unpack_from("<II", entries, at + 116)
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").lower()
        if kind == 5:
            small = stream(start)
        if kind != 2:
            continue
        if name not in ("workbook", "book"):
            found.setdefault(name, b"")
        elif extent >= cutoff:
            found[name] = stream(start)[:extent]
        else:
            mini = 1 << mini_shift
            pieces = (small[n * mini : (n + 1) * mini] for n in chain(start, mini_fat))
            found[name] = b"".join(pieces)[:extent]
    return found


def _is_protected(book: bytes) -> bool:
    """Whether the records that follow are encrypted, which the first ones say."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind in (_FILEPASS, _EOF):
            return kind == _FILEPASS
        at += 4 + length
    return False


def _refuse_far_cells(book: bytes) -> None:
    """Refused where the sheets together reach too far, or one says that it does: the reader
    takes all of them at once, and makes room for as much as a sheet says it holds."""
    area = 0
    for start in _sheet_starts(book):
        used, declared = _extent(book, start)
        area += used.area
        if declared.is_too_far:
            raise Refused(declared.too_far)
        if area > LARGEST_AREA:
            raise Refused(used.too_far)


def _sheet_starts(book: bytes) -> list[int]:
    """Where the records of each sheet begin, as the first records say."""
    at, found = 0, []
    while at + 8 <= len(book):
        kind, length, start = struct.unpack_from("<HHI", book, at)
        if kind == _EOF:
            break
        if kind == _BOUNDSHEET and start < len(book):
            found.append(start)
        at += 4 + length
    if len(found) > MOST_SHEETS:
        raise Refused(DAMAGED)
    return found


def _extent(book: bytes, at: int) -> tuple[Used, Used]:
    """How far the cells of a sheet reach, and how far it says that they do."""
    used, declared = Used(), Used()
    header = struct.Struct("<HHHH").unpack_from
    last = width = 0
    while at + 8 <= len(book):
        kind, length, row, column = header(book, at)
        if kind in _ONE_CELL or kind in _MANY_CELLS:
            if kind in _MANY_CELLS and at + 4 + length <= len(book) and length > 1:
                [column] = struct.unpack_from("<H", book, at + 2 + length)
            last = row if row > last else last
            width = column if column > width else width
        elif kind == _DIMENSIONS and at + 4 + length <= len(book):
            layout = {14: "<IIHH", 10: "<HHHH"}.get(length)
            if layout:
                top, bottom, left, right = struct.unpack_from(layout, book, at + 4)
                # A first row after the last, of a damaged file, would wrap round to billions.
                if bottom < top or right < left:
                    raise Refused(DAMAGED)
                declared.last_row, declared.width = bottom, right
        elif kind == _EOF:
            break
        at += 4 + length
    used.last_row, used.width = last + 1, width + 1
    return used, declared
