"""What a person says of a name or code that the records do not know. Imports nothing of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """What an unknown name or code is."""

    SAME_AS = "the same as"
    NEW = "new"
    INDIVIDUAL = "an individual"
    NOTHING = "none of ours"
    ASIDE = "set aside"


@dataclass(frozen=True)
class Answer:
    """One answer; `id` says what it is the same as: an identifier, or the text of another name
    of the file that is answered as new."""

    meaning: Meaning
    id: str = ""


# By the register a name was looked for in and the text as it stands in the file.
Answers = Mapping[tuple[str, str], Answer]
