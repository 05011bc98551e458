"""People named in a sheet -> pseudonyms, before anything of the sheet is read or written.

Safe by default: a likely name of a person is held under a pseudonym until somebody says that it
is an organisation's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column, Contract
from civic_metrics.intake.matching import Matching
from civic_metrics.intake.names.answers import Answers, Meaning
from civic_metrics.intake.names.person_words import ABOUT
from civic_metrics.intake.names.persons import (
    is_given_name,
    looks_personal,
    pseudonym_of,
)
from civic_metrics.intake.names.references import CAN_BE_ADDED, OF_PEOPLE, Directory, Known
from civic_metrics.intake.names.register_people import people_of_register
from civic_metrics.intake.names.replacing import Replacing
from civic_metrics.intake.parsing.values import without_missing
from civic_metrics.intake.shapes.grants import people_in
from civic_metrics.intake.sheet import Sheet
from civic_metrics.ledger.naming import folded_name

PERSON = "person"
PARTNERSHIP = "partnership"
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# What joins the parts of a name or an identifier that was made of others.
JOINTS = re.compile(r"(_| with | \(|\)|:)")
# How funders' own identifiers in the 360Giving Data Standard begin.
PUBLISHED = "360g-"


def personal_names(
    sheet: Sheet,
    contract: Contract,
    matching: Matching,
    known: Known,
    answers: Answers,
    people: Iterable[str] = (),
) -> dict[str, str]:
    """Text in the sheet -> pseudonym, for every text that is held as a person's name.

    Those answered so, those whose pseudonym the records hold, likely names in a column of
    organisations, of partnerships or of pseudonyms, in the register those that are individuals
    or may be, and `people`, whom the file itself calls so. A text answered as new or as the same
    as an organisation is none, however it is spelt.
    """
    organisations = Directory(OF_PEOPLE, known, create_missing=False, answers=answers)
    found = {OF_PEOPLE: [*people, *people_in(sheet)], PARTNERSHIP: []}
    for (table, text), answer in answers.items():
        if table in found and answer.meaning is Meaning.INDIVIDUAL:
            found[table].append(text)
    directories = {OF_PEOPLE: organisations}
    for column, texts in _columns(sheet, contract, matching):
        if column.reference in found:
            directory = directories.get(column.reference) or Directory(
                column.reference, known, create_missing=False, answers=answers
            )
            directories[column.reference] = directory
            found[column.reference] += [
                text
                for text in _distinct(texts, column)
                if not directory.is_known(text, column.systems)
                and not (directory is not organisations and organisations.is_known(text))
                and (looks_personal(text) or directory.is_known(_pseudonym(text, known)))
            ]
        elif column.holds == PERSON:
            found[OF_PEOPLE] += filter(_is_persons, _distinct(texts, column))
    if contract.name == OF_PEOPLE:
        found[OF_PEOPLE] += people_of_register(sheet, matching, known, organisations)
    called = {table: _answered_as_none(directories.get(table), table, answers) for table in found}
    return {
        text: _pseudonym(text, known)
        for table, texts in found.items()
        for text in dict.fromkeys(texts)
        if folded_name(text) not in called[OF_PEOPLE] | called[table]
    }


def people_in_title(title: str, known: Known) -> list[str]:
    """The likely name of a person in what a file or a sheet is called, without what it is
    about; none where the records know it as another's."""
    words = [word for word in WORD.findall(title) if word.casefold() not in ABOUT]
    name = " ".join(words)
    if not looks_personal(name):
        return []
    others = {folded_name(n or "") for pairs in known.names.values() for _, n in pairs}
    return [] if folded_name(name) in others else [name]


def _pseudonym(text: str, known: Known) -> str:
    return pseudonym_of(text, known.pseudonym)


def _answered_as_none(directory: Directory | None, table: str, answers: Answers) -> set[str]:
    """The texts, folded, that a person has said are the names of an organisation, or of a
    partnership, and so of no person."""
    return {
        folded_name(text)
        for (of, text), answer in answers.items()
        if directory is not None
        and of == table
        and directory.is_known(text)
        and answer.meaning is not Meaning.NOTHING
    }


def made_of_names(
    sheet: Sheet, contract: Contract, matching: Matching, names: Mapping[str, str]
) -> dict[str, str]:
    """Names and identifiers that were made of names that are held ("Jane Smith with The Fund")
    -> the same made of the pseudonyms."""
    if not names:
        return {}
    replacing = Replacing(names)

    def made(part: str) -> str:
        of_funder = part.casefold().startswith(PUBLISHED)
        return (
            replacing.in_text(part) if of_funder else replacing.whole.get(folded_name(part), part)
        )

    found = {}
    for column, texts in _columns(sheet, contract, matching):
        if column.reference in CAN_BE_ADDED or (
            contract.name in CAN_BE_ADDED and column.name in (*contract.key, "name")
        ):
            for text in pc.unique(texts).drop_null().to_pylist():
                after = "".join(map(made, JOINTS.split(text)))
                if after != text and text not in names:
                    found[text] = after
    return found


def pseudonymised(
    sheet: Sheet,
    names: Mapping[str, str],
    contract: Contract | None = None,
    matching: Matching | None = None,
) -> Sheet:
    """The sheet with a pseudonym in place of each name: cells that are one, names inside longer
    texts, and the sheet's own name.

    In columns matched to names of organisations or partnerships, whole cells alone: "John Lewis
    Partnership" is no John Lewis.
    """
    if not names:
        return sheet
    replacing = Replacing(names)
    whole = set()
    if contract and matching:
        whole = {
            heading
            for column, heading in matching.pairs.items()
            if contract.column(column).reference or column in (*contract.key, "name")
        }
    cells = [replacing.in_column(sheet.cells[name], whole=name in whole) for name in sheet.header]
    return replace(
        sheet,
        name=replacing.in_text(sheet.name),
        cells=pa.table(cells, names=list(sheet.header)),
        said=tuple(map(replacing.in_text, sheet.said)),
        totals={place: replacing.in_text(why) for place, why in sheet.totals.items()},
    )


def pseudonymised_matching(matching: Matching, names: Mapping[str, str]) -> Matching:
    """The matching with a pseudonym in place of each name given for every row."""
    replacing = Replacing(names)
    given = {column: replacing.in_text(text) for column, text in matching.constants.items()}
    return replace(matching, constants=given)


def without_names(text: str, names: Mapping[str, str]) -> str:
    """Any text (a file's name, a remark) with a pseudonym in place of each name."""
    return Replacing(names).in_text(text)


def _columns(
    sheet: Sheet, contract: Contract, matching: Matching
) -> Iterator[tuple[Column, pa.ChunkedArray]]:
    """The matched columns with their cells, or the one value given for every row."""
    for column in contract.columns:
        if column.name in matching.constants:
            yield column, pa.chunked_array([[matching.constants[column.name]]], pa.string())
        elif column.name in matching.pairs:
            yield column, sheet.cells[matching.pairs[column.name]]


def _distinct(texts: pa.ChunkedArray, column: Column) -> list[str]:
    different = pa.chunked_array([pc.unique(texts)], pa.string())
    present, _ = without_missing(different, column)
    return present.drop_null().to_pylist()


def _is_persons(text: str) -> bool:
    """Whether a text in a column of pseudonyms is a name; a code with figures is kept."""
    return looks_personal(text) or is_given_name(text)
