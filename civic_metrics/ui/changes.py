"""Why a figure changed: by what was uploaded since, and by who makes it up."""

from __future__ import annotations

import streamlit as st

from civic_metrics import compute, words
from civic_metrics.compute.compare import Against
from civic_metrics.compute.mixing import QUOTIENTS, Moved, why_moved
from civic_metrics.compute.why import Recorded, why_changed
from civic_metrics.ledger import Batch, Ledger, batches
from civic_metrics.model import Indicator, Role, Viewer
from civic_metrics.periods import ACADEMIC_YEAR
from civic_metrics.splits import PERIODS, SPLITS
from civic_metrics.ui import figures, records
from civic_metrics.ui.choices import Chosen
from civic_metrics.ui.indicators import compared, where_of
from civic_metrics.ui.text import plain

_FEW = 8  # groups listed


def why_it_changed(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    """Worked out only when asked for: what was recorded since, and mix against own figures."""
    whole = figures.answer(viewer, indicator, chosen)
    if whole.as_of is None or not whole.only.figure.n:
        return
    st.header("Why did it change?")
    if not st.toggle("Work it out", key="why", bind="query-params"):
        return
    if viewer.role is not Role.PARTNER:
        _by_uploads(viewer, indicator, chosen)
    _by_groups(viewer, indicator, chosen)


def _by_uploads(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    """What uploads, corrections and undos since did to the figure over all years."""
    ledger = records.open_records()
    known = {_called(one): one.batch - 1 for one in reversed(batches(ledger))}
    st.subheader("What was recorded")
    picked = st.selectbox("Since before", list(known), key="since", bind="query-params")
    where = where_of(indicator, chosen, figures.people_of(viewer, indicator))
    found = _recorded(
        ledger.id, ledger.version, viewer, indicator.id, where, known[picked], _ledger=ledger
    )
    unit = indicator.unit
    values = [words.short(side.only.figure.value, unit) for side in (found.before, found.after)]
    st.write(f"Over all years: **{values[0]}** before, **{values[1]}** now.")
    if not found.steps:
        st.write("Nothing uploaded since bears on this figure.")
    for step in found.steps:
        rows = f", {words.count(step.rows, 'rows')}" if step.rows else ""
        uploads = words.count(len(step.uploads), "uploads")
        st.write(
            f"- {step.cause.value[:1].upper()}{step.cause.value[1:]} ({uploads}{rows}): "
            f"{words.difference(step.difference, unit)}"
        )


def _called(one: Batch) -> str:
    what = "undo of" if one.kind == "undo" else "upload of"
    return f"{one.batch}: {what} {one.file_name}, {words.date_words(one.loaded_at.date())}"


@st.cache_resource(max_entries=200, ttl=3600, show_spinner="Reading what was recorded")
def _recorded(
    ledger_id: str,
    version: int,
    viewer: Viewer,
    indicator: str,
    where: tuple[tuple[str, tuple[str, ...]], ...],
    since: int,
    _ledger: Ledger,
) -> Recorded:
    return why_changed(_ledger, viewer, indicator, since=since, where=dict(where))


def _by_groups(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    """How much of the change since the year before is mix, and how much groups' own figures."""
    st.subheader("Who makes it up")
    people = figures.people_of(viewer, indicator)
    where = where_of(indicator, chosen, people)
    before = compared(viewer, indicator, where, Against.BEFORE, chosen)
    if before.value is None or before.figure.value is None:
        st.write(f"There is no change to take apart: {before.note or 'one year has no figure'}.")
        return
    over = st.session_state.get("by")
    over = next((n for n in indicator.splits if SPLITS[n].label == over and n not in PERIODS), None)
    if indicator.estimator.name not in QUOTIENTS or over is None:
        st.write("This figure is not one sum divided by another, so it cannot be taken apart so.")
        return
    ledger = records.open_records()
    try:
        moved = why_moved(
            ledger,
            viewer,
            indicator,
            over=over,
            period=ACADEMIC_YEAR,
            before=before.named,
            after=before.now,
            where=dict(where),
        )
    except compute.Unanswerable as error:
        st.write(plain(error))
        return
    _said(moved, indicator, over, before.named, before.now)


def _said(moved: Moved, indicator: Indicator, over: str, before: str, after: str) -> None:
    unit, label = indicator.unit, SPLITS[over].label.lower()
    total = words.difference(moved.mix + moved.rate, unit)
    st.write(
        f"From {before} to {after} it moved from {words.short(moved.before.value, unit)} to "
        f"{words.short(moved.after.value, unit)} ({total}). Taken apart by {label}: "
        f"**{words.difference(moved.mix, unit)}** because the mix changed, "
        f"**{words.difference(moved.rate, unit)}** because groups' own figures did."
    )
    largest = sorted(moved.parts, key=lambda part: -abs(part.mix + part.rate))[:_FEW]
    for part in largest:
        st.write(
            f"- {plain(part.label)}: {words.difference(part.mix, unit)} by mix, "
            f"{words.difference(part.rate, unit)} by its own figure"
        )
