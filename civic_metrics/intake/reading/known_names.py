"""What headings are usually called: the names and aliases of the columns of every contract.
Evidence for where the headings are, never for what a column holds: that is for matching."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from civic_metrics.contracts import contracts
from civic_metrics.intake.naming import fold_heading

# More than this share of a row's cells are known where the row is taken for one of headings.
MOST = 0.5


@cache
def _known() -> frozenset[str]:
    names = {
        fold_heading(name)
        for contract in contracts().values()
        for column in contract.columns
        for name in (column.name, *column.aliases)
    }
    return frozenset(name for name in names if len(name) > 1)


def is_known(cell: str) -> bool:
    """Whether columns are called so, whatever the case and punctuation."""
    return len(cell) < 100 and fold_heading(cell) in _known()


def are_headings(cells: Sequence[str | None]) -> bool:
    """Whether at least two different cells of the row, and most of those filled, are known."""
    filled = [cell for cell in cells if cell]
    known = [fold_heading(cell) for cell in filled if is_known(cell)]
    return len(set(known)) > 1 and len(known) > MOST * len(filled)
