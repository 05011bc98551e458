"""By what texts somebody can be recognised in the records, and what takes their place.

Pure functions of text.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from civic_metrics.ledger.naming import APOSTROPHES, folded_name

ERASED = "erased"
WITHIN_TEXT = "[erased]"
# As far back as a title before a name is looked for, with the marks behind it.
_LONGEST_TITLE = 12
_BETWEEN = r"[\W_]+"
# What may not stand beside a name (else it is part of another word) or beside an identifier
# (else it is part of a longer one).
_NAME = r"(?<![^\W_]){}(?![^\W_])"
_IDENTIFIER = r"(?<![\w\-.:/]){}(?![\w\-:/]|\.\w)"


def random_identifier() -> str:
    """`erased-` and eight hexadecimal digits that nothing can be worked out from."""
    return f"{ERASED}-{secrets.token_hex(4)}"


@dataclass(frozen=True)
class Traces:
    """The names somebody goes by, and their identifiers with the random ones that follow.

    A name is found whatever the case, the white space and the punctuation between its words, and
    with the last word first before a comma; never as part of a longer word, and never behind a
    title of `strangers`, which is somebody else's.
    """

    names: tuple[str, ...]
    identifiers: Mapping[str, str]
    stand_in: str = field(default_factory=random_identifier)
    strangers: frozenset[str] = frozenset()

    def plain(self, text: str) -> str:
        """A cell of words without them."""
        if text in self.identifiers:
            return self.identifiers[text]
        if folded_name(text) in self._folded:
            return ERASED
        without = self._put(self._name, WITHIN_TEXT, text)
        return self._without_identifiers(without)

    def keyed(self, text: str) -> str:
        """An identifier, or a number or source by which rows are told apart, without them."""
        if text in self.identifiers:
            return self.identifiers[text]
        if folded_name(text) in self._folded:
            return self.stand_in
        without = self._put(self._long_name, self.stand_in, text)
        return self._without_identifiers(without)

    def within(self, value: Any) -> Any:
        """Lists and dictionaries of texts without them."""
        if isinstance(value, str):
            return self.plain(value)
        if isinstance(value, list):
            return [self.within(one) for one in value]
        if isinstance(value, dict):
            return {self.plain(key): self.within(one) for key, one in value.items()}
        return value

    def _put(self, name: re.Pattern[str] | None, instead: str, text: str) -> str:
        """The text with what takes the place of their name, where it is theirs."""

        def put(met: re.Match[str]) -> str:
            return met[0] if self._is_another(text[: met.start()]) else instead

        return name.sub(put, text) if name else text

    def _is_another(self, before: str) -> bool:
        words = folded_name(before[-_LONGEST_TITLE:]).split() if self.strangers else ()
        return bool(words) and words[-1] in self.strangers

    def _without_identifiers(self, text: str) -> str:
        if self._identifier is None:
            return text
        return self._identifier.sub(lambda met: self.identifiers[met[0]], text)

    @property
    def replacements(self) -> dict[str, str]:
        """Text -> what takes its place, for a file."""
        distinctive = {old: new for old, new in self.identifiers.items() if _is_distinctive(old)}
        return distinctive | dict.fromkeys(self.names, ERASED)

    def row(self, cells: Mapping[str, str | None]) -> dict[str, str | None]:
        """A row of a file without them, also where the words of a name have a cell each."""
        found = {text.casefold() for text in cells.values() if text}
        if any(folded_name(text) in self.strangers for text in found):
            found = set()
        parts = {
            word
            for name in self.names
            if len(words := {word.casefold() for word in _words(name)}) > 1 and words <= found
            for word in words
        }
        return {self.plain(heading): self._cell(text, parts) for heading, text in cells.items()}

    def _cell(self, text: str | None, parts: set[str]) -> str | None:
        if not text:
            return text
        return ERASED if text.casefold() in parts else self.plain(text)

    @cached_property
    def prefilter(self) -> str:
        """A pattern for DuckDB (RE2, any case) that every text to be changed matches."""
        forms = {re.escape(identifier) for identifier in self.identifiers}
        for name in self.names:
            words = [_pattern_of(word, _left_open) for word in _words(name)]
            forms |= {_BETWEEN.join(words), _BETWEEN.join([*words[-1:], *words[:-1]])}
        return "|".join(sorted(forms - {""}))

    @cached_property
    def _folded(self) -> frozenset[str]:
        return frozenset(folded_name(name) for name in self.names) - {""}

    @cached_property
    def _name(self) -> re.Pattern[str] | None:
        return _pattern(_NAME, (form for name in self.names for form in _forms(name)))

    @cached_property
    def _long_name(self) -> re.Pattern[str] | None:
        long = [name for name in self.names if len(_words(name)) > 1]
        return _pattern(_NAME, (form for name in long for form in _forms(name)))

    @cached_property
    def _identifier(self) -> re.Pattern[str] | None:
        ids = (re.escape(one) for one in self.identifiers if _is_distinctive(one))
        return _pattern(_IDENTIFIER, ids, flags=0)


def _is_distinctive(identifier: str) -> bool:
    """Whether it cannot be a word of the language: it has a figure or a mark in it."""
    return len(identifier) > 3 and not identifier.isalpha()


def _words(name: str) -> list[str]:
    """The words of a name; an apostrophe parts none."""
    composed = unicodedata.normalize("NFC", name)
    words = re.split(rf"[^\w{APOSTROPHES}\u0300-\u036f]+|_+", composed)
    return [word for part in words if (word := part.strip(APOSTROPHES))]


def _pattern_of(word: str, letters: Callable[[str], str] = re.escape) -> str:
    return r"[\W_]?".join(letters(part) for part in re.split(f"[{APOSTROPHES}]", word))


def _left_open(letters: str) -> str:
    """Letters for RE2, to which one with an accent is no letter and may be written as two."""
    return "".join(one if one.isascii() else r"\PZ{0,2}" for one in letters)


def _forms(name: str) -> Iterator[str]:
    """The name as patterns: as written and with the last word first, accents apart or not."""
    for how in ("NFC", "NFD"):
        words = [_pattern_of(unicodedata.normalize(how, word)) for word in _words(name)]
        yield _BETWEEN.join(words)
        if len(words) > 1:
            yield rf"{words[-1]}\s*,\s*{_BETWEEN.join(words[:-1])}"


def _pattern(
    around: str, forms: Iterable[str], flags: int = re.IGNORECASE
) -> re.Pattern[str] | None:
    longest_first = sorted({form for form in forms if form}, key=len, reverse=True)
    if not longest_first:
        return None
    return re.compile(around.format(f"(?:{'|'.join(longest_first)})"), flags)
