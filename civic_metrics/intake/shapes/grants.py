"""Grants published in the 360Giving Data Standard -> one plain table of grants.

Knows the standard's headings and JSON names (schema 1.4.3), numbered columns, sheets of further
details and repeated rows; what becomes of the grants is for giving.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.intake.names.person_words import NOBODY
from civic_metrics.intake.names.persons import is_given_name, looks_personal
from civic_metrics.intake.naming import fold_heading
from civic_metrics.intake.sheet import Refused, Sheet
from civic_metrics.ledger.naming import folded_name

# The standard's objects by their JSON name, and what spreadsheets call them.
OBJECTS = {
    "recipientOrganization": "Recipient Org",
    "recipientIndividual": "Recipient Ind",
    "fundingOrganization": "Funding Org",
    "beneficiaryLocation": "Beneficiary Location",
    "plannedDates": "Planned Dates",
    "actualDates": "Actual Dates",
    "grantProgramme": "Grant Programme",
    "classifications": "Classifications",
    "location": "Location",
}
# Its fields likewise, where the two differ by more than case and blanks.
FIELDS = {
    "id": "Identifier",
    "amountAppliedFor": "Amount Applied For",
    "amountApplied": "Amount Applied For",
    "duration": "Duration (months)",
    "geoCode": "Geographic Code",
    "geoCodeType": "Geographic Code Type",
    "dataSource": "Data Source",
    "dateModified": "Last Modified",
}
_SAME = {fold_heading(a): fold_heading(b) for a, b in (OBJECTS | FIELDS).items()} | {
    "recipientorganisation": "recipientorg",
    "fundingorganisation": "fundingorg",
    "recipientindividual": "recipientind",
}
_REPEATED = re.compile(r" \((\d+)\)$")

# What is taken of a grant: our word for it and where the standard has it.
TAKEN = {
    "grant": ("identifier",),
    "currency": ("currency",),
    "amount": ("amountawarded",),
    "awarded": ("awarddate",),
    "start": ("planneddates", "startdate"),
    "finish": ("planneddates", "enddate"),
    "months": ("planneddates", "durationmonths"),
    "recipient_id": ("recipientorg", "identifier"),
    "recipient": ("recipientorg", "name"),
    "recipient_charity": ("recipientorg", "charitynumber"),
    "recipient_company": ("recipientorg", "companynumber"),
    "recipient_postcode": ("recipientorg", "postalcode"),
    "funder_id": ("fundingorg", "identifier"),
    "funder": ("fundingorg", "name"),
    "funder_charity": ("fundingorg", "charitynumber"),
    "funder_company": ("fundingorg", "companynumber"),
    "funder_postcode": ("fundingorg", "postalcode"),
}
PLACE_CODE = ("beneficiarylocation", "geographiccode")
PLACE_NAME = ("beneficiarylocation", "name")
FREE_TEXT = (("title",), ("description",))
PERSON = "recipientind"
_EMAIL = r"[\w.+-]+@[\w-]+\.[\w.]+"
# What of a person the standard gives and funders add that tells who it is.
TELLING = re.compile(r"name|email|mail|phone|mobile|streetaddress|^title$")

Path = tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of the standard: where it belongs, and which of several it is."""

    text: str
    path: Path
    number: int


@dataclass(frozen=True)
class Grants:
    """The rows that state grants, each by sheet and place in it; the locations of grants
    likewise; and the headings nothing was taken from."""

    rows: pa.Table
    locations: pa.Table
    not_taken: tuple[str, ...]
    other_sheets: tuple[str, ...]


def headings_of(sheet: Sheet) -> tuple[Heading, ...]:
    """The sheet's headings as the standard has them, whatever their case and numbering."""
    return tuple(_heading(text, sheet.header) for text in sheet.header)


def _heading(text: str, header: Sequence[str]) -> Heading:
    repeated = _REPEATED.search(text)
    base = _REPEATED.sub("", text)
    is_repeat = repeated is not None and base in header
    parts = [part.strip() for part in re.split(r"[:/]", base if is_repeat else text)]
    number = next((int(part) for part in parts if part.isdigit()), 0)
    folded = [fold_heading(part) for part in parts if part and not part.isdigit()]
    path = tuple(_SAME.get(part, part) for part in folded)
    return Heading(text, path, number + (100 * int(repeated[1]) if is_repeat else 0))


def states_grants(sheet: Sheet) -> bool:
    """Whether the sheet has what every grant of the standard must have."""
    paths = {heading.path for heading in headings_of(sheet)}
    firsts = {path[0] for path in paths if len(path) > 1}
    whom = {"recipientorg", PERSON} & firsts
    return TAKEN["amount"] in paths and "fundingorg" in firsts and bool(whom)


def gathered(sheets: Sequence[Sheet]) -> Grants:
    """Every grant of the sheets; a sheet with grant identifiers and no amounts adds to them."""
    rows, locations, unread, others = [], [], [], []
    for at, sheet in enumerate(sheets):
        headings = headings_of(sheet)
        is_main = states_grants(sheet)
        if not is_main and not _adds(headings):
            others.append(sheet.name)
            continue
        rows.append(_rows(sheet, at, headings, is_main=is_main))
        locations += _locations(sheet, at, headings)
        taken = {*TAKEN.values(), PLACE_CODE, PLACE_NAME, *FREE_TEXT}
        unread += [h.text for h in headings if h.path not in taken and h.path[:1] != (PERSON,)]
    return Grants(
        rows=pa.concat_tables(rows),
        locations=pa.concat_tables(locations) if locations else _no_locations(),
        not_taken=tuple(dict.fromkeys(unread)),
        other_sheets=tuple(others),
    )


def people_in(sheet: Sheet) -> tuple[str, ...]:
    """The texts of a sheet of grants that tell who a person is: of the people who receive them,
    and e-mail addresses and contacts that are a person's."""
    if not any("grant" in text.casefold() or ":" in text for text in sheet.header):
        return ()
    headings = headings_of(sheet)
    if not states_grants(sheet) and not _adds(headings):
        return ()
    found: list[str] = []
    for heading in headings:
        texts = pc.unique(sheet.cells[heading.text]).drop_null().to_pylist()
        last = heading.path[-1] if heading.path else ""
        if heading.path[:1] == (PERSON,) and len(heading.path) > 1:
            if TELLING.search(last):
                found += filter(_is_somebody, texts)
            elif last == "identifier":
                found += (text for text in texts if not any(map(str.isdigit, text)))
        elif last.startswith("contact"):
            found += filter(looks_personal, texts)
        found += (one for text in texts for one in re.findall(_EMAIL, text) if _is_persons(one))
    return tuple(dict.fromkeys(found))


def _is_somebody(text: str) -> bool:
    return bool(set(folded_name(text).split()) - NOBODY)


def _is_persons(email: str) -> bool:
    """Whether an e-mail address is a person's, and no office's."""
    own = re.split(r"[._+-]+", email.partition("@")[0])
    return is_given_name(own[0]) or looks_personal(" ".join(own))


def _adds(headings: Iterable[Heading]) -> bool:
    paths = {heading.path for heading in headings}
    objects = {fold_heading(title) for title in OBJECTS.values()}
    return TAKEN["grant"] in paths and any(p[0] in objects for p in paths if len(p) > 1)


def _cells(sheet: Sheet, headings: Iterable[Heading], path: Path) -> pa.ChunkedArray:
    """The first of the columns of that path that is filled, row by row."""
    found = sorted((h for h in headings if h.path == path), key=lambda h: h.number)
    if not found:
        return pa.chunked_array([pa.nulls(len(sheet), pa.string())])
    return pc.coalesce(*(sheet.cells[heading.text] for heading in found))


def _rows(sheet: Sheet, at: int, headings: Sequence[Heading], *, is_main: bool) -> pa.Table:
    """The rows of one sheet with what is taken of them."""
    size = len(sheet)
    columns = {name: _cells(sheet, headings, path) for name, path in TAKEN.items()}
    people = [sheet.cells[h.text] for h in headings if h.path[:1] == (PERSON,)]
    words = [sheet.cells[h.text] for h in headings if h.path in FREE_TEXT]
    funders = {h.number for h in headings if h.path == TAKEN["funder_id"]}
    second = [
        sheet.cells[h.text]
        for h in headings
        if h.path == TAKEN["funder_id"] and h.number > min(funders)
    ]
    columns |= {
        "sheet": pa.array([at] * size, pa.int64()),
        "place": pa.array(range(size), pa.int64()),
        "is_main": pa.array([is_main] * size, pa.bool_()),
        "has_person": _any(people, pc.is_valid, size),
        "has_email": _any(words, lambda t: pc.match_substring_regex(t, _EMAIL), size),
        "has_second_funder": _any(second, pc.is_valid, size),
    }
    return pa.table(columns).combine_chunks()


def _any(columns: Iterable[pa.ChunkedArray], holds, size: int) -> pa.Array:
    """Whether it holds of any of the columns, row by row."""
    found = pa.chunked_array([pa.array([False] * size, pa.bool_())])
    for column in columns:
        found = pc.or_(found, pc.fill_null(holds(column), False))
    return found


def _locations(sheet: Sheet, at: int, headings: Sequence[Heading]) -> list[pa.Table]:
    """The beneficiary locations of one sheet: one table for each numbered set of columns."""
    grant = _cells(sheet, headings, TAKEN["grant"])
    found = []
    for number in sorted({h.number for h in headings if h.path in (PLACE_CODE, PLACE_NAME)}):
        own = [h for h in headings if h.number == number]
        code, name = _cells(sheet, own, PLACE_CODE), _cells(sheet, own, PLACE_NAME)
        size = len(sheet)
        table = pa.table(
            {
                "sheet": pa.array([at] * size, pa.int64()),
                "place": pa.array(range(size), pa.int64()),
                "grant": grant,
                "code": code,
                "name": name,
            }
        )
        found.append(table.filter(pc.or_(pc.is_valid(code), pc.is_valid(name))).combine_chunks())
    return found


def _no_locations() -> pa.Table:
    kinds = {"sheet": pa.int64(), "place": pa.int64()}
    kinds |= dict.fromkeys(("grant", "code", "name"), pa.string())
    return pa.schema(list(kinds.items())).empty_table()


def grants_of_json(content: bytes) -> Sheet | None:
    """The grants of a JSON package as a sheet with the standard's headings; None where the
    content is no such package. Refused where it breaks off. Row n is the n-th grant."""
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{"):
        return None
    try:
        package = json.loads(start, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        if b'"grants"' not in start:
            return None
        line = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise Refused(
            f"This 360Giving file cannot be read as JSON{line}: it is broken off or damaged. "
            "Download it again, or load the spreadsheet it was made from."
        ) from None
    grants = package.get("grants")
    if not isinstance(grants, list):
        return None
    if not grants:
        raise Refused("This 360Giving file has no grants in it. Choose another file.")
    records = [_flat(grant) if isinstance(grant, dict) else {} for grant in grants]
    header = tuple(dict.fromkeys(heading for record in records for heading in record))
    rows = [[record.get(heading) for heading in header] for record in records]
    return Sheet.of(header, rows, name="grants", first_row=1)


def _flat(value: Mapping, before: str = "") -> dict[str, str]:
    """One grant by heading: objects joined by a colon, the second of several numbered 1."""
    flat: dict[str, str] = {}
    for name, inner in value.items():
        title = {**OBJECTS, **FIELDS}.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
        heading = before + title[:1].upper() + title[1:]
        several = inner if isinstance(inner, list) else [inner]
        for number, one in enumerate(several):
            numbered = f"{heading}:{number}" if number else heading
            if isinstance(one, Mapping):
                flat |= _flat(one, f"{numbered}:")
            elif one is not None:
                flat[numbered] = str(one).lower() if isinstance(one, bool) else str(one)
    return flat
