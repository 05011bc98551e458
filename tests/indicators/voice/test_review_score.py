"""Mean scores by side and principle, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said
from tests.indicators.voice.drawn import answer


@pytest.fixture
def drawn(load):
    # Partners on paid time: 1, 3 and 5 of 5 are 0, a half and one: 1.5 of 3. The university: 4.
    load(
        "review",
        answer("partner", 1),
        answer("partner", 3, partnership="q"),
        answer("partner", 5, partnership="q", organisation="burton"),
        answer("university", 4),
        answer("partner", 5, principle="endings", statement="Endings are planned."),
        answer("partner", None),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_each_side_is_scored_on_each_principle_apart(ledger, lead):
    rows = figure(ledger, lead, "review_score", by=["side", "principle"]).rows
    assert {row.labels: (row.figure.n, row.figure.value) for row in rows} == {
        ("partner", "paid time"): (3, pytest.approx(0.5)),
        ("partner", "endings"): (1, 1.0),
        ("university", "paid time"): (1, pytest.approx(0.75)),
    }


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("by", [[], ["side"], ["partnership"]])
def test_a_score_over_sides_or_principles_is_withheld_and_says_how_to_split(ledger, lead, by):
    rows = figure(ledger, lead, "review_score", by=by).rows
    withheld = [row for row in rows if row.figure.value is None]
    assert withheld
    assert all("split by principle and side" in row.figure.note for row in withheld)


@pytest.mark.usefixtures("drawn")
def test_it_is_the_partners_own_answers_that_count_for_an_organisation(ledger, lead):
    asked = {"where": {"principle": ["paid time"]}, "by": ["organisation", "side"]}
    rows = figure(ledger, lead, "review_score", **asked).rows
    assert {row.keys[0]: row.figure.value for row in rows} == {
        "ashby": pytest.approx(0.25),
        "burton": 1.0,
        None: pytest.approx(0.75),
    }


@pytest.mark.usefixtures("drawn")
def test_an_answer_without_a_score_is_left_out(ledger, lead):
    assert said(figure(ledger, lead, "review_score").only.left_out) == {
        "answered without a score": (1, None)
    }
