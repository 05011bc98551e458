"""Where the headings of a sheet are, told from its first rows: what stands above them, and
headings in two or three rows. Where nothing speaks against it, the first row holds them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from civic_metrics.intake.naming import fold_heading
from civic_metrics.intake.reading.first_rows import (
    ROWS_LOOKED_AT,
    ROWS_OF_HEADINGS,
    SHARE_OF_VALUES,
    FirstRows,
    Row,
    is_value,
)
from civic_metrics.intake.reading.grid import Merged
from civic_metrics.intake.reading.joining import MOST_HEADING_ROWS, joined, told
from civic_metrics.intake.reading.known_names import are_headings

# What survey tools write under each question.
_UNDER_A_QUESTION = frozenset({"response", "open-ended response"})
_IMPORT_ID = re.compile(r'\{"ImportId":')


@dataclass(frozen=True)
class Headings:
    """The heading of every column (blank where there is none), the places of the first and last
    row that hold them, counted over the rows given, and what to tell of it. `own` has the lowest
    part of a heading joined of several rows (see `joined`)."""

    names: tuple[str, ...]
    own: tuple[str, ...]
    first: int = 0
    last: int = 0
    said: tuple[str, ...] = ()


def find_headings(
    rows: Sequence[Row], numbers: Sequence[int], merged: Sequence[Merged] = ()
) -> Headings:
    """The headings of a sheet whose first rows, blank ones left out, these are.

    `numbers` are the rows' numbers in the program, `merged` its merged ranges.
    """
    sample = FirstRows(list(rows[:ROWS_LOOKED_AT]), list(numbers), tuple(merged))
    first = last = _main_row(sample)
    last = _last_row(sample, first)
    if not _survives(sample, last):
        first = last = 0
    above = _groups_above(sample, first)
    start = first - len(above)
    kept = [p for p in range(start, last + 1) if not _is_import_id(rows[p])]
    names, own = joined(sample, kept)
    return Headings(names, own, start, last, tuple(told(sample, start, last, kept, names)))


def _main_row(sample: FirstRows) -> int:
    """The place of the row with the most headings; nought unless there is good evidence."""
    known = _known_row(sample)
    if known is not None:
        return known
    if sample.begin is None:
        return _under_titles(sample)
    before = range(sample.begin)
    counts = [len(sample.words[p]) for p in before]
    if not counts or max(counts) < 2:
        return 0
    found = next(p for p in before if counts[p] >= 0.9 * max(counts))
    if found == 0:
        return 0
    words, valued = sample.words[found], sample.valued
    names_values = len(words & valued) >= 0.8 * len(valued)
    # A first row that names the columns of values itself is the header, however short.
    first_names = sample.filled[0] > 1 and not sample.is_label_and_value(0)
    first_names = first_names and len(sample.words[0] & valued) >= SHARE_OF_VALUES * len(valued)
    if not names_values or not sample.is_all_words(found):
        return 0
    if first_names and not _is_group_row(sample, 0, found):
        return 0
    if sample.filled[found] < 0.6 * sample.usual or not _mostly_distinct(sample, found):
        return 0
    return found


def _known_row(sample: FirstRows) -> int | None:
    """The place of the first row most of whose cells columns are usually called, whatever stands
    above it; None where there is none, or rows of such names are the data."""
    rows = sample.rows[: ROWS_OF_HEADINGS + 1]
    named = [p for p, row in enumerate(rows) if sample.is_all_words(p) and are_headings(row)]
    named = [p for p in named if not _is_over_headings(sample, p)]
    if not named or named[0] == len(rows) - 1 or sample.filled[named[0]] < 0.6 * sample.usual:
        return None
    first = named[0]
    # Headings are repeated on every page of a printed report; a list of columns goes on.
    is_list = any(rows[place] != rows[first] for place in named[1:])
    return None if first and is_list else first


def _is_over_headings(sample: FirstRows, place: int) -> bool:
    """Whether the row, blank over some of them, holds titles of the headings in the next."""
    return (
        place + 1 < len(sample.rows)
        and sample.filled[place] < sample.filled[place + 1]
        and sample.is_all_words(place + 1)
        and _is_group_row(sample, place, place + 1)
    )


def _under_titles(sample: FirstRows) -> int:
    """The place of the headings of a sheet of words alone: the first full row under rows of one
    cell that read like titles, or under a row merged across."""
    if sample.width < 2:
        return 0
    titles = 0
    limit = min(len(sample.rows) - 1, ROWS_OF_HEADINGS)
    while titles < limit and (sample.filled[titles] == 1 or sample.is_label_and_value(titles)):
        titles += 1
    if not titles or titles >= len(sample.rows) - 1:
        return _under_group(sample, 0)
    full = sample.filled[titles] >= max(2, 0.8 * sample.usual)
    if not full or not sample.is_all_words(titles) or not _mostly_distinct(sample, titles):
        return 0
    return _under_group(sample, titles) if _reads_like_titles(sample, titles) else 0


def _under_group(sample: FirstRows, place: int) -> int:
    """The row below, where that one holds titles merged over its headings; else that place."""
    if place + 2 >= len(sample.rows) or not sample.across(place):
        return place
    return place + _is_group_row(sample, place, place + 1)


def _reads_like_titles(sample: FirstRows, count: int) -> bool:
    """Whether the first rows, one cell each, are titles and not a short row of headings."""
    cells = [next(c for c in row if c is not None) for row in sample.rows[:count]]
    columns = {
        next(i for i, cell in enumerate(row) if cell is not None) for row in sample.rows[:count]
    }
    gap = any(b - a > 1 for a, b in pairwise(sample.numbers[: count + 1]))
    prose = any(len(cell.split()) > 2 or cell.startswith("#") for cell in cells)
    labels = any(sample.is_label_and_value(place) for place in range(count))
    merged = any(sample.across(place) for place in range(count))
    said_twice = count > 1 and (len(columns) > 1 or sample.width > 2)
    return (
        labels
        or merged
        or said_twice
        or (prose and sample.width > 2)
        or (gap and prose)
        or (
            # A gap after one or two words is a gap after a title only where no row below has one.
            gap and len(cells[0].split()) > 1
        )
    )


def _mostly_distinct(sample: FirstRows, place: int) -> bool:
    """Whether few of the row's texts repeat, as of headings and not of data."""
    texts = [cell for cell in sample.rows[place] if cell is not None]
    return len(set(texts)) >= 0.5 * len(texts)


def _groups_above(sample: FirstRows, first: int) -> list[int]:
    """The rows directly above the headings that hold titles of groups of them, two at most."""
    found: list[int] = []
    place = first - 1
    while place >= 0 and len(found) < 2 and _is_group_row(sample, place, place + 1):
        found.insert(0, place)
        place -= 1
    # Titles of groups stand under nothing but a title of the whole; under prose they are prose.
    if any(sample.filled[p] > 2 and not sample.is_label_and_value(p) for p in range(place + 1)):
        return []
    return found


def _is_group_row(sample: FirstRows, place: int, below: int) -> bool:
    """Whether the row holds titles such as “Invoice” over the headings “No” and “Date”."""
    if sample.numbers[below] - sample.numbers[place] != 1 or below - place != 1:
        return False
    if not sample.is_all_words(place) or sample.is_label_and_value(place):
        return False
    across = sample.across(place)
    if across:
        widest = max(right - left + 1 for left, right in across)
        if len(across) == 1 and across[0][0] == 0 and sample.filled[place] == 1:
            return False  # A title of the whole sheet.
        return widest < sample.width
    if sample.filled[place] < 2:
        return False
    headings = [cell for cell in sample.rows[below] if cell is not None]
    if len(set(headings)) < len(headings):
        return True
    cells = [cell for cell in sample.rows[place] if cell is not None]
    return all(len(c.split()) <= 3 and not any(map(str.isdigit, c)) for c in cells) and (
        sample.filled[place] <= 0.7 * sample.filled[below]
    )


def _last_row(sample: FirstRows, first: int) -> int:
    """The last of the rows, from that one on, over which the headings are spread."""
    last = first
    limit = min(first + MOST_HEADING_ROWS, len(sample.rows))
    top = sample.numbers[first] - 1 if sample.rows else 0
    # A heading merged down over the rows of its neighbours' parts.
    ends = [end for (r, _), (end, _) in sample.merged if r <= top < end]
    if ends:
        inside = [p for p in range(first, limit) if sample.numbers[p] - 1 <= max(ends)]
        if all(not _has_values(sample, p) for p in inside):
            last = max(last, inside[-1])
    for place in range(last + 1, limit):
        if sample.begin is not None and place >= sample.begin:
            break
        if not _goes_on(sample, first, place):
            break
        last = place
    return last


def _has_values(sample: FirstRows, place: int) -> bool:
    return any(
        cell is not None and c not in sample.words[place] and is_value(cell)
        for c, cell in enumerate(sample.rows[place])
    )


def _goes_on(sample: FirstRows, first: int, place: int) -> bool:
    """Whether the row under headings holds more of them: of a survey, or under merged titles."""
    if _is_import_id(sample.rows[place]):
        return True
    next_one = place + 1
    if next_one < len(sample.rows) and _is_import_id(sample.rows[next_one]):
        return True
    if not sample.is_all_words(place) or sample.numbers[place] - sample.numbers[place - 1] != 1:
        return False
    texts = {(cell or "").casefold() for cell in sample.rows[place]}
    if texts & _UNDER_A_QUESTION and sample.filled[first] > 1:
        return True
    if sample.begin is None:
        return False
    words, above, valued = sample.words[place], sample.words[first], sample.valued
    blank_above = {c for c in range(sample.width) if sample.cell(first, c) is None}
    # “Invoice” over “No”, nothing over “Date”: words over dates, where the row above is blank.
    if words & valued & blank_above:
        used = {c for c in blank_above if any(sample.cell(p, c) for p in _below(sample, place))}
        return used <= words and len(words & valued) > 0.5 * len(valued - (above - words))
    # Each column has a name and under it the question in full, over numbers and dates.
    asked = [sample.cell(place, c) or "" for c in valued]
    return (
        len(valued) > 2
        and _reads_like_questions(sample, first, place)
        and valued <= words
        and len(set(asked)) == len(asked)
        and len(words) == sample.width == sample.filled[first]
        and not any(
            sample.cell(p, c) == sample.cell(place, c)
            for p in _below(sample, place)
            for c in range(sample.width)
        )
    )


def _reads_like_questions(sample: FirstRows, first: int, place: int) -> bool:
    """Whether the row repeats a heading above in other letters (“StartDate”, “Start Date”), or
    holds whole questions for the most part."""
    pairs = [
        (sample.cell(first, c) or "", sample.cell(place, c) or "") for c in range(sample.width)
    ]
    if any(fold_heading(upper) == fold_heading(lower) for upper, lower in pairs):
        return True
    asked = sum(len(lower.split()) > 4 or lower.endswith("?") for _, lower in pairs)
    return 2 * asked > len(pairs)


def _below(sample: FirstRows, place: int) -> range:
    return range(place + 1, len(sample.rows))


def _is_import_id(row: Row) -> bool:
    """Whether the row holds the identifiers a survey tool writes for itself."""
    return any(cell is not None and _IMPORT_ID.match(cell) for cell in row)


def _survives(sample: FirstRows, last: int) -> bool:
    """Whether rows of data are left under the headings."""
    return last + 1 < len(sample.rows)
