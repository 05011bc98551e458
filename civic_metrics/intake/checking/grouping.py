"""Problems in groups by what to do about them, and row numbers in few words.

Imports nothing of ours but the ledger's batch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import InitVar, dataclass, field

from civic_metrics.ledger.batch import Problem, Severity

# Runs of rows named in a text, and cells shown as examples of a group.
RUNS = 5
EXAMPLES = 3

# Where a problem names the rows it is to be compared with, it is of one kind all the same.
_NAMED = re.compile(r"\brows? [0-9]+(?:(?:, | and | to )[0-9]+)*(?: and [0-9,]+ more)?")


@dataclass(frozen=True)
class Alike(Problem):
    """One warning that many rows share; `rows` are their numbers as the program shows them."""

    numbers: InitVar[Sequence[int]] = ()

    def __post_init__(self, numbers: Sequence[int]) -> None:
        # Not a field: a program that lists problems wants the words and not half a million rows.
        object.__setattr__(self, "rows", tuple(numbers))


@dataclass(frozen=True)
class Group:
    """Problems that ask for the same: what was expected, what to do, and in which rows.

    `rows` are numbered as the spreadsheet program numbers them; `count` is how many problems
    there are and `found` are a few of the cells.
    """

    severity: Severity
    column: str | None
    expected: str
    fix: str
    rows: tuple[int, ...]
    count: int
    found: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """`rows 12, 40 to 52 and 3 more`; nothing for the sheet as a whole."""
        return rows_text(self.rows)


@dataclass
class _Gathered:
    """A group while its problems come in."""

    rows: dict[int, None] = field(default_factory=dict)
    count: int = 0
    found: dict[str, None] = field(default_factory=dict)

    def take(self, problem: Problem) -> None:
        rows = getattr(problem, "rows", None) or ((problem.row,) if problem.row is not None else ())
        self.rows.update(dict.fromkeys(rows))
        self.count += len(rows) or 1
        if len(self.found) < EXAMPLES and problem.found is not None and problem.row is not None:
            self.found[problem.found] = None


def grouped(problems: Iterable[Problem]) -> tuple[Group, ...]:
    """The problems in groups of one severity, column, expectation and remedy: errors first, then
    those with the most rows; in the order they came where alike."""
    groups: dict[tuple[Severity, str | None, str, str], _Gathered] = {}
    kinds: dict[str, str] = {}
    for problem in problems:
        expected = kinds.get(problem.expected)
        if expected is None:
            expected = kinds[problem.expected] = _NAMED.sub(_another, problem.expected)
        key = (problem.severity, problem.column, expected, problem.fix)
        if key not in groups:
            groups[key] = _Gathered()
        groups[key].take(problem)
    ready = (
        Group(*key, tuple(sorted(one.rows)), one.count, tuple(one.found))
        for key, one in groups.items()
    )
    return tuple(sorted(ready, key=lambda g: (g.severity is not Severity.ERROR, -g.count)))


def _another(named: re.Match[str]) -> str:
    return "other rows" if named[0].startswith("rows") else "another row"


def rows_text(rows: Sequence[int]) -> str:
    """`row 12`, `rows 12, 40 to 52 and 3 more`; nothing for no rows."""
    ordered = sorted(set(rows))
    if len(ordered) < 2:
        return f"row {ordered[0]}" if ordered else ""
    runs: list[list[int]] = []
    for row in ordered:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    # Two rows that follow each other are named, three are a run.
    parts: list[tuple[str, int]] = []
    for first, last in runs:
        if last - first == 1:
            parts += [(str(first), 1), (str(last), 1)]
        else:
            text = str(first) if first == last else f"{first} to {last}"
            parts.append((text, last - first + 1))
    texts = [text for text, _ in parts[:RUNS]]
    more = sum(count for _, count in parts[RUNS:])
    if more:
        texts.append(f"{more:,} more")
    *most, end = texts
    return f"rows {', '.join(most)} and {end}" if most else f"rows {end}"
