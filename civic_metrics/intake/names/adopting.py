"""A register's row takes over the name that was added without details before it.

A payments file may name an organisation long before the register of organisations comes with
an identifier of its own. The row then loads under the identifier the name already has, and the
register's own is remembered beside it, so that either finds it from then on. Only a name without
details is taken over; a row that is like one with details loads as its own, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from civic_metrics.contracts import Contract
from civic_metrics.intake.names.answers import Answers, Meaning
from civic_metrics.intake.names.references import Known
from civic_metrics.intake.names.registers import Register
from civic_metrics.intake.naming import fold_name, listed
from civic_metrics.intake.parsing.values import Fault
from civic_metrics.intake.shapes.org_ids import charity_id, company_id

ALSO = "also_known_as"
BETWEEN = "; "
# The columns that hold a number of another register, and that number as an identifier.
NUMBERS = {
    "charity_number": charity_id,
    "company_number": company_id,
    "ukprn": lambda number: f"GB-UKPRN-{number}" if number else None,
}


def adopt(
    typed: pa.Table, table: Contract, known: Known, answers: Answers | None = None
) -> tuple[pa.Table, int]:
    """The rows under the identifiers they are known by, and how many a name took in.

    A row is taken for a name without details by its own identifier, the number it has in another
    register, or the name itself, where it is the only row that could be; for any other by its
    own identifier, or where a person says that it is the same.
    """
    if not _names_others(typed, table):
        return typed, 0
    (key,) = table.key
    others = known.also_known_as.get(table.name, {})
    rows = list(_rows(typed, table))
    given, also = typed[key].to_pylist(), _column(typed, ALSO)
    found = _known_as(rows, table, known, answers or {})
    adopted = 0
    for place, (known_as, by_alias) in found.items():
        own = given[place]
        adopted += not by_alias
        given[place] = known_as
        every = [*others.get(known_as, ()), *(also[place] or "").split(BETWEEN), own]
        also[place] = BETWEEN.join(dict.fromkeys(part for part in every if part))
    if not found:
        return typed, 0
    if ALSO not in typed.column_names:  # what other rows go by must not be cleared
        also = [
            text or BETWEEN.join(others.get(identifier, ())) or None
            for text, identifier in zip(also, given, strict=True)
        ]
    columns = {name: typed[name] for name in typed.column_names}
    columns |= {key: pa.array(given, pa.string()), ALSO: pa.array(also, pa.string())}
    return pa.table(columns), adopted


def resembling(
    typed: pa.Table, table: Contract, known: Known, answers: Answers | None = None
) -> dict[int, Fault]:
    """By place, what to say of a new row that has the number or the name of one already known:
    it loads as its own, as nothing is merged unasked. Given the rows that adopt() returns."""
    if not _names_others(typed, table):
        return {}
    register = Register(known.names.get(table.name, ()), known.codes.get(table.name, ()))
    said = {}
    for place, own, name, numbers in _rows(typed, table):
        answer = (answers or {}).get((table.name, own or ""))
        if own is None or own in register.name_of or (answer and answer.meaning is Meaning.NEW):
            continue
        why = "number"
        like = [key for number in numbers for key in register.by_org_id.get(number, ())]
        if not like and name:
            why, like = "name", register.by_name.get(fold_name(name), [])
        if like:
            known_as = [f"“{register.name_of[k]}” ({k})" for k in dict.fromkeys(like)]
            has = "has" if len(known_as) == 1 else "have"
            said[place] = Fault(
                f"a new {table.one}; {listed(known_as)} {has} the same {why}",
                f"Where it is the same one, put its identifier ({listed(dict.fromkeys(like), 'or')}"
                ") in this row. Otherwise there is nothing to do.",
            )
    return said


Row = tuple[int, str | None, str | None, list[str]]


def _rows(typed: pa.Table, table: Contract) -> Iterator[Row]:
    """Place, identifier, name and numbers in other registers of every row."""
    numbers = [(_column(typed, name), as_id) for name, as_id in NUMBERS.items()]
    pairs = zip(_column(typed, table.key[0]), _column(typed, "name"), strict=True)
    for place, (own, name) in enumerate(pairs):
        ids = [as_id(column[place]) for column, as_id in numbers]
        yield place, own, name, [one.casefold() for one in ids if one]


def _known_as(
    rows: Iterable[Row], table: Contract, known: Known, answers: Answers
) -> dict[int, tuple[str, bool]]:
    """By place, the identifier a row is known by and whether its own was known to be that."""
    here = {identifier for identifier, _ in known.names.get(table.name, ())}
    by_alias = {
        alias: identifier
        for identifier, every in known.also_known_as.get(table.name, {}).items()
        for alias in every
    }
    bare = known.without_details.get(table.name, frozenset())
    waiting = Register(pair for pair in known.names.get(table.name, ()) if pair[0] in bare)
    found: dict[int, tuple[str, bool]] = {}
    claims: dict[str, list[int]] = {}
    for place, own, name, numbers in rows:
        if own is None or own in here:
            continue
        answer = answers.get((table.name, own))
        if own in by_alias:
            found[place] = by_alias[own], True
        elif answer and answer.meaning is Meaning.SAME_AS and answer.id in here:
            found[place] = answer.id, False
        elif answer is None:
            for one in _claimed(waiting, own, name, numbers):
                claims.setdefault(one, []).append(place)
    for identifier, places in claims.items():
        if len(places) == 1:  # of several that could be it, none is taken for it
            found.setdefault(places[0], (identifier, False))
    return found


def _claimed(waiting: Register, own: str, name: str | None, numbers: list[str]) -> list[str]:
    """The one name without details that the row is, if there is one."""
    like = [
        key for number in (own.casefold(), *numbers) for key in waiting.by_org_id.get(number, ())
    ]
    like = list(dict.fromkeys(like)) or (waiting.by_name.get(fold_name(name), []) if name else [])
    return like if len(like) == 1 else []


def _names_others(typed: pa.Table, table: Contract) -> bool:
    """Whether the table is a register that keeps what else each is known as."""
    return (
        any(column.name == ALSO for column in table.columns) and table.key[0] in typed.column_names
    )


def _column(typed: pa.Table, name: str) -> list[str | None]:
    return typed[name].to_pylist() if name in typed.column_names else [None] * len(typed)
