"""Reads workbooks whose bytes were changed at random, in a process of its own so that a crash of
it is seen: `python -m tests.intake.mutated_files FIRST COUNT` prints a line for each."""

from __future__ import annotations

import io
import random
import resource
import signal
import sys
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl

from civic_metrics.intake import Refused, read
from tests.intake.made_files import ods, ods_row, package, xls, xlsb

# What reading may take beyond the process itself: 1.2 GB for the widest sheet, and some room.
MOST_MEMORY = 2 * 1024**3
# A small workbook takes milliseconds.
MOST_SECONDS = 60
ROWS = [["payee", "amount", "paid_on"], *([f"Alma {n}", n / 4, "2025-01-06"] for n in range(40))]
CELLS = {(r, c): cell for r, row in enumerate(ROWS) for c, cell in enumerate(row)}


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    book.active["D2"] = datetime(2025, 1, 6)  # noqa: DTZ001
    book.active["D3"] = "=SUM(B2:B5)"
    book.active.merge_cells("A5:A7")
    book.create_sheet("Lists").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


WHOLE = {
    "a.xlsx": _xlsx(),
    "a.xls": xls(("Sheet1", CELLS), ("Lists", {(0, 0): "x"}), merged=[(4, 6, 0, 0)]),
    "a.xlsb": xlsb(CELLS, merged=[(4, 6, 0, 0)]),
    "a.ods": ods(("Sheet1", "".join(ods_row(*row) for row in ROWS))),
}


def flipped(content: bytes, chance: random.Random) -> bytes:
    """The content with a few bits turned over."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def overwritten(content: bytes, chance: random.Random) -> bytes:
    """The content with up to eight bytes in a row made what they may be at the most, or nothing."""
    at, size = chance.randrange(len(content)), chance.randint(1, 8)
    return content[:at] + chance.choice([b"\xff", b"\0", b"9"]) * size + content[at + size :]


def cut(content: bytes, chance: random.Random) -> bytes:
    """The content without a piece of it."""
    first, last = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:first] + (b"" if chance.random() < 0.5 else content[last:])


def doubled(content: bytes, chance: random.Random) -> bytes:
    """The content with a piece of it twice or many times."""
    first, last = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:last] + content[first:last] * chance.choice([1, 1, 20]) + content[last:]


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flipped, overwritten, cut, doubled)


def mutated(number: int) -> tuple[str, bytes]:
    """The name and bytes of the changed workbook of that number: always the same ones."""
    chance = random.Random(number)
    name = chance.choice(list(WHOLE))
    content = WHOLE[name]
    inside = content.startswith(b"PK") and chance.random() < 0.7
    for _ in range(chance.randint(1, 3)):
        way = chance.choice(WAYS)
        content = _inside(content, way, chance) if inside else way(content or b"?", chance)
    return name, content


def _inside(
    content: bytes, way: Callable[[bytes, random.Random], bytes], chance: random.Random
) -> bytes:
    """The archive with one of its parts changed, and packed as it should be."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = chance.choice([name for name in parts if parts[name]])
    return package(parts | {chosen: way(parts[chosen], chance)})


def outcome(name: str, content: bytes) -> str:
    """`read` or `refused`; anything else is told in full."""
    try:
        for sheet in read(content, name):
            assert len(sheet) == len(sheet.numbers)
    except Refused as refusal:
        said = str(refusal)
        plain = len(said) > 20 and "Traceback" not in said and "Error" not in said
        return "refused" if plain else f"refused badly: {said}"
    except BaseException as error:
        return f"failed: {error!r}"
    return "read"


def main(first: int, count: int) -> None:
    """Prints what became of each of those workbooks."""
    for name, content in WHOLE.items():
        assert outcome(name, content) == "read", name
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + MOST_MEMORY, hard))
    for number in range(first, first + count):
        print(number, end=" ", flush=True)
        # A reader that never ends is ended by the alarm, and the process with it.
        signal.alarm(MOST_SECONDS)
        print(outcome(*mutated(number)), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
