"""The empty chart every shape of question starts from, and the ranges of its axes.

Imports plotly, the model and this room's own modules. No template: a figure carries only what
it says. Every request stays on the machine, since only scatter and bar traces are ever drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import plotly.graph_objects as go

from civic_metrics.charts.labels import axis, known
from civic_metrics.charts.palette import GRID, INK
from civic_metrics.model import Figure, Unit

SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
TEXT = 13
SMALL = 12  # the smallest text in any chart
ROOM = 1.08  # an axis ends this much beyond the largest value


def blank(*, height: int, margin: dict[str, int], **layout: Any) -> go.Figure:
    """A figure of a given height with a transparent ground, small margins and no template."""
    return go.Figure(
        layout={
            "template": "none",
            "height": height,
            "margin": {"pad": 0, **margin},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": {"family": SANS, "size": TEXT, "color": INK},
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": "white",
                "bordercolor": INK,
                "align": "left",
                "font": {"family": SANS, "size": TEXT, "color": INK},
            },
            "dragmode": False,
            "showlegend": False,
            **layout,
        }
    )


def extent(figures: Iterable[Figure], also: Iterable[float | None] = ()) -> tuple[float, float]:
    """The range of an axis that holds every value, limit and line, and nought."""
    figures = list(figures)
    numbers = [number for f in figures for number in (f.value, f.lower, f.upper) if known(number)]
    numbers += [number for number in also if known(number)]
    low, high = min([0.0, *numbers]), max([0.0, *numbers])
    if low == high:
        high = 1.0
    return low * ROOM, high * ROOM


def scale(unit: Unit, ends: tuple[float, float], **more: Any) -> dict[str, Any]:
    """A value axis in this unit: from nought, with a title, few ticks and a quiet grid."""
    low, high = ends
    form: dict[str, Any] = {"tickformat": ",~r", "hoverformat": ",~r"}
    if unit in (Unit.SHARE, Unit.GAP, Unit.POINTS):
        form = {"tickformat": ".0%" if high - low > 0.08 else ".1%"}
    elif unit is Unit.POUNDS:
        form = {"tickformat": ",~s", "tickprefix": "£"}
    elif unit in (Unit.POUND_FOR_POUND, Unit.POUNDS_A_HEAD):
        form = {"tickformat": ",.2f", "tickprefix": "£"}
    return {
        "title": {"text": axis(unit), "font": {"size": TEXT}, "standoff": 8},
        "range": [low, high],
        "fixedrange": True,
        "nticks": 6,
        "tickfont": {"size": SMALL},
        "gridcolor": GRID,
        "gridwidth": 1,
        "zeroline": True,
        "zerolinecolor": INK,
        "zerolinewidth": 1,
        "automargin": True,
        **form,
        **more,
    }


def note(text: str, **where: Any) -> dict[str, Any]:
    """A text without an arrow."""
    return {
        "text": text,
        "showarrow": False,
        "align": "left",
        "font": {"size": SMALL, "color": INK},
        **where,
    }
