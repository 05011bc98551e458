"""Invoices kept in memory give what their lines give, whoever asks, and never an older answer."""

from datetime import date
from unittest.mock import patch

import pytest
import streamlit as st

from civic_metrics import compute
from civic_metrics.compute import standing
from civic_metrics.indicators import INDICATORS
from civic_metrics.ledger import undo
from civic_metrics.model import Role, Viewer
from civic_metrics.ui import figures
from civic_metrics.ui.choices import Chosen

APRIL = date(2024, 4, 30)
ASHBY = Viewer(Role.PARTNER, ("ashby",))
LINE = {"currency": "GBP", "kind": "supply", "payee_role": "partner", "partnership": "garden"}
LINES = (
    # two lines, the second paid later; a credit note; one unpaid; two payees with one reference
    {"payee": "ashby", "invoice_ref": "1", "line_ref": "a", "received_on": "2024-01-01",
     "paid_on": "2024-01-11", "amount": 100},
    {"payee": "ashby", "invoice_ref": "1", "line_ref": "b", "received_on": "2024-01-01",
     "paid_on": "2024-03-01", "amount": 50},
    {"payee": "ashby", "invoice_ref": "2", "received_on": "2024-02-01", "amount": 40},
    {"payee": "ashby", "invoice_ref": "3", "received_on": "2024-02-20", "amount": -40,
     "credits": "2"},
    {"payee": "burton", "invoice_ref": "1", "received_on": "2024-02-01",
     "paid_on": "2024-02-21", "amount": 70},
    {"payee": "burton", "invoice_ref": "4", "received_on": "2024-03-10", "amount": 30},
)  # fmt: skip
OF_INVOICES = [
    name
    for name, one in INDICATORS.items()
    if "invoice" in compute.behind(one) and not one.whole_only
]


@pytest.fixture
def loaded(ledger, load, monkeypatch):
    load("membership", {"partnership": "garden", "organisation": "ashby", "role": "partner"})
    load("payment", *(LINE | line for line in LINES), complete_to=APRIL)
    monkeypatch.setattr(standing, "FEWEST_LINES", 1)
    return ledger


def kept(ledger, as_of=APRIL):
    """What is kept for that day, once it has been asked for before."""
    standing.standing_invoices(ledger, as_of=as_of, batch=None)
    return standing.standing_invoices(ledger, as_of=as_of, batch=None)


@pytest.mark.parametrize("name", OF_INVOICES)
def test_every_figure_of_invoices_is_the_same_from_those_kept(loaded, lead, name):
    same_from_those_kept(loaded, lead, name, APRIL)


@pytest.mark.parametrize("viewer", [Viewer(Role.LEAD), ASHBY], ids=["lead", "partner"])
@pytest.mark.parametrize("as_of", [date(2024, 1, 31), date.max])
def test_and_on_any_day_for_any_viewer(loaded, viewer, as_of):
    for name in ("time_to_payment", "overdue_pounds"):
        same_from_those_kept(loaded, viewer, name, as_of)


def same_from_those_kept(ledger, viewer, name, as_of):
    asked = {"by": ("payment_kind",), "as_of": as_of}
    if "payment_kind" not in INDICATORS[name].splits:
        asked["by"] = ()
    with patch.object(standing, "FEWEST_LINES", len(LINES) + 1):
        from_lines = compute.figure(ledger, viewer, name, **asked)
    assert kept(ledger, as_of) is not None
    assert compute.figure(ledger, viewer, name, **asked) == from_lines


def test_a_partner_counts_their_own_invoices_alone(loaded):
    assert kept(loaded) is not None
    answer = compute.figure(loaded, ASHBY, "average_days_to_pay")
    assert (answer.only.figure.n, answer.only.figure.value) == (1, 60)  # paid on its last part
    everyone = compute.figure(loaded, Viewer(Role.LEAD), "average_days_to_pay")
    assert (everyone.only.figure.n, everyone.only.figure.value) == (2, 40)


def test_nothing_is_kept_for_few_lines_an_earlier_batch_or_a_first_question(loaded):
    first = standing.standing_invoices(loaded, as_of=APRIL, batch=None)
    second = standing.standing_invoices(loaded, as_of=APRIL, batch=None)
    assert (first is None, second is None) == (True, False)
    assert standing.standing_invoices(loaded, as_of=APRIL, batch=1) is None
    with patch.object(standing, "FEWEST_LINES", len(LINES) + 1):
        assert standing.standing_invoices(loaded, as_of=APRIL, batch=None) is None


def test_a_transaction_that_may_be_undone_has_nothing_kept(loaded):
    with loaded.writing(keep=False) as cursor:
        pending = loaded.pending(cursor)
        assert kept(pending) is None


def test_days_after_all_that_happened_share_what_is_kept(loaded):
    assert kept(loaded, date(2024, 4, 1)) == kept(loaded, date.max)
    assert kept(loaded, date(2024, 2, 1)) != kept(loaded, date.max)


def test_only_so_many_days_are_kept(loaded):
    first = kept(loaded, date(2024, 1, 5))
    for day in range(6, 6 + standing.MOST_DAYS):
        kept(loaded, date(2024, 1, day))
    rows = loaded.cursor().execute(
        "select schema_name from duckdb_tables() where database_name = 'standing'"
    )
    assert len(rows.fetchall()) == standing.MOST_DAYS
    assert kept(loaded, date(2024, 1, 5)) != first


def test_where_what_was_kept_is_gone_the_lines_answer(loaded):
    found = kept(loaded)
    loaded.cursor().execute(f"drop table {found.table}")
    assert compute.figure(loaded, Viewer(Role.LEAD), "average_days_to_pay").only.figure.n == 2


def test_neither_what_is_kept_nor_the_pages_show_an_old_figure_after_a_load_or_an_undo(
    loaded, load, lead
):
    """Two are paid after 60 and 20 days; with one more after 10 the mean is 30, then 40 again."""
    st.cache_resource.clear()
    indicator = INDICATORS["average_days_to_pay"]

    def mean():
        answers = {figures.answer(lead, indicator, Chosen()).only.figure.value for _ in range(3)}
        for _ in range(3):
            answers.add(compute.figure(loaded, lead, indicator).only.figure.value)
        [only] = answers
        return only

    with patch.object(figures.records, "open_records", lambda: loaded):
        assert mean() == 40
        more = {"payee": "clegg", "invoice_ref": "9", "received_on": "2024-04-01",
                "paid_on": "2024-04-11", "amount": 5}  # fmt: skip
        batch = load("payment", LINE | more, complete_to=APRIL)
        assert mean() == 30
        undo(loaded, batch, "a test")
        assert mean() == 40


def test_facts_may_not_name_what_is_kept(loaded):
    table = kept(loaded).table
    with pytest.raises(PermissionError):
        compute.tables_named(f"select * from {table}")
