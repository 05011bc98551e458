"""What each heading of a sheet could be, of the columns of one table, and why.

A claim rests on the heading (named so, by another name, much like it) or on the values alone;
the values confirm it, leave it open or speak against it. Which claims are taken is for
matching.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from civic_metrics.contracts import Column, Contract
from civic_metrics.intake.matching.likeness import (
    MOST,
    Agreement,
    Kind,
    Look,
    Looks,
    agreement,
    disagreement,
    only_value,
)
from civic_metrics.intake.matching.resemblance import CLOSE, NEAR, Names, names_of, resemblance
from civic_metrics.intake.naming import fold_heading, in_words
from civic_metrics.intake.sheet import Sheet

NAMED_SO, ALIAS, SIMILAR, VALUES = "named so", "alias", "similar", "values"
# From so many rows on, one date for all of them is no coincidence (see `no_variation`).
ROWS_FOR_NO_VARIATION = 10
# How like a column without a kind of its own (any text) a heading must be to be taken for it.
_ALMOST_THE_SAME = 96


class Sureness(StrEnum):
    """How far a match can be relied on; what is only possible is offered, never taken."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


@dataclass(frozen=True)
class Claim:
    """That a heading is one of our columns: how like it is (0 to 100), what the values say,
    and what bars it, in words; empty where nothing does."""

    header: str
    column: Column
    how: str
    score: float
    agreement: Agreement
    reason: str
    is_empty: bool = False
    barred: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether the heading would be taken for the column, were it not barred."""
        is_called = self.how in (NAMED_SO, ALIAS)
        return bool(self.barred) and (is_called or self.sureness is Sureness.LIKELY)

    @property
    def sureness(self) -> Sureness:
        """Sure by its names if the values agree; likely if much like one and confirmed."""
        confirmed = self.agreement is Agreement.AGREES
        speaks_against = self.agreement in (Agreement.DOUBTFUL, Agreement.CONTRADICTS)
        if self.how in (NAMED_SO, ALIAS):
            return Sureness.LIKELY if speaks_against else Sureness.SURE
        is_text = self.column.type == "string" and not self.column.choices
        if self.how != SIMILAR or self.score < CLOSE or speaks_against:
            return Sureness.POSSIBLE
        if confirmed or (is_text and self.score >= _ALMOST_THE_SAME):
            return Sureness.LIKELY
        return Sureness.POSSIBLE


def claims_of(
    sheet: Sheet,
    contract: Contract,
    looks: Looks,
    *,
    headers: Sequence[str],
    columns: Sequence[Column],
    lacking: Sequence[str],
    rows_for_no_variation: int = ROWS_FOR_NO_VARIATION,
) -> list[Claim]:
    """Every claim the headings have on the columns, barred ones too; by the values alone only
    on those columns that the table cannot do without (`lacking`)."""
    called = names_of(contract)
    found = []
    for header in headers:
        for column, (how, score, name) in _said_by(header, sheet, columns, called):
            if not how and column.name not in lacking:
                continue
            look = looks[header]
            agrees = agreement(look, column)
            if not how and not (agrees is Agreement.AGREES and _tells_much(look, column)):
                continue
            # Its very own name is a person's word for it: what is wrong is told row by row.
            barred = no_variation(sheet, header, column, look, rows_for_no_variation)
            if agrees is Agreement.CONTRADICTS and how != NAMED_SO:
                barred = _not_taken(header, column, look)
            reason = _reason(how or VALUES, header, column, look, name)
            found.append(
                Claim(header, column, how or VALUES, score, agrees, reason, not look.filled, barred)
            )
    return found


# How a heading claims a column, how like it is (0 to 100), and to which of its names.
_Said = tuple[str, float, str]
_NOTHING: _Said = ("", 0, "")


def _said_by(
    header: str, sheet: Sheet, columns: Sequence[Column], called: Mapping[str, Names]
) -> list[tuple[Column, _Said]]:
    """What the heading says of each of the columns it may be.

    One joined of several rows is read as a whole where it is a name of ours to the letter
    ("Invoice / Date"), else by its lowest part, else again as a whole where all but the same:
    a title over several headings is no part of their names.
    """
    whole = _said_as(header, _spellings(header, sheet.header), columns, called)
    own = sheet.own.get(header)
    if own is None or any(how in (NAMED_SO, ALIAS) for _, (how, *_) in whole):
        return whole
    lowest = _said_as(own, {fold_heading(own)}, columns, called)
    if any(how for _, (how, *_) in lowest):
        return lowest
    return [(column, said if said[1] >= CLOSE else _NOTHING) for column, said in whole]


def _said_as(
    header: str, spellings: set[str], columns: Sequence[Column], called: Mapping[str, Names]
) -> list[tuple[Column, _Said]]:
    named = {called[column.name].own: column for column in columns}
    able = [named[s] for s in spellings if s in named] or columns
    return [(column, _by_heading(header, spellings, called[column.name])) for column in able]


def _by_heading(header: str, spellings: set[str], names: Names) -> _Said:
    """How the heading claims the column, how like it is and to which name; "" where it is not."""
    if names.own in spellings:
        return NAMED_SO, 100, ""
    for alias in spellings & names.others.keys():
        return ALIAS, 100, names.others[alias]
    found = resemblance(header, names)
    return (SIMILAR, found.score, found.name) if found.score >= NEAR else _NOTHING


def _spellings(name: str, header: Sequence[str]) -> set[str]:
    """The heading folded; a repeated one also as it was before it was numbered."""
    base = re.sub(r" \(\d+\)$", "", name)
    folded = {fold_heading(name)} | ({fold_heading(base)} if base in header else set())
    return folded - {""}


def _reason(how: str, header: str, column: Column, look: Look, called: str) -> str:
    """Why a heading is taken or offered for a column, in words."""
    said = {
        NAMED_SO: "named so",
        ALIAS: f"named “{header}”",
        SIMILAR: f"named “{header}”, much like “{called}”",
        VALUES: "by its values alone",
    }[how]
    if agreement(look, column) is Agreement.CONTRADICTS:
        return f"{said}, but {disagreement(look, column)}"
    return f"{look.in_words}; {said}"


def _not_taken(header: str, column: Column, look: Look) -> str:
    return (
        f"“{header}” is not taken for “{in_words(column.name)}”: {disagreement(look, column)}. "
        "Say which column it is, or leave it out."
    )


def no_variation(
    sheet: Sheet, header: str, column: Column, look: Look, rows: int = ROWS_FOR_NO_VARIATION
) -> str:
    """Why one date for every row cannot be the day each began its wait; empty where it may."""
    if not column.starts_duration or look.filled < rows:
        return ""
    found = only_value(sheet.cells[header], look)
    if found is None or found[1] < rows:
        return ""
    only, count = found
    which = f"all {count:,} rows" + ("" if count == len(sheet) else " that have one")
    meaning = column.description.split(".")[0].split(";")[0]
    return (
        f"“{header}” is {only} in {which}: a date that is the same for every row is the day of "
        f"the extract, not “{in_words(column.name)}” ({meaning[:1].lower()}{meaning[1:]}) of each "
        "row. Leave it out. If it is true of every row all the same, give it as one value for "
        "every row."
    )


def _tells_much(look: Look, column: Column) -> bool:
    """Whether the values alone make it possible that this is the column."""
    if column.choices or column.type in ("date", "boolean"):
        return True
    if column.type == "string":
        # Any words may be the name of a partnership.
        telling = {
            "place": (Kind.PLACES,),
            "organisation": (Kind.NAMES, Kind.REGISTERED),
        }
        return look.kind in telling.get(column.reference or "", ())
    # Any number may be a quantity; what is written as money or as a length of time tells more.
    return look.share(Kind.MONEY if column.unit else Kind.DURATIONS) >= 1 - MOST
