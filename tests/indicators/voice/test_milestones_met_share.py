"""Milestones done by their day, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said


def milestone(name, due, done, **more):
    row = {"partnership": "p", "milestone": name, "set_on": "2022-01-01", "due_on": due}
    return row | {"done_on": done} | more


@pytest.fixture
def drawn(load):
    # As at 31 March 2024: of five due, two were done in time.
    to_the_month = {"due_on_precision": "month"}
    load(
        "milestone",
        milestone("on the day", "2023-06-01", "2023-06-01"),
        milestone("in the month", "2023-06-16", "2023-06-30", **to_the_month),
        milestone("a day late", "2023-06-01", "2023-06-02"),
        milestone("not done", "2024-03-31", None),
        milestone("done since", "2024-03-01", "2024-04-01"),
        milestone("to come", "2024-04-01", "2024-01-01"),
        milestone("this year", "2024-07-01", None, due_on_precision="year"),
        milestone("some day", None, "2023-01-01"),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_two_of_five_were_done_by_their_day(ledger, lead):
    row = figure(ledger, lead, "milestones_met_share").only
    assert (row.figure.numerator, row.figure.n) == (2, 5)
    assert said(row.left_out) == {"not due yet": (2, None), "no day it was due": (1, None)}
    assert said(row.cautions) == {
        "done after it was due": (1, None),
        "not done by the as-of date": (2, None),
        "due in a month or year, counted to the end of it": (1, None),
    }


@pytest.mark.usefixtures("drawn")
def test_a_milestone_is_in_the_year_it_was_due(ledger, lead):
    rows = figure(ledger, lead, "milestones_met_share", by=["calendar_year"]).rows
    found = {row.labels[0]: (row.figure.numerator, row.figure.n) for row in rows}
    assert found["2023"] == (2, 3)
    assert found["2024"] == (0, 2)
