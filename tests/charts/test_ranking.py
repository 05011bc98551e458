"""A ranking puts those that need a look first; bars keep the order they are given."""

from civic_metrics.charts import bars, ranking
from civic_metrics.model import Better, Figure, Unit
from tests.charts.small import indicator, result, row

GROUPS = [
    row("Arts", Figure(n=10, value=20, lower=15, upper=28)),
    row("Library", Figure(n=10, value=44, lower=39, upper=None)),
    row("School", Figure(n=1, note="too few partnerships to show")),
    row("Garden", Figure(n=10, value=31)),
]
WAITS = result(indicator(), GROUPS, split="theme", target=30.0)


def trace(figure, name):
    return next(each for each in figure.data if each.name == name)


def texts(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def test_the_longest_wait_comes_first_and_those_without_a_figure_last():
    figure = ranking(WAITS)
    dots = trace(figure, "Figure")
    assert list(dots.customdata) == ["Library", "Garden", "Arts"]
    assert list(dots.x) == [44, 31, 20]
    assert list(dots.y) == [0, -1, -2]
    assert texts(figure)[-4:-1] == ["School", "<b>not shown</b>", "Too few partnerships to show"]


def test_where_higher_is_better_the_lowest_comes_first():
    shares = result(
        indicator(Unit.SHARE, better=Better.HIGHER),
        [row("A", Figure(n=5, value=0.9)), row("B", Figure(n=5, value=0.4))],
        split="theme",
    )
    assert list(trace(ranking(shares), "Figure").customdata) == ["B", "A"]


def test_a_range_runs_from_limit_to_limit_and_an_open_end_to_the_edge():
    figure = ranking(WAITS)
    edge = figure.layout.xaxis.range[1]
    assert list(trace(figure, "95% range").x) == [39, edge, None, 15, 28]
    assert list(trace(figure, "95% range").y) == [0, 0, None, -2, -2]


def test_the_target_is_a_line_with_its_name():
    figure = ranking(WAITS)
    assert [(shape.x0, shape.x1) for shape in figure.layout.shapes] == [(30, 30)]
    assert "Target 30 days" in texts(figure)


def test_a_target_at_either_edge_keeps_its_name_on_the_chart():
    near = result(indicator(), GROUPS, split="theme", target=1.0)
    far = result(indicator(), GROUPS, split="theme", target=80.0)
    anchors = [
        next(a.xanchor for a in ranking(each).layout.annotations if a.text.startswith("Target"))
        for each in (near, far)
    ]
    assert anchors == ["left", "right"]


def test_a_ranking_cut_short_says_of_how_many():
    figure = ranking(WAITS, limit=2)
    assert list(trace(figure, "Figure").customdata) == ["Library", "Garden"]
    assert figure.layout.xaxis.title.text == "Days · 2 of 4 shown"
    assert figure.layout.height < ranking(WAITS).layout.height


def test_a_name_too_long_for_a_phone_is_cut_on_the_chart_and_whole_when_touched():
    name = "Example Hospice and Community Care Trust of Leicestershire"
    figure = ranking(result(indicator(), [row(name, Figure(n=5, value=9))], split="organisation"))
    assert texts(figure)[0] == "Example Hospice and Community Care…"
    assert name in trace(figure, "Figure").hovertext[0]


def test_bars_keep_their_order_and_start_at_nought():
    figure = bars(WAITS)
    bar = trace(figure, "Figure")
    assert bar.type == "bar"
    assert list(bar.customdata) == ["Arts", "Library", "Garden"]
    assert list(bar.x) == [20, 44, 31]
    assert figure.layout.xaxis.range[0] == 0


def test_nothing_to_rank_is_an_empty_chart_not_an_error():
    empty = result(indicator(), [], split="theme")
    assert list(trace(ranking(empty), "Figure").x) == []
    assert list(trace(bars(empty), "Figure").x) == []
