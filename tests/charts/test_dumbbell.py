"""Two views side by side: never one blended score."""

import pytest

from civic_metrics.charts import describe_dumbbell, dumbbell
from civic_metrics.charts.dumbbell import sides_of
from civic_metrics.model import Better, Figure, Result, Row, Status, Unit
from tests.charts.small import indicator

SCORE = indicator(Unit.SHARE, better=Better.HIGHER, name="Review score", counts="answers")


def view(principle, side, value, lower=None, upper=None):
    found = Figure(n=9, value=value, lower=lower, upper=upper, note=None if value else "too few")
    return Row((principle, side), (principle, side), found, Status.NOT_ASSESSED)


def scores(*rows):
    return Result(indicator=SCORE, splits=("principle", "side"), rows=rows, as_of=None)


VIEWS = scores(
    view("Trust", "partner", 0.5, 0.4, 0.6),
    view("Trust", "university", 0.6, 0.5, 0.7),
    view("Credit", "partner", 0.3),
    view("Credit", "university", 0.9),
    view("Money", "partner", 0.2),
    view("Money", "university", None),
    view("Words", "university", 0.4),
)


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def texts(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def test_each_side_has_its_dots_the_widest_apart_first():
    drawn = traces(dumbbell(VIEWS))
    university, partner = drawn["University"], drawn["Partner"]
    assert list(university.customdata) == ["Credit", "Trust", "Words"]
    assert list(university.x) == [0.9, 0.6, 0.4]
    assert list(partner.customdata) == ["Credit", "Trust", "Money"]
    assert list(partner.y) == [0, -1, -2]
    assert university.marker.symbol != partner.marker.symbol
    assert university.marker.color != partner.marker.color


def test_a_line_joins_the_sides_of_those_that_have_both():
    between = traces(dumbbell(VIEWS))["What lies between"]
    assert list(between.x) == [0.9, 0.3, None, 0.6, 0.5]


def test_each_side_keeps_its_own_range():
    drawn = traces(dumbbell(VIEWS))
    assert list(drawn["University, 95% range"].x) == [0.5, 0.7]
    assert list(drawn["Partner, 95% range"].x) == [0.4, 0.6]
    dashes = {drawn[f"{side}, 95% range"].line.dash for side in ("University", "Partner")}
    assert len(dashes) == 2


def test_a_group_with_one_view_says_whose_is_missing():
    said = texts(dumbbell(VIEWS))
    assert "nothing to show from the university side" in said
    assert "nothing to show from the partner side" in said
    assert "<b>● 90%  ◆ 30%</b>" in said


def test_those_who_do_not_see_it_are_told_both_views():
    assert describe_dumbbell(VIEWS) == (
        "Chart of review score, both views; Credit: university 90%, partner 30%; Trust: "
        "university 60%, partner 50%; Money: university not shown, partner 20%; Words: "
        "university 40%, partner no figure."
    )


def test_other_than_two_sides_or_two_splits_are_refused():
    with pytest.raises(ValueError, match="exactly two sides"):
        sides_of(scores(view("Trust", "partner", 0.5)))
    with pytest.raises(ValueError, match="split two ways"):
        dumbbell(Result(indicator=SCORE, splits=("principle",), rows=(), as_of=None))
