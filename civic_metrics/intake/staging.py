"""A matched sheet -> a staged batch: cells read, rows checked, every row accounted for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column, Contract
from civic_metrics.intake.adopting import adopt
from civic_metrics.intake.amounts import ARROW_TYPES
from civic_metrics.intake.checking import check
from civic_metrics.intake.findings import Findings
from civic_metrics.intake.keys import conflicts, key_texts, number_the_unnumbered
from civic_metrics.intake.matching import REGISTERS, Matching
from civic_metrics.intake.naming import listed
from civic_metrics.intake.parsing import read_column
from civic_metrics.intake.references import Directory, Known, read_references
from civic_metrics.intake.sheet import Refused, Sheet, tidy
from civic_metrics.intake.values import Fault, Parsed, without_missing
from civic_metrics.ledger.batch import Problem, ReadAs, SetAside, Severity, Staged, Stub


def connect() -> duckdb.DuckDBPyConnection:
    """A connection of its own in memory that reaches no file, no frame and no network."""
    settings = {"enable_external_access": "false", "python_enable_replacements": "false"}
    return duckdb.connect(":memory:", config=settings)


def stage(
    sheet: Sheet,
    contract: Contract,
    matching: Matching,
    known: Known,
    *,
    create_missing: bool = False,
) -> Staged:
    """The sheet's rows ready to load, those set aside with all their problems, and the counts.

    Rows read are the rows loaded, repeated, set aside and excluded together. With
    `create_missing` unknown organisations and partnerships are added without details.
    Refused where two of their columns still compete for one of ours.
    """
    if matching.competing:
        raise Refused(matching.choice_needed)
    given = [c for c in contract.columns if c.name in (*matching.pairs, *matching.constants)]
    texts = {c.name: _texts(sheet, matching, c.name) for c in given}
    headings = {c.name: matching.pairs.get(c.name, c.name) for c in contract.columns}
    findings = Findings(sheet, headings, texts)
    with connect() as con:
        parsed, directories = _read_all(
            con, sheet, given, texts, known, create_missing=create_missing
        )
        for column in given:
            if column.name in matching.constants and parsed[column.name].faults:
                raise Refused(_bad_constant(column, matching, parsed[column.name]))
            _note_faults(findings, column, parsed[column.name])
        typed = _typed(given, parsed, len(sheet))
        typed, adopted = adopt(typed, contract, known)
        if contract.name == "payment":
            typed = number_the_unnumbered(con, typed)
        names = tuple(c.name for c in contract.columns if c.name in typed.column_names)
        con.register("typed", typed)
        for finding in check(con, contract, names, known.today):
            findings.take(finding)
        if contract.name in REGISTERS:
            _note_incomplete(findings, contract, typed, names, known)
        repeated = _note_conflicts(con, findings, contract, typed)
        keys = key_texts(typed, contract, sorted(findings.errors))
    out = pa.array(sorted({*findings.errors, *repeated}), pa.int64())
    kept = pc.invert(pc.is_in(typed["_n"], value_set=out))
    rows = _rows(sheet, contract, typed, names).filter(kept)
    notes = [ReadAs(c.name, *note) for c in given for note in parsed[c.name].notes]
    if adopted:
        notes.append(ReadAs(contract.key[0], "taken as details of a name added before", adopted))
    return Staged(
        table=contract.name,
        columns=names,
        rows=rows,
        rows_read=len(sheet),
        set_aside=_set_aside(sheet, findings, keys, contract),
        warnings=_warnings(findings, repeated),
        repeated=len(repeated),
        stubs=_stubs(contract, directories, rows),
        read_as=tuple(notes),
        latest_on=_latest(contract, rows, known.today),
    )


def _bad_constant(column: Column, matching: Matching, parsed: Parsed) -> str:
    fault = next(iter(parsed.faults.values()))
    given = matching.constants[column.name]
    return f"“{given}” cannot be the {column.name} of every row: expected {fault.expected}."


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
    *,
    create_missing: bool,
) -> tuple[dict[str, Parsed], dict[str, Directory]]:
    """Every column read, required ones with a fault where they are empty."""
    parsed: dict[str, Parsed] = {}
    directories: dict[str, Directory] = {}
    for column in given:
        present, missing = without_missing(texts[column.name], column)
        if column.reference:
            directory = directories.setdefault(
                column.reference,
                Directory(column.reference, known, create_missing=create_missing),
            )
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
        parsed[column.name] = Parsed(read.values, faults, read.warnings, (*missing, *read.notes))
    return parsed, directories


def _described(column: Column) -> str:
    """What the column holds, as a phrase: the description without its full stop."""
    kind = "an amount" if column.unit else {"date": "a date", "number": "a number"}.get(column.type)
    return kind or f"a value ({column.description.rstrip('.').lower()})"


def _note_faults(findings: Findings, column: Column, parsed: Parsed) -> None:
    for place, fault in parsed.faults.items():
        findings.add(place, column.name, fault)
    for place, fault in parsed.warnings.items():
        findings.add(place, column.name, fault, Severity.WARNING)


def _typed(given: Iterable[Column], parsed: dict[str, Parsed], size: int) -> pa.Table:
    """The columns read, with `_n`, the place of the row in the sheet."""
    columns: dict[str, pa.ChunkedArray | pa.Array] = {"_n": pa.array(range(size), pa.int64())}
    for column in given:
        columns |= parsed[column.name].values
    return pa.table(columns)


def _note_incomplete(
    findings: Findings, contract: Contract, typed: pa.Table, names: tuple[str, ...], known: Known
) -> None:
    """A register's file may lack columns, but only for what the records hold already."""
    lacking = [c.name for c in contract.columns if c.required and c.name not in names]
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
    con: duckdb.DuckDBPyConnection, findings: Findings, contract: Contract, typed: pa.Table
) -> list[int]:
    """Notes rows that give one key differently; the places of rows that merely repeat one."""
    repeated, groups = conflicts(con, contract, typed, findings.errors, findings.faulty)
    for group in groups:
        rows = {place: findings.sheet.numbers[place].as_py() for place in group.places}
        key = [name for name in contract.key if name in findings.texts] or [contract.key[0]]
        differing = [findings.headings[name] for name in group.differing]
        for place in group.places:
            others = [str(row) for other, row in rows.items() if other != place]
            same = f"row {others[0]} has" if len(others) == 1 else f"rows {listed(others)} have"
            where = f" in {listed(differing)}" if differing else ""
            problem = Problem(
                row=rows[place],
                column=findings.headings[key[-1]],
                found=" / ".join(
                    str(findings.texts[n][place].as_py() or "") for n in key if n in findings.texts
                ),
                expected=f"one row for each {contract.one}; {same} the same key"
                f" but differ{'s' if len(others) == 1 else ''}{where}",
                fix="Keep the right row, or give each its own number.",
            )
            findings.errors[place].append(problem)
    return repeated


def _rows(sheet: Sheet, contract: Contract, typed: pa.Table, names: tuple[str, ...]) -> pa.Table:
    """The stored columns in the contract's order and types, with the sheet and the row."""
    kinds = {name: ARROW_TYPES[kind] for name, kind in contract.stored}
    stored = contract.stored_of(names)
    columns = [typed[name].cast(kinds[name]) for name in stored]
    same_sheet = pa.repeat(pa.scalar(sheet.name, pa.string()), len(sheet))
    schema = pa.schema(
        [*((name, kinds[name]) for name in stored), ("_sheet", pa.string()), ("_row", pa.int64())]
    )
    return pa.table([*columns, same_sheet, sheet.numbers], schema=schema)


def _set_aside(
    sheet: Sheet, findings: Findings, keys: dict[int, tuple[str, ...]], contract: Contract
) -> tuple[SetAside, ...]:
    places = sorted(findings.errors)
    cells = sheet.cells.take(pa.array(places, pa.int64())).to_pylist()
    return tuple(
        SetAside(
            sheet=sheet.name,
            row=sheet.numbers[place].as_py(),
            cells=row,
            key=None
            if any((place, name) in findings.faulty for name in contract.key)
            else keys[place],
            problems=tuple(findings.errors[place] + findings.warnings.get(place, [])),
        )
        for place, row in zip(places, cells, strict=True)
    )


def _warnings(findings: Findings, repeated: list[int]) -> tuple[Problem, ...]:
    """Warnings of the rows that load: those of the others stand beside their errors."""
    left_out = {*findings.errors, *repeated}
    of_rows = [
        problem
        for place in sorted(findings.warnings)
        if place not in left_out
        for problem in findings.warnings[place]
    ]
    return (*findings.general, *of_rows)


def _stubs(
    contract: Contract, directories: dict[str, Directory], rows: pa.Table
) -> tuple[Stub, ...]:
    """The names added without details that a row which loads really uses."""
    used: dict[str, set[str]] = defaultdict(set)
    for column in contract.columns:
        if column.reference in directories and column.name in rows.column_names:
            used[column.reference] |= set(pc.unique(rows[column.name]).to_pylist())
    return tuple(
        stub
        for table, directory in directories.items()
        for key, stub in directory.stubs.items()
        if key in used[table]
    )


def _latest(contract: Contract, rows: pa.Table, today: date) -> date | None:
    """The latest day anything in the loaded rows happened, at most today."""
    days = [
        pc.max(rows[c.name]).as_py()
        for c in contract.columns
        if c.happened and c.name in rows.column_names
    ]
    known = [day for day in days if day is not None]
    return min(max(known), today) if known else None
