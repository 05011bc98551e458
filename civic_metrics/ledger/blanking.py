"""Takes somebody out of every row, version, set-aside row and upload of an open transaction.

The one exception to append-only: rows are changed in place, so that no undo brings anybody back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial

import duckdb
import pyarrow as pa

from civic_metrics.contracts import Contract, contract, contracts
from civic_metrics.ledger.folding import KEY_PARTS
from civic_metrics.ledger.setting_aside import fingerprint
from civic_metrics.ledger.traces import ERASED, Traces

_WORDS_OF_A_BATCH = ("who", "file_name", "sheet")
_LISTS_OF_A_BATCH = ("matching", "constants", "declared", "edits")


def people(cursor: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Every identifier of a person or organisation in any version of any row."""
    for table in contracts().values():
        for column in table.columns:
            own = table.name == "organisation" and column.name in table.key
            if own or column.reference == "organisation" or column.holds == "person":
                rows = cursor.execute(
                    f"select distinct {column.name} from ledger.{table.name} "
                    f"where {column.name} is not null"
                )
                yield from (identifier for (identifier,) in rows.fetchall())


def called(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str | None, str | None]]:
    """(identifier, name, other names, contact) in any version of the organisations' rows."""
    return cursor.execute(
        "select distinct organisation, name, also_known_as, contact from ledger.organisation"
    ).fetchall()


def texts_set_aside(cursor: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Every cell of the rows that are set aside."""
    for (cells,) in cursor.execute("select cells from ledger.quarantine").fetchall():
        yield from (text for text in json.loads(cells).values() if text)


def blank(cursor: duckdb.DuckDBPyConnection, traces: Traces) -> dict[str, int]:
    """Table -> rows changed, every version counted; only the tables where there are any."""
    _blank_details(cursor, traces)
    _blank_codes(cursor, traces)
    by_key = _new_keys(cursor, traces)
    done = {}
    for table in contracts().values():
        done[table.name] = _blank_table(cursor, table, traces, by_key)
    done["quarantine"] = _blank_set_aside(cursor, traces, by_key)
    done["batch"] = _blank_batches(cursor, traces, by_key)
    return {name: rows for name, rows in done.items() if rows}


def _blank_details(cursor: duckdb.DuckDBPyConnection, traces: Traces) -> None:
    """Takes away what the register says of them, but for what kind of organisation they are."""
    details = [
        column.name
        for column in contract("organisation").columns
        if column.type == "string" and not column.choices
        if column.name not in ("organisation", "name")
    ]
    empty = "".join(f", {name} = null" for name in details)
    cursor.execute(
        f"update ledger.organisation set name = ?{empty} where list_contains(?, organisation)",
        [ERASED, list(traces.identifiers)],
    )


def _blank_codes(cursor: duckdb.DuckDBPyConnection, traces: Traces) -> None:
    """Gives their codes in other systems random ones, in every version."""
    keys = cursor.execute(
        "select distinct system, code, organisation from ledger.code "
        "where list_contains(?, organisation) order by all",
        [list(traces.identifiers)],
    ).fetchall()
    for number, (system, code, identifier) in enumerate(keys, start=1):
        cursor.execute(
            "update ledger.code set code = ? where system = ? and code = ?",
            [f"{traces.identifiers[identifier]}-{number}", system, code],
        )


def _texts(table: Contract) -> tuple[list[str], list[str]]:
    """The table's columns that tell rows apart or refer to others, and those that are words."""
    texts = [column for column in table.columns if column.type == "string" and not column.choices]
    keyed = [c.name for c in texts if c.name in table.key or c.reference or c.holds == "person"]
    return keyed, [*(c.name for c in texts if c.name not in keyed), "_sheet"]


def _met(
    cursor: duckdb.DuckDBPyConnection, table: str, columns: list[str], traces: Traces
) -> dict[str, list[str]]:
    """Column -> its different texts that may name them."""
    rows = cursor.execute(
        f"""
        -- one row per column and text
        select distinct column_name, text
        from (unpivot ledger.{table} on {", ".join(columns)} into name column_name value text)
        where regexp_matches(text, ?, 'i')
        """,
        [traces.prefilter],
    )
    met: dict[str, list[str]] = {name: [] for name in columns}
    for column, text in rows.fetchall():
        met[column].append(text)
    return met


def _new_keys(cursor: duckdb.DuckDBPyConnection, traces: Traces) -> dict[str, str]:
    """Text -> what takes its place wherever it tells rows apart: never two alike."""
    where = {table.name: _texts(table)[0] for table in contracts().values()}
    where |= {"quarantine": ["quarantine"], "batch": ["source"]}
    met: set[str] = set()
    for table, columns in where.items():
        if columns:
            met.update(*_met(cursor, table, columns, traces).values())
    for (key,) in cursor.execute("select row_key from ledger.quarantine").fetchall():
        met.update((key or "").split(KEY_PARTS))
    new: dict[str, str] = {}
    taken: set[str] = set()
    # Identifiers first: they keep the random one they were given.
    for text in sorted(met, key=lambda one: (one not in traces.identifiers, one)):
        without = traces.keyed(text)
        if without == text:
            continue
        number, unlike = 1, without
        while unlike in taken:
            number += 1
            unlike = f"{without}-{number}"
        new[text] = unlike
        taken.add(unlike)
    return new


def _blank_table(
    cursor: duckdb.DuckDBPyConnection, table: Contract, traces: Traces, by_key: dict[str, str]
) -> int:
    keyed, words = _texts(table)
    changed: set[int] = set()
    for column, met in _met(cursor, table.name, [*keyed, *words], traces).items():
        new = {one: by_key.get(one, one) if column in keyed else traces.plain(one) for one in met}
        changed |= _replace(cursor, table.name, column, new)
    return len(changed)


def _replace(
    cursor: duckdb.DuckDBPyConnection, table: str, column: str, new: dict[str, str]
) -> set[int]:
    """Puts the new texts in the place of the old; the rows changed, by their place."""
    pairs = {old: text for old, text in new.items() if old != text}
    if not pairs:
        return set()
    cursor.register(
        "new_texts",
        pa.table(
            {
                "old": pa.array(pairs.keys(), pa.string()),
                "new": pa.array(pairs.values(), pa.string()),
            }
        ),
    )
    rows = cursor.execute(
        f"select rowid from ledger.{table} where {column} in (select old from new_texts)"
    ).fetchall()
    cursor.execute(
        f"update ledger.{table} set {column} = new_texts.new from new_texts "
        f"where {column} = new_texts.old"
    )
    cursor.unregister("new_texts")
    return {place for (place,) in rows}


def _blank_set_aside(
    cursor: duckdb.DuckDBPyConnection, traces: Traces, by_key: dict[str, str]
) -> int:
    rows = cursor.execute(
        "select quarantine, table_name, _sheet, row_key, cells, problems from ledger.quarantine"
    ).fetchall()
    changed = 0
    for own, table, sheet, row_key, cells, problems in rows:
        new = (
            traces.plain(sheet),
            row_key and KEY_PARTS.join(by_key.get(one, one) for one in row_key.split(KEY_PARTS)),
            _without(traces, cells),
            _within(traces, problems),
        )
        if new == (sheet, row_key, cells, problems):
            continue
        changed += 1
        cursor.execute(
            "update ledger.quarantine set _sheet = ?, row_key = ?, cells = ?, problems = ?, "
            "fingerprint = ? where quarantine = ?",
            [*new, fingerprint(table, new[2]), own],
        )
    for table in ("quarantine", "mended"):
        for column, met in _met(cursor, table, ["quarantine"], traces).items():
            _replace(cursor, table, column, {one: by_key.get(one, one) for one in met})
    return changed


def _blank_batches(
    cursor: duckdb.DuckDBPyConnection, traces: Traces, by_key: dict[str, str]
) -> int:
    listed = (*_WORDS_OF_A_BATCH, "source", *_LISTS_OF_A_BATCH)
    rows = cursor.execute(f"select batch, {', '.join(listed)} from ledger.batch").fetchall()
    changed = 0
    for batch, *found in rows:
        old = dict(zip(listed, found, strict=True))
        new = {name: traces.plain(old[name]) for name in _WORDS_OF_A_BATCH}
        new["source"] = by_key.get(old["source"], old["source"])
        new |= {name: _within(traces, old[name]) for name in _LISTS_OF_A_BATCH}
        if new == old:
            continue
        changed += 1
        cursor.execute(
            f"update ledger.batch set {', '.join(f'{name} = ?' for name in new)} where batch = ?",
            [*new.values(), batch],
        )
    return changed


def _without(traces: Traces, cells: str) -> str:
    """The cells of a row without them; untouched where nothing of them is in it."""
    found = json.loads(cells)
    without = traces.row(found)
    return cells if without == found else json.dumps(without, ensure_ascii=False, sort_keys=True)


def _within(traces: Traces, kept: str | None) -> str | None:
    """What was kept as JSON without them; untouched where nothing of them is in it."""
    value = json.loads(kept) if kept else None
    without = traces.within(value)
    return kept if without == value else json.dumps(without, ensure_ascii=False)


def remaining(cursor: duckdb.DuckDBPyConnection, traces: Traces) -> list[tuple[str, str]]:
    """(table, column) of every text that still names them; empty when they are gone."""
    ways = {(t.name, name): traces.keyed for t in contracts().values() for name in _texts(t)[0]}
    ways |= {(table, "quarantine"): traces.keyed for table in ("quarantine", "mended")}
    ways |= {("batch", name): partial(_within, traces) for name in _LISTS_OF_A_BATCH}
    ways |= {("quarantine", name): partial(_within, traces) for name in ("cells", "problems")}
    ways |= {("batch", "source"): traces.keyed, ("quarantine", "row_key"): traces.keyed}
    return [
        (table, column)
        for table, columns in _every_text(cursor)
        for column, met in _met(cursor, table, columns, traces).items()
        if any(ways.get((table, column), traces.plain)(text) != text for text in met)
    ]


def nowhere(cursor: duckdb.DuckDBPyConnection, texts: Iterable[str]) -> list[str]:
    """Of the texts those that are in no cell at all, not even as part of another word."""
    left = {text.lower() for text in texts}
    for table, columns in _every_text(cursor):
        anywhere = " or ".join(f"contains(lower({column}), text)" for column in columns)
        rows = cursor.execute(
            f"select distinct text from unnest(?) as _(text) "
            f"where exists (select 1 from ledger.{table} where {anywhere})",
            [sorted(left)],
        )
        left -= {text for (text,) in rows.fetchall()}
    return sorted(left)


def _every_text(cursor: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    """Every table with its columns of text."""
    return cursor.execute(
        "select table_name, list(column_name) from duckdb_columns() "
        "where schema_name = 'ledger' and data_type = 'VARCHAR' group by table_name"
    ).fetchall()
