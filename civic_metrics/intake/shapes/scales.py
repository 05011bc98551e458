"""The scale a question was answered on, told from its answers, and the score of each answer.

The lowest answer scores 1 (or what the numbers say), and the best is always the highest. Works on
distinct answers with their counts. Imports nothing of ours but naming.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from civic_metrics.intake.naming import fold_words

# From this many answers on, a step nobody chose is taken not to have been offered: one that a
# tenth would choose is missed by chance in 4% of cases (0.9 to the power of 30).
ANSWERS_TO_BE_SURE = 30
# A question is answered on a scale where this share of its answers are on it.
MOSTLY = 0.9

# Answers that are none on any scale: kept as they are, without a score.
NO_ANSWER = frozenset({
    "don t know", "dont know", "do not know", "not sure", "unsure", "n a", "na", "not applicable",
    "prefer not to say", "no answer", "no opinion", "can t say", "cannot say", "not relevant",
    "does not apply", "doesn t apply", "don t know not applicable", "not answered", "no response",
})  # fmt: skip

# Other words for a step, by the step.
_ALSO = {
    "strongly disagree": ("completely disagree", "totally disagree", "definitely disagree",
                          "disagree strongly", "fully disagree", "entirely disagree"),
    "disagree": ("mostly disagree", "generally disagree"),
    "slightly disagree": ("somewhat disagree", "tend to disagree", "partly disagree",
                          "disagree slightly", "disagree somewhat", "mildly disagree"),
    "neither agree nor disagree": ("neither agree or disagree", "neither", "neutral", "undecided",
                                   "neither disagree nor agree", "neither nor"),
    "slightly agree": ("somewhat agree", "tend to agree", "partly agree", "agree slightly",
                       "agree somewhat", "mildly agree"),
    "agree": ("mostly agree", "generally agree"),
    "strongly agree": ("completely agree", "totally agree", "definitely agree", "agree strongly",
                       "fully agree", "entirely agree"),
    "very dissatisfied": ("extremely dissatisfied", "completely dissatisfied", "very unsatisfied"),
    "dissatisfied": ("unsatisfied",),
    "fairly dissatisfied": ("slightly dissatisfied", "somewhat dissatisfied",
                            "quite dissatisfied"),
    "neither satisfied nor dissatisfied": ("neither satisfied or dissatisfied", "neutral",
                                           "neither"),
    "fairly satisfied": ("slightly satisfied", "somewhat satisfied", "quite satisfied"),
    "very satisfied": ("extremely satisfied", "completely satisfied"),
    "very poor": ("very bad", "terrible"),
    "poor": ("bad",),
    "fair": ("average", "acceptable", "adequate", "ok", "okay", "satisfactory"),
    "excellent": ("outstanding",),
    "rarely": ("seldom", "occasionally"),
    "often": ("usually", "frequently", "most of the time"),
    "a little": ("slightly", "to a small extent", "to a limited extent", "not very", "not much"),
    "somewhat": ("moderately", "to some extent", "to a moderate extent", "partly", "partially",
                 "fairly"),
    "a lot": ("very", "mostly", "to a large extent", "to a great extent", "largely",
              "very much", "a great deal"),
    "completely": ("extremely", "fully", "entirely", "to a very great extent",
                   "to a very large extent"),
    "very unlikely": ("extremely unlikely", "definitely not"),
    "unlikely": ("probably not",),
    "neither likely nor unlikely": ("neither likely or unlikely", "neutral", "neither"),
    "likely": ("probably",),
    "very likely": ("extremely likely", "definitely"),
    "not at all important": ("not important", "unimportant"),
    "slightly important": ("of little importance", "not very important"),
    "moderately important": ("fairly important", "somewhat important", "quite important"),
    "extremely important": ("essential", "crucial"),
}  # fmt: skip

# Ladders by family, lowest step first; the first of a family is the one most often used.
_LADDERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "agreement": (
        ("strongly disagree", "disagree", "neither agree nor disagree", "agree",
         "strongly agree"),
        ("strongly disagree", "slightly disagree", "neither agree nor disagree",
         "slightly agree", "strongly agree"),
        ("disagree", "neither agree nor disagree", "agree"),
        ("strongly disagree", "disagree", "agree", "strongly agree"),
        ("strongly disagree", "slightly disagree", "slightly agree", "strongly agree"),
        ("strongly disagree", "disagree", "slightly disagree", "slightly agree", "agree",
         "strongly agree"),
        ("strongly disagree", "disagree", "slightly disagree", "neither agree nor disagree",
         "slightly agree", "agree", "strongly agree"),
    ),
    "satisfaction": (
        ("very dissatisfied", "dissatisfied", "neither satisfied nor dissatisfied", "satisfied",
         "very satisfied"),
        ("very dissatisfied", "fairly dissatisfied", "neither satisfied nor dissatisfied",
         "fairly satisfied", "very satisfied"),
        ("very dissatisfied", "dissatisfied", "satisfied", "very satisfied"),
        ("very dissatisfied", "fairly dissatisfied", "fairly satisfied", "very satisfied"),
        ("very dissatisfied", "dissatisfied", "fairly dissatisfied",
         "neither satisfied nor dissatisfied", "fairly satisfied", "satisfied",
         "very satisfied"),
    ),
    "quality": (
        ("very poor", "poor", "fair", "good", "very good"),
        ("poor", "fair", "good", "very good", "excellent"),
        ("poor", "fair", "good", "excellent"),
        ("very poor", "poor", "fair", "good", "excellent"),
        ("very poor", "poor", "fair", "good", "very good", "excellent"),
    ),
    "frequency": (
        ("never", "rarely", "sometimes", "often", "always"),
        ("never", "sometimes", "often", "always"),
    ),
    "extent": (
        ("not at all", "a little", "somewhat", "a lot", "completely"),
        ("not at all", "somewhat", "a lot"),
        ("not at all", "somewhat", "completely"),
        ("not at all", "a little", "somewhat", "a lot"),
        ("not at all", "a little", "somewhat", "completely"),
    ),
    "likelihood": (
        ("very unlikely", "unlikely", "neither likely nor unlikely", "likely", "very likely"),
        ("very unlikely", "unlikely", "likely", "very likely"),
    ),
    "importance": (
        ("not at all important", "slightly important", "moderately important",
         "very important", "extremely important"),
        ("not at all important", "slightly important", "important", "very important"),
    ),
}  # fmt: skip

_STEPS = {
    family: {
        word: step for ladder in ladders for step in ladder for word in (step, *_ALSO.get(step, ()))
    }
    for family, ladders in _LADDERS.items()
}
_NUMBER = r"(10|[0-9])(?:\.0+)?"
_BARE = re.compile(_NUMBER)
_LABELLED = re.compile(rf"{_NUMBER}\s*(?:[-–—:.=)]|\()\s*(\D.*?)\)?|\(?{_NUMBER}\)\s*(\D.*)")
_LABEL_FIRST = re.compile(rf"(\D.*?)\s*(?:[-–—:=]\s*|\(\s*){_NUMBER}\)?")
_RANGE = re.compile(r"(?<!\d)([01])\s*(?:to|-|–|—|/)\s*(10|[3-9])(?!\d)(?!\s*[-/]\s*\d)")
_ENDS = re.compile(r"([01])\s*(?:=|being|is|means)\s*([^,;()\d]+)[^\d]*(10|[3-9])\s*"
                   r"(?:=|being|is|means)\s*([^,;()\d]+)")  # fmt: skip
_BEST_WORDS = re.compile(r"\b(?:best|high(?:est)?|excellent|most|very well|very good)\b")
_WORST_WORDS = re.compile(r"\b(?:worst|low(?:est)?|poor|least|not at all|very badly)\b")


@dataclass(frozen=True)
class Answer:
    """One answer taken apart: the number and the words in it, where it has either."""

    number: int | None
    words: str


@dataclass(frozen=True)
class Scale:
    """A scale in words, lowest first, and the score of each answer that is on it.

    `is_turned`: its lowest number stood for the best. `is_assumed`: a shorter one would hold the
    answers too, but they are too few to tell.
    """

    said: str
    scores: Mapping[str, int]
    steps: int
    is_turned: bool = False
    is_assumed: bool = False


def taken_apart(text: str) -> Answer:
    """The number and the words of an answer: `5 - Strongly agree`, `Agree (4)`, `3`, `Agree`."""
    if found := _BARE.fullmatch(text):
        return Answer(int(found[1]), "")
    if found := _LABELLED.fullmatch(text):
        return Answer(int(found[1] or found[3]), fold_words(found[2] or found[4]))
    if found := _LABEL_FIRST.fullmatch(text):
        return Answer(int(found[2]), fold_words(found[1]))
    return Answer(None, fold_words(text))


def is_no_answer(text: str) -> bool:
    """Whether the answer says only that there is none: don't know, not applicable."""
    words = taken_apart(text).words
    return words in NO_ANSWER or not re.search(r"\w", text)


def family_of(counts: Mapping[str, int]) -> str | None:
    """The family of scales most answers are on: of words, or "numbers"; None where of none."""
    told = {text: n for text, n in counts.items() if not is_no_answer(text)}
    total = sum(told.values())
    if not total:
        return None
    apart = {text: taken_apart(text) for text in told}
    on: Counter[str] = Counter()
    for text, answer in apart.items():
        on["numbers"] += told[text] * (answer.number is not None)
        for family, steps in _STEPS.items():
            on[family] += told[text] * (answer.words in steps)
    # Words tell which end is the best, so that they go before numbers.
    best = max(_STEPS, key=lambda family: on[family])
    family = best if on[best] >= MOSTLY * total else "numbers"
    return family if on[family] >= MOSTLY * total else None


def word_scale(family: str, counts: Mapping[str, int]) -> Scale:
    """The ladder that holds every answer; of several the usual one while answers are few."""
    steps = _STEPS[family]
    met: Counter[str] = Counter()
    for text, number in counts.items():
        if step := steps.get(taken_apart(text).words):
            met[step] += number
    fit = [ladder for ladder in _LADDERS[family] if set(met) <= set(ladder)]
    if not fit:  # Steps of two ladders: each at its place among all the family's.
        fit = [max(_LADDERS[family], key=len)]
    is_sure = met.total() >= ANSWERS_TO_BE_SURE
    ladder = min(fit, key=len) if is_sure else fit[0]
    place = {step: number for number, step in enumerate(ladder, start=1)}
    scores = {
        text: place[step]
        for text in counts
        if (step := steps.get(taken_apart(text).words)) in place
    }
    return Scale(
        said=f"1 ({ladder[0]}) to {len(ladder)} ({ladder[-1]})",
        scores=scores,
        steps=len(ladder),
        is_assumed=len(ladder) > min(map(len, fit)),
    )


def number_scale(heading: str, counts: Mapping[str, int], all_counts: Mapping[str, int]) -> Scale:
    """The range the heading states, else the usual one that holds every number of the survey;
    turned round where its lowest number is said to be the best."""
    numbers = {text: taken_apart(text).number for text in counts}
    low, high = _range(heading, numbers.values(), all_counts)
    first, last = _ends(heading, counts, low, high)
    is_turned = _rank(first) > _rank(last)
    if is_turned:
        first, last = last, first
    scores = {
        text: low + high - number if is_turned else number
        for text, number in numbers.items()
        if number is not None and low <= number <= high
    }
    ends = [f"{end} ({words})" if words else str(end)
            for end, words in ((low, first), (high, last))]  # fmt: skip
    return Scale(" to ".join(ends), scores, high - low + 1, is_turned)


def _range(
    heading: str, numbers: Iterable[int | None], all_counts: Mapping[str, int]
) -> tuple[int, int]:
    own = {number for number in numbers if number is not None}
    stated = _RANGE.search(heading)
    if ends := _ENDS.search(heading):
        return int(ends[1]), int(ends[3])
    if stated and own and max(own) <= int(stated[2]) and min(own) >= int(stated[1]):
        return int(stated[1]), int(stated[2])
    met = {taken_apart(text).number: n for text, n in all_counts.items()}
    every = {number for number in met if number is not None} | own
    low = 0 if 0 in every else 1
    most = max(every)
    is_sure = sum(n for number, n in met.items() if number is not None) >= ANSWERS_TO_BE_SURE
    offered = (4, 5, 7, 10) if is_sure and low else (5, 7, 10) if low else (5, 10)
    return low, next(high for high in offered if most <= high)


def _ends(heading: str, counts: Mapping[str, int], low: int, high: int) -> tuple[str, str]:
    """The words that stand for the lowest and the highest number, where any do."""
    if ends := _ENDS.search(heading):
        return fold_words(ends[2]), fold_words(ends[4])
    apart = [taken_apart(text) for text in counts]
    words = {answer.number: answer.words for answer in apart if answer.words}
    return words.get(low, ""), words.get(high, "")


def _rank(words: str) -> float:
    """Where the words stand among all steps: above nought for good, below it for bad."""
    for family, steps in _STEPS.items():
        if words in steps:
            ladder = max(_LADDERS[family], key=len)
            ladder = ladder if steps[words] in ladder else _LADDERS[family][0]
            if steps[words] in ladder:
                return ladder.index(steps[words]) / (len(ladder) - 1) - 0.5
    return 0.5 * (bool(_BEST_WORDS.search(words)) - bool(_WORST_WORDS.search(words)))
