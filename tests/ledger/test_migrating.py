"""A store written by version 1 opens, gains what is new, and works on."""

import duckdb
import pytest

from civic_metrics.ledger import batches, open_ledger, set_aside, undo
from tests.ledger.reading import standing
from tests.rows import load_rows

# As version 1 wrote it, with fewer columns to the payments than there were.
VERSION_1 = """
create schema ledger;
create table ledger.meta (ledger_id varchar, schema_version integer);
insert into ledger.meta values ('an-old-store', 1);
create table ledger.batch (
    batch integer primary key, kind varchar not null, who varchar not null,
    loaded_at timestamp not null, file_name varchar not null, sha256 varchar not null,
    sheet varchar not null, source varchar not null, table_name varchar not null,
    given varchar[] not null, matching varchar not null, complete_to date,
    rows_read bigint not null, new bigint not null, changed bigint not null,
    unchanged bigint not null, quarantined bigint not null, excluded bigint not null,
    removed bigint not null, undoes integer,
);
insert into ledger.batch values
    (1, 'load', 'me', '2025-01-01', 'old.csv', 'abc', '', 'old', 'payment',
        ['payee', 'invoice_ref', 'amount'], '{"payee": "Supplier"}', null,
        3, 2, 0, 0, 1, 0, 0, null);
create table ledger.quarantine (
    quarantine varchar primary key, _batch integer not null, table_name varchar not null,
    _sheet varchar not null, _row bigint not null, row_key varchar,
    fingerprint varchar not null, cells varchar not null, problems varchar not null,
);
insert into ledger.quarantine values
    ('1:s:4', 1, 'payment', 's', 4, null, 'f', '{"Supplier": "x"}', '[]');
create table ledger.mended (_batch integer not null, quarantine varchar not null);
create table ledger.payment (
    payee varchar, invoice_ref varchar, line_ref varchar, payment_ref varchar,
    partnership varchar, amount decimal(18, 2), paid_on date,
    _batch integer not null, _until integer, _origin_batch integer not null,
    _sheet varchar not null, _row bigint not null, _stub boolean not null,
);
insert into ledger.payment by name
    select 'a' as payee, ref as invoice_ref, amount, 1 as _batch, 1 as _origin_batch,
        's' as _sheet, place as _row, false as _stub,
    from (values ('1', 100, 2), ('2', 200, 3)) as paid (ref, amount, place);
"""


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(VERSION_1)
    return path


def test_its_rows_and_its_history_are_there(old):
    ledger = open_ledger(old)
    assert ledger.id == "an-old-store"
    assert len(standing(ledger, "payment", "invoice_ref", "amount", "is_disputed")) == 2
    [one] = batches(ledger)
    assert (one.shape, one.constants, one.declared, one.edits) == ("", {}, {}, ())
    assert (one.matching, one.whole, one.closed) == ({"payee": "Supplier"}, None, 0)
    [row] = set_aside(ledger)
    assert (row.id, row.constants) == ("1:s:4", {})
    ledger.close()


def test_it_loads_and_undoes(old):
    ledger = open_ledger(old)
    row = {"payee": "a", "invoice_ref": "1", "amount": 150, "is_disputed": True}
    assert load_rows(ledger, "payment", [row]) == 2
    load_rows(ledger, "organisation", [{"organisation": "a", "name": "A"}])
    assert [int(n) for (n,) in standing(ledger, "payment", "amount")] == [150, 200]
    undo(ledger, 2, "me")
    amounts = standing(ledger, "payment", "amount", "is_disputed")
    assert [(int(amount), disputed) for amount, disputed in amounts] == [(100, None), (200, None)]
    ledger.close()


def test_it_gets_a_key_for_pseudonyms_once(old):
    names = []
    for _ in range(2):
        ledger = open_ledger(old)
        names.append(ledger.pseudonym("Jane Smith"))
        ledger.close()
    assert names[0] == names[1]


def test_opening_it_twice_says_the_present_version(old):
    open_ledger(old).close()
    ledger = open_ledger(old)
    [(version,)] = ledger.cursor().execute("select schema_version from ledger.meta").fetchall()
    assert version == 2
    ledger.close()
