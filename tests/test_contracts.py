"""The table layouts: every one has a key, a rule for partners and words for people."""

import json
from collections import Counter
from importlib import resources

import pytest

from civic_metrics.contracts import ContractError, contract, contracts, parse
from civic_metrics.intake.naming import fold_heading

FILES = sorted(
    file.name for file in resources.files("civic_metrics.contracts").iterdir()
    if file.name.endswith(".json")
)  # fmt: skip

TABLES = [pytest.param(table, id=name) for name, table in contracts().items()]


def schema(**changes):
    made = {
        "name": "thing",
        "title": "Things",
        "one": "thing",
        "description": "One row a thing.",
        "fields": [{"name": "thing", "type": "string", "description": "The thing."}],
        "primaryKey": ["thing"],
        "scope": {"partner": "true"},
    }
    return {name: value for name, value in (made | changes).items() if value is not None}


def test_every_table_of_the_design_is_there():
    needed = (
        "organisation partnership partnership_theme membership footprint funding place "
        "place_statistic published_figure rate payment contribution bank_rate threshold "
        "place_code_change plausibility review principle expectation value_priority in_kind seat "
        "holder milestone commitment activity code"
    )
    assert set(needed.split()) == set(contracts())


def test_a_layout_is_called_as_its_file_is():
    assert [f"{name}.json" for name in contracts()] == FILES


@pytest.mark.parametrize("without", [None, {}, {"lead": "true"}, {"partner": ""}])
def test_a_layout_without_a_rule_for_partners_fails_to_load(without):
    with pytest.raises(ContractError, match="no rule says which rows a partner may see"):
        parse(schema(scope=without))


@pytest.mark.parametrize("key", [None, [], ["other"]])
def test_a_layout_without_a_key_among_its_columns_fails_to_load(key):
    with pytest.raises(ContractError, match="the primary key must name columns"):
        parse(schema(primaryKey=key))


def test_a_column_of_an_unknown_type_fails_to_load():
    with pytest.raises(ContractError, match=r"thing\.thing: unknown type 'colour'"):
        parse(schema(fields=[{"name": "thing", "type": "colour", "description": ""}]))


def test_an_unknown_table_is_answered_with_those_there_are():
    with pytest.raises(ContractError, match=r"no table called 'invoices'.*payment"):
        contract("invoices")


@pytest.mark.parametrize("table", TABLES)
def test_a_layout_refers_to_tables_columns_and_rules_that_are_there(table):
    names = {column.name for column in table.columns}
    assert len(names) == len(table.columns)
    assert set(table.begins) <= names
    assert set(table.rules) <= {"received_or_paid", "paid_after_received", "ended_after_started"}
    assert table.complete_to in ("none", "asked", "offered")
    for column in table.columns:
        assert column.reference is None or len(contracts()[column.reference].key) == 1


@pytest.mark.parametrize("table", TABLES)
def test_a_layout_and_each_of_its_columns_are_described_in_whole_sentences(table):
    for text in (table.description, *(column.description for column in table.columns)):
        assert text[0].isupper()
        assert text.endswith(".")
    assert table.title[0].isupper()
    assert table.one[0].islower() or table.one == "Bank Rate"


@pytest.mark.parametrize("table", TABLES)
def test_no_two_columns_of_a_table_go_by_the_same_name(table):
    known = [fold_heading(n) for c in table.columns for n in (c.name, *c.aliases)]
    assert [name for name, count in Counter(known).items() if count > 1] == []
    assert all(known)


def test_titles_fit_on_the_tab_of_a_sheet_and_tell_tables_apart():
    titles = [table.title.casefold() for table in contracts().values()]
    assert len(set(titles)) == len(titles)
    assert max(map(len, titles)) <= 31
    assert not [title for title in titles if set(title) & set("[]:*?/\\")]


@pytest.mark.parametrize("table", TABLES)
def test_what_begins_a_row_is_a_date(table):
    assert {table.column(name).type for name in table.begins} <= {"date"}
    if any(column.happened for column in table.columns) and not table.begins:
        assert table.name in ("contribution", "membership")


# The same thing is known by the same other names in every table that refers to it, but for a
# name that is another column's there.
SAME_THING = {
    "partnership": ("project", "project code", "project number", "cost centre", "order number",
                    "contract title", "contract reference"),
    "organisation": ("supplier", "supplier name", "supplier company name", "vendor", "partner",
                     "supplier id", "supplier number", "vendor number", "org id"),
    "invoice_ref": ("invoice", "Inv No", "Invoice Number", "invoice no."),
    "place": ("local authority", "area code", "GSS code"),
    "worked_on": ("work date", "date worked"),
    "from_on": ("Start", "Start Date", "from"),
    "to_on": ("End", "End Date", "to"),
}  # fmt: skip
OTHERWISE = ("organisation", "partnership", "code", "rate")


@pytest.mark.parametrize("name", SAME_THING)
def test_the_same_thing_goes_by_the_same_other_names_everywhere(name):
    for table in contracts().values():
        columns = [c for c in table.columns if c.name == name]
        if not columns or table.name in OTHERWISE:
            continue
        others = {
            fold_heading(n) for c in table.columns if c.name != name for n in (c.name, *c.aliases)
        }
        held = {fold_heading(n) for n in (name, *columns[0].aliases)}
        wanted = {fold_heading(n) for n in SAME_THING[name]}
        assert wanted - others <= held, table.name


# What finance systems and councils call these columns, and which of ours each is.
HEADINGS = {
    "Invoice Payment Date": "paid_on", "Date Paid": "paid_on", "Payment Run Date": "paid_on",
    "Pay date": "paid_on", "Cleared": "paid_on", "Clearing": "paid_on",
    "Net Amount": "amount", "Gross": "amount", "Payment Amount": "amount",
    "Line Amount": "amount", "Amount in LC": "amount", "Total": "amount",
    "Invoice Line Value (net of VAT)": "amount",
    "Inv No": "invoice_ref", "InvoiceNumber": "invoice_ref", "Reference": "invoice_ref",
    "Inv date": "invoiced_on", "Doc. Date": "invoiced_on",
    "Due date": "due_on", "DueDate": "due_on",
    "Transaction Number": "payment_ref", "Trans No": "payment_ref",
    "Supplier ID": "payee", "Vendor": "payee", "Contact": "payee", "AP/AR ID(T)": "payee",
    "Inv Recd": "received_on", "Date Invoice Received": "received_on",
    "Cost Centre Code": "partnership", "Project Number": "partnership",
    # These may mean one thing here and another there, so a person or the values decide.
    "Effective Date": None, "Posting Date": None, "Transaction Date": None, "Body Name": None,
    "Status": None, "Type": None, "Date": None, "Description": None,
}  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
def test_what_finance_systems_call_a_column_of_payments_is_known_where_it_is_plain(heading):
    found = [
        c.name
        for c in contract("payment").columns
        if fold_heading(heading) in {fold_heading(n) for n in (c.name, *c.aliases)}
    ]
    assert found == ([HEADINGS[heading]] if HEADINGS[heading] else [])


@pytest.mark.parametrize("table", TABLES)
def test_what_counts_only_where_nothing_better_is_there_comes_last_of_the_other_names(table):
    for column in table.columns:
        last = len(column.aliases) - len(column.fallbacks)
        assert column.aliases[last:] == column.fallbacks


@pytest.mark.parametrize(
    ("column", "better", "lesser"),
    [
        ("payee", "supplier name", "supplier number"),
        ("payee", "ap/ar id(t)", "ap/ar id"),
        ("payee", "supplier", "contact"),
        ("partnership", "project", "cost centre"),
        ("partnership", "project", "purchase order"),
        ("invoice_ref", "invoice number", "reference"),
        ("payment_ref", "payment reference", "document number"),
        ("amount", "gross amount", "net amount"),
    ],
)
def test_a_name_goes_before_a_number_and_the_whole_before_a_part(column, better, lesser):
    held = contract("payment").column(column)
    assert better in set(held.aliases) - set(held.fallbacks)
    assert lesser in held.fallbacks


def test_the_total_of_an_invoice_and_that_of_a_line_of_it_compete():
    amount = contract("payment").column("amount")
    assert {"total", "line amount"} <= set(amount.aliases) - set(amount.fallbacks)


def test_codes_stand_for_partnerships_and_organisations_only():
    offered = set(contract("code").column("system").choices)
    for table in contracts().values():
        for column in table.columns:
            assert set(column.systems) <= offered
            if column.systems:
                assert column.reference in ("partnership", "organisation")
    assert contract("payment").column("partnership").systems == (
        "project", "cost centre", "order", "name of a partnership",
    )  # fmt: skip
    assert contract("payment").column("payee").systems == ("supplier", "name of an organisation")
    assert not any(column.systems for column in contract("code").columns)


def test_people_are_held_as_pseudonyms_and_free_text_is_known_to_be_free():
    held = {
        kind: {
            f"{t.name}.{c.name}" for t in contracts().values() for c in t.columns if c.holds == kind
        }
        for kind in ("person", "words")
    }
    assert held["person"] == {"contribution.person_ref", "holder.person_ref", "review.respondent"}
    assert {"payment.return_reason", "review.comment", "review.answer", "in_kind.description",
            "commitment.evidence", "milestone.note"} <= held["words"]  # fmt: skip
    notes = {f"{t.name}.{c.name}" for t in contracts().values() for c in t.columns
             if c.name in ("note", "comment")}  # fmt: skip
    assert notes <= held["words"]


def test_days_are_counted_from_the_dates_that_time_to_payment_and_longevity_rest_on():
    counted = {f"{t.name}.{c.name}" for t in contracts().values() for c in t.columns
               if c.starts_duration}  # fmt: skip
    assert counted == {"payment.invoiced_on", "payment.received_on", "partnership.started_on"}


def test_a_review_keeps_the_scale_and_the_words_it_was_answered_in():
    review = contract("review")
    names = {column.name for column in review.columns}
    assert {"respondent", "side", "reviewed_on", "statement", "score", "scale", "answer",
            "comment", "is_shared"} <= names  # fmt: skip
    assert review.column("side").choices == ("university", "partner")
    assert (review.column("score").type, review.column("scale").type) == ("number", "string")


def test_nothing_of_the_universitys_own_people_and_codes_is_for_partners():
    hidden = {name for name, table in contracts().items() if table.scope["partner"] == "false"}
    assert hidden == {"code", "commitment", "holder"}


@pytest.mark.parametrize("table", TABLES)
def test_what_must_be_filled_in_has_an_example_and_an_example_is_one_of_the_choices(table):
    for column in table.columns:
        assert column.example or not column.required
        assert not column.example or not column.choices or column.example in column.choices
        assert column.type != "boolean" or column.example in ("", "yes", "no")


@pytest.mark.parametrize("table", TABLES)
def test_what_is_kept_of_money_is_decimal_and_what_happened_is_a_date(table):
    for column in table.columns:
        if column.unit:
            assert column.sql_type == "decimal(18, 2)"
        if column.happened or column.partial:
            assert column.type == "date"


def test_payments_and_contributions_ask_to_what_day_they_are_complete():
    asked = [name for name, table in contracts().items() if table.complete_to == "asked"]
    assert asked == ["contribution", "payment"]


@pytest.mark.parametrize("file", FILES)
def test_a_layout_is_a_table_schema_anybody_can_read(file):
    read = json.loads((resources.files("civic_metrics.contracts") / file).read_text("utf-8"))
    assert {"fields", "primaryKey", "name", "title", "description"} <= set(read)
    for field in read["fields"]:
        assert field["type"] in ("string", "date", "number", "integer", "boolean")
