"""People named in a sheet -> pseudonyms, before anything of the sheet is read or written.

Safe by default: a likely name of a person is held under a pseudonym until somebody says that it
is an organisation's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column, Contract
from civic_metrics.intake.matching import Matching
from civic_metrics.intake.names.answers import Answers, Meaning
from civic_metrics.intake.names.person_words import ALSO_GIVEN, GIVEN, GIVEN_OR_WORD
from civic_metrics.intake.names.persons import fold_person, looks_personal, pseudonym_of
from civic_metrics.intake.names.references import OF_PEOPLE, Directory, Known
from civic_metrics.intake.names.replacing import Replacing
from civic_metrics.intake.parsing.choices import CROSS, DITTO, YES
from civic_metrics.intake.parsing.values import without_missing
from civic_metrics.intake.sheet import Sheet

# In doubt a mark says that it is a person.
SAID = YES | DITTO | {CROSS}
PERSON = "person"
BETWEEN_NAMES = ";"


def personal_names(
    sheet: Sheet, contract: Contract, matching: Matching, known: Known, answers: Answers
) -> dict[str, str]:
    """Text in the sheet -> pseudonym, for every text that is held as a person's name.

    Those answered so, those whose pseudonym the records hold, likely names in a column of
    organisations or of pseudonyms, and in the register those said to be individuals. A text
    answered as new or as the same as an organisation is none, however it is spelt.
    """
    directory = Directory(OF_PEOPLE, known, create_missing=False, answers=answers)
    names = {
        text: pseudonym_of(text, known.pseudonym)
        for (table, text), answer in answers.items()
        if table == OF_PEOPLE and answer.meaning is Meaning.INDIVIDUAL
    }
    for column, texts in _columns(sheet, contract, matching):
        if column.reference == OF_PEOPLE:
            for text in _distinct(texts, column):
                if directory.is_known(text, column.systems):
                    continue
                pseudonym = pseudonym_of(text, known.pseudonym)
                if looks_personal(text) or directory.is_known(pseudonym):
                    names[text] = pseudonym
        elif column.holds == PERSON:
            named = filter(_is_persons, _distinct(texts, column))
            names |= {text: pseudonym_of(text, known.pseudonym) for text in named}
    if contract.name == OF_PEOPLE:
        named = _said_to_be_individuals(sheet, matching, known)
        names |= {text: pseudonym_of(text, known.pseudonym) for text in named}
    organisations = {
        fold_person(text)
        for (table, text), answer in answers.items()
        if table == OF_PEOPLE and directory.is_known(text) and answer.meaning is not Meaning.NOTHING
    }
    return {text: p for text, p in names.items() if fold_person(text) not in organisations}


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
    return looks_personal(text) or text.casefold() in GIVEN | ALSO_GIVEN | GIVEN_OR_WORD


def _said_to_be_individuals(sheet: Sheet, matching: Matching, known: Known) -> Iterable[str]:
    """The names, and the other names, of the register's rows that are people."""

    def cells(column: str) -> list[str | None]:
        if column in matching.pairs:
            return sheet.cells[matching.pairs[column]].to_pylist()
        return [matching.constants.get(column)] * len(sheet)

    pairs = known.names.get(OF_PEOPLE, ())
    pseudonyms = known.individuals | {name for key, name in pairs if key in known.individuals}
    rows = zip(
        *map(cells, ("organisation", "name", "also_known_as", "is_individual", "kind")),
        strict=True,
    )
    for key, name, others, said, kind in rows:
        is_person = (said or "").casefold() in SAID or (kind or "").casefold() == "individual"
        if is_person or key in known.individuals:
            every = (name or "", *(others or "").split(BETWEEN_NAMES))
            yield from (text for text in map(str.strip, every) if _is_name(text, pseudonyms))


def _is_name(text: str, pseudonyms: frozenset[str]) -> bool:
    """Whether the text is a name still, and no pseudonym or identifier."""
    is_code = " " not in text and any(map(str.isdigit, text))
    return bool(text) and not is_code and text not in pseudonyms
