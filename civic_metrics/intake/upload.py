"""The sheets of a file into the records: one transaction for them all, kept or only tried out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from civic_metrics.contracts import contract
from civic_metrics.intake.checking import Against
from civic_metrics.intake.checking.limits import LoadedBefore, limits_of
from civic_metrics.intake.declaring import Declared
from civic_metrics.intake.files import Loading, in_order
from civic_metrics.intake.matching import match, shape_of
from civic_metrics.intake.matching.claims import ROWS_FOR_NO_VARIATION
from civic_metrics.intake.names.identifying import with_identifiers
from civic_metrics.intake.names.pseudonyms import (
    made_of_names,
    people_in_title,
    personal_names,
    pseudonymised,
    pseudonymised_matching,
    without_names,
)
from civic_metrics.intake.names.redacting import redact
from civic_metrics.intake.names.references import Code, Known
from civic_metrics.intake.names.register_people import with_people_marked
from civic_metrics.intake.names.remembering import confirmed
from civic_metrics.intake.naming import listed
from civic_metrics.intake.sheet import Refused, Sheet
from civic_metrics.intake.staging import stage
from civic_metrics.ledger import (
    Counts,
    Effect,
    Ledger,
    Origin,
    Staged,
    Waiting,
    also_known_as,
    individuals,
    known_codes,
    known_names,
    load_into,
    loaded_periods,
    set_aside,
    successors,
    without_details,
)

# Told how far a load is: what is being done, and the share of it that is done, 0 to 1. It may
# raise to stop the load: nothing is kept then.
Progress = Callable[[str, float], None]
ANSWERS = "Answers given on loading"
# Where an organisation has a number, and the org-id.guide prefix of that register.
REGISTER_NUMBERS = {
    "charity_number": "GB-CHC",
    "company_number": "GB-COH",
    "ukprn": "GB-UKPRN",
}


@dataclass(frozen=True)
class Loaded:
    """What became of one sheet. `batch` is None where it was only tried out."""

    loading: Loading
    staged: Staged
    effect: Effect
    complete_to: date | None
    sha256: str
    batch: int | None

    @property
    def counts(self) -> Counts:
        """What became of every row read."""
        return self.effect.counts

    @property
    def stands(self) -> int:
        """Rows of the file that stand in the records now."""
        return self.counts.new + self.counts.changed + self.counts.unchanged


@dataclass(frozen=True)
class Uploaded:
    """What became of every sheet of a file; `seen` is what was looked at in the records, without
    the file and with it."""

    loaded: tuple[Loaded, ...]
    seen: tuple[Any, Any] = (None, None)


def upload(
    ledger: Ledger,
    loadings: Sequence[Loading],
    declared: Declared,
    *,
    who: str,
    keep: bool = True,
    expected_version: int | None = None,
    look: Callable[[Ledger], Any] | None = None,
    progress: Progress = lambda doing, share: None,
) -> Uploaded:
    """Loads every sheet or, on any error, none; with `keep=False` all of it is taken back again.

    A preview is thus the load itself, and `look` sees the records as they would be. Refused
    where the records are no longer at `expected_version`, that of the preview a person saw.
    """
    wanted = [
        one for one in in_order(loadings) if one.is_main or one.table.name not in declared.left_out
    ]
    progress("Looking for names of people", 0.0)
    _refuse_parts_of_a_whole(wanted, declared)
    names = _people(ledger, wanted, declared)
    files = {one.content: _kept(one, names) for one in wanted}
    answers = _answers(ledger, wanted, declared, names, who)
    written = [*files.values(), *((one.content, one.file_name) for one, _ in answers)]
    with ledger.writing(keep=keep, files=written) as cursor:
        pending = ledger.pending(cursor)
        if expected_version is not None and pending.version != expected_version:
            raise Refused(
                "The records have changed since this was checked. Look at what would become of "
                "the file now, then load it."
            )
        progress("Looking at the figures", 0.0)
        before = look(pending) if look else None
        for origin, staged in answers:
            load_into(cursor, staged, origin)
        done: list[Loaded] = []
        for number, loading in enumerate(wanted):
            progress(f"Checking {loading.what}", number / len(wanted))
            staged, origin = _staged(pending, loading, declared, names, who, files[loading.content])
            progress(f"Writing {loading.what}", (number + 0.6) / len(wanted))
            effect = load_into(cursor, staged, origin)
            batch = effect.batch if keep else None
            done.append(Loaded(loading, staged, effect, origin.complete_to, origin.sha256, batch))
        progress("Looking at the figures", 1.0)
        after = look(pending) if look else None
        progress("Keeping it" if keep else "Taking it back", 1.0)
    return Uploaded(tuple(done), (before, after))


def _refuse_parts_of_a_whole(loadings: Sequence[Loading], declared: Declared) -> None:
    """Refused where two sheets hold one table and each is said to be all there is of it."""
    tables = [one.table.title for one in loadings if one.is_main]
    twice = [title for title in dict.fromkeys(tables) if tables.count(title) > 1]
    if declared.whole and twice:
        raise Refused(
            f"Several sheets or files hold {listed(twice).lower()}, and none of them alone is all "
            "there is. Put their rows into one sheet, or load them as adding to what is there."
        )


def _people(ledger: Ledger, loadings: Sequence[Loading], declared: Declared) -> dict[str, str]:
    """Every text of the file that is held as the name of a person, with its pseudonym."""
    known = known_to(ledger)
    names: dict[str, str] = {}
    for one in loadings:
        sheet = edited(one.sheet, declared.edits)
        titles = (Path(one.file_name).stem, one.sheet.name)
        titled = [name for title in titles for name in people_in_title(title, known)]
        people = (*one.people, *titled)
        names |= personal_names(sheet, one.table, one.matching, known, declared.answers, people)
    made: dict[str, str] = {}
    for one in loadings:
        made |= made_of_names(one.sheet, one.table, one.matching, names)
    return names | made


def _kept(loading: Loading, names: Mapping[str, str]) -> tuple[bytes, str]:
    """The file as it is kept, and its name: without the names of people."""
    path = Path(loading.file_name)
    content, suffix = loading.content, path.suffix
    if names:
        content, suffix = redact(content, loading.file_name, names) or (content, suffix)
    return content, without_names(path.stem, names) + suffix


def _staged(
    ledger: Ledger,
    loading: Loading,
    declared: Declared,
    names: Mapping[str, str],
    who: str,
    kept: tuple[bytes, str],
) -> tuple[Staged, Origin]:
    """The sheet's rows checked against the records as they are now, and where they come from."""
    edits = declared.edits if loading.is_main else {}
    sheet = edited(loading.sheet, edits)
    sheet = pseudonymised(sheet, names, loading.table, loading.matching)
    matching = pseudonymised_matching(loading.matching, names)
    known = known_to(ledger)
    sheet, identified = with_identifiers(sheet, loading.table, matching, known)
    sheet, identified, held = with_people_marked(sheet, loading.table, identified)
    content, file_name = kept
    source = without_names(declared.source or source_of(loading.file_name), names)
    against = Against(
        today=date.today(),
        limits=limits_of(_limits(ledger)),
        loaded=_loaded_before(ledger, loading.table.name),
        file_name=file_name,
        source=source,
        standing=_standing(ledger, loading),
    )
    staged = stage(sheet, loading.table, identified, known, declared, against, names)
    staged = replace(staged, read_as=(*staged.read_as, *held))
    day = None
    if loading.table.complete_to != "none":
        day = declared.complete_to or staged.latest_on
    origin = Origin(
        who=who,
        file_name=file_name,
        content=content,
        sheet=sheet.name,
        source=source,
        matching=matching.pairs,
        constants=matching.constants,
        complete_to=day,
        shape=shape_of(loading.sheet),
        declared=declared.in_words(),
        edits=tuple(
            (row, heading, without_names(text, names))
            for (row, heading), text in sorted(edits.items())
        ),
        whole=declared.whole if loading.is_main and _speaks_of(declared, loading) else None,
        mends=loading.mends or _mended(ledger, loading, sheet),
    )
    return staged, origin


def _speaks_of(declared: Declared, loading: Loading) -> bool:
    """Whether a period that the file is all of is one of this table's dates: the suppliers in a
    workbook of payments have no day paid."""
    column = declared.whole.column if declared.whole else None
    return column is None or column in {one.name for one in loading.table.columns}


def _mended(ledger: Ledger, loading: Loading, sheet: Sheet) -> tuple[str, ...]:
    """Rows set aside before whose key could not be read and that the sheet brings again: in the
    same place, and alike in every cell that nothing was wrong with."""
    waiting = [
        one for one in set_aside(ledger) if not one.has_key and one.table == loading.table.name
    ]
    if not waiting:
        return ()
    places = {number: place for place, number in enumerate(sheet.rows)}
    return tuple(
        one.id
        for one in waiting
        if one.row in places and _is_the_same_row(one, sheet, places[one.row])
    )


def _is_the_same_row(waiting: Waiting, sheet: Sheet, place: int) -> bool:
    wrong = {problem.column for problem in waiting.problems}
    return all(
        heading in sheet.header and sheet.cells[heading][place].as_py() == cell
        for heading, cell in waiting.cells.items()
        if heading not in wrong
    )


def edited(sheet: Sheet, edits: Mapping[tuple[int, str], str]) -> Sheet:
    """The sheet with those cells, by row number and heading, as a person mended them."""
    return sheet.with_cells(edits) if edits else sheet


def rows_for_no_variation(ledger: Ledger) -> int:
    """From how many rows on one value throughout is no date to count days from, by the limits
    in the records."""
    limits = Against(today=date.today(), limits=limits_of(_limits(ledger)))
    return int(limits.at("rows_for_no_variation") or ROWS_FOR_NO_VARIATION)


def _limits(ledger: Ledger) -> list[tuple[str, date | None, date | None, float]]:
    """The limits of plausibility in the records: measure, first day, last day, value."""
    with ledger.cursor() as cursor:
        return cursor.execute(
            "select measure, from_on, to_on, value from ledger.plausibility where _until is null"
        ).fetchall()


def _standing(ledger: Ledger, loading: Loading) -> pa.Table | None:
    """What the records hold of payments, where a file says when they were paid and not when they
    were received: a day paid is then held against the day received that stands."""
    given = {*loading.matching.pairs, *loading.matching.constants}
    if loading.table.name != "payment" or "paid_on" not in given or "received_on" in given:
        return None
    with ledger.cursor() as cursor:
        return cursor.sql(
            "select payee, invoice_ref, line_ref, payment_ref, received_on, paid_on, kind, "
            "is_advance_agreed from ledger.payment where _until is null and not _stub"
        ).to_arrow_table()


def _loaded_before(ledger: Ledger, table: str) -> tuple[LoadedBefore, ...]:
    """Earlier loads of the table that have rows of some day."""
    return tuple(
        LoadedBefore(one.file_name, one.source, one.first_on, one.last_on, one.rows, one.batch)
        for one in loaded_periods(ledger, table)
        if one.first_on is not None and one.last_on is not None
    )


def _answers(
    ledger: Ledger,
    loadings: Sequence[Loading],
    declared: Declared,
    names: Mapping[str, str],
    who: str,
) -> list[tuple[Origin, Staged]]:
    """What a person said of names and codes as a small load of its own, so that it need not be
    asked again; empty where nothing was said that is to be remembered."""
    systems = {
        column.reference: column.systems
        for one in loadings
        for column in one.table.columns
        if column.reference and column.name in one.matching.pairs
    }
    known = known_to(ledger)
    rows = confirmed(declared.answers, known, systems, names)
    if not rows:
        return []
    header = list(rows[0])
    out = io.StringIO()
    table = csv.DictWriter(out, fieldnames=header, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    sheet = Sheet.of(header, [[row[name] for name in header] for row in rows])
    layout = contract("code")
    origin = Origin(
        who=who,
        file_name=f"{ANSWERS} {without_names(Path(loadings[0].file_name).stem, names)}.csv",
        content=out.getvalue().encode(),
        source="answers",
    )
    return [(origin, stage(sheet, layout, match(sheet, layout), known))]


def known_to(ledger: Ledger) -> Known:
    """What the records know that a file may refer to."""
    names = {t: tuple(known_names(ledger, t)) for t in ("organisation", "partnership", "place")}
    registers = ("organisation", "partnership")
    return Known(
        names=names,
        also_known_as={table: also_known_as(ledger, table) for table in registers},
        without_details={table: without_details(ledger, table) for table in registers},
        successors=successors(ledger),
        codes=_codes(ledger),
        individuals=individuals(ledger),
        pseudonym=ledger.pseudonym,
        today=date.today(),
    )


def _codes(ledger: Ledger) -> dict[str, tuple[Code, ...]]:
    """Codes and confirmed names by register, and the numbers organisations have in others."""
    codes = {
        table: tuple(Code(row.system, row.code, row.id) for row in rows)
        for table, rows in known_codes(ledger).items()
    }
    numbers = ", ".join(REGISTER_NUMBERS)
    with ledger.cursor() as cursor:
        rows = cursor.execute(
            f"select organisation, {numbers} from ledger.organisation where _until is null"
        ).fetchall()
    registered = [
        Code(system, number, identifier)
        for identifier, *held in rows
        for system, number in zip(REGISTER_NUMBERS.values(), held, strict=True)
        if number
    ]
    codes["organisation"] = (*codes.get("organisation", ()), *registered)
    return codes


def source_of(file_name: str) -> str:
    """The name of a file without its dates and numbers: each month's extract is one source."""
    words = re.sub(r"[\W\d_]+", " ", Path(file_name).stem).strip().lower()
    return words or Path(file_name).stem
