"""How many rows wait to be mended and how old the sources are, by hand."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_metrics.compute import figure
from civic_metrics.contracts import contracts
from civic_metrics.derived.load import DATED, TITLES
from civic_metrics.ledger import Origin, Problem, SetAside, open_ledger, set_aside, undo
from civic_metrics.ledger import load as load_batch
from civic_metrics.model import Role, Viewer
from tests.indicators.drawn import AS_OF, said
from tests.rows import stage_rows


@pytest.fixture
def upload(ledger):
    """Loads so many good payments, and others that are set aside, each with its row number."""
    return uploading(ledger)


def uploading(ledger):
    def uploaded(good, aside=(), *, file="f", complete_to=AS_OF, table="payment", mends=()):
        rows = [row_of(table, f"{file}-{n}") for n in range(good)]
        waiting = tuple(bad(table, file, row) for row in aside)
        staged = replace(stage_rows(table, rows), set_aside=waiting, rows_read=good + len(waiting))
        origin = Origin(
            who="me",
            file_name=f"{file}.csv",
            content=f"{file}{good}{aside}".encode(),
            source=file,
            complete_to=complete_to,
            mends=mends,
        )
        return load_batch(ledger, staged, origin).batch

    return uploaded


def row_of(table, ref):
    if table == "place":
        return {"place_code": ref, "name": ref, "level": "country"}
    paid = {"received_on": "2024-01-01", "paid_on": "2024-01-11", "amount": 1}
    return {"payee": "a", "invoice_ref": ref} | paid


def bad(table, file, row):
    problem = Problem(row, "amount", "x", "a number", "Type a number.")
    key = ("a", f"{file}-aside-{row}", "", "") if table == "payment" else None
    return SetAside("s", row, {"amount": "x", "file": file}, key, (problem,))


@pytest.fixture
def share(ledger, lead):
    def asked(**how):
        return figure(ledger, lead, "rows_set_aside_share", **how)

    return asked


def test_rows_that_wait_are_a_share_of_the_rows_read(upload, share):
    upload(6, (20, 21))
    upload(12, file="g")
    row = share().only
    assert (row.figure.n, row.figure.numerator, row.figure.denominator) == (2, 2, 20)
    assert row.figure.value == pytest.approx(0.1)
    # The exact limits of a count of 2 are 0.2422 and 7.2247 (Garwood's table).
    assert row.figure.lower == pytest.approx(0.2422 / 20, abs=1e-5)
    assert row.figure.upper == pytest.approx(7.2247 / 20, abs=1e-5)


def test_a_row_that_waits_from_two_uploads_of_one_file_counts_once_with_the_newest(upload, share):
    upload(6, (20, 21))
    upload(6, (20, 21))
    assert (share().only.figure.numerator, share().only.figure.denominator) == (2, 16)


def test_a_mended_row_waits_no_more_until_its_mending_is_undone(ledger, upload, share):
    upload(6, (20, 21))
    mending = upload(1, file="mend", mends=(set_aside(ledger)[0].id,))
    assert share().only.figure.numerator == 1
    undo(ledger, mending, "me")
    assert share().only.figure.numerator == 2


def test_an_undone_upload_is_left_out_with_the_rows_it_set_aside(ledger, upload, share):
    first = upload(6, (20, 21))
    upload(4, file="g")
    undone = undo(ledger, first, "me").batch
    row = share().only
    assert (row.figure.n, row.figure.numerator, row.figure.denominator) == (1, 0, 4)
    assert said(row.left_out) == {"undone since": (1, None)}
    undo(ledger, undone, "me")  # and taken back again
    assert (share().only.figure.numerator, share().only.figure.denominator) == (2, 12)
    assert len(set_aside(ledger)) == 2


def test_by_table_each_has_its_own_share_under_its_own_name(upload, share):
    upload(8, (20, 21))
    upload(4, file="places", table="place", complete_to=None)
    rows = share(by=["table"]).rows
    assert {row.labels[0]: row.figure.value for row in rows} == {"Payments": 0.2, "Places": 0}


def test_every_table_goes_by_the_name_it_has_on_the_pages():
    assert {name: one.title for name, one in contracts().items()} == TITLES
    assert set(DATED) == {name for name, one in contracts().items() if one.complete_to != "none"}


FILES = st.tuples(st.sampled_from("fg"), st.integers(0, 3), st.sets(st.integers(20, 22)))
STEPS = st.lists(st.one_of(FILES, st.integers(0, 5)), min_size=2, max_size=7)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_uploads_and_undos_in_any_order_leave_what_a_loop_leaves(lead, steps):
    """A step is a file with good rows and others, or the number of an earlier step to undo."""
    with TemporaryDirectory() as folder:
        ledger = open_ledger(Path(folder) / "drawn.duckdb")
        kept, undone = [], set()
        for step in steps:
            if isinstance(step, tuple):
                file, good, aside = step
                load = uploading(ledger)(good, tuple(sorted(aside)), file=file)
                kept.append((load, file, good, aside))
            elif step < len(kept) and kept[step][0] not in undone:
                undo(ledger, kept[step][0], "me")
                undone.add(kept[step][0])
        standing = [one for one in kept if one[0] not in undone and one[2] + len(one[3])]
        waiting = {(file, row) for _, file, _, aside in standing for row in aside}
        asked = figure(ledger, lead, "rows_set_aside_share", as_of=AS_OF)
        found = asked.only.figure
        rows_read = sum(good + len(aside) for _, _, good, aside in standing)
        ledger.close()
    assert found.n == len(standing)
    assert (found.numerator or 0, found.denominator or 0) == (len(waiting), rows_read)


# How old the sources are.


@pytest.fixture
def days_behind(ledger, lead):
    def asked(**how):
        return figure(ledger, lead, "freshness", **how)

    return asked


def test_days_are_counted_back_from_the_newest_day_of_any_source(upload, days_behind):
    for name, late in (("finance", 0), ("expenses", 10), ("register", 31)):
        upload(1, file=name, complete_to=AS_OF - timedelta(late))
    # An older upload of the same source does not make it older.
    upload(2, file="finance", complete_to=AS_OF - timedelta(400))
    row = days_behind().only
    assert (row.figure.n, row.figure.value) == (3, 10)


def test_as_at_a_later_day_they_are_counted_from_that_day(upload, days_behind):
    upload(1)
    assert days_behind(as_of=AS_OF + timedelta(45)).only.figure.value == 45
    assert days_behind(as_of=date(2020, 1, 1)).only.figure.value == 0


def test_a_source_without_a_day_an_empty_one_and_an_undone_one_do_not_count(
    ledger, upload, days_behind
):
    upload(1)
    upload(4, file="places", table="place", complete_to=None)
    upload(0, (5,), file="nothing loaded", complete_to=AS_OF - timedelta(50))
    undo(ledger, upload(1, file="gone", complete_to=AS_OF - timedelta(90)), "me")
    row = days_behind().only
    assert (row.figure.n, row.figure.value) == (1, 0)
    assert said(row.left_out) == {"no day given up to which it is complete": (1, None)}


def test_a_partner_is_told_nothing_of_loads(ledger, upload):
    upload(6, (20, 21))
    partner = Viewer(Role.PARTNER, ("a",))
    for indicator in ("freshness", "rows_set_aside_share"):
        row = figure(ledger, partner, indicator).only
        assert (row.figure.n, row.figure.value, row.left_out) == (0, None, ())
