"""A cell that lists several names -> the names, decided once a column with the evidence.

Semicolons, bars and line breaks part names; a comma or a stroke does only where the column
shows it: what stands between them is a name elsewhere, or the cells list three and more. Each
distinct text is looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.intake.names.persons import looks_personal
from civic_metrics.intake.naming import fold_name, listed
from civic_metrics.intake.shapes.parts import Split, Texts, is_missing

EXAMPLES = 3
# Lists that end "A, B and C" do so nearly always; a name with an "and" in it only by chance.
STYLE = 0.8
# A list of three or more is rarely one name; two parts may be a name and its town.
SURELY_LIST = 3

_OUTSIDE_BRACKETS = r"(?![^()]*\))"
# What parts names whatever they are: (what it is called, the pattern).
_STRONG = (
    ("semicolons", rf"\s*;{_OUTSIDE_BRACKETS}\s*"),
    ("bars", rf"\s*\|{_OUTSIDE_BRACKETS}\s*"),
    ("line breaks", r"\s*[\r\n]+\s*"),
    ("bullets", r"\s+[•·]\s+"),
    ("blanks between codes", r"(?<=[A-Z]\d{8})\s+(?=[A-Z]\d{8}\b)"),
)
_WEAK = (
    ("commas", rf"\s*,(?!\d){_OUTSIDE_BRACKETS}\s*"),
    # Not the stroke of t/a, c/o or A/S.
    ("strokes", rf"(?<!\b\w)\s*/(?!\s*\w\b){_OUTSIDE_BRACKETS}\s*"),
)
_AND = re.compile(r"\s+(?:and|&)\s+")
_BULLET = re.compile(r"^(?:[-–*•·]|\d{1,2}[.)])\s+|^and\s+|[\s,;]+$")
_CODE = re.compile(r"[A-Z]\d{8}")
# What a comma stands before inside one name: "Acme, Inc", "Bristol, City of".
_TAIL = re.compile(
    r"(?:ltd|limited|inc|llp|plc|cic|cio|the|(?:city|county|royal borough) of)\.?", re.IGNORECASE
)
_NATION = re.compile(r"uk|united kingdom|england|wales|scotland|northern ireland", re.IGNORECASE)
# A firm's name that reads like a list: "Smith, Jones and Co".
_FIRM = re.compile(
    r"\b(?:and|&) (?:co|company|sons?|daughters|partners|associates)\b\.?[\w .]*$", re.IGNORECASE
)
# A line that goes on in the next: "University of" / "Leicester".
_GOES_ON = re.compile(r"(?:\b(?:of|and|the|for|in|at|on|with)|&)$", re.IGNORECASE)


@dataclass(frozen=True)
class Names:
    """The names of a column with the place of each one's row, and what was made of it."""

    places: pa.Array
    texts: pa.Array
    split: Split | None = None
    said: str = ""


def names_in(
    texts: Texts,
    heading: str,
    *,
    known: Collection[str] = (),
    whole: bool = False,
    parted_by: str = "",
) -> Names:
    """Every name in the column. `known` are folded names that a comma may or may not part;
    `whole` takes each cell as one name; `parted_by` is a delimiter a person gave."""
    coded = pc.dictionary_encode(texts)
    coded = coded.unify_dictionaries() if isinstance(coded, pa.ChunkedArray) else coded
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    cells: list[str] = coded.dictionary.to_pylist()
    counted = pc.value_counts(coded.indices.drop_null()).to_pylist()
    counts = {c["values"]: c["counts"] for c in counted}
    weights = [counts.get(code, 0) for code in range(len(cells))]
    if whole:
        lists, used, said = [_present([cell]) for cell in cells], [], ""
    elif parted_by:
        lists = [_present(cell.split(parted_by)) for cell in cells]
        used, said = [f"“{parted_by}”"], ""
    else:
        lists, used, said = _decided(cells, weights, set(known), heading)
    several = [code for code, names in enumerate(lists) if len(names) > 1]
    split = None
    if several:
        split = Split(
            heading=heading,
            delimiter=listed(used),
            cells=sum(weights[code] for code in several),
            rows=sum(weights[code] for code, names in enumerate(lists) if names),
            examples=tuple((cells[code], tuple(lists[code])) for code in several[:EXAMPLES]),
        )
    spread = pa.array(lists, pa.list_(pa.string())).take(coded.indices)
    places = pc.list_parent_indices(spread).cast(pa.int64())
    return Names(places, pc.list_flatten(spread), split, said)


def _decided(
    cells: list[str], weights: list[int], known: set[str], heading: str
) -> tuple[list[list[str]], list[str], str]:
    """The names of each cell, the delimiters used, and what was left whole, in words."""
    used: list[str] = []
    lists = [[cell] for cell in cells]
    for called, pattern in _STRONG:
        parted = [
            [part for piece in pieces for part in _strongly(piece, called, pattern, known)]
            for pieces in lists
        ]
        if parted != lists:
            used.append(called)
        lists = parted
    lists = [_present(pieces) for pieces in lists]
    left = ""
    for called, pattern in _WEAK:
        alone = _alone(lists) | known
        votes = [
            (weight, _vote(piece, pattern, alone, known))
            for weight, pieces in zip(weights, lists, strict=True)
            for piece in pieces
        ]
        speaks_for = sum(weight for weight, vote in votes if vote is True)
        against = sum(weight for weight, vote in votes if vote is False)
        if speaks_for > against:
            lists = _weakly(lists, pattern, alone, known)
            used.append(called)
        elif against and not left:
            left = _left_whole(lists, weights, pattern, called, heading)
    joined = _parted_at_and(lists, _alone(lists) | known, known)
    if joined != lists:
        used.append("“and”")
    return joined, used, left


def _strongly(piece: str, called: str, pattern: str, known: set[str]) -> list[str]:
    """The parts of a piece; a name that merely runs over two lines stays one."""
    parts = re.split(pattern, piece)
    if called != "line breaks" or len(parts) == 1:
        return parts
    whole = " ".join(parts)
    goes_on = any(_GOES_ON.search(p) for p in parts[:-1]) or any(p[:1].islower() for p in parts[1:])
    return [whole] if goes_on or fold_name(whole) in known else parts


def _alone(lists: Iterable[list[str]]) -> set[str]:
    """Names that stand by themselves somewhere in the column, folded."""
    plain = (p for pieces in lists for p in pieces if not re.search(r"[,/]", p))
    return {fold_name(_bare(piece)) for piece in plain}


def _bare(name: str) -> str:
    """The name without what stands in brackets at its end."""
    return re.sub(r"\s*\([^()]*\)$", "", name)


def _parts(piece: str, pattern: str, known: set[str]) -> list[str]:
    """The parts of a piece; those that only together make a name are joined again."""
    raw = re.split(pattern, piece)
    is_one = fold_name(piece) in known or _FIRM.search(raw[-1])
    if len(raw) == 1 or is_one or (len(raw) == 2 and looks_personal(piece)):
        return [piece]
    parts: list[str] = []
    for part in raw:
        together = f"{parts[-1]}, {part}" if parts else part
        is_address = parts and _NATION.fullmatch(part) and not _NATION.fullmatch(parts[-1])
        if parts and (_TAIL.fullmatch(part) or is_address or fold_name(together) in known):
            parts[-1] = together
        else:
            parts.append(part)
    return parts


def _vote(piece: str, pattern: str, alone: set[str], known: set[str]) -> bool | None:
    """Whether a piece speaks for the delimiter, against it, or has none."""
    if not re.search(pattern, piece):
        return None
    parts = _parts(piece, pattern, known)
    if len(parts) == 1:
        return None
    met = [bool(_CODE.fullmatch(p)) or fold_name(_bare(p)) in alone for p in parts]
    if sum(met) > 1:
        return True
    return len(parts) >= SURELY_LIST and not any(part[:1].islower() for part in _present(parts))


def _weakly(
    lists: list[list[str]], pattern: str, alone: set[str], known: set[str]
) -> list[list[str]]:
    """The lists parted further, and "A, B and C" where the column is written so."""
    parted = [[_parts(piece, pattern, known) for piece in pieces] for pieces in lists]
    long = [parts for pieces in parted for parts in pieces if len(parts) > 1]
    ends_in_and = [len(_AND.split(parts[-1])) == 2 for parts in long]
    is_style = len(long) > 1 and sum(ends_in_and) >= STYLE * len(long)
    out = []
    for pieces in parted:
        names = []
        for parts in pieces:
            last = _AND.split(parts[-1])
            if len(parts) == 1 or len(last) != 2 or fold_name(parts[-1]) in known:
                names += parts
            elif is_style or any(fold_name(half) in alone for half in last):
                names += [*parts[:-1], *last]
            else:
                names += parts
        out.append(_present(names))
    return out


def _parted_at_and(lists: list[list[str]], alone: set[str], known: set[str]) -> list[list[str]]:
    """The lists with "A and B" parted where A and B each stand by themselves elsewhere."""

    def halves(piece: str) -> list[str]:
        if fold_name(piece) in known:
            return [piece]
        both = _AND.split(piece)
        sure = len(both) > 1 and all(fold_name(half) in alone for half in both)
        return both if sure else [piece]

    return [[part for piece in pieces for part in halves(piece)] for pieces in lists]


def _left_whole(
    lists: list[list[str]], weights: list[int], pattern: str, called: str, heading: str
) -> str:
    """What was not taken for a list, in words."""
    held = [
        (piece, weight)
        for pieces, weight in zip(lists, weights, strict=True)
        for piece in pieces
        if re.search(pattern, piece)
    ]
    count = sum(weight for _, weight in held)
    return (
        f"“{heading}” has {called} in {count:,} {'row' if count == 1 else 'rows'}, such as "
        f"“{held[0][0]}”; nothing shows that they part names, so each was taken as one name."
    )


def _present(pieces: Iterable[str]) -> list[str]:
    """The pieces without bullets and blanks, those that say something, each once."""
    plain = []
    for piece in pieces:
        text = piece.strip()
        while (bare := _BULLET.sub("", text)) != text:
            text = bare
        if text and not is_missing(text):
            plain.append(text)
    return list(dict.fromkeys(plain))
