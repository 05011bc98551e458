"""Names in text -> what stands in their place, however they are spelt, in columns and one by one.

A name is met where its words follow each other, in any case, with or without accents and
apostrophes, whatever blanks and marks are between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.intake.names.person_words import TITLES
from civic_metrics.intake.names.persons import bare_name, looks_personal
from civic_metrics.ledger.naming import APOSTROPHES, folded_name

Words = tuple[str, ...]

# Words looked for in one pass over a column: many more make the search slow all at once.
AT_ONCE = 200
# "Jane Smith's" is said of Jane Smith.
POSSESSIVE = rf"[{APOSTROPHES}][sS]\b"


class Replacing:
    """The names to be replaced, each with its pseudonym, ready to be looked for."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.whole = {folded_name(name): instead for name, instead in names.items()}
        self.whole.pop("", None)
        spelt = {tuple(folded.split()): instead for folded, instead in self.whole.items()}
        for name, instead in names.items():
            for words in _other_ways(name):
                spelt.setdefault(words, instead)
        self.by_first: dict[str, list[tuple[Words, str]]] = {}
        for words, instead in sorted(spelt.items(), key=lambda pair: -len(pair[0])):
            self.by_first.setdefault(words[0], []).append((words, instead))
        telling = sorted({max(words, key=len) for words in spelt})
        self.telling = pa.array(telling, pa.string())
        plain = [word for word in telling if word.isascii()]
        self.patterns = [
            f"(?i)(?:{'|'.join(plain[at : at + AT_ONCE])})" for at in range(0, len(plain), AT_ONCE)
        ]

    def in_text(self, text: str) -> str:
        """The text with each name replaced."""
        words = _words(text)
        parts, done, at = [], 0, 0
        while at < len(words):
            word, start, _ = words[at]
            for name, instead in self.by_first.get(word, ()):
                if tuple(w for w, _, _ in words[at : at + len(name)]) == name:
                    parts += [text[done:start], instead]
                    at += len(name) - 1
                    done = words[at][2]
                    break
            at += 1
        return "".join([*parts, text[done:]]) if parts else text

    def in_column(
        self, texts: pa.ChunkedArray | pa.Array, *, whole: bool = False
    ) -> pa.ChunkedArray | pa.Array:
        """The column with each name replaced; only cells that are one, where `whole`."""
        if not pc.any(self._may_hold(texts)).as_py():
            return texts
        coded = pc.dictionary_encode(texts)
        if isinstance(coded, pa.ChunkedArray):
            coded = coded.unify_dictionaries().combine_chunks()
        distinct = coded.dictionary
        changed = self._replaced(distinct, whole=whole)
        if not changed:
            return texts
        after = distinct.to_pylist()
        for place, text in changed.items():
            after[place] = text
        taken = pa.array(after, pa.string()).take(coded.indices)
        return pa.chunked_array([taken]) if isinstance(texts, pa.ChunkedArray) else taken

    def _may_hold(self, texts: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
        """Which texts need a closer look: those with the longest word of a name in them, and
        those written with more than plain letters, in which it may look otherwise."""
        held = pc.invert(pc.string_is_ascii(texts))
        for pattern in (f"[{APOSTROPHES}]", *self.patterns):
            held = pc.or_(held, pc.match_substring_regex(texts, pattern=pattern))
        return pc.fill_null(held, False)

    def _replaced(self, distinct: pa.Array, *, whole: bool) -> dict[int, str]:
        """The texts that change, by place."""
        places = pc.indices_nonzero(self._may_hold(distinct))
        folded = _folded(distinct.take(places))
        same = pa.array(self.whole, pa.string())
        instead = pa.array(self.whole.values(), pa.string())
        found = pc.index_in(folded, value_set=same)
        said_of = pc.match_substring_regex(distinct.take(places), pattern=POSSESSIVE)
        hit = pc.indices_nonzero(pc.and_not(pc.is_valid(found), said_of))
        changed = dict(
            zip(
                places.take(hit).to_pylist(),
                instead.take(found.take(hit)).to_pylist(),
                strict=True,
            )
        )
        if whole:
            return changed
        words = pc.split_pattern(folded, pattern=" ")
        told = pc.is_in(words.flatten(), value_set=self.telling)
        held = pc.unique(pc.list_parent_indices(words).filter(told))
        for place in places.take(held).to_pylist():
            if place not in changed:
                text = distinct[place].as_py()
                if (after := self.in_text(text)) != text:
                    changed[place] = after
        return changed


def _folded(texts: pa.Array) -> pa.Array:
    """The texts as folded_name() folds one."""
    texts = pc.replace_substring_regex(texts, pattern=POSSESSIVE, replacement="")
    plain = pc.utf8_lower(pc.utf8_normalize(texts, form="NFKD"))
    plain = pc.replace_substring(plain, pattern="ß", replacement="ss")
    plain = pc.replace_substring_regex(
        plain, pattern=rf"[\pM\p{{Cf}}{APOSTROPHES}]+", replacement=""
    )
    plain = pc.replace_substring_regex(plain, pattern=r"[^\pL\pN]+", replacement=" ")
    return pc.utf8_trim_whitespace(plain)


def _words(text: str) -> list[tuple[str, int, int]]:
    """The folded words of the text, each with where it begins and ends in it."""
    found: list[tuple[str, int, int]] = []
    word, start, end = "", 0, 0
    possessive = {at for m in re.finditer(POSSESSIVE, text) for at in range(*m.span())}
    for place, letter in enumerate(text):
        if place in possessive or letter in APOSTROPHES or unicodedata.category(letter) == "Cf":
            continue
        folded = folded_name(letter)
        if folded and " " not in folded:
            if not word:
                start = place
            word, end = word + folded, place + 1
        elif unicodedata.category(letter)[0] == "M":
            end = place + 1
        elif word:
            found.append((word, start, end))
            word = ""
    return [*found, (word, start, end)] if word else found


def _other_ways(name: str) -> Iterable[Words]:
    """The name without title or remark, and with surname and given name the other way round,
    of two words at least: one alone is other people's too. None for what is no person's name."""
    if not looks_personal(name):
        return
    bare = bare_name(name)
    family, comma, own = bare.partition(",")
    turned = (own, family) if comma else ()
    for parts in ((bare,), turned):
        words = [word for part in parts for word in folded_name(part).split()]
        while words and words[0] in TITLES:
            words = words[1:]
        if len(words) > 1:
            yield tuple(words)
            if not comma:
                yield (words[-1], *words[:-1])
