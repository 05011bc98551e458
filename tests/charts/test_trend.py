"""A trend draws its periods, its gaps, its band, its target and those it is compared with."""

from itertools import pairwise

import pytest

from civic_metrics.charts import trend
from civic_metrics.model import Better, Figure, Unit
from tests.charts.small import indicator, result, row

DAYS = indicator()
PARTNERS = result(
    DAYS,
    [
        row("2022/23", Figure(n=10, value=41, lower=37, upper=45)),
        row("2021/22", Figure(n=10, value=40, lower=36, upper=44)),
        row("2023/24", Figure(n=2, note="too few")),
        row("2024/25", Figure(n=10, value=34, lower=31, upper=36)),
        row("No date recorded", Figure(n=3, value=99, lower=90, upper=110)),
    ],
    target=30.0,
)
OTHERS = result(DAYS, [row("2024/25", Figure(n=99, value=28, lower=27, upper=29))])


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def texts(figure):
    return [annotation.text for annotation in figure.layout.annotations]


def test_values_stand_in_the_order_of_their_periods_and_a_missing_one_is_a_gap():
    line = traces(trend(PARTNERS))["Partners"]
    assert list(line.x) == [0, 1, 2, 3]
    assert list(line.y) == [40, 41, None, 34]
    assert line.connectgaps is False
    assert list(line.customdata) == ["2021/22", "2022/23", "2023/24", "2024/25"]
    assert "no figure" in texts(trend(PARTNERS))


def test_the_band_is_one_outline_a_run_of_periods_and_never_crosses_a_gap():
    band = traces(trend(PARTNERS))["Partners, 95% range"]
    assert list(band.x) == [0, 1, 1, 0, 0, None, 2.85, 3.15, 3.15, 2.85, 2.85]
    assert list(band.y) == [36, 37, 45, 44, 36, None, 31, 31, 36, 36, 31]
    assert band.fill == "toself"


def test_a_figure_whose_range_is_open_has_no_band():
    alone = result(DAYS, [row("2024/25", Figure(n=9, value=34, lower=31, upper=None))])
    assert set(traces(trend(alone))) == {"Partners"}
    assert "31 days or more" in traces(trend(alone))["Partners"].hovertext[0]


def test_the_target_is_a_line_with_its_name():
    figure = trend(PARTNERS)
    assert [(shape.y0, shape.y1) for shape in figure.layout.shapes] == [(30, 30)]
    assert "Target<br>30 days" in texts(figure)


def test_without_a_target_there_is_no_line():
    assert not trend(OTHERS).layout.shapes


def test_the_comparator_differs_in_dash_and_sign_and_is_named_at_its_end():
    figure = trend(PARTNERS, OTHERS)
    ours, theirs = traces(figure)["Partners"], traces(figure)["Other suppliers"]
    assert list(theirs.y) == [None, None, None, 28]
    assert (ours.line.dash, theirs.line.dash) == ("solid", "dash")
    assert ours.marker.symbol != theirs.marker.symbol
    assert "<b>Partners</b><br>34 days" in texts(figure)
    assert "<b>Other<br>suppliers</b><br>28 days" in texts(figure)
    assert figure.layout.showlegend is False


def test_labels_at_the_line_ends_keep_apart():
    figure = trend(PARTNERS, OTHERS)
    top, bottom = figure.layout.yaxis.range[1], figure.layout.yaxis.range[0]
    pixels = (figure.layout.height - 60) / (top - bottom)
    ends = sorted(
        (a.y * pixels + a.yshift, a.text.count("<br>") + 1)
        for a in figure.layout.annotations
        if a.text != "no figure"
    )
    for (low, low_lines), (high, high_lines) in pairwise(ends):
        assert high - low >= 15 * (low_lines + high_lines) / 2


def test_labels_at_the_top_stay_on_the_chart():
    shares = indicator(Unit.SHARE, better=Better.HIGHER)
    rows = [row("2024/25", Figure(n=9, value=1.0, lower=0.9, upper=1.0))]
    figure = trend(result(shares, rows, target=0.99), result(shares, rows))
    pixels = (340 - 60) / figure.layout.yaxis.range[1]
    assert all(a.y * pixels + a.yshift <= 340 - 44 - 15 for a in figure.layout.annotations)


def test_pay_has_the_universitys_rate_to_stand_beside():
    pay = indicator(Unit.POUND_FOR_POUND, better=Better.HIGHER, counts="contributions")
    figure = trend(result(pay, [row("2024/25", Figure(n=9, value=0.62, lower=0.5, upper=0.7))]))
    assert figure.layout.shapes[0].y0 == 1
    assert "University's<br>rate £1.00" in texts(figure)
    assert figure.layout.yaxis.title.text == "£ for each £1 at the university's rate"


def test_axes_begin_at_nought_and_only_a_gap_below_nought_goes_lower():
    assert trend(PARTNERS).layout.yaxis.range[0] == 0
    gap = result(
        indicator(Unit.GAP), [row("2024/25", Figure(n=9, value=0.1, lower=-0.05, upper=0.2))]
    )
    assert trend(gap).layout.yaxis.range[0] < -0.05


def test_only_as_many_periods_are_named_as_fit_on_a_phone_and_the_last_always_is():
    months = [
        row(f"2024-{month:02d}", Figure(n=9, value=9, lower=8, upper=10)) for month in range(1, 13)
    ]
    axis = trend(result(DAYS, months)).layout.xaxis
    assert axis.tickvals[-1] == 11
    assert axis.ticktext[-1] == "2024-12"
    assert len(axis.tickvals) <= 3


def test_no_periods_draw_an_empty_chart():
    assert list(traces(trend(result(DAYS, [])))["Partners"].y) == []


def test_another_split_is_refused():
    with pytest.raises(ValueError, match="one period"):
        trend(
            PARTNERS.__class__(
                indicator=DAYS, splits=("theme", "month"), rows=(), as_of=PARTNERS.as_of
            )
        )
