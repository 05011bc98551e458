"""A file in the 360Giving Data Standard -> rows for five of our tables.

    sheets = read(content, name)          # or giving_json(content) for a JSON package
    if is_giving(sheets): parts = giving(sheets, known_place_codes=codes)

The standard publishes grants; our records hold relationships. So a funder and a recipient are one
partnership however many grants pass between them, each grant is a row of funding, and nothing is
claimed that the standard does not say. People who receive grants are left out: their rows are
counted, and nothing of them is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import contract
from civic_metrics.intake.naming import identifier
from civic_metrics.intake.parsing.date_habits import read_dates
from civic_metrics.intake.shapes.giving_notes import Notes, notes_on
from civic_metrics.intake.shapes.giving_sql import LEFT_OUT, PAIRED, STATED, TABLES
from civic_metrics.intake.shapes.grants import (
    Grants,
    gathered,
    grants_of_json,
    people_in,
    states_grants,
)
from civic_metrics.intake.shapes.org_ids import (
    charity_id,
    company_id,
    company_number,
    mended,
    tidied_id,
)
from civic_metrics.intake.shapes.parts import Part, rows_at
from civic_metrics.intake.sheet import Sheet
from civic_metrics.intake.staging import connect

# What a published grant is, in our words.
AWARDED = {"status": "awarded", "qualifier": "exactly"}
# The first grant of a file need not be the first there was.
STARTED = {"started_qualifier": "about"}
# Why a row of the file gives no funding.
PERSON, REPEATED = "grant to an individual: no person is taken", "repeats a grant of another row"
_DATES = ("awarded", "start", "finish")


def giving_json(content: bytes) -> tuple[Sheet, ...] | None:
    """A 360Giving JSON package as sheets; None where the content is none. Refused where it is
    damaged or has no grants."""
    sheet = grants_of_json(content)
    return None if sheet is None else (sheet,)


def is_giving(sheets: Sequence[Sheet]) -> bool:
    """Whether one of the sheets states grants as the standard has them."""
    return any(states_grants(sheet) for sheet in sheets)


def giving(
    sheets: Sequence[Sheet],
    *,
    known_place_codes: Collection[str] = (),
    known_organisations: Collection[str] = (),
) -> tuple[Part, ...]:
    """The grants as organisations, partnerships, members, places and funding, in loading order.

    `known_place_codes` are those the records take, withdrawn ones included; `known_organisations`
    the identifiers that have details already, which a grants file does not write over.
    """
    grants = gathered(sheets)
    with connect() as con:
        _lay_out(con, sheets, grants, known_place_codes)
        tables = {name: con.sql(sql).to_arrow_table() for name, sql in TABLES.items()}
        left_out = con.sql(LEFT_OUT, params={"person": PERSON, "repeated": REPEATED})
        tables["funding"] = pa.concat_tables(
            [tables["funding"], left_out.to_arrow_table()], promote_options="default"
        ).sort_by([("sheet", "ascending"), ("place", "ascending")])
        notes = notes_on(con, grants, tables["organisation"], known_organisations)
    if not len(tables["footprint"]):  # Why there are no places must still be told.
        notes = {**notes, "funding": (*notes["funding"], *notes["footprint"])}
    held = pa.array(sorted(known_organisations), pa.string())
    is_held = pc.is_in(tables["organisation"]["organisation"], value_set=held)
    tables["organisation"] = _with_numbers(tables["organisation"].filter(pc.invert(is_held)))
    tables["footprint"] = tables["footprint"].rename_columns(
        ["partnership", "where", "sheet", "place"]
    )
    people = tuple(dict.fromkeys(text for sheet in sheets for text in people_in(sheet)))
    return tuple(
        replace(part, people=people)
        for name, table in tables.items()
        for part in _parts(sheets, name, table, notes)
    )


def _lay_out(
    con: duckdb.DuckDBPyConnection,
    sheets: Sequence[Sheet],
    grants: Grants,
    known_place_codes: Collection[str],
) -> None:
    """The tables `paired`, `location` and `known` that the statements read."""
    is_workbook = any(sheet.is_workbook for sheet in sheets)
    rows = _with_dates(grants.rows, is_workbook=is_workbook)
    con.register("rows", rows)
    con.register("location", grants.locations)
    con.register("known", pa.table({"code": pa.array(sorted(known_place_codes), pa.string())}))
    flags = ("sheet", "place", "is_main", "has_person", "has_email", "has_second_funder")
    columns = [f'"{name}"' for name in rows.column_names if name not in flags]
    con.execute(
        STATED.format(
            firsts="\n        ".join(f"arg_min({name}, n) as {name}," for name in columns),
            filled="\n        ".join(
                f"coalesce(numbered.{name}, first_of.{name}) as {name}," for name in columns
            ),
        )
    )
    called = con.sql(
        """
        -- one row per way an organisation is told
        select recipient_id, recipient, recipient_charity, recipient_company from stated
        union
        select funder_id, funder, funder_charity, funder_company from stated
        """
    ).fetchall()
    con.register("called", _called(called))
    con.execute(PAIRED)


def _called(told: Sequence[tuple[str | None, ...]]) -> pa.Table:
    """The identifier of each organisation told: its own, its number's, else one of its name."""
    keys = [
        tidied_id(own)
        or charity_id(charity)
        or company_id(company)
        or (identifier(name, "organisation") if name else None)
        for own, name, charity, company in told
    ]
    columns = list(zip(*told, strict=True)) or [()] * 4
    names = ("id", "name", "charity", "company")
    texts = {n: pa.array(c, pa.string()) for n, c in zip(names, columns, strict=True)}
    return pa.table(texts | {"organisation": pa.array(keys, pa.string())})


def _with_dates(rows: pa.Table, *, is_workbook: bool) -> pa.Table:
    """The dates read: as days (`_on`) to reckon with, and as text (`_text`), which stays as it
    is where it names no whole day."""
    column = contract("funding").column("from_on")
    for name in _DATES:
        texts = rows[name]
        read = read_dates(texts, column, is_workbook=is_workbook).values
        whole = pc.equal(read[f"{column.name}_precision"], "day")
        days = pc.if_else(pc.fill_null(whole, False), read[column.name], None)
        rows = rows.append_column(f"{name}_on", days)
        rows = rows.append_column(f"{name}_text", pc.coalesce(days.cast(pa.string()), texts))
    return rows.drop_columns(list(_DATES))


def _with_numbers(organisations: pa.Table) -> pa.Table:
    """The numbers mended, and taken from the identifier where a column lacks them."""
    keys = organisations["organisation"].to_pylist()
    charities = [
        mended(told) or (key.split("-", 2)[2] if key.startswith(("GB-CHC-", "GB-SC-")) else None)
        for key, told in zip(keys, organisations["charity_number"].to_pylist(), strict=True)
    ]
    companies = [
        company_number(told) or (key.split("-", 2)[2] if key.startswith("GB-COH-") else None)
        for key, told in zip(keys, organisations["company_number"].to_pylist(), strict=True)
    ]
    return pa.table(
        {
            "organisation": organisations["organisation"],
            "name": organisations["name"],
            "charity_number": pa.array(charities, pa.string()),
            "company_number": pa.array(companies, pa.string()),
            "postcode": organisations["postcode"],
            "sheet": organisations["sheet"],
            "place": organisations["place"],
        }
    )


_OF_THE_ROW = ("sheet", "place", "why")


def _parts(sheets: Sequence[Sheet], name: str, table: pa.Table, notes: Notes) -> list[Part]:
    """The rows of one table as a part for each sheet they come from."""
    names = {"where": "place"}
    constants = {"funding": AWARDED, "partnership": STARTED}.get(name, {})
    parts = []
    for at in sorted(pc.unique(table["sheet"]).to_pylist()):
        own = table.filter(pc.equal(table["sheet"], at))
        columns = {names.get(c, c): own[c] for c in own.column_names if c not in _OF_THE_ROW}
        said = notes[name] if not parts else ()
        rows = rows_at(sheets[at], own["place"], columns)
        if "why" in own.column_names:
            why = enumerate(own["why"].to_pylist())
            rows = replace(rows, totals={place: text for place, text in why if text})
        parts.append(Part(name, rows, said, constants))
    return parts
