"""The benchmarks still run and answer the same as what they are set beside. No time is asserted."""

import sys
from pathlib import Path

import numpy as np
import pytest

from civic_metrics import compute
from civic_metrics.model import Role, Viewer

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import drawn
import figures
import others

ROWS = 2_000
LEAD = Viewer(Role.LEAD)


@pytest.fixture(scope="module")
def lines() -> drawn.Lines:
    return drawn.payment_lines(ROWS)


@pytest.fixture(scope="module")
def ledger(lines, tmp_path_factory):
    made = drawn.made_ledger(lines, tmp_path_factory.mktemp("benchmark"))
    yield made
    made.close()


def test_pandas_and_we_give_the_same_share_and_mean(ledger, lines):
    beside = others.questions(lines)
    for name in ("paid_within_30_days", "average_days_to_pay"):
        found = compute.figure(ledger, LEAD, name).only.figure
        _, ask = beside[name, ()]
        theirs = ask()
        assert (found.n, found.value) == (theirs["count"], pytest.approx(theirs["mean"]))


def test_pandas_and_we_give_the_same_share_in_every_place(ledger, lines):
    ours = compute.figure(ledger, LEAD, "paid_within_30_days", by=("place",))
    _, ask = others.questions(lines)["paid_within_30_days", ("place",)]
    theirs = {
        None if np.isnan(place) else f"E{int(place):08}": (row["count"], row["mean"])
        for place, row in ask().iterrows()
    }
    assert {row.keys[0]: (row.figure.n, row.figure.value) for row in ours.rows} == theirs


def test_lifelines_and_we_give_the_same_middle_wait(ledger, lines):
    [theirs] = others.questions(lines)["time_to_payment", ()][1]()
    assert compute.figure(ledger, LEAD, "time_to_payment").only.figure.value == theirs


def test_the_report_has_a_line_for_every_question_with_its_ratio(ledger):
    floor = figures.floor_of(ledger, "paid_within_30_days")
    assert floor > 0
    line = figures.Line("a question", 0.2, 0.1, 2.0, "pandas")
    said = figures.report({ROWS: [line]})
    assert "## 2,000 payment lines" in said
    assert "| a question | 0.200 | 0.100 | 2.0 | 2.000 | pandas | 10.0 |" in said


def test_every_headline_has_a_floor_to_be_set_beside(ledger):
    for name in figures.FLOORS:
        assert figures.floor_of(ledger, name) > 0
