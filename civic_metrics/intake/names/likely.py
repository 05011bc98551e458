"""What an unknown name may be: known names that are very like it, each with the reason in words.

A strong likeness (the same but for "Limited", cut off, one letter) is never merged and never
added beside the other without a person's word; a weak one is only shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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
# A number inside a name that a register of charities or companies may have given.
_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?:SC|NIC?|NI|OC|RS|IP)?\d{6,8}(?![A-Za-z0-9])", re.I)


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

    def suggest(
        self, texts: Sequence[str], themselves: Sequence[str] = ()
    ) -> list[tuple[Likely, ...]]:
        """For each text what it may be, strong ones first, at most three.

        Where the texts are names that are known, `themselves` gives the identifier of each,
        which is not suggested to it.
        """
        own = themselves or [""] * len(texts)
        found = [
            [one for one in self._looked_up(text) if one.suggestion.id != itself]
            for text, itself in zip(texts, own, strict=True)
        ]
        cores = [core_name(text) for text in texts]
        rest = [
            place
            for place, core in enumerate(cores)
            if not any(one.is_strong for one in found[place]) and re.search(r"[^\W\d_]{3}", core)
        ]
        budget = COMPARED // max(len(self.cores), 1)
        for place, near in self._compared(rest[:budget], cores):
            found[place] += [one for one in near if one.suggestion.id != own[place]]
        return [_best(each) for each in found]

    def _likely(self, place: int, reason: str, *, is_strong: bool) -> Likely:
        key, _ = self.pairs[place]
        return Likely(Suggestion(key, self.name_of[key], reason), is_strong)

    def _looked_up(self, text: str) -> Iterator[Likely]:
        for number in _NUMBER.findall(text):
            for key in self.numbers.get(number_form(number), ()):
                reason = "the same charity or company number"
                yield Likely(Suggestion(key, self.name_of.get(key, key), reason), True)
        core = core_name(text)
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
            )
            for row, place in zip(scores, some, strict=True):
                near = _highest(row, 2 * SHOWN)
                yield place, [self._spelt(cores[place], at) for at in near]

    def _spelt(self, core: str, place: int) -> Likely:
        other = self.cores[place]
        if re.findall(r"\d+", core) != re.findall(r"\d+", other):
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


def _highest(scores: np.ndarray, count: int) -> list[int]:
    """The places of the highest scores above nought, the highest first, then the first."""
    ranked = scores.astype(np.int64) * len(scores) - np.arange(len(scores))
    some = (
        np.argpartition(ranked, -count)[-count:] if len(scores) > count else np.arange(len(scores))
    )
    return [int(at) for at in some[np.argsort(-ranked[some])] if scores[at]]


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
