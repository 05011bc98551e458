"""The records that come with the program: reference tables, the demonstration, published cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from civic_metrics.contracts import contract
from civic_metrics.intake.declaring import Declared
from civic_metrics.intake.files import ORDER, prepare
from civic_metrics.intake.upload import Loaded, upload
from civic_metrics.ledger import Ledger, batches, open_ledger

DATA = Path(__file__).parents[2] / "data"
REFERENCE = (
    "place",
    "place_code_change",
    "bank_rate",
    "rate",
    "threshold",
    "plausibility",
)
# The demonstration's extracts were taken on this day.
DEMONSTRATION_COMPLETE_TO = date(2026, 3, 31)
# The newest document that gives a start and its own day (data/cases/SOURCES.md, LCUP): to no later
# day is it known of all of them that they were still going.
CASES_COMPLETE_TO = date(2023, 8, 21)
US = "Civic Metrics"


@dataclass(frozen=True)
class CaseSource:
    """What a published document states of a real partnership."""

    partnership: str
    document: str
    states: str


def open_with_reference(path: Path | str | None = None) -> Ledger:
    """The ledger at that path, made with the reference tables where it is not there yet."""
    ledger = open_ledger(path)
    loaded = {batch.table for batch in batches(ledger)}
    missing = [table for table in REFERENCE if table not in loaded]  # also after a stop half-way
    load_folder(ledger, DATA / "reference", tables=missing)
    return ledger


def load_folder(
    ledger: Ledger,
    folder: Path,
    *,
    tables: Sequence[str] = ORDER,
    complete_to: date | None = None,
    report: Callable[[str], None] = lambda line: None,
) -> list[Loaded]:
    """Loads a folder's CSV files, one a table and called after it, in the order they need."""
    done = []
    for name in sorted(tables, key=ORDER.index):
        file = folder / f"{name}.csv"
        if not file.exists():
            continue
        title = f"{contract(name).title}.csv"  # people see it among the uploads
        ready = prepare(file.read_bytes(), title, table=name, further=False)
        (loaded,) = upload(ledger, ready, Declared(complete_to=complete_to), who=US).loaded
        report(f"{loaded.loading.table.title}: {loaded.stands:,} rows")
        done.append(loaded)
    return done


def build_demonstration(path: Path, report: Callable[[str], None] = lambda line: None) -> Ledger:
    """A ledger of the fictional University of Brackwater, its partners and places."""
    report("Places, rates and thresholds")
    ledger = open_with_reference(path)
    load_folder(ledger, DATA / "demo", complete_to=DEMONSTRATION_COMPLETE_TO, report=report)
    return ledger


def build_cases(path: Path, report: Callable[[str], None] = lambda line: None) -> Ledger:
    """A ledger of what is published about real partnerships, and of nothing else."""
    report("Places, rates and thresholds")
    ledger = open_with_reference(path)
    load_cases(ledger, report=report)
    return ledger


def load_cases(ledger: Ledger, report: Callable[[str], None] = lambda line: None) -> list[Loaded]:
    """Loads the published facts about real partnerships, each with its source."""
    return load_folder(ledger, DATA / "cases", complete_to=CASES_COMPLETE_TO, report=report)


def case_sources() -> list[CaseSource]:
    """What each document states of each published case, in the order of the list of sources."""
    rows = [
        [cell.strip() for cell in line.strip("| ").split(" | ")]
        for line in (DATA / "cases" / "SOURCES.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    documents = {row[0]: row[1] for row in rows if len(row) == 2}
    return [
        CaseSource(about, documents[name], states)
        for about, name, states in (row for row in rows if len(row) == 3)
        if name in documents
    ]
