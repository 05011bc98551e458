"""Rows checked against the records and each other; every one accounted for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from civic_metrics.contracts import contract
from civic_metrics.intake import Known, Refused
from civic_metrics.ledger.batch import ReadAs, Severity, Stub
from tests.intake.support import KNOWN, TODAY, adds_up, column, payments, problems, staged


def test_a_clean_payment_arrives_typed_with_its_sheet_and_row():
    result = payments('org-a,I1,01/02/2024,2024-02-20,"£1,200.50"')
    assert result.rows.to_pylist() == [
        {
            "payee": "org-a",
            "invoice_ref": "I1",
            "received_on": date(2024, 2, 1),
            "paid_on": date(2024, 2, 20),
            "amount": Decimal("1200.50"),
            "currency": "GBP",  # the cell says £
            "_sheet": "",
            "_row": 2,
        }
    ]
    assert result.rows.schema.field("amount").type == pa.decimal128(18, 2)
    assert (result.set_aside, result.warnings) == ((), ())
    assert result.latest_on == date(2024, 2, 20)


def test_a_row_is_set_aside_with_all_its_problems_and_the_others_load():
    result = payments("org-a,I1,2024-02-01,,5", "nobody,I2,2022-09-31,,TBC")
    assert column(result, "invoice_ref") == ["I1"]
    assert problems(result) == [
        (3, "payee", "nobody"),
        (3, "received_on", "2022-09-31"),
        (3, "amount", "TBC"),
    ]
    (aside,) = result.set_aside
    assert aside.cells["invoice_ref"] == "I2"
    assert aside.key is None
    assert adds_up(result)


def test_problems_name_the_headings_of_the_file():
    result = staged("payment", "Supplier,Date Paid,Total\norg-a,X,5\n")
    assert problems(result) == [(2, "Date Paid", "X")]


def test_a_payment_neither_received_nor_paid_is_set_aside_under_its_key():
    result = payments("org-a,I1,,,5")
    assert "received or a day paid" in result.set_aside[0].problems[0].expected
    assert result.set_aside[0].key == ("org-a", "I1", "", "")


def test_paid_before_received_is_wrong_only_for_supply_with_no_agreed_advance():
    header = "payee,invoice_ref,received_on,paid_on,amount,kind,is_advance_agreed"
    result = payments(
        "org-a,I1,2024-02-10,2024-02-01,5,supply,",
        "org-a,I2,2024-02-10,2024-02-01,5,supply,yes",
        "org-a,I3,2024-02-10,2024-02-01,5,grant,no",
        "org-a,I4,2024-02-10,2024-02-01,5,,",
        header=header,
    )
    assert problems(result) == [(2, "paid_on", "2024-02-01 (received_on 2024-02-10)")]
    assert [(w.row, "in advance" in w.fix) for w in result.warnings] == [
        (3, True), (4, True), (5, True),
    ]  # fmt: skip


def test_a_credit_note_is_kept_and_said():
    result = payments("org-a,C1,2024-02-01,,-20")
    assert column(result, "amount") == [Decimal("-20.00")]
    (warning,) = result.warnings
    assert (warning.severity, "credit note" in warning.fix) == (Severity.WARNING, True)


def test_a_day_to_come_cannot_have_happened_but_can_be_due():
    header = "payee,invoice_ref,received_on,due_on,amount"
    result = payments("org-a,I1,2024-07-01,,5", "org-a,I2,2024-06-30,2024-07-30,5", header=header)
    assert problems(result) == [(2, "received_on", "2024-07-01")]


def test_rows_alike_count_once_and_rows_that_disagree_are_set_aside_naming_each_other():
    result = payments(
        "org-a,I1,2024-02-01,,5",
        "org-a,I1,2024-02-01,,5.00",
        "org-a,I2,2024-02-01,,5",
        "org-a,I2,2024-02-02,,5",
    )
    assert (result.rows.num_rows, result.repeated) == (1, 1)
    assert [a.row for a in result.set_aside] == [4, 5]
    first, second = (a.problems[0].expected for a in result.set_aside)
    assert "row 5 has the same key but differs in received_on" in first
    assert "row 4 has the same key" in second
    assert adds_up(result)


def test_a_good_row_waits_where_another_of_its_key_is_wrong():
    result = payments("org-a,I1,2024-02-01,,5", "org-a,I1,2024-02-01,,TBC")
    assert [a.row for a in result.set_aside] == [2, 3]
    assert adds_up(result)


def test_payments_without_any_number_get_one_that_tells_like_rows_apart():
    rows = ("org-a,,2024-02-01,,5", "org-a,,2024-02-01,,5", "org-b,,2024-02-01,,5")
    result = payments(*rows)
    first, second, third = column(result, "invoice_ref")
    assert first.startswith("no number ")
    assert first.endswith(" 1")
    assert second == first[:-1] + "2"
    assert third[:-1] != first[:-1]
    assert result.repeated == 0


def test_the_number_made_for_a_payment_stays_when_it_is_paid_later():
    before = payments("org-a,,2024-02-01,,5")
    after = payments("org-a,,2024-02-01,2024-03-01,5")
    assert column(before, "invoice_ref") == column(after, "invoice_ref")


def test_a_payment_number_alone_is_number_enough():
    result = staged("payment", "payee,payment_ref,paid_on,amount\norg-a,T1,2024-02-01,5\n")
    assert result.columns == ("payee", "payment_ref", "paid_on", "amount")


def test_a_name_is_found_in_any_spelling_and_one_that_fits_two_is_asked_about():
    result = payments(
        "ashby food bank LIMITED,I1,2024-02-01,,5",
        "Burton and District Youth,I2,2024-02-01,,5",
        "ORG-A,I3,2024-02-01,,5",
        "The Hub,I4,2024-02-01,,5",
    )
    assert column(result, "payee") == ["org-a", "org-b", "org-a"]
    assert "org-c1 and org-c2 share this name" in result.set_aside[0].problems[0].expected


def test_an_unknown_name_comes_with_the_nearest_and_what_to_do():
    result = payments("Ashby Food Bnak,I1,2024-02-01,,5")
    fix = result.set_aside[0].problems[0].fix
    assert "Did you mean “Ashby Food Bank Ltd”?" in fix
    assert "have names the records do not know added without details" in fix
    assert "--" not in fix, "words that serve the page too name no option"


def test_unknown_names_are_added_without_details_where_asked_and_only_if_used():
    text = (
        "payee,invoice_ref,received_on,amount,partnership\n"
        "Café Zoë & Sons,I1,2024-02-01,5,UNKNOWN\n"
        "CAFE ZOE AND SONS,I2,2024-02-01,5,P9\n"
        "Org A,I3,2024-02-01,5,Healthy Streets\n"
        "Never Loaded,I4,,5,\n"
    )
    result = staged("payment", text, create_missing=True)
    assert result.stubs == (
        Stub("organisation", "cafe-zoe-and-sons", "Café Zoë & Sons"),
        Stub("organisation", "org-a-2", "Org A"),
        Stub("partnership", "P9", "P9"),
    )
    assert column(result, "payee") == ["cafe-zoe-and-sons", "cafe-zoe-and-sons", "org-a-2"]
    assert column(result, "partnership") == [None, "P9", "P1"]
    missing = ReadAs("partnership", "'UNKNOWN' read as missing", 1, (("UNKNOWN", "(empty)"),))
    assert missing in result.read_as


def test_places_are_known_by_code_or_name_followed_when_withdrawn_and_never_added():
    text = (
        "partnership,place\nP1,E08000003\nP1,sheffield\nP2,E08000019\nP2,E99999999\nP2,Atlantis\n"
    )
    result = staged("footprint", text, create_missing=True)
    assert column(result, "place") == ["E08000003", "E08000039", "E08000039"]
    (warning,) = result.warnings
    assert "E08000019 Sheffield is now E08000039" in warning.expected
    assert [p[0] for p in problems(result)] == [5, 6]
    assert result.stubs == ()


def test_an_end_before_the_start_is_wrong_only_where_it_must_be():
    header = "partnership,name,started_on,ended_on\n"
    result = staged(
        "partnership",
        header
        + "A,a,2021-05-01,2021-04-30\nB,b,2021-05-01,2021\nC,c,2021,2021-03\nD,d,2021,2020\n",
    )
    assert [(p[0], p[1]) for p in problems(result)] == [(2, "ended_on"), (5, "ended_on")]


def test_a_year_still_running_has_come():
    result = staged("partnership", "partnership,name,started_on\nA,a,2024\nB,b,2025\n")
    assert column(result, "partnership") == ["A"]


def test_a_register_may_bring_some_columns_of_what_is_known_already():
    result = staged("partnership", "partnership,stage\nP1,active\nP7,active\n")
    assert column(result, "partnership") == ["P1"]
    assert "add name to the file" in result.set_aside[0].problems[0].fix


def contributions(*rows: str):
    header = "contribution_ref,partnership,role_group,worked_on,quantity,unit,hours_per_day"
    return staged("contribution", "\n".join((header, *rows)) + "\n")


def test_more_than_24_hours_on_one_day_are_kept_with_a_note_and_fewer_than_none_are_not():
    result = contributions(
        "c1,P1,partner,2024-02-01,25,hour,",
        "c2,P1,partner,2024-02-01,24,hour,",
        "c3,P1,partner,2024-02-01,3,day,",
        "c4,P1,partner,2024-02-01,4,day,",
        "c5,P1,partner,2024-02-01,6,half day,8",
        "c6,P1,partner,2024-02-01,7,half day,8",
        "c7,P1,partner,2024-02-01,-1,hour,",
    )
    assert [w.row for w in result.warnings if "24 hours" in w.expected] == [2, 5, 7]
    assert [aside.row for aside in result.set_aside] == [8]


def test_a_session_of_unknown_length_is_kept_and_said():
    result = contributions("c1,P1,partner,2024-02-01,2,session,")
    assert column(result, "quantity") == [2.0]
    assert "hours in a session" in result.warnings[0].expected


def test_one_value_for_every_row_is_read_like_a_cell_and_refused_at_once_where_it_cannot_be():
    text = "payee,invoice_ref,paid_on,amount\norg-a,I1,2024-02-01,5\norg-a,I2,2024-02-01,5\n"
    result = staged("payment", text, constants={"currency": "xxx", "payee_role": "Not known"})
    assert column(result, "currency") == ["XXX", "XXX"]
    assert column(result, "payee_role") == ["not known", "not known"]
    assert result.columns[-2:] == ("currency", "payee_role")
    with pytest.raises(Refused, match="cannot be the currency of every row"):
        staged("payment", text, constants={"currency": "pounds"})


def test_the_stored_columns_come_in_the_order_of_the_table():
    text = "ended_on,started_on,name,partnership\n,2021,Streets,P1\n"
    result = staged("partnership", text)
    layout = contract("partnership")
    assert result.columns == ("partnership", "name", "started_on", "ended_on")
    stored = layout.stored_of(result.columns)
    assert tuple(result.rows.column_names) == (*stored, "_sheet", "_row")


def test_no_message_speaks_of_the_house():
    known = Known(today=TODAY)
    text = "payee,invoice_ref,received_on,amount,kind\nx,I1,2022-02-30,TBC,gift\n"
    result = staged("payment", text, known=known)
    said = " ".join(f"{p.expected} {p.fix}" for p in result.problems).lower()
    for word in ("stub", "quarantine", "ledger", "batch", "contract", "exception", "null", "cast"):
        assert word not in said
    assert KNOWN.today == TODAY
