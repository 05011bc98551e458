"""Whether a text is likely the name of a person, and the pseudonym that stands for it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from civic_metrics.intake.names.person_words import (
    ALSO_GIVEN,
    GIVEN,
    GIVEN_OR_WORD,
    ORDINARY,
    ORGANISED,
    PARTICLES,
    SURNAMES,
    TITLES,
)
from civic_metrics.ledger.naming import APOSTROPHES, folded_name

# No name of a person that files hold has more words than this, titles and particles apart.
MOST_WORDS = 4
_NAMES = GIVEN | ALSO_GIVEN
# What names of organisations hold as well, wherever it does not come first.
TITLES_OR_WORDS = TITLES - {"dr", "miss", "mr", "mrs", "ms", "mx", "prof", "cllr", "revd"}
_PSEUDONYM = re.compile(r"person-[0-9a-f]{10}")
_LATE = re.compile(
    r"^(?:the )?(?:est(?:ate)?|executors?|exors?|exs|personal representatives?|reps?) (?:of )"
    r"(?:the )?(?:late )?",
    re.IGNORECASE,
)
# What follows a name: another it trades under, what is paid for, a remark.
_AFTER = re.compile(r"\s*(?:\(.*\)?|\[.*|\s[-–—:]\s.*|\bt/?a\b.*|\btrading as\b.*)$", re.IGNORECASE)
_WEB = re.compile(r"www\.|\.(?:com|org|net|uk|eu|io)\b|@|https?:", re.IGNORECASE)
# "Pat's Playhouse" belongs to somebody; it is not somebody.
_OF_ITS_OWN = re.compile(rf"[{APOSTROPHES}]s$", re.IGNORECASE)
# "Smith, J" or "Smith, Jane A": a surname of up to two words, then given names or initials.
_REVERSED = re.compile(r"([^\W\d_][^,\d]*),\s*([^\W\d_][^,\d]*)")


def plain_pseudonym(name: str) -> str:
    """A pseudonym without a key, for tests; the records make theirs with a key of their own."""
    return f"person-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def pseudonym_of(name: str, pseudonym: Callable[[str], str]) -> str:
    """The pseudonym of the name, however it is spelt."""
    return pseudonym(folded_name(name))


def is_given_name(word: str) -> bool:
    """Whether the word alone may be a person's given name."""
    return word.casefold() in _NAMES | GIVEN_OR_WORD


def is_pseudonym(text: str) -> bool:
    """Whether the text has the form of a pseudonym, and so stands for a person already."""
    return _PSEUDONYM.fullmatch(text) is not None


def bare_name(text: str) -> str:
    """The name without what stands before or behind it: estates, remarks, what it trades as."""
    return _AFTER.sub("", _LATE.sub("", text.strip())).strip()


def looks_personal(text: str) -> bool:
    """Whether the text is likely the name of a person and not of an organisation.

    A title (the plain ones anywhere), initials, "surname, given name", or two to four words of
    which the first is a given name, and no word that only organisations have. In doubt yes: a
    person is asked.
    """
    if _WEB.search(text):
        return False
    name = bare_name(text)
    words = re.findall(rf"[^\W\d_](?:[^\W\d_]|[-{APOSTROPHES}])*|&", name)
    low = [word if word == "&" else folded_name(word).replace(" ", "") for word in words]
    if low and low[0] in TITLES:
        return _after_title(low)
    if not low or any(map(str.isdigit, name)) or any(_OF_ITS_OWN.search(w) for w in words[:-1]):
        return False
    if ORGANISED.intersection((*low, *folded_name(text).split())):
        return False
    if TITLES.intersection(low) - TITLES_OR_WORDS:
        return _after_title(low)  # "Thistlewood G Miss"
    if reversed_ := _REVERSED.fullmatch(name):
        return _is_reversed(*map(folded_name, reversed_.groups()))
    return _in_order([word for word in low if word not in PARTICLES])


def _after_title(low: list[str]) -> bool:
    """After Mr or Dr, whatever is not plainly an organisation: "Mr House" is a person."""
    rest = [word for word in low if word not in TITLES and word not in PARTICLES and word != "&"]
    few = len(rest) <= MOST_WORDS + 1
    return bool(rest) and few and not ORGANISED.intersection(rest)


def _is_reversed(surname: str, given: str) -> bool:
    family = surname.split()
    own = [word for word in given.split() if word not in TITLES]
    if len(family) > 2 or not own or len(own) > 3:
        return False
    if all(len(word) == 1 for word in own) or own[0] in _NAMES | GIVEN_OR_WORD:
        return True
    return len(family) == 1 and not ORDINARY.intersection((*family, *own))


def _in_order(low: list[str]) -> bool:
    """Given names or initials before a surname, or initials behind it."""
    if "&" in low or "and" in low:
        return _is_couple(low)
    full = [word for word in low if len(word) > 1]
    if not 2 <= len(low) <= MOST_WORDS or not full:
        return False
    first, last = low[0], low[-1]
    plain = not ORDINARY.intersection(full) or (len(full) == 1 and full[0] in SURNAMES)
    if len(full) == 1:
        behind = len(low) - 1 if len(first) > 1 else 0
        return plain and len(full[0]) > 2 and behind <= 2
    if first in _NAMES:
        return plain or (len(low) == 2 and last in SURNAMES | GIVEN_OR_WORD)
    if first in GIVEN_OR_WORD:
        return last in SURNAMES and not ORDINARY.intersection(full[1:-1])
    if last in _NAMES and first in SURNAMES:
        return plain  # surname first, as registers list people
    return len(low) == 2 and plain and last in SURNAMES


def _is_couple(low: list[str]) -> bool:
    """Two given names, or initials, and one surname: "John and Jane Smith"."""
    if len(low) not in (4, 5) or not {"&", "and"}.intersection(low[1:3]):
        return False
    between = low.index("&") if "&" in low else low.index("and")
    own = [low[0], low[between + 1]]
    both = all(word in _NAMES | GIVEN_OR_WORD or len(word) == 1 for word in own)
    return both and not ORDINARY.difference({"and"}).intersection((*low[1:between], low[-1]))
