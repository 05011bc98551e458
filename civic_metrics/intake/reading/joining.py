"""Headings spread over several rows joined into one a column, and what to tell of it all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from civic_metrics.intake.naming import fold_heading, listed
from civic_metrics.intake.reading.first_rows import FirstRows
from civic_metrics.intake.reading.grid import column_letter

# A heading is seldom split over more rows than this.
MOST_HEADING_ROWS = 5


# What stands between the parts of a heading over several rows.
BETWEEN = " / "


def joined(sample: FirstRows, kept: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The heading of every column, the titles of its group before it; and its lowest part, blank
    where it has but one or another column has the same."""
    spread = [_spread(sample, p) if p != kept[-1] else _plain(sample, p) for p in kept]
    names, lowest = [], []
    for column in range(sample.width):
        parts: list[str] = []
        for place, row in zip(kept, spread, strict=True):
            part = row[column]
            own = sample.cell(place, column) is not None
            lower = any(sample.cell(p, column) for p in kept if p > place)
            # A title does not name a column alone by having been spread over it.
            if part and (own or lower) and fold_heading(part) not in map(fold_heading, parts):
                parts.append(" ".join(part.split()))
        names.append(BETWEEN.join(parts))
        lowest.append(parts[-1] if parts else "")
    met = Counter(map(fold_heading, lowest))
    pairs = zip(lowest, names, strict=True)
    own = [low if low != name and met[fold_heading(low)] == 1 else "" for low, name in pairs]
    return tuple(names), tuple(own)


def _plain(sample: FirstRows, place: int) -> list[str]:
    return [sample.cell(place, column) or "" for column in range(sample.width)]


def _spread(sample: FirstRows, place: int) -> list[str]:
    """The row with every title repeated over the columns it stands over."""
    row = _plain(sample, place)
    across = sample.across(place)
    if across:
        for left, right in across:
            if left < len(row):  # a title may be merged over columns that hold nothing at all
                row[left : right + 1] = [row[left]] * len(row[left : right + 1])
        return row
    lower = [p for p in range(place + 1, len(sample.rows)) if p <= place + MOST_HEADING_ROWS]
    for column in range(1, len(row)):
        below = sample.cell(lower[0], column) if lower else None
        if not row[column] and row[column - 1] and below is not None:
            row[column] = row[column - 1]
    return row


def told(
    sample: FirstRows, start: int, last: int, kept: Sequence[int], names: Sequence[str]
) -> list[str]:
    """What was decided, in words; nothing where the first row holds the headings as ever."""
    said = []
    numbers = [sample.numbers[p] for p in kept]
    where = f"row {numbers[0]}"
    if len(numbers) > 1:
        where = f"rows {listed(str(n) for n in numbers)}"
    if start:
        above = sample.numbers[:start]
        rows = f"row {above[0]} above it is"
        if len(above) > 1:
            joint = "and" if len(above) == 2 else "to"
            rows = f"rows {above[0]} {joint} {above[-1]} above are"
        cells = [c for row in sample.rows[:start] for c in row if c is not None]
        some = ", ".join(f"“{_short(c)}”" for c in cells[:3]) + (", …" if len(cells) > 3 else "")
        said.append(f"The headings are in {where}; {rows} not read: {some}.")
    elif len(numbers) > 1:
        said.append(f"The headings are in {where}.")
    example = next((name for name in names if BETWEEN in name), None)
    if example:
        said.append(f"Headings over several rows are joined, such as “{_short(example, 80)}”.")
    if last > kept[-1]:
        dropped = sample.numbers[last]
        said.append(f"Row {dropped} holds what the survey tool wrote for itself; it is not read.")
    repeated = Counter(name.casefold() for name in names if name)
    twice = [name for name, count in repeated.items() if count > 1]
    if twice:
        original = [next(n for n in names if n.casefold() == t) for t in twice[:3]]
        said.append(
            f"More than one column is called {listed(f'“{_short(n)}”' for n in original)}; "
            "the later ones are numbered."
        )
    # Of cells right of the last heading the reader tells itself.
    width = max((column for column, name in enumerate(names) if name), default=0)
    blank = [
        column
        for column, name in enumerate(names[:width])
        if not name and any(sample.cell(p, column) for p in range(last + 1, len(sample.rows)))
    ]
    if blank:
        letters = listed(column_letter(c) for c in blank[:8])
        said.append(f"Without a heading, and called by their letter: {letters}.")
    return said


def _short(text: str, most: int = 40) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
