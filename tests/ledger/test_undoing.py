"""Undo, in any order: what stands is what a ledger that never loaded the batch would hold."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest

from civic_metrics.ledger import LedgerError, Origin, Stub, batches, undo, undoing
from civic_metrics.ledger import load as load_staged
from civic_metrics.ledger import open_ledger as open_at
from tests.ledger.reading import pointing_at_nothing, standing
from tests.rows import load_rows, stage_rows


def say(ledger, amount, **more):
    row = {"payee": "a", "invoice_ref": "1", "amount": amount, **more}
    return load_rows(ledger, "payment", [row])


def amounts(ledger):
    return [int(amount) for (amount,) in standing(ledger, "payment", "amount")]


@pytest.fixture
def three(ledger):
    """Batches 1, 2 and 3 change one row 100 -> 200 -> 300."""
    for amount in (100, 200, 300):
        say(ledger, amount)
    return ledger


def test_undoing_the_second_the_third_then_the_first(three):
    undo(three, 2, "me")
    assert amounts(three) == [300]
    undo(three, 3, "me")
    assert amounts(three) == [100]
    undo(three, 1, "me")
    assert amounts(three) == []


# What is left of 100 -> 200 -> 300: the newest of those not undone.
@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_after_each_undo_the_newest_of_the_rest_stands(three, order):
    left = {1, 2, 3}
    for batch in order:
        undo(three, batch, "me")
        left.remove(batch)
        assert amounts(three) == ([100 * max(left)] if left else [])


def test_undoing_an_undo_puts_the_batch_back_in_its_old_place(three):
    taken_back = undo(three, 2, "me").batch
    undo(three, 3, "me")
    assert amounts(three) == [100]
    undo(three, taken_back, "me")
    assert amounts(three) == [200]


def test_undoing_the_undo_of_an_undo_takes_the_batch_back_again(three):
    first = undo(three, 3, "me").batch
    second = undo(three, first, "me").batch
    assert amounts(three) == [300]
    undo(three, second, "me")
    assert amounts(three) == [200]


def test_undoing_twice_is_refused_with_the_number_that_did_it(three):
    undo(three, 2, "me")
    with pytest.raises(LedgerError, match="Upload 2 was undone already, by number 4"):
        undo(three, 2, "me")
    assert len(batches(three)) == 4


def test_undoing_what_was_never_loaded_is_refused(ledger):
    with pytest.raises(LedgerError, match="There is no upload 7"):
        undo(ledger, 7, "me")


def test_a_batch_can_be_undone_again_after_its_undo_was_undone(three):
    undo(three, undo(three, 3, "me").batch, "me")
    undo(three, 3, "me")
    assert amounts(three) == [200]


def test_an_undo_says_what_it_took_out_put_back_and_left(ledger):
    load_rows(ledger, "bank_rate", [_bank_rate("2024-06-30", 5.25)])
    both = [_bank_rate("2024-06-30", 5.0), _bank_rate("2024-12-31", 4.75)]
    load_rows(ledger, "bank_rate", both)
    load_rows(ledger, "bank_rate", both[1:])
    undone = undo(ledger, 2, "me")
    # The row of June goes back to 5.25; the one of December stands by the third upload.
    assert (undone.removed, undone.put_back, undone.unchanged) == (0, 1, 1)
    assert standing(ledger, "bank_rate", "bank_rate") == [(4.75,), (5.25,)]
    assert undo(ledger, 3, "me").removed == 1


def _bank_rate(day, rate):
    more = {"statutory_rate": rate + 8, "applies_from": day, "applies_to": day}
    return {"ref_date": day, "bank_rate": rate, **more}


def test_a_preview_of_an_undo_counts_and_changes_nothing(three):
    before = standing(three, "payment")
    assert undo(three, 3, "me", keep=False).put_back == 1
    assert (standing(three, "payment"), len(batches(three))) == (before, 3)


def test_a_cell_cleared_by_a_batch_comes_back_when_it_is_undone(ledger):
    say(ledger, 100, channel="portal")
    say(ledger, 100, channel=None)
    undo(ledger, 2, "me")
    assert standing(ledger, "payment", "channel") == [("portal",)]


def test_each_cell_goes_back_to_the_batch_that_last_spoke_of_it(ledger):
    say(ledger, 100, channel="portal")
    say(ledger, 200)
    say(ledger, 200, channel="post")
    undo(ledger, 1, "me")
    undo(ledger, 3, "me")
    # Only the second is left, and it said nothing of the channel.
    assert standing(ledger, "payment", "amount", "channel") == [(Decimal(200), None)]


def test_an_unchanged_row_stands_when_the_batch_that_said_it_first_is_undone(ledger):
    say(ledger, 100)
    say(ledger, 100)
    undo(ledger, 1, "me")
    assert amounts(ledger) == [100]


def test_a_row_put_back_remembers_the_file_it_came_from(three):
    undo(three, 3, "me")
    assert standing(three, "payment", "_batch", "_origin_batch", "_row") == [(4, 2, 2)]


def test_a_failure_in_the_middle_of_an_undo_leaves_all_as_it_was(three, monkeypatch):
    before = standing(three, "payment")

    def fail(*_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(undoing, "_recompute", fail)
    with pytest.raises(RuntimeError):
        undo(three, 2, "me")
    assert (standing(three, "payment"), len(batches(three))) == (before, 3)


def pay_ashby(ledger, ref):
    """An invoice of somebody the records may not know yet."""
    row = {"payee": "ashby", "invoice_ref": ref, "amount": 10}
    stub = Stub("organisation", "ashby", "Ashby Food Bank")
    staged = replace(stage_rows("payment", [row]), stubs=(stub,))
    return load_staged(ledger, staged, Origin(who="me", file_name="p.csv", content=b"")).batch


def test_a_name_added_without_details_stays_while_another_batch_uses_it(ledger):
    first, second = pay_ashby(ledger, "1"), pay_ashby(ledger, "2")
    [(name, is_stub)] = standing(ledger, "organisation", "name", "_stub")
    assert (name, is_stub) == ("Ashby Food Bank", True)
    undo(ledger, first, "me")
    assert standing(ledger, "organisation", "name") == [("Ashby Food Bank",)]
    assert pointing_at_nothing(ledger) == []
    undo(ledger, second, "me")
    assert standing(ledger, "organisation", "name") == []


def test_undoing_the_details_of_an_organisation_leaves_its_name_while_it_is_used(ledger):
    details = {"organisation": "a", "name": "Ashby", "kind": "charity"}
    load_rows(ledger, "organisation", [details])
    say(ledger, 100)
    undo(ledger, 1, "me")
    named = standing(ledger, "organisation", "organisation", "name", "kind", "_stub")
    assert named == [("a", "Ashby", None, True)]
    assert pointing_at_nothing(ledger) == []


def test_undoing_the_batch_that_added_a_name_leaves_its_details(ledger):
    say(ledger, 100)
    details = {"organisation": "a", "name": "Ashby", "kind": "charity"}
    load_rows(ledger, "organisation", [details])
    undo(ledger, 1, "me")
    assert standing(ledger, "organisation", "name", "kind") == [("Ashby", "charity")]


def test_an_undo_outlives_a_restart(three):
    undo(three, 3, "me")
    three.close()
    again = open_at(three.path)
    assert amounts(again) == [200]
    assert again.id == three.id
    again.close()


def test_undo_redo_undo_redo_leaves_the_row_standing(ledger, load):
    first = load("organisation", {"organisation": "a", "name": "A"})
    for _ in range(2):
        taken_back = undo(ledger, first, "me")
        undo(ledger, taken_back.batch, "me")
    assert standing(ledger, "organisation", "organisation") == [("a",)]
