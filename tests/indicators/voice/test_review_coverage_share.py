"""Partnerships reviewed by both sides in the last 12 months, by hand."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from civic_metrics.model import Role, Viewer
from tests.indicators.drawn import AS_OF, said
from tests.indicators.voice.drawn import answer, partnership


@pytest.fixture
def drawn(load):
    # As at 31 March 2024. Of five that go on, only "both" was answered by both sides in the year.
    load(
        "partnership",
        partnership("both"),
        partnership("ours"),
        partnership("theirs"),
        partnership("long ago"),
        partnership("new", "2024-01-01"),
        partnership("ended", ended_on="2024-01-01"),
        complete_to=AS_OF,
    )
    load(
        "review",
        answer("university", 4, partnership="both", reviewed_on="2023-04-01"),
        answer("partner", None, partnership="both", reviewed_on="2024-03-31"),
        answer("university", 4, partnership="ours"),
        answer("partner", 4, partnership="theirs"),
        answer("partner", 4, partnership="long ago", reviewed_on="2023-03-31"),
        answer("university", 4, partnership="long ago", reviewed_on="2023-03-31"),
        answer("university", 4, partnership="ended"),
        answer("partner", 4, partnership="ended"),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_one_of_five_was_reviewed_by_both_sides_in_the_year(ledger, lead):
    row = figure(ledger, lead, "review_coverage_share").only
    assert (row.figure.numerator, row.figure.n) == (1, 5)
    assert said(row.left_out) == {"the partnership has ended": (1, None)}
    assert {reason: n for reason, (n, _) in said(row.cautions).items()} == {
        "only the university answered": 1,
        "only partners answered": 1,
        "nobody answered": 1,
        "nobody answered; begun less than a year ago": 1,
    }


@pytest.mark.usefixtures("drawn")
def test_the_year_ends_on_the_day_asked_for(ledger, lead):
    # A year before, the two answers of 31 March 2023 were new; nothing else had come yet.
    row = figure(ledger, lead, "review_coverage_share", as_of=date(2023, 3, 31)).only
    assert (row.figure.numerator, row.figure.n) == (1, 5)


@pytest.mark.usefixtures("drawn")
def test_a_partner_who_sees_one_side_is_not_told_that_the_other_kept_silent(ledger):
    viewer = Viewer(Role.PARTNER, ("ashby",))
    assert figure(ledger, viewer, "review_coverage_share").only.figure.value is None


def test_where_no_review_was_ever_loaded_it_is_not_nought(ledger, load, lead):
    load("partnership", partnership("p"), complete_to=AS_OF)
    row = figure(ledger, lead, "review_coverage_share").only
    assert (row.figure.n, row.figure.value) == (0, None)
    assert said(row.left_out) == {"the records hold no review by that day": (1, None)}
