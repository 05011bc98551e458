"""How like the name of one of our columns a heading is: by its words, whatever their order.

Abbreviations of finance systems are spelt out, units and formats in brackets set aside. Pure
functions of text and of a contract's words; values are for likeness.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from civic_metrics.contracts import Column, Contract
from civic_metrics.intake.naming import fold_heading, fold_words

# Headings and pairs of words remembered: more than any one file has.
_CACHED = 20_000
# How finance and grants systems shorten words. All ways of saying "reference" are one word.
_SPELT_OUT = {
    "inv": "invoice", "invs": "invoice", "recd": "received", "rcvd": "received",
    "recvd": "received", "amt": "amount", "amnt": "amount", "val": "value", "dt": "date",
    "no": "number", "num": "number", "nr": "number", "nbr": "number", "ref": "number",
    "reference": "number", "id": "number", "identifier": "number", "code": "number",
    "org": "organisation", "organization": "organisation", "orgs": "organisation",
    "dept": "department", "pmt": "payment", "pymt": "payment", "payt": "payment",
    "pd": "paid", "supp": "supplier", "suppl": "supplier", "proj": "project",
    "ptnr": "partner", "qty": "quantity", "hrs": "hours", "hr": "hours", "curr": "currency",
    "ccy": "currency", "appr": "approved", "apprvd": "approved", "txn": "transaction",
    "trans": "transaction", "desc": "description", "reg": "registered", "co": "company",
}  # fmt: skip
_LITTLE = frozenset(["of", "the", "a", "an", "our", "your", "their", "its", "and"])
# Units and ways to write a value, which say nothing of which column it is.
_UNITS = re.compile(
    r"\b(?:(?:inc|incl|including|with|plus) vat|gbp|pounds sterling|sterling|in pounds"
    r"|dd mm yyyy|dd mm yy|yyyy mm dd|mm dd yyyy|y n|yes no|true false|hh mm)\b"
)
_NET = re.compile(r"\b(?:ex|exc|excl|excluding|net of|before|without) vat\b")
# Words that go with a kind of column and tell no two of that kind apart, ...
_OF_DATES = frozenset(("date", "day", "on", "when"))
_OF_MONEY = frozenset(("amount", "value", "total", "sum"))
_OF_REFERENCES = frozenset(("number", "name"))
# ... so that alone they make no likeness.
_TELL_NOTHING = _OF_DATES | _OF_REFERENCES

# Two words are one, misspelt, from this likeness on (0 to 100), if they are this long.
_SAME_WORD, _LONG_ENOUGH = 85, 5
_SAME_HEADING = 88
# What each word more than the name has costs: one of its kind of column, the number or name of
# what is referred to, one of the table's subject, "net", or any other.
_OF_KIND, _OF_REFERENCE, _OF_SUBJECT, _NET_OF_VAT, _OTHER = 1, 4, 2, 5, 15
# What it costs that the heading's last telling word is not ours, and each word misspelt.
_NOT_LAST, _MISSPELT = 6, 2

# From this likeness on a heading says what our column says; from the lower one it may.
CLOSE, NEAR = 90, 70
# Two headings within this of each other are equally like a column.
SAME = 2


@dataclass(frozen=True)
class Resemblance:
    """How like a column's name a heading is, 0 to 100, and which of its names it is like."""

    score: float
    name: str


@dataclass(frozen=True)
class Names:
    """What one of our columns is called, ready to be compared: its own name and its other names
    folded, the words of each, and those that cost little where a heading has them besides."""

    own: str
    others: Mapping[str, str]
    words: tuple[tuple[str, str, tuple[str, ...]], ...]
    of_kind: frozenset[str]
    of_kind_costs: int
    of_subject: frozenset[str]


@lru_cache(maxsize=_CACHED)
def words(heading: str) -> tuple[str, ...]:
    """The words of a heading, spelt out, without units: `Inv. Rec'd (£)` is invoice received."""
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"['’`]", "", heading))
    folded = fold_words(plain)
    bare = _UNITS.sub(" ", _NET.sub("net", folded)).split() or folded.split()
    spelt = [_SPELT_OUT.get(word, word) for word in bare]
    return tuple(word for word in spelt if word not in _LITTLE) or tuple(spelt)


def names_of(contract: Contract) -> dict[str, Names]:
    """By column what it is called. An invoice's date in a file of invoices is the date: the
    words for what a row is cost little, except where any text would do for a column."""
    telling = [c for c in contract.columns if c.required or c.name in contract.key]
    called = [name for column in telling for name in (column.name, *column.aliases)]
    subject = frozenset(
        word
        for name in (contract.name, contract.title, contract.one, *called)
        for word in words(name)
    )
    return {
        column.name: Names(
            own=_folded(column.name),
            others={_folded(alias): alias for alias in column.aliases},
            words=tuple(
                (name, _folded(name), _telling_words(name, column))
                for name in (column.name, *column.aliases)
            ),
            of_kind=_of_kind(column),
            of_kind_costs=_OF_REFERENCE if column.reference else _OF_KIND,
            of_subject=frozenset() if column.type == "string" else subject,
        )
        for column in contract.columns
    }


def resemblance(heading: str, names: Names) -> Resemblance:
    """The likeness of the heading to the name, or other name, of ours that it is most like."""
    theirs, folded = words(heading), _folded(heading)
    best = Resemblance(0, "")
    for name, as_one, ours in names.words:
        score = _likeness(theirs, ours, names) or fuzz.ratio(
            folded, as_one, score_cutoff=_SAME_HEADING
        )
        if score > best.score:
            best = Resemblance(score, name)
    return best


def _likeness(theirs: tuple[str, ...], ours: tuple[str, ...], names: Names) -> float:
    """100 where the words are the same, less for every word more; 0 where one of ours lacks."""
    score, left = 100.0, list(theirs)
    for word in ours:
        if word not in left:
            same = next((other for other in left if _misspelt(other, word)), None)
            if same is None:
                return 0
            score -= _MISSPELT
            left.remove(same)
        else:
            left.remove(word)
    if len(left) == len(theirs):
        return 0
    telling = [w for w in theirs if w not in left or w not in (*names.of_kind, "net")]
    if telling and telling[-1] in left:
        score -= _NOT_LAST
    for word in left:
        if word in names.of_kind:
            score -= names.of_kind_costs
        elif word == "net":
            score -= _NET_OF_VAT
        else:
            score -= _OF_SUBJECT if word in names.of_subject else _OTHER
    return max(score, 0)


_folded = lru_cache(maxsize=_CACHED)(fold_heading)


@lru_cache(maxsize=_CACHED)
def _misspelt(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LONG_ENOUGH and fuzz.ratio(one, other) >= _SAME_WORD


def _of_kind(column: Column) -> frozenset[str]:
    if column.type == "date":
        return _OF_DATES
    if column.unit:
        return _OF_MONEY
    return _OF_REFERENCES if column.reference else frozenset()


def _telling_words(name: str, column: Column) -> tuple[str, ...]:
    """The words of one of our names that must be there: of a date not "date", nor its "on";
    none where no word tells the column from others."""
    ours = words(name)
    if column.type == "date":
        ours = tuple(word for word in ours if word not in _OF_DATES)
    elif column.type == "boolean":
        ours = tuple(word for word in ours if word != "is")
    return () if set(ours) <= _TELL_NOTHING else ours
