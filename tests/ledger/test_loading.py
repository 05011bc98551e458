"""Loading: new, changed or unchanged; what a file does not say; what is kept."""

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from civic_metrics.contracts import contracts
from civic_metrics.ledger import Counts, LedgerError, Origin, batches, open_ledger
from civic_metrics.ledger import load as load_batch
from tests.ledger.reading import standing
from tests.rows import stage_rows

ORIGIN = Origin(who="a test", file_name="payments.CSV", content=b"payee,amount\n")


def invoice(ref, amount=100, **more):
    return {"payee": "a", "invoice_ref": ref, "amount": amount, **more}


def take_in(ledger, *rows, table="payment", keep=True):
    effect = load_batch(ledger, stage_rows(table, rows), ORIGIN, keep=keep)
    return effect.batch, effect.counts


def test_rows_are_new_then_changed_or_unchanged(ledger):
    assert take_in(ledger, invoice("1"), invoice("2")) == (1, Counts(2, 2, 0, 0, 0, 0))
    second = take_in(ledger, invoice("1"), invoice("2", 250), invoice("3"))
    assert second == (2, Counts(3, 1, 1, 1, 0, 0))
    assert standing(ledger, "payment", "invoice_ref", "amount") == [
        ("1", Decimal(100)),
        ("2", Decimal(250)),
        ("3", Decimal(100)),
    ]


def test_the_same_file_twice_changes_nothing(ledger):
    rows = [invoice("1", paid_on="2024-02-01"), invoice("2", paid_on=None)]
    take_in(ledger, *rows)
    before = standing(ledger, "payment")
    _, counts = take_in(ledger, *rows)
    assert (counts.new, counts.changed, counts.unchanged) == (0, 0, 2)
    assert standing(ledger, "payment") == before


def test_a_column_not_in_the_file_leaves_the_standing_value(ledger):
    take_in(ledger, invoice("1", paid_on="2024-02-01", channel="portal"))
    take_in(ledger, invoice("1", channel="e-mail"))
    assert standing(ledger, "payment", "paid_on", "channel") == [(date(2024, 2, 1), "e-mail")]


def test_an_empty_cell_in_a_matched_column_clears_it(ledger):
    take_in(ledger, invoice("1", paid_on="2024-02-01"))
    _, counts = take_in(ledger, invoice("1", paid_on=None))
    assert counts.changed == 1
    assert standing(ledger, "payment", "paid_on") == [(None,)]


def test_a_row_absent_from_a_file_is_not_a_deletion(ledger):
    take_in(ledger, invoice("1"), invoice("2"))
    take_in(ledger, invoice("2"))
    assert standing(ledger, "payment", "invoice_ref") == [("1",), ("2",)]


def test_a_key_with_a_part_missing_is_still_one_key(ledger):
    take_in(ledger, {"payee": "a", "amount": 5})
    _, counts = take_in(ledger, {"payee": "a", "amount": 7})
    assert counts.changed == 1
    assert standing(ledger, "payment", "amount") == [(Decimal(7),)]


def test_a_file_may_lack_a_date_that_is_part_of_the_key(ledger):
    member = {"partnership": "p", "organisation": "a", "role": "member"}
    assert take_in(ledger, member, table="membership")[1].new == 1
    assert take_in(ledger, member, table="membership")[1].unchanged == 1


def test_details_for_a_name_added_without_details_count_as_a_change(ledger):
    take_in(ledger, invoice("1"))
    assert standing(ledger, "organisation", "organisation", "name", "_stub") == [("a", "a", True)]
    _, counts = take_in(ledger, {"organisation": "a", "name": "Ashby"}, table="organisation")
    assert counts.changed == 1
    assert standing(ledger, "organisation", "organisation", "name", "_stub") == [
        ("a", "Ashby", False)
    ]


def test_a_preview_counts_and_leaves_nothing_behind(ledger):
    take_in(ledger, invoice("1"))
    before = standing(ledger, "payment")
    number, counts = take_in(ledger, invoice("1", 300), invoice("2"), keep=False)
    assert (number, counts.new, counts.changed) == (2, 1, 1)
    assert standing(ledger, "payment") == before
    assert (len(batches(ledger)), ledger.version) == (1, 1)


def test_a_preview_keeps_no_file(ledger):
    take_in(ledger, invoice("1"), keep=False)
    assert not ledger.files.exists()


def test_every_version_stays_and_is_closed_once(ledger):
    for amount in (100, 200, 300):
        take_in(ledger, invoice("1", amount))
    sql = "select amount::int, _batch, _until from ledger.payment order by _batch"
    versions = [(100, 1, 2), (200, 2, 3), (300, 3, None)]
    assert ledger.cursor().execute(sql).fetchall() == versions


def test_counts_that_do_not_add_up_cannot_be_recorded(ledger):
    staged = replace(stage_rows("payment", [invoice("1")]), rows_read=2)
    with pytest.raises(ValueError, match="2 rows read, 1 accounted for"):
        load_batch(ledger, staged, ORIGIN)
    assert (standing(ledger, "payment"), batches(ledger)) == ([], [])


def test_the_file_is_kept_whole_under_its_sha_256(ledger):
    take_in(ledger, invoice("1"))
    digest = hashlib.sha256(ORIGIN.content).hexdigest()
    assert [file.name for file in ledger.files.iterdir()] == [f"{digest}.csv"]
    assert (ledger.files / f"{digest}.csv").read_bytes() == ORIGIN.content
    assert batches(ledger)[0].sha256 == digest


def test_history_says_who_loaded_what_from_where(ledger):
    origin = replace(ORIGIN, matching={"Supplier": "payee"}, complete_to=date(2024, 3, 31))
    load_batch(ledger, stage_rows("payment", [invoice("1")]), origin)
    [one] = batches(ledger)
    assert (one.batch, one.kind, one.who, one.table) == (1, "load", "a test", "payment")
    assert (one.file_name, one.matching) == ("payments.CSV", {"Supplier": "payee"})
    assert (one.complete_to, one.counts.new, one.undone_by) == (date(2024, 3, 31), 1, None)


@pytest.mark.parametrize("table", [*contracts(), "batch", "quarantine", "mended", "meta"])
def test_base_tables_cannot_be_reached_by_bare_name(ledger, table):
    with pytest.raises(duckdb.CatalogException):
        ledger.cursor().execute(f"select * from {table}")


def test_the_connection_reads_no_file_no_frame_and_no_new_setting(ledger, tmp_path):
    (tmp_path / "x.csv").write_text("a\n1\n")
    frame = stage_rows("payment", [invoice("1")]).rows
    assert frame.num_rows == 1
    for sql in (f"from '{tmp_path}/x.csv'", f"from read_text('{tmp_path}/x.csv')", "from frame"):
        with pytest.raises(duckdb.Error):
            ledger.cursor().execute(sql)
    with pytest.raises(duckdb.Error, match="locked"):
        ledger.cursor().execute("set enable_external_access = true")


def test_records_of_a_newer_program_are_refused_and_left_as_they_are(tmp_path):
    path = tmp_path / "newer.duckdb"
    first = open_ledger(path)
    with first.writing() as cursor:
        cursor.execute("update ledger.meta set schema_version = 99")
    first.close()
    with pytest.raises(LedgerError, match="newer version"):
        open_ledger(path)
