"""What a file of payments, hours or members says of the organisations in it, by the way.

One row an organisation that the records have no details of yet: what a register says is never
written over by an extract. People are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import contract
from civic_metrics.intake.names.persons import looks_personal
from civic_metrics.intake.names.references import Known
from civic_metrics.intake.naming import fold_name, fold_words, identifier, listed
from civic_metrics.intake.shapes.org_ids import charity_id, company_id, company_number, mended
from civic_metrics.intake.shapes.parts import Part, counted, is_missing, rows_at
from civic_metrics.intake.sheet import Sheet

_WHOSE = r"(?:(?:supplier|payee|vendor|organisation|org|partner|member|beneficiary) )?"
# Which headings hold details of an organisation.
_DETAILS = {
    "charity_number": r"(?:registered )?charity (?:registration )?(?:number|no|ref)",
    "company_number": r"(?:registered )?company (?:registration |reg )?(?:number|no)"
    r"|companies house (?:number|no)|crn",
    "postcode": r"post ?code|postal code",
    "kind": r"kind|type|sector",
    "size_band": r"size|size band",
}

# What finance systems call kinds of organisation. A sole trader is a person.
_KINDS = {
    "nhs trust": "NHS body", "nhs": "NHS body", "community organisation": "community group",
    "registered charity": "charity", "voluntary organisation": "charity", "company": "business",
    "limited company": "business", "ltd": "business", "private company": "business",
    "local authority": "council", "further education college": "college",
    "community interest company": "social enterprise", "cic": "social enterprise",
    "higher education institution": "university", "sole trader": "individual",
    "person": "individual",
}  # fmt: skip


def details_of(
    sheet: Sheet, payee: str, role: str | None, headings: Iterable[str], known: Known
) -> Part | None:
    """The organisations of the sheet with their details; None where it has no such columns.

    `payee` is the heading of their names, `role` that of what they are, `headings` those that
    may hold details.
    """
    found: dict[str, list[str]] = {}
    for heading in headings:
        for column, words in _DETAILS.items():
            if re.fullmatch(f"{_WHOSE}(?:{words})", fold_words(sheet.own.get(heading, heading))):
                found.setdefault(column, []).append(heading)
    details = {column: names[0] for column, names in found.items() if len(names) == 1}
    if not details:
        return None
    table = _by_payee(sheet, payee, role, details)
    rows, told = _organisations(table, details, known)
    if not rows:
        return None
    columns = ["organisation", "name", *details]
    if any(row.get("also_known_as") for row in rows):
        columns.append("also_known_as")
    places = pa.array([row["place"] for row in rows], pa.int64())
    texts = {name: pa.array([r.get(name) for r in rows], pa.string()) for name in columns}
    taken = listed(f"“{heading}”" for heading in details.values())
    said = (
        f"{taken} {'gives' if len(details) == 1 else 'give'} details of {len(rows):,} "
        f"{'organisation' if len(rows) == 1 else 'organisations'} of “{payee}” that the records "
        "have none of yet.",
        *told,
    )
    return Part("organisation", rows_at(sheet, places, texts), said)


def _by_payee(
    sheet: Sheet, payee: str, role: str | None, details: Mapping[str, str]
) -> list[dict[str, object]]:
    """One row a payee in the order of the sheet: the first of each detail, and how many there
    are of it."""
    columns = {"payee": sheet.cells[payee], "place": pa.array(range(len(sheet)), pa.int64())}
    columns |= {column: sheet.cells[heading] for column, heading in details.items()}
    columns["role"] = sheet.cells[role] if role else pa.nulls(len(sheet), pa.string())
    table = pa.table(columns).filter(pc.is_valid(columns["payee"]))
    wanted: list[tuple[str, str]] = [("place", "first"), ("role", "first")]
    wanted += [(column, how) for column in details for how in ("first", "count_distinct")]
    grouped = table.group_by("payee", use_threads=False).aggregate(wanted)
    return grouped.sort_by("place_first").to_pylist()


def _organisations(
    payees: list[dict], details: Mapping[str, str], known: Known
) -> tuple[list[dict], list[str]]:
    """The rows of organisations, one an identifier, and what was left out, in words."""
    held = _held(known)
    bare = known.without_details.get("organisation", frozenset())
    unread: dict[str, set[str]] = {}
    left: Counter[str] = Counter()
    rows: dict[str, dict] = {}
    for row in _by_name(payees, details, unread, left):
        own = charity_id(row.get("charity_number")) or company_id(row.get("company_number"))
        key = held.get(fold_name(row["name"])) or held.get((own or "").casefold())
        if key and key not in bare:
            continue
        key = key or own or identifier(row["name"], "organisation")
        same = rows.setdefault(key, {"organisation": key, **row})
        if fold_name(same["name"]) != fold_name(row["name"]):
            others = [*filter(None, (same.get("also_known_as"),)), row["name"]]
            same["also_known_as"] = "; ".join(others)
    said = [f"{counted(number, one)} {why}." for (one, why), number in left.items()]
    said += [
        f"“{details[column]}” has {listed(f'“{w}”' for w in sorted(words)[:3])}, which "
        f"{'is' if len(words) == 1 else 'are'} none of the words we have for it; left empty."
        for column, words in unread.items()
    ]
    return list(rows.values()), said


def _by_name(
    payees: list[dict], details: Mapping[str, str], unread: dict, left: Counter
) -> list[dict]:
    """One row a name, however it is spelt, with the first of each detail; people left out."""
    rows: dict[str, dict] = {}
    for payee in payees:
        name = str(payee["payee"])
        told = _read({c: payee[f"{c}_first"] for c in details}, unread)
        if is_missing(name) or not any(told.values()):
            continue
        is_person = "individual" in (told.get("kind"), fold_words(str(payee["role_first"] or "")))
        registered = told.get("charity_number") or told.get("company_number")
        if is_person or (looks_personal(name) and not registered):
            left["individual", "left out: people are held as pseudonyms"] += 1
            continue
        if any(payee[f"{column}_count_distinct"] > 1 for column in details):
            left["payee", "with several values of one detail; the first was taken"] += 1
        row = rows.setdefault(fold_name(name), {"name": name, "place": payee["place_first"]})
        row |= {column: text for column, text in told.items() if text and not row.get(column)}
    for folded, row in list(rows.items()):
        if set(row) == {"name", "place", "postcode"}:
            left["payee", "left out whose postcode alone is told: it may be a person's"] += 1
            del rows[folded]
    return list(rows.values())


def _held(known: Known) -> dict[str, str]:
    """The identifier by every identifier and by every folded name that only one has."""
    by_name: dict[str, set[str]] = {}
    for key, name in known.names.get("organisation", ()):
        by_name.setdefault(fold_name(name or key), set()).add(key)
    one = {name: next(iter(keys)) for name, keys in by_name.items() if len(keys) == 1}
    others = known.also_known_as.get("organisation", {})
    one |= {fold_name(alias): key for key, every in others.items() for alias in every}
    return one | {key.casefold(): key for key, _ in known.names.get("organisation", ())}


def _read(cells: Mapping[str, str | None], unread: dict[str, set[str]]) -> dict[str, str | None]:
    """The details as they are kept; choices we do not have are gathered in `unread`."""
    told: dict[str, str | None] = {}
    for column, text in cells.items():
        if text is None or is_missing(text):
            told[column] = None
        elif column == "charity_number":
            told[column] = mended(text)
        elif column == "company_number":
            told[column] = company_number(text)
        elif column == "postcode":
            told[column] = text
        else:
            told[column] = _choices(column).get(fold_words(text))
            if told[column] is None:
                unread.setdefault(column, set()).add(text)
    return told


def _choices(column: str) -> dict[str, str]:
    choices = contract("organisation").column(column).choices
    own = {spelling: c for c in choices for spelling in (fold_words(c), f"{fold_words(c)}s")}
    return own | _KINDS if column == "kind" else own
