"""How the records know a person again without keeping the name. Imports nothing of ours."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

APOSTROPHES = "'’‘ʼ`´"


def folded_name(name: str) -> str:
    """The name in lower case without accents or punctuation, its words with one blank between."""
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
