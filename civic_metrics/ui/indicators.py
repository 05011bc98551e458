"""One figure of any subject: what it says, what it stands beside, what it is; and its subject."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from civic_metrics import words
from civic_metrics.compute.compare import Against, Comparison, beside, compare
from civic_metrics.indicators import BY_SUBJECT
from civic_metrics.ledger import Ledger
from civic_metrics.model import Better, Indicator, Result, Role, Unit, Viewer
from civic_metrics.periods import ACADEMIC_YEAR, unfinished
from civic_metrics.ui import figures, records
from civic_metrics.ui.choices import Chosen
from civic_metrics.ui.overview import indicator_not_narrowed, what_to_know
from civic_metrics.ui.payment_code import SHARES, fair_payment_code
from civic_metrics.ui.text import plain

_BETTER = {
    Better.HIGHER: "Higher is better for partners.",
    Better.LOWER: "Lower is better for partners.",
    Better.NEITHER: "Neither way is better in itself.",
}
MEASURE = "measure"
# What those are called on screen whom partners are set beside.
_CALLED = {
    "other supplier": "other suppliers",
    "university": "the university's side",
    "staff": "staff",
}


def choose_subject() -> str:
    """What the figure is about. A link to a figure alone opens its subject."""
    asked = st.query_params.get("figure")
    if "subject" not in st.session_state and "subject" not in st.query_params:
        whose = (title for title, found in BY_SUBJECT.items() if asked in _names(found))
        st.session_state["subject"] = next(whose, next(iter(BY_SUBJECT)))
    if asked and not any(asked in _names(found) for found in BY_SUBJECT.values()):
        st.warning(f"This link asks for “{plain(asked)}”, which is no figure here. Choose below.")
    return st.selectbox("About", list(BY_SUBJECT), key="subject", bind="query-params")


def choose_figure_of(subject: str) -> Indicator:
    """One figure of the subject."""
    names = _names(BY_SUBJECT[subject])
    chosen = st.selectbox("Figure", list(names), key="figure", bind="query-params")
    return names[chosen]


def _names(found: dict[str, Indicator]) -> dict[str, Indicator]:
    return {indicator.name: indicator for indicator in found.values()}


def answer_of(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    """The figure, its range and what it stands beside; without any, what to do, and no more."""
    people = figures.people_of(viewer, indicator)
    mine = figures.answer(viewer, indicator, chosen, people=people.filter)
    row = mine.only
    st.header(indicator.question)
    if holds_nothing(mine):
        _nothing_to_show(viewer, mine)
        return
    if is_published(indicator):
        st.write("Each measure and each place stands by itself: they are shown by place below.")
        return
    st.caption(
        f"As at {words.date_words(mine.as_of)}. Inside the university, "
        f"{figures.NOT_FOR_PUBLICATION}."
    )
    figures.tile(mine, row, label=indicator.name)
    st.write(words.sentence(mine, row, subject=people.subject))
    for remark in (people.remark, indicator_not_narrowed(indicator, chosen)):
        if remark:
            st.caption(remark)
    for label, found in mine.variants:
        st.write(f"{label}: **{words.short(found.value, indicator.unit)}**.")
    if row.figure.value is None and row.figure.lower is None:
        return  # the sentence has said why
    st.subheader("How does it stand beside others?")
    lines = _comparisons(viewer, mine, chosen, people)
    st.markdown("\n".join(f"- **{name}:** {plain(text)}" for name, text in lines.items()))


def holds_nothing(result: Result) -> bool:
    """True where no record bears on a figure; what others publish has records and no day."""
    return result.as_of is None and not result.only.figure.n


def _nothing_to_show(viewer: Viewer, mine: Result) -> None:
    why = mine.only.figure.note
    if mine.indicator.whole_only and viewer.role is Role.PARTNER:
        st.info(f"This figure is not shown to you: {why}.")
        return
    if records.shown() == records.CASES:
        st.info(f"There is nothing to show: {why}, because none of the documents gives any.")
        return
    st.info(
        f"There is nothing to show: {why}. Add it on the Upload page.",
        icon=":material/upload_file:",
    )


def is_published(indicator: Indicator) -> bool:
    """True of figures that others publish of places: one measure is looked at, by place."""
    return indicator.has_own_place and MEASURE in indicator.splits


def narrowed_to_measure(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> Chosen:
    """The view of one measure, chosen here; figures of different measures are never pooled."""
    if not is_published(indicator):
        return chosen
    found = figures.answer(viewer, indicator, chosen, by=(MEASURE,))
    names = sorted(row.keys[0] for row in found.rows if row.keys[0] is not None and row.figure.n)
    if not names:
        return chosen
    picked = st.selectbox("Measure", names, key=MEASURE, bind="query-params")
    return chosen.narrowed(measure=picked)


def _comparisons(
    viewer: Viewer, mine: Result, chosen: Chosen, people: figures.People
) -> dict[str, str]:
    """What each comparison is with, and how the figure stands against it."""
    indicator, where = mine.indicator, where_of(mine.indicator, chosen, people)
    lines = {"The target": words.status(mine, mine.only)}
    if chosen.where_for(indicator):
        found = compared(viewer, indicator, where, Against.EVERYONE, chosen)
        lines["Everyone"] = said(indicator, found, "everyone")
    elif indicator.others_filter and people.filter:
        others = figures.answer(viewer, indicator, chosen, people=indicator.others_filter)
        theirs = others.only.figure
        found = beside(
            mine.only.figure, indicator.better, theirs.value, Against.EVERYONE, note=theirs.note
        )
        whose = " or ".join(indicator.others_filter.values())
        name = _CALLED.get(whose, whose)
        lines[name[:1].upper() + name[1:]] = said(indicator, found, name)
    before = compared(viewer, indicator, where, Against.BEFORE, chosen)
    value = words.short(before.figure.value, indicator.unit)
    named = "The year before"
    if before.now:
        so_far = " so far" if before.now == unfinished(ACADEMIC_YEAR, mine.as_of) else ""
        named = f"{before.now}{so_far} ({value}) beside the year before"
    lines[named] = said(indicator, before, before.named)
    return lines


def said(indicator: Indicator, found: Comparison, named: str) -> str:
    """The comparison in words."""
    return words.beside(
        found.figure,
        indicator,
        found.value,
        named,
        status=found.status,
        direction=found.direction,
        note=found.note,
    )


def where_of(
    indicator: Indicator, chosen: Chosen, people: figures.People
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    where = {**chosen.where_for(indicator), **{k: (v,) for k, v in people.filter.items()}}
    return tuple(sorted((split, tuple(values)) for split, values in where.items()))


def compared(
    viewer: Viewer,
    indicator: Indicator,
    where: tuple[tuple[str, tuple[str, ...]], ...],
    against: Against,
    chosen: Chosen,
) -> Comparison:
    ledger = records.open_records()
    return _comparison(
        ledger.id,
        ledger.version,
        viewer,
        indicator.id,
        where,
        against,
        chosen.year,
        chosen.start,
        chosen.end,
        _ledger=ledger,
    )


@st.cache_resource(max_entries=1000, ttl=3600, show_spinner=False)
def _comparison(
    ledger_id: str,
    version: int,
    viewer: Viewer,
    indicator: str,
    where: tuple[tuple[str, tuple[str, ...]], ...],
    against: Against,
    at: str | None,
    start: date | None,
    end: date | None,
    _ledger: Ledger,
) -> Comparison:
    return compare(
        _ledger,
        viewer,
        indicator,
        where=dict(where),
        against=against,
        period=ACADEMIC_YEAR,
        at=at,
        start=start,
        end=end,
    )


def definition_of(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    """What the figure is, is not and leaves out, how it is worked out, and who says so."""
    st.header("What is this figure?")
    people = figures.people_of(viewer, indicator)
    mine = figures.answer(viewer, indicator, chosen, people=people.filter)
    st.write(f"**Why it matters.** {indicator.why}")
    what_to_know(mine, mine.only)
    if holds_nothing(mine):
        return
    with st.expander("How it is worked out, and the source"):
        facts = {
            "Better": _BETTER[indicator.better],
            "Method": indicator.estimator.method,
            "Source": indicator.source,
            "Checked on": words.date_words(indicator.checked_on),
        }
        st.markdown("\n".join(f"- **{name}:** {text}" for name, text in facts.items()))
        st.page_link(
            "pages/methods.py",
            label="The rows it counts",
            icon=":material/functions:",
            query_params={"figure": indicator.name},
        )


def figures_of(viewer: Viewer, subject: str, chosen: Chosen) -> None:
    """Every figure of the subject in one table, and how many of them cannot be shown."""
    st.header(f"All figures about {subject[:1].lower()}{subject[1:]}")
    lines, missing = [], 0
    for indicator in BY_SUBJECT[subject].values():
        people = figures.people_of(viewer, indicator)
        result = figures.answer(viewer, indicator, chosen, people=people.filter)
        row = result.only
        missing += row.figure.value is None
        lines.append(
            {
                "Figure": indicator.name + (" (partners)" if people.filter else ""),
                "Value": words.short(row.figure.value, indicator.unit),
                "Likely range": figures.range_of(row, indicator.unit),
                "Rests on": words.count(row.figure.n, indicator.counts),
                "Against the target": row.status.value,
                "What to know": row.figure.note or "",
            }
        )
    st.dataframe(
        pd.DataFrame(lines),
        hide_index=True,
        width="stretch",
        alt=f"Table: figures about {subject}",
        key="table-subject",
    )
    if missing:
        share = words.short(missing / len(lines), Unit.SHARE)
        st.caption(
            f"{missing} of these {len(lines)} figures ({share}) cannot be shown in this view; the "
            "table says why."
        )
    if BY_SUBJECT[subject].keys() >= set(SHARES):
        fair_payment_code(viewer, chosen)
