"""Their headings against ours."""

from __future__ import annotations

import pytest

from civic_metrics.contracts import contract, contracts
from civic_metrics.intake import Refused, Sheet, match, propose, stage, suggest_table
from tests.intake.support import KNOWN

PAYMENT = contract("payment")


def test_headings_match_by_name_and_alias_whatever_their_case_and_punctuation():
    found = match(["Supplier-Name", "INVOICE_NO.", "Date  Paid", "Amount (£)", "Notes"], PAYMENT)
    assert found.pairs == {
        "payee": "Supplier-Name",
        "invoice_ref": "INVOICE_NO.",
        "paid_on": "Date  Paid",
        "amount": "Amount (£)",
    }
    assert found.ignored == ("Notes",)
    assert [m.how for m in found.matches] == ["alias", "alias", "alias", "named so", "ignored"]


def test_another_name_never_takes_a_column_from_its_own_name():
    found = match(["id", "name", "partnership", "project"], contract("partnership"))
    assert found.pairs == {"partnership": "partnership", "name": "name"}
    assert found.ignored == ("id", "project")


def test_what_a_person_chooses_wins_and_what_they_leave_out_stays_out():
    found = match(
        ["payee", "who", "paid", "amount", "total"],
        PAYMENT,
        {"who": "payee", "payee": "", "amount": "ignore"},
    )
    assert found.pairs == {"payee": "who", "paid_on": "paid", "amount": "total"}
    assert found.ignored == ("payee", "amount")


def test_two_columns_for_one_of_ours_need_a_choice_before_anything_loads():
    header = ["payee", "paid", "Total", "Value"]
    found = match(header, PAYMENT)
    assert found.competing == {"amount": ("Total", "Value")}
    with pytest.raises(Refused, match="“Total” and “Value” could each be “amount”"):
        stage(Sheet.of(header, [["a", "b", "c", "d"]]), PAYMENT, found, KNOWN)
    assert match(header, PAYMENT, {"Value": "amount"}).competing == {}


def test_a_repeated_heading_competes_with_the_first():
    assert propose(["amount", "amount (2)"], PAYMENT).competing == {
        "amount": ("amount", "amount (2)")
    }


def test_slips_in_what_a_person_chose_are_all_named_with_what_was_probably_meant():
    with pytest.raises(Refused) as refused:
        match(["payee", "amonut"], PAYMENT, {"amuont": "amount", "payee": "paye"})
    assert "Did you mean “amonut”?" in str(refused.value)
    assert "Did you mean “payee”?" in str(refused.value)


def test_choosing_one_column_twice_or_beside_a_constant_is_refused():
    with pytest.raises(Refused, match="Two of your columns"):
        match(["a", "b"], PAYMENT, {"a": "payee", "b": "payee"})
    with pytest.raises(Refused, match="one value for every row"):
        match(["a", "paid", "amount"], PAYMENT, {"a": "payee"}, {"payee": "org-a"})


def test_columns_that_are_lacking_are_all_named_at_once():
    with pytest.raises(Refused, match="“payee”, “amount” and one of “received_on” or “paid_on”"):
        match(["invoice"], PAYMENT)


def test_a_sheet_of_which_nothing_matches_is_refused_with_what_was_expected():
    with pytest.raises(Refused, match="None of the columns is one of payments"):
        match(["colour", "shape"], PAYMENT)


def test_a_column_called_hours_says_its_unit():
    header = ["ref", "project", "role", "date", "Hours"]
    assert match(header, contract("contribution")).constants == {"unit": "hour"}
    given = match([*header, "unit"], contract("contribution"))
    assert given.constants == {}


@pytest.mark.parametrize("name", contracts())
def test_a_sheet_with_all_the_headings_of_a_table_is_taken_for_it(name):
    header = [column.name for column in contract(name).columns]
    assert suggest_table(Sheet.of(header, [])) == name


def test_a_sheet_that_fits_no_table_gets_no_suggestion():
    assert suggest_table(Sheet.of(["colour", "id"], [])) is None


def test_the_name_of_the_file_tells_two_tables_apart():
    sheet = Sheet.of(["identifier", "name"], [])
    assert suggest_table(sheet, "partnerships_2024.csv") == "partnership"
    assert suggest_table(sheet, "Organisations.xlsx") == "organisation"
