"""Killed at a random moment of a load: every batch is there whole or not at all.

Fifty times where CIVIC_METRICS_LONG is set, else a few.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
import time

from civic_metrics.ledger import batches, open_ledger, undo
from tests.rows import load_rows

TIMES = 50 if os.environ.get("CIVIC_METRICS_LONG") else 6
ROWS, SET_ASIDE = 3000, 40

LOADS_FOR_EVER = f"""
    import sys
    from dataclasses import replace
    from civic_metrics.ledger import Origin, Problem, SetAside, Whole, load, open_ledger
    from tests.rows import stage_rows

    def aside(row):
        problem = Problem(row, "amount", "x", "a number", "Correct it.")
        return SetAside("s", row, {{"amount": "x"}}, ("b", str(row), "", ""), (problem,))

    ledger = open_ledger(sys.argv[1])
    print("open", flush=True)
    for number in range(10000):
        rows = [
            {{"payee": "a", "invoice_ref": str(row + number % 2), "amount": number + 1}}
            for row in range({ROWS})
        ]
        staged = replace(
            stage_rows("payment", rows),
            set_aside=tuple(map(aside, range(5000, 5000 + {SET_ASIDE}))),
            rows_read={ROWS + SET_ASIDE},
        )
        origin = Origin(
            who="me",
            file_name="p.csv",
            content=str(number).encode() * 200_000,
            source="p",
            whole=Whole() if number % 3 == 2 else None,
        )
        load(ledger, staged, origin)
        print(number, flush=True)
"""


def test_each_batch_is_wholly_there_or_not_at_all(tmp_path):
    moments = random.Random(20240331)
    path = tmp_path / "killed.duckdb"
    before = 0
    for number in range(TIMES):
        program = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(LOADS_FOR_EVER), str(path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert program.stdout.readline() == "open\n"
        heard = 0
        if number == 0:  # however busy the machine, one load is over before the first kill
            assert program.stdout.readline() == "0\n"
            heard = 1
        time.sleep(moments.uniform(0, 0.6))
        program.kill()
        told = heard + len(program.communicate()[0].split())
        ledger = open_ledger(path)
        done = batches(ledger)
        # What it said was loaded is there; one more may be, of which it had no time to speak.
        assert len(done) - before in (told, told + 1)
        assert [one.batch for one in done] == list(range(1, len(done) + 1))
        check(ledger, done)
        before = len(done)
        ledger.close()
    assert before
    ledger = open_ledger(path)
    row = {"payee": "a", "invoice_ref": "0", "amount": 5}
    assert load_rows(ledger, "payment", [row]) == before + 1
    undo(ledger, before + 1, "me")
    ledger.close()


def check(ledger, done):
    """Each batch has all its rows, its rows set aside and its file; no row has two that stand."""
    own = "where _origin_batch = _batch group by _batch order by _batch"
    cursor = ledger.cursor()
    rows = cursor.execute(f"select _batch, count(*) from ledger.payment {own}").fetchall()
    assert rows == [(one.batch, ROWS) for one in done]
    aside = "select _batch, count(*) from ledger.quarantine group by _batch order by _batch"
    assert cursor.execute(aside).fetchall() == [(one.batch, SET_ASIDE) for one in done]
    twice = "select count(*) - count(distinct invoice_ref) from ledger.payment where _until is null"
    assert cursor.execute(twice).fetchall() == [(0,)]
    lost = "select count(*) from ledger.payment where _batch > ? or _until > ?"
    assert cursor.execute(lost, [len(done), len(done)]).fetchall() == [(0,)]
    kept = {file.name for file in ledger.files.iterdir()} if ledger.files.exists() else set()
    assert {f"{one.sha256}.csv" for one in done} <= kept
    assert not [name for name in kept if name.endswith(".part")]
