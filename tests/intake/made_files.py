"""Workbooks of the older and rarer kinds, written by hand byte by byte.

[MS-XLS], [MS-CFB] and [MS-XLSB] say what each byte is; ODS is OpenDocument 1.3.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Cell = str | float | None


def package(parts: dict[str, bytes | str]) -> bytes:
    """A ZIP archive of those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def ods(*sheets: tuple[str, str], manifest: str = "") -> bytes:
    """An OpenDocument spreadsheet of sheets given by name and the XML of their rows."""
    tables = "".join(
        f'<table:table table:name="{name}"><table:table-column/>{rows}</table:table>'
        for name, rows in sheets
    )
    names = "".join(
        f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for n in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} '
        f'office:version="1.3"><office:body><office:spreadsheet>{tables}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return package(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="m">{manifest}'
            f'<manifest:file-entry manifest:media-type="{kind}" manifest:full-path="/"/>'
            "</manifest:manifest>",
            "content.xml": content,
        }
    )


def ods_row(*cells: Cell, often: int = 1, attributes: str = "") -> str:
    """A row of an OpenDocument sheet, the attributes on its first cell."""
    row = "".join(_ods_cell(c, attributes if not n else "") for n, c in enumerate(cells))
    return f'<table:table-row table:number-rows-repeated="{often}">{row}</table:table-row>'


def _ods_cell(cell: Cell, attributes: str) -> str:
    if cell is None:
        return f"<table:table-cell {attributes}/>"
    kind = f'office:value-type="float" office:value="{cell}"'
    if isinstance(cell, str):
        kind = 'office:value-type="string"'
    return (
        f"<table:table-cell {kind} {attributes}>"
        f"<text:p>{escape(str(cell))}</text:p></table:table-cell>"
    )


def xls(
    *sheets: tuple[str, dict[tuple[int, int], Cell]],
    hidden: Sequence[str] = (),
    merged: Sequence[tuple[int, int, int, int]] = (),
    protected: bool = False,
    extent: tuple[int, int, int, int] | None = None,
) -> bytes:
    """An XLS workbook (BIFF 8) of sheets given by name and cells by row and column from nought;
    `merged` as first and last row, first and last column; `extent` what it says that it holds."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def text(value: str, length: str) -> bytes:
        return struct.pack(f"<{length}B", len(value), 1) + value.encode("utf-16-le")

    def bound(name: str, offset: int) -> bytes:
        about = struct.pack("<IBB", offset, name in hidden, 0)
        return record(0x85, about + text(name, "B"))

    bodies = []
    for _, cells in sheets:
        body = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        body += record(0x0200, struct.pack("<IIHHH", *extent, 0)) if extent else b""
        for (row, column), value in sorted(cells.items()):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(value, str):
                body += record(0x0204, at + text(value, "H"))
            elif value is not None:
                body += record(0x0203, at + struct.pack("<d", value))
        ranges = b"".join(struct.pack("<HHHH", *one) for one in merged)
        body += record(0x00E5, struct.pack("<H", len(merged)) + ranges) if merged else b""
        bodies.append(body + record(0x000A))
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start += record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48)) if protected else b""
    start += record(0x0042, struct.pack("<H", 1200))
    at = len(start) + sum(len(bound(name, 0)) for name, _ in sheets) + 4
    for (name, _), body in zip(sheets, bodies, strict=True):
        start += bound(name, at)
        at += len(body)
    return ole("Workbook", start + record(0x000A) + b"".join(bodies))


def ole(name: str, stream: bytes) -> bytes:
    """A compound file with one stream of that name."""
    stream += bytes(max(4096 - len(stream), -len(stream) % 512))
    sectors = len(stream) // 512
    fats = (sectors + 2) // 128 + 1
    fat = [0xFFFFFFFD] * fats + [0xFFFFFFFE]
    fat += [fats + 2 + n for n in range(sectors - 1)] + [0xFFFFFFFE]
    fat += [0xFFFFFFFF] * (fats * 128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *range(fats), *[0xFFFFFFFF] * (109 - fats))

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        about = title.encode("utf-16-le")
        return (
            about.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(about) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    entries = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(
        name, 2, 0xFFFFFFFF, fats + 1, len(stream)
    )
    return header + struct.pack(f"<{len(fat)}I", *fat) + entries.ljust(512, b"\0") + stream


def xlsb(
    cells: dict[tuple[int, int], Cell],
    *,
    merged: Sequence[tuple[int, int, int, int]] = (),
    name: str = "Sheet1",
    hidden: bool = False,
    extent: tuple[int, int, int, int] | None = None,
) -> bytes:
    """An XLSB workbook of one sheet, cells by row and column counted from nought."""

    def record(kind: int, content: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, length = b"", len(content)
        while length > 127:
            size, length = size + bytes([length & 0x7F | 0x80]), length >> 7
        return head + size + bytes([length]) + content

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    last, right = max(r for r, _ in cells), max(c for _, c in cells)
    extent = extent or (0, last, 0, right)
    sheet = record(129) + record(148, struct.pack("<IIII", *extent)) + record(145)
    row = -1
    for (at, column), value in sorted(cells.items()):
        if at != row:
            row = at
            sheet += record(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
        start = struct.pack("<II", column, 0)
        if isinstance(value, str):
            sheet += record(6, start + text(value))
        elif value is not None:
            sheet += record(5, start + struct.pack("<d", value))
    sheet += record(146)
    if merged:
        ranges = b"".join(record(176, struct.pack("<IIII", *one)) for one in merged)
        sheet += record(177, struct.pack("<I", len(merged))) + ranges + record(178)
    sheet += record(130)
    about = struct.pack("<II", int(hidden), 1) + text("rId1") + text(name)
    book = record(131) + record(143) + record(156, about) + record(144) + record(132)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    return package(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="bin" ContentType="application/'
            'vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{links}"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{links}"><Relationship Id="rId1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/worksheets/sheet1.bin": sheet,
        }
    )
