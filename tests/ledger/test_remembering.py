"""What the records remember for the next file: matchings, days, codes, people, rows to mend."""

import re
from dataclasses import replace
from datetime import date

import pytest

from civic_metrics.ledger import (
    CodeRow,
    Origin,
    Period,
    Problem,
    Remembered,
    SetAside,
    Stub,
    batches,
    individuals,
    known_codes,
    load,
    loaded_periods,
    pseudonym_of,
    remembered,
    set_aside,
    undo,
)
from tests.ledger.reading import standing
from tests.rows import load_rows, stage_rows

ORIGIN = Origin(who="me", file_name="p.csv", content=b"x", source="finance")


def invoice(ref="1", **more):
    return {"payee": "a", "invoice_ref": ref, "amount": 10, **more}


def take_in(ledger, *rows, table="payment", aside=(), stubs=(), **origin):
    staged = stage_rows(table, rows)
    staged = replace(staged, set_aside=aside, rows_read=len(rows) + len(aside), stubs=stubs)
    return load(ledger, staged, replace(ORIGIN, **origin)).batch


def aside(row, text, key=None):
    problem = Problem(row, "amount", text, "a number", "Correct it.")
    return SetAside("s", row, {"Amount": text}, key, (problem,))


def test_how_a_file_of_that_shape_was_read_is_remembered_from_the_newest(ledger):
    take_in(ledger, invoice(), shape="s1", matching={"payee": "Supplier"})
    take_in(
        ledger,
        invoice(),
        shape="s1",
        matching={"payee": "Vendor"},
        constants={"kind": "grant"},
        declared={"vat": "gross"},
        source="grants",
    )
    take_in(ledger, invoice(), shape="s2")
    newest = Remembered(
        2, "payment", "grants", {"payee": "Vendor"}, {"kind": "grant"}, {"vat": "gross"}
    )
    assert remembered(ledger, "s1") == newest
    undo(ledger, 2, "me")
    assert remembered(ledger, "s1").matching == {"payee": "Supplier"}


def test_one_sheet_that_fills_two_tables_is_remembered_for_each(ledger):
    take_in(ledger, invoice(), shape="s1")
    take_in(ledger, {"organisation": "a", "name": "A"}, table="organisation", shape="s1")
    assert remembered(ledger, "s1").table == "organisation"
    assert remembered(ledger, "s1", "payment").batch == 1


def test_a_file_of_no_shape_or_an_unknown_one_is_like_none_before(ledger):
    take_in(ledger, invoice())
    assert remembered(ledger, "") is None
    assert remembered(ledger, "s9") is None


def test_history_keeps_what_was_declared_and_edited(ledger):
    edits = ((4, "Amount", "10"), (7, "Payee", "Ashby"))
    take_in(ledger, invoice(), shape="s1", edits=edits, declared={"vat": "net"})
    [one] = batches(ledger)
    assert (one.shape, one.edits, one.declared) == ("s1", edits, {"vat": "net"})


def test_the_days_each_upload_has_rows_of(ledger):
    rows = (
        invoice("1", received_on="2024-01-05", paid_on="2024-03-01"),
        invoice("2", received_on=None, paid_on="2024-02-10"),
    )
    take_in(ledger, *rows)
    take_in(ledger, invoice("3"), file_name="q.csv", source="cards")
    undone = take_in(ledger, invoice("4", received_on="2020-01-01"))
    undo(ledger, undone, "me")
    assert loaded_periods(ledger, "payment") == [
        Period(1, "p.csv", "finance", date(2024, 1, 5), date(2024, 2, 10), 2),
        Period(2, "q.csv", "cards", None, None, 1),
    ]
    assert loaded_periods(ledger, "membership") == []


def test_codes_are_known_with_what_they_stand_for_or_that_it_is_nothing(ledger):
    rows = [
        ("project", "RX1", "partnership", "p", None),
        ("cost centre", "C9", "not a partnership", None, None),
        ("supplier", "77", "organisation", None, "a"),
        ("supplier", "78", "not an organisation", None, None),
    ]
    names = ("system", "code", "meaning", "partnership", "organisation")
    load_rows(ledger, "code", [dict(zip(names, row, strict=True)) for row in rows])
    assert known_codes(ledger) == {
        "partnership": (CodeRow("cost centre", "C9", None), CodeRow("project", "RX1", "p")),
        "organisation": (CodeRow("supplier", "77", "a"), CodeRow("supplier", "78", None)),
    }


def test_a_person_met_in_a_file_is_one_from_the_first_write(ledger):
    stub = Stub("organisation", "person-1", "person-1", is_individual=True)
    first = take_in(ledger, invoice(payee="person-1"), stubs=(stub,))
    second = take_in(ledger, invoice("2", payee="person-1"))
    assert individuals(ledger) == {"person-1"}
    undo(ledger, first, "me")
    assert individuals(ledger) == {"person-1"}
    undo(ledger, second, "me")
    assert standing(ledger, "organisation", "organisation") == []


def test_undoing_the_details_of_a_person_leaves_a_person(ledger):
    take_in(
        ledger,
        {"organisation": "p", "name": "p", "is_individual": True},
        table="organisation",
    )
    take_in(ledger, invoice(payee="p"))
    undo(ledger, 1, "me")
    named = standing(ledger, "organisation", "organisation", "is_individual", "_stub")
    assert named == [("p", True, True)]


def test_an_organisation_met_in_a_file_is_not_said_to_be_none(ledger):
    take_in(ledger, invoice())
    assert standing(ledger, "organisation", "is_individual") == [(None,)]
    assert individuals(ledger) == frozenset()


@pytest.mark.parametrize(
    "spelling", ["jane smith", "JANE  SMITH", " Jane Smith. ", "Jane-Smith", "Jáne Smith"]
)
def test_a_pseudonym_is_the_same_however_the_name_is_written(spelling):
    assert pseudonym_of(spelling, "key") == pseudonym_of("Jane Smith", "key")


def test_a_pseudonym_differs_between_names_and_between_stores():
    assert re.fullmatch(r"person-[0-9a-f]{10}", pseudonym_of("Jane Smith", "key"))
    assert pseudonym_of("Jane Smith", "key") != pseudonym_of("Jane Smyth", "key")
    assert pseudonym_of("Jane Smith", "key") != pseudonym_of("Jane Smith", "another")


def test_a_row_set_aside_can_be_loaded_again_as_its_file_was_and_is_mended_by_name(ledger):
    day = date(2024, 3, 31)
    take_in(
        ledger,
        aside=(aside(3, "x"), aside(4, "y")),
        matching={"amount": "Amount"},
        constants={"payee": "a"},
        declared={"vat": "net"},
        complete_to=day,
    )
    first, second = set_aside(ledger)
    assert (first.id, first.file_name, first.source) == ("1:s:3", "p.csv", "finance")
    assert (first.matching, first.constants) == ({"amount": "Amount"}, {"payee": "a"})
    assert (first.declared, first.complete_to) == ({"vat": "net"}, day)
    take_in(ledger, invoice(), file_name="mended in the page", mends=(first.id,))
    assert [row.id for row in set_aside(ledger)] == [second.id]
    undo(ledger, 2, "me")
    assert len(set_aside(ledger)) == 2


def test_mending_a_row_that_was_set_aside_twice_mends_both(ledger):
    for _ in range(2):
        take_in(ledger, aside=(aside(3, "x"),))
    [row] = set_aside(ledger)
    take_in(ledger, invoice(), file_name="mended in the page", mends=(row.id,))
    assert set_aside(ledger) == []


def test_a_mended_row_that_is_still_wrong_waits_once(ledger):
    take_in(ledger, aside=(aside(3, "x"),))
    [row] = set_aside(ledger)
    take_in(ledger, aside=(aside(3, "still x"),), mends=(row.id,))
    assert [(row.batch, row.cells) for row in set_aside(ledger)] == [(2, {"Amount": "still x"})]


def test_one_row_of_a_sheet_may_be_set_aside_as_several_of_ours(ledger):
    take_in(ledger, aside=(aside(3, "x"), aside(3, "y")))
    assert [row.id for row in set_aside(ledger)] == ["1:s:3", "1:s:3:2"]


def test_what_an_erasure_left_of_what_was_said_is_not_offered_again(ledger):
    said = {"kind": "grant", "payee": "erased-1a2b3c4d", "channel": "[erased]"}
    take_in(ledger, invoice(), shape="s", constants=said)
    assert remembered(ledger, "s").constants == {"kind": "grant"}
