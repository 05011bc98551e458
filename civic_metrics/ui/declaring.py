"""What is said once of a whole file: its day, what it goes on from, VAT, and whether it is all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from civic_metrics import words
from civic_metrics.intake import WITH_VAT, WITHOUT_VAT, Loading, source_of
from civic_metrics.ledger import Whole, sources
from civic_metrics.ui import records
from civic_metrics.ui.matching import AS_LAST_TIME

ADDS, ALL_OF_A_PERIOD, ALL = "adds", "period", "all"


def complete_to(loading: Loading, latest: date | None, *, key: str) -> date | None:
    """To what day the extract is complete, or None where nobody has said yet.

    The `latest` day in the columns that load is offered anew whenever it becomes another, until
    a person says a day of their own.
    """
    offered = latest if loading.table.complete_to == "asked" else None
    said, before = f"complete-{key}", f"_offered-{key}"
    untouched = st.session_state.get(said) == st.session_state.get(before)
    if untouched or said not in st.session_state:
        st.session_state[said] = offered
    st.session_state[before] = offered
    day = st.date_input(
        "To what day is this extract complete?",
        value=None,
        max_value=date.today(),
        format="DD/MM/YYYY",
        help="The day it was taken. What is unpaid on that day counts as waiting until then, and "
        "no longer. For payments and time the latest date in the file is offered.",
        key=said,
    )
    if not isinstance(day, date):
        st.info("Say to what day the file is complete, and it can be loaded.")
        return None
    if latest and latest > day:
        st.warning(
            f"The file has dates up to {words.date_words(latest)}, after the day it is said to be "
            f"complete to: what happened after {words.date_words(day)} is not counted. Say "
            f"{words.date_words(latest)} or later, or correct the dates."
        )
    return day


def said_below(loading: Loading, *, key: str) -> tuple[date | None, str | None]:
    """The day and the source as the fields below the preview have them, which it must heed; None
    where they are what is taken anyway, so that nothing is checked twice."""
    day = st.session_state.get(f"complete-{key}")
    named = st.session_state.get(f"source-{key}")
    is_as_offered = day == st.session_state.get(f"_offered-{key}")
    return None if is_as_offered else day, None if named == source_of(loading.file_name) else named


def source(loading: Loading, day: date | None, *, key: str) -> str:
    """Which files this one goes on from: their day moves on, all others hold figures back."""
    own = source_of(loading.file_name)
    with records.open_records().cursor() as cursor:
        known = sources(cursor, [loading.table.name])
    days = {one.source: one.complete_to for one in known}
    options = [own, *(name for name in days if name != own)]
    picked = st.selectbox(
        "It goes on from",
        options,
        format_func=lambda name: (
            f"files called “{name}”"
            + (f", complete to {words.date_words(days[name])}" if days[name] else "")
            if name in days
            else f"none: “{name}” is a source of its own"
        ),
        help="A figure is as at the earliest day to which all of its sources are complete.",
        key=f"source-{key}",
    )
    others = [one for name, one in days.items() if name != picked and one]
    if day and others and day < min(others):
        st.warning(
            f"Figures that rest on this would be as at {words.date_words(day)}, where they "
            f"are as at {words.date_words(min(others))} now. Check the day, or choose the files "
            "this one goes on from."
        )
    return picked


def amounts(loading: Loading, last_time: Mapping[str, str], *, key: str) -> str | None:
    """Whether the amounts are with or without VAT; as last time until somebody says otherwise."""
    if loading.table.name != "payment" or "amount_is" in loading.matching.pairs:
        return None
    options = (WITH_VAT, WITHOUT_VAT)
    before = last_time.get("amounts")
    said = st.selectbox(
        "The amounts are",
        options,
        index=options.index(before) if before in options else None,
        placeholder="Not known",
        help="Without VAT and with a column for it, the VAT is added.",
        key=f"vat-{key}",
    )
    if before in options:
        st.caption(AS_LAST_TIME)
    return said


def received_when_invoiced(loading: Loading, last_time: Mapping[str, str], *, key: str) -> bool:
    """Whether the invoice date stands for the day of receipt, offered where there is no other;
    as last time until somebody says otherwise."""
    matched = {*loading.matching.pairs, *loading.matching.constants}
    if loading.table.name != "payment" or "received_on" in matched or "invoiced_on" not in matched:
        return False
    before = "receipt" in last_time
    said = st.checkbox(
        "The file has no day of receipt: use the invoice date for all its rows",
        value=before,
        help="Days to payment are then counted from the invoice date, which every figure says. "
        "Without it these payments count in spend and not in time to payment.",
        key=f"receipt-{key}",
    )
    if before:
        st.caption(AS_LAST_TIME)
    return said


def whole(loading: Loading, *, key: str) -> Whole | None:
    """Whether the file only adds, or is the whole record of its source or of a period of it."""
    dates = [c for c in loading.table.columns if c.happened and c.name in loading.matching.pairs]
    options = [ADDS, *([ALL_OF_A_PERIOD] if dates else []), ALL]
    said = st.radio(
        "This file",
        options,
        format_func={
            ADDS: "adds to what is there: rows it lacks stay",
            ALL_OF_A_PERIOD: "is all there is of a period: rows of its source that it lacks go",
            ALL: "is all there is: every row of its source that it lacks goes",
        }.get,
        key=f"whole-{key}",
    )
    if said == ADDS:
        return None
    if said == ALL:
        return Whole()
    names = {c.name: c.name.replace("_", " ") for c in dates}
    column = st.selectbox("By", list(names), format_func=names.get, key=f"whole-by-{key}")
    first, last = st.columns(2)
    start = first.date_input("From", value=None, format="DD/MM/YYYY", key=f"whole-from-{key}")
    end = last.date_input("To", value=None, format="DD/MM/YYYY", key=f"whole-to-{key}")
    if not (isinstance(start, date) and isinstance(end, date)):
        st.info("Give the first and the last day of the period; until then the file only adds.")
        return None
    return Whole(column, start, end)
