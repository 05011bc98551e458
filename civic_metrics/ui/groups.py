"""A figure by group: a funnel where chance can be told from difference, else a ranking."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from civic_metrics import charts, words
from civic_metrics.compute.compare import Against, beside
from civic_metrics.estimators.funnel import FEWEST_UNITS, Limits, Stand, funnel, limits
from civic_metrics.model import Figure, Indicator, Result, Unit, Viewer
from civic_metrics.splits import PERIODS, SPLITS
from civic_metrics.ui import figures
from civic_metrics.ui.choices import Chosen
from civic_metrics.ui.indicators import is_published, narrowed_to_measure, said
from civic_metrics.ui.text import plain

_OUT = {
    Stand.FAR_ABOVE: 2,
    Stand.ABOVE: 1,
    Stand.WITHIN: 0,
    Stand.BELOW: -1,
    Stand.FAR_BELOW: -2,
}
SIDE = "side"  # whose view it is
_STEPS = 80  # points along each limit


def by_group(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    """The figure for each group of a split, in a chart and a table, and those without one."""
    people = figures.people_of(viewer, indicator)
    whole = figures.answer(viewer, indicator, chosen, people=people.filter)
    splits = [name for name in indicator.splits if name not in PERIODS]
    if not splits or not whole.only.figure.n:
        return
    st.header("Who differs?")
    if is_published(indicator):
        chosen, by = narrowed_to_measure(viewer, indicator, chosen), "place"
    else:
        names = {SPLITS[name].label: name for name in splits}
        by = names[st.selectbox("Split by", list(names), key="by", bind="query-params")]
    result = figures.answer(viewer, indicator, chosen, by=(by,), people=people.filter)
    if by != SIDE and SIDE in indicator.partner_filter:
        both = _with_figure(figures.answer(viewer, indicator, chosen, by=(by, SIDE)))
        if len({row.keys[1] for row in both.rows} - {None}) == 2:
            _two_views(both, SPLITS[by].label)
            return
    result = charts.ranked(result)
    if not result.rows:
        st.info("No group has a record in this view.")
        return
    drawn, table = st.tabs(["Chart", "Table"], key=f"tabs-groups-{indicator.id}")
    with drawn:
        _chart(result, SPLITS[by].label)
    with table:
        _table(result, whole.only.figure, SPLITS[by].label)
    for note in result.notes:
        st.caption(plain(f"{note[:1].upper()}{note[1:]}."))
    without = sum(row.figure.value is None for row in result.rows)
    if without:
        share = words.short(without / len(result.rows), Unit.SHARE)
        have = "has" if without == 1 else "have"
        st.caption(
            f"{without:,} of {len(result.rows):,} groups ({share}) {have} no figure that can be "
            "shown; the table says why."
        )


def _with_figure(result: Result) -> Result:
    return figures.only_rows(result, [row for row in result.rows if row.figure.value is not None])


def _two_views(result: Result, label: str) -> None:
    """Both sides' figures for each group: they are never blended into one."""
    key = f"views-{result.indicator.id}-{result.splits[0]}"
    drawn, table = st.tabs(["Chart", "Table"], key=f"tabs-{key}")
    with drawn:
        figures.chart(charts.dumbbell(result), alt=charts.describe_dumbbell(result), key=key)
    with table:
        figures.show_table(result, key=key, heads=[label, SPLITS[SIDE].label])


def _chart(result: Result, label: str) -> None:
    """A funnel from ten groups of a share; else a ranking, saying why; nothing without figures."""
    units = _with_figure(result)
    if not units.rows:
        st.info("No group has a figure that can be shown; the table says why.")
        return
    key = f"groups-{result.indicator.id}-{result.splits[0]}"
    if result.indicator.estimator.name != "share" or len(units.rows) < FEWEST_UNITS:
        if result.indicator.estimator.name == "share":
            st.caption(
                f"From {FEWEST_UNITS} groups with a figure on, a chart here tells difference from "
                "chance; until then they are ranked."
            )
        figures.chart(charts.ranking(result), alt=charts.describe(result), key=key)
        return
    sums = [row.figure.numerator for row in units.rows], [r.figure.denominator for r in units.rows]
    found = funnel(*sums)
    out = [_OUT[stand] for stand in found.stands]
    standing = sum(far != 0 for far in out)
    st.write(
        f"{words.count(standing, 'groups').capitalize()} of {len(out):,} "
        f"{'differs' if standing == 1 else 'differ'} from the rest by more than chance would "
        "explain. By chance 1 in 20 lies outside the inner limits, and 1 in 500 outside the outer."
    )
    pairs = list(zip(units.rows, out, strict=True))
    for side, where in ((1, "Above"), (-1, "Below")):
        named = [
            f"{plain(row.labels[0])} ({words.short(row.figure.value, Unit.SHARE)})"
            for row, far in pairs
            if far * side > 0
        ]
        if named:
            st.markdown(f"- **{where} the limits:** {', '.join(named)}")
    figures.chart(
        charts.funnel(units, found.average, _bounds(found.average, sums[1]), out),
        alt=charts.describe_funnel(units, found.average, out),
        key=key,
    )


def _bounds(average: float, sizes: Sequence[float]) -> list[tuple[float, ...]]:
    """The limits for sizes up to a little over the largest."""
    widest = max(sizes) * 1.08
    at = [max(1.0, widest * (step / _STEPS) ** 2) for step in range(1, _STEPS + 1)]

    def row(n: float, around: Limits) -> tuple[float, ...]:
        return (n, around.lower, around.upper, around.outer_lower, around.outer_upper)

    return [row(n, limits(average, n)) for n in dict.fromkeys(at)]


def _table(result: Result, whole: Figure, label: str) -> None:
    frame = figures.table_of(result, [label])
    if whole.value is not None:
        against = [
            said(
                result.indicator,
                beside(row.figure, result.indicator.better, whole.value, Against.EVERYONE),
                "all together",
            )
            for row in result.rows
        ]
        frame.insert(len(frame.columns) - 1, "Against all together", against)
    key = f"groups-{result.indicator.id}-{result.splits[0]}"
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        alt=f"Table: {result.indicator.name} by {label}",
        key=f"table-{key}",
    )
    figures.download(result, key=key)
