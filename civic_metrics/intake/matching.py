"""Their headings -> our columns: by name, by another name for it, or as a person says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from civic_metrics.contracts import Column, Contract, contracts
from civic_metrics.intake.naming import did_you_mean, fold_heading, listed
from civic_metrics.intake.sheet import Refused, Sheet

# A person says that a heading is left out by choosing one of these for it.
LEFT_OUT = ("", "ignore", "-")
# A file may bring some columns of what these hold already, so only their key is asked for.
REGISTERS = ("organisation", "partnership", "place")
# Rules that need one of several columns, and which.
_ONE_OF = {"received_or_paid": ("received_on", "paid_on")}
# What a file's name weighs against headings when a table is suggested.
_NAME_WEIGHT = 1.5

NAMED_SO, ALIAS, GIVEN, IGNORED = "named so", "alias", "given", "ignored"


@dataclass(frozen=True)
class Match:
    """What one heading was taken for, and how that was known; no column where left out."""

    column: str | None
    header: str
    how: str


@dataclass(frozen=True)
class Matching:
    """Which heading fills which of our columns, and what fills the whole of one."""

    pairs: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    competing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    matches: tuple[Match, ...] = ()

    @property
    def choice_needed(self) -> str:
        """The choices to make before the sheet can be loaded; empty where there are none."""
        return " ".join(
            f"The columns {listed(_quoted(headers))} could each be “{column}”: say which one is, "
            "and leave the other out."
            for column, headers in self.competing.items()
        )


def match(
    header: Sequence[str],
    contract: Contract,
    chosen: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
) -> Matching:
    """The matching of the headings; Refused, all reasons at once, where it cannot be loaded.

    `chosen` maps their heading to our column (or to "ignore"); `constants` our column to one
    value for every row. Columns that compete do not refuse here: see `competing`.
    """
    matching = propose(header, contract, chosen, constants)
    lacking = missing_columns(matching, contract)
    if not matching.pairs and not matching.competing:
        raise Refused(
            f"None of the columns is one of {contract.title.lower()}. The headings are: "
            f"{listed(_quoted(header))}. Expected, for example: "
            f"{listed(_quoted(_expected(contract)))}. Choose another table, or say which "
            "column is which."
        )
    if lacking:
        raise Refused(
            f"{contract.title} cannot be loaded without {listed(lacking)}. Say which of your "
            f"columns it is, or give one value for every row. Left over: "
            f"{listed(_quoted(matching.ignored)) if matching.ignored else 'no other column'}."
        )
    return matching


def propose(
    header: Sequence[str],
    contract: Contract,
    chosen: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
) -> Matching:
    """The matching as far as it goes, for a person to complete; Refused only where `chosen`
    or `constants` name what is not there."""
    given = _given(header, contract, chosen or {}, constants or {})
    fixed = {column for column in given.values() if column} | set(constants or {})
    found: dict[str, str | None] = dict(given)
    how = {name: GIVEN if column else IGNORED for name, column in given.items()}
    competing: dict[str, tuple[str, ...]] = {}
    for rank, names_of in ((NAMED_SO, _own_name), (ALIAS, _aliases)):
        met: dict[str, list[str]] = {}
        for name in header:
            if name in found:
                continue
            column = _first(contract, names_of, _spellings(name, header), fixed)
            if column:
                met.setdefault(column, []).append(name)
        for column, names in met.items():
            fixed.add(column)
            if len(names) > 1:
                competing[column] = tuple(names)
            else:
                found[names[0]] = column
                how[names[0]] = rank
    pairs = {column: name for name, column in found.items() if column}
    undecided = {name for names in competing.values() for name in names}
    fills = dict(constants or {})
    if fold_heading(pairs.get("quantity", "")) == "hours" and "unit" not in fixed:
        fills["unit"] = "hour"  # A column called hours holds hours.
    if "£" in pairs.get("amount", "") and contract.name == "payment" and "currency" not in fixed:
        fills["currency"] = "GBP"  # A column headed £ holds pounds.
    return Matching(
        pairs={c.name: pairs[c.name] for c in contract.columns if c.name in pairs},
        constants=fills,
        ignored=tuple(n for n in header if not found.get(n) and n not in undecided),
        competing=competing,
        matches=tuple(
            Match(column=found.get(name), header=name, how=how.get(name, IGNORED))
            for name in header
        ),
    )


def missing_columns(matching: Matching, contract: Contract) -> tuple[str, ...]:
    """What the sheet must have and lacks, in words; empty where nothing is lacking."""
    there = {*matching.pairs, *matching.constants, *matching.competing}
    needed = [
        column.name
        for column in contract.columns
        if column.required
        and (column.name in contract.key or contract.name not in REGISTERS)
        and column.name not in there
    ]
    lacking = [f"“{name}”" for name in needed]
    for rule in contract.rules:
        either = _ONE_OF.get(rule, ())
        if either and there.isdisjoint(either):
            lacking.append(f"one of {listed(_quoted(either), 'or')}")
    return tuple(lacking)


def suggest_table(sheet: Sheet, file_name: str = "") -> str | None:
    """The table the headings fit best, or None where none fits well enough to say so."""
    words = fold_heading(f"{file_name} {sheet.name}")
    ranked = []
    for name, table in contracts().items():
        matching = propose(sheet.header, table)
        count = len(matching.pairs) + len(matching.competing)
        if not count or missing_columns(matching, table):
            continue
        said = fold_heading(name) in words or fold_heading(table.title) in words
        exact = sum(m.how == NAMED_SO for m in matching.matches)
        # One heading by another name is chance; the table's own word in the name is not.
        if count > 1 or exact == len(sheet.header) or said:
            score = count + _NAME_WEIGHT * said
            ranked.append((score, exact, count / len(table.columns), name))
    return max(ranked)[-1] if ranked else None


def _given(
    header: Sequence[str],
    contract: Contract,
    chosen: Mapping[str, str],
    constants: Mapping[str, str],
) -> dict[str, str | None]:
    """What a person chose, checked against the headings and the columns, all slips at once."""
    columns = {fold_heading(c.name): c.name for c in contract.columns}
    headings = {fold_heading(name): name for name in reversed(header)}
    slips, found = [], {}
    for theirs, ours in chosen.items():
        name = theirs if theirs in header else headings.get(fold_heading(theirs))
        column = None if ours in LEFT_OUT else columns.get(fold_heading(ours))
        if name is None:
            slips.append(
                f"There is no column “{theirs}” in the file. {did_you_mean(theirs, header)}"
                f"The headings are: {listed(_quoted(header))}."
            )
        elif column is None and ours not in LEFT_OUT:
            slips.append(_no_such_column(ours, contract))
        elif column in constants:
            slips.append(
                f"“{column}” is given both one value for every row and the column “{name}”. "
                "Keep one of the two."
            )
        elif column and column in found.values():
            slips.append(f"Two of your columns are chosen for “{column}”. Choose one.")
        else:
            found[name] = column
    names = {c.name for c in contract.columns}
    slips += [_no_such_column(name, contract) for name in constants if name not in names]
    if slips:
        raise Refused(" ".join(slips))
    return found


def _no_such_column(name: str, contract: Contract) -> str:
    options = [c.name for c in contract.columns]
    return (
        f"{contract.title} has no column “{name}”. {did_you_mean(name, options)}"
        f"Its columns are: {listed(options)}."
    )


def _own_name(column: Column) -> tuple[str, ...]:
    return (column.name,)


def _aliases(column: Column) -> tuple[str, ...]:
    return column.aliases


def _first(contract: Contract, names_of, spellings: set[str], taken: set[str]) -> str | None:
    """The first column, of those not taken, that goes by one of the spellings."""
    for column in contract.columns:
        if column.name not in taken and spellings & {fold_heading(n) for n in names_of(column)}:
            return column.name
    return None


def _spellings(name: str, header: Sequence[str]) -> set[str]:
    """The heading folded; a repeated one also as it was before it was numbered."""
    base = re.sub(r" \(\d+\)$", "", name)
    folded = {fold_heading(name)} | ({fold_heading(base)} if base in header else set())
    return folded - {""}


def _expected(contract: Contract) -> list[str]:
    return [c.name for c in contract.columns if c.required] or list(contract.key)


def _quoted(names: Sequence[str]) -> list[str]:
    return [f"“{name}”" for name in names]


def table_called(name: str) -> Contract:
    """The table layout of that name, however it is spelt; Refused with the nearest where none."""
    for known, layout in contracts().items():
        if fold_heading(name) in (fold_heading(known), fold_heading(layout.title)):
            return layout
    raise Refused(
        f"There is no table “{name}”. {did_you_mean(name, contracts())}"
        f"The tables are: {listed(contracts())}."
    )
