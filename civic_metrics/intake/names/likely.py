"""What an unknown name may be: known names that are very like it, each with the reason in words.

A strong likeness (the same but for "Limited", cut off, one letter) is never merged and never
added beside the other without a person's word; a weak one is only shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from civic_metrics.intake.naming import core_name, fold_name, fold_words, listed
from civic_metrics.ledger.batch import Suggestion

# Suggestions shown for one name: nobody reads more.
SHOWN = 3
# Finance systems cut names off somewhere between these lengths.
SHORTEST_CUT, LONGEST_CUT = 20, 40
# From this likeness (0 to 100) on two spellings may be meant for one another.
ALIKE = 78
# One letter tells "Ashby" from "Ashby's"; in shorter names it tells two organisations apart.
SHORTEST_ONE_LETTER = 6
# Pairs of names compared letter by letter for one column: about two seconds. Names beyond it
# get the suggestions that are looked up.
COMPARED = 60_000_000
AT_ONCE = 256
# New names of one file compared with each other by letters: what that finds is worth a remark,
# not more than a fraction of a second.
MOST_NEW = 10_000
# A number inside a name that a register of charities or companies may have given.
_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?:SC|NIC?|NI|OC|RS|IP)?\d{6,8}(?![A-Za-z0-9])", re.I)
_FIGURES = re.compile(r"\d+")
# A name of fewer letters than these in a row is a number.
_LETTERS = re.compile(r"[^\W\d_]{3}")


@dataclass(frozen=True)
class Likely:
    """One suggestion, and whether the likeness is strong."""

    suggestion: Suggestion
    is_strong: bool


class Lookalikes:
    """The known names, ready to be looked through for those an unknown one may be."""

    def __init__(
        self, pairs: Iterable[tuple[str, str]], numbers: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.pairs = [(key, name or key) for key, name in pairs]
        self.numbers = numbers or {}
        self.name_of = dict(reversed(self.pairs))
        self.cores = [core_name(name) for _, name in self.pairs]
        self.same: dict[str, list[int]] = {}
        for place, core in enumerate(self.cores):
            for form in dict.fromkeys((core, _joined(core), _sorted(core))):
                self.same.setdefault(form, []).append(place)
        self.plain = [fold_words(name) for _, name in self.pairs]
        self.by_plain = sorted((plain, place) for place, plain in enumerate(self.plain))

    def suggest(self, texts: Sequence[str]) -> list[tuple[Likely, ...]]:
        """For each text what it may be, strong ones first, at most three."""
        if not self.pairs and not self.numbers:
            return [()] * len(texts)
        cores = [core_name(text) for text in texts]
        found = [list(self._looked_up(*one)) for one in zip(texts, cores, strict=True)]
        rest = [
            place
            for place, core in enumerate(cores)
            if not any(one.is_strong for one in found[place]) and _LETTERS.search(core)
        ]
        budget = COMPARED // max(len(self.cores), 1)
        for place, near in self._compared(rest[:budget], cores):
            found[place] += near
        return [_best(each) for each in found]

    def each_other(self) -> Iterator[tuple[int, int]]:
        """Places of each two of the names themselves whose likeness is strong, the earlier one
        first; at most three for each."""
        met: set[tuple[int, int]] = set()
        told: Counter[int] = Counter()
        for pair in chain(self._same_forms(), self._cut_off(), one_letter_apart(self.cores)):
            one, other = min(pair), max(pair)
            if self.pairs[one][0] != self.pairs[other][0] and (one, other) not in met:
                met.add((one, other))
                told[other] += 1
                if told[other] <= SHOWN:
                    yield one, other

    def _same_forms(self) -> Iterator[tuple[int, int]]:
        for places in self.same.values():
            for place in places[1:]:
                yield from ((first, place) for first in places[:SHOWN])

    def _cut_off(self) -> Iterator[tuple[int, int]]:
        for place, (_, name) in enumerate(self.pairs):
            yield from ((place, other) for other in (*self._cut(name), *self._cut_shorter(name)))

    def _likely(self, place: int, reason: str, *, is_strong: bool) -> Likely:
        key, _ = self.pairs[place]
        return Likely(Suggestion(key, self.name_of[key], reason), is_strong)

    def _looked_up(self, text: str, core: str) -> Iterator[Likely]:
        for number in _NUMBER.findall(text):
            for key in self.numbers.get(number_form(number), ()):
                reason = "the same charity or company number"
                yield Likely(Suggestion(key, self.name_of.get(key, key), reason), True)
        for place in self.same.get(core, ())[:SHOWN]:
            yield self._likely(place, _but_for(text, self.pairs[place][1]), is_strong=True)
        for place in (*self._cut(text), *self._cut_shorter(text)):
            reason = f"cut off after {min(len(text), len(self.pairs[place][1]))} characters"
            yield self._likely(place, reason, is_strong=True)
        for place in self.same.get(_joined(core), ())[:SHOWN]:
            yield self._likely(place, "the same but for blanks", is_strong=True)
        if " " in core:
            for place in self.same.get(_sorted(core), ())[:SHOWN]:
                yield self._likely(place, "the same words in another order", is_strong=True)
            for place in self._beginning(fold_words(text) + " "):
                yield self._likely(place, "begins the same", is_strong=False)

    def _cut(self, text: str) -> list[int]:
        """Known names of which the text is the beginning, as long as systems let them be."""
        if not SHORTEST_CUT <= len(text) <= LONGEST_CUT:
            return []
        plain = fold_words(text)
        lost = re.sub(r" (?:l|li|lim|limi|limit|limite|lt|p|pl|ll)$", "", plain)
        whole = self.same.get(core_name(lost), []) if lost != plain else []
        return [*whole, *self._beginning(plain)][:SHOWN]

    def _beginning(self, plain: str) -> list[int]:
        """Known names that begin with these letters and go on."""
        found = []
        for other, place in self.by_plain[bisect_left(self.by_plain, (plain, -1)) :]:
            if not other.startswith(plain) or len(found) == SHOWN:
                break
            if other != plain:
                found.append(place)
        return found

    def _cut_shorter(self, text: str) -> list[int]:
        """Known names that are the beginning of the text, themselves cut off."""
        plain = fold_words(text)
        found = []
        for length in range(min(len(plain) - 1, LONGEST_CUT), SHORTEST_CUT - 3, -1):
            at = bisect_left(self.by_plain, (plain[:length], -1))
            if at < len(self.by_plain) and self.by_plain[at][0] == plain[:length]:
                place = self.by_plain[at][1]
                if SHORTEST_CUT <= len(self.pairs[place][1]) <= LONGEST_CUT:
                    found.append(place)
        return found[:1]

    def _compared(
        self, places: Sequence[int], cores: Sequence[str]
    ) -> Iterator[tuple[int, list[Likely]]]:
        """The known names spelt much like each, all compared with all."""
        for start in range(0, len(places), AT_ONCE):
            some = places[start : start + AT_ONCE]
            scores = process.cdist(
                [cores[place] for place in some],
                self.cores,
                scorer=fuzz.ratio,
                score_cutoff=ALIKE,
                dtype=np.uint8,
                workers=-1,
            )
            for row, place in zip(scores, some, strict=True):
                near = _highest(row, 2 * SHOWN)
                yield place, [self._spelt(cores[place], at) for at in near]

    def _spelt(self, core: str, place: int) -> Likely:
        other = self.cores[place]
        if _FIGURES.findall(core) != _FIGURES.findall(other):
            return self._likely(place, "the same but for a number", is_strong=False)
        long_enough = min(len(core), len(other)) >= SHORTEST_ONE_LETTER
        one = long_enough and Levenshtein.distance(core, other, score_cutoff=1) == 1
        return self._likely(
            place, "one letter differs" if one else "spelt much alike", is_strong=one
        )


def number_form(number: str) -> str:
    """A charity's or company's number as it is compared: capitals, without leading noughts."""
    return re.sub(r"\s+", "", number).upper().lstrip("0")


def _joined(core: str) -> str:
    return core.replace(" ", "")


def _sorted(core: str) -> str:
    return " ".join(sorted(core.split()))


def _best(found: Iterable[Likely]) -> tuple[Likely, ...]:
    """One suggestion an identifier, the strong before the weak, at most three."""
    first: dict[str, Likely] = {}
    for one in sorted(found, key=lambda likely: not likely.is_strong):
        first.setdefault(one.suggestion.id, one)
    return tuple(first.values())[:SHOWN]


def one_letter_apart(cores: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Places of each two names in which one letter, and no figure, differs.

    Two such names become the same by taking one letter out of one of them, or of each.
    """
    by_figures: dict[tuple[str, ...], list[int]] = {}
    for place, core in enumerate(cores[:MOST_NEW]):
        if len(core) >= SHORTEST_ONE_LETTER and _LETTERS.search(core):
            by_figures.setdefault(tuple(_FIGURES.findall(core)), []).append(place)
    for places in by_figures.values():
        shortened: dict[str, list[int]] = {}
        for place in places if len(places) > 1 else ():
            core = cores[place]
            near: set[int] = set()
            for form in {core, *(core[:n] + core[n + 1 :] for n in range(len(core)))}:
                held = shortened.setdefault(form, [])
                near.update(held)
                held.append(place)
            for other in sorted(near):
                if Levenshtein.distance(core, cores[other], score_cutoff=1) == 1:
                    yield other, place


def _highest(scores: np.ndarray, count: int) -> list[int]:
    """The places of the highest scores above nought, the highest first, then the first."""
    near = np.flatnonzero(scores)
    return near[np.argsort(-scores[near].astype(np.int16), kind="stable")[:count]].tolist()


def _but_for(text: str, name: str) -> str:
    """How two names with one core differ, in their own words."""
    words, others = (
        {fold_name(word): word.strip("(),.;:") for word in each.split()} for each in (text, name)
    )
    differing = [word for key, word in words.items() if key and key not in others]
    differing += [word for key, word in others.items() if key and key not in words]
    if not differing or len(differing) > 4:
        return "the same but for how it is written"
    return f"the same but for {listed(f'“{word}”' for word in differing)}"
