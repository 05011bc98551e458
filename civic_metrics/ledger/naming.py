"""How the records know a person again without keeping the name. Imports nothing of ours."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

APOSTROPHES = "'’‘ʼ`´"
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


def pseudonym_of(name: str, key: str) -> str:
    """`person-` and ten hexadecimal digits: always the same for a name in one store.

    HMAC-SHA256 (RFC 2104) of the folded name under the store's own random key, so that the same
    person has another pseudonym in another store and a list of names cannot be tried without it.
    """
    digest = hmac.new(key.encode(), folded_name(name).encode(), hashlib.sha256)
    return f"person-{digest.hexdigest()[:10]}"
