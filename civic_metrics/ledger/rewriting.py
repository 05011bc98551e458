"""Writes a store anew, so that its file holds what stands in it and no bytes of what was there.

A database file keeps the bytes of rows that were changed or deleted in blocks it may use again.
So the tables are copied into a fresh file, changed there, and copied once more; the last copy
takes the place of the store in one step. A stop before that leaves the store as it was.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from civic_metrics.ledger.store import (
    LedgerError,
    cannot_open,
    connect,
    workshop_of,
)

# A shorter text may stand in a file's bytes by chance.
TELLING = 8
_BLOCK = 1 << 20
Change = Callable[[duckdb.DuckDBPyConnection], Iterable[str]]


def rewrite(path: Path, change: Change) -> None:
    """Puts a changed copy of the store in its place; nobody may have the store open meanwhile.

    `change` works in one transaction and returns texts that must then be gone. Raises
    LedgerError, leaving the store as it was, where it is open elsewhere or one of those texts is
    still in the bytes of the new file.
    """
    workshop = workshop_of(path)
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir()
    draft, fresh = workshop / "draft.duckdb", workshop / path.name
    try:
        with duckdb.connect(config={"temp_directory": str(workshop / "spill")}) as copying:
            _attach(copying, path)  # held to the end, so that nobody writes to it meanwhile
            _copy(copying, "store", draft)
            gone = _change(draft, change)
            _attach(copying, draft, "draft")
            _copy(copying, "draft", fresh)
            copying.execute("detach draft")
            _refuse_remains(fresh, gone)
            copying.execute("detach store")
        shutil.copymode(path, fresh)
        os.replace(fresh, path)
        _flush_folder(path.parent)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _attach(copying: duckdb.DuckDBPyConnection, path: Path, name: str = "store") -> None:
    try:
        copying.execute(f"attach {_quoted(path)} as {name} (read_only)")
    except duckdb.ResourceInUseException as error:
        raise LedgerError(
            "These records are open in this program. Close them here first, then try again."
        ) from error
    except duckdb.IOException as error:
        raise cannot_open(path, error) from error


def _copy(copying: duckdb.DuckDBPyConnection, source: str, target: Path) -> None:
    copying.execute(f"attach {_quoted(target)} as target")
    copying.execute(f"copy from database {source} to target")
    copying.execute("checkpoint target")
    copying.execute("detach target")


def _change(draft: Path, change: Change) -> Iterable[str]:
    with connect(draft) as changing:
        changing.execute("begin transaction")
        gone = change(changing)
        changing.execute("commit")
    return gone


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _refuse_remains(fresh: Path, gone: Iterable[str]) -> None:
    telling = [one for text in gone for one in _as_bytes(text) if len(one) >= TELLING]
    longest = max(map(len, telling), default=0)
    with fresh.open("rb") as file:
        kept = b""
        while block := file.read(_BLOCK):
            kept = (kept[-longest:] if longest else b"") + block.lower()
            if any(one in kept for one in telling):
                raise LedgerError(
                    "The records could not be written without them: something of them is left "
                    "in the new file. Nothing was changed. Try again, and if that fails too "
                    "report it."
                )


def _as_bytes(text: str) -> set[bytes]:
    return {form.encode().lower() for form in (text, text.lower(), text.upper(), text.casefold())}


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":  # a folder cannot be opened elsewhere
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
