"""Rows set aside: kept with their cells and reasons, until a row of the same key mends them."""

from dataclasses import replace

import pytest

from civic_metrics.ledger import Origin, Problem, SetAside, load, set_aside, undo
from tests.ledger.reading import standing
from tests.rows import stage_rows

# (invoice, day received); there is no such day as the second has.
GOOD = ("1", "2024-01-01")
BAD = ("2", "2022-09-31")
MENDED = ("2", "2022-09-30")
ORIGIN = Origin(who="me", file_name="payment.csv", content=b"", sheet="payment")


@pytest.fixture
def upload(ledger):
    """Loads lines of invoices, those of no day set aside; the first is row 2."""

    def loader(*lines):
        numbered = list(enumerate(lines, start=2))
        wrong = [(row, *line) for row, line in numbered if line == BAD]
        right = [
            {"payee": "ashby", "invoice_ref": ref, "received_on": day, "amount": 10}
            for _, (ref, day) in numbered
            if (ref, day) != BAD
        ]
        staged = stage_rows("payment", right)
        aside = tuple(
            SetAside(
                "sheet",
                row,
                {"invoice_ref": ref, "received_on": day},
                ("ashby", ref, "", ""),
                (Problem(row, "received_on", day, "a day there is", "Correct the date."),),
            )
            for row, ref, day in wrong
        )
        staged = replace(staged, set_aside=aside, rows_read=len(lines))
        return load(ledger, staged, ORIGIN)

    return loader


def test_a_row_with_a_problem_is_set_aside_and_the_rest_loads(ledger, upload):
    loaded = upload(GOOD, BAD)
    assert (loaded.counts.new, loaded.counts.quarantined) == (1, 1)
    assert standing(ledger, "payment", "invoice_ref") == [("1",)]
    [row] = set_aside(ledger)
    assert (row.batch, row.table, row.row) == (1, "payment", 3)
    assert row.cells["received_on"] == "2022-09-31"
    [problem] = row.problems
    assert (problem.row, problem.column, problem.found) == (3, "received_on", "2022-09-31")
    assert problem.expected
    assert problem.fix


def test_the_same_file_twice_lists_its_row_once(ledger, upload):
    upload(GOOD, BAD)
    upload(GOOD, BAD)
    assert len(set_aside(ledger)) == 1


def test_a_later_row_of_the_same_key_mends_it(ledger, upload):
    upload(GOOD, BAD)
    upload(MENDED)
    assert set_aside(ledger) == []


def test_a_row_of_another_key_does_not_mend_it(ledger, upload):
    upload(GOOD, BAD)
    upload(("3", "2022-09-30"))
    assert len(set_aside(ledger)) == 1


def test_it_waits_again_when_the_mending_batch_is_undone(ledger, upload):
    upload(GOOD, BAD)
    mended = upload(MENDED).batch
    undoing = undo(ledger, mended, "me").batch
    assert [row.row for row in set_aside(ledger)] == [3]
    undo(ledger, undoing, "me")
    assert set_aside(ledger) == []


def test_undoing_the_batch_that_set_it_aside_takes_it_off_the_list(ledger, upload):
    first = upload(GOOD, BAD).batch
    undo(ledger, first, "me")
    assert set_aside(ledger) == []


def test_a_row_set_aside_twice_still_waits_when_the_first_upload_is_undone(ledger, upload):
    first = upload(GOOD, BAD).batch
    second = upload(GOOD, BAD).batch
    undo(ledger, first, "me")
    assert [row.batch for row in set_aside(ledger)] == [second]
