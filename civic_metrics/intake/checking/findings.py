"""What is wrong with a sheet, row by row in the words of its own headings.

A fault's texts are shared by all rows that have it. A warning that more than a thousand rows
share is told of the first thousand one by one and of the others together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from civic_metrics.contracts import Contract
from civic_metrics.intake.checking.grouping import Alike, Group, grouped, rows_text
from civic_metrics.intake.checking.keys import Conflict
from civic_metrics.intake.checking.personal import personal_data
from civic_metrics.intake.checking.rules import MOST_COMPARED, Finding
from civic_metrics.intake.naming import listed
from civic_metrics.intake.parsing.values import Fault
from civic_metrics.intake.sheet import Sheet
from civic_metrics.ledger.batch import Problem, Severity

__all__ = ["Alike", "Findings", "Group", "grouped", "rows_text"]

# Rows of one warning that are told one by one.
ONE_BY_ONE = 1_000


NOWHERE: frozenset[int] = frozenset()


class Faulty:
    """The cells in error, as (place, column)."""

    def __init__(self) -> None:
        self._places: dict[str, set[int]] = {}

    def add(self, places: Iterable[int], column: str) -> None:
        """Takes in cells of one column."""
        self._places.setdefault(column, set()).update(places)

    def of(self, column: str) -> Collection[int]:
        """The places in error of one column."""
        return self._places.get(column, NOWHERE)

    def __contains__(self, cell: tuple[int, str]) -> bool:
        return cell[0] in self._places.get(cell[1], NOWHERE)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return ((place, column) for column, places in self._places.items() for place in places)

    def __len__(self) -> int:
        return sum(map(len, self._places.values()))


@dataclass
class Findings:
    """What is wrong so far: problems by place in the sheet, and which cells they concern."""

    sheet: Sheet
    headings: dict[str, str]
    texts: dict[str, pa.ChunkedArray]
    errors: dict[int, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    warnings: dict[int, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    general: list[Problem] = field(default_factory=list)
    faulty: Faulty = field(default_factory=Faulty)

    def add(
        self,
        place: int,
        column: str,
        fault: Fault,
        severity: Severity = Severity.ERROR,
        beside: tuple[str, ...] = (),
    ) -> None:
        """Notes one problem of one row."""
        cells = {name: self._cell(name, place) for name in (column, *beside)}
        others = [(self._heading(b), cells[b]) for b in beside]
        parts = [f"{name} {text}" for name, text in others if text is not None]
        row = self.sheet.numbers[place].as_py()
        found = _shown(cells[column], parts)
        heading = self._heading(column)
        problem = Problem(row, heading, found, fault.expected, fault.fix, severity)
        if severity is Severity.ERROR:
            self.errors[place].append(problem)
            self.faulty.add((place,), column)
        else:
            self.warnings[place].append(problem)

    def note(
        self, column: str, faults: Mapping[int, Fault], severity: Severity = Severity.ERROR
    ) -> None:
        """Notes the faults of one column's cells, by place."""
        alike: dict[Fault, list[int]] = {}
        for place, fault in faults.items():
            alike.setdefault(fault, []).append(place)
        for fault, places in alike.items():
            self._take(Finding(column, fault, severity, pa.array(places, pa.int64())), places)

    def take(self, finding: Finding) -> None:
        """Notes a rule broken, but for rows where a column it looks at could not be read."""
        if finding.places is None:
            heading = None if finding.column is None else self._heading(finding.column)
            found = finding.found[0] if finding.found else None
            fault = finding.fault
            self.general.append(
                Problem(None, heading, found, fault.expected, fault.fix, finding.severity)
            )
            return
        places = finding.places.to_pylist()
        unread = [self.faulty.of(name) for name in (finding.column, *finding.beside)]
        if any(unread):
            kept = [n for n, p in enumerate(places) if all(p not in of for of in unread)]
            if len(kept) < len(places):
                finding, places = _part(finding, kept), [places[n] for n in kept]
        if places:
            self._take(finding, places)

    def _take(self, finding: Finding, places: list[int]) -> None:
        """Notes the rule for all these rows, which are those of the finding."""
        is_error = finding.severity is Severity.ERROR
        if not is_error and len(places) > ONE_BY_ONE:
            rest = self.sheet.numbers.take(finding.places[ONE_BY_ONE:]).to_pylist()
            self._tell_together(finding, rest)
            finding, places = _part(finding, range(ONE_BY_ONE)), places[:ONE_BY_ONE]
        heading, fault = self._heading(finding.column), finding.fault
        rows = self.sheet.numbers.take(finding.places).to_pylist()
        of = self.errors if is_error else self.warnings
        for place, row, found in zip(places, rows, self._found(finding), strict=True):
            of[place].append(
                Problem(row, heading, found, fault.expected, fault.fix, finding.severity)
            )
        if is_error:
            self.faulty.add(places, finding.column)

    def _tell_together(self, finding: Finding, rows: list[int]) -> None:
        fault, heading = finding.fault, self._heading(finding.column)
        found = f"{len(rows):,} more rows: {rows_text(rows)}"
        self.general.append(
            Alike(None, heading, found, fault.expected, fault.fix, finding.severity, rows)
        )

    def _heading(self, column: str) -> str:
        return self.headings.get(column, column)

    def _cell(self, column: str, place: int) -> str | None:
        return self.texts[column][place].as_py() if column in self.texts else None

    def _cells(self, column: str, places: pa.Array) -> list[str | None]:
        if column not in self.texts:  # made from other cells: there is none to show
            return [None] * len(places)
        return self.texts[column].take(places).to_pylist()

    def _found(self, finding: Finding) -> list[str | None]:
        """Each cell as written, with those the rule compared it to."""
        if finding.found is not None:
            return list(finding.found)
        cells = self._cells(finding.column, finding.places)
        beside = [(self._heading(b), self._cells(b, finding.places)) for b in finding.beside]
        if not beside and finding.said is None and finding.others is None:
            return cells
        told = []
        for n, own in enumerate(cells):
            parts = [f"{name} {texts[n]}" for name, texts in beside if texts[n] is not None]
            if finding.said is not None and finding.said[n]:
                parts.append(finding.said[n])
            if finding.others is not None and finding.others[n]:
                others = self.sheet.numbers.take(pa.array(finding.others[n], pa.int64()))
                parts.append(f"compare {rows_text(others.to_pylist())}")
            told.append(_shown(own, parts))
        return told

    def note_conflicts(self, contract: Contract, conflicts: Iterable[Conflict]) -> None:
        """Notes rows that give one key differently: each is told the others."""
        key = [name for name in contract.key if name in self.texts] or [contract.key[0]]
        heading = self._heading(key[-1])
        groups = list(conflicts)
        places = pa.array([p for group in groups for p in group.places], pa.int64())
        rows_of = iter(self.sheet.numbers.take(places).to_pylist())
        cells_of = iter(zip(*(self._cells(name, places) for name in key), strict=True))
        for group in groups:
            rows = [next(rows_of) for _ in group.places]
            where = ""
            if group.differing:
                where = f" in {listed(map(self._heading, group.differing))}"
            have = "has" if len(rows) == 2 else "have"
            differ = "differs" if len(rows) == 2 else "differ"
            for place, row in zip(group.places, rows, strict=True):
                others = rows_text([other for other in rows[:MOST_COMPARED] if other != row])
                problem = Problem(
                    row=row,
                    column=heading,
                    found=" / ".join(part or "" for part in next(cells_of)),
                    expected=f"one row for each {contract.one}; {others} {have} the same key but "
                    f"{differ}{where}",
                    fix="Keep the right row, or give each its own number.",
                )
                self.errors[place].append(problem)

    def note_personal(self, contract: Contract, ignored: Collection[str] = ()) -> None:
        """Notes e-mail addresses and telephone numbers in cells that load, and once those in
        columns that do not: the file is kept as it came."""
        for one in personal_data(self.texts, contract):
            fault = Fault(
                f"no personal data; this looks like {_a(one.what)}",
                "Loaded as it is: take it out of the file and upload that instead, so that it is "
                "kept nowhere.",
            )
            self.take(Finding(one.column, fault, places=one.places, found=one.hidden))
        kept = {name: self.sheet.cells[name] for name in ignored}
        for one in personal_data(kept):
            fault = Fault(
                f"no personal data; cells of this column look like {_a(one.what)}",
                "The column is not loaded, but the file is kept as it came: take the column out "
                "and upload that instead.",
            )
            rows = self.sheet.numbers.take(one.places).to_pylist()
            self.general.append(
                Problem(
                    None, one.column, rows_text(rows), fault.expected, fault.fix, Severity.WARNING
                )
            )

    def told(self, left_out: Collection[int]) -> tuple[Problem, ...]:
        """The warnings of the sheet and of the rows that load, those of each rule together; the
        warnings of the rows left out stand beside their errors."""
        rows_out = set(
            self.sheet.numbers.take(pa.array(sorted(left_out), pa.int64())).to_pylist()
            if any(isinstance(problem, Alike) for problem in self.general)
            else ()
        )
        general = [
            _without(problem, rows_out) if isinstance(problem, Alike) else problem
            for problem in self.general
        ]
        of_rows = [
            problem
            for place in sorted(self.warnings)
            if place not in left_out
            for problem in self.warnings[place]
        ]
        return (*(problem for problem in general if problem is not None), *of_rows)


def _shown(cell: str | None, parts: Sequence[str]) -> str | None:
    """The cell with what it was compared to in brackets."""
    said = ", ".join(parts)
    return f"{cell} ({said})" if cell is not None and said else cell or said or None


def _a(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _part(finding: Finding, which: Sequence[int]) -> Finding:
    """The finding for only some of its rows, by their order in it."""

    def part(values: Sequence | None) -> list | None:
        return None if values is None else [values[n] for n in which]

    return Finding(
        finding.column,
        finding.fault,
        finding.severity,
        finding.places.take(pa.array(which, pa.int64())),
        finding.beside,
        part(finding.said),
        part(finding.others),
        part(finding.found),
    )


def _without(alike: Alike, rows_out: Collection[int]) -> Alike | None:
    rows = [row for row in alike.rows if row not in rows_out]
    if not rows:
        return None
    found = f"{len(rows):,} more row{'' if len(rows) == 1 else 's'}: {rows_text(rows)}"
    return Alike(None, alike.column, found, alike.expected, alike.fix, alike.severity, rows)
