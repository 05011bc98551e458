"""The few texts inside a chart: a value, a range, a class, a wrapped name.

Numbers are written by `civic_metrics.words`, so that a chart and its sentence say the same.
"""

from __future__ import annotations

from html import escape
from math import isfinite
from textwrap import wrap

from civic_metrics import words
from civic_metrics.model import Figure, Unit

NO_FIGURE = "no figure"
_PLACES = {  # others to one place
    Unit.SHARE: 3,
    Unit.GAP: 3,
    Unit.POINTS: 3,
    Unit.POUND_FOR_POUND: 2,
    Unit.POUNDS_A_HEAD: 2,
}
_AXIS = {
    Unit.DAYS: "Days",
    Unit.YEARS: "Years",
    Unit.SHARE: "Share (%)",
    Unit.GAP: "Gap (%)",
    Unit.POINTS: "Percentage points",
    Unit.HOURS: "Hours",
    Unit.NUMBER: "Number",
    Unit.POUNDS: "£",
    Unit.POUNDS_A_HEAD: "£ a head",
    Unit.POUND_FOR_POUND: "£ for each £1 at the university's rate",
}


def known(x: float | None) -> bool:
    """Whether there is a number to draw."""
    return x is not None and isfinite(x)


def rounded(x: float, unit: Unit) -> float:
    """The value as finely as it is ever shown: 0.1 days or years, 0.1%, a penny."""
    return float(words.rounded(x, _PLACES.get(unit, 1)))


def label(x: float | None, unit: Unit) -> str:
    """The value as a chart shows it, which is as a sentence does: "34 days", "95.1%", "62p"."""
    return words.short(x, unit)


def span(figure: Figure, unit: Unit) -> str:
    """The figure's range for a hover box: "31 to 36 days", or "no range"."""
    if known(figure.lower) and known(figure.upper):
        return class_range(figure.lower, figure.upper, unit)
    if known(figure.lower):
        return f"{label(figure.lower, unit)} or more"
    if known(figure.upper):
        return f"{label(figure.upper, unit)} or less"
    return "no range"


def class_range(low: float, high: float, unit: Unit) -> str:
    """From the lowest to the highest: "31 to 36 days", "58p to 66p", "34 days"."""
    first, last = label(low, unit), label(high, unit)
    if first == last:
        return first
    if unit in (Unit.DAYS, Unit.YEARS, Unit.HOURS):
        first = first.rsplit(" ", 1)[0]
    return f"{first} to {last}"


def axis(unit: Unit) -> str:
    """The title of an axis in this unit."""
    return _AXIS[unit]


def hover(name: str, figure: Figure, unit: Unit, counts: str) -> str:
    """What a point says when it is touched: whose, how much, the range, what it rests on."""
    return (
        f"<b>{safe(name)}</b><br>{label(figure.value, unit)}"
        f"<br>{span(figure, unit)}<br>{counts}: {figure.n:,}"
    )


def safe(text: str) -> str:
    """The text with nothing a chart would take for markup."""
    return escape(text, quote=False)


def lines(text: str, width: int) -> str:
    """The text broken into lines of about so many characters, safe for a chart."""
    return "<br>".join(safe(part) for part in wrap(text, width, break_long_words=False)) or " "


def clipped(text: str, width: int) -> str:
    """The text cut to so many characters with an ellipsis, safe for a chart."""
    return safe(text if len(text) <= width else text[: width - 1].rstrip() + "…")
