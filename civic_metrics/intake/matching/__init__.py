"""Their headings -> our columns: as a person says, as it was before, by name, by likeness
confirmed by the values; each with how sure that is and why. What is only possible is offered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from civic_metrics.contracts import Contract, contracts
from civic_metrics.intake.matching.claims import ROWS_FOR_NO_VARIATION, Sureness
from civic_metrics.intake.matching.deciding import (
    ONE_OF,
    REGISTERS,
    Deciding,
    Match,
    needed_columns,
)
from civic_metrics.intake.matching.likeness import Looks
from civic_metrics.intake.matching.resemblance import words
from civic_metrics.intake.naming import did_you_mean, fold_heading, fold_words, in_words, listed
from civic_metrics.intake.sheet import Refused, Sheet

__all__ = [
    "REGISTERS",
    "ROWS_FOR_NO_VARIATION",
    "Match",
    "Matching",
    "Sureness",
    "match",
    "missing_columns",
    "propose",
    "shape_of",
    "table_called",
]

# A person says that a heading is left out by choosing one of these for it.
LEFT_OUT = ("", "ignore", "-")

GIVEN, REMEMBERED = "given", "remembered"
# At most so many columns that may be what is lacking are told.
_SHOWN = 5


@dataclass(frozen=True)
class Matching:
    """Which heading fills which of our columns, and what fills the whole of one. `refused` says
    of a heading why it cannot be what it is called."""

    pairs: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    competing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    matches: tuple[Match, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def choice_needed(self) -> str:
        """The choices to make before the sheet can be loaded; empty where there are none."""
        why = {one.header: one.reason for one in self.matches}
        return " ".join(
            f"The columns {listed(_quoted(headers))} could each be “{in_words(column)}”: say "
            "which one is, and leave the other out. "
            f"({'; '.join(f'“{h}”: {why[h]}' for h in headers)}.)"
            for column, headers in self.competing.items()
        )


def match(
    sheet: Sheet | Sequence[str],
    contract: Contract,
    chosen: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    *,
    remembered_from: str = "",
    rows_for_no_variation: int = ROWS_FOR_NO_VARIATION,
) -> Matching:
    """The matching of the sheet's headings; Refused, all reasons at once, where it cannot be
    loaded. Columns that compete do not refuse here: see `competing`. Arguments as of `propose`.
    """
    matching = propose(
        sheet,
        contract,
        chosen,
        constants,
        remembered,
        remembered_from=remembered_from,
        rows_for_no_variation=rows_for_no_variation,
    )
    lacking = missing_columns(matching, contract)
    because = " ".join(matching.refused.values())
    if not matching.pairs and not matching.competing:
        header = [one.header for one in matching.matches]
        raise Refused(
            f"None of the columns is one of {contract.title.lower()}. The headings are: "
            f"{listed(_quoted(header))}. Expected, for example: "
            f"{listed(_quoted(map(in_words, _expected(contract))))}. Choose another table, or "
            f"say which column is which. {because}".strip()
        )
    if lacking:
        left = listed(_quoted(matching.ignored)) if matching.ignored else "no other column"
        said = (
            f"{contract.title} cannot be loaded without {listed(lacking)}.",
            because,
            _perhaps(matching),
            "Say which of your columns it is, or give one value for every row.",
            f"Left over: {left}.",
        )
        raise Refused(" ".join(part for part in said if part))
    return matching


def propose(
    sheet: Sheet | Sequence[str],
    contract: Contract,
    chosen: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
    *,
    remembered_from: str = "",
    rows_for_no_variation: int = ROWS_FOR_NO_VARIATION,
    looks: Looks | None = None,
) -> Matching:
    """The matching as far as it goes, for a person to complete; Refused only where `chosen`
    or `constants` name what is not there.

    `chosen` maps their heading to our column (or to "ignore"); `constants` our column to one
    value for every row; `remembered` our column to the heading it had in an earlier file of
    this shape, called `remembered_from`. A date by which days are counted may not be the same
    in `rows_for_no_variation` rows or more. `looks` are those of the sheet, where taken already.
    """
    sheet = sheet if isinstance(sheet, Sheet) else Sheet.of(sheet, [])
    columns = {fold_heading(column.name): column.name for column in contract.columns}
    constants = {columns.get(fold_heading(n), n): said for n, said in (constants or {}).items()}
    given = _given(sheet.header, contract, chosen or {}, constants)
    deciding = Deciding(sheet, contract, looks or Looks(sheet), constants, rows_for_no_variation)
    for header, column in given.items():
        deciding.take_given(header, column, GIVEN, "chosen by you")
    before = _there(sheet.header, contract, remembered or {})
    said = f"as in {remembered_from}" if remembered_from else "as in an earlier file like this"
    for header, column in before.items():
        if header not in deciding.matches and column not in deciding.settled:
            deciding.take_given(header, column, REMEMBERED, said)
    # Where all is as it was, what was left out then stays out, unless nothing loads without it.
    as_before = bool(before) and len(before) == len(remembered or {})
    deciding.take_claims(needed_columns(contract) if as_before else None)
    matches = [deciding.matches[header] for header in sheet.header]
    taken = {one.column: one.header for one in matches if one.column}
    pairs = {c.name: taken[c.name] for c in contract.columns if c.name in taken}
    waiting = {header for headers in deciding.competing.values() for header in headers}
    return Matching(
        pairs=pairs,
        constants=constants | _told_by_headings(pairs, contract, deciding.settled),
        ignored=tuple(m.header for m in matches if not m.column and m.header not in waiting),
        competing=deciding.competing,
        matches=tuple(matches),
        refused=deciding.refused,
    )


def missing_columns(matching: Matching, contract: Contract) -> tuple[str, ...]:
    """What the sheet must have and lacks, in words; empty where nothing is lacking."""
    there = {*matching.pairs, *matching.constants, *matching.competing}
    if contract.name in REGISTERS and "name" in there:
        there |= set(contract.key)  # an identifier is made from the name where there is none
    lacking = [f"“{in_words(name)}”" for name in needed_columns(contract) if name not in there]
    for rule in contract.rules:
        either = ONE_OF.get(rule, ())
        if either and there.isdisjoint(either):
            lacking.append(f"one of {listed(_quoted(map(in_words, either)), 'or')}")
    return tuple(lacking)


def shape_of(sheet: Sheet) -> str:
    """The fingerprint of the headings, whatever their order, case and punctuation, by which a
    file of the same shape is known again."""
    folded = sorted(fold_heading(name) or name for name in sheet.header)
    return sha256("\n".join(folded).encode()).hexdigest()[:16]


def table_called(name: str) -> Contract:
    """The table layout of that name, however it is spelt; Refused with the nearest where none."""
    for known, layout in contracts().items():
        if fold_heading(name) in (fold_heading(known), fold_heading(layout.title)):
            return layout
    raise Refused(
        f"There is no table “{name}”. {did_you_mean(name, contracts())}"
        f"The tables are: {listed(contracts())}."
    )


def _told_by_headings(
    pairs: Mapping[str, str], contract: Contract, settled: Collection[str]
) -> dict[str, str]:
    """Units that the heading of a number says of every row."""
    told = {}
    if "hours" in words(pairs.get("quantity", "")) and "unit" not in settled:
        told["unit"] = "hour"  # A column called hours holds hours.
    amount = pairs.get("amount", "")
    in_pounds = "£" in amount or "gbp" in fold_words(amount).split()
    if in_pounds and contract.name == "payment" and "currency" not in settled:
        told["currency"] = "GBP"  # A column headed £ holds pounds.
    net = {"net", "excl", "excluding", "exc", "ex"} & set(fold_words(amount).split())
    if net and contract.name == "payment" and "amount_is" not in settled:
        told["amount_is"] = "without VAT"
    return told


def _perhaps(matching: Matching) -> str:
    """What a person might choose for the columns that are lacking, in words."""
    offers = [
        f"“{one.header}” ({one.reason}) may be {listed(_quoted(map(in_words, one.offered)), 'or')}."
        for one in matching.matches
        if one.offered and one.header in matching.ignored
    ]
    return " ".join(offers[:_SHOWN])


def _there(
    header: Sequence[str], contract: Contract, remembered: Mapping[str, str]
) -> dict[str, str]:
    """Their heading -> our column, of what is remembered and still there."""
    headings = {fold_heading(name): name for name in reversed(header)}
    columns = {column.name for column in contract.columns}
    found = {}
    for column, theirs in remembered.items():
        name = theirs if theirs in header else headings.get(fold_heading(theirs))
        if name is not None and column in columns and name not in found:
            found[name] = column
    return found


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
                f"“{in_words(column)}” is given both one value for every row and the column "
                f"“{name}”. Keep one of the two."
            )
        elif column and column in found.values():
            slips.append(f"Two of your columns are chosen for “{in_words(column)}”. Choose one.")
        else:
            found[name] = column
    names = {c.name for c in contract.columns}
    slips += [_no_such_column(name, contract) for name in constants if name not in names]
    if slips:
        raise Refused(" ".join(slips))
    return found


def _no_such_column(name: str, contract: Contract) -> str:
    options = [in_words(c.name) for c in contract.columns]
    return (
        f"{contract.title} has no column “{name}”. {did_you_mean(name, options)}"
        f"Its columns are: {listed(options)}."
    )


def _expected(contract: Contract) -> list[str]:
    return [c.name for c in contract.columns if c.required] or list(contract.key)


def _quoted(names: Sequence[str]) -> list[str]:
    return [f"“{name}”" for name in names]
