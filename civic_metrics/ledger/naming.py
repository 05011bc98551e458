"""How the records know a person again without keeping the name. Imports nothing of ours."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Sequence

APOSTROPHES = "'’‘ʼ`´"
# By what a person is addressed; only a man or only a woman by some.
OF_MEN = frozenset({"mr", "sir"})
OF_WOMEN = frozenset({"mrs", "ms", "miss", "dame"})
TITLES = OF_MEN | OF_WOMEN | {"mx", "dr", "prof", "professor", "rev"}
# fmt: off
OF_COMPANIES = frozenset({
    "and", "associates", "cic", "cio", "co", "company", "foundation", "group", "inc", "limited",
    "llc", "llp", "ltd", "partners", "partnership", "plc", "practice", "school", "services",
    "society", "sons", "surgery", "trust", "uk",
})
# fmt: on
_NO_APOSTROPHES = str.maketrans("", "", APOSTROPHES)


def folded_name(name: str) -> str:
    """The name in lower case without accents or punctuation, its words with one blank between:
    by this two spellings of a name are one person's."""
    if name.isascii():
        return re.sub(r"[^a-z0-9]+", " ", name.lower().translate(_NO_APOSTROPHES)).strip()
    kept = []
    for letter in unicodedata.normalize("NFKD", name.casefold()):
        kind = unicodedata.category(letter)
        if kind[0] in "LN":
            kept.append(letter)
        elif kind[0] != "M" and kind != "Cf" and letter not in APOSTROPHES:
            kept.append(" ")
    return " ".join("".join(kept).split())


def contradicting(titles: Iterable[str]) -> frozenset[str]:
    """The titles of people other than whoever goes by these: Mrs J Smith is not Mr J Smith."""
    own = set(titles)
    against = (OF_WOMEN if own & OF_MEN else set()) | (OF_MEN if own & OF_WOMEN else set())
    return frozenset(against - own)


def titled_apart(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The titles in a person's name and its other words, folded, the surname last.

    The words are none where fewer than two are left, as a surname alone is other people's too,
    and where one is a word of companies: Dr Ash Ltd is not Ash Ltd.
    """
    family, comma, own = name.partition(",")
    words = folded_name(f"{own} {family}" if comma else name).split()
    titles = tuple(word for word in words if word in TITLES)
    others = tuple(word for word in words if word not in TITLES)
    if not comma and len(others) > 2 and len(others[-1]) == 1 < len(others[0]):
        others = (*others[1:], others[0])  # "Smith J A"
    is_a_person = len(others) > 1 and not OF_COMPANIES.intersection(others)
    return titles, others if is_a_person else ()


def spellings(words: Sequence[str], titles: Iterable[str]) -> dict[str, str]:
    """Every way files write a name of these words, the surname last: spelling -> title.

    Without a title ("") and with each: before the name, before or behind what follows the
    surname, as in "Mr J Smith", "Smith, Mr J" and "Smith, J (Mr)".
    """
    found: dict[str, str] = {}
    # Of two words nothing tells which is the surname.
    for *first, family in (words, words[::-1]) if len(words) == 2 else (words,):
        own = " ".join(first)
        found |= {f"{own} {family}": "", f"{family}, {own}": ""}
        for title in titles:
            ways = (f"{title} {own} {family}", f"{family}, {title} {own}")
            found |= dict.fromkeys((*ways, f"{family}, {own} {title}"), title)
    return found


def pseudonym_of(name: str, key: str) -> str:
    """`person-` and ten hexadecimal digits: always the same for a name in one store.

    HMAC-SHA256 (RFC 2104) of the folded name under the store's own random key, so that the same
    person has another pseudonym in another store and a list of names cannot be tried without it.
    """
    digest = hmac.new(key.encode(), folded_name(name).encode(), hashlib.sha256)
    return f"person-{digest.hexdigest()[:10]}"
