"""Names and codes in a file -> the identifiers the records know them by.

Never merges: a name that fits two is asked about, one that is very like a known one waits for a
person's word, and one that fits none is set aside unless the person asked for it to be added
without details. Names of people become pseudonyms.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column, contract
from civic_metrics.intake.names.answers import Answer, Answers, Meaning
from civic_metrics.intake.names.likely import Likely, Lookalikes
from civic_metrics.intake.names.persons import (
    is_pseudonym,
    looks_personal,
    plain_pseudonym,
    pseudonym_of,
)
from civic_metrics.intake.names.registers import Code, Register
from civic_metrics.intake.naming import identifier, listed
from civic_metrics.intake.parsing.values import Fault, Note, OneValue, Parsed, by_distinct
from civic_metrics.ledger.batch import Stub, Suggestion

__all__ = ["CAN_BE_ADDED", "Code", "Directory", "Known", "Open", "read_references"]

# Places are never made from a name met in a file: they come from the reference tables.
CAN_BE_ADDED = ("organisation", "partnership")
# Where the names of people are met.
OF_PEOPLE = "organisation"
HELD = "likely names of people held as pseudonyms"


@dataclass(frozen=True)
class Known:
    """What the records know: (identifier, name) pairs by table, what else they go by, which
    have no details yet, the codes that replaced withdrawn place codes, and the day of loading.

    `codes` are those of finance systems, and names answered before, by the register they stand
    for; `individuals` the organisations that are people, held under pseudonyms; `pseudonym`
    makes one of a name.
    """

    names: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    also_known_as: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    without_details: Mapping[str, frozenset[str]] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)
    today: date = field(default_factory=date.today)
    codes: Mapping[str, tuple[Code, ...]] = field(default_factory=dict)
    individuals: frozenset[str] = frozenset()
    pseudonym: Callable[[str], str] = plain_pseudonym


@dataclass(frozen=True)
class Open:
    """A name nobody has said anything about: what it may be, and whether it is a person's."""

    suggestions: tuple[Suggestion, ...] = ()
    looks_personal: bool = False


class Directory:
    """The identifiers and names of one table, and the names added to it on the way.

    `people` are the names in the sheet that are held as pseudonyms, as personal_names() gives
    them; `systems` the code systems that stand for the table where a column states none.
    """

    def __init__(
        self,
        table: str,
        known: Known,
        *,
        create_missing: bool,
        answers: Answers | None = None,
        systems: tuple[str, ...] = (),
        people: Mapping[str, str] | None = None,
    ) -> None:
        self.table, self.known, self.systems = table, known, systems
        self.one = contract(table).one
        self.can_be_added = table in CAN_BE_ADDED
        self.create_missing = create_missing and self.can_be_added
        self.successors = known.successors if table == "place" else {}
        self.answers = answers or {}
        self.people = dict(people or {}) if self.can_be_added else {}
        self.named: dict[str, list[str]] = {}
        for name, pseudonym in self.people.items():
            self.named.setdefault(pseudonym, []).append(name)
        others = known.also_known_as.get(table, {})
        aliases = [(key, alias) for key, every in others.items() for alias in every]
        self.register = Register(
            (*known.names.get(table, ()), *aliases), known.codes.get(table, ())
        )
        self.stubs: dict[str, Stub] = {}
        self.open: dict[tuple[str, tuple[str, ...]], Open] = {}
        self._likely: dict[str, tuple[Likely, ...]] = {}
        self._lookalikes: Lookalikes | None = None

    def find(self, text: str, systems: tuple[str, ...] = ()) -> OneValue:
        """The identifier the text stands for, nothing where it is none of ours, or what is
        wrong with it."""
        text = self.people.get(text, text)
        if text in self.successors or text.upper() in self.successors:
            return self._successor(text)
        systems = systems or self.systems
        same, is_none = self._found(text, systems)
        if len(same) == 1:
            by_name = not self.register.is_identifier(text) and same[0] not in self.stubs
            return OneValue(same[0], note="names found in the records" if by_name else "")
        if is_none and not same:
            return self._nothing()
        answer = self._answer(text)
        if answer is not None:
            return self._answered(text, answer)
        pseudonym = self._person(text)
        if not same and pseudonym:
            known, _ = self.register.find(pseudonym, ())
            if known:
                return OneValue(known[0])
        return self._ask(text, systems, same, pseudonym)

    def _found(self, text: str, systems: tuple[str, ...]) -> tuple[list[str], bool]:
        """What the text stands for, or in another register than that of people the name for
        which it is a pseudonym: a partnership may be called after a person."""
        same, is_none = self.register.find(text, systems)
        if not same and not is_none and self.table != OF_PEOPLE:
            for written in self.named.get(text, ()):
                same, is_none = self.register.find(written, systems)
                if same or is_none:
                    break
        return same, is_none

    def is_known(self, text: str, systems: tuple[str, ...] = ()) -> bool:
        """Whether the records or a person say what the text stands for, and it is no person."""
        same, is_none = self.register.find(text, systems or self.systems)
        answer = self._answer(text)
        return bool(same or is_none) or (
            answer is not None
            and (
                answer.meaning is Meaning.NEW
                or (answer.meaning is Meaning.SAME_AS and answer.id not in self.known.individuals)
            )
        )

    def prepare(self, texts: Iterable[str], systems: tuple[str, ...] = ()) -> None:
        """Looks up what the unknown ones among the texts may be, all at once."""
        wanted = [
            text
            for text in texts
            if text not in self._likely
            and text not in self.named
            and not any(self.register.find(text, systems or self.systems))
        ]
        self._likely |= zip(wanted, self._suggester().suggest(wanted), strict=True)

    def _suggester(self) -> Lookalikes:
        if self._lookalikes is None:
            people = self.known.individuals if self.table == OF_PEOPLE else frozenset()
            pairs = [p for p in self.register.pairs if p[0] not in people]
            self._lookalikes = Lookalikes(pairs, self.register.numbers)
        return self._lookalikes

    def _answer(self, text: str) -> Answer | None:
        """What a person said of the text, or of a name held under this pseudonym."""
        for written in (text, *self.named.get(text, ())):
            if (self.table, written) in self.answers:
                return self.answers[self.table, written]
        return None

    def _answered(self, text: str, answer: Answer) -> OneValue:
        if answer.meaning is Meaning.SAME_AS:
            if answer.id in self.register.name_of:
                return OneValue(answer.id, note="names found as you said")
            other = self._answer(answer.id) if answer.id != text else None
            if other is not None and other.meaning is Meaning.NEW:
                return self.find(answer.id)
            fix = f"Say again which {self.one} it is: the one chosen is not in the records."
            return OneValue(fault=Fault(f"a known {self.one}", fix))
        if answer.meaning is Meaning.NOTHING:
            return self._nothing()
        if answer.meaning is Meaning.ASIDE or not self.can_be_added:
            fix = f"Set aside as you asked, until it is said which {self.one} it is."
            return OneValue(fault=Fault(f"a known {self.one}", fix))
        if answer.meaning is Meaning.INDIVIDUAL:
            pseudonym = self._person(text) or pseudonym_of(text, self.known.pseudonym)
            return self._hold(pseudonym) if self.table == OF_PEOPLE else self._add(pseudonym)
        return self._add(text)

    def _nothing(self) -> OneValue:
        return OneValue(note=f"codes answered with “not {_a(self.one)}”")

    def _person(self, text: str) -> str:
        """The pseudonym of the text where it is, or looks like, the name of a person."""
        if not self.can_be_added:
            return ""
        if text in self.named or is_pseudonym(text):
            return text
        return pseudonym_of(text, self.known.pseudonym) if looks_personal(text) else ""

    def _ask(
        self, text: str, systems: tuple[str, ...], same: Collection[str], pseudonym: str
    ) -> OneValue:
        """What becomes of a text nobody has said anything about; it is noted as open."""
        if same:
            called = self.register.name_of
            fits = [Suggestion(key, called[key] or key, "has this name") for key in same]
            self.open[text, systems] = Open(tuple(fits))
            expected = f"the name of one {self.one}; {listed(same)} share this name"
            fix = f"Write the identifier of the {self.one} that is meant."
            return OneValue(fault=Fault(expected, fix))
        if pseudonym:
            self.open[text, systems] = Open(looks_personal=True)
            holds = self.create_missing and self.table == OF_PEOPLE
            return self._hold(pseudonym, HELD) if holds else self._unknown_person()
        if text not in self._likely:
            self.prepare([text], systems)
        likely = (*self.register.without_noughts(text, systems), *self._likely.get(text, ()))
        self.open[text, systems] = Open(tuple(one.suggestion for one in likely)[:3])
        if not self.create_missing:
            return self._unknown(likely)
        strong = [one.suggestion for one in likely if one.is_strong]
        return self._very_like(strong[0]) if strong else self._add(text)

    def _successor(self, text: str) -> OneValue:
        old = text if text in self.successors else text.upper()
        current = self.successors[old]
        said = f"{old} {self.register.name_of.get(current, '')}".strip()
        return OneValue(
            current,
            warning=Fault(
                f"a current place code: {said} is now {current}",
                f"Loaded as {current}; use that code from now on.",
            ),
        )

    def _add(self, text: str) -> OneValue:
        if self.table == OF_PEOPLE and is_pseudonym(text):
            return self._hold(text)
        base = key = identifier(text, self.table)
        number = 1
        while self.register.is_identifier(key):
            number += 1
            key = f"{base}-{number}"
        self.register.add(key, text)
        self.stubs[key] = Stub(self.table, key, text)
        return OneValue(key)

    def _hold(self, pseudonym: str, note: str = "") -> OneValue:
        if pseudonym not in self.stubs:
            self.register.add(pseudonym, pseudonym)
            self.stubs[pseudonym] = Stub(self.table, pseudonym, pseudonym, is_individual=True)
        return OneValue(pseudonym, note=note)

    def _unknown(self, likely: tuple[Likely, ...]) -> OneValue:
        names = dict.fromkeys(f"“{one.suggestion.name}”" for one in likely)
        hint = f"Did you mean {listed(names, 'or')}? " if names else ""
        if self.can_be_added:
            fix = (
                f"{hint}Correct it, add it to the {contract(self.table).title.lower()}, or load "
                "again and have names the records do not know added without details."
            )
        else:
            fix = f"{hint}Use a current code or the exact name."
        return OneValue(fault=Fault(f"a known {self.one}, by its identifier or name", fix))

    def _unknown_person(self) -> OneValue:
        expected = f"a known {self.one}; this looks like the name of a person"
        which = (
            "whether it is a person or an organisation"
            if self.table == OF_PEOPLE
            else f"which {self.one} it is, or that it is a new one of this name"
        )
        fix = f"Say {which}. Until then a pseudonym stands here in place of the name."
        return OneValue(fault=Fault(expected, fix))

    def _very_like(self, one: Suggestion) -> OneValue:
        expected = f"a known {self.one} or a plainly new one; “{one.name}” is {_like(one)}"
        fix = f"Say whether it is “{one.name}” or a new {self.one}; nothing is merged unasked."
        return OneValue(fault=Fault(expected, fix))


def read_references(texts: pa.ChunkedArray, column: Column, directory: Directory) -> Parsed:
    """The column as identifiers of the table it refers to; an empty one that every row needs is
    a fault where the code was answered with "none of ours"."""
    there = pc.unique(texts).drop_null().to_pylist()
    directory.prepare(there, column.systems)
    before = set(directory.stubs)

    def read(text: str) -> OneValue:
        found = directory.find(text, column.systems)
        if found.value is None and found.fault is None and column.required:
            expected = (
                f"one of our {contract(directory.table).title.lower()}, which every row needs"
            )
            fix = f"It was answered with “not {_a(directory.one)}”: answer again or leave it out."
            return OneValue(fault=Fault(expected, fix))
        return found

    parsed = by_distinct(texts, column.name, pa.string(), read)
    added = [stub for key, stub in directory.stubs.items() if key not in before]
    notes = _look_alike([stub for stub in added if not stub.is_individual])
    return Parsed(parsed.values, parsed.faults, parsed.warnings, (*parsed.notes, *notes))


def _look_alike(added: list[Stub]) -> list[Note]:
    """A note on each two names of one file that are very like each other and were both added."""
    alike = Lookalikes((stub.id, stub.name) for stub in added)
    return [
        Note(
            f"look alike and were both added: “{added[one].name}” and “{added[other].name}”",
            2,
            ((added[one].name, added[one].id),),
        )
        for one, other in alike.each_other()
    ]


def _like(one: Suggestion) -> str:
    return f"very like it ({one.reason})"


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
