"""Work that takes a while: shown as it goes, and stopped when the person says so."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import wait
from typing import TypeVar

import streamlit as st

from civic_metrics.intake import Progress
from civic_metrics.ui import records

T = TypeVar("T")
# Work that is over sooner needs no progress bar.
QUICK_SECONDS = 0.8
LOOK_EVERY_SECONDS = 0.15


class Stopped(Exception):
    """The person stopped the work, or went elsewhere: nothing of it is kept."""


def run(task: Callable[[Progress], T], doing: str, *, key: str) -> T | None:
    """What the task returns, done in the loading thread; None where the person stopped it.

    A click on Cancel, or on anything else, ends this run of the page: the work is told so, takes
    back what it did, and only then does the page go on.
    """
    if was_stopped(key):
        return None
    is_over = threading.Event()
    state = {"doing": doing, "share": 0.0}

    def progress(now: str, share: float) -> None:
        if is_over.is_set():
            raise Stopped
        state.update(doing=now, share=share)

    future = records.worker().submit(task, progress)
    place = st.empty()
    try:
        wait([future], timeout=QUICK_SECONDS)
        if not future.done():
            with place.container():
                bar = st.progress(0.0, text=doing)
                st.button("Cancel", on_click=_stop, args=(key,), key=f"cancel-{key}")
            while not future.done():
                bar.progress(min(state["share"], 1.0), text=f"{state['doing']}…")
                wait([future], timeout=LOOK_EVERY_SECONDS)
    except BaseException:  # Streamlit ends a run with exceptions of its own
        is_over.set()
        if not future.cancel():
            wait([future])
        raise
    place.empty()
    return future.result()


def was_stopped(key: str) -> bool:
    """Whether the person stopped this work just now; says so once, so that it can be begun again.

    Asked where a button begins the work, as that button is not pressed in the run after.
    """
    return st.session_state.pop(_stopped(key), False)


def _stop(key: str) -> None:
    st.session_state[_stopped(key)] = True


def _stopped(key: str) -> str:
    return f"_stopped-{key}"
