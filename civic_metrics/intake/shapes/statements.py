"""The statement each column of a survey asks about, out of headings in several rows.

A question asked of several statements heads each of their columns: what several share is the
question, what is each one's own is the statement. Imports nothing of ours but the sheet and what
survey tools write.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from civic_metrics.intake.shapes.survey_words import is_filler, without_number
from civic_metrics.intake.sheet import Sheet

_LETTERED = re.compile(r"column [A-Z]{1,3}")
_REPEATED = re.compile(r" \(\d+\)$")
_IN_BRACKETS = re.compile(r"^(.*\S)\s*\[([^\[\]]+)\]$")


def statements_of(sheet: Sheet, headings: Sequence[str], first: int) -> dict[str, str]:
    """The statement by heading, no two alike. `first` is the place of the first respondent."""
    parts = _parts(sheet, first)
    stems = Counter(stem for h in headings for stem in _stems(parts[h]))
    shared = {stem for stem, times in stems.items() if times > 1}
    found = {heading: _own(parts[heading], shared) for heading in headings}
    met = Counter(found.values())
    given: Counter[str] = Counter()
    for heading, statement in found.items():
        if met[statement] > 1:
            statement = " – ".join(parts[heading]) or heading
        given[statement] += 1
        again = f" ({given[statement]})" if given[statement] > 1 else ""
        found[heading] = statement + again
    return found


def _parts(sheet: Sheet, first: int) -> dict[str, list[str]]:
    """What stands over each column, from the top, without codes and what tools add."""
    found = {}
    above = ""
    for heading in sheet.header:
        text = _REPEATED.sub("", heading)
        text = text if text in sheet.header else heading
        if _LETTERED.fullmatch(heading):  # Blank under a question that heads several columns.
            text = above if first else ""
        above = text or above
        under = [sheet.cells[heading][place].as_py() for place in range(first)]
        raw = [*text.split(" / "), *(cell for cell in under if cell and "ImportId" not in cell)]
        parts = [without_number(" ".join(part.split())) for part in raw]
        kept = [part for part in parts if part and not is_filler(part)]
        found[heading] = list(dict.fromkeys(kept)) or [heading]
    return found


def _stems(parts: Sequence[str]) -> list[str]:
    """What may be a question above several statements: parts above the last, and what stands
    before a dash or square brackets in it."""
    last = parts[-1]
    bracketed = _IN_BRACKETS.match(last)
    dashes = [last[: dash.start()] for dash in re.finditer(r"\s[-–]\s", last)]
    return [*parts[:-1], *([bracketed[1]] if bracketed else dashes)]


def _own(parts: Sequence[str], shared: set[str]) -> str:
    """What is the column's own: without the question it shares with others."""
    last = parts[-1]
    if (bracketed := _IN_BRACKETS.match(last)) and bracketed[1] in shared:
        return bracketed[2]
    stems = [stem for stem in _stems(parts)[len(parts) - 1 :] if stem in shared]
    if stems:
        return re.sub(r"^\s*[-–]\s*", "", last[len(max(stems, key=len)) :])
    own = [part for part in parts[:-1] if part not in shared]
    return " – ".join([*own, last])
