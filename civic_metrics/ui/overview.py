"""The overview's blocks: three headline answers, and what needs a look."""

from __future__ import annotations

from math import inf

import streamlit as st

from civic_metrics import words
from civic_metrics.indicators import INDICATORS
from civic_metrics.model import Better, Indicator, Result, Row, Status, Viewer
from civic_metrics.periods import ACADEMIC_YEAR
from civic_metrics.ui import figures
from civic_metrics.ui.choices import Chosen
from civic_metrics.ui.text import plain

HEADLINES = ("compensation_parity", "time_to_payment", "partnership_longevity")
# What calls for a look: how long partners wait and what they are paid.
LOOKED_AT = ("time_to_payment", "compensation_parity")
SHOWN_FIRST = 5


def heading(question: str) -> None:
    """The page's question."""
    st.title(question)


def as_at_line(viewer: Viewer) -> None:
    """To what day the records are complete; where nothing is loaded, what to do, and no more."""
    days = {figures.answer(viewer, INDICATORS[name], Chosen()).as_of for name in HEADLINES} - {None}
    if not days:
        st.info(
            "Nothing has been loaded yet. Start with what you have: a finance export of payments, "
            "your register of partnerships, or the hours people gave. Each brings its own figures.",
            icon=":material/upload_file:",
        )
        st.page_link("pages/upload.py", label="Add a spreadsheet", icon=":material/upload_file:")
        st.stop()
    said = " and ".join(words.date_words(day) for day in sorted(days))
    st.caption(
        f"As at {said}: payments made and time given since are not here yet. "
        f"Inside the university, {figures.NOT_FOR_PUBLICATION}."
    )
    held_back = {
        note
        for name in HEADLINES
        for note in figures.answer(viewer, INDICATORS[name], Chosen()).notes
    }
    for note in sorted(held_back):
        st.warning(plain(note[:1].upper() + note[1:]) + ".", icon=":material/event_busy:")


def headlines(viewer: Viewer, chosen: Chosen) -> None:
    """The three headline answers for partners, others beside them."""
    for column, name in zip(st.columns(3, gap="large"), HEADLINES, strict=True):
        with column:
            headline(viewer, INDICATORS[name], chosen)


def headline(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    """One question answered: figure, sentence, change, comparison, trend and table."""
    people = figures.people_of(viewer, indicator)
    mine = figures.answer(viewer, indicator, chosen, people=people.filter)
    st.subheader(indicator.question)
    row = mine.only
    figures.tile(mine, row, label=indicator.name)
    st.write(words.sentence(mine, row, subject=people.subject))
    if people.remark:
        st.caption(people.remark)
    if not row.figure.n:
        st.caption("Add what it needs on the Upload page, or choose another view.")
        return
    over_years = figures.by_year(viewer, indicator, chosen, ACADEMIC_YEAR, people=people.filter)
    others = None
    if indicator.others_filter and people.filter:
        others = figures.by_year(
            viewer, indicator, chosen, ACADEMIC_YEAR, people=indicator.others_filter
        )
        beside = figures.answer(viewer, indicator, chosen, people=indicator.others_filter)
        st.write(f"Other suppliers: **{words.short(beside.only.figure.value, indicator.unit)}**.")
    _what_changed(mine, over_years, chosen)
    for label, figure in mine.variants:
        st.write(f"{label}: **{words.short(figure.value, indicator.unit)}**.")
    if row.pounds is not None and indicator.id == "compensation_parity":
        st.write(words.reach(row))
    if unfiltered := indicator_not_narrowed(indicator, chosen):
        st.caption(unfiltered)
    line = people.subject if indicator.period_by else "All"
    figures.trend(over_years, others, subject=line, key=f"headline-{indicator.id}")
    with st.expander("What to know about this figure"):
        what_to_know(mine, row)


def indicator_not_narrowed(indicator: Indicator, chosen: Chosen) -> str:
    """Says which filters a figure ignores, or nothing."""
    ignored = [split.replace("_", " ") for split in chosen.unfiltered_for(indicator)]
    if indicator.period_by is None and chosen.year and indicator.verb is None:
        return f"Counted as it stood at the end of {chosen.year}."
    if indicator.period_by is None and chosen.year:
        return f"Whole lives are counted, as they stood at the end of {chosen.year}."
    return f"This figure cannot be narrowed by {' or '.join(ignored)}." if ignored else ""


def what_to_know(result: Result, row: Row) -> None:
    """What a figure is, is not, leaves out and counts with a caution."""
    indicator = result.indicator
    st.write(indicator.what)
    st.write(f"**Not to be read as:** {indicator.not_to_be_read_as}")
    if result.target is not None:
        target = words.short(result.target, indicator.unit)
        st.write(f"**Target:** {target}. {plain(result.target_source)}")
    for line in words.left_out(row, "records"):
        st.write(f"- Left out: {line}")
    for caution in row.cautions:
        counted = words.count(caution.n, indicator.counts)
        st.write(f"- Counted with a caution, {counted}: {caution.reason}")
    for note in result.notes:
        st.write(f"- {note[:1].upper()}{note[1:]}")


def _what_changed(mine: Result, over_years: Result, chosen: Chosen) -> None:
    """One line: how the latest or chosen year differs from the year before."""
    dated = [row for row in over_years.rows if row.keys[0] is not None]
    names = [row.keys[0] for row in dated]
    if not names:
        return
    at = names.index(chosen.year) if chosen.year in names else len(names) - 1
    before = dated[at - 1] if at > 0 else None
    said = words.change(dated[at], before, mine.indicator)
    whole_life = mine.indicator.period_by is None
    label = f"At the end of {names[at]}" if whole_life else f"In {names[at]}"
    if at == len(names) - 1 and mine.as_of:
        label = f"{names[at]} to {words.date_words(mine.as_of)}"
    st.write(f"{label}: {said}.")


def needs_a_look(viewer: Viewer, chosen: Chosen) -> None:
    """Partnerships and places that are clearly short of a target, the furthest first."""
    st.header("What needs a look?")
    st.caption(
        "First those whose whole likely range lies on the wrong side of the target; then those "
        "on its wrong side of which that is not certain: they rest on few partnerships or records."
    )
    for column, (split, name, page) in zip(
        st.columns(2, gap="large"),
        (
            ("partnership", "Partnerships", "pages/partnership.py"),
            ("place", "Places", "pages/place.py"),
        ),
        strict=True,
    ):
        with column:
            st.subheader(name)
            _list_of_concern(viewer, chosen, split, page)


def _list_of_concern(viewer: Viewer, chosen: Chosen, split: str, page: str) -> None:
    found = False
    for name in LOOKED_AT:
        indicator = INDICATORS[name]
        people = figures.people_of(viewer, indicator)
        result = figures.answer(viewer, indicator, chosen, by=(split,), people=people.filter)
        clear, unsure = of_concern(result)
        if not clear and not unsure:
            continue
        found = True
        target = words.short(result.target, indicator.unit)
        st.markdown(f"**{indicator.name}** (target {target})")
        for row in clear[:SHOWN_FIRST]:
            _link(row, indicator, page, split)
        if unsure:
            st.caption(
                "On the wrong side of the target, resting on fewer than 5 partnerships or on few "
                "records:"
            )
        for row in unsure[: SHOWN_FIRST - len(clear[:SHOWN_FIRST])] or unsure[:1]:
            _link(row, indicator, page, split)
        if len(clear) + len(unsure) > SHOWN_FIRST:
            with st.expander(f"All {len(clear) + len(unsure)}"):
                figures.show_table(
                    figures.only_rows(result, [*clear, *unsure]), key=f"concern-{split}-{name}"
                )
    if not found:
        st.write("None is short of a target in this view.")


def of_concern(result: Result) -> tuple[list[Row], list[Row]]:
    """Groups short of the target, the furthest first: clearly so, and on too few records.

    Where more than half still wait past the target there is no middle value, and they are
    clearly short of it all the same.
    """
    indicator, target = result.indicator, result.target
    if target is None or indicator.better is Better.NEITHER:
        return [], []
    clear, unsure = [], []
    for row in result.rows:
        figure = row.figure
        if row.keys[0] is None:
            continue
        if row.status is Status.WORSE or (
            figure.value is None and figure.followed and figure.followed[1] > target
        ):
            clear.append(row)
        elif row.status is Status.NOT_ASSESSED and figure.value is not None:
            above = figure.value > target
            if above != (indicator.better is Better.HIGHER) and figure.value != target:
                unsure.append(row)
    return furthest(clear, indicator.better), furthest(unsure, indicator.better)


def _link(row: Row, indicator: Indicator, page: str, split: str) -> None:
    figure = row.figure
    said = "more than half still wait"
    if figure.value is not None:
        said = words.short(figure.value, indicator.unit)
    st.page_link(
        page,
        label=f"{plain(row.labels[0])}: {said}, from {words.count(figure.n, indicator.counts)}",
        icon=":material/chevron_right:",
        query_params={split: row.labels[0]},
    )


def furthest(rows: list[Row], better: Better) -> list[Row]:
    """The rows furthest on the wrong side first, those without a middle value before all."""
    sign = -1 if better is Better.LOWER else 1

    def place(row: Row) -> float:
        return -inf if row.figure.value is None else sign * row.figure.value

    return sorted(rows, key=place)
