"""A chart over time: its lines, its gaps, and points that stand out by shape and words."""

import pytest

from civic_metrics.charts import Mark, Usual, describe_xmr, xmr
from civic_metrics.model import Better, Figure, Result, Unit
from tests.charts.small import indicator, result, row

REASONS = ("outside the limits", "part of a run")
SHARE = indicator(Unit.SHARE, better=Better.HIGHER, name="Paid within 30 days")
MONTHS = result(
    SHARE,
    [
        row("2024-01", Figure(n=9, value=0.5, lower=0.1, upper=0.9)),
        row("2024-02", Figure(n=1, note="too few")),
        row("2024-03", Figure(n=9, value=0.1)),
        row("2024-04", Figure(n=9, value=0.8)),
        row("No date recorded", Figure(n=3, value=0.9)),
    ],
    split="month",
    target=0.95,
)
USUAL = Usual(0.5, -0.2, 1.2)
MARKS = {"2024-03": Mark(REASONS[0], False), "2024-04": Mark(REASONS[1], True)}
DRAWN = xmr(MONTHS, USUAL, MARKS, reasons=REASONS)


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def texts(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def test_periods_stand_in_order_and_one_without_a_figure_is_a_gap():
    line = traces(DRAWN)["Usual"]
    assert list(line.x) == [0, 1, 2, 3]
    assert list(line.y) == [0.5, None, 0.1, 0.8]
    assert line.connectgaps is False


def test_mean_limits_and_target_are_named_at_their_ends():
    assert set(texts(DRAWN)) == {
        "Mean<br>50%",
        "Upper limit<br>100%",
        "Lower limit<br>0%",
        "Target<br>95%",
    }
    assert {shape.line.dash for shape in DRAWN.layout.shapes} == {"solid", "dash", "dot"}


def test_a_limit_that_cannot_be_reached_is_drawn_where_the_unit_ends():
    assert sorted(shape.y0 for shape in DRAWN.layout.shapes) == [0, 0.5, 0.95, 1]
    waits = result(indicator(), [row("2024-01", Figure(n=9, value=9))], split="month")
    days = xmr(waits, Usual(9, -3, 21), {}, reasons=REASONS)
    assert sorted(shape.y0 for shape in days.layout.shapes) == [0, 9, 21]
    points = result(indicator(Unit.POINTS), [row("2024-01", Figure(n=9, value=0))], split="month")
    gap = xmr(points, Usual(0, -0.3, 0.3), {}, reasons=REASONS)
    assert sorted(shape.y0 for shape in gap.layout.shapes) == [-0.3, 0, 0.3]


def test_points_that_stand_out_differ_in_shape_colour_and_words():
    outside = traces(DRAWN)["Outside the limits (worse)"]
    run = traces(DRAWN)["Part of a run (better)"]
    assert (list(outside.x), list(outside.y)) == ([2], [0.1])
    assert (list(run.x), list(run.y)) == ([3], [0.8])
    assert outside.marker.symbol != run.marker.symbol
    assert outside.marker.color != run.marker.color
    assert DRAWN.layout.showlegend is True
    assert "outside the limits (worse)" in traces(DRAWN)["Usual"].hovertext[2]


def test_a_reason_keeps_its_shape_whatever_else_is_drawn():
    alone = xmr(MONTHS, USUAL, {"2024-04": Mark(REASONS[1], False)}, reasons=REASONS)
    symbol = traces(alone)["Part of a run (worse)"].marker.symbol
    assert symbol == traces(DRAWN)["Part of a run (better)"].marker.symbol


def test_where_neither_way_is_better_the_mark_says_the_reason_alone():
    assert Mark("outside the limits").said == "outside the limits"
    figure = xmr(MONTHS, USUAL, {"2024-03": Mark(REASONS[0])}, reasons=REASONS)
    assert traces(figure)["Outside the limits"].marker.color == "#A285D1"


def test_those_who_do_not_see_it_are_told_what_stands_out():
    assert describe_xmr(MONTHS, USUAL, MARKS) == (
        "Chart of paid within 30 days by month: 3 points around a mean of 50%, usually from 0% to "
        "100%; points that stand out: 2024-03 (outside the limits (worse)); 2024-04 (part of a "
        "run (better))."
    )
    assert describe_xmr(MONTHS, USUAL, {}).endswith("points that stand out: none.")


def test_another_split_is_refused():
    both = Result(indicator=SHARE, splits=("theme", "month"), rows=(), as_of=None)
    with pytest.raises(ValueError, match="one period"):
        xmr(both, USUAL, {}, reasons=REASONS)
