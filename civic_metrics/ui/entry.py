"""The way in: who is looking, the menu, and the line every page carries."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from civic_metrics.access import local_viewer
from civic_metrics.ledger import LedgerError
from civic_metrics.model import Viewer
from civic_metrics.ui import cases, records

ROOT = Path(__file__).parents[2]
ICON = Path(__file__).with_name("icon.png")
_ENTERED = "_entered_through_dashboard"
_OFFERED = {
    records.DEMONSTRATION: (
        "Look at the demonstration",
        "A fictional university, kept apart from other records.",
    ),
    records.CASES: (
        "Look at published cases",
        "Real partnerships and what is published about them, kept apart from other records.",
    ),
}
MENU = (
    ("pages/overview.py", "Overview", ":material/dashboard:"),
    ("pages/partnership.py", "Partnership", ":material/handshake:"),
    ("pages/place.py", "Place", ":material/map:"),
    ("pages/indicators.py", "All figures", ":material/query_stats:"),
    ("pages/budget.py", "Budget check", ":material/balance:"),
    ("pages/upload.py", "Upload", ":material/upload_file:"),
    ("pages/history.py", "History", ":material/history:"),
    ("pages/dictionary.py", "Templates", ":material/table_view:"),
    ("pages/methods.py", "Methods", ":material/functions:"),
)


def menu(folder: Path = Path()) -> list[StreamlitPage]:
    """The pages, the overview first; `folder` is theirs where dashboard.py was not run."""
    return [
        st.Page(folder / path, title=title, icon=icon, default=number == 0)
        for number, (path, title, icon) in enumerate(MENU)
    ]


def start() -> None:
    """What dashboard.py does on every run: find who is looking, then run the page they chose."""
    _page()
    records.settle()
    looking = viewer()
    page = st.navigation(menu(), position="sidebar" if looking else "hidden")
    if looking is None:
        st.write(
            "Nothing is shown here. Open this page on the machine that holds the records, "
            "at its own address (localhost)."
        )
        return
    try:
        records.open_records()
    except LedgerError as error:
        st.error(str(error))
        return
    _banner(looking)
    st.session_state[_ENTERED] = True
    try:
        page.run()
    finally:
        st.session_state[_ENTERED] = False


def viewer() -> Viewer | None:
    """Who is looking at this session, or None."""
    return local_viewer(request_headers(), os.environ.get("CIVIC_METRICS_VIEWER"))


def request_headers() -> Mapping[str, str]:
    """The headers this session was opened with."""
    return st.context.headers


def require_viewer() -> Viewer:
    """The viewer of a page. Every page begins with this.

    A run that did not come through dashboard.py (Streamlit runs a page's file by itself when a
    fresh server is asked for its address) goes back through the menu; nobody gets nothing.
    """
    looking = viewer()
    if looking is None:
        _page()
        st.navigation(menu(ROOT), position="hidden")  # else Streamlit lists the pages by itself
        st.stop()
    if not st.session_state.get(_ENTERED):
        _page()  # else the browser asks elsewhere for the page's own icon
        st.navigation(menu())
        st.rerun()
    return looking


def _page() -> None:
    st.set_page_config(page_title="Civic Metrics", page_icon=str(ICON), layout="wide")


def _banner(looking: Viewer) -> None:
    """Says whose records these are, and offers the others."""
    which = records.shown()
    if which == records.OWN:
        for other in records.SUPPLIED:
            _offer(other, st.sidebar)
        return
    words, buttons = st.columns([3, 1], vertical_alignment="center")
    if which == records.DEMONSTRATION:
        words.info(
            "**Demonstration.** The University of Brackwater, its partners and its places are "
            "fictional, and so is every figure here.",
            icon=":material/theater_comedy:",
        )
    else:
        words.info(
            "**Published cases.** Real organisations and partnerships, and only facts published "
            "about them, each with its source. Nothing is estimated: what nobody has published "
            "says so.",
            icon=":material/article:",
        )
    _offer(records.OWN, buttons)
    for other in records.SUPPLIED:
        if other != which:
            _offer(other, buttons)
    if which == records.CASES:
        cases.sources(looking)


def _offer(which: str, place: DeltaGenerator) -> None:
    """A button that shows those records."""
    if which != records.OWN:
        name, about = _OFFERED[which]
        place.button(name, on_click=records.show, args=(which,), help=about, width="stretch")
    elif records.path_of(records.OWN).exists():
        place.button("Back to my records", on_click=records.show, args=(which,), width="stretch")
    else:
        place.button(
            "Start with my own records",
            on_click=records.start_own_records,
            type="primary",
            width="stretch",
            help="Makes empty records of your own. What is shown now stays apart from them.",
        )
