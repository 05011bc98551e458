"""Days since the last review, by hand."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said
from tests.indicators.voice.drawn import answer, partnership


@pytest.fixture
def drawn(load):
    # As at 31 March 2024: 1, 31 and 366 days ago (2024 is a leap year); the middle is 31.
    load(
        "partnership",
        *(partnership(name) for name in ("a", "b", "c", "never")),
        partnership("ended", ended_on="2024-01-01"),
        complete_to=AS_OF,
    )
    load(
        "review",
        answer("partner", 4, partnership="a", reviewed_on="2020-05-01"),
        answer("university", 4, partnership="a", reviewed_on="2024-03-30"),
        answer("university", 4, partnership="b", reviewed_on="2024-02-29"),
        answer("partner", 4, partnership="c", reviewed_on="2023-03-31"),
        answer("university", 4, partnership="c", reviewed_on="2023-03-31"),
        answer("partner", 4, partnership="ended"),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_the_middle_partnership_was_reviewed_a_month_ago(ledger, lead):
    row = figure(ledger, lead, "days_since_review").only
    assert (row.figure.n, row.figure.value) == (3, 31)
    assert said(row.cautions) == {"reviewed by one side only": (1, None)}
    assert said(row.left_out) == {
        "the partnership has ended": (1, None),
        "never reviewed, as far as the records go": (1, None),
    }


@pytest.mark.usefixtures("drawn")
def test_it_is_counted_to_the_day_asked_for(ledger, lead):
    # On 1 April 2023 only a (1 May 2020: 1,065 days) and c (1 day) had been; the middle: 533.
    found = figure(ledger, lead, "days_since_review", as_of=date(2023, 4, 1)).only.figure
    assert (found.n, found.value) == (2, 533)
