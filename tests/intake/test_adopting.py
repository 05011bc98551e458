"""A register's row takes over the name that was added without details before it."""

import pytest

from civic_metrics.intake import load_one, open_with_reference, prepare
from civic_metrics.ledger import undo

PAYMENTS = (
    "Supplier,Invoice No,Date Received,Date Paid,Amount\n"
    "Riverside Trust,1,2024-01-01,2024-01-20,50\nAcme,2,2024-01-01,,50\n"
)
REGISTER = "Organisation ID,Name,Kind\nP1,Riverside  TRUST,charity\nP2,New One,charity\n"


@pytest.fixture
def records(tmp_path):
    opened = open_with_reference(tmp_path / "records.duckdb")
    yield opened
    opened.close()


def load(records, name, text, table, **more):
    [loading] = prepare(text.encode(), name, table=table)
    return load_one(records, loading, who="a test", **more)


def organisations(records):
    sql = "select organisation, also_known_as, kind from ledger.organisation where _until is null"
    return sorted(records.cursor().execute(sql).fetchall())


def test_a_name_added_before_keeps_its_identifier_and_takes_the_details(records):
    load(records, "pay.csv", PAYMENTS, "payment", create_missing=True)
    counts = load(records, "org.csv", REGISTER, "organisation").counts
    assert (counts.new, counts.changed) == (1, 1)
    assert organisations(records) == [
        ("P2", None, "charity"),
        ("acme", None, None),
        ("riverside-trust", "P1", "charity"),
    ]


def test_either_identifier_and_the_name_are_found_from_then_on(records):
    load(records, "pay.csv", PAYMENTS, "payment", create_missing=True)
    load(records, "org.csv", REGISTER, "organisation")
    assert load(records, "pay.csv", PAYMENTS, "payment").counts.unchanged == 2
    by_code = PAYMENTS.replace("Riverside Trust,1", "P1,1")
    assert load(records, "coded.csv", by_code, "payment").counts.unchanged == 2


def test_the_same_register_twice_changes_nothing(records):
    load(records, "pay.csv", PAYMENTS, "payment", create_missing=True)
    load(records, "org.csv", REGISTER, "organisation")
    assert load(records, "org.csv", REGISTER, "organisation").counts.unchanged == 2


def test_undoing_the_register_leaves_the_name_without_its_details(records):
    load(records, "pay.csv", PAYMENTS, "payment", create_missing=True)
    register = load(records, "org.csv", REGISTER, "organisation")
    undo(records, register.batch, "a test")
    assert organisations(records) == [("acme", None, None), ("riverside-trust", None, None)]


def test_a_register_that_comes_first_keeps_its_own_identifiers(records):
    load(records, "org.csv", REGISTER, "organisation")
    load(records, "pay.csv", PAYMENTS, "payment", create_missing=True)
    assert ("P1", None, "charity") in organisations(records)
