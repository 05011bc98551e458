"""How long figures take at full size: `python benchmarks/figures.py [ROWS …] [--in FOLDER]`.

For each number of payment lines (1 and 10 million where none is named) it draws records, loads
them and asks each headline indicator overall, by place, by place and quarter and by partnership;
all of them about one partnership; and what the overview asks, cold and from the server's cache.
In the same run pandas does the same work from the same lines, already in memory as numbers, and
lifelines the curves; and DuckDB only reads the columns a question rests on, which is the least
it could take. Prints ratios and writes them to RESULTS.md beside this file. Ours include scope,
what each figure leaves out, intervals and labels. `--in` keeps the records made, for a next run.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

import drawn
import others

from civic_metrics import compute
from civic_metrics.indicators import INDICATORS
from civic_metrics.ledger import Ledger, open_ledger
from civic_metrics.model import Role, Viewer
from civic_metrics.periods import ACADEMIC_YEAR
from civic_metrics.ui import figures
from civic_metrics.ui.choices import Chosen
from civic_metrics.ui.overview import HEADLINES, LOOKED_AT

LEAD = Viewer(Role.LEAD)
RESULTS = Path(__file__).parent / "RESULTS.md"
SPLITS = ((), ("place",), ("place", "quarter"), ("partnership",))
# What each headline rests on, read and no more.
FLOORS = {
    "paid_within_30_days": "payment, received_on paid_on amount kind partnership",
    "average_days_to_pay": "payment, received_on paid_on amount kind partnership",
    "time_to_payment": "payment, received_on paid_on amount kind partnership",
    "compensation_parity": "contribution, role_group activity worked_on quantity paid_gbp "
    "pay_basis unpaid_because partnership",
    "unpaid_hours_share": "contribution, role_group worked_on quantity paid_gbp unpaid_because "
    "partnership",
    "partnership_longevity": "partnership, started_on ended_on partnership",
}


@dataclass(frozen=True)
class Line:
    """One question: seconds here, of the bare scan and of the other package (None: not asked)."""

    question: str
    ours: float
    floor: float | None = None
    other: float | None = None
    other_name: str = ""

    def cells(self) -> list[str]:
        """The line as people read it."""
        timed = [f"{self.ours:.3f}"]
        for seconds in (self.floor, self.other):
            timed.append("" if seconds is None else f"{seconds:.3f}")
        over = "" if self.floor is None else f"{self.ours / self.floor:.1f}"
        faster = "" if self.other is None else f"{self.other / self.ours:.1f}"
        return [self.question, *timed[:2], over, timed[2], self.other_name, faster]


HEADS = [
    "question",
    "seconds",
    "bare scan",
    "times the scan",
    "other",
    "which",
    "times faster than it",
]


def best_of(task: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        task()
        taken.append(time.perf_counter() - started)
    return min(taken)


def floor_of(ledger: Ledger, indicator: str) -> float:
    """Seconds to read the columns behind an indicator, the least an answer could take."""
    table, columns = FLOORS[indicator].split(", ")
    # A hash needs every value; the largest is known of each block without reading it.
    read = ", ".join(f"bit_xor(hash({column}))" for column in columns.split())
    sql = f"select {read}, count(*) from ledger.{table} where _until is null"

    def scan() -> None:
        with ledger.cursor() as cursor:
            cursor.execute(sql).fetchall()

    return best_of(scan)


def headline_lines(ledger: Ledger, lines: drawn.Lines, times: int) -> list[Line]:
    """Each headline by each split, beside the floor and whoever else answers it."""
    beside = others.questions(lines)
    found = []
    for name in FLOORS:
        floor = floor_of(ledger, name)
        for by in SPLITS:
            if not set(by) <= set(INDICATORS[name].splits):
                continue
            said = f"{name} by {' and '.join(by)}" if by else name

            def ask(name: str = name, by: tuple[str, ...] = by) -> object:
                return compute.figure(ledger, LEAD, name, by=by)

            ours = best_of(ask, times)
            which, task = beside.get((name, by), ("", None))
            other = best_of(task, 1) if task else None
            found.append(Line(said, ours, floor, other, which))
            print("  ".join(found[-1].cells()), flush=True)
    return found


def overview() -> None:
    """Everything the overview asks: headlines, their years, others beside, who needs a look."""
    for name in HEADLINES:
        indicator = INDICATORS[name]
        people = figures.people_of(LEAD, indicator)
        beside = indicator.others_filter if people.filter else None
        for whom in (people.filter, *([beside] if beside else [])):
            figures.answer(LEAD, indicator, Chosen(), people=whom)
            figures.by_year(LEAD, indicator, Chosen(), ACADEMIC_YEAR, people=whom)
    for name in LOOKED_AT:
        people = figures.people_of(LEAD, INDICATORS[name])
        for split in ("partnership", "place"):
            figures.answer(LEAD, INDICATORS[name], Chosen(), by=(split,), people=people.filter)


def page_lines(ledger: Ledger) -> list[Line]:
    """The overview's figures, cold and from the cache, and every indicator of one partnership."""
    one = {"partnership": ("P00000007",)}
    about_one = [name for name, found in INDICATORS.items() if "partnership" in found.splits]

    def of_one() -> None:
        for name in about_one:
            compute.figure(ledger, LEAD, name, where=one)

    with patch.object(figures.records, "open_records", lambda: ledger):
        found = [
            Line("the overview's figures, cold", best_of(overview, 1)),
            Line("the overview's figures, warm", best_of(overview)),
            Line(f"one partnership, {len(about_one)} indicators", best_of(of_one, 1)),
        ]
    for line in found:
        print("  ".join(line.cells()), flush=True)
    return found


def measure(rows: int, folder: Path, times: int = 2) -> list[Line]:
    """Every line of the report for so many payment lines; records already there are used."""
    lines = drawn.payment_lines(rows)
    file = folder / "benchmark.duckdb"
    started = time.perf_counter()
    ledger = open_ledger(file) if file.exists() else drawn.made_ledger(lines, folder)
    print(f"{rows:,} payment lines, opened in {time.perf_counter() - started:.1f} s", flush=True)
    try:
        return [*page_lines(ledger), *headline_lines(ledger, lines, times)]
    finally:
        ledger.close()


def report(measured: dict[int, list[Line]]) -> str:
    """The measurements as a page: machine, versions, date, and a table for each size."""
    packages = ("duckdb", "pyarrow", "numpy", "pandas", "lifelines")
    said = ", ".join(f"{name} {version(name)}" for name in packages)
    parts = [
        "# How long figures take",
        "",
        f"Written by `python benchmarks/figures.py` on {date.today():%d %B %Y}: "
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, "
        f"{said}.",
        "",
        "Load of the machine over the last minute when this was written: "
        f"{os.getloadavg()[0]:.1f}. Compare the ratios of one run, never seconds of two.",
        "",
        "“Bare scan” is DuckDB reading the columns a question rests on. pandas starts from the "
        "same lines in memory as numbers and puts invoices together from them; lifelines is "
        "given the days of each place.",
    ]
    for rows, lines in measured.items():
        parts += ["", f"## {rows:,} payment lines", "", f"| {' | '.join(HEADS)} |"]
        parts.append("|---|" + "---:|" * (len(HEADS) - 1))
        parts += [f"| {' | '.join(line.cells())} |" for line in lines]
    return "\n".join(parts) + "\n"


def main(given: list[str]) -> None:
    """Measures each size and writes the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows", nargs="*", type=int, default=[1_000_000, 10_000_000])
    parser.add_argument("--in", dest="folder", type=Path)
    asked = parser.parse_args(given)
    measured = {}
    for rows in asked.rows:
        kept = asked.folder and asked.folder / f"l{rows}"
        if kept:
            kept.mkdir(parents=True, exist_ok=True)
        with nullcontext(kept) if kept else tempfile.TemporaryDirectory() as folder:
            measured[rows] = measure(rows, Path(folder))
        RESULTS.write_text(report(measured), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
