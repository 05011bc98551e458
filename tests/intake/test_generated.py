"""Spreadsheets drawn with the defects real ones have: nothing crashes, every row is accounted
for, and what was written cleanly arrives unchanged."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_metrics.intake import Declared, Known, Loading, Refused, prepare, stage, upload
from civic_metrics.ledger import Ledger, Staged, open_ledger
from tests.intake.drawn_files import Drawn
from tests.intake.drawn_tables import payments, registers
from tests.intake.support import adds_up

# In every run as many as take half a minute; in the long one (CIVIC_METRICS_LONG=1) 2,000 files.
IS_LONG = bool(os.environ.get("CIVIC_METRICS_LONG"))
EXAMPLES = 2_000 if IS_LONG else 100
CHANGED = 20_000 if IS_LONG else 400
# The same files in every run, others in each long one.
DRAWN = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not IS_LONG,
    suppress_health_check=list(HealthCheck),
)


def _workbook(table: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger in which nothing is ever kept."""
    opened = open_ledger(tmp_path_factory.mktemp("drawn") / "drawn.duckdb")
    yield opened
    opened.close()


def ready(drawn: Drawn, table: str, **constants: str) -> list[Loading]:
    """The file as the tables it fills, the one asked for among them."""
    return prepare(drawn.content, drawn.name, table=table, constants=constants, chosen=drawn.chosen)


def arrived(staged: Staged, key: str, *names: str) -> dict[str, tuple[object, ...]]:
    """The values of those columns in every row that would load, by its key."""
    rows = staged.rows
    columns = [rows[name].to_pylist() for name in names]
    return dict(zip(rows[key].to_pylist(), zip(*columns, strict=True), strict=True))


@DRAWN
@given(drawn=payments())
def test_every_payment_is_accounted_for_and_clean_ones_arrive_unchanged(empty, drawn):
    loadings = ready(drawn, "payment", currency="GBP")
    declared = Declared(create_missing=True)
    (loaded,) = (
        one
        for one in upload(empty, loadings, declared, who="a test", keep=False).loaded
        if one.loading.is_main
    )
    counts = loaded.counts
    parts = (counts.new, counts.changed, counts.unchanged, counts.quarantined, counts.excluded)
    assert sum(parts) == counts.rows_read == drawn.rows
    columns = ("received_on", "paid_on", "amount")
    assert arrived(loaded.staged, "invoice_ref", *columns) == drawn.clean


# Loading is the same whatever the table, and takes most of the time: registers are staged only.
@DRAWN
@given(drawn=registers())
def test_every_partnership_is_accounted_for_and_clean_ones_arrive_unchanged(drawn):
    (main,) = (one for one in ready(drawn, "partnership") if one.is_main)
    staged = stage(main.sheet, main.table, main.matching, Known(), Declared(create_missing=True))
    assert staged.rows_read == drawn.rows
    assert adds_up(staged)
    columns = ("started_on", "started_on_precision", "ended_on", "funding_gbp")
    assert arrived(staged, "partnership", *columns) == drawn.clean


@settings(max_examples=EXAMPLES, deadline=None)
@given(content=st.binary(max_size=400), name=st.sampled_from(("a.csv", "a.xlsx", "a.xls", "a.ods")))
def test_bytes_that_are_no_spreadsheet_are_read_or_refused_in_words(content, name):
    try:
        prepare(content, name, table="payment")
    except Refused as refusal:
        said = str(refusal)
    else:
        said = "Read, and found to hold payments."
    assert len(said) > 20
    assert "Traceback" not in said
    assert "Error(" not in said


def test_a_changed_workbook_never_brings_the_process_down_nor_takes_all_memory():
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-m", "tests.intake.mutated_files", "0", str(CHANGED)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=600,
    )
    told = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    # Where the process ended by itself, the last line names the workbook that did it.
    assert (done.returncode, len(told)) == (0, CHANGED), list(told.items())[-1:]
    assert set(told.values()) == {"read", "refused"}


def test_a_workbook_cut_short_is_refused():
    whole = _workbook([["payee", "amount", "paid_on"], ["Alma", "1", "2025-01-06"]])
    for cut in range(4, len(whole) - 1, len(whole) // 40):
        with pytest.raises(Refused, match=r"damaged|not a spreadsheet|compressed"):
            prepare(whole[:cut], "cut.xlsx", table="payment")
