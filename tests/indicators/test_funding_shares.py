"""What share of bids was awarded and of awards received, in number and in pounds, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said
from tests.indicators.lives import going

# Status, pounds: two bids, one award and two that were received; one does not say.
ROWS = [
    ("bid", 1000),
    ("bid", None),
    ("awarded", 300),
    ("received", 500),
    ("received", 200),
    (None, 70),
]


@pytest.fixture
def shares(ledger, load, lead):
    load("partnership", going("p", 900), complete_to=AS_OF)

    def asked(indicator, rows=ROWS, **how):
        load(
            "funding",
            *(
                {"partnership": "p", "reference": str(n), "status": status, "amount_gbp": pounds}
                | {"from_on": "2023-05-01"}
                for n, (status, pounds) in enumerate(rows)
            ),
        )
        return figure(ledger, lead, indicator, **how)

    return asked


def test_of_five_bids_three_were_awarded_and_have_been_received_since_or_not(shares):
    row = shares("funding_awarded_share").only
    assert (row.figure.n, row.figure.numerator, row.figure.value) == (5, 3, 0.6)
    assert said(row.left_out) == {"status not stated": (1, 70)}


def test_of_two_thousand_pounds_bid_for_one_thousand_was_awarded(shares):
    row = shares("funding_awarded_pounds_share").only
    assert (row.figure.numerator, row.figure.denominator, row.figure.value) == (1000, 2000, 0.5)
    assert said(row.left_out) == {"status not stated": (1, 70), "no amount": (1, None)}


def test_of_three_awards_two_have_been_received(shares):
    row = shares("funding_received_share").only
    assert (row.figure.n, row.figure.value) == (3, pytest.approx(2 / 3))
    assert said(row.left_out) == {"status not stated": (1, 70)}


def test_of_a_thousand_pounds_awarded_seven_hundred_have_been_received(shares):
    row = shares("funding_received_pounds_share").only
    assert (row.figure.numerator, row.figure.denominator, row.figure.value) == (700, 1000, 0.7)


@pytest.mark.parametrize("stage", ["awarded", "received"])
def test_an_amount_that_is_a_ceiling_is_counted_with_a_caution(ledger, load, lead, shares, stage):
    load(
        "funding",
        {"partnership": "p", "reference": "x", "status": "received"}
        | {"amount_gbp": 40, "qualifier": "up to"},
    )
    row = shares(f"funding_{stage}_pounds_share", [("received", 60)]).only
    assert said(row.cautions) == {"amount is a ceiling or an estimate: up to": (1, 40)}
    assert row.figure.denominator == 100


def test_funding_belongs_to_the_year_of_its_first_day(shares):
    rows = shares("funding_awarded_share", by=["financial_year"]).rows
    assert [row.labels[0] for row in rows] == ["2023/24"]
