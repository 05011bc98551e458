"""Bytes of a text file -> its text, whatever common encoding it was saved in.

What could not be read as a character is never dropped in silence: it stands as � and is counted.
"""

from __future__ import annotations

import codecs
import re

from civic_metrics.intake.sheet import Refused

# What stands for a byte that is no character in the encoding the text was read in.
UNREADABLE = "\ufffd"
# A byte-order mark, or one read as Windows text and saved as UTF-8 once or twice over.
_MARKS = r"(?:\ufeff|ï»¿|Ã¯Â»Â¿)+"
_MARKS_AT_START = re.compile(rf'\A(?:{_MARKS})?("?){_MARKS}')
# How `surrogateescape` holds the bytes that are no UTF-8.
_ESCAPED = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\0-\x7f\udc80-\udcff]")

NOT_TEXT = (
    "This is not a spreadsheet this program knows. "
    "Save it as XLSX or CSV in your spreadsheet program and load that."
)


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, without byte-order marks, and what was found out about its encoding."""
    text, said = _text(content)
    if "\0" in text:
        said += (f"{text.count(chr(0)):,} empty characters (code 0) are left out.",)
        text = text.replace("\0", "")
    return _MARKS_AT_START.sub(r"\1", text, count=1), said


def _text(content: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(name, errors="replace"), ()
    even, odd = _zeros(content[:4096:2]), _zeros(content[1:4096:2])
    if odd > 0.4 and even < 0.1:
        return content.decode("utf-16-le", errors="replace"), ()
    if even > 0.4 and odd < 0.1:
        return content.decode("utf-16-be", errors="replace"), ()
    if even + odd > 0.1:
        raise Refused(NOT_TEXT)
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _not_utf_8(content)


def _not_utf_8(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text read as Windows text, or as UTF-8 with pieces of Windows text put into it."""
    mixed = content.decode("utf-8", errors="surrogateescape")
    escaped = len(_ESCAPED.findall(mixed))
    if len(_BEYOND_ASCII.findall(mixed.removeprefix("\ufeff"))) > escaped:
        text = _ESCAPED.sub(lambda m: _windows(bytes([ord(m.group()) & 0xFF])), mixed)
        return text, (
            f"The file is UTF-8, but {escaped:,} of its characters are not: they were read as "
            "Windows text. Check that accents, pounds and dashes look right.",
        )
    return _windows(content), (
        "The file is not UTF-8: it was read as Windows text (cp1252). "
        "Check that accents, pounds and dashes look right.",
    )


def _windows(content: bytes) -> str:
    """The bytes as Windows text; the five that stand for nothing there become �."""
    return content.decode("cp1252", errors="replace")


def _zeros(content: bytes) -> float:
    """The share of zero bytes: every other one in UTF-16, many in what is no text at all."""
    return content.count(0) / max(len(content), 1)
