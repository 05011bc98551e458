"""The ledger's tables as DDL, made from the contracts. Base tables live in schema `ledger`."""

from __future__ import annotations

import secrets
import uuid

import duckdb

from civic_metrics.contracts import contracts

SCHEMA_VERSION = 2

META = (
    ("ledger_id", "varchar"),
    ("schema_version", "integer"),
    ("pseudonym_key", "varchar"),
)
# What a batch says besides its rows. The columns without `not null` came with version 2: a store
# of version 1 has none in its older rows.
BATCH = (
    ("batch", "integer primary key"),
    ("kind", "varchar not null"),
    ("who", "varchar not null"),
    ("loaded_at", "timestamp not null"),
    ("file_name", "varchar not null"),
    ("sha256", "varchar not null"),
    ("sheet", "varchar not null"),
    ("source", "varchar not null"),
    ("table_name", "varchar not null"),
    ("given", "varchar[] not null"),
    ("matching", "varchar not null"),
    ("complete_to", "date"),
    ("rows_read", "bigint not null"),
    ("new", "bigint not null"),
    ("changed", "bigint not null"),
    ("unchanged", "bigint not null"),
    ("quarantined", "bigint not null"),
    ("excluded", "bigint not null"),
    ("removed", "bigint not null"),
    ("undoes", "integer"),
    ("shape", "varchar"),
    ("constants", "varchar"),
    ("declared", "varchar"),
    ("edits", "varchar"),
    ("is_whole", "boolean"),
    ("whole_column", "varchar"),
    ("whole_from", "date"),
    ("whole_to", "date"),
)
QUARANTINE = (
    ("quarantine", "varchar primary key"),
    ("_batch", "integer not null"),
    ("table_name", "varchar not null"),
    ("_sheet", "varchar not null"),
    ("_row", "bigint not null"),
    ("row_key", "varchar"),
    ("fingerprint", "varchar not null"),
    ("cells", "varchar not null"),
    ("problems", "varchar not null"),
)
MENDED = (("_batch", "integer not null"), ("quarantine", "varchar not null"))
# Kept files that nothing refers to any more and that must not outlive the next opening.
DISCARDED = (("file", "varchar not null"),)

# Every row carries these: the batch that wrote it and the one that closed it, where it stood in
# its file, the batch its values come from (an undo copies older versions), and whether it is a
# name added without details.
ROW_COLUMNS = (
    ("_batch", "integer not null"),
    ("_until", "integer"),
    ("_origin_batch", "integer not null"),
    ("_sheet", "varchar not null"),
    ("_row", "bigint not null"),
    ("_stub", "boolean not null"),
)


def tables() -> dict[str, tuple[tuple[str, str], ...]]:
    """Every table of the ledger with its columns and their types."""
    housekeeping = {
        "meta": META,
        "batch": BATCH,
        "quarantine": QUARANTINE,
        "mended": MENDED,
        "discarded": DISCARDED,
    }
    rows = {name: (*one.stored, *ROW_COLUMNS) for name, one in contracts().items()}
    return housekeeping | rows


def migrate(cursor: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """Brings any older store, or an empty file, to the present schema; safe to run again.

    Tables that are missing are made, and columns that are missing added to those there are.
    The ledger's id and the key of its pseudonyms, drawn at random the first time.
    """
    cursor.execute("create schema if not exists ledger")
    there: dict[str, set[str]] = {}
    for table, column in cursor.execute(
        "select table_name, column_name from duckdb_columns() where schema_name = 'ledger'"
    ).fetchall():
        there.setdefault(table, set()).add(column)
    for table, columns in tables().items():
        if table not in there:
            listed = ",\n    ".join(f"{name} {kind}" for name, kind in columns)
            cursor.execute(f"create table ledger.{table} (\n    {listed}\n)")
            continue
        for name, kind in columns:
            if name not in there[table]:  # a column of a table with rows cannot be `not null`
                plain = kind.removesuffix(" not null")
                cursor.execute(f"alter table ledger.{table} add column {name} {plain}")
    return _identity(cursor)


def _identity(cursor: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    rows = cursor.execute("select ledger_id, schema_version, pseudonym_key from ledger.meta")
    found = rows.fetchall()
    ledger_id, version, key = found[0] if found else (uuid.uuid4().hex, None, None)
    if not found:
        cursor.execute("insert into ledger.meta (ledger_id) values (?)", [ledger_id])
    if version != SCHEMA_VERSION or key is None:
        key = key or secrets.token_hex(32)
        cursor.execute(
            "update ledger.meta set schema_version = ?, pseudonym_key = ?", [SCHEMA_VERSION, key]
        )
    return ledger_id, key
