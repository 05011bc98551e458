"""Their headings against ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from civic_metrics.contracts import Contract, contract
from civic_metrics.intake.matching import Matching, match, missing_columns, propose, shape_of
from civic_metrics.intake.matching.claims import Sureness
from civic_metrics.intake.matching.deciding import Match
from civic_metrics.intake.sheet import Refused, Sheet

SURE, LIKELY, POSSIBLE = Sureness
SUPPLIERS = ("Ashby Food Bank Ltd", "Burton Youth", "The Hub")
DATES = ("2024-01-03", "2024-01-09", "2024-02-01")
LATER = ("2024-02-03", "2024-02-09", "2024-03-01")
MONEY = ("10.50", "1,200.00", "£7.25")
YES_NO = ("Yes", "No", "Yes")


def table(called: str, /, *counted_from: str, **also: str) -> Contract:
    """The table with these other names for its columns (parted by strokes) and no more, and
    these as the only dates from which days are counted."""
    columns = tuple(
        replace(
            column,
            aliases=tuple(also[column.name].split("/")) if column.name in also else (),
            starts_duration=column.name in counted_from,
        )
        for column in contract(called).columns
    )
    return replace(contract(called), columns=columns)


PAYMENT_NAMES = {
    "payee": "supplier/supplier name/vendor",
    "invoice_ref": "invoice/invoice number/invoice no",
    "payment_ref": "payment reference/transaction number",
    "partnership": "project",
    "invoiced_on": "invoice date",
    "received_on": "received/date received/invoice received/inv recd",
    "approved_on": "date approved",
    "due_on": "due/due date",
    "paid_on": "paid/date paid/payment date",
    "amount": "total/value/gross amount/invoice amount/amount (£)",
    "kind": "payment type",
    "is_disputed": "disputed",
}
PAYMENT = table("payment", **PAYMENT_NAMES)
RECEIVED = table("payment", "received_on", **PAYMENT_NAMES)
CONTRIBUTION = table(
    "contribution",
    contribution_ref="ref",
    partnership="project",
    role_group="role",
    worked_on="date",
    quantity="hours",
)
PARTNERSHIP = table("partnership", partnership="id", name="project")


def sheet(**columns: Sequence[str | None]) -> Sheet:
    """A sheet of these columns; underscores in the names stand for blanks."""
    header = [name.replace("_", " ") for name in columns]
    return Sheet.of(header, list(zip(*columns.values(), strict=True)))


def of(columns: dict[str, Sequence[str | None]]) -> Sheet:
    """A sheet of columns whose headings are no Python names."""
    return Sheet.of(list(columns), list(zip(*columns.values(), strict=True)))


def one(matching: Matching, header: str) -> Match:
    """What became of that heading."""
    return next(found for found in matching.matches if found.header == header)


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
    found = match(["id", "name", "partnership", "project"], PARTNERSHIP)
    assert found.pairs == {"partnership": "partnership", "name": "name"}
    assert found.ignored == ("id", "project")


def test_each_match_says_how_sure_it_is_and_why():
    found = match(sheet(payee=SUPPLIERS, Inv_Recd=DATES, Total=MONEY), PAYMENT)
    assert [(m.column, m.sureness, m.reason) for m in found.matches] == [
        ("payee", SURE, "looks like names or words; named so"),
        ("received_on", SURE, "looks like dates; named “Inv Recd”"),
        ("amount", SURE, "looks like amounts of money; named “Total”"),
    ]


@pytest.mark.parametrize(
    ("heading", "values", "column"),
    [
        ("Date Inv. Rec'd", DATES, "received_on"),
        ("DateReceivedByFinance", DATES, None),  # by whom it was received may matter
        ("Recieved date", DATES, "received_on"),
        ("Invoice Payment Date", DATES, "paid_on"),
        ("Supplier Invoice Date", DATES, "invoiced_on"),
        ("Pmt Dt", DATES, "paid_on"),
        ("Date received (dd/mm/yyyy)", DATES, "received_on"),
        ("Invoice Due Date", DATES, "due_on"),
        ("Current Expiry Date", DATES, None),
        ("Net Amount", MONEY, "amount"),
        ("Invoice Line Value (net of VAT)", MONEY, "amount"),
        ("Inv Amt GBP inc VAT", MONEY, "amount"),
        ("VAT total", MONEY, "vat"),
        ("Annual budget value", MONEY, None),
        ("Suplier", SUPPLIERS, "payee"),
        ("Supp. Name", SUPPLIERS, "payee"),
        ("Supplier Number", ("100234", "100235", "100236"), "payee"),
        ("Supplier postcode", ("LE1 1AA", "LE2 2BB", "LE3 3CC"), None),
        ("Inv. Num.", ("A-17", "A-18", "B-02"), "invoice_ref"),
        ("Txn Ref", ("1700133305", "1700133306", "1700133307"), "payment_ref"),
        ("Disputed? (Y/N)", YES_NO, "is_disputed"),
    ],
)
def test_a_heading_much_like_ours_is_taken_where_its_values_agree(heading, values, column):
    found = propose(of({heading: values}), PAYMENT)
    assert one(found, heading).column == column
    if column:
        assert one(found, heading).sureness in (SURE, LIKELY)
        assert found.ignored == ()
    else:
        assert found.ignored == (heading,)


def test_what_is_only_likely_says_what_it_is_like():
    found = one(propose(of({"Net Amount": MONEY}), PAYMENT), "Net Amount")
    assert (found.how, found.sureness) == ("similar", LIKELY)
    assert found.reason == "looks like amounts of money; named “Net Amount”, much like “amount”"


def test_a_likeness_that_no_value_confirms_is_offered_and_not_taken():
    found = one(propose(["Invoice Payment Date"], PAYMENT), "Invoice Payment Date")
    assert (found.column, found.sureness) == (None, POSSIBLE)
    assert found.offered[0] == "paid_on"


def test_values_alone_make_a_column_possible_where_the_table_lacks_it():
    found = propose(sheet(payee=SUPPLIERS, Posted=DATES, Notes=SUPPLIERS, total=MONEY), PAYMENT)
    posted = one(found, "Posted")
    assert (posted.column, posted.sureness) == (None, POSSIBLE)
    assert posted.offered == ("received_on", "paid_on")
    assert posted.reason == "looks like dates; by its values alone"
    assert one(found, "Notes").offered == ()
    whole = propose(sheet(payee=SUPPLIERS, Posted=DATES, paid=LATER, total=MONEY), PAYMENT)
    assert one(whole, "Posted").offered == ()


@pytest.mark.parametrize(
    ("table", "heading", "column", "values", "said"),
    [
        (PAYMENT, "Paid", "paid_on", YES_NO, "looks like yes or no answers"),
        (PAYMENT, "Received", "received_on", MONEY, "looks like amounts of money"),
        (CONTRIBUTION, "Date", "worked_on", ("spring", "later", "autumn"), "names or words"),
        (PAYMENT, "Payment type", "kind", ("BACS", "CHAPS", "card"), "none of the words"),
        (PAYMENT, "Supplier", "payee", DATES, "where names or identifiers are expected"),
    ],
)
def test_another_name_whose_values_contradict_it_is_refused_with_the_reason(
    table, heading, column, values, said
):
    found = propose(of({heading: values}), table)
    assert column not in found.pairs
    assert found.ignored == (heading,)
    assert f"“{heading}” is not taken for “{column.replace('_', ' ')}”" in found.refused[heading]
    assert said in found.refused[heading]
    assert f"“{values[0]}”" in found.refused[heading]


def test_our_own_name_is_taken_at_its_word_and_less_sure_where_values_contradict():
    found = propose(sheet(payee=SUPPLIERS, paid_on=YES_NO), PAYMENT)
    assert one(found, "paid on").column == "paid_on"
    assert one(found, "paid on").sureness is LIKELY
    assert "where dates are expected" in one(found, "paid on").reason


def test_a_heading_refused_for_one_column_may_be_another():
    found = propose(sheet(Invoice=DATES), PAYMENT)
    assert found.pairs == {"invoiced_on": "Invoice"}
    assert found.refused == {}


def test_what_a_person_chooses_wins_and_what_they_leave_out_stays_out():
    found = match(
        ["payee", "who", "paid", "amount", "total"],
        PAYMENT,
        {"who": "payee", "payee": "", "amount": "ignore"},
    )
    assert found.pairs == {"payee": "who", "paid_on": "paid", "amount": "total"}
    assert found.ignored == ("payee", "amount")
    assert (one(found, "who").how, one(found, "who").sureness) == ("given", SURE)


def test_a_person_may_choose_what_the_values_speak_against():
    found = propose(sheet(Paid=YES_NO), PAYMENT, {"Paid": "paid_on"})
    assert found.pairs == {"paid_on": "Paid"}
    assert found.refused == {}


def test_a_remembered_matching_is_taken_before_names_and_after_a_person():
    was = {"payee": "Vendor", "amount": "Value", "paid_on": "Posted"}
    this = sheet(Vendor=SUPPLIERS, Total=MONEY, Value=MONEY, Posted=DATES, Due=LATER)
    found = propose(this, PAYMENT, remembered=was, remembered_from="payments-2026-02.csv")
    assert found.pairs == {"payee": "Vendor", "paid_on": "Posted", "amount": "Value"}
    assert found.competing == {}
    assert one(found, "Posted").how == "remembered"
    assert one(found, "Posted").sureness is SURE
    assert one(found, "Posted").reason == "looks like dates; as in payments-2026-02.csv"
    # What was left out then is offered, not taken: a person had seen it.
    assert one(found, "Due").column is None
    assert one(found, "Due").offered == ("due_on",)
    chosen = propose(this, PAYMENT, {"Total": "amount"}, remembered=was)
    assert chosen.pairs["amount"] == "Total"


def test_what_is_remembered_of_columns_no_longer_there_is_forgotten():
    was = {"payee": "Vendor", "gone": "Vendor", "amount": "Sum paid"}
    found = propose(sheet(Vendor=SUPPLIERS, Total=MONEY), PAYMENT, remembered=was)
    assert found.pairs == {"payee": "Vendor", "amount": "Total"}


def test_two_columns_for_one_of_ours_need_a_choice_with_the_reason_for_each():
    this = sheet(payee=SUPPLIERS, paid=DATES, Total=MONEY, Value=MONEY)
    found = match(this, PAYMENT)
    assert found.competing == {"amount": ("Total", "Value")}
    assert found.choice_needed == (
        "The columns “Total” and “Value” could each be “amount”: say which one is, and leave the "
        "other out. (“Total”: looks like amounts of money; named “Total”; "
        "“Value”: looks like amounts of money; named “Value”.)"
    )
    assert found.ignored == ()
    assert match(this, PAYMENT, {"Value": "amount"}).competing == {}


def test_another_name_and_its_twin_in_other_words_force_a_choice():
    found = propose(of({"Received": DATES, "Inv. Rec'd Date": LATER}), PAYMENT)
    assert found.competing == {"received_on": ("Received", "Inv. Rec'd Date")}


def test_a_heading_that_says_it_better_does_not_compete():
    found = propose(of({"Gross amount": MONEY, "Net amount": MONEY}), PAYMENT)
    assert found.pairs == {"amount": "Gross amount"}
    exact = propose(sheet(Total=MONEY, amount=MONEY), PAYMENT)
    assert exact.pairs == {"amount": "amount"}


def test_a_column_that_cannot_be_it_or_is_empty_does_not_compete():
    found = propose(sheet(Total=MONEY, Value=YES_NO), PAYMENT)
    assert found.pairs == {"amount": "Total"}
    assert "Value" in found.refused
    blank = propose(sheet(Total=(None, None, None), Value=MONEY), PAYMENT)
    assert blank.pairs == {"amount": "Value"}


def test_two_columns_equally_like_ours_force_a_choice():
    found = propose(of({"Line amount": MONEY, "Line value": MONEY}), PAYMENT)
    assert found.competing == {"amount": ("Line amount", "Line value")}


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
    with pytest.raises(Refused, match="“payee”, “amount” and one of “received on” or “paid on”"):
        match(["invoice"], PAYMENT)
    assert missing_columns(propose(["payee", "total", "paid"], PAYMENT), PAYMENT) == ()


def test_what_may_be_lacking_is_offered_where_it_is_refused():
    with pytest.raises(Refused, match=r"“Posted” \(looks like dates; by its values alone\) may be"):
        match(sheet(payee=SUPPLIERS, total=MONEY, Posted=DATES), PAYMENT)


def test_a_sheet_of_which_nothing_matches_is_refused_with_what_was_expected():
    with pytest.raises(Refused, match="None of the columns is one of payments"):
        match(["colour", "shape"], PAYMENT)


def test_a_column_called_hours_says_its_unit():
    header = ["ref", "project", "role", "date", "Hours"]
    assert match(header, CONTRIBUTION).constants == {"unit": "hour"}
    given = match([*header, "unit"], CONTRIBUTION)
    assert given.constants == {}


def test_an_amount_headed_in_pounds_says_its_currency():
    assert propose(["Amount (£)"], PAYMENT).constants == {"currency": "GBP"}
    net = propose(of({"Net Amount GBP": MONEY}), PAYMENT).constants
    assert net == {"currency": "GBP", "amount_is": "without VAT"}
    assert propose(["Amount (£)", "currency"], PAYMENT).constants == {}
    assert propose(["Amount"], PAYMENT).constants == {}


def extract(rows: int, *, heading: str = "Date received", blank: int = 0) -> Sheet:
    """Payments that all have one date of receipt, the last ones none."""
    return of(
        {
            "payee": ["Ashby"] * (rows + blank),
            "amount": [f"{i}.00" for i in range(rows + blank)],
            heading: ["2022-05-31"] * rows + [None] * blank,
        }
    )


def test_a_date_that_is_the_same_in_every_row_is_no_receipt_date():
    found = propose(extract(12), RECEIVED)
    assert "received_on" not in found.pairs
    assert "“Date received” is 2022-05-31 in all 12 rows" in found.refused["Date received"]
    assert "the day of the extract" in found.refused["Date received"]
    with pytest.raises(Refused) as refused:
        match(extract(12), RECEIVED)
    assert "without one of “received on” or “paid on”" in str(refused.value)
    assert "“Date received” is 2022-05-31 in all 12 rows" in str(refused.value)


def test_it_is_refused_however_it_came_to_be_taken():
    effective = extract(12, heading="Effective Date")
    for found in (
        propose(effective, RECEIVED, {"Effective Date": "received_on"}),
        propose(effective, RECEIVED, remembered={"received_on": "Effective Date"}),
        propose(extract(12, heading="received_on"), RECEIVED),
        propose(extract(12, heading="Date inv. recd"), RECEIVED),
    ):
        assert "received_on" not in found.pairs
        assert len(found.refused) == 1


def test_a_value_for_every_row_is_a_persons_word_and_stays():
    found = match(extract(12), RECEIVED, constants={"received_on": "2022-05-31"})
    assert found.constants == {"received_on": "2022-05-31"}


def test_few_rows_or_another_date_beside_it_leave_it_as_it_is():
    assert propose(extract(9), RECEIVED).pairs["received_on"] == "Date received"
    assert "received_on" not in propose(extract(9), RECEIVED, rows_for_no_variation=9).pairs
    assert propose(extract(12), PAYMENT).pairs["received_on"] == "Date received"
    two = extract(12)
    changed = two.cells.to_pylist()
    changed[3]["Date received"] = "2022-05-30"
    varied = Sheet.of(two.header, [tuple(row.values()) for row in changed])
    assert propose(varied, RECEIVED).pairs["received_on"] == "Date received"


def test_only_rows_with_a_date_are_counted_and_it_is_said():
    found = propose(extract(12, blank=3), RECEIVED)
    assert "in all 12 rows that have one" in found.refused["Date received"]


def test_the_shape_of_a_file_is_its_headings_whatever_their_order_and_case():
    shape = shape_of(Sheet.of(["Supplier Name", "Amount (£)"], []))
    assert shape == shape_of(Sheet.of(["AMOUNT £", "supplier_name"], [["1", "a"]]))
    assert shape != shape_of(Sheet.of(["Supplier Name", "Amount (£)", "Notes"], []))


PLAIN_HEADINGS = (
    "Inv No", "Supplier", "Inv Date", "Inv Recd", "Date Paid", "Net Amount", "VAT", "Notes",
)  # fmt: skip
OVER_THEM = ("Invoice", "Invoice", "Dates", "Dates", "Dates", "Payment", "Payment", "Payment")
CELLS = ("1", "Acme Ltd", "2024-01-02", "2024-01-03", "2024-02-03", "£10.50", "£1.50", "late")


def test_headings_under_merged_titles_are_matched_as_their_plain_twins():
    plain = Sheet.of(PLAIN_HEADINGS, [CELLS])
    pairs = zip(OVER_THEM, PLAIN_HEADINGS, strict=True)
    joined = {f"{above} / {name}": name for above, name in pairs}
    grouped = replace(Sheet.of(tuple(joined), [CELLS]), own=joined)
    expected = propose(plain, contract("payment"))
    found = propose(grouped, contract("payment"))
    assert {ours: joined[theirs] for ours, theirs in found.pairs.items()} == expected.pairs
    assert len(expected.pairs) == 7
    assert [one.offered for one in found.matches] == [one.offered for one in expected.matches]


def test_a_heading_that_is_ours_as_a_whole_is_not_taken_apart():
    header = ("Supplier / Name", "Invoice / Number", "Payment / Date", "Invoice / Amount")
    own = {one: one.split(" / ")[1] for one in header}
    sheet = replace(Sheet.of(header, [("Acme Ltd", "1", "2024-01-03", "5.00")]), own=own)
    pairs = propose(sheet, contract("payment")).pairs
    assert pairs["payee"] == "Supplier / Name"
    assert (pairs["invoice_ref"], pairs["paid_on"]) == ("Invoice / Number", "Payment / Date")
