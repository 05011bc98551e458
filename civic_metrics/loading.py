"""The command `load`: files in, with everything that is said of them on the command line."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from civic_metrics.arguments import Wrong, pairs
from civic_metrics.contracts import Contract
from civic_metrics.exchange import with_problems
from civic_metrics.intake import (
    CAN_BE_ADDED,
    WITH_VAT,
    WITHOUT_VAT,
    Answer,
    Answers,
    Declared,
    Loaded,
    Loading,
    Meaning,
    Refused,
    known_to,
    open_with_reference,
    prepare,
    rows_for_no_variation,
    table_called,
    upload,
)
from civic_metrics.ledger import Ledger, Whole, known_names, remembered, store_path
from civic_metrics.terminal import (
    DONE,
    NOTHING,
    loaded_record,
    print_csv,
    print_json,
    print_loaded,
)

_AMOUNTS = {"with-vat": WITH_VAT, "without-vat": WITHOUT_VAT}


def load_files(given: argparse.Namespace) -> int:
    """Loads every file or, on any error in the words or a file, none of it; the exit status."""
    chosen, constants = pairs(given.map, "--map"), pairs(given.set, "--set")
    if given.table:
        table_asked_for(given.table)
    if given.complete_to and given.complete_to > date.today():
        raise Wrong("--complete-to cannot lie ahead: nothing is known of days still to come.")
    if given.problems and not Path(given.problems).resolve().parent.is_dir():
        raise Wrong(f"--problems: there is no folder {Path(given.problems).parent}.")
    contents = {name: _content(name) for name in given.files}
    with TemporaryDirectory() as folder:
        path = store_path(getattr(given, "store", None))
        if given.dry_run and not path.exists():  # a rehearsal makes no records
            path = Path(folder) / "rehearsal.duckdb"
        elif not path.exists():
            for name in given.files:  # nor does a file that cannot be read
                _prepared(contents[name], name, given, chosen, constants, None)
        ledger = open_with_reference(path)
        try:
            ready = [
                loading
                for name in given.files
                for loading in _prepared(contents[name], name, given, chosen, constants, ledger)
            ]
            outcomes = _loaded(ledger, ready, _declared(given, ledger, ready), given)
        finally:
            ledger.close()
    _print(outcomes, given)
    return DONE if any(outcome.stands for outcome in outcomes) else NOTHING


def table_asked_for(name: str) -> Contract:
    """The table of that name; Wrong, with the nearest, where there is none."""
    try:
        return table_called(name)
    except Refused as unknown:
        raise Wrong(unknown) from unknown


def _content(name: str) -> bytes:
    file = Path(name)
    if not file.is_file():
        raise Refused(f"There is no file called {name}. Check the name and try again.")
    return file.read_bytes()


def _prepared(
    content: bytes,
    name: str,
    given: argparse.Namespace,
    chosen: Mapping[str, str],
    constants: Mapping[str, str],
    ledger: Ledger | None,
) -> list[Loading]:
    """What the file holds; matched as a file of its shape was before, where one was."""
    file_name = Path(name).name

    def as_before(shape: str) -> tuple[str, Mapping[str, str]] | None:
        found = remembered(ledger, shape) if ledger else None
        return (found.table, found.matching) if found else None

    try:
        return prepare(
            content,
            file_name,
            table=given.table,
            sheet=given.sheet,
            chosen=chosen,
            constants=constants,
            remembered=as_before,
            known=known_to(ledger) if ledger else None,
            further=not given.this_table_only,
            names_kept_whole=given.one_name,
            **({"rows_for_no_variation": rows_for_no_variation(ledger)} if ledger else {}),
        )
    except Refused as refusal:
        raise Refused(f"{file_name}: {refusal}") from refusal


def _declared(given: argparse.Namespace, ledger: Ledger, ready: Sequence[Loading]) -> Declared:
    """What the options say of the files."""
    sheets = [one.sheet for one in ready if one.is_main]
    if given.keep_row and len(sheets) > 1:
        raise Wrong("--keep-row names rows of one sheet: load one file, and name its --sheet.")
    missing = [row for row in given.keep_row if all(row not in sheet.rows for sheet in sheets)]
    if missing:
        raise Wrong(f"--keep-row: the file has no row {missing[0]} under its headings.")
    return Declared(
        complete_to=given.complete_to,
        source=given.source,
        create_missing=given.create_missing,
        amounts=_AMOUNTS.get(given.amounts),
        received_when_invoiced=given.receipt_by_invoice_date,
        whole=_whole(given.whole),
        answers=_answers(given, ledger),
        totals_kept=frozenset((sheet.name, row) for sheet in sheets for row in given.keep_row),
    )


def _whole(text: str | None) -> Whole | None:
    if text is None:
        return None
    if not text:
        return Whole()
    try:
        column, start, end = text.split(":")
        return Whole(column.strip(), date.fromisoformat(start), date.fromisoformat(end))
    except ValueError:
        raise Wrong(
            "--whole takes a column and two days, such as paid_on:2026-03-01:2026-03-31, or "
            f"nothing at all; not {text!r}."
        ) from None


def _answers(given: argparse.Namespace, ledger: Ledger) -> dict[tuple[str, str], Answer]:
    """What the options say of names and codes. A name is looked for in every register."""
    said: dict[tuple[str, str], Answer] = {}
    known = {
        register: {text: key for key, name in known_names(ledger, register) for text in (name, key)}
        for register in CAN_BE_ADDED
    }
    for theirs, ours in pairs(given.same, "--same").items():
        found = {register: names[ours] for register, names in known.items() if ours in names}
        if not found:
            raise Wrong(f"--same: the records know no “{ours}”. Name it as the records do.")
        for register, identifier in found.items():
            said[register, theirs] = Answer(Meaning.SAME_AS, identifier)
    for meaning, names in (
        (Meaning.NEW, given.new),
        (Meaning.INDIVIDUAL, given.individual),
        (Meaning.NOTHING, given.not_ours),
    ):
        for register in CAN_BE_ADDED:
            said |= {(register, name): Answer(meaning) for name in names}
    return said


def _where_they_stand(answers: Answers, ready: Sequence[Loading]) -> Answers:
    """The answers for the registers in whose columns their names stand; a name that stands in
    none is left as it is."""
    held: dict[str, set[str]] = {}
    for one in ready:
        columns = {column.name: column.reference for column in one.table.columns}
        texts = {name: {value} for name, value in one.matching.constants.items()}
        texts |= {
            name: {text.strip() for text in one.sheet.cells[heading].unique().to_pylist() if text}
            for name, heading in one.matching.pairs.items()
            if columns[name]
        }
        for name, found in texts.items():
            if columns[name]:
                held.setdefault(columns[name], set()).update(found)
    anywhere = set().union(*held.values())
    return {
        (register, text): answer
        for (register, text), answer in answers.items()
        if text in held.get(register, ()) or text not in anywhere
    }


def _loaded(
    ledger: Ledger,
    ready: Sequence[Loading],
    declared: Declared,
    given: argparse.Namespace,
) -> Sequence[Loaded]:
    """What became of every sheet; where somebody is there, asked first to what day it is
    complete."""
    who = getpass.getuser()
    declared = replace(declared, answers=_where_they_stand(declared.answers, ready))
    asked_for = any(one.table.complete_to != "none" for one in ready)
    somebody_is_there = sys.stdin.isatty() and given.format == "table"
    if asked_for and declared.complete_to is None and somebody_is_there:
        tried = upload(ledger, ready, declared, who=who, keep=False)
        offered = next((one.complete_to for one in tried.loaded if one.complete_to), None)
        declared = replace(declared, complete_to=_ask_complete_to(offered))
    done = upload(ledger, ready, declared, who=who, keep=not given.dry_run).loaded
    order = [Path(name).name for name in given.files]
    return sorted(done, key=lambda one: order.index(one.loading.file_name))


def _ask_complete_to(offered: date | None) -> date | None:
    while True:
        said = input(f"To what day is this extract complete? [{offered or 'YYYY-MM-DD'}] ").strip()
        if not said:
            return offered
        try:
            return date.fromisoformat(said)
        except ValueError:
            print("Write the day as 2026-03-31.")


def _print(outcomes: Sequence[Loaded], given: argparse.Namespace) -> None:
    if given.problems:
        wrong = [one for one in outcomes if one.loading.is_main and one.staged.problems]
        beside = [(one.loading.sheet, one.staged.problems) for one in wrong or outcomes[:1]]
        Path(given.problems).write_bytes(with_problems(beside))
    if given.format == "json":
        print_json([loaded_record(outcome) for outcome in outcomes])
    elif given.format == "csv":
        print_csv([p for outcome in outcomes for p in loaded_record(outcome)["problems"]])
    else:
        for outcome in outcomes:
            print_loaded(outcome, dry=given.dry_run, declared=given.complete_to is not None)
        for option in _options_that_help(outcomes, given):
            print(f"  {option}")


def _options_that_help(outcomes: Sequence[Loaded], given: argparse.Namespace) -> list[str]:
    """How what the problems speak of is said on the command line."""
    said = []
    if not given.create_missing and any(
        unknown.table in CAN_BE_ADDED for one in outcomes for unknown in one.staged.unknown
    ):
        said.append("To add unknown names without details: --create-missing.")
    columns = [set(one.staged.columns) for one in outcomes if one.loading.table.name == "payment"]
    if any("invoiced_on" in names and "received_on" not in names for names in columns):
        said.append("To let the invoice date be the day of receipt: --receipt-by-invoice-date.")
    return said
