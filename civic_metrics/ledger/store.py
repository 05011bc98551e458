"""Opens the ledger: one DuckDB file, one writer at a time, a cursor for every query."""

from __future__ import annotations

import hashlib
import os
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from civic_metrics.ledger.schema import SCHEMA_VERSION, statements

DEFAULT_STORE = Path("data/local/civic.duckdb")

# Nothing outside the file can be read or written through this connection, and no variable of
# the caller's can be named as a table (DESIGN.md, the ledger).
HARDENING = {
    "python_enable_replacements": "false",
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}

_writers: dict[Path, threading.RLock] = {}
_writers_guard = threading.Lock()


class LedgerError(RuntimeError):
    """Something a person can act on went wrong with the records; the message says what."""


def store_path(given: str | os.PathLike[str] | None = None) -> Path:
    """The file of the records: the one given, else CIVIC_METRICS_STORE, else the default.

    A folder stands for the file `civic.duckdb` in it.
    """
    path = Path(given or os.environ.get("CIVIC_METRICS_STORE") or DEFAULT_STORE)
    return path / DEFAULT_STORE.name if path.is_dir() else path


class Ledger:
    """An open ledger. Ask for a `cursor()` for each query; write inside `writing()`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connect(path)
        with _writers_guard:
            self._writer = _writers.setdefault(path.resolve(), threading.RLock())
        with self.writing() as cursor:
            _refuse_newer(cursor)
            for statement in statements():
                cursor.execute(statement)
            rows = cursor.execute("select ledger_id, schema_version from ledger.meta").fetchall()
            found = rows[0] if rows else None
            if found is None:
                found = (uuid.uuid4().hex, SCHEMA_VERSION)
                cursor.execute("insert into ledger.meta values (?, ?)", found)
        self.id, _ = found

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own: a connection shared between threads mixes their answers."""
        return self._connection.cursor()

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction under the writer lock; undone on any error, or where `keep` is false."""
        with self._writer:
            cursor = self.cursor()
            cursor.execute("begin transaction")
            try:
                yield cursor
            except BaseException:
                cursor.execute("rollback")
                raise
            else:
                cursor.execute("commit" if keep else "rollback")
            finally:
                cursor.close()

    @property
    def version(self) -> int:
        """The number of the last batch: it grows with every change to the records."""
        return (
            self.cursor()
            .execute("select coalesce(max(batch), 0) from ledger.batch")
            .fetchall()[0][0]
        )

    @property
    def files(self) -> Path:
        """The folder beside the ledger that keeps every uploaded file under its hash."""
        return self.path.with_name(f"{self.path.stem}.files")

    def keep_file(self, content: bytes, file_name: str) -> str:
        """The SHA-256 under which the file is kept, written whole before anything refers to it."""
        digest = hashlib.sha256(content).hexdigest()
        self.files.mkdir(parents=True, exist_ok=True)
        target = self.files / f"{digest}{Path(file_name).suffix.lower()}"
        if not target.exists():
            draft = target.with_suffix(f".{uuid.uuid4().hex}.part")
            with draft.open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            draft.replace(target)
        return digest

    def close(self) -> None:
        """Let go of the file, so that another program can open it."""
        self._connection.close()


def open_ledger(path: str | os.PathLike[str] | None = None, *, create: bool = True) -> Ledger:
    """The ledger at that path; LedgerError where it cannot be opened, saying what to do."""
    where = store_path(path)
    if not where.exists() and not create:
        raise LedgerError(
            f"There are no records at {where.name} yet. Load a spreadsheet first (python -m "
            "civic_metrics load), or build the demonstration (python -m civic_metrics demo)."
        )
    where.parent.mkdir(parents=True, exist_ok=True)
    return Ledger(where)


def _refuse_newer(cursor: duckdb.DuckDBPyConnection) -> None:
    """LedgerError where a newer program wrote these records, before anything is changed."""
    there = cursor.execute(
        "select 1 from information_schema.tables where table_schema = 'ledger' "
        "and table_name = 'meta'"
    ).fetchall()
    versions = cursor.execute("select schema_version from ledger.meta").fetchall() if there else []
    if any(version > SCHEMA_VERSION for (version,) in versions):
        raise LedgerError(
            "These records were written by a newer version of Civic Metrics. "
            "Update the program, then open them again."
        )


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), config=HARDENING)
    except duckdb.IOException as error:
        holder = re.search(r"PID (\d+)", str(error))
        if holder:
            raise LedgerError(
                f"Another program has these records open (process {holder[1]}), most likely the "
                "dashboard. Close it and try again, or use its Upload page."
            ) from error
        raise LedgerError(
            f"{path.name} cannot be opened as records of Civic Metrics: it may be another kind of "
            "file, or damaged. Name another file with --store, or restore it from a backup."
        ) from error
