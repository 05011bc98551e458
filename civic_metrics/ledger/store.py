"""Opens the ledger: one DuckDB file, one writer at a time, a cursor for every query."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from civic_metrics.ledger import kept
from civic_metrics.ledger.naming import pseudonym_of
from civic_metrics.ledger.schema import SCHEMA_VERSION, migrate

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


class Cancelled(LedgerError):
    """A person stopped a long piece of work; nothing of it was kept."""


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
        self._connection = connect(path)
        with _writers_guard:
            self._writer = _writers.setdefault(path.resolve(), threading.RLock())
        with self.writing() as cursor:
            _refuse_newer(cursor)
            self.id, self._pseudonym_key = migrate(cursor)
            self._tidy(cursor)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own: a connection shared between threads mixes their answers."""
        return self._connection.cursor()

    @contextmanager
    def writing(
        self, *, keep: bool = True, files: Collection[tuple[bytes, str]] = ()
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction under the writer lock; undone on any error, or where `keep` is false.

        `files`, as (content, file name), are kept beside it, and before it ends; those that no
        batch came to refer to are taken away again. Another thread may stop a long statement
        with the cursor's `interrupt()`: that raises Cancelled here.
        """
        written: list[Path] = []

        def keep_files() -> None:
            for content, file_name in files:
                target = kept.write(self.files, content, file_name)
                written.extend([target] if target else [])

        with self._writer, ThreadPoolExecutor(max_workers=1) as beside:
            cursor = self.cursor()
            keeping = [beside.submit(keep_files)] if keep and files else []
            try:
                cursor.execute("begin transaction")
                yield cursor
                for one in keeping:
                    one.result()
                cursor.execute("commit" if keep else "rollback")
                written = [one for one in written if not _is_referred_to(cursor, one)]
            except duckdb.InterruptException as error:
                _roll_back(cursor)
                raise Cancelled("Stopped. Nothing was changed.") from error
            except BaseException:
                _roll_back(cursor)
                raise
            finally:
                wait(keeping)
                cursor.close()
                for target in written:
                    target.unlink(missing_ok=True)

    def pending(self, cursor: duckdb.DuckDBPyConnection) -> Ledger:
        """The ledger as a transaction that is still open sees it, for figures before it ends."""
        return _Pending(self, cursor)

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
        return files_of(self.path)

    def pseudonym(self, name: str) -> str:
        """What a person of that name is called in these records; the name is kept nowhere."""
        return pseudonym_of(name, self._pseudonym_key)

    def close(self) -> None:
        """Let go of the file, so that another program can open it."""
        self._connection.close()

    def _tidy(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Finishes what a stop half-way left: drafts, and files that were to go."""
        kept.sweep(self.files)
        shutil.rmtree(workshop_of(self.path), ignore_errors=True)
        discarded = cursor.execute("select file from ledger.discarded").fetchall()
        for (name,) in discarded:
            (self.files / name).unlink(missing_ok=True)
        if discarded:
            cursor.execute("delete from ledger.discarded")


class _Lent:
    """A cursor that somebody else closes: leaving a `with` block leaves it open."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def __enter__(self) -> _Lent:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        return None

    def close(self) -> None:
        """Nothing: the transaction ends where it began."""


class _Pending(Ledger):
    """A ledger seen from inside one transaction: one thread, one statement at a time."""

    def __init__(self, ledger: Ledger, cursor: duckdb.DuckDBPyConnection) -> None:
        self.path, self.id = ledger.path, ledger.id
        self._pseudonym_key = ledger._pseudonym_key
        self._lent = _Lent(cursor)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self._lent  # type: ignore[return-value]

    @contextmanager
    def writing(
        self, *, keep: bool = True, files: Collection[tuple[bytes, str]] = ()
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        raise LedgerError(
            "These records are being written already. Let that finish, then try again."
        )
        yield

    def close(self) -> None:
        """Nothing: the ledger it looks into stays open."""


def files_of(path: Path) -> Path:
    """The folder that keeps the uploaded files of the ledger at that path."""
    return path.with_name(f"{path.stem}.files")


def workshop_of(path: Path) -> Path:
    """The folder in which that ledger is written anew; there only while that goes on."""
    return path.with_name(f"{path.stem}.writing")


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


def _is_referred_to(cursor: duckdb.DuckDBPyConnection, file: Path) -> bool:
    found = cursor.execute("select 1 from ledger.batch where sha256 = ? limit 1", [file.stem])
    return bool(found.fetchall())


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    # Some failures end the transaction themselves, and then there is nothing left to roll back.
    with suppress(duckdb.TransactionException):
        cursor.execute("rollback")


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


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """The hardened connection to a store; LedgerError where it is taken or not a store."""
    try:
        return duckdb.connect(str(path), config=HARDENING)
    except duckdb.IOException as error:
        raise cannot_open(path, error) from error


def cannot_open(path: Path, error: Exception) -> LedgerError:
    """Why a store cannot be opened, in words."""
    holder = re.search(r"PID (\d+)", str(error))
    if holder:
        return LedgerError(
            f"Another program has these records open (process {holder[1]}), most likely the "
            "dashboard. Close it and try again, or use its Upload page."
        )
    return LedgerError(
        f"{path.name} cannot be opened as records of Civic Metrics: it may be another kind of "
        "file, or damaged. Name another file with --store, or restore it from a backup."
    )
