"""How much of what the figures need is filled, by hand."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said
from tests.indicators.lives import going, over


@pytest.fixture
def filled(ledger, load, lead):
    def asked(measure=None, **tables):
        for table, rows in tables.items():
            load(table, *rows, complete_to=AS_OF)
        where = {"measure": [measure]} if measure else None
        return figure(ledger, lead, "completeness", where=where).only

    return asked


def bill(ref, received="2024-01-01", **more):
    row = {"payee": "a", "invoice_ref": ref, "received_on": received, "paid_on": "2024-02-01"}
    return row | {"amount": 10, "partnership": "p", "payee_role": "partner"} | more


def test_a_day_of_receipt_is_there_or_not_and_one_taken_from_the_invoice_is_not(filled):
    row = filled(
        "Payments: day the invoice was received",
        payment=[
            bill("1"),
            bill("2"),
            bill("3", None),
            bill("4", receipt_taken_from="invoice date"),
            bill("5", None, kind="grant"),
            bill("6", None, outcome="rejected"),
            bill("7", None, credits="1", amount=-10),
        ],
    )
    assert (row.figure.n, row.figure.numerator, row.figure.value) == (4, 2, 0.5)
    assert said(row.left_out) == {
        "not needed: withdrawn or rejected": (1, None),
        "not needed: a credit note": (1, None),
    }


def test_of_a_grant_the_day_it_fell_due_is_needed(filled):
    grants = [bill("1", None, kind="grant", due_on="2024-01-15"), bill("2", kind="grant")]
    row = filled("Payments: day a grant fell due", payment=[*grants, bill("3")])
    assert (row.figure.n, row.figure.numerator) == (2, 1)


def test_the_partnership_is_needed_but_for_suppliers_that_are_no_partners(filled):
    row = filled(
        "Payments: partnership it was for",
        payment=[
            bill("1"),
            bill("2", partnership=None),
            bill("3", partnership=None, payee_role="other supplier"),
            bill("4", partnership=None, payee_role="not known"),
        ],
    )
    assert (row.figure.n, row.figure.numerator) == (3, 1)
    assert said(row.left_out) == {
        "not needed: to a supplier that is no partner": (1, None),
    }


def test_who_was_paid_is_not_known_where_the_record_says_so(filled):
    row = filled(
        "Payments: who was paid, a partner or another",
        payment=[bill("1"), bill("2", payee_role="not known"), bill("3", payee_role=None)],
    )
    assert (row.figure.n, row.figure.numerator) == (3, 1)


TIME = [
    # paid, with everything; paid, basis and activity missing; unpaid and said so; nothing said
    {"paid_gbp": 20, "pay_basis": "gross", "activity": "workshop", "quantity": 2},
    {"paid_gbp": 20, "quantity": 2},
    {"paid_by": "nobody", "activity": "workshop", "quantity": 2},
    # one session, of nobody knows how many hours
    {"quantity": 1, "unit": "session"},
]


@pytest.mark.parametrize(
    ("measure", "n", "filled_in"),
    [
        ("hours", 4, 3),
        ("what was paid, or that nothing was", 4, 3),
        ("gross pay or full cost", 2, 1),
        ("activity", 4, 2),
    ],
)
def test_a_contribution_needs_hours_pay_and_activity(filled, measure, n, filled_in):
    day = {"partnership": "p", "role_group": "partner", "worked_on": date(2024, 1, 1)}
    rows = [day | row | {"contribution_ref": str(ref)} for ref, row in enumerate(TIME)]
    row = filled(f"Contributions of time: {measure}", contribution=rows)
    assert (row.figure.n, row.figure.numerator) == (n, filled_in)


def test_a_partnership_needs_its_beginning_and_once_over_why_it_ended(filled):
    partnerships = [
        going("a", 900),
        {"partnership": "b", "name": "B"},
        over("c", 900, 10, end_reason="purpose met"),
        over("d", 900, 10, end_reason="not known"),
    ]
    row = filled("Partnerships: when it began", partnership=partnerships)
    assert (row.figure.n, row.figure.numerator) == (4, 3)
    row = filled("Partnerships: why it ended")
    assert (row.figure.n, row.figure.numerator) == (2, 1)
    assert said(row.left_out) == {"not needed: still going": (2, None)}


def test_funding_needs_its_days_its_amount_and_its_status(filled):
    rows = [
        {"reference": "1", "status": "bid", "amount_gbp": 10}
        | {"from_on": "2024-01-01", "to_on": "2024-02-01"},
        {"reference": "2", "from_on": "2024-01-01"},
    ]
    load = {"funding": [row | {"partnership": "a"} for row in rows]}
    row = filled("Funding: first and last day", partnership=[going("a", 900)], **load)
    assert (row.figure.n, row.figure.numerator) == (2, 1)
    for measure in ("amount", "bid, awarded or received"):
        row = filled(f"Funding: {measure}")
        assert (row.figure.n, row.figure.numerator) == (2, 1)


def test_by_table_the_whole_is_split(ledger, load, lead, filled):
    filled(payment=[bill("1"), bill("2", None)], partnership=[going("p", 900)])
    rows = figure(ledger, lead, "completeness", by=["table"]).rows
    # Each payment has three cells: one of the six is empty.
    assert {row.labels[0]: (row.figure.n, row.figure.numerator) for row in rows} == {
        "Partnerships": (1, 1),
        "Payments": (6, 5),
    }
