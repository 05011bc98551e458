"""How a figure moves from period to period, beside those it is compared with.

Imports plotly, the model and this room's own modules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import plotly.graph_objects as go

from civic_metrics.charts.canvas import blank, extent, note, scale
from civic_metrics.charts.labels import hover, known, label, lines
from civic_metrics.charts.palette import DARK_BLUE, DARK_PINK, GRID, INK, SOFT_INK, clear
from civic_metrics.model import Figure, Result, Row, Unit

HEIGHT = 340
MARGIN = {"l": 8, "r": 92, "t": 16, "b": 44}
_PLOT = HEIGHT - MARGIN["t"] - MARGIN["b"]
_TICK_ROOM = 28  # characters of period names that fit beside each other on a phone
_TICK_WIDTH = 9
_LABEL_WIDTH = 12
_LINE = 15  # pixels a line of a label takes
_BETWEEN = 4  # pixels from label to label
_HALF_STEP = 0.15  # how far the band of a period that stands alone reaches to each side


@dataclass(frozen=True)
class _Series:
    name: str
    rows: dict[str, Row]
    colour: str
    dash: str
    symbol: str


def trend(
    result: Result,
    comparator: Result | None = None,
    *,
    labels: tuple[str, str] = ("Partners", "Other suppliers"),
) -> go.Figure:
    """The value by period with its 95% band, the comparator dashed, the target dotted.

    Both results are split by one and the same period. A period without a value is a gap that
    says so, never nought; rows without a period have no place in time and are left out. Raises
    ValueError for another split.
    """
    series = [_Series(labels[0], _by_period(result), DARK_BLUE, "solid", "circle")]
    if comparator is not None:
        rows = _by_period(comparator)
        series.append(_Series(labels[1], rows, DARK_PINK, "dash", "diamond"))
    names = {key: row.labels[0] for each in reversed(series) for key, row in each.rows.items()}
    periods = sorted(names)
    unit = result.indicator.unit
    fixed = _fixed_lines(result)
    figures = [row.figure for each in series for row in each.rows.values()]
    ends = extent(figures, [at for at, *_ in fixed])
    chart = blank(
        height=HEIGHT,
        margin=MARGIN,
        xaxis=period_axis([names[key] for key in periods]),
        yaxis=scale(unit, ends),
    )
    for at, _, dash in fixed:
        chart.add_hline(y=at, line={"color": INK, "width": 1.5, "dash": dash})
    ends_at = [(at, text, INK) for at, text, _ in fixed]
    for each in reversed(series):  # the partners are drawn last, above the others
        figure_at = [each.rows[key].figure if key in each.rows else None for key in periods]
        chart.add_traces(_band(each, figure_at))
        chart.add_trace(_line(each, periods, names, unit, result.indicator.counts))
        last = next((f for f in reversed(figure_at) if f and known(f.value)), None)
        if last:
            text = f"<b>{lines(each.name, _LABEL_WIDTH)}</b><br>{label(last.value, unit)}"
            ends_at.append((last.value, text, each.colour))
    for text in at_the_end(ends_at, ends):
        chart.add_annotation(text)
    for place in _gaps(series[0], periods):
        chart.add_annotation(
            note(
                "no figure",
                x=place,
                y=0,
                yshift=6,
                yanchor="bottom",
                textangle=-90,
                font={"size": 12, "color": SOFT_INK},
            )
        )
    return chart


def _by_period(result: Result) -> dict[str, Row]:
    if len(result.splits) != 1:
        raise ValueError("a trend is drawn from a result split by one period")
    return {row.keys[0]: row for row in result.rows if row.keys[0] is not None}


def _fixed_lines(result: Result) -> list[tuple[float, str, str]]:
    """Where the target and the university's own rate stand: the value, its label, its dash."""
    unit, fixed = result.indicator.unit, []
    if result.target is not None:
        fixed.append((result.target, f"Target<br>{label(result.target, unit)}", "dot"))
    if unit is Unit.POUND_FOR_POUND and result.target != 1:
        fixed.append((1.0, "University's<br>rate £1.00", "solid"))
    return fixed


def period_axis(names: Sequence[str]) -> dict[str, Any]:
    """Periods at whole numbers, so that bands can reach beside them; the last is always named."""
    texts = [lines(name, _TICK_WIDTH) for name in names]
    widest = max((len(part) for text in texts for part in text.split("<br>")), default=1)
    step = -(-len(names) * (widest + 1) // _TICK_ROOM) or 1
    shown = [place for place in range(len(names)) if (len(names) - 1 - place) % step == 0]
    return {
        "tickvals": shown,
        "ticktext": [texts[place] for place in shown],
        "tickangle": 0,
        "tickfont": {"size": 12},
        "range": [-0.4, max(len(names) - 1, 0) + 0.4],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "linecolor": GRID,
        "automargin": True,
    }


def _line(
    series: _Series, periods: Sequence[str], names: dict[str, str], unit: Unit, counts: str
) -> go.Scatter:
    rows = [series.rows.get(key) for key in periods]
    return go.Scatter(
        x=list(range(len(periods))),
        y=[row.figure.value if row and known(row.figure.value) else None for row in rows],
        name=series.name,
        mode="lines+markers",
        connectgaps=False,
        line={"color": series.colour, "width": 2.5, "dash": series.dash},
        marker={"size": 8, "symbol": series.symbol, "color": series.colour},
        customdata=periods,
        hovertext=[
            hover(f"{series.name}, {names[key]}", row.figure, unit, counts) if row else ""
            for key, row in zip(periods, rows, strict=True)
        ],
        hoverinfo="text",
    )


def _band(series: _Series, figures: Sequence[Figure | None]) -> list[go.Scatter]:
    """One outline for each run of periods that have both limits; none where a limit is open."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for run in _runs(figures):
        places = [place for place, _ in run]
        lower, upper = [f.lower for _, f in run], [f.upper for _, f in run]
        if len(run) == 1:
            places = [places[0] - _HALF_STEP, places[0] + _HALF_STEP]
            lower, upper = lower * 2, upper * 2
        xs += [*places, *reversed(places), places[0], None]
        ys += [*lower, *reversed(upper), lower[0], None]
    if not xs:
        return []
    return [
        go.Scatter(
            x=xs[:-1],
            y=ys[:-1],
            name=f"{series.name}, 95% range",
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=clear(series.colour, 0.16),
            hoverinfo="skip",
        )
    ]


def _runs(figures: Sequence[Figure | None]) -> Iterator[list[tuple[int, Figure]]]:
    def drawn(item: tuple[int, Figure | None]) -> bool:
        figure = item[1]
        return figure is not None and all(
            known(x) for x in (figure.value, figure.lower, figure.upper)
        )

    for whole, run in groupby(enumerate(figures), drawn):
        if whole:
            yield list(run)


def _gaps(series: _Series, periods: Sequence[str]) -> list[int]:
    return [
        place
        for place, key in enumerate(periods)
        if key not in series.rows or not known(series.rows[key].figure.value)
    ]


def at_the_end(
    texts: Sequence[tuple[float, str, str]], ends: tuple[float, float]
) -> list[dict[str, Any]]:
    """The labels of lines, each value, text and colour, beside their ends, none over another."""
    return [
        note(
            text,
            x=1,
            xref="paper",
            xanchor="left",
            xshift=6,
            y=at,
            yanchor="middle",
            yshift=shift,
            font={"size": 12, "color": colour},
        )
        for at, text, colour, shift in _apart(texts, ends)
    ]


def _apart(
    texts: Sequence[tuple[float, str, str]], ends: tuple[float, float]
) -> list[tuple[float, str, str, float]]:
    """Each label with the pixels it moves up so that none lies over another or off the plot."""
    low, high = ends
    pixels = _PLOT / (high - low)
    ordered = sorted(texts)
    sizes = [_LINE * (text.count("<br>") + 1) + _BETWEEN for _, text, _ in ordered]
    wanted = [(at - low) * pixels for at, *_ in ordered]
    placed: list[float] = []
    for want, size in zip(wanted, sizes, strict=True):
        floor = placed[-1] + sizes[len(placed) - 1] / 2 if placed else 0
        placed.append(max(want, floor + size / 2))
    ceiling: float = _PLOT + MARGIN["t"]
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], ceiling - sizes[i] / 2)
        ceiling = placed[i] - sizes[i] / 2
    return [
        (at, text, colour, round(place - want, 1))
        for (at, text, colour), place, want in zip(ordered, placed, wanted, strict=True)
    ]
