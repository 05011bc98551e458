"""How fast a spreadsheet becomes records, and where the time goes.

    python benchmarks/loading.py [CSV_ROWS [XLSX_ROWS]]

Times the whole path (read, match, parse, check, write) of payments drawn with a fixed seed:
1,000,000 rows as CSV beside pandas reading the same bytes alone, and 200,000 as XLSX beside the
reading library alone. Ratios are worth more than seconds. Each file is drawn in one process and
loaded in another, so that the peak of memory is that of the load.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pandas as pd
from python_calamine import CalamineWorkbook

sys.path.insert(0, str(Path(__file__).parent.parent))

import itertools

from civic_metrics.intake import Declared, open_with_reference, prepare, upload

HEADER = (
    "Supplier Name", "Invoice Number", "Date Received", "Invoice Date", "Due Date", "Date Paid",
    "Gross Amount", "VAT Amount", "Currency", "Payment Type", "Budget holder's note",
    "Payment Number",
)  # fmt: skip
SEED = 20260331
SIZES = (1_000_000, 200_000)


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Payments as a finance system writes them."""
    draw = random.Random(SEED)
    start = date(2021, 1, 4)
    for number in range(count):
        received = start + timedelta(days=draw.randrange(1_800))
        paid = "" if draw.random() < 0.05 else _uk(received + timedelta(days=draw.randrange(90)))
        pounds = draw.randrange(100, 5_000_000) / 100
        yield (
            f"Supplier {draw.randrange(5_000)} Community Trust",
            f"INV-{number:07}",
            _uk(received),
            _uk(received - timedelta(days=2)),
            _uk(received + timedelta(days=30)),
            paid,
            f"{pounds:,.2f}",
            f"{pounds / 6:.2f}",
            "GBP",
            draw.choice(("supply", "grant", "expenses")),
            "",
            f"P{number:07}",
        )


def _uk(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def as_csv(count: int) -> bytes:
    """The rows as CSV."""
    return "\n".join('"' + '","'.join(row) + '"' for row in (HEADER, *rows(count))).encode()


def as_workbook(count: int) -> bytes:
    """The rows as XLSX."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Payments")
    for row in (HEADER, *rows(count)):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def whole_path(content: bytes, name: str) -> tuple[dict[str, float], float, int]:
    """Seconds by stage, seconds in all, and the rows loaded, of a load into new records."""
    marks: list[tuple[str, float]] = []

    def mark(doing: str, share: float) -> None:
        marks.append((doing, time.perf_counter()))

    with TemporaryDirectory() as folder:
        ledger = open_with_reference(Path(folder) / "bench.duckdb")
        mark("Reading and matching", 0.0)
        ready = prepare(content, name, table="payment")
        loaded = upload(
            ledger, ready, Declared(create_missing=True), who="a benchmark", progress=mark
        ).loaded
        mark("", 1.0)
        ledger.close()
    times: dict[str, float] = {}
    for (doing, at), (_, until) in itertools.pairwise(marks):
        times[doing] = times.get(doing, 0.0) + until - at
    return times, marks[-1][1] - marks[0][1], sum(one.stands for one in loaded)


def alone(read: Callable[[], Any]) -> float:
    """Seconds of reading and nothing else."""
    begun = time.perf_counter()
    read()
    return time.perf_counter() - begun


def report(file: Path) -> None:
    """Prints the stages with their share, the rate, and the ratio to reading alone."""
    content = file.read_bytes()
    times, whole, stands = whole_path(content, file.name)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"{file.suffix[1:].upper()}: {stands:,} rows loaded in {whole:.2f} s, "
        f"{stands / whole:,.0f} rows a second"
    )
    for stage, seconds in times.items():
        print(f"  {stage:28} {seconds:6.2f} s  {seconds / whole:5.0%}")
    print(f"  peak memory {peak:.2f} GB, the file of {len(content) / 1e9:.2f} GB in it")
    by, read = READ_ALONE[file.suffix]
    other = alone(lambda: read(content))
    print(f"  {by} alone: {other:.2f} s; the whole path takes {whole / other:.2f} times that")


def _by_pandas(content: bytes) -> Any:
    return pd.read_csv(io.BytesIO(content))


def _by_calamine(content: bytes) -> Any:
    opened = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return opened.get_sheet_by_index(0).to_python(skip_empty_area=False)


READ_ALONE: dict[str, tuple[str, Callable[[bytes], Any]]] = {
    ".csv": ("pandas", _by_pandas),
    ".xlsx": ("calamine", _by_calamine),
}


def draw_csv(file: Path, count: int) -> None:
    """Writes that many rows as CSV."""
    file.write_bytes(as_csv(count))


def draw_workbook(file: Path, count: int) -> None:
    """Writes that many rows as XLSX."""
    file.write_bytes(as_workbook(count))


def apart(do: Callable[..., None], *given: Any) -> None:
    """Does it in a process of its own."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as other:
        other.submit(do, *given).result()


def main() -> None:
    """Both files, one after the other."""
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    draws = ((draw_csv, "payments.csv"), (draw_workbook, "payments.xlsx"))
    with TemporaryDirectory() as folder:
        for count, (draw, name) in zip(sizes, draws, strict=False):
            file = Path(folder) / name
            apart(draw, file, count)
            apart(report, file)


if __name__ == "__main__":
    main()
