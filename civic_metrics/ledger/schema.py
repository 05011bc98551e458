"""The ledger's tables as DDL, made from the contracts. Base tables live in schema `ledger`."""

from __future__ import annotations

from civic_metrics.contracts import contracts

SCHEMA_VERSION = 1

HOUSEKEEPING = """
create schema if not exists ledger;
create table if not exists ledger.meta (ledger_id varchar, schema_version integer);
create table if not exists ledger.batch (
    batch integer primary key,
    kind varchar not null,
    who varchar not null,
    loaded_at timestamp not null,
    file_name varchar not null,
    sha256 varchar not null,
    sheet varchar not null,
    source varchar not null,
    table_name varchar not null,
    given varchar[] not null,
    matching varchar not null,
    complete_to date,
    rows_read bigint not null,
    new bigint not null,
    changed bigint not null,
    unchanged bigint not null,
    quarantined bigint not null,
    excluded bigint not null,
    removed bigint not null,
    undoes integer,
);
create table if not exists ledger.quarantine (
    quarantine varchar primary key,
    _batch integer not null,
    table_name varchar not null,
    _sheet varchar not null,
    _row bigint not null,
    row_key varchar,
    fingerprint varchar not null,
    cells varchar not null,
    problems varchar not null,
);
create table if not exists ledger.mended (_batch integer not null, quarantine varchar not null);
"""

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


def statements() -> list[str]:
    """The DDL that brings an empty database to the present schema; safe to run again."""
    tables = []
    for contract in contracts().values():
        columns = ",\n    ".join(
            f"{name} {kind}" for name, kind in (*contract.stored, *ROW_COLUMNS)
        )
        tables.append(f"create table if not exists ledger.{contract.name} (\n    {columns}\n)")
    return [HOUSEKEEPING, *tables]
