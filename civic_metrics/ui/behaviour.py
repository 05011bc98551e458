"""A figure over time: its usual up and down from 13 periods on, else a plain line."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from civic_metrics import charts, words
from civic_metrics.estimators.xmr import (
    FEWEST_POINTS,
    Assurance,
    Process,
    Rule,
    assurance,
    is_improvement,
    xmr,
)
from civic_metrics.model import Better, Indicator, Result, Viewer
from civic_metrics.periods import ACADEMIC_YEAR, is_over, unfinished
from civic_metrics.splits import PERIODS, SPLITS
from civic_metrics.ui import figures
from civic_metrics.ui.choices import Chosen

REASONS = tuple(rule.value for rule in Rule)
_ASSURED = {
    Assurance.MET: "As things go, the target of {target} is met period after period.",
    Assurance.MISSED: (
        "As things go, the target of {target} is missed period after period: only a change in how "
        "it is done would meet it."
    ),
    Assurance.EITHER: (
        "As things go, the target of {target} is met in some periods and missed in others by "
        "chance."
    ),
}


@dataclass(frozen=True)
class Followed:
    """The whole periods of a result, the behaviour of those with a figure, and how many have none.

    `unfinished` is the period that the records end in the middle of, or None.
    """

    result: Result
    process: Process | None
    marks: dict[str, charts.Mark]
    without: int
    unfinished: str | None


def over_time(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    """The figure by period: whether it moves by more than its usual up and down."""
    people = figures.people_of(viewer, indicator)
    whole = figures.answer(viewer, indicator, chosen, people=people.filter)
    steps = [name for name in indicator.splits if name in PERIODS]
    if whole.as_of is None or not whole.only.figure.n:
        return
    st.header("How does it move over time?")
    period = ACADEMIC_YEAR
    if indicator.period_by is None or not steps:
        st.caption("As it stood at the end of each academic year.")
    else:
        names = {SPLITS[name].label: name for name in steps}
        period = names[st.selectbox("By", list(names), key="step", bind="query-params")]
    result = figures.by_year(viewer, indicator, chosen, period, people=people.filter)
    if chosen.year:
        st.caption("All years are drawn here, whatever year is chosen.")
    if not any(row.figure.value is not None for row in result.rows if row.keys[0] is not None):
        why = whole.only.figure.note or "there are too few records in this view"
        st.info(f"No period has a figure: {why}.")
        return
    followed = follow(result, period)
    key = f"over-time-{indicator.id}-{period}"
    if followed.process is None:
        count = sum(row.figure.value is not None for row in followed.result.rows)
        st.caption(
            f"From {FEWEST_POINTS} periods with a figure on, this shows what is usual and what "
            f"stands out. There {'is' if count == 1 else 'are'} {count}, so it is a plain line."
        )
        figures.trend(result, None, key=key, subject=people.subject)
        return
    _behaviour(followed, period, key)


def follow(result: Result, period: str) -> Followed:
    """The behaviour over the whole periods that have a figure, where there are 13 or more."""
    rows = [row for row in result.rows if row.keys[0] is not None]
    last = unfinished(period, result.as_of)
    if not any(row.keys[0] == last for row in rows):
        last = None
    if result.indicator.period_by is not None and result.as_of is not None:
        rows = [row for row in rows if is_over(period, row.keys[0], result.as_of)]
    drawn = [row for row in rows if row.figure.value is not None]
    process = None
    marks: dict[str, charts.Mark] = {}
    if len(drawn) >= FEWEST_POINTS and result.indicator.period_by is not None:
        process = xmr([row.figure.value for row in drawn])
        for place, (row, rule) in enumerate(zip(drawn, process.rules, strict=True)):
            if rule is not None:
                side = is_improvement(process, place, result.indicator.better)
                marks[row.keys[0]] = charts.Mark(rule.value, side)
    without = len(rows) - len(drawn)
    return Followed(figures.only_rows(result, rows), process, marks, without, last)


def _behaviour(followed: Followed, period: str, key: str) -> None:
    """What the chart says in words, then the chart and its table."""
    result, process = followed.result, followed.process
    indicator = result.indicator
    st.write(_standing_out(followed))
    if said := _assured(process, result):
        st.write(said)
    usual = charts.Usual(process.mean, process.lower, process.upper)
    drawn, table = st.tabs(["Chart", "Table"], key=f"tabs-{key}")
    with drawn:
        figures.chart(
            charts.xmr(result, usual, followed.marks, reasons=REASONS),
            alt=charts.describe_xmr(result, usual, followed.marks),
            key=key,
        )
    with table:
        frame = figures.table_of(result, [SPLITS[period].label])
        out = [followed.marks.get(row.keys[0]) for row in result.rows]
        said = [mark.said if mark else "usual" for mark in out]
        frame.insert(2, "What stands out", said)
        st.dataframe(
            frame,
            hide_index=True,
            width="stretch",
            alt=f"Table: {indicator.name} over time",
            key=f"table-{key}",
        )
        figures.download(result, key=key)
    asides = []
    if followed.unfinished:
        asides.append(f"{followed.unfinished} is not over in these records and is left out.")
    if followed.without:
        periods = words.count(followed.without, "periods")
        asides.append(f"{periods.capitalize()} without a figure: passed over.")
    asides.append(
        "The limits hold what is usual: the mean, and 2.66 times the average step from one period "
        "to the next on either side (NHS England, Making Data Count)."
    )
    st.caption(" ".join(asides))


def _assured(process: Process, result: Result) -> str:
    """Whether the target is met as things go, where they go on as they did."""
    met = assurance(process, result.target, result.indicator.better)
    if met not in _ASSURED:
        return ""
    target = words.short(result.target, result.indicator.unit)
    if not any(process.rules):
        return _ASSURED[met].format(target=target)
    sides = {value >= result.target for value in process.values if value != result.target}
    if len(sides) == 1:
        met_it = sides == {result.indicator.better is Better.HIGHER}
        return f"Every period so far has {'met' if met_it else 'missed'} the target of {target}."
    return (
        f"Some periods met the target of {target} and some missed it. Because some stand out, "
        "nothing is said of what to expect."
    )


def _standing_out(followed: Followed) -> str:
    """How many points stand out and on which side, in a sentence."""
    marks = list(followed.marks.values())
    if not marks:
        return "No period stands out: what moves here is the usual up and down."
    said = f"{words.count(len(marks), 'periods').capitalize()} stand{'s' * (len(marks) == 1)} out"
    if followed.result.indicator.better is Better.NEITHER:
        return f"{said} from the usual up and down; neither way is better in itself."
    better = sum(bool(mark.is_better) for mark in marks)
    last, mark = list(followed.marks.items())[-1]
    return (
        f"{said} from the usual up and down: {better} better, {len(marks) - better} worse. "
        f"The latest of them is {last}, {'better' if mark.is_better else 'worse'}."
    )
