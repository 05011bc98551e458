"""How two spellings of one thing are recognised: headings, choices, names, identifiers.

Pure functions of text. Imports nothing of ours.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

# Below this likeness (0 to 100) a suggestion misleads more often than it helps.
LIKENESS = 62

# A word without blanks that has a figure in it ("P0012", "GB-CHC-514479") is somebody's
# identifier: it is kept to the letter, so that the register loaded later meets it.
_IDENTIFIER = re.compile(r"(?=.*\d)[A-Za-z0-9]+(?:[-_/.:][A-Za-z0-9]+)*")


def fold_heading(text: str) -> str:
    """The heading without case, white space, punctuation or underscores."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def fold_words(text: str) -> str:
    """The words in lower case with one blank between; `Pre_Award` and `pre-award` agree."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def in_words(column: str) -> str:
    """What one of our columns is called to people: `received_on` is received on."""
    return column.replace("_", " ")


def fold_name(text: str) -> str:
    """A name by which two spellings of one organisation agree (Ltd and Limited, & and and)."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"['’.]", "", plain).replace("&", " and ").replace("+", " and ")
    return re.sub(r"\blimited\b", "ltd", re.sub(r"[\W_]+", " ", plain)).strip()


# What a name may lack or carry and still be the same: how it is constituted, and small words.
_CONSTITUTED = re.compile(
    r"\b(?:public ltd company|ltd liability partnership|community interest company|charitable"
    r" incorporated organisation|registered charity|ltd|plc|llp|cic|cio|inc|the|and|of|charity)\b"
)
_WRITTEN_TWO_WAYS = re.compile(r"\b(?:co ?op(?:erative)?|saint)\b")


def core_name(text: str) -> str:
    """The name without how it is constituted, small words and the two ways to write St or Co-op:
    what two names that are very like each other share."""
    folded = fold_name(text)
    core = _CONSTITUTED.sub("", folded)
    core = _WRITTEN_TWO_WAYS.sub(lambda found: "st" if found[0] == "saint" else "coop", core)
    return " ".join(core.split()) or folded


def identifier(text: str, kind: str) -> str:
    """An identifier for a name: its lower-case words joined by hyphens; a code stays as it is."""
    if _IDENTIFIER.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode())
    if words:
        return "-".join(words)
    return f"{kind}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def nearest(text: str, options: Iterable[str], limit: int = 1) -> tuple[str, ...]:
    """The options most like the text, best first; empty where none is near."""
    found = process.extract(
        text,
        list(options),
        scorer=fuzz.WRatio,
        processor=fold_words,
        limit=limit + 4,
        score_cutoff=LIKENESS,
    )
    # WRatio is generous to parts of a longer name; of those it finds, the whole decides.
    best = sorted(found, key=lambda f: -fuzz.ratio(fold_words(text), fold_words(f[0])))
    return tuple(option for option, _, _ in best[:limit])


def did_you_mean(text: str, options: Iterable[str]) -> str:
    """`Did you mean …? ` with the nearest option, or nothing."""
    near = nearest(text, options)
    return f"Did you mean “{near[0]}”? " if near else ""


def listed(items: Iterable[str], last: str = "and") -> str:
    """The items as a person lists them: a, b and c."""
    *most, end = items
    return f"{', '.join(most)} {last} {end}" if most else end
