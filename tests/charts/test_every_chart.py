"""What must hold of every chart, whatever its shape."""

import json
import re
import subprocess
import sys

import pytest

from civic_metrics import charts
from civic_metrics.model import Figure, Result, Row, Status, Unit
from tests.charts.small import indicator, point, result, row

ROWS = [
    row("2023/24", Figure(n=9, value=0.3, lower=0.2, upper=0.4, curve=(point(3, 0.5, 0.1, 0.9),))),
    row("2024/25", Figure(n=1, note="too few")),
]
PLACES = [{"place_code": "E1", "name": "Arden", "hex_q": 0, "hex_r": 0}]
SHARES = result(indicator(Unit.SHARE), ROWS, target=0.25)
LIMITS = [(5, 0.1, 0.5, 0.0, 0.6), (9, 0.2, 0.4, 0.1, 0.5)]
DRAWN = {
    "trend": charts.trend(SHARES, SHARES),
    "ranking": charts.ranking(SHARES),
    "bars": charts.bars(SHARES),
    "curve": charts.curve(ROWS * 2, time=Unit.DAYS),
    "xmr": charts.xmr(
        SHARES,
        charts.Usual(0.3, 0.1, 0.5),
        {"2023/24": charts.Mark("outside the limits", is_better=True)},
        reasons=("outside the limits",),
    ),
    "funnel": charts.funnel(
        SHARES, 0.3, [(5, 0.1, 0.5, 0.0, 0.6), (9, 0.2, 0.4, 0.1, 0.5)], [1, 0]
    ),
    "dumbbell": charts.dumbbell(
        Result(
            indicator=SHARES.indicator,
            splits=("principle", "side"),
            rows=tuple(
                Row(("Trust", side), ("Trust", side), ROWS[0].figure, Status.NOT_ASSESSED)
                for side in ("university", "partner")
            ),
            as_of=None,
        )
    ),
    "hex_map": charts.hex_map(PLACES, {"E1": (0.3, "30%")}, Unit.SHARE, selected="E1"),
}


@pytest.fixture(params=DRAWN)
def drawn(request):
    return DRAWN[request.param]


def test_only_scatter_and_bar_are_drawn_so_that_no_request_leaves_the_machine(drawn):
    assert {trace.type for trace in drawn.data} <= {"scatter", "bar"}
    assert not any(key in drawn.to_plotly_json()["layout"] for key in ("geo", "map", "mapbox"))
    assert not re.search(r"https?://", drawn.to_json())


def test_no_text_is_smaller_than_twelve(drawn):
    sizes = re.findall(r'"size":\s*(\d+)', json.dumps(drawn.to_plotly_json()["layout"]))
    assert sizes
    assert min(map(int, sizes)) >= 12


def test_the_ground_is_clear_the_height_given_and_the_nearest_point_speaks(drawn):
    layout = drawn.layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.height >= 100
    assert layout.width is None
    assert layout.hovermode == "closest"


def test_margins_leave_a_phone_most_of_its_width(drawn):
    assert drawn.layout.margin.l + drawn.layout.margin.r <= 100


def test_no_trace_is_known_by_colour_alone(drawn):
    lines = [trace for trace in drawn.data if trace.type == "scatter" and trace.mode != "markers"]
    shown = [(t.line.dash or "none") for t in lines if t.fill is None and t.line.color != "#3D3D3D"]
    assert len(shown) == len(set(shown))


def test_charts_need_nothing_of_streamlit_the_database_or_pandas():
    code = (
        "import sys, civic_metrics.charts;"
        "print([m for m in ('streamlit', 'duckdb', 'pandas') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
