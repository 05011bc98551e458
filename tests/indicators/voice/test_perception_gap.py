"""The university's mean score less its partners', by hand."""

import pytest

from civic_metrics.compute import figure
from civic_metrics.model import Role, Viewer
from tests.indicators.drawn import AS_OF, said
from tests.indicators.voice.drawn import answer


@pytest.fixture
def drawn(load):
    # On 1 to 5: the university 5 and 4 (1.00, 0.75; mean 0.875), partners 3 and 2 (0.50, 0.25;
    # mean 0.375): half of the scale apart. Endings, on 0 to 10: 6 and 6, so no gap.
    ending = {"principle": "endings", "statement": "Endings are planned.", "scale": "0 to 10"}
    load(
        "review",
        answer("university", 5),
        answer("university", 4),
        answer("partner", 3),
        answer("partner", 2, reviewed_on="2023-11-14"),  # 183 days later
        answer("university", 6, **ending),
        answer("partner", 6, **ending),
        answer("university", 5, principle=None, statement="Overall"),
        answer("university", None),
        answer("university", 5, partnership="only one side"),
        answer("partner", 1, reviewed_on="2023-11-15"),  # 184 days later: another round
        answer("partner", 9),
        answer("partner", 3, scale=None),
        answer("partner", 3, scale="5 (best) to 1 (worst)"),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_the_gap_on_each_principle_is_the_difference_of_the_two_means(ledger, lead):
    rows = figure(ledger, lead, "perception_gap", by=["principle"]).rows
    found = {row.labels[0]: (row.figure.n, row.figure.value) for row in rows}
    assert found["paid time"] == (4, pytest.approx(0.5))
    assert found["endings"] == (2, pytest.approx(0))
    assert found["not stated"] == (0, None)


@pytest.mark.usefixtures("drawn")
def test_principles_are_never_blended_into_one_gap(ledger, lead):
    only = figure(ledger, lead, "perception_gap").only
    assert (only.figure.n, only.figure.value, only.figure.lower) == (6, None, None)
    assert "not blended" in only.figure.note
    alone = figure(ledger, lead, "perception_gap", where={"principle": ["paid time"]}).only
    assert alone.figure.value == pytest.approx(0.5)


@pytest.mark.usefixtures("drawn")
def test_what_cannot_be_set_beside_the_other_side_is_left_out_with_its_reason(ledger, lead):
    left_out = said(figure(ledger, lead, "perception_gap").only.left_out)
    assert {reason: n for reason, (n, _) in left_out.items()} == {
        "about no principle": 1,
        "answered without a score": 1,
        "the other side gave no score on it within half a year": 2,
        "the score lies outside its scale": 1,
        "the scale it was asked on is not stated in numbers": 1,
        "the scale it was asked on does not run from its lowest answer to its highest": 1,
    }


def test_scales_of_other_lengths_are_read_as_parts_of_themselves(ledger, load, lead):
    # 0.75 of each: 4 of 1 to 5, 7.5 of 0 to 10, 3.25 of 1 to 4, 0.5 of -1 to 1.
    scales = [(4, "1-5"), (7.5, "0 to 10"), (3.25, "1 (not at all) to 4 (a lot)"), (0.5, "-1 to 1")]
    rows = [answer("university", score, scale=scale) for score, scale in scales]
    rows += [answer("partner", 1)]
    load("review", *rows, complete_to=AS_OF)
    found = figure(ledger, lead, "perception_gap").only.figure
    assert (found.n, found.value) == (5, pytest.approx(0.75))


def test_a_partner_compares_with_those_answers_of_the_university_that_were_shared(ledger, load):
    load("membership", {"partnership": "p", "organisation": "ashby"})
    load(
        "review",
        answer("partner", 1),
        answer("university", 3, is_shared=True),
        answer("university", 5, is_shared=False),
        complete_to=AS_OF,
    )
    viewer = Viewer(Role.PARTNER, ("ashby",))
    found = figure(ledger, viewer, "perception_gap").only.figure
    assert (found.n, found.value) == (2, pytest.approx(0.5))
