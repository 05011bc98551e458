"""Which table a sheet holds: by how many of its headings that table knows, how telling they
are, whether the values agree and what the file and the sheet are called."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from civic_metrics.contracts import Contract, contracts
from civic_metrics.intake.matching import Matching, missing_columns, propose
from civic_metrics.intake.matching.claims import NAMED_SO, Sureness
from civic_metrics.intake.matching.likeness import Agreement, Looks, agreement
from civic_metrics.intake.naming import fold_heading, fold_words, in_words, listed
from civic_metrics.intake.shapes.register_words import OWN_ROLE, PLACES, ROLES, THEMES
from civic_metrics.intake.sheet import Sheet

# Shares of a sheet's headings (0 to 1) that a table must know to be sure, likely, possible.
NEARLY_ALL, HALF, SOME = 0.8, 0.5, 0.25
# A heading that one table alone knows counts 1, one that three know a third; so much is needed.
EVIDENCE = 1.0
# What the table's own word in the name of the file or sheet counts.
_SAID = 1.5
# How the reader calls a column without a heading.
_NAMELESS = re.compile(r"column [A-Z]+( \(\d+\))?")
# Sheets that go with a table and hold no rows of it.
_ABOUT = re.compile(
    r"(?:look ?ups?|lists?|constants?|notes?|read ?me|guidance|instructions?|about|contents"
    r"|cover|parameters?|settings|drop ?downs?|data dictionary|key|meta ?data)(?: \d+)?"
)
_ORDER = (Sureness.SURE, Sureness.LIKELY, Sureness.POSSIBLE)


@dataclass(frozen=True)
class TableSuggestion:
    """A table that a sheet may hold, how sure that is and why, in words."""

    table: str
    sureness: Sureness
    reason: str


@dataclass(frozen=True)
class _Fit:
    """How well a sheet fits a table; `besides` counts the known headings that fill others."""

    table: Contract
    known: tuple[str, ...]
    besides: int
    headings: int
    evidence: float
    is_exact: bool
    lacking: tuple[str, ...]
    can_be_said: bool
    is_said: bool
    contradicted: tuple[str, ...]

    @property
    def sureness(self) -> Sureness | None:
        """How sure it is that the sheet holds the table; None where it is not even possible."""
        share = len(self.known) / max(self.headings, 1)
        is_whole = not self.lacking and not self.contradicted
        tells = self.is_exact or self.evidence >= EVIDENCE
        if is_whole and tells and share >= NEARLY_ALL:
            return Sureness.SURE
        if is_whole and ((tells and share >= HALF) or self.is_said):
            return Sureness.LIKELY
        if (not self.lacking or self.can_be_said) and ((tells and share >= SOME) or self.is_said):
            return Sureness.POSSIBLE
        return None

    @property
    def rank(self) -> tuple[float, float]:
        """How well it fits beside other tables; less is better."""
        return -(self.evidence + _SAID * self.is_said), -len(self.known) / len(self.table.columns)

    @property
    def reason(self) -> str:
        """Why the sheet may hold it, in words."""
        count, of = len(self.known) - self.besides, self.headings
        if count == of:
            said = f"all {of} of its columns are those of {self.table.title}"
        else:
            are = "is one" if count == 1 else "are those"
            said = f"{count} of its {of} columns {are} of {self.table.title}"
        if self.besides:
            gives = "another gives" if self.besides == 1 else f"{self.besides} more give"
            said += f", and {gives} their members, places or themes"
        if self.is_said:
            said += "; its name says so"
        if self.contradicted:
            names = listed(f"“{name}”" for name in self.contradicted)
            said += f"; but the values of {names} do not look like it"
        if self.lacking:
            said += f"; it remains to be said which column is {listed(self.lacking)}"
        return said


def suggest_table(sheet: Sheet, file_name: str = "") -> TableSuggestion | None:
    """The table the sheet fits best, or None where it fits none well enough to say so."""
    ranked = rank_tables(sheet, file_name)
    return ranked[0] if ranked else None


def rank_tables(sheet: Sheet, file_name: str = "") -> tuple[TableSuggestion, ...]:
    """The tables the sheet may hold, best first; empty where it fits none."""
    looks = Looks(sheet)
    found = {name: propose(sheet, table, looks=looks) for name, table in contracts().items()}
    known = {name: _known(matching) for name, matching in found.items()}
    besides = {"partnership": read_besides(sheet, contracts()["partnership"], found["partnership"])}
    known["partnership"] += besides["partnership"]
    tables_that_know = Counter(header for headers in known.values() for header in headers)
    said = _said(f"{file_name} {sheet.name}")
    fits = []
    for name, table in contracts().items():
        if not known[name]:
            continue
        evidence = sum(1 / tables_that_know[header] for header in known[name])
        fit = _fit(
            sheet,
            table,
            found[name],
            looks,
            known[name],
            evidence,
            besides=len(besides.get(name, ())),
            is_said=name in said,
        )
        sureness = fit.sureness
        if sureness and (sureness is Sureness.SURE or not _is_about(sheet)):
            fits.append((_ORDER.index(sureness), fit.rank, fit))
    return tuple(
        TableSuggestion(fit.table.name, _ORDER[sureness], fit.reason)
        for sureness, _, fit in sorted(fits, key=lambda one: one[:2])
    )


def _fit(
    sheet: Sheet,
    table: Contract,
    matching: Matching,
    looks: Looks,
    known: tuple[str, ...],
    evidence: float,
    *,
    besides: int,
    is_said: bool,
) -> _Fit:
    lacking = missing_columns(matching, table)
    offered = {column for one in matching.matches for column in one.offered}
    return _Fit(
        table=table,
        known=known,
        besides=besides,
        headings=sum(h in known or not _NAMELESS.fullmatch(h) for h in sheet.header),
        evidence=evidence,
        is_exact=all(one.how == NAMED_SO for one in matching.matches)
        and len(known) >= len(table.columns) * HALF,
        lacking=lacking,
        can_be_said=all(any(f"“{in_words(c)}”" in words for c in offered) for words in lacking),
        is_said=is_said,
        contradicted=tuple(
            header
            for column, header in matching.pairs.items()
            if agreement(looks[header], table.column(column)) is Agreement.CONTRADICTS
        ),
    )


def _known(matching: Matching) -> tuple[str, ...]:
    """The headings that are columns of the table; of those that compete for one, one."""
    return (*matching.pairs.values(), *(headers[0] for headers in matching.competing.values()))


def read_besides(sheet: Sheet, table: Contract, matching: Matching) -> tuple[str, ...]:
    """The headings that fill no column of the table and are read all the same: those by which
    a register of partnerships gives members, places and themes."""
    if table.name != "partnership" or not set(matching.pairs) & {"partnership", "name"}:
        return ()
    known = _known(matching)
    words = {*THEMES, *(word for kind in (*PLACES, *ROLES.values()) for word in kind)}
    own = {heading: sheet.own.get(heading, heading) for heading in sheet.header}
    plain = {heading: fold_words(said).removesuffix(" name") for heading, said in own.items()}
    return tuple(
        heading
        for heading, said in plain.items()
        if heading not in known and (said in words or OWN_ROLE.fullmatch(said))
    )


def _said(name: str) -> set[str]:
    """The tables that a name speaks of: themes of partnerships are not partnerships."""
    folded = fold_heading(name)
    names = {n: {fold_heading(n), fold_heading(t.title)} for n, t in contracts().items()}
    met = {table: [w for w in words if w in folded] for table, words in names.items()}
    every = [word for words in met.values() for word in words]
    return {
        table
        for table, words in met.items()
        if any(not any(w != word and w.startswith(word) for w in every) for word in words)
    }


def _is_about(sheet: Sheet) -> bool:
    return bool(_ABOUT.fullmatch(fold_words(sheet.name)))
