"""The whole path of a file: read, match, stage, load; and the reference and demonstration data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from civic_metrics.contracts import Contract, contract, contracts
from civic_metrics.intake.matching import Matching, match, suggest_table, table_called
from civic_metrics.intake.reading import read
from civic_metrics.intake.references import Known
from civic_metrics.intake.sheet import Refused, Sheet
from civic_metrics.intake.staging import stage
from civic_metrics.ledger import (
    Counts,
    Ledger,
    Origin,
    Staged,
    also_known_as,
    batches,
    known_names,
    load,
    open_ledger,
    successors,
    without_details,
)

DATA = Path(__file__).parents[2] / "data"
REFERENCE = ("place", "place_code_change", "bank_rate", "rate", "threshold")
# What others refer to comes first.
ORDER = (
    "place",
    "place_code_change",
    "bank_rate",
    "threshold",
    "organisation",
    "rate",
    "partnership",
    "partnership_theme",
    "membership",
    "footprint",
    "funding",
    "place_statistic",
    "published_figure",
    "payment",
    "contribution",
)
# The demonstration's extracts were taken on this day.
DEMONSTRATION_COMPLETE_TO = date(2026, 3, 31)


@dataclass(frozen=True)
class Loading:
    """One sheet on its way into one table: matched, and what a person declared of it."""

    sheet: Sheet
    table: Contract
    matching: Matching
    file_name: str
    content: bytes


@dataclass(frozen=True)
class Loaded:
    """What became of one sheet. `batch` is None for a preview."""

    loading: Loading
    staged: Staged
    counts: Counts
    complete_to: date | None
    batch: int | None

    @property
    def sha256(self) -> str:
        """The hash under which the file is kept."""
        return hashlib.sha256(self.loading.content).hexdigest()

    @property
    def stands(self) -> int:
        """Rows of the file that stand in the records now."""
        return self.counts.new + self.counts.changed + self.counts.unchanged


def prepare(
    content: bytes,
    file_name: str,
    *,
    table: str | None = None,
    sheet: str | None = None,
    chosen: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
) -> list[Loading]:
    """Every sheet of the file matched to its table, in the order they must load.

    Refused where the file cannot be read, a sheet's table or columns cannot be told, or there
    is no such sheet: nothing has been loaded then.
    """
    sheets = read(content, file_name)
    if sheet is not None:
        named = [one for one in sheets if one.name == sheet]
        if not named:
            raise Refused(
                f"{file_name} has no sheet called “{sheet}”. "
                f"Its sheets are: {', '.join(one.name for one in sheets)}."
            )
        sheets = tuple(named)
    ready = []
    for one in sheets:
        name = table_called(table).name if table else suggest_table(one, file_name)
        if name is None:
            if len(sheets) > 1:
                continue
            raise Refused(
                f"It is not plain which table {file_name} holds. Say which: "
                f"{', '.join(contracts())}."
            )
        layout = contract(name)
        matching = match(one.header, layout, chosen, constants)
        if matching.competing:
            raise Refused(matching.choice_needed)
        ready.append(Loading(one, layout, matching, file_name, content))
    if not ready:
        raise Refused(
            f"None of the sheets of {file_name} looks like one of our tables. Choose a sheet and "
            "say which table it holds."
        )
    return sorted(ready, key=lambda loading: ORDER.index(loading.table.name))


def known_to(ledger: Ledger) -> Known:
    """What the records know that a file may refer to."""
    names = {t: tuple(known_names(ledger, t)) for t in ("organisation", "partnership", "place")}
    registers = ("organisation", "partnership")
    return Known(
        names=names,
        also_known_as={table: also_known_as(ledger, table) for table in registers},
        without_details={table: without_details(ledger, table) for table in registers},
        successors=successors(ledger),
        today=date.today(),
    )


def staged(ledger: Ledger, loading: Loading, *, create_missing: bool = False) -> Staged:
    """The sheet's rows parsed and checked against the records as they are now."""
    return stage(
        loading.sheet,
        loading.table,
        loading.matching,
        known_to(ledger),
        create_missing=create_missing,
    )


def load_one(
    ledger: Ledger,
    loading: Loading,
    *,
    who: str,
    complete_to: date | None = None,
    create_missing: bool = False,
    source: str | None = None,
    keep: bool = True,
    ask: Callable[[date | None], date | None] | None = None,
) -> Loaded:
    """What became of the sheet; with `keep=False` a preview of it, and nothing is loaded.

    A table that must say to what day it is complete takes `complete_to`, else what `ask` answers
    when offered the latest date in the file, else that date.
    """
    rows = staged(ledger, loading, create_missing=create_missing)
    day = None
    if loading.table.complete_to != "none":
        day = complete_to or (ask(rows.latest_on) if ask else None) or rows.latest_on
    origin = Origin(
        who=who,
        file_name=loading.file_name,
        content=loading.content,
        sheet=loading.sheet.name,
        source=source or source_of(loading.file_name),
        matching={**loading.matching.pairs, **loading.matching.constants},
        complete_to=day,
    )
    batch, counts = load(ledger, rows, origin, keep=keep)
    return Loaded(loading, rows, counts, day, batch if keep else None)


def source_of(file_name: str) -> str:
    """The name of a file without its dates and numbers: each month's extract is one source."""
    words = re.sub(r"[\W\d_]+", " ", Path(file_name).stem).strip().lower()
    return words or Path(file_name).stem


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
        [loading] = prepare(file.read_bytes(), title, table=name)
        loaded = load_one(ledger, loading, who="Civic Metrics", complete_to=complete_to)
        report(f"{loading.table.title}: {loaded.stands:,} rows")
        done.append(loaded)
    return done


def build_demonstration(path: Path, report: Callable[[str], None] = lambda line: None) -> Ledger:
    """A ledger of the fictional University of Brackwater, its partners and places."""
    report("Places, rates and thresholds")
    ledger = open_with_reference(path)
    load_folder(ledger, DATA / "demo", complete_to=DEMONSTRATION_COMPLETE_TO, report=report)
    return ledger


def load_cases(ledger: Ledger, report: Callable[[str], None] = lambda line: None) -> list[Loaded]:
    """Loads the published facts about real partnerships, each with its source."""
    return load_folder(ledger, DATA / "cases", report=report)
