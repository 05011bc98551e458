"""What is wrong with a sheet so far, gathered row by row in the words of its own headings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import pyarrow as pa

from civic_metrics.intake.checking import Finding
from civic_metrics.intake.sheet import Sheet
from civic_metrics.intake.values import Fault
from civic_metrics.ledger.batch import Problem, Severity


@dataclass
class Findings:
    """What is wrong so far: problems by place in the sheet, and which columns they concern."""

    sheet: Sheet
    headings: dict[str, str]
    texts: dict[str, pa.ChunkedArray]
    errors: dict[int, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    warnings: dict[int, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    general: list[Problem] = field(default_factory=list)
    faulty: set[tuple[int, str]] = field(default_factory=set)

    def found(self, place: int, column: str, beside: tuple[str, ...] = ()) -> str | None:
        """The cell as written, with those the rule compared it to."""
        own = self.texts[column][place].as_py()
        others = [(self.headings[b], self.texts[b][place].as_py()) for b in beside]
        said = ", ".join(f"{name} {text}" for name, text in others if text is not None)
        return f"{own} ({said})" if own is not None and said else own or said or None

    def add(
        self,
        place: int,
        column: str,
        fault: Fault,
        severity: Severity = Severity.ERROR,
        beside: tuple[str, ...] = (),
    ) -> None:
        """Notes one problem of one row."""
        problem = Problem(
            row=self.sheet.numbers[place].as_py(),
            column=self.headings[column],
            found=self.found(place, column, beside),
            expected=fault.expected,
            fix=fault.fix,
            severity=severity,
        )
        if severity is Severity.ERROR:
            self.errors[place].append(problem)
            self.faulty.add((place, column))
        else:
            self.warnings[place].append(problem)

    def take(self, finding: Finding) -> None:
        """Notes a rule broken, unless a column it looks at could not be read anyway."""
        fault, place = finding.fault, finding.place
        if place is None:
            heading = self.headings[finding.column]
            self.general.append(
                Problem(None, heading, None, fault.expected, fault.fix, finding.severity)
            )
        elif all((place, name) not in self.faulty for name in (finding.column, *finding.beside)):
            self.add(place, finding.column, fault, finding.severity, finding.beside)
