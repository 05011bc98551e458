"""An amount or number as people write it -> the figure, its currency and what was done to it;
or what is wrong with it.

Pure functions of one text; whole columns are read in amounts.py, which leaves only unusual
spellings to this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum

from civic_metrics.intake.parsing.choices import ditto_fault
from civic_metrics.intake.parsing.currencies import CODE_OF, POUNDS
from civic_metrics.intake.parsing.values import Fault

PENNY = Decimal("0.01")
# Amounts fit decimal(18, 2); whole numbers are exact in the double they pass through.
LARGEST = Decimal(10) ** 16
WHOLE = 2**53


class Kind(Enum):
    """What a column of figures holds."""

    MONEY = "money in the row's currency"
    POUNDS = "pounds"
    SHARE = "a share of 0 to 1"
    WHOLE = "a whole number"
    NUMBER = "any number"

    @property
    def is_money(self) -> bool:
        """Whether it is rounded to the penny and may name a currency."""
        return self in (Kind.MONEY, Kind.POUNDS)


@dataclass(frozen=True)
class Figure:
    """A number with the currency its text states and what was done to read it, or a fault."""

    value: Decimal | None = None
    currency: str | None = None
    notes: tuple[str, ...] = ()
    fault: Fault | None = None


TIDIED = "read without currency signs, commas and blanks"
CREDIT = "brackets, CR or a minus behind read as a minus"
ROUNDED = "rounded to the penny"
ELSEWHERE = "in a currency other than pounds, kept apart"
_PENCE = "pence read as pounds"
_SCALED = "thousands and millions (k, m) written out"
_POWER = "powers of ten written out"
_PER_CENT = "per cent read as a share"

# Blanks and minus signs of all kinds; apostrophes group thousands in Switzerland.
_FOLD = str.maketrans("−–‐\u00a0\u2009\u202f\u2007\t’'", "---     ,,")
_SCALES = {
    "PENCE": -2, "P": -2, "K": 3, "THOUSAND": 3, "M": 6, "MN": 6, "MILLION": 6, "BN": 9,
    "BILLION": 9, "%": -2, "PER CENT": -2, "PERCENT": -2, "PCT": -2,
}  # fmt: skip
_PENCES = ("PENCE", "P")
_PARTS = ("%", "PER CENT", "PERCENT", "PCT")
_CURRENCY = r"[A-Z]{0,2}\$|[£€₹¥₦]|[A-Z]{3}"
# A grouped number has its commas every three figures: a decimal comma is never read as 150.
_NUMBER = r"(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+"
_SCALE = "|".join(sorted(map(re.escape, _SCALES), key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?P<c1>{_CURRENCY})? *(?P<opened>\()? *(?P<s1>[-+])? *(?P<c2>{_CURRENCY})? *(?P<s2>[-+])? *"
    rf"(?P<number>{_NUMBER})(?P<power>E[-+]?[0-9]{{1,3}})? *(?P<scale>{_SCALE})? *"
    rf"(?P<c3>{_CURRENCY})? *(?P<closed>\))? *(?P<behind>CR|DR|-)? *(?P<c4>{_CURRENCY})?"
)
_ONE_OF_TWO = re.compile(r"\d\s*(?:-|–|—|\bto\b|\bor\b|\band\b|/|&)\s*[£$€]?\s*\d", re.IGNORECASE)
_QUALIFIED = (
    ("up to", re.compile(r"^\s*(?:up to|max\.?|maximum|under|less than|no more than|<|≤)\W*\d")),
    ("at least", re.compile(r"^\s*(?:at least|min\.?|minimum|from|≥)\W*\d|\d\s*\+$")),
    ("more than", re.compile(r"^\s*(?:over|more than|above|in excess of|>)\W*\d")),
    ("about", re.compile(
        r"^\s*(?:c\.?|ca\.?|circa|approx\.?|approximately|about|around|roughly|est\.?|estimated|~)"
        r"\W*\d|\d\W*(?:approx\.?|est\.?|\(est\.?\)|ish|\?)$"
    )),
)  # fmt: skip


def read_figure(text: str, kind: Kind, qualifier: str | None = None) -> Figure:
    """The figure; `qualifier` is the column that says "up to" and the like, where there is one.

    A number has at most one mark of a minus (a sign, brackets round it, or CR or - behind it)
    and one currency, however often that is said.
    """
    folded = text.translate(_FOLD).upper().strip()
    found = _FIGURE.fullmatch(folded)
    if not found or (found["opened"] is None) != (found["closed"] is None):
        return Figure(fault=_no_figure(text, kind, qualifier))
    named = [found[c] for c in ("c1", "c2", "c3", "c4") if found[c]]
    codes = {CODE_OF.get(name) for name in named}
    scale, behind = found["scale"], found["behind"]
    signs = (found["s1"] == "-", found["s2"] == "-")
    beside = (found["opened"] is not None, behind in ("CR", "-"))
    if scale in _PENCES:
        codes.add(POUNDS)
    if (
        None in codes
        or sum((*signs, *beside)) > 1
        or (behind == "-" and found["number"].endswith("."))
        or (found["power"] and scale)
        or (scale and (kind is not Kind.SHARE if scale in _PARTS else not kind.is_money))
        or (named and not kind.is_money)
    ):
        return Figure(fault=_no_figure(text, kind, qualifier))
    if len(codes) > 1:
        return Figure(fault=Fault("an amount in one currency", "Keep the right one of the two."))
    (currency,) = codes or {None}
    if kind is Kind.POUNDS and currency not in (None, POUNDS):
        return Figure(
            fault=Fault(
                f"an amount in pounds; this one is in {currency}",
                "Write it in pounds at the rate of the day, or leave the cell empty.",
            )
        )
    value = _value(found, is_minus=any((*signs, *beside)))
    if value is None or (kind.is_money and abs(value) >= LARGEST):
        return Figure(fault=Fault("a number of ordinary size", "Correct the number."))
    if kind is Kind.WHOLE and (value != value.to_integral_value() or abs(value) > WHOLE):
        return Figure(fault=_no_figure(text, kind, qualifier))
    notes = [
        said
        for said, done in (
            (CREDIT, any(beside)),
            (_PENCE, scale in _PENCES),
            (_PER_CENT, scale in _PARTS),
            (_SCALED, scale is not None and scale not in (*_PENCES, *_PARTS)),
            (_POWER, found["power"] is not None),
            (ELSEWHERE, currency not in (None, POUNDS)),
        )
        if done
    ]
    if kind.is_money:
        rounded = value.quantize(PENNY, ROUND_HALF_UP)
        notes += [ROUNDED] * (rounded != value)
        value = rounded
    if not notes and not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        notes = [TIDIED]
    return Figure(value, currency, tuple(notes))


def _value(found: re.Match[str], *, is_minus: bool) -> Decimal | None:
    """The number, or None where it is beyond all measure."""
    digits = re.sub("[, ]", "", found["number"]) + (found["power"] or "")
    try:
        value = Decimal(digits).scaleb(_SCALES.get(found["scale"] or "", 0))
    except InvalidOperation:
        return None
    if not value.is_finite() or value.adjusted() > 300 or len(value.as_tuple().digits) > 28:
        return None
    return -value if is_minus and value else value


def _no_figure(text: str, kind: Kind, qualifier: str | None) -> Fault:
    """What to do about a text that is no number of the kind."""
    low = text.casefold()
    if fault := ditto_fault(text):
        return fault
    if any(letter.isdigit() for letter in text):
        for word, pattern in _QUALIFIED:
            if pattern.search(low):
                return _qualified(word, qualifier)
        if _ONE_OF_TWO.search(text):
            fix = "Write the one that is right; what else is known belongs in a column of notes."
            return Fault("one number; this looks like two", fix)
        if kind.is_money and re.search(r"[a-z£$€]", low) is None and "," in text:
            return _decimal_point()
        if not kind.is_money and re.search(r"[£$€]|\b(gbp|eur|usd)\b", low):
            return Fault("a number without a currency", "Write the number alone.")
        if "," in text:
            return _decimal_point()
    if kind.is_money:
        return Fault(
            "an amount such as 1234.50",
            "Put in the amount alone, or leave the row out until it is known.",
        )
    if kind is Kind.WHOLE:
        return Fault("a whole number", "Correct the number, or leave the cell empty.")
    example = "a share such as 0.4 or 40%" if kind is Kind.SHARE else "a number such as 12.5"
    return Fault(example, "Correct the number, or leave the cell empty.")


def _decimal_point() -> Fault:
    return Fault(
        "a number with a point before its decimals, such as 1,234.50",
        "Write the number with a decimal point.",
    )


def _qualified(word: str, qualifier: str | None) -> Fault:
    where = f"“{word}” in the column {qualifier}" if qualifier else "the rest in a column of notes"
    return Fault("a number alone, such as 80000", f"Write the number alone and put {where}.")
