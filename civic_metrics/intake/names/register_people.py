"""People in a register of organisations or suppliers: who is one, and the row that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa

from civic_metrics.contracts import Contract
from civic_metrics.intake.matching import Matching
from civic_metrics.intake.names.persons import is_pseudonym, looks_personal
from civic_metrics.intake.names.references import OF_PEOPLE, Directory, Known
from civic_metrics.intake.parsing.choices import CROSS, DITTO, NO, YES
from civic_metrics.intake.sheet import Sheet
from civic_metrics.ledger.batch import ReadAs

# In doubt a mark says that it is a person.
SAID = YES | DITTO | {CROSS}
BETWEEN_NAMES = ";"
NUMBERS = ("charity_number", "company_number", "ukprn")
# Registers that no person is in, by how their identifiers begin (org-id.guide).
REGISTERED = ("GB-CHC-", "GB-SC-", "GB-NIC-", "GB-COH-", "GB-UKPRN-", "XI-")
# Kinds of organisation a person trading alone may be given.
MAY_BE_ONE = ("", "individual", "business", "other")
IS_INDIVIDUAL = "is_individual"
HELD = (
    "likely names of people held as pseudonyms: where it is an organisation, put “no” in the "
    "column is_individual"
)


def people_of_register(
    sheet: Sheet, matching: Matching, known: Known, organisations: Directory
) -> Iterator[str]:
    """The names, and the other names, of the register's rows that are people or may be: those
    said to be, and those so called of which neither the row nor the records tell otherwise."""
    pairs = known.names.get(OF_PEOPLE, ())
    pseudonyms = known.individuals | {name for key, name in pairs if key in known.individuals}
    columns = ("organisation", "name", "also_known_as", IS_INDIVIDUAL, "kind", *NUMBERS)
    for key, name, others, said, kind, *numbers in zip(
        *(_cells(sheet, matching, column) for column in columns), strict=True
    ):
        mark, kind = (said or "").casefold(), (kind or "").casefold()
        name = name or key or ""
        is_person = mark in SAID or kind == "individual" or key in known.individuals
        is_other = (
            mark in NO
            or kind not in MAY_BE_ONE
            or any(numbers)
            or (key or "").upper().startswith(REGISTERED)
        )
        if is_person or (
            not is_other and looks_personal(name) and not organisations.is_known(name)
        ):
            every = (name, *(others or "").split(BETWEEN_NAMES))
            yield from (text for text in map(str.strip, every) if _is_name(text, pseudonyms))


def with_people_marked(
    sheet: Sheet, contract: Contract, matching: Matching
) -> tuple[Sheet, Matching, tuple[ReadAs, ...]]:
    """The register with every row that goes by a pseudonym marked as an individual's, and what
    to tell of it."""
    if contract.name != OF_PEOPLE:
        return sheet, matching, ()
    said = _cells(sheet, matching, IS_INDIVIDUAL)
    names = zip(_cells(sheet, matching, "name"), _cells(sheet, matching, OF_PEOPLE), strict=True)
    held = [
        place
        for place, ((name, key), mark) in enumerate(zip(names, said, strict=True))
        if is_pseudonym(name or key or "") and not mark
    ]
    if not held:
        return sheet, matching, ()
    marks = list(said)
    for place in held:
        marks[place] = "yes"
    heading = matching.pairs.get(IS_INDIVIDUAL, IS_INDIVIDUAL)
    while IS_INDIVIDUAL not in matching.pairs and heading in sheet.header:
        heading += " "
    texts = pa.chunked_array([marks], pa.string())
    if heading in sheet.header:
        cells = sheet.cells.set_column(sheet.header.index(heading), heading, texts)
    else:
        cells = sheet.cells.append_column(heading, texts)
    wider = replace(sheet, header=tuple(cells.column_names), cells=cells)
    pairs = {**matching.pairs, IS_INDIVIDUAL: heading}
    constants = {name: v for name, v in matching.constants.items() if name != IS_INDIVIDUAL}
    marked = replace(matching, pairs=pairs, constants=constants)
    return wider, marked, (ReadAs(IS_INDIVIDUAL, HELD, len(held)),)


def _cells(sheet: Sheet, matching: Matching, column: str) -> list[str | None]:
    if column in matching.pairs and column not in matching.constants:
        return sheet.cells[matching.pairs[column]].to_pylist()
    return [matching.constants.get(column)] * len(sheet)


def _is_name(text: str, pseudonyms: frozenset[str]) -> bool:
    """Whether the text is a name still, and no pseudonym or identifier."""
    is_code = " " not in text and any(map(str.isdigit, text))
    return bool(text) and not is_code and text not in pseudonyms
