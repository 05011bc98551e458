"""The further tables one sheet fills: a row of a register names partners, places and themes.

    parts = spread(sheet, contract, matching, known=known)

Headings are recognised by what people call them; a cell that lists several names is split where
the column shows that it does (see splitting.py), and every split says so and can be turned off.
Identifiers and names are copied as the row has them, so that they meet the row's own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Contract
from civic_metrics.intake.matching import Matching
from civic_metrics.intake.names.references import Known
from civic_metrics.intake.naming import fold_name, fold_words, listed
from civic_metrics.intake.shapes.parts import Part, Split, rows_at
from civic_metrics.intake.shapes.payees import details_of
from civic_metrics.intake.shapes.register_words import (
    GRANT_AMOUNTS,
    GRANT_REFERENCES,
    OWN_ROLE,
    PARTNERSHIPS,
    PAYEES,
    PLACES,
    ROLES,
    THEMES,
)
from civic_metrics.intake.shapes.splitting import Names, names_in
from civic_metrics.intake.sheet import Sheet

# A role in brackets behind a name: "Oxfam (lead)".
_ROLE_IN_BRACKETS = re.compile(
    r"^(.*\S)\s*\((lead|lead partner|host|funder|delivery partner|chair)\)$", re.IGNORECASE
)
_NOT_A_NAME = r"^(?:[\d.,£%\s+-]+|(?i:yes|no|y|n|true|false))$"


@dataclass(frozen=True)
class _Choices:
    """What the records know and what a person said of cells that list several names."""

    known: Known
    keep_whole: Collection[str]
    parted_by: Mapping[str, str]


def spread(
    sheet: Sheet,
    contract: Contract,
    matching: Matching,
    *,
    known: Known | None = None,
    keep_whole: Collection[str] = (),
    parted_by: Mapping[str, str] | None = None,
) -> tuple[Part, ...]:
    """The further tables the sheet fills beside `contract`; empty where there are none.

    `keep_whole` are headings whose cells are not split; `parted_by` gives, by heading, a
    delimiter that a person chose. `known` makes a doubtful comma sure.
    """
    choices = _Choices(known or Known(), keep_whole, parted_by or {})
    found: list[Part | None] = []
    key = _key(contract, matching)
    if contract.name == "partnership" and key:
        found = [
            _members(sheet, matching, key, choices),
            _footprint(sheet, matching, key, choices),
            _themes(sheet, matching, key, choices),
            _funding(sheet, matching, key),
        ]
    elif contract.name == "organisation" and key:
        found = [_memberships(sheet, matching, key, choices)]
    elif contract.name in PAYEES and PAYEES[contract.name] in matching.pairs:
        payee = matching.pairs[PAYEES[contract.name]]
        role = matching.pairs.get("payee_role")
        found = [details_of(sheet, payee, role, matching.ignored, choices.known)]
    return tuple(part for part in found if part is not None and len(part.sheet))


def _key(contract: Contract, matching: Matching) -> str | None:
    """The heading by which a row of the register is known: its identifier, else its name."""
    return matching.pairs.get(contract.name) or matching.pairs.get("name")


def _plain(heading: str) -> str:
    """The heading in plain words: "Partner Organisation(s) (please list) 2" → partner
    organisations."""
    text = re.sub(r"\((?:e?s|ies)\)", "s", heading, flags=re.IGNORECASE)
    words = fold_words(re.sub(r"\([^()]*\)", " ", text)).replace("organization", "organisation")
    words = re.sub(r"^(?:names? of )(?:the )?| names?$", "", words)
    return re.sub(r" \d{1,2}$", "", words)


def _called(sheet: Sheet, headings: Iterable[str], names: Collection[str]) -> list[str]:
    """The headings that go by one of the names."""
    return [h for h in headings if _plain(sheet.own.get(h, h)) in names]


def _names(
    sheet: Sheet, heading: str, key: str, known: Collection[str], choices: _Choices
) -> Names:
    """Every name of the column in rows whose key is there."""
    texts = pc.if_else(pc.is_valid(sheet.cells[key]), sheet.cells[heading], None)
    return names_in(
        texts,
        heading,
        known=known,
        whole=heading in choices.keep_whole,
        parted_by=choices.parted_by.get(heading, ""),
    )


def _folded(known: Known, table: str) -> set[str]:
    """Every name, identifier and other name of the table, folded."""
    pairs = known.names.get(table, ())
    others = known.also_known_as.get(table, {}).values()
    texts = [text for pair in pairs for text in pair if text]
    return {fold_name(text) for text in (*texts, *(o for every in others for o in every))}


def _told(found: Iterable[Names]) -> tuple[tuple[str, ...], tuple[Split, ...]]:
    """What was made of the columns, in words, and the splits a person may turn off."""
    found = tuple(found)
    splits = tuple(names.split for names in found if names.split)
    return (*(s.said for s in splits), *(n.said for n in found if n.said)), splits


def _members(sheet: Sheet, matching: Matching, key: str, choices: _Choices) -> Part | None:
    """Who belongs to each partnership, once each unless it also pays for it."""
    roles: dict[str, str] = {}
    lead = matching.pairs.get("lead_organisation")
    if lead:
        roles[lead] = "lead"
    for heading in matching.ignored:
        words = _plain(sheet.own.get(heading, heading))
        own = OWN_ROLE.fullmatch(words)
        role = next((role for role, names in ROLES.items() if words in names), None)
        if role or own:
            roles[heading] = role or f"{own[1]} partner"
    numbers = [heading for heading in roles if _holds_no_names(sheet, heading)]
    known = _folded(choices.known, "organisation")
    columns = {h: _names(sheet, h, key, known, choices) for h in roles if h not in numbers}
    said, splits = _told(columns.values())
    said += tuple(f"“{heading}” holds numbers or yes and no, not names." for heading in numbers)
    rows: dict[tuple[int, str, bool], tuple[str, str]] = {}
    order = {role: place for place, role in enumerate(("lead", "host", "delivery partner"))}
    for heading in sorted(columns, key=lambda h: order.get(roles[h], len(order))):
        names = columns[heading]
        for place, text in zip(names.places.to_pylist(), names.texts.to_pylist(), strict=True):
            marked = _ROLE_IN_BRACKETS.match(text)
            name, role = (marked[1], marked[2].lower()) if marked else (text, roles[heading])
            role = "lead" if role == "lead partner" else role
            rows.setdefault((place, fold_name(name), role == "funder"), (name, role))
    if not rows:
        return None
    ordered = sorted(rows.items(), key=lambda row: row[0][0])
    places = pa.array([place for (place, *_), _ in ordered], pa.int64())
    taken = [f"“{h}” gives the {roles[h]}{'' if roles[h] == 'lead' else 's'}" for h in columns]
    return Part(
        table="membership",
        sheet=rows_at(
            sheet,
            places,
            {
                "partnership": sheet.cells[key].take(places),
                "organisation": pa.array([name for _, (name, _) in ordered], pa.string()),
                "role": pa.array([role for _, (_, role) in ordered], pa.string()),
            },
        ),
        said=(f"{listed(taken)} of each partnership; the days they joined are not in the file.",
              *said),
        splits=splits,
    )  # fmt: skip


def _holds_no_names(sheet: Sheet, heading: str) -> bool:
    """Whether most of the filled cells are numbers or yes and no."""
    filled = sheet.cells[heading].drop_null()
    if not len(filled):
        return True
    return pc.sum(pc.match_substring_regex(filled, _NOT_A_NAME)).as_py() * 2 > len(filled)


def _of_columns(
    sheet: Sheet,
    key: str,
    headings: list[str],
    *,
    table: str,
    column: str,
    known: set[str],
    choices: _Choices,
    lead_in: str,
) -> Part | None:
    """The names of several columns as rows of a table, under the key of their row."""
    named = [h for h in headings if sheet.cells[h].null_count < len(sheet)]
    if not named:
        return None
    columns = [_names(sheet, heading, key, known, choices) for heading in named]
    said, splits = _told(columns)
    pairs = {
        (place, text)
        for names in columns
        for place, text in zip(names.places.to_pylist(), names.texts.to_pylist(), strict=True)
    }
    ordered = sorted(pairs)
    places = pa.array([place for place, _ in ordered], pa.int64())
    texts = pa.array([text for _, text in ordered], pa.string())
    gives = "gives" if len(named) == 1 else "give"
    return Part(
        table=table,
        sheet=rows_at(sheet, places, {"partnership": sheet.cells[key].take(places), column: texts}),
        said=(f"{listed(f'“{h}”' for h in named)} {gives} {lead_in}.", *said),
        splits=splits,
    )


def _footprint(sheet: Sheet, matching: Matching, key: str, choices: _Choices) -> Part | None:
    """Where each partnership works, from the columns that say it most closely."""
    kinds = [_called(sheet, matching.ignored, names) for names in PLACES]
    filled = [headings for headings in kinds if any(_is_filled(sheet, h) for h in headings)]
    if not filled:
        return None
    wider = [heading for headings in filled[1:] for heading in headings]
    lead_in = "the places of each partnership, in equal parts, as the file states no shares"
    part = _of_columns(
        sheet,
        key,
        filled[0],
        table="footprint",
        column="place",
        known=_folded(choices.known, "place"),
        choices=choices,
        lead_in=lead_in,
    )
    if part is None or not wider:
        return part
    closer = listed(f"“{h}”" for h in filled[0])
    note = f"{listed(f'“{h}”' for h in wider)} left out: {closer} says where more closely."
    return Part(part.table, part.sheet, (*part.said, note), part.constants, part.splits)


def _is_filled(sheet: Sheet, heading: str) -> bool:
    return sheet.cells[heading].null_count < len(sheet)


def _themes(sheet: Sheet, matching: Matching, key: str, choices: _Choices) -> Part | None:
    """What each partnership works on."""
    return _of_columns(
        sheet,
        key,
        _called(sheet, matching.ignored, THEMES),
        table="partnership_theme",
        column="theme",
        known=set(),
        choices=choices,
        lead_in="the themes of each partnership",
    )


def _funding(sheet: Sheet, matching: Matching, key: str) -> Part | None:
    """The grants of each partnership, where a row names the funder's reference."""
    references = _called(sheet, matching.ignored, GRANT_REFERENCES)
    funders = _called(sheet, matching.ignored, ROLES["funder"])
    if len(references) != 1 or len(funders) > 1:
        return None
    amounts = _called(sheet, matching.ignored, GRANT_AMOUNTS)
    whole = matching.pairs.get("funding_gbp")
    amount = amounts[0] if len(amounts) == 1 else None if amounts else whole
    columns = {"partnership": key, "reference": references[0]}
    columns |= {"funder": funders[0]} if funders else {}
    columns |= {"amount_gbp": amount} if amount else {}
    there = pc.and_(pc.is_valid(sheet.cells[key]), pc.is_valid(sheet.cells[references[0]]))
    places = pc.indices_nonzero(there).cast(pa.int64())
    taken = [f"“{theirs}”" for ours, theirs in columns.items() if ours != "partnership"]
    lacks = "whether it is bid, awarded or received, and from when to when, is not in the file"
    return Part(
        table="funding",
        sheet=rows_at(
            sheet, places, {ours: sheet.cells[h].take(places) for ours, h in columns.items()}
        ),
        said=(f"{listed(taken)} {'gives' if len(taken) == 1 else 'give'} a grant of each row "
              f"that names its reference; {lacks}.",),
    )  # fmt: skip


def _memberships(sheet: Sheet, matching: Matching, key: str, choices: _Choices) -> Part | None:
    """Which partnerships each organisation belongs to."""
    headings = [h for h in _called(sheet, matching.ignored, PARTNERSHIPS) if _is_filled(sheet, h)]
    if len(headings) != 1:
        return None
    known = _folded(choices.known, "partnership")
    names = _names(sheet, headings[0], key, known, choices)
    said, splits = _told([names])
    columns = {"partnership": names.texts, "organisation": sheet.cells[key].take(names.places)}
    roles = _called(sheet, matching.ignored, ("role", "role in partnership", "partnership role"))
    if len(roles) == 1:
        columns["role"] = sheet.cells[roles[0]].take(names.places)
    return Part(
        table="membership",
        sheet=rows_at(sheet, names.places, columns),
        said=(f"“{headings[0]}” gives the partnerships each organisation belongs to; the days "
              "they joined are not in the file.", *said),
        splits=splits,
    )  # fmt: skip
