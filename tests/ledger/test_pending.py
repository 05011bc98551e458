"""Several sheets in one transaction, seen before it ends; stopping one that takes long."""

import threading
import time
from dataclasses import replace
from datetime import date

import pytest

from civic_metrics.compute import figure, records
from civic_metrics.ledger import (
    Cancelled,
    Change,
    LedgerError,
    Origin,
    batches,
    known_names,
    load,
    load_into,
    sources,
)
from tests.ledger.reading import standing
from tests.rows import load_rows, stage_rows

ORIGIN = Origin(
    who="me", file_name="p.csv", content=b"x", source="p", complete_to=date(2024, 12, 31)
)
ASHBY = {"organisation": "ashby", "name": "Ashby", "kind": "charity"}


def invoice(ref, received="2024-01-01", paid="2024-01-11", payee="ashby"):
    return {
        "payee": payee,
        "payee_role": "partner",
        "invoice_ref": ref,
        "received_on": received,
        "paid_on": paid,
        "amount": 100,
    }


def take_both(ledger, *, keep):
    with ledger.writing(keep=keep, files=[(ORIGIN.content, ORIGIN.file_name)]) as cursor:
        pending = ledger.pending(cursor)
        first = load_into(cursor, stage_rows("organisation", [ASHBY]), ORIGIN)
        assert known_names(pending, "organisation") == [("ashby", "Ashby")]
        second = load_into(cursor, stage_rows("payment", [invoice("1")]), ORIGIN)
        assert [one.batch for one in batches(pending)] == [1, 2]
    return first, second


def test_two_sheets_load_together(ledger):
    first, second = take_both(ledger, keep=True)
    assert (first.batch, second.batch, second.counts.new) == (1, 2, 1)
    assert standing(ledger, "organisation", "name", "_stub") == [("Ashby", False)]
    assert len(list(ledger.files.iterdir())) == 1


def test_or_neither_does(ledger):
    wrong = replace(stage_rows("payment", [invoice("1")]), rows_read=5)

    def take_in():
        with ledger.writing() as cursor:
            load_into(cursor, stage_rows("organisation", [ASHBY]), ORIGIN)
            load_into(cursor, wrong, ORIGIN)

    with pytest.raises(ValueError, match="accounted for"):
        take_in()
    assert (batches(ledger), standing(ledger, "organisation")) == ([], [])


def test_a_preview_of_both_is_the_load_rolled_back(ledger):
    previewed = take_both(ledger, keep=False)
    assert (batches(ledger), ledger.version, ledger.files.exists()) == ([], 0, False)
    assert take_both(ledger, keep=True) == previewed


def test_a_file_kept_for_a_load_that_fails_is_taken_away_again(ledger):
    load_rows(ledger, "payment", [invoice("1")])
    before = list(ledger.files.iterdir())
    with pytest.raises(ValueError, match="accounted for"):
        load(ledger, replace(stage_rows("payment", [invoice("2")]), rows_read=9), ORIGIN)
    assert list(ledger.files.iterdir()) == before


def test_a_file_that_an_earlier_upload_refers_to_stays(ledger):
    load(ledger, stage_rows("payment", [invoice("1")]), ORIGIN)
    with pytest.raises(ValueError, match="accounted for"):
        load(ledger, replace(stage_rows("payment", [invoice("2")]), rows_read=9), ORIGIN)
    assert len(list(ledger.files.iterdir())) == 1


def test_figures_before_and_after_come_from_the_same_question(ledger, lead):
    # Paid after 10 days; then one more after 30: half are within 30 days of (10, 40).
    load(ledger, stage_rows("payment", [invoice("1")]), ORIGIN)
    late = invoice("2", paid="2024-02-10")

    def share(of):
        return figure(of, lead, "paid_within_30_days").only.figure.value

    with ledger.writing(keep=False) as cursor:
        pending = ledger.pending(cursor)
        before = share(pending)
        load_into(cursor, stage_rows("payment", [late]), ORIGIN)
        assert (before, share(pending), share(ledger)) == (1.0, 0.5, 1.0)
        assert len(records(pending, lead, "payment")) == 2
        assert [one.batch for one in batches(pending)] == [1, 2]
        with pending.cursor() as inner:
            assert len(sources(inner, ["payment"])) == 1
        assert (pending.version, pending.id, pending.path) == (2, ledger.id, ledger.path)
        assert pending.pseudonym("A B") == ledger.pseudonym("A B")
    assert share(ledger) == 1.0


def test_what_is_pending_cannot_be_written_to_by_another_way(ledger):
    with ledger.writing(keep=False) as cursor:
        pending = ledger.pending(cursor)
        with pytest.raises(LedgerError, match="being written already"), pending.writing():
            pass
        pending.close()
        assert pending.version == 0


def test_changes_are_listed_old_and_new_cell_by_cell(ledger):
    load_rows(ledger, "payment", [invoice("1"), invoice("2")])
    rows = [invoice("1", paid=None) | {"is_disputed": True}, invoice("2") | {"is_disputed": None}]
    effect = load(ledger, stage_rows("payment", rows), ORIGIN)
    key = ("ashby", "1", "", "")
    assert effect.changed_cells == 2
    assert effect.changes == (
        Change(key, 2, "paid_on", "2024-01-11", None),
        Change(key, 2, "is_disputed", None, "yes"),
    )


def test_a_date_known_better_is_a_change_of_that_date(ledger):
    row = {"partnership": "p", "name": "P", "started_on": "2021-07-02"}
    load_rows(ledger, "partnership", [row | {"started_on_precision": "year"}])
    month = stage_rows("partnership", [row | {"started_on_precision": "month"}])
    effect = load(ledger, month, ORIGIN)
    assert effect.changes == (Change(("p",), 2, "started_on", "2021", "2021-07"),)


def test_only_the_first_thousand_changes_are_listed_and_all_are_counted(ledger):
    load_rows(ledger, "payment", [invoice(str(n)) for n in range(1100)])
    later = [invoice(str(n), paid="2024-01-12") for n in range(1100)]
    effect = load(ledger, stage_rows("payment", later), ORIGIN)
    assert (effect.changed_cells, len(effect.changes)) == (1100, 1000)
    assert [change.row for change in effect.changes] == list(range(2, 1002))


def test_a_long_statement_that_is_stopped_leaves_nothing_and_the_ledger_usable(ledger):
    began = threading.Event()
    lent = []

    def stop():
        began.wait()
        time.sleep(0.2)
        lent[0].interrupt()

    stopper = threading.Thread(target=stop)
    stopper.start()

    def take_in():
        with ledger.writing() as cursor:
            load_into(cursor, stage_rows("payment", [invoice("1")]), ORIGIN)
            lent.append(cursor)
            began.set()
            for_ever = "select count(*) from range(10000000) as a, range(1000000) as b"
            cursor.execute(for_ever).fetchall()

    with pytest.raises(Cancelled, match="Nothing was changed"):
        take_in()
    stopper.join()
    assert (batches(ledger), standing(ledger, "payment")) == ([], [])
    assert load_rows(ledger, "payment", [invoice("1")]) == 1
