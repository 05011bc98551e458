"""Whether a cell may be shown for what it is itself, and whether gaps in a line keep their secret.

Imports the model alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, isclose

from civic_metrics.disclosure.cells import Cell, together
from civic_metrics.disclosure.profiles import Profile
from civic_metrics.disclosure.rounding import ROUNDING
from civic_metrics.model import Figure, Unit

TOO_FEW = "fewer than {fewest} {contributors}"
OVER_HALF = "one or two of the {contributors} make up most of it"
WORKED_OUT = "withheld so that another cannot be worked out"
BREAKDOWN = "too little to break down without giving one away"

# How wide the range stays that an outsider can work out for a cell that is not safe: an outsider
# who knew all that is shown exactly would still be out by as much. In steps of the rounding.
STEPS_KEPT_APART = 5


def why_unsafe(cell: Cell, units: Sequence[Unit], profile: Profile, contributors: str) -> str:
    """Why the cell must not be shown, or "" where it may.

    It needs enough contributors, and none that makes up over half of it, by rows or by what the
    figure weighs; nor over half of what is left when any other takes their own away, which they
    know: with the largest L1 and L2 of a total T, 2 L1 + L2 <= T.
    """
    fewest = _fewest(cell, units, profile)
    contributors = "people" if _is_about_people(cell) else contributors
    if len(cell.contributors) < fewest:
        return TOO_FEW.format(fewest=fewest, contributors=contributors)
    for amounts in zip(*cell.contributors.values(), strict=True):
        sizes = sorted((abs(amount) for amount in amounts), reverse=True)
        if 2 * sizes[0] + sizes[1] > sum(sizes) * (1 + 1e-12):
            return OVER_HALF.format(contributors=contributors)
    return ""


def is_safe(cell: Cell, units: Sequence[Unit], profile: Profile) -> bool:
    """Whether the cell may be shown for what it is itself."""
    return not why_unsafe(cell, units, profile, "")


def _is_about_people(cell: Cell) -> bool:
    return 2 * len(cell.people) > len(cell.contributors)


def _fewest(cell: Cell, units: Sequence[Unit], profile: Profile) -> int:
    """How many contributors the cell needs: more where most of them are individuals."""
    if not _is_about_people(cell):
        return profile.contributors
    needed = [
        profile.people_in_a_percentage if unit is Unit.SHARE else profile.people_in_an_average
        for unit in units
    ]
    return max(profile.contributors, *needed)


def keep_their_secret(
    gaps: Sequence[Cell], units: Sequence[Unit], profile: Profile, *, overlap: bool
) -> bool:
    """Whether no withheld part of a line can be worked out, though total and the rest are known.

    An outsider then knows the gaps together: their rows and their sums. So there are at least
    two; together they could be shown; none that is unsafe is over half of them; and the range
    left for the rows and the value of each is wider than the rounding.
    """
    if len(gaps) < 2 or not is_safe(together(gaps, overlap=overlap), units, profile):
        return False
    rows = sum(cell.rows for cell in gaps)
    safe = [is_safe(cell, units, profile) for cell in gaps]
    if any(2 * cell.rows > rows for cell, alone in zip(gaps, safe, strict=True) if not alone):
        return False
    # The reason given for a gap tells how many rows it has at least.
    known = sum(_least_rows(cell, profile) for cell in gaps)
    if rows - known <= profile.counts_to:
        return False
    for number, unit in enumerate(units):
        step = float(ROUNDING[unit].step)
        figures = [cell.figures[number] for cell in gaps]
        for figure, alone in zip(figures, safe, strict=True):
            needed = step if alone else STEPS_KEPT_APART * step
            if _room(figure, figures, unit) <= needed:
                return False
    return True


def _least_rows(cell: Cell, profile: Profile) -> int:
    return profile.contributors if len(cell.contributors) >= profile.contributors else 1


def _room(figure: Figure, gaps: Sequence[Figure], unit: Unit) -> float:
    """How far apart the values lie that a gap may have, where the gaps' sums are known exactly.

    A value that is no ratio of sums, such as a median, leaves all the room there is.
    """
    if not all(_is_ratio(one) for one in gaps):
        return inf
    numerator = sum(one.numerator for one in gaps)
    own = figure.denominator
    others = sum(one.denominator for one in gaps) - own
    if not own:
        return inf
    at_most, at_least = numerator / own, 0.0
    if unit is Unit.SHARE:  # bounded above as well
        at_most, at_least = min(1.0, at_most), max(0.0, (numerator - others) / own)
    return at_most - at_least


def _is_ratio(figure: Figure) -> bool:
    return (
        figure.value is not None
        and bool(figure.denominator)
        and figure.numerator is not None
        and isclose(figure.numerator / figure.denominator, figure.value, abs_tol=1e-9)
    )
