"""A curve steps down from everything open, with a band where there are limits."""

import pytest

from civic_metrics.charts import curve
from civic_metrics.model import Figure, Unit
from tests.charts.small import indicator, point, result, row

# 4 invoices paid after 10, 20, 20 and 40 days: by hand 3/4, 1/4 and 0 still waiting.
FOUR = (point(10, 0.75, 0.1, 0.9), point(20, 0.25, 0.05, 0.6, 3), point(40, 0.0, None, None, 1))
PARTNERS = row("Partners", Figure(n=4, value=20, curve=FOUR))
OTHERS = row("Other suppliers", Figure(n=4, value=20, curve=FOUR[:2]))
WAITS = result(indicator(), [PARTNERS, OTHERS], split="payee_role")


def named(figure):
    return {trace.name: trace for trace in figure.data}


def test_the_steps_start_with_everything_open():
    line = named(curve(WAITS))["Partners"]
    assert list(line.x) == [0, 10, 20, 40]
    assert list(line.y) == [1, 0.75, 0.25, 0]
    assert line.line.shape == "hv"
    assert line.hovertext[2] == (
        "<b>Partners</b><br>after 20 days: 25% still waiting<br>5% to 60%<br>3 followed this long"
    )


def test_a_curve_that_begins_late_keeps_its_own_beginning():
    late = row("Partners", Figure(n=4, curve=(point(2, 1.0, None, None), point(3, 0.5, 0.1, 0.8))))
    line = named(curve([late], time=Unit.YEARS))["Partners"]
    assert list(line.x) == [2, 3]


def test_the_band_follows_the_steps_and_ends_where_the_limits_do():
    band = named(curve(WAITS))["Partners, 95% range"]
    assert list(band.x)[6:11] == [10, 20, 20, 10, 10]
    assert list(band.y)[6:11] == [0.1, 0.1, 0.9, 0.9, 0.1]
    assert max(x for x in band.x if x is not None) == 40
    no_limits = row("A", Figure(n=2, curve=(point(1, 1.0, None, None), point(3, 0.5, None, None))))
    assert set(named(curve([no_limits], time=Unit.DAYS))) == {"A"}


def test_two_curves_differ_in_dash_and_are_named_above():
    figure = curve(WAITS, ["Ours", "Theirs"])
    assert named(figure)["Ours"].line.dash != named(figure)["Theirs"].line.dash
    assert figure.layout.showlegend is True
    assert curve([PARTNERS], time=Unit.DAYS).layout.showlegend is False


def test_the_axis_says_waiting_for_days_and_going_for_years():
    assert curve(WAITS).layout.yaxis.title.text == "Still waiting (%)"
    share = result(indicator(Unit.SHARE), [PARTNERS])
    figure = curve(share, time=Unit.YEARS)
    assert figure.layout.yaxis.title.text == "Still going (%)"
    assert figure.layout.xaxis.title.text == "Years"


def test_a_row_without_a_curve_is_left_out():
    assert not curve([row("Empty", Figure(n=0))], time=Unit.DAYS).data


def test_time_must_be_days_or_years():
    with pytest.raises(ValueError, match="days or years"):
        curve(result(indicator(Unit.SHARE), [PARTNERS]))


def test_more_curves_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="at most 5"):
        curve([PARTNERS] * 6, time=Unit.DAYS)
