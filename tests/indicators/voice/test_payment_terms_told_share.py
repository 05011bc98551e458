"""Partnerships told by their start how they are paid, by hand."""

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said
from tests.indicators.voice.drawn import partnership


def test_two_of_four_were_told_by_the_start(ledger, load, lead):
    january = partnership("in the month", "2020-01-16", started_on_precision="month")
    load(
        "partnership",
        partnership("on the day", payment_terms_told_on="2020-01-01"),
        january | {"payment_terms_told_on": "2020-01-31"},
        partnership("a day late", payment_terms_told_on="2020-01-02"),
        partnership("never"),
        partnership("no start", None, payment_terms_told_on="2020-01-01"),
        complete_to=AS_OF,
    )
    row = figure(ledger, lead, "payment_terms_told_share").only
    assert (row.figure.numerator, row.figure.n) == (2, 4)
    assert said(row.left_out) == {"no start date": (1, None)}
    assert said(row.cautions) == {
        "told after it had begun": (1, None),
        "no day on record on which they were told": (1, None),
        "begun in a month or year, counted to the end of it": (1, None),
    }


def test_where_no_such_day_is_ever_recorded_it_is_not_nought(ledger, load, lead):
    load("partnership", partnership("p"), complete_to=AS_OF)
    row = figure(ledger, lead, "payment_terms_told_share").only
    assert (row.figure.n, row.figure.value) == (0, None)
    assert said(row.left_out) == {"the records never say when partners were told": (1, None)}
