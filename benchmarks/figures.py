"""How long figures take, as ratios against pandas in one run: `python benchmarks/figures.py ROWS`.

Draws so many payments of 20,000 partnerships in 300 places, loads them as one batch, and asks
the questions the pages ask. pandas answers the same question of the same rows, already in
memory and already joined, which the dashboard's answer is not: it includes scope, what each
figure leaves out, intervals and labels. Where lifelines is installed it does the Kaplan-Meier.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parent.parent))

from civic_metrics import compute
from civic_metrics.ledger import Ledger, Origin, Staged, load, open_ledger
from civic_metrics.model import Role, Viewer

PARTNERSHIPS, PLACES, PAYEES = 20_000, 300, 50_000
FIRST, COMPLETE_TO = np.datetime64("2016-08-01"), date(2026, 3, 31)


def draw(rows: int) -> pd.DataFrame:
    """Payments with a partnership, a place, a receipt date and, for nine in ten, a payment date."""
    draws = np.random.default_rng(2026)
    received = FIRST + draws.integers(0, 3500, rows).astype("timedelta64[D]")
    days = draws.gamma(2.0, 14.0, rows).astype("int64")
    paid = received + days.astype("timedelta64[D]")
    open_still = (draws.random(rows) < 0.1) | (paid > np.datetime64(COMPLETE_TO))
    partnership = draws.integers(0, PARTNERSHIPS, rows)
    return pd.DataFrame(
        {
            "payee": draws.integers(0, PAYEES, rows),
            "invoice_ref": np.arange(rows),
            "partnership": partnership,
            "place": partnership % PLACES,
            "received_on": received,
            "paid_on": np.where(open_still, np.datetime64("NaT"), paid),
            "amount": draws.integers(1_000, 1_000_000, rows),
        }
    )


def fill(ledger: Ledger, frame: pd.DataFrame) -> float:
    """Seconds to load the payments and the places of the partnerships."""
    rows = len(frame)
    texts = {name: pa.array(frame[name]).cast(pa.string()) for name in ("payee", "invoice_ref")}
    pounds = pa.array(frame["amount"].astype("int32")).cast(pa.decimal128(18, 2))
    payments = pa.table(
        {
            **texts,
            "partnership": pa.array(frame["partnership"]).cast(pa.string()),
            "received_on": pa.array(frame["received_on"].to_numpy().astype("datetime64[D]")),
            "paid_on": pa.array(frame["paid_on"].to_numpy().astype("datetime64[D]")),
            "amount": pounds,
            "_sheet": pa.repeat("", rows),
            "_row": pa.array(np.arange(rows)),
        }
    )
    everywhere = np.arange(PARTNERSHIPS)
    places = pa.table(
        {
            "partnership": pa.array(everywhere).cast(pa.string()),
            "place": pa.array(everywhere % PLACES).cast(pa.string()),
            "_sheet": pa.repeat("", PARTNERSHIPS),
            "_row": pa.array(everywhere),
        }
    )
    started = time.perf_counter()
    for table, content in (("payment", payments), ("footprint", places)):
        names = tuple(name for name in content.column_names if not name.startswith("_"))
        staged = Staged(table, names, content, rows_read=len(content))
        load(ledger, staged, Origin("a benchmark", f"{table}.csv", b"", complete_to=COMPLETE_TO))
    return time.perf_counter() - started


def best_of(task: Callable[[], object], times: int = 3) -> float:
    """The shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        task()
        taken.append(time.perf_counter() - started)
    return min(taken)


def by_pandas(frame: pd.DataFrame) -> dict[str, Callable[[], object]]:
    """The same questions put to pandas, over paid rows where the figure is."""
    paid = frame[frame["paid_on"].notna()]
    days = (paid["paid_on"] - paid["received_on"]).dt.days
    return {
        "average_days_to_pay": lambda: (paid["paid_on"] - paid["received_on"]).dt.days.mean(),
        "average_days_to_pay by partnership": lambda: days.groupby(paid["partnership"]).agg(
            ["mean", "std", "count"]
        ),
        "median_days_to_pay by place": lambda: days.groupby(paid["place"]).median(),
        "paid_within_30_days by place": lambda: (days <= 30).groupby(paid["place"]).mean(),
    }


def kaplan_meier(frame: pd.DataFrame) -> Callable[[], object] | None:
    """lifelines' curve over every row, or None where it is not installed."""
    try:
        from lifelines import KaplanMeierFitter
    except ImportError:
        return None
    end = frame["paid_on"].fillna(pd.Timestamp(COMPLETE_TO))
    days = (end - frame["received_on"]).dt.days
    return lambda: KaplanMeierFitter().fit(days, frame["paid_on"].notna())


def main(rows: int) -> None:
    """Prints one line a question: seconds here, seconds there, and the ratio."""
    frame = draw(rows)
    others = by_pandas(frame)
    if fitter := kaplan_meier(frame):
        others["time_to_payment"] = fitter
    lead = Viewer(Role.LEAD)
    with tempfile.TemporaryDirectory() as folder:
        ledger = open_ledger(Path(folder) / "benchmark.duckdb")
        print(f"{rows:,} payments loaded in {fill(ledger, frame):.1f} s")
        questions = dict.fromkeys([*others, "time_to_payment", "time_to_payment by place"])
        for question in questions:
            name, _, split = question.partition(" by ")
            by = (split,) if split else ()
            ours = best_of(lambda name=name, by=by: compute.figure(ledger, lead, name, by=by))
            line = f"{question:40} {ours:7.2f} s"
            if question in others:
                theirs = best_of(others[question])
                line += f"   other {theirs:7.2f} s   ratio {ours / theirs:6.2f}"
            print(line, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
