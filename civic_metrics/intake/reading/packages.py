"""What would spend the machine's memory is refused before a reading library sees it: packages
(XLSX, XLSB, ODS), which are ZIP archives of XML or of records."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from civic_metrics.intake.reading.far import (
    LARGEST_AREA,
    RowsOfOpenDocument,
    RowsOfRecords,
    RowsOfXml,
    Used,
)
from civic_metrics.intake.reading.grid import Merged
from civic_metrics.intake.sheet import Refused

# Unpacked size up to which a workbook is read: 1,000,000 rows of 20 columns take about 1 GB of
# memory at this size.
LARGEST_UNPACKED = 512 * 1024 * 1024
# Real sheets shrink up to about 60 to 1; a bomb a thousand to one. Small ones do no harm.
LARGEST_RATIO = 250
RATIO_MATTERS_FROM = 32 * 1024 * 1024
PIECE = 4 * 1024 * 1024
# Bytes at the beginning of a part in which it says how much it holds.
HEAD = 4096

SAVE_AS = "Open it in your spreadsheet program, save it as XLSX or CSV and load that."
DAMAGED = (
    "This workbook is damaged, so it cannot be read. Open it in your spreadsheet program, let "
    "it mend the file, save it under a new name and load that."
)
PROTECTED = (
    "This workbook is protected by a password, so it cannot be read. "
    "Open it, remove the password (File, Info, Protect), save it and load it again."
)

# The parts that are sheets of an XLSB, and the one that is all sheets of an ODS.
_SHEET = re.compile(r"^(?:xl/worksheets/|content\.xml)")


@dataclass(frozen=True)
class Package:
    """What the look at a package before reading it found, by the part of each sheet."""

    kind: str
    used: dict[str, Used]

    @property
    def uncached(self) -> int:
        """Formulas whose result was not saved with the file."""
        return sum(used.uncached for used in self.used.values())

    def merged(self, place: int) -> tuple[Merged, ...]:
        """Merged ranges of the sheet at that place, where the reading library does not say."""
        looked = [used for name, used in self.used.items() if _SHEET.search(name)]
        if place >= len(looked) or (self.kind == "xlsb" and len(looked) > 1):
            return ()  # Of an XLSB with several sheets, the parts may lie in another order.
        return tuple(looked[place].merged)


def looked_over(content: bytes) -> Package:
    """What the package is; Refused where it is no workbook we read, is protected or damaged,
    unpacks to too much, or has cells so far out that the reader would hold millions."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
        names = {part.filename for part in parts}
        if any(part.flag_bits & 1 for part in parts) or _is_encrypted(package, names):
            raise Refused(PROTECTED)
        _refuse_size(sum(part.file_size for part in parts), len(content))
        kind = _kind(package, names)
        return Package(kind, _unpacked(package, kind, len(content)))
    except Refused:
        raise
    except Exception:
        # zipfile, zlib and struct each fail in their own ways on a damaged package.
        raise Refused(DAMAGED) from None


def _refuse_size(unpacked: int, packed: int) -> None:
    if unpacked > LARGEST_UNPACKED or (
        unpacked > RATIO_MATTERS_FROM and unpacked > LARGEST_RATIO * packed
    ):
        raise Refused(
            f"This workbook unpacks to {unpacked // 1024**2} MB or more, too much to read safely. "
            "Save the sheet you need as CSV, or split it by year, and load that."
        )


def _kind(package: zipfile.ZipFile, names: set[str]) -> str:
    """`xlsx`, `xlsb` or `ods`; Refused with what it is where it is none of them."""
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "mimetype" in names and b"spreadsheet" in package.open("mimetype").read(200):
        return "ods"
    raise Refused(_what_else(names))


def _what_else(names: set[str]) -> str:
    if "Index/Document.iwa" in names:
        return f"This is a Numbers spreadsheet, which cannot be read. {SAVE_AS}"
    if "word/document.xml" in names:
        return f"This is a Word document, not a spreadsheet. Copy its table into one. {SAVE_AS}"
    if any(name.startswith("ppt/") for name in names):
        return "This is a slide show, not a spreadsheet. Load the spreadsheet it was made from."
    if "content.xml" in names:
        return f"This is an OpenDocument file, but not a spreadsheet. {SAVE_AS}"
    return "This is a compressed folder (ZIP), not a spreadsheet. Unpack it and load what is in it."


def _is_encrypted(package: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether an OpenDocument package says that its parts are encrypted."""
    manifest = "META-INF/manifest.xml"
    if manifest not in names:
        return False
    return b"encryption-data" in package.open(manifest).read(PIECE)


def _unpacked(package: zipfile.ZipFile, kind: str, packed: int) -> dict[str, Used]:
    """How far every sheet reaches, each part unpacked a piece at a time and then forgotten."""
    total, area, found = 0, 0, {}
    for part in sorted(package.infolist(), key=lambda part: _in_order(part.filename)):
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(DAMAGED)
        look = _look(kind, part.filename)
        # No compression makes more of a part than about a thousand times its size.
        is_small = part.compress_size * 1032 < PIECE
        if look is None and is_small and "sharedstrings" not in part.filename.lower():
            total += part.file_size
            continue
        before = total
        claimed = 0
        for piece in _pieces(package, part):
            claimed = claimed or _claimed(piece[:HEAD])
            total += len(piece)
            _refuse_size(total, packed)
            if look is not None:
                look.feed(piece)
        if claimed > total - before:
            raise Refused(DAMAGED)
        for place, used in enumerate(_close(look, package, part) if look else ()):
            found[f"{part.filename}#{place}"] = used
            # An ODS is held whole; of the others a sheet at a time.
            area = area + used.area if kind == "ods" else used.area
            if area > LARGEST_AREA or used.is_too_far:
                raise Refused(used.too_far)
    return found


def _claimed(head: bytes) -> int:
    """How many texts a part says that it holds: the reader makes room for as many. Each takes
    more than a byte."""
    if head.startswith(b"\x9f\x01"):  # The first record of the texts of an XLSB.
        return int.from_bytes(head[7:11], "little")
    return max(map(int, re.findall(rb"\buniqueCount\s*=\s*[\"'](\d+)", head)), default=0)


def _close(look: Any, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> list[Used]:
    """What was found, after a second look where the first was not enough."""
    found = look.close()
    if look.again is None:
        return found
    for piece in _pieces(package, part):
        look.again.feed(piece)
    return look.again.close()


def _in_order(name: str) -> tuple[int, str]:
    """Sheet 2 before sheet 10."""
    number = re.search(r"(\d+)\.\w+$", name)
    return int(number.group(1)) if number else 0, name


def _look(kind: str, name: str) -> RowsOfXml | RowsOfRecords | RowsOfOpenDocument | None:
    looks: dict[str, tuple[str, Callable]] = {
        # A workbook may keep its sheets anywhere.
        "xlsx": (r"xl/(?!media/).+", RowsOfXml),
        "xlsb": (r"xl/(?!media/|sharedStrings|styles|printer).+\.bin", RowsOfRecords),
        "ods": (r"content\.xml", RowsOfOpenDocument),
    }
    pattern, look = looks[kind]
    return look() if re.fullmatch(pattern, name) else None


def _pieces(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """All that the part really holds: the size and sum it declares may lie."""
    honest = copy.copy(part)
    honest.file_size = LARGEST_UNPACKED + PIECE
    honest.CRC = None
    with package.open(honest) as opened:
        while piece := opened.read(PIECE):
            yield piece
