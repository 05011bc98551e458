"""How a figure behaves over time: its mean, the limits of the usual, the points that stand out.

Imports plotly, the model and this room's own modules; what stands out is worked out elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from civic_metrics.charts.canvas import SMALL, blank, extent, scale
from civic_metrics.charts.labels import hover, known, label
from civic_metrics.charts.palette import INK, LIGHT_PURPLE, MID_BLUE, ORANGE, SOFT_INK
from civic_metrics.charts.trend import HEIGHT, MARGIN, at_the_end, period_axis
from civic_metrics.model import Figure, Result, Row, Unit

_LEGEND = 26  # pixels a line of the legend takes
_SYMBOLS = ("diamond", "triangle-up", "square", "star", "cross", "x")
# The colours of Making Data Count, from the palette: blue better, orange worse, purple neither.
COLOURS = {True: MID_BLUE, False: ORANGE, None: LIGHT_PURPLE}
SIDES = {True: "better", False: "worse", None: ""}
_BELOW_NOUGHT = (Unit.GAP, Unit.POINTS)


@dataclass(frozen=True)
class Usual:
    """The mean and the limits of the usual up and down, in the unit of the figures."""

    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Mark:
    """Why a point stands out, in words, and whether on the better side (None: neither is)."""

    reason: str
    is_better: bool | None = None

    @property
    def said(self) -> str:
        """The reason with its side: "outside the limits (worse)"."""
        side = SIDES[self.is_better]
        return f"{self.reason} ({side})" if side else self.reason


def xmr(
    result: Result, usual: Usual, marks: Mapping[str, Mark], *, reasons: Sequence[str]
) -> go.Figure:
    """The value by period between its limits; points that stand out by shape, colour and words.

    `marks` are by the key of a period; `reasons` are all there can be, so that a reason always has
    the same shape. A limit that the unit cannot reach is drawn where it ends. Raises ValueError
    for a result not split by one period.
    """
    if len(result.splits) != 1:
        raise ValueError("a chart over time is drawn from a result split by one period")
    rows = [row for row in result.rows if row.keys[0] is not None]
    unit, counts = result.indicator.unit, result.indicator.counts
    fixed = _lines(result, usual)
    ends = extent([_bare(row.figure) for row in rows], [at for at, *_ in fixed])
    used = [mark for mark in dict.fromkeys(marks.values()) if mark.reason in reasons]
    used.sort(key=lambda mark: (list(reasons).index(mark.reason), mark.said))
    room = _LEGEND * len(used)
    chart = blank(
        height=HEIGHT + room,
        margin={**MARGIN, "b": MARGIN["b"] + room},
        xaxis=period_axis([row.labels[0] for row in rows]),
        yaxis=scale(unit, ends),
        showlegend=bool(used),
        legend={
            "orientation": "v",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "font": {"size": SMALL, "color": INK},
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    for at, _, dash in fixed:
        width = 1.5 if dash == "solid" else 1.2
        chart.add_hline(y=at, line={"color": INK, "width": width, "dash": dash}, layer="below")
    places = [place for place, row in enumerate(rows) if known(row.figure.value)]
    chart.add_trace(
        go.Scatter(
            x=list(range(len(rows))),
            y=[row.figure.value if known(row.figure.value) else None for row in rows],
            name="Usual",
            mode="lines+markers",
            connectgaps=False,
            line={"color": INK, "width": 1.5},
            marker={"size": 7, "symbol": "circle", "color": SOFT_INK},
            customdata=[row.keys[0] for row in rows],
            hovertext=[_hover(row, marks.get(row.keys[0]), unit, counts) for row in rows],
            hoverinfo="text",
            showlegend=False,
        )
    )
    for mark in used:
        at = [place for place in places if marks.get(rows[place].keys[0]) == mark]
        chart.add_trace(
            go.Scatter(
                x=at,
                y=[rows[place].figure.value for place in at],
                name=mark.said[:1].upper() + mark.said[1:],
                mode="markers",
                marker={
                    "size": 13,
                    "symbol": _SYMBOLS[list(reasons).index(mark.reason) % len(_SYMBOLS)],
                    "color": COLOURS[mark.is_better],
                    "line": {"color": INK, "width": 1},
                },
                hoverinfo="skip",
            )
        )
    for text in at_the_end([(at, words, INK) for at, words, _ in fixed], ends):
        chart.add_annotation(text)
    return chart


def describe_xmr(result: Result, usual: Usual, marks: Mapping[str, Mark]) -> str:
    """The chart in a sentence: how many periods, the mean, the limits, which points stand out."""
    unit = result.indicator.unit
    rows = [row for row in result.rows if row.keys[0] is not None and known(row.figure.value)]
    lower, upper = (label(at, unit) for at in drawn_limits(usual, unit))
    out = [f"{row.labels[0]} ({marks[row.keys[0]].said})" for row in rows if row.keys[0] in marks]
    standing = "; ".join(out) if out else "none"
    period = result.splits[0].replace("_", " ")
    name = result.indicator.name
    return (
        f"Chart of {name[:1].lower() + name[1:]} by {period}: {len(rows)} points around a mean of "
        f"{label(usual.mean, unit)}, usually from {lower} to {upper}; points that stand out: "
        f"{standing}."
    )


def drawn_limits(usual: Usual, unit: Unit) -> tuple[float, float]:
    """The limits as they are shown: no days below nought and no share above all."""
    lower = usual.lower if unit in _BELOW_NOUGHT else max(0.0, usual.lower)
    return lower, min(1.0, usual.upper) if unit is Unit.SHARE else usual.upper


def _lines(result: Result, usual: Usual) -> list[tuple[float, str, str]]:
    """The lines that stay put: where, what they are called, how they are dashed."""
    unit = result.indicator.unit
    lower, upper = drawn_limits(usual, unit)
    lines = [
        (usual.mean, f"Mean<br>{label(usual.mean, unit)}", "solid"),
        (upper, f"Upper limit<br>{label(upper, unit)}", "dash"),
        (lower, f"Lower limit<br>{label(lower, unit)}", "dash"),
    ]
    if result.target is not None:
        lines.append((result.target, f"Target<br>{label(result.target, unit)}", "dot"))
    return lines


def _bare(figure: Figure) -> Figure:
    """The value alone: the range of one period is not what the limits are about."""
    return Figure(n=figure.n, value=figure.value)


def _hover(row: Row, mark: Mark | None, unit: Unit, counts: str) -> str:
    text = hover(row.labels[0], row.figure, unit, counts)
    return f"{text}<br>{mark.said}" if mark else text
