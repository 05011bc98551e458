"""A register's row takes over the name that was added without details before it."""

import pyarrow as pa
import pytest

from civic_metrics.contracts import contract
from civic_metrics.intake import Declared, Known, open_with_reference, prepare, upload
from civic_metrics.intake.names.adopting import adopt, resembling
from civic_metrics.intake.names.answers import Answer, Meaning
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
    ready = prepare(text.encode(), name, table=table)
    [loaded] = upload(records, ready, Declared(**more), who="a test").loaded
    return loaded


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


KNOWN = Known(
    names={
        "organisation": (
            ("GB-CHC-1090095", "GB-CHC-1090095"),
            ("the-hub", "The Hub"),
            ("org-1", "Ashby Food Bank"),
            ("GB-COH-01234567", "Burton Youth"),
        )
    },
    without_details={"organisation": frozenset({"GB-CHC-1090095", "the-hub"})},
)


def register(*rows):
    """Rows of the register as read: (identifier, name, charity number, company number)."""
    names = ("organisation", "name", "charity_number", "company_number")
    rows = [(*row, *[None] * (len(names) - len(row))) for row in rows]
    columns = zip(*rows, strict=True)
    return pa.table(dict(zip(names, (pa.array(c, pa.string()) for c in columns), strict=True)))


def adopted(*rows, answers=None):
    typed, count = adopt(register(*rows), contract("organisation"), KNOWN, answers)
    return typed["organisation"].to_pylist(), count


def said_of(*rows, answers=None):
    return resembling(register(*rows), contract("organisation"), KNOWN, answers)


def test_a_row_takes_over_a_bare_number_by_the_charity_number_it_states():
    assert adopted(("A7", "Riverside Trust", "1090095")) == (["GB-CHC-1090095"], 1)


def test_of_two_rows_that_could_be_the_name_none_is_taken_for_it_and_it_is_said():
    rows = (("H1", "The Hub"), ("H2", "THE HUB"))
    assert adopted(*rows) == (["H1", "H2"], 0)
    assert set(said_of(*rows)) == {0, 1}


def test_a_row_like_one_with_details_loads_as_its_own_and_it_is_said():
    rows = (("A1", "ashby food  bank"), ("A2", "Other", None, "1234567"), ("A3", "Third"))
    assert adopted(*rows) == (["A1", "A2", "A3"], 0)
    said = said_of(*rows)
    assert "“Ashby Food Bank” (org-1) has the same name" in said[0].expected
    assert "“Burton Youth” (GB-COH-01234567) has the same number" in said[1].expected
    assert set(said) == {0, 1}


def test_a_person_may_say_that_a_row_is_one_already_known_or_a_new_one():
    rows = (("A1", "Ashby Food Bank"),)
    same = {("organisation", "A1"): Answer(Meaning.SAME_AS, "org-1")}
    assert adopted(*rows, answers=same) == (["org-1"], 1)
    new = {("organisation", "A1"): Answer(Meaning.NEW)}
    assert adopted(*rows, answers=new) == (["A1"], 0)
    assert said_of(*rows, answers=new) == {}
