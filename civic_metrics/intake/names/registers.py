"""What the records know of one register: its identifiers, names, aliases, numbers and codes,
and what a text among them stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from civic_metrics.intake.names.likely import Likely, number_form
from civic_metrics.intake.naming import fold_name
from civic_metrics.intake.shapes.org_ids import charity_id, company_id, mended, tidied_id
from civic_metrics.ledger.batch import Suggestion

# By register, the code system of names answered by a person: one name may stand for one of
# each. The others are those of finance systems.
NAMES = {"partnership": "name of a partnership", "organisation": "name of an organisation"}
_OF_NAMES = tuple(NAMES.values())
# Registers outside the university whose numbers stand for an organisation whatever the column:
# the prefixes of org-id.guide.
SCHEMES = ("GB-CHC", "GB-SC", "GB-NIC", "GB-COH", "GB-UKPRN")
_ORG_ID = re.compile(r"(?:GB|XI)-[A-Z]+-(?P<number>.+)", re.IGNORECASE)
_STATED = re.compile(
    r"(?:reg(?:istered|\.)? )?(?P<kind>charity|company|ukprn)(?: reg(?:istration|\.)?)?"
    r"(?: number| num| no\.?| ref\.?)?[ :#.]*(?P<number>[A-Z0-9]+)",
    re.IGNORECASE,
)
_COMPANY_LENGTH = 8
# No register gives longer numbers: a charity's seven figures, a hyphen and its branch.
_LONGEST_NUMBER = 10


@dataclass(frozen=True)
class Code:
    """A code of a finance system, or a name answered before, and what it stands for: nothing
    of ours where `id` is None."""

    system: str
    code: str
    id: str | None


class Register:
    """The identifiers, names, numbers and codes of one table."""

    def __init__(self, pairs: Iterable[tuple[str, str]], codes: Iterable[Code] = ()) -> None:
        self.name_of: dict[str, str] = {}
        self.pairs: list[tuple[str, str]] = []
        self.by_case: dict[str, str] = {}
        self.by_name: dict[str, list[str]] = {}
        self.by_org_id: dict[str, list[str]] = {}
        self.numbers: dict[str, tuple[str, ...]] = {}
        self.by_code: dict[tuple[str, str], list[str | None]] = {}
        self.by_digits: dict[str, list[Code]] = {}
        self._forms: dict[str, tuple[list[str], str]] = {}
        for key, name in pairs:
            self.add(key, name)
        for code in codes:
            self._add_code(code)

    def add(self, key: str, name: str | None) -> None:
        """Takes in an identifier under a name; its first name is what it is called."""
        self.pairs.append((key, name or key))
        if key not in self.name_of:
            self.name_of[key] = name or key
            self.by_case.setdefault(key.casefold(), key)
            self._add_number(key, key)
        _put(self.by_name, fold_name(name or key), key)
        if name and any(map(str.isdigit, name)):
            self._add_number(name, key)

    def _add_number(self, text: str, key: str) -> None:
        plain = _ORG_ID.fullmatch(text)
        org_id = tidied_id(text) if plain else charity_id(text)
        if org_id:
            _put(self.by_org_id, org_id.casefold(), key)
            number = number_form(plain["number"] if plain else text)
            self.numbers[number] = tuple(dict.fromkeys((*self.numbers.get(number, ()), key)))

    def _add_code(self, code: Code) -> None:
        if code.system in SCHEMES:
            if code.id is not None:
                self._add_number(f"{code.system}-{mended(code.code)}", code.id)
            return
        _put(self.by_code, (code.system, _folded(code.system, code.code)), code.id)
        if code.system not in _OF_NAMES:
            _put(self.by_digits, _folded(code.system, code.code).lstrip("0"), code)

    def is_identifier(self, text: str) -> bool:
        """Whether the text is an identifier of the register, in any case."""
        return text.casefold() in self.by_case

    def find(self, text: str, systems: tuple[str, ...]) -> tuple[list[str], bool]:
        """The identifiers the text stands for, by the first of these ways that finds any:
        identifier, number in another register, name or alias, code. And whether the codes say
        that it is none of ours."""
        if text in self.name_of:
            return [text], False
        if self.is_identifier(text):
            return [self.by_case[text.casefold()]], False
        org_ids, folded = self._forms.get(text) or self._forms.setdefault(
            text, (_org_ids(text), fold_name(text))
        )
        numbered = [key for org_id in org_ids for key in self.by_org_id.get(org_id, ())]
        found = list(dict.fromkeys(numbered)) or self.by_name.get(folded, [])
        if found:
            return found, False
        coded = [
            key
            for system in (dict.fromkeys((*systems, *_OF_NAMES)) if self.by_code else ())
            for key in self.by_code.get((system, _folded(system, text)), ())
        ]
        ours = list(dict.fromkeys(key for key in coded if key is not None))
        return ours, None in coded

    def without_noughts(self, text: str, systems: tuple[str, ...]) -> tuple[Likely, ...]:
        """The codes that are the text but for leading noughts, to be asked about."""
        return tuple(
            Likely(
                Suggestion(
                    code.id,
                    self.name_of.get(code.id, code.id),
                    f"its code {code.code} is the same but for leading noughts",
                ),
                True,
            )
            for code in self.by_digits.get(_folded("", text).lstrip("0"), ())
            if code.id is not None and code.system in systems
        )


def _put(index: dict, form: object, item: object) -> None:
    held = index.setdefault(form, [])
    if item not in held:
        held.append(item)


def _folded(system: str, text: str) -> str:
    """A code without case and outer blanks; a name as two spellings of it agree."""
    return fold_name(text) if system in _OF_NAMES else text.strip().casefold()


def _org_ids(text: str) -> list[str]:
    """The identifiers of other registers that the text may be meant as."""
    if _ORG_ID.fullmatch(text):
        return [(tidied_id(text) or text).casefold()]
    stated = _STATED.fullmatch(text.strip())
    number = mended(stated["number"] if stated else text) or ""
    if len(number) > _LONGEST_NUMBER or not any(map(str.isdigit, number)):
        return []
    kind = stated["kind"].casefold() if stated else ""
    found = [charity_id(number)] if kind in ("", "charity") else []
    if kind == "company" or (not kind and len(number) == _COMPANY_LENGTH):
        found.append(company_id(number))
    if kind == "ukprn" or (not kind and len(number) == _COMPANY_LENGTH):
        found.append(f"GB-UKPRN-{number}")
    return [org_id.casefold() for org_id in found if org_id]
