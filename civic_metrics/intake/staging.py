"""A matched sheet -> a staged batch: cells read, rows checked, every row accounted for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column, Contract
from civic_metrics.intake.checking import Against, check
from civic_metrics.intake.checking.findings import Findings
from civic_metrics.intake.checking.keys import (
    conflicts,
    key_texts,
    number_the_lines,
    number_the_unnumbered,
)
from civic_metrics.intake.declaring import Declared, with_declared
from civic_metrics.intake.matching import Matching
from civic_metrics.intake.matching.deciding import REGISTERS
from civic_metrics.intake.names.adopting import adopt, resembling
from civic_metrics.intake.names.references import Directory, Known, read_references
from civic_metrics.intake.names.unknowns import unknowns
from civic_metrics.intake.naming import in_words, listed
from civic_metrics.intake.parsing import costs_the_row, read_column
from civic_metrics.intake.parsing.amounts import ARROW_TYPES
from civic_metrics.intake.parsing.currencies import with_stated
from civic_metrics.intake.parsing.date_habits import read_dates
from civic_metrics.intake.parsing.hours import against_the_unit
from civic_metrics.intake.parsing.values import Fault, Parsed, without_missing
from civic_metrics.intake.sheet import Refused, Sheet, tidy
from civic_metrics.ledger.batch import (
    Problem,
    ReadAs,
    SetAside,
    Severity,
    Staged,
    Stub,
    Unknown,
)

# Rows named in a remark on many.
NAMED = 10
# What a payment's or contribution's money is called.
MONEY = ("amount", "paid_gbp", "amount_gbp")


NOTHING_DECLARED = Declared()


def connect() -> duckdb.DuckDBPyConnection:
    """A connection of its own in memory that reaches no file, no frame and no network."""
    settings = {
        "enable_external_access": "false",
        "python_enable_replacements": "false",
    }
    return duckdb.connect(":memory:", config=settings)


def stage(
    sheet: Sheet,
    contract: Contract,
    matching: Matching,
    known: Known,
    declared: Declared = NOTHING_DECLARED,
    against: Against | None = None,
    people: Mapping[str, str] | None = None,
) -> Staged:
    """The sheet's rows ready to load, those set aside with all their problems, and the counts.

    Rows read are the rows loaded, repeated, set aside and excluded together; excluded are those
    that look like totals and were not kept. `against` is what the rows are held against: limits,
    earlier loads; `people` the names of the file for which the sheet has pseudonyms already.
    Refused where two of their columns still compete for one of ours.
    """
    if matching.competing:
        raise Refused(matching.choice_needed)
    rows_read = len(sheet)
    numbers = sheet.rows if sheet.totals else ()
    totals = {
        place: why
        for place, why in sheet.totals.items()
        if (sheet.name, numbers[place]) not in declared.totals_kept
    }
    sheet = sheet.without(totals)
    given = [c for c in contract.columns if c.name in (*matching.pairs, *matching.constants)]
    texts = {c.name: _texts(sheet, matching, c.name) for c in given}
    headings = {c.name: matching.pairs.get(c.name, in_words(c.name)) for c in contract.columns}
    findings = Findings(sheet, headings, texts)
    with connect() as con:
        parsed, directories = _read_all(con, sheet, given, texts, known, declared, people or {})
        for column in given:
            if column.name in matching.constants and parsed[column.name].faults:
                raise Refused(_bad_constant(column, matching, parsed[column.name]))
        given = _compared(contract, parsed, texts)
        _dated_alike(sheet, given, parsed, texts)
        for column in given:
            _note_faults(findings, column, parsed[column.name], contract)
        notes = [ReadAs(c.name, *note) for c in given for note in parsed[c.name].notes]
        typed = _typed(given, parsed, len(sheet))
        typed, adopted = adopt(typed, contract, known, declared.answers)
        resembled = resembling(typed, contract, known, declared.answers)
        findings.note(contract.key[0], resembled, Severity.WARNING)
        if adopted:
            said = "taken as details of a name added before"
            notes.append(ReadAs(contract.key[0], said, adopted))
        typed, done = with_declared(typed, contract, declared)
        notes += done
        if contract.name == "payment":
            typed = number_the_unnumbered(con, typed)
            typed, numbered = number_the_lines(con, typed, contract)
            if numbered:
                notes.append(ReadAs("line_ref", "lines of one invoice numbered", numbered))
        names = tuple(c.name for c in contract.columns if c.name in typed.column_names)
        con.register("typed", typed)
        for finding in check(con, contract, names, against or Against(today=known.today)):
            findings.take(finding)
        findings.note_personal(contract, matching.ignored)
        if contract.name in REGISTERS:
            _note_incomplete(findings, contract, typed, names, known)
        repeated = _note_conflicts(con, findings, contract, typed)
        _note_repeated(findings, contract, typed, repeated)
        if contract.name == "payment" and "received_on" not in names:
            findings.general.append(_no_receipt(names))
        keys = key_texts(typed, contract, sorted(findings.errors))
    rows = _but(_rows(sheet, contract, typed, names), {*findings.errors, *repeated})
    excluded: dict[str, int] = defaultdict(int)
    for why in totals.values():
        excluded[why] += 1
    return Staged(
        table=contract.name,
        columns=names,
        rows=rows,
        rows_read=rows_read,
        set_aside=_set_aside(sheet, findings, keys, contract),
        warnings=findings.told({*findings.errors, *repeated}),
        repeated=len(repeated),
        excluded=dict(excluded),
        stubs=_stubs(contract, directories, rows),
        read_as=tuple(notes),
        latest_on=_latest(contract, typed, known.today),
        unknown=_unknown(given, directories, texts, typed),
    )


def _unknown(
    given: Iterable[Column],
    directories: dict[str, Directory],
    texts: dict[str, pa.ChunkedArray],
    typed: pa.Table,
) -> tuple[Unknown, ...]:
    """Names and codes nobody has said anything about yet, the most pounds first."""
    money = next((typed[name] for name in MONEY if name in typed.column_names), None)
    if money is not None and "currency" in typed.column_names:
        in_pounds = pc.fill_null(pc.equal(typed["currency"], "GBP"), False)
        money = pc.if_else(in_pounds, money, pa.scalar(None, money.type))
    asked = [(c, directories[c.name], texts[c.name]) for c in given if c.name in directories]
    return unknowns(asked, money)


def _dated_alike(
    sheet: Sheet,
    given: Iterable[Column],
    parsed: dict[str, Parsed],
    texts: dict[str, pa.ChunkedArray],
) -> None:
    """Reads columns of dates that do not tell day from month first as the others beside them."""
    dates = [column for column in given if column.type == "date"]
    if {parsed[column.name].month_first for column in dates} - {None} != {True}:
        return
    for column in dates:
        if parsed[column.name].month_first is None:
            present, missing = without_missing(texts[column.name], column)
            read = read_dates(present, column, is_workbook=sheet.is_workbook, month_first=True)
            faults = {**parsed[column.name].faults, **read.faults}
            parsed[column.name] = replace(read, faults=faults, notes=(*missing, *read.notes))


def _compared(
    contract: Contract, parsed: dict[str, Parsed], texts: dict[str, pa.ChunkedArray]
) -> list[Column]:
    """The columns that are given once those that speak of each other were compared: an amount
    may state its own currency, and hours and minutes have no other unit."""
    stated = parsed["amount"].currencies if "amount" in parsed else None
    if stated is not None:
        both = with_stated(parsed.get("currency"), stated, "currency")
        if both is not None:
            parsed["currency"] = both
            texts.setdefault("currency", pa.chunked_array([pa.nulls(len(stated), pa.string())]))
    if {"quantity", "unit"} <= set(parsed):
        quantity = parsed["quantity"]
        faults = against_the_unit(quantity, parsed["unit"].values["unit"])
        parsed["quantity"] = replace(quantity, faults={**quantity.faults, **faults})
    return [column for column in contract.columns if column.name in parsed]


def _bad_constant(column: Column, matching: Matching, parsed: Parsed) -> str:
    fault = next(iter(parsed.faults.values()))
    given = matching.constants[column.name]
    return (
        f"“{given}” cannot be the {in_words(column.name)} of every row: expected {fault.expected}."
    )


def _texts(sheet: Sheet, matching: Matching, name: str) -> pa.ChunkedArray:
    """The column as text: theirs, or one value for every row."""
    if name in matching.pairs and name not in matching.constants:
        return sheet.cells[matching.pairs[name]]
    same = pa.array([matching.constants[name]], pa.string())
    nought = pa.repeat(pa.scalar(0, pa.int64()), len(sheet))
    return pa.chunked_array([tidy(same).take(nought)], pa.string())


def _read_all(
    con: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    given: Iterable[Column],
    texts: dict[str, pa.ChunkedArray],
    known: Known,
    declared: Declared,
    people: Mapping[str, str],
) -> tuple[dict[str, Parsed], dict[str, Directory]]:
    """Every column read, required ones with a fault where they are empty, and for those that
    hold names the register their names are looked up in."""
    parsed: dict[str, Parsed] = {}
    registers: dict[str, Directory] = {}
    directories: dict[str, Directory] = {}
    for column in given:
        present, missing = without_missing(texts[column.name], column)
        if column.reference:
            directory = registers.setdefault(
                column.reference,
                Directory(
                    column.reference,
                    known,
                    create_missing=declared.create_missing,
                    answers=declared.answers,
                    systems=column.systems,
                    people=people,
                ),
            )
            directories[column.name] = directory
            read = read_references(present, column, directory)
        else:
            read = read_column(con, present, column, is_workbook=sheet.is_workbook)
        faults = dict(read.faults)
        if column.required:
            fault = Fault(
                f"{_described(column)}, which every row needs",
                "Fill in the cell, or leave the row out until it is known.",
            )
            absent = pc.indices_nonzero(pc.is_null(present)).to_pylist()
            faults |= dict.fromkeys(absent, fault)
        parsed[column.name] = replace(read, faults=faults, notes=(*missing, *read.notes))
    return parsed, directories


def _described(column: Column) -> str:
    """What the column holds, as a phrase: the description without its full stop."""
    kind = "an amount" if column.unit else {"date": "a date", "number": "a number"}.get(column.type)
    return kind or f"a value ({column.description.rstrip('.').lower()})"


def _note_faults(findings: Findings, column: Column, parsed: Parsed, contract: Contract) -> None:
    """Notes what could not be read: the row waits where figures need the cell, else it loads
    with the cell left empty."""
    faults, severity = parsed.faults, Severity.ERROR
    if not costs_the_row(column, contract):
        severity = Severity.WARNING
        loads = " The row loads without it."
        faults = {place: replace(one, fix=one.fix + loads) for place, one in faults.items()}
    findings.note(column.name, faults, severity)
    findings.note(column.name, parsed.warnings, Severity.WARNING)


def _typed(given: Iterable[Column], parsed: dict[str, Parsed], size: int) -> pa.Table:
    """The columns read, with `_n`, the place of the row in the sheet."""
    columns: dict[str, pa.ChunkedArray | pa.Array] = {"_n": pa.array(np.arange(size))}
    for column in given:
        columns |= parsed[column.name].values
    return pa.table(columns)


def _note_incomplete(
    findings: Findings,
    contract: Contract,
    typed: pa.Table,
    names: tuple[str, ...],
    known: Known,
) -> None:
    """A register's file may lack columns, but only for what the records hold already."""
    lacking = [in_words(c.name) for c in contract.columns if c.required and c.name not in names]
    (key,) = contract.key
    if not lacking or key not in names:
        return
    held = pa.array([k for k, _ in known.names.get(contract.name, ())], pa.string())
    is_new = pc.and_(pc.invert(pc.is_in(typed[key], value_set=held)), pc.is_valid(typed[key]))
    fault = Fault(
        f"a {contract.one} the records hold already, as the file has no {listed(lacking)}",
        f"Correct it, or add {listed(lacking)} to the file for a new {contract.one}.",
    )
    for place in pc.indices_nonzero(is_new).to_pylist():
        findings.add(place, key, fault)


def _note_conflicts(
    con: duckdb.DuckDBPyConnection,
    findings: Findings,
    contract: Contract,
    typed: pa.Table,
) -> list[int]:
    """Notes rows that give one key differently; the places of rows that merely repeat one."""
    repeated, groups = conflicts(con, contract, typed, findings.errors, findings.faulty)
    findings.note_conflicts(contract, groups)
    return repeated


def _note_repeated(
    findings: Findings, contract: Contract, typed: pa.Table, repeated: list[int]
) -> None:
    """Says of rows that repeat another to the letter that they count once, and their money."""
    if not repeated:
        return
    money = next((typed[name] for name in MONEY if name in typed.column_names), None)
    total = None if money is None else pc.sum(money.take(pa.array(repeated))).as_py()
    rows = [str(findings.sheet.numbers[place].as_py()) for place in repeated[:NAMED]]
    more = f" and {len(repeated) - NAMED:,} more" if len(repeated) > NAMED else ""
    worth = "" if total is None else f", {total:,.2f} in all"
    findings.general.append(
        Problem(
            row=None,
            column=None,
            found=f"{len(repeated):,} such: row {', '.join(rows)}{more}{worth}",
            expected=f"each {contract.one} once; rows that repeat another to the letter count once",
            fix="Nothing to do if they are the same thing twice; if each is one of its own, give "
            "each a number of its own (a line number, for instance) and load again.",
            severity=Severity.WARNING,
        )
    )


def _no_receipt(names: tuple[str, ...]) -> Problem:
    """What a file of payments without days of receipt cannot tell."""
    instead = (
        "There is an invoice date: it can stand for the day of receipt, if you say "
        "that it does for all rows."
        if "invoiced_on" in names
        else "Ask for an extract that has the day each invoice was received."
    )
    return Problem(
        row=None,
        column=None,
        found=None,
        expected="a day of receipt for each row: without it there is no time to payment",
        fix=f"The payments count in spend. {instead}",
        severity=Severity.WARNING,
    )


def _rows(sheet: Sheet, contract: Contract, typed: pa.Table, names: tuple[str, ...]) -> pa.Table:
    """The stored columns in the contract's order and types, with the sheet and the row."""
    kinds = {name: ARROW_TYPES[kind] for name, kind in contract.stored}
    stored = contract.stored_of(names)
    columns = [typed[name].cast(kinds[name]) for name in stored]
    same_sheet = pa.repeat(pa.scalar(sheet.name, pa.string()), len(sheet))
    schema = pa.schema(
        [
            *((name, kinds[name]) for name in stored),
            ("_sheet", pa.string()),
            ("_row", pa.int64()),
        ]
    )
    return pa.table([*columns, same_sheet, sheet.numbers], schema=schema)


def _but(rows: pa.Table, places: Collection[int]) -> pa.Table:
    """The rows without those at the places."""
    if not places:
        return rows
    kept = np.ones(len(rows), bool)
    kept[list(places)] = False
    return rows.filter(pa.array(kept))


def _set_aside(
    sheet: Sheet,
    findings: Findings,
    keys: dict[int, tuple[str, ...]],
    contract: Contract,
) -> tuple[SetAside, ...]:
    places = sorted(findings.errors)
    unread = {place for name in contract.key for place in findings.faulty.of(name)}
    cells = sheet.cells.take(pa.array(places, pa.int64())).to_pylist()
    return tuple(
        SetAside(
            sheet=sheet.name,
            row=sheet.numbers[place].as_py(),
            cells=row,
            key=None if place in unread else keys[place],
            problems=tuple(findings.errors[place] + findings.warnings.get(place, [])),
        )
        for place, row in zip(places, cells, strict=True)
    )


def _stubs(
    contract: Contract, directories: dict[str, Directory], rows: pa.Table
) -> tuple[Stub, ...]:
    """The names added without details that a row which loads really uses."""
    used: dict[str, set[str]] = defaultdict(set)
    for column in contract.columns:
        if column.name in directories and column.name in rows.column_names:
            used[column.reference] |= set(pc.unique(rows[column.name]).to_pylist())
    registers = {id(directory): directory for directory in directories.values()}
    return tuple(
        stub
        for directory in registers.values()
        for key, stub in directory.stubs.items()
        if key in used[directory.table]
    )


def _latest(contract: Contract, typed: pa.Table, today: date) -> date | None:
    """The latest day anything in the file happened; days still to come are slips."""
    days = [
        pc.max(typed[c.name].filter(pc.less_equal(typed[c.name], today))).as_py()
        for c in contract.columns
        if c.happened and c.name in typed.column_names
    ]
    return max((day for day in days if day is not None), default=None)
