"""What the values of a column look like: dates, money, yes or no, place codes, names.

A column is judged by a sample of its values, all of them at once (Arrow), so that a million
rows cost no more than a few thousand. How a value is read is for the parsers; this only says
what a column can be. Must not import the parsers, nor a table's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column
from civic_metrics.intake.naming import fold_words, listed
from civic_metrics.intake.sheet import Sheet

# Cells taken from all along a column, and how many different values of them are looked at.
CELLS, VALUES = 5_000, 2_000
# A column looks like what this share of its values looks like.
MOST = 0.8
# Below this share of fitting values a column cannot be what it is called, ...
FEW = 0.2
# ... unless there are fewer values than this, which may all be slips.
TOO_FEW_TO_TELL = 3


class Kind(StrEnum):
    """What values can look like, in words to follow "looks like"; the first that fits holds."""

    EMAILS = "e-mail addresses"
    PLACES = "place codes"
    REGISTERED = "organisation identifiers"
    DATES = "dates"
    MONTHS = "months or years"
    YES_NO = "yes or no answers"
    DURATIONS = "lengths of time"
    SHARES = "shares"
    WHOLE = "whole numbers"
    MONEY = "amounts of money"
    NUMBERS = "numbers"
    CODES = "codes or reference numbers"
    LONG = "long text"
    NAMES = "names or words"
    UNCLEAR = "values of different kinds"
    NOTHING = "nothing: it has no values"


class Agreement(StrEnum):
    """Whether a column's values can be those of one of ours."""

    AGREES = "agrees"
    SILENT = "says nothing"  # no values, or any text would do
    DOUBTFUL = "doubtful"
    CONTRADICTS = "contradicts"


_MONTH = r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DAY = r"(0?[1-9]|[12]\d|3[01])"
_TIME = r"[t ]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(z|[+-]\d{2}:?\d{2})?"
_DATE = (
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|\d{1,2}([-/.]|\s)\s?\d{1,2}([-/.]|\s)\s?(\d{4}|\d\d)"
    r"|(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    rf"|([a-z]+,?\s+)?{_DAY}(st|nd|rd|th)?(\s+of)?[\s\-/.,]*{_MONTH}[\s\-/.,']*(\d{{4}}|\d\d)"
    rf"|([a-z]+,\s*)?{_MONTH}\.?\s+{_DAY}(st|nd|rd|th)?,?\s+\d{{4}}"
)
_CURRENCY = r"(£|€|\$|gbp|eur|usd)"
_NUMBER = r"[-+]?((\d{1,3}(,\d{3})+|\d+)\.?\d*|\.\d+)"
_PATTERNS = {
    Kind.EMAILS: r"[^\s@]+@[^\s@]+\.[a-z]{2,}",
    Kind.PLACES: r"[ewsnkx]\d{8}",
    Kind.REGISTERED: r"[a-z]{2}-[a-z]{2,8}-[\w\-./]*\d[\w\-./]*",
    Kind.DATES: rf"({_DATE})({_TIME})?",
    Kind.MONTHS: (
        r"(18|19|20|21)\d\d([-/](\d\d|(18|19|20|21)\d\d))?|\d{1,2}[-/.](19|20)\d\d"
        rf"|{_MONTH}[\s\-/.,']*(\d{{4}}|\d\d)"
    ),
    Kind.YES_NO: r"yes|no|y|n|true|false|t|f|1|0|✓|✔|✗|✘",
    Kind.DURATIONS: r"\d+:\d\d(:\d\d)?|\d+(\.\d+)?\s*(h|hrs?|hours?|m|mins?|minutes?|days?)\b.*",
    Kind.SHARES: r"0?\.\d+|0|1|1\.0+|\d+(\.\d+)?\s*%",
    Kind.WHOLE: r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.0)?",
    Kind.MONEY: (
        rf"\(?[-+]?\s?{_CURRENCY}\s?{_NUMBER}\)?(\s?(cr|dr)|-)?"
        rf"|\(?{_NUMBER}\s?{_CURRENCY}\)?"
        rf"|\({_NUMBER}\)|{_NUMBER}\s?(cr|dr|-|p|pence)"
        r"|[-+]?(\d+|\d{1,3}(,\d{3})+)?\.\d\d|[-+]?\d{1,3}(,\d{3})+"
        r"|[-+]?(\d+|\d{1,3}([. ]\d{3})+),\d\d"
    ),
    Kind.NUMBERS: rf"{_NUMBER}(e[-+]?\d+)?",
    Kind.CODES: r"[a-z0-9]*\d[a-z0-9]*([-_/.:][a-z0-9]+)*|[a-z0-9]+([-_/.:][a-z0-9]+)*\d[a-z0-9]*",
    Kind.LONG: r".{80,}|(\S+\s+){11,}\S+",
    Kind.NAMES: r".*\pL{2}.*",
}
# Day numbers of a spreadsheet that are dates from 1954 to 2119.
_SERIAL = r"([2-7]\d{4}|80000)(\.\d+)?"
# What stands where a value is missing: no sign of what the column holds.
_MISSING = (
    r"n[./ ]*a\.?|#n/a|not (applicable|available|known)|unknown|unk|t\.?b\.?[acd]\.?|to be \w+"
    r"|[-–—?. ]+|none|null|nil|nan|\(?blank\)?|missing|no data|redacted.*|#\w+[!?]"
    r"|on-?going|continuing|still (going|running)|open[- ]ended|no end( date)?|pending|awaited"
    r"|not yet( \w+)?"
)
# What a column of each type may look like; money may be whole, or more exact than pence.
_FITTING = {
    "date": (Kind.DATES,),
    "boolean": (Kind.YES_NO,),
    "integer": (Kind.WHOLE,),
    "number": (Kind.NUMBERS, Kind.MONEY, Kind.SHARES, Kind.DURATIONS),
}
# What a text column never holds, whatever else it does.
_NEVER_TEXT = (Kind.DATES, Kind.YES_NO, Kind.MONEY)
_NEVER_NAMES = (*_NEVER_TEXT, Kind.EMAILS, Kind.LONG)
# How the names of our columns end that hold somebody's number or code.
_REFERENCES = ("_ref", "_number", "_code", "reference")


@dataclass(frozen=True)
class Look:
    """What a column's values look like: a sample of the different ones with how often each is
    met there, and of all its cells how many are filled."""

    values: pa.Array = field(repr=False)
    counts: pa.Array = field(repr=False)
    filled: int = 0
    is_workbook: bool = False
    _met: dict[tuple[Kind, ...], float] = field(default_factory=dict, repr=False)

    @cached_property
    def saying(self) -> pa.Array:
        """Which of the values say something; the others stand for a missing one."""
        return pc.invert(_fits(self.values, _MISSING))

    def _share(self, fits: pa.Array, of: pa.Array | None = None) -> float:
        weight = self.counts.filter(self.saying if of is None else of)
        whole = pc.sum(weight).as_py() or 0
        return (pc.sum(self.counts.filter(fits)).as_py() or 0) / whole if whole else 0.0

    @cached_property
    def said(self) -> int:
        """How many cells of the sample say something."""
        return pc.sum(self.counts.filter(self.saying)).as_py() or 0

    def share(self, *kinds: Kind) -> float:
        """The share of the values, 0 to 1, that look like any of the kinds."""
        if kinds not in self._met:
            self._met[kinds] = self._share_of_kinds(kinds)
        return self._met[kinds]

    def _share_of_kinds(self, kinds: tuple[Kind, ...]) -> float:
        fits = _fits(self.values, "|".join(_PATTERNS[kind] for kind in kinds))
        if Kind.DATES in kinds and self.is_workbook:
            fits = pc.or_(fits, _fits(self.values, _SERIAL))
        return self._share(pc.and_(fits, self.saying))

    def share_of(self, choices: Sequence[str]) -> float:
        """The share of the values, 0 to 1, that are one of the choices."""
        folded = {fold_words(choice) for choice in choices}
        fits = pa.array([fold_words(v) in folded for v in self.values.to_pylist()], pa.bool_())
        return self._share(fits, pc.or_(fits, self.saying))

    @cached_property
    def kind(self) -> Kind:
        """What nearly all values look like."""
        if not self.said:
            return Kind.NOTHING
        for kind in _PATTERNS:
            if kind is Kind.MONEY and self.share(Kind.MONEY, Kind.WHOLE) >= MOST:
                return kind  # some pounds are whole
            if self.share(kind) >= MOST:
                return kind
        return Kind.UNCLEAR

    @property
    def in_words(self) -> str:
        """What the values look like, to follow the name of the column."""
        return "has no values" if self.kind is Kind.NOTHING else f"looks like {self.kind}"

    @cached_property
    def examples(self) -> tuple[str, ...]:
        """A few of its values, to show a person."""
        return tuple(text[:40] for text in self.values.filter(self.saying)[:3].to_pylist())


def look_of(texts: pa.ChunkedArray, *, is_workbook: bool = False) -> Look:
    """What the values of a column look like, from a sample taken all along it."""
    filled = len(texts) - texts.null_count
    taken = min(filled, CELLS)
    places = pa.array([i * filled // taken for i in range(taken)], pa.int64())
    if texts.null_count:
        places = pc.indices_nonzero(texts.is_valid()).take(places)
    counted = pc.value_counts(texts.take(places)).slice(0, VALUES)
    return Look(
        values=pc.utf8_trim_whitespace(counted.field("values")),
        counts=counted.field("counts"),
        filled=filled,
        is_workbook=is_workbook,
    )


class Looks:
    """The looks of a sheet's columns, each taken once and only when asked for."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._met: dict[str, Look] = {}

    def __getitem__(self, header: str) -> Look:
        if header not in self._met:
            self._met[header] = look_of(
                self._sheet.cells[header], is_workbook=self._sheet.is_workbook
            )
        return self._met[header]


def only_value(texts: pa.ChunkedArray, look: Look) -> tuple[str, int] | None:
    """The value of all cells that hold one, whatever the time of day, and how many they are;
    None where values vary."""
    if len(_days(look.values.filter(look.saying)).unique()) != 1:
        return None
    counted = pc.value_counts(_days(texts.drop_null()))
    values = pc.utf8_trim_whitespace(counted.field("values"))
    saying = pc.invert(_fits(values, _MISSING))
    held, counts = values.filter(saying), counted.field("counts").filter(saying)
    return (held[0].as_py(), counts[0].as_py()) if len(held) == 1 else None


def agreement(look: Look, column: Column) -> Agreement:
    """Whether the values can be those of our column."""
    if not look.said:
        return Agreement.SILENT
    if column.choices:
        return _weighed(look.share_of(column.choices), look)
    if column.type == "string":
        return _text_agreement(look, column)
    share = look.share(*_FITTING[column.type])
    if column.type == "date":
        in_part = look.share(Kind.DATES, Kind.MONTHS)
        if column.partial or in_part < FEW:
            share = in_part
        elif share < FEW <= in_part:
            return Agreement.DOUBTFUL
    elif column.unit and look.share(Kind.DATES) >= MOST > look.share(Kind.NUMBERS):
        return Agreement.CONTRADICTS
    return _weighed(share, look)


def _weighed(share: float, look: Look) -> Agreement:
    if share >= MOST:
        return Agreement.AGREES
    if share >= FEW:
        return Agreement.DOUBTFUL
    told = look.said >= TOO_FEW_TO_TELL or look.kind not in (Kind.NAMES, Kind.UNCLEAR)
    return Agreement.CONTRADICTS if told else Agreement.DOUBTFUL


def _text_agreement(look: Look, column: Column) -> Agreement:
    """Of a text column: any text will do, unless it must name something or is a number's kind."""
    whole = look.share(Kind.WHOLE) >= MOST  # 20240131 and 1 are numbers of invoices and lines
    never = _NEVER_NAMES if column.reference else _NEVER_TEXT
    if not whole and any(look.share(kind) >= MOST for kind in never):
        return Agreement.CONTRADICTS
    fitting: tuple[Kind, ...] = ()
    if column.reference:
        fitting = (Kind.NAMES, Kind.CODES, Kind.PLACES, Kind.REGISTERED)
    elif column.name.endswith(_REFERENCES):
        fitting = (Kind.CODES, Kind.WHOLE, Kind.REGISTERED)
    return Agreement.AGREES if fitting and look.share(*fitting) >= MOST else Agreement.SILENT


def disagreement(look: Look, column: Column) -> str:
    """Why the values cannot be those of our column, in words."""
    shown = listed(f"“{text}”" for text in look.examples)
    if column.choices:
        return (
            f"its values ({shown}) are none of the words it may hold: "
            f"{listed(column.choices, 'or')}"
        )
    expected = {
        "date": "dates",
        "boolean": "yes or no answers",
        "integer": "whole numbers",
        "number": "amounts of money" if column.unit else "numbers",
    }.get(column.type, "names or identifiers" if column.reference else "text")
    return f"it {look.in_words} ({shown}), where {expected} are expected"


def _fits(values: pa.Array, pattern: str) -> pa.Array:
    return pc.match_substring_regex(values, rf"(?s)^(?:{pattern})$", ignore_case=True)


def _days(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    return pc.replace_substring_regex(texts, pattern=rf"(?i){_TIME}$", replacement="")
