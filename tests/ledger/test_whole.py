"""A file that is the whole record of its source: rows it lacks are closed, and listed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from civic_metrics.ledger import (
    Change,
    LedgerError,
    Origin,
    Problem,
    SetAside,
    Whole,
    batches,
    load,
    undo,
)
from tests.ledger.reading import standing
from tests.rows import load_rows, stage_rows

JANUARY = Whole("paid_on", date(2024, 1, 1), date(2024, 1, 31))


def paid(ref, day="2024-01-10", amount=100, **more):
    return {"payee": "a", "invoice_ref": ref, "paid_on": day, "amount": amount, **more}


def take_in(ledger, rows, *, source="finance", whole=None, set_aside=(), keep=True):
    staged = stage_rows("payment", rows)
    staged = replace(staged, set_aside=set_aside, rows_read=len(rows) + len(set_aside))
    origin = Origin(who="me", file_name="p.csv", content=b"", sheet="", source=source, whole=whole)
    return load(ledger, staged, origin, keep=keep)


def refs(ledger):
    return [ref for (ref,) in standing(ledger, "payment", "invoice_ref")]


def set_aside_row(key):
    problem = Problem(9, "amount", "x", "a number", "Correct it.")
    return SetAside("sheet", 9, {"amount": "x"}, key, (problem,))


def test_rows_it_lacks_are_closed_and_listed(ledger):
    take_in(ledger, [paid("1"), paid("2"), paid("3")])
    effect = take_in(ledger, [paid("2")], whole=Whole())
    assert refs(ledger) == ["2"]
    assert (effect.closed, effect.counts.unchanged, effect.counts.rows_read) == (2, 1, 1)
    assert effect.changes == tuple(
        Change(("a", ref, "", ""), None, None, None, None) for ref in ("1", "3")
    )
    assert batches(ledger)[-1].whole == Whole()
    assert batches(ledger)[-1].closed == 2


def test_of_a_period_only_the_rows_of_that_period_are_closed(ledger):
    take_in(ledger, [paid("jan"), paid("feb", "2024-02-01"), paid("no day", None)])
    effect = take_in(ledger, [paid("new")], whole=JANUARY)
    assert refs(ledger) == ["feb", "new", "no day"]
    assert effect.closed == 1
    assert batches(ledger)[-1].whole == JANUARY


def test_rows_of_another_source_stay(ledger):
    take_in(ledger, [paid("1")], source="cards")
    take_in(ledger, [paid("2")])
    take_in(ledger, [paid("3")], whole=Whole())
    assert refs(ledger) == ["1", "3"]


def test_a_row_another_source_speaks_of_too_stands_by_that_sources_words(ledger):
    take_in(ledger, [paid("1", amount=70)], source="cards")
    take_in(ledger, [paid("1", amount=100)])
    effect = take_in(ledger, [paid("2")], whole=Whole())
    assert standing(ledger, "payment", "invoice_ref", "amount") == [
        ("1", Decimal(70)),
        ("2", Decimal(100)),
    ]
    assert effect.closed == 0
    assert effect.changes == (Change(("a", "1", "", ""), None, "amount", "100.00", "70.00"),)


def test_a_row_set_aside_in_the_file_is_not_lacking(ledger):
    take_in(ledger, [paid("1"), paid("2")])
    take_in(ledger, [paid("3")], whole=Whole(), set_aside=(set_aside_row(("a", "1", "", "")),))
    assert refs(ledger) == ["1", "3"]


def test_a_row_whose_key_cannot_be_read_refuses_the_whole_record(ledger):
    take_in(ledger, [paid("1")])
    with pytest.raises(LedgerError, match=r"\(row 9\).*Mend those rows first"):
        take_in(ledger, [paid("3")], whole=Whole(), set_aside=(set_aside_row(None),))
    assert refs(ledger) == ["1"]


def test_undoing_it_puts_the_rows_back_and_redoing_it_closes_them_again(ledger):
    take_in(ledger, [paid("1"), paid("2")])
    take_in(ledger, [paid("2")], whole=Whole())
    undone = undo(ledger, 2, "me")
    assert refs(ledger) == ["1", "2"]
    assert undone.put_back == 1
    assert undo(ledger, undone.batch, "me").removed == 1
    assert refs(ledger) == ["2"]


def test_a_row_that_comes_again_later_stands_and_remembers_nothing_from_before(ledger):
    take_in(ledger, [paid("1", channel="post")])
    take_in(ledger, [paid("2")], whole=Whole())
    take_in(ledger, [paid("1", amount=5)])
    assert standing(ledger, "payment", "invoice_ref", "amount", "channel") == [
        ("1", Decimal(5), None),
        ("2", Decimal(100), None),
    ]


def test_an_upload_redone_after_a_whole_record_stays_closed_by_it(ledger):
    take_in(ledger, [paid("1")])
    taken_back = undo(ledger, 1, "me").batch
    take_in(ledger, [paid("2")], whole=Whole())
    undo(ledger, taken_back, "me")
    assert refs(ledger) == ["2"]
    undo(ledger, 3, "me")
    assert refs(ledger) == ["1"]


def test_an_organisation_no_longer_in_the_register_keeps_its_name_while_it_is_paid(ledger):
    both = [{"organisation": key, "name": key.upper(), "kind": "charity"} for key in "ab"]
    load_rows(ledger, "organisation", both)
    take_in(ledger, [paid("1")])
    load_rows(ledger, "organisation", both[1:], whole=Whole())
    named = standing(ledger, "organisation", "organisation", "name", "kind", "_stub")
    assert named == [("a", "A", None, True), ("b", "B", "charity", False)]


def test_a_preview_lists_the_rows_and_closes_none(ledger):
    take_in(ledger, [paid("1")])
    assert take_in(ledger, [paid("2")], whole=Whole(), keep=False).closed == 1
    assert refs(ledger) == ["1"]


def test_a_date_the_table_has_not_got_is_refused(ledger):
    with pytest.raises(LedgerError, match="Payments have no date called “began_on”"):
        take_in(ledger, [paid("1")], whole=Whole("began_on"))
