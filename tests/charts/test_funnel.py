"""A funnel draws each group by size, its limits, and those beyond them by shape and words."""

from civic_metrics.charts import describe_funnel, funnel
from civic_metrics.model import Better, Figure, Unit
from tests.charts.small import indicator, result, row

SHARE = indicator(Unit.SHARE, better=Better.HIGHER, name="Paid within 30 days")


def group(name, share, size):
    return row(name, Figure(n=size, value=share, numerator=share * size, denominator=size))


GROUPS = result(
    SHARE,
    [
        group("Arts", 0.5, 10),
        group("Library", 0.0, 40),
        group("School", 0.9, 20),
        row("Garden", Figure(n=0, note="nothing")),
    ],
    split="theme",
)
BOUNDS = [(10, 0.2, 0.8, 0.1, 0.9), (40, 0.35, 0.65, 0.25, 0.75)]
OUT = [0, -2, 1, 0]
DRAWN = funnel(GROUPS, 0.45, BOUNDS, OUT)


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def test_groups_stand_by_size_and_share_and_those_without_a_figure_are_not_drawn():
    within = traces(DRAWN)["Within the limits: by chance"]
    assert (list(within.x), list(within.y), list(within.customdata)) == ([10], [0.5], ["Arts"])
    far = traces(DRAWN)["Below the outer limit (99.8%)"]
    assert (list(far.x), list(far.y), list(far.customdata)) == ([40], [0.0], ["Library"])


def test_how_far_out_a_group_lies_is_shape_and_words():
    drawn = [t for t in DRAWN.data if t.mode == "markers"]
    assert len({trace.marker.symbol for trace in drawn}) == 3
    assert [trace.name for trace in drawn] == [
        "Above the inner limit (95%)",
        "Within the limits: by chance",
        "Below the outer limit (99.8%)",
    ]
    assert "below the outer limit" in traces(DRAWN)["Below the outer limit (99.8%)"].hovertext[0]


def test_colours_follow_the_better_way_and_none_where_there_is_none():
    def colour(better):
        of = indicator(Unit.SHARE, better=better)
        figure = funnel(result(of, GROUPS.rows, split="theme"), 0.45, BOUNDS, OUT)
        return traces(figure)["Below the outer limit (99.8%)"].marker.color

    colours = [colour(better) for better in Better]
    assert len(set(colours)) == 3


def test_limits_are_four_lines_told_apart_by_dash_and_the_share_of_all_is_named():
    lines = [trace for trace in DRAWN.data if trace.mode == "lines"]
    assert [list(line.y) for line in lines] == [[0.2, 0.35], [0.8, 0.65], [0.1, 0.25], [0.9, 0.75]]
    assert [line.line.dash for line in lines] == ["dash", "dash", "solid", "solid"]
    assert [a.text for a in DRAWN.layout.annotations] == ["All<br>45%"]


def test_a_point_at_nought_or_all_is_whole():
    low, high = DRAWN.layout.yaxis.range
    assert low < 0
    everyone = result(SHARE, [group("Arts", 1.0, 10)], split="theme")
    assert funnel(everyone, 1.0, BOUNDS, [0]).layout.yaxis.range[1] > 1
    assert high > 0.9


def test_those_who_do_not_see_it_are_told_which_stand_out():
    assert describe_funnel(GROUPS, 0.45, OUT) == (
        "Chart of paid within 30 days by size: 3 groups around 45%; those that differ by more "
        "than chance: Library at 0% (below the outer limit (99.8%)); School at 90% (above the "
        "inner limit (95%))."
    )
    assert describe_funnel(GROUPS, 0.45, [0] * 4).endswith("more than chance: none.")
