"""What leaves the university: one fixed grid of tables, the same for every viewer.

Nothing is chosen by whoever asks but the profile: no dates, no filters, no split of their own. A
figure for a day and one for the day before give the payments of that day away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from civic_metrics.compute.cells import Drawn, draw
from civic_metrics.compute.figures import indicator_of
from civic_metrics.compute.statement import Unanswerable
from civic_metrics.disclosure import (
    ALL,
    ALL_YEARS,
    BREAKDOWN,
    HESA,
    NOT_BROKEN_DOWN,
    Cell,
    Key,
    Profile,
    Table,
    shown,
    withhold,
)
from civic_metrics.ledger import Ledger
from civic_metrics.model import Figure, Indicator, Unit
from civic_metrics.periods import ACADEMIC_YEAR

# The grid. Adding to it is a decision about what leaves the university, made here and nowhere
# else. One kind of year only: two that overlap would give the months between them away.
GRID = (
    "compensation_parity",
    "unpaid_hours_share",
    "time_to_payment",
    "paid_within_30_days",
    "average_days_to_pay",
    "partnership_longevity",
    "five_year_survival",
)
DIMENSIONS = ("kind", "size", "theme", "place")
YEAR = ACADEMIC_YEAR

NO_FIGURE = "the records do not give a figure yet"
# Of a partnership a member may be of several kinds and sizes; of a row, the one it is about.
OVERLAP = frozenset({"theme", "place"})
OVERLAP_THROUGH_MEMBERS = frozenset({"theme", "place", "kind", "size"})


@dataclass(frozen=True)
class PublishedCell:
    """One figure as it may be shown to anybody, or the reason why it is not.

    `beyond` is "or less" or "or more" where the value is only known to lie so far. A withheld
    cell has neither value nor n.
    """

    indicator: str
    name: str
    unit: Unit
    dimension: str
    group: str
    key: str | None
    year: str
    as_of: date
    value: float | None = None
    beyond: str = ""
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    withheld: str = ""
    note: str = ""


@dataclass(frozen=True)
class Grid:
    """Everything that may leave the university, under one profile; `empty` is what is not in it.

    `as_of` of each figure is the end of an academic year, so that the grid changes once a year
    and what happened between two of them is a year's.
    """

    profile: Profile
    cells: tuple[PublishedCell, ...]
    empty: Mapping[str, str]


def published(ledger: Ledger, *, profile: Profile = HESA) -> Grid:
    """The whole grid under that profile. It takes no viewer, no dates and no filter."""
    drawn: list[Drawn] = []
    empty: dict[str, str] = {}
    for name in GRID:
        found = draw(ledger, indicator_of(name), dimensions=DIMENSIONS, year=YEAR)
        if isinstance(found, str):
            empty[name] = found
        else:
            drawn.append(found)
    cells = [cell for family in _of_the_same_rows(drawn) for cell in _cells(family, profile)]
    cells.sort(key=_reading_order)
    return Grid(profile, tuple(cells), empty)


def peers(grid: Grid, indicator: str, *, kind: str | None = None) -> PublishedCell | None:
    """What a partner may be set beside: the newest shown figure of its kind, else of all partners.

    It is a cell of the grid, the partner's own rows among it, so it is the same for everybody: at
    least five others stand in it, and none is over half of it, nor over half of the rest when the
    partner takes its own rows away. None where the grid shows no such figure; Unanswerable for
    an indicator that is not in the grid.
    """
    if indicator not in GRID:
        raise Unanswerable(f"{indicator!r} is not published. These are: {', '.join(GRID)}.")
    shown = [c for c in grid.cells if c.indicator == indicator and c.value is not None]
    of_kind = [c for c in shown if c.dimension == "kind" and kind is not None and c.key == kind]
    of_all = [c for c in shown if c.dimension == ALL]
    for found in (of_kind, of_all):
        if found:  # years sort by name; what has none comes before all of them
            return max(found, key=lambda cell: (cell.year[0].isdigit(), cell.year))
    return None


def rows(grid: Grid) -> list[dict[str, Any]]:
    """The grid as plain rows: for a table, a CSV or JSON. What is withheld says why."""
    return [
        {
            "indicator": cell.indicator,
            "name": cell.name,
            "year": cell.year,
            "dimension": cell.dimension,
            "group": cell.group,
            "value": cell.value,
            "value_is": cell.beyond or None,
            "lower": cell.lower,
            "upper": cell.upper,
            "n": cell.n,
            "unit": cell.unit.value,
            "as_of": cell.as_of,
            "profile": grid.profile.name,
            "note": cell.withheld or cell.note or None,
        }
        for cell in grid.cells
    ]


def _of_the_same_rows(drawn: Iterable[Drawn]) -> list[list[Drawn]]:
    """Indicators that count the same rows, together: the n of one is the n of the other."""
    families: list[list[Drawn]] = []
    for one in drawn:
        for family in families:
            if _who(family[0]) == _who(one):
                family.append(one)
                break
        else:
            families.append([one])
    return families


def _who(drawn: Drawn) -> dict[Key, dict[str, float]]:
    return {
        key: {name: amounts[0] for name, amounts in cell.contributors.items()}
        for key, cell in drawn.cells.items()
    }


def _cells(family: list[Drawn], profile: Profile) -> Iterator[PublishedCell]:
    """What is shown of indicators of the same rows."""
    first = family[0]
    members = first.asked.through_membership
    table = Table(
        cells={key: _joined(key, family) for key in first.cells},
        units=tuple(one.asked.unit for one in family),
        overlapping=OVERLAP_THROUGH_MEMBERS if members else OVERLAP,
    )
    outcome = withhold(table, profile, contributors="partnerships" if members else "partners")
    for place, one in enumerate(family):
        for key in outcome.shown:
            yield _shown(one, key, table.cells[key], table.cells[key].figures[place], profile)
        for key, why in outcome.withheld.items():
            yield _cell(one, key, table.cells[key].label, withheld=why)
        for dimension, year in outcome.not_broken_down:
            key = Key(dimension, None, year)
            yield _cell(one, key, NOT_BROKEN_DOWN, withheld=BREAKDOWN)


def _joined(key: Key, family: list[Drawn]) -> Cell:
    """One cell of several indicators: what each weighs by, beside the rows they share."""
    cells = [one.cells[key] for one in family]
    contributors = {
        name: (amounts[0], *(more for cell in cells for more in cell.contributors[name][1:]))
        for name, amounts in cells[0].contributors.items()
    }
    figures = tuple(cell.figures[0] for cell in cells)
    return Cell(contributors, figures, cells[0].label, cells[0].people)


def _shown(one: Drawn, key: Key, cell: Cell, figure: Figure, profile: Profile) -> PublishedCell:
    rounded = shown(figure, one.asked.unit, profile)
    return _cell(
        one,
        key,
        cell.label,
        value=rounded.value,
        beyond=rounded.beyond,
        lower=rounded.lower,
        upper=rounded.upper,
        n=rounded.n,
        note="" if rounded.value is not None else NO_FIGURE,
    )


def _cell(one: Drawn, key: Key, label: str, **what: Any) -> PublishedCell:
    asked: Indicator = one.asked
    return PublishedCell(
        indicator=asked.id,
        name=asked.name,
        unit=asked.unit,
        dimension=key.dimension,
        group=label,
        key=key.group,
        year=key.year,
        as_of=one.as_of,
        **what,
    )


def _reading_order(cell: PublishedCell) -> tuple[int, int, int, str, bool, str]:
    """The grid's indicators, everyone before the parts, all years before each, by name."""
    dimension = (ALL, *DIMENSIONS).index(cell.dimension)
    each = cell.year != ALL_YEARS
    return GRID.index(cell.indicator), dimension, each, cell.year, cell.key is None, cell.group
