"""What a person said of unknown names -> rows for the table of codes, so that it is said once."""

from __future__ import annotations

from collections.abc import Mapping

from civic_metrics.intake.names.answers import Answers, Meaning
from civic_metrics.intake.names.persons import pseudonym_of
from civic_metrics.intake.names.references import CAN_BE_ADDED, Known
from civic_metrics.intake.names.registers import NAMES

_NOT = {"partnership": "not a partnership", "organisation": "not an organisation"}


def confirmed(
    answers: Answers,
    known: Known,
    systems: Mapping[str, tuple[str, ...]] | None = None,
    names: Mapping[str, str] | None = None,
) -> list[dict[str, str | None]]:
    """The rows of the table `code` that remember the answers "the same as" and "none of ours".

    What is new, or a person, is remembered by the name added. `systems` gives by register the
    code systems of the column the text stood in: a bare number is a code of the first of them,
    anything else a name. A name held as a pseudonym (`names`, from personal_names()) is
    remembered under it, never as it was written.
    """
    rows: dict[tuple[str, str], dict[str, str | None]] = {}
    for (table, text), answer in answers.items():
        if table not in CAN_BE_ADDED or answer.meaning not in (Meaning.SAME_AS, Meaning.NOTHING):
            continue
        other = answers.get((table, answer.id))
        if other is not None and other.meaning is Meaning.NEW:
            continue  # it has no identifier yet
        code, system = text, NAMES[table]
        own = (systems or {}).get(table, ())
        if text in (names or {}) or answer.id in known.individuals:
            code = pseudonym_of(text, known.pseudonym)
        elif own and not any(map(str.isalpha, text)) and " " not in text.strip():
            system = own[0]
        row = rows.setdefault((system, code), {"system": system, "code": code})
        if answer.meaning is Meaning.SAME_AS:
            row |= {"meaning": table, table: answer.id}
        else:
            row.setdefault("meaning", _NOT[table])
    return [{**dict.fromkeys(CAN_BE_ADDED), **row} for row in rows.values()]
