"""Results as plain sentences, in the words of the people who read the dashboard.

Imports the standard library and `civic_metrics.model` only. Rounding happens here, once, halves
up. The words of the house (see issue 2, item 9) never leave it: a test reads what this says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from civic_metrics.model import Better, Figure, Indicator, LeftOut, Result, Row, Status, Unit

NOT_SHOWN = "not shown"
PARTNERS = "Partners"
AT_THE_RATE = "for each £1 at the university's rate"
MINUS = "\N{MINUS SIGN}"

_PENCE = Decimal("0.995")  # from here the pence round up to a whole pound
_MILLION = 1_000_000
_NO_MIDDLE = "no middle value yet"
# An estimator's note holds its remarks parted by semicolons, in its own terms. Those about the
# range belong beside the range, and the reader is told only once that there is none.
_NO_INTERVAL = re.compile(r",? so no interval can be given$")
_ABOUT_RANGE = re.compile(r"no interval can be given$|\blimit$")
_LACKING = re.compile(r"(?:^|\bwith )(no .+)$")  # "money paid with no time recorded"
_IRREGULAR = {"people": "person"}
_LENGTHS = (Unit.DAYS, Unit.YEARS, Unit.HOURS)  # a number and a noun
_PERCENTAGES = (Unit.SHARE, Unit.GAP, Unit.POINTS)
_COMPARED = {
    Unit.DAYS: ("longer", "shorter"),
    Unit.YEARS: ("longer", "shorter"),
    Unit.SHARE: ("higher", "lower"),
    Unit.GAP: ("wider", "narrower"),
    Unit.POINTS: ("higher", "lower"),
    Unit.HOURS: ("more", "fewer"),
    Unit.NUMBER: ("more", "fewer"),
    Unit.POUNDS: ("more", "less"),
    Unit.POUNDS_A_HEAD: ("more", "less"),
    Unit.POUND_FOR_POUND: ("more", "less"),
}


# One number


def rounded(x: float, places: int = 0) -> Decimal:
    """`x` to so many decimal places, halves away from nought: 2.5 is 3, as readers do it."""
    return Decimal(str(x)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def short(x: float | None, unit: Unit) -> str:
    """A value for a tile, an axis or a table: "62p", "34 days", "95.1%"."""
    if not _known(x):
        return NOT_SHOWN
    if unit in _LENGTHS:
        number = _number(x, _places(x))
        return f"{number} {unit.value[:-1] if number == '1' else unit.value}"
    if unit in (Unit.POUND_FOR_POUND, Unit.POUNDS_A_HEAD):
        return _pounds_and_pence(x)
    if unit is Unit.POUNDS:
        return pounds(x)
    if unit is Unit.NUMBER:
        return _number(x, _places(x))
    if unit is Unit.POINTS:
        number = _number(100 * x, 1)
        return f"{number} percentage point{'' if number in ('1', MINUS + '1') else 's'}"
    return _percent(x)


def value(x: float | None, unit: Unit) -> str:
    """A value for a sentence: "34 days", "62p for each £1 at the university's rate"."""
    if _known(x) and unit is Unit.POUND_FOR_POUND:
        return f"{short(x, unit)} {AT_THE_RATE}"
    if _known(x) and unit is Unit.POUNDS_A_HEAD:
        return f"{short(x, unit)} a head"
    return short(x, unit)


def interval(figure: Figure, unit: Unit) -> str:
    """The range of a figure: "between 31 and 36 days", "at least 31 days", or why there is none."""
    low, high = figure.lower, figure.upper
    if _known(low) and _known(high):
        return _between(low, high, unit)
    if _known(low):
        return f"at least {short(low, unit)}"
    if _known(high):
        return f"at most {short(high, unit)}"
    about_range, others = _remarks(figure)
    reason = "; ".join(about_range or others)
    return f"no range can be given: {reason}" if reason else "no range can be given"


def pounds(x: float | Decimal | None) -> str:
    """An amount of money: "£84,000", "£1.2 million", pence only below £1."""
    if x is None:
        return NOT_SHOWN
    sign, size = (MINUS, -x) if x < 0 else ("", x)
    if rounded(size) >= _MILLION:
        return f"{sign}£{_trimmed(rounded(float(size) / _MILLION, 1))} million"
    if 0 < size < _PENCE:
        return f"{sign}{_pounds_and_pence(float(size))}"
    return f"{sign}£{rounded(size):,}"


def count(n: int, noun: str) -> str:
    """A number of things, from their plural: "1 invoice", "6,187 invoices", "no invoices"."""
    number = f"{n:,}" if n else "no"
    return f"{number} {_one(noun) if n == 1 else noun}"


def date_words(day: date | None) -> str:
    """A day as people write it: "31 March 2026"."""
    return f"{day.day} {day:%B %Y}" if day else "a date that is not known"


# A whole answer


def sentence(result: Result, row: Row, *, subject: str = PARTNERS) -> str:
    """One sentence: the figure, its range, what it rests on, as at when, and the target."""
    indicator, figure = result.indicator, row.figure
    rests_on = f"from {count(figure.n, indicator.counts)}"
    as_at = f", as at {date_words(result.as_of)}" if result.as_of else ""
    if not _known(figure.value):
        return f"{_withheld(figure, indicator, subject)} ({rests_on}{as_at})."
    target = _against_target(result, row)
    compared = f"; {target}" if target else ""
    about_range, others = _remarks(figure)
    aside = f" ({'; '.join(others)})" if others and (about_range or _has_range(figure)) else ""
    return (
        f"{_claim(figure.value, indicator, subject)} "
        f"({interval(figure, indicator.unit)}), {rests_on}{as_at}{compared}{aside}."
    )


def reach(row: Row, *, paid_to: str = "partners") -> str:
    """How much of the money a pay figure rests on, or "" where no money is recorded.

    "Rests on £84,000 of the £310,000 paid to partners; £226,000 has no time recorded."
    """
    outside = [item for item in row.left_out if item.pounds]
    if not outside:
        return f"Rests on all {pounds(row.pounds)} paid to {paid_to}." if row.pounds else ""
    inside = row.pounds or 0  # no money counted, though some is recorded: the figure rests on none
    everything = inside + sum(item.pounds or 0 for item in outside)
    parts = [
        f"{pounds(item.pounds)} has {lacking[1]}"
        if (lacking := _LACKING.search(item.reason))
        else f"{pounds(item.pounds)} is left out: {item.reason}"
        for item in outside
    ]
    rest = "; ".join(parts)
    rested_on = pounds(inside) if inside else "none"
    return f"Rests on {rested_on} of the {pounds(everything)} paid to {paid_to}; {rest}."


def left_out(row: Row, noun: str = "records") -> list[str]:
    """What the figure does not count, a line a reason: "41 invoices: paid in advance (£12,300)".

    `noun` is the plural the indicator counts.
    """
    return _lines(row.left_out, noun)


def cautions(row: Row, noun: str = "records") -> list[str]:
    """What the figure counts but the records leave in doubt, a line a reason."""
    return _lines(row.cautions, noun)


def status(result: Result, row: Row) -> str:
    """How the figure stands against the target, or why that is not said."""
    words = {
        Status.BETTER: "better than the target",
        Status.SIMILAR: "no clear difference from the target",
        Status.WORSE: "worse than the target",
    }
    if result.indicator.better is not Better.NEITHER and row.status in words:
        return words[row.status]
    reason = _not_assessed(result, row)
    return f"not assessed: {reason}" if reason else "not assessed"


def change(
    now: Row,
    before: Row | None,
    indicator: Indicator,
    labels: tuple[str, str] | None = None,
) -> str:
    """What changed since the period before: "3 days shorter than in 2024/25 (37 days)".

    `labels` name the two periods, now and before; without them the rows' own labels do. There
    is no clear difference where either value lies within the other's range.
    """
    if before is None:
        return "nothing to compare with"
    period = labels[1] if labels else before.labels[-1] if before.labels else "the period before"
    old, new, unit = before.figure, now.figure, indicator.unit
    if not _known(new.value):
        return f"nothing to compare with {period}: there is no figure now"
    if not _known(old.value):
        return f"nothing to compare with: there is no figure for {period}"
    was = f"{period} ({short(old.value, unit)})"
    difference = _difference(new.value - old.value, unit)
    if difference is None:
        return f"the same as in {was}"
    if _within(new.value, old) or _within(old.value, new):
        return f"no clear difference from {was}"
    unsure = "" if _has_range(old) and _has_range(new) else ", which may be chance"
    return f"{difference} than in {was}{unsure}"


def beside(
    figure: Figure,
    indicator: Indicator,
    comparator: float | None,
    named: str,
    *,
    status: Status,
    direction: int | None,
    note: str | None = None,
) -> str:
    """How a figure stands against a value that is named: "better: higher than everyone (60%)".

    `direction` is 1 or -1 where the whole range lies above or below the value, 0 around it. Where
    neither way is better, only the way is said.
    """
    if not _known(figure.value) and direction is None:
        return f"not compared: {_reason(figure) or note or 'there is no figure'}"
    if not _known(comparator):
        return f"not compared: {note or 'there is nothing to compare with'}"
    other = f"{named} ({short(comparator, indicator.unit)})"
    if direction is None:
        return f"set beside {other}; without a range it is not assessed"
    if direction == 0:
        return f"no clear difference from {other}"
    more, less = _COMPARED[indicator.unit]
    way = f"{more if direction > 0 else less} than {other}"
    return f"{status.value}: {way}" if status in (Status.BETTER, Status.WORSE) else way


def difference(x: float | None, unit: Unit) -> str:
    """A change for a sentence: "3 days shorter", "1 percentage point higher", "no difference"."""
    if not _known(x):
        return "not known, because there was no figure on one side"
    return _difference(x, unit) or "no difference"


# The parts of sentences


def _lines(asides: Sequence[LeftOut], noun: str) -> list[str]:
    return [
        f"{count(item.n, noun)}: {item.reason}"
        + (f" ({pounds(item.pounds)})" if item.pounds is not None else "")
        for item in asides
    ]


def _claim(x: float, indicator: Indicator, subject: str) -> str:
    """The figure with its verb. Past tense: it reads the same of one partner and of many."""
    shown = value(x, indicator.unit)
    average = indicator.estimator.name.startswith("mean")
    usually, about = ("", " on average") if average else (" typically", "")
    if indicator.unit is Unit.POUND_FOR_POUND:
        return f"{subject} received {shown}"
    if indicator.verb and indicator.unit is Unit.DAYS:
        return f"{subject}{usually} {indicator.verb} {shown}{about}"
    if indicator.verb and indicator.unit is Unit.YEARS:
        whose = "" if subject in (PARTNERS, _capital(indicator.counts)) else f"{subject}: "
        things = indicator.counts if whose else _capital(indicator.counts)
        return f"{whose}{things}{usually} {indicator.verb} {shown}{about}"
    if indicator.unit is Unit.GAP:
        size = "the same" if x == 0 else f"{_percent(abs(x))} {'less' if x > 0 else 'more'}"
        link = "as" if x == 0 else "than"
        hour = "an hour on average" if average else "a typical hour"
        return f"{subject} received {size} for {hour} {link} the university's own people"
    if subject.lower() in indicator.name.lower():
        return f"{indicator.name}: {shown}"
    return f"{subject}, {_small(indicator.name)}: {shown}"


def _withheld(figure: Figure, indicator: Indicator, subject: str) -> str:
    reason = _reason(figure)
    if _NO_MIDDLE in reason:
        return f"{subject}: {reason}"
    because = f", because {reason}" if reason else ""
    return f"{subject}, {_small(indicator.name)}: {NOT_SHOWN}{because}"


def _against_target(result: Result, row: Row) -> str:
    target, unit, figure = result.target, result.indicator.unit, row.figure
    if target is None:
        return ""
    named = f"the target of {short(target, unit)}"
    judged = row.status in (Status.BETTER, Status.WORSE)
    if row.status is Status.SIMILAR or (not judged and _within(target, figure)):
        return f"no clear difference from {named}"
    if not judged and not _has_range(figure):
        return f"set beside {named}"
    if figure.value == target:
        return f"the same as {named}"
    more, less = _COMPARED[unit]
    return f"{more if figure.value > target else less} than {named}"


def _not_assessed(result: Result, row: Row) -> str:
    if not _known(row.figure.value):
        return _reason(row.figure) or "there is no figure"
    if result.indicator.better is Better.NEITHER:
        more, less = _COMPARED[result.indicator.unit]
        return f"neither {more} nor {less} is better in itself"
    if result.target is None:
        return "there is no target to compare with"
    return "" if _has_range(row.figure) else interval(row.figure, result.indicator.unit)


def _difference(x: float, unit: Unit) -> str | None:
    """ "3 days shorter", "1 percentage point higher"; None where it rounds to nothing."""
    more, less = _COMPARED[unit]
    if unit is Unit.POUND_FOR_POUND:
        if not rounded(100 * x):
            return None
        size = _pounds_and_pence(abs(x))
    elif unit in (Unit.POUNDS, Unit.POUNDS_A_HEAD):
        size = short(abs(x), unit)
    else:
        points = unit in _PERCENTAGES
        places = 1 if points else _places(x)
        number = _number(abs(x) * (100 if points else 1), places)
        if number == "0":
            return None
        noun = "percentage points" if points else "" if unit is Unit.NUMBER else unit.value
        size = f"{number} {noun[:-1] if number == '1' else noun}".rstrip()
    return f"{size} {more if x > 0 else less}"


def _between(low: float, high: float, unit: Unit) -> str:
    first, last = short(low, unit), short(high, unit)
    if first == last:
        return f"{first} at both ends of the range"
    if unit in _LENGTHS:
        places = max(_places(low), _places(high))
        return f"between {rounded(low, places):,} and {rounded(high, places):,} {unit.value}"
    return f"between {first} and {last}"


def _remarks(figure: Figure) -> tuple[list[str], list[str]]:
    """The figure's note as remarks about its range and others."""
    parts = [part.strip().rstrip(".") for part in (figure.note or "").split(";")]
    parts = [_small(part) for part in parts if part]
    about_range = [_NO_INTERVAL.sub("", part) for part in parts if _ABOUT_RANGE.search(part)]
    return about_range, [part for part in parts if not _ABOUT_RANGE.search(part)]


def _reason(figure: Figure) -> str:
    """Why there is no figure, the plainest remark first."""
    about_range, others = _remarks(figure)
    return "; ".join([*sorted(others, key=lambda part: _NO_MIDDLE not in part), *about_range])


# The parts of numbers


def _known(x: float | None) -> bool:
    return x is not None and isfinite(x)


def _has_range(figure: Figure) -> bool:
    return _known(figure.lower) or _known(figure.upper)


def _within(x: float, figure: Figure) -> bool:
    return (
        _has_range(figure)
        and (not _known(figure.lower) or figure.lower <= x)
        and (not _known(figure.upper) or x <= figure.upper)
    )


def _places(x: float) -> int:
    return 0 if rounded(x, 1) == rounded(x) else 1


def _trimmed(number: Decimal) -> str:
    text = f"{number:,}"
    return text.removesuffix(".0")


def _number(x: float, places: int) -> str:
    number = rounded(x, places)
    sign = MINUS if number < 0 else ""
    return sign + _trimmed(abs(number))


def _percent(x: float) -> str:
    percent = Decimal(str(x)) * 100
    if 0 < percent < Decimal("0.05"):
        return "under 0.1%"
    if Decimal("99.95") <= percent < 100:
        return "over 99.9%"  # all but one is not all
    return f"{_number(percent, 1)}%"


def _pounds_and_pence(x: float) -> str:
    size = abs(Decimal(str(x)))
    sign = MINUS if x < 0 and rounded(size * 100) else ""
    if size < _PENCE:
        return f"{sign}{rounded(size * 100)}p"
    return f"{sign}£{rounded(size, 2):,}"


def _one(noun: str) -> str:
    """The singular of a plural noun, also inside a phrase: "invoices paid" is "invoice paid"."""
    words: Sequence[str] = noun.split()
    for place, word in enumerate(words):
        single = _IRREGULAR.get(word)
        if single is None and word.endswith("s") and not word.endswith("ss"):
            single = word[:-3] + "y" if word.endswith("ies") else word[:-1]
            if word.endswith(("sses", "xes", "ches", "shes")):
                single = word[:-2]
        if single is not None:
            return " ".join([*words[:place], single, *words[place + 1 :]])
    return noun


def _small(text: str) -> str:
    """The text for the middle of a sentence; "HE-BCI" and the like keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
