"""Which records are open: one's own, the demonstration while there are none, or published cases.

The last two come with the program: each has a file of its own beside one's own records, made when
it is first looked at, and never mixed with them.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from civic_metrics.intake import open_with_reference
from civic_metrics.intake.supplied import build_cases, build_demonstration
from civic_metrics.ledger import Ledger, open_ledger, store_path

OWN, DEMONSTRATION, CASES = "own", "demonstration", "cases"
_SHOWN = "_records_shown"


@dataclass(frozen=True)
class Supplied:
    """Records that come with the program: their file, how they are made, and what is said of it."""

    file_name: str
    build: Callable[..., Ledger]
    making: str
    ready: str


SUPPLIED = {
    DEMONSTRATION: Supplied(
        "demonstration.duckdb",
        build_demonstration,
        "Making the demonstration records of a fictional university",
        "The demonstration is ready",
    ),
    CASES: Supplied(
        "cases.duckdb",
        build_cases,
        "Reading what is published about real partnerships",
        "The published cases are ready",
    ),
}


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Once after imports: what is loaded by now is never garbage (STACK.md 0.5)."""
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def worker() -> ThreadPoolExecutor:
    """The thread that loads, so that the page's own thread never does."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="loading")


def path_of(which: str) -> Path:
    """The file of those records; what comes with the program stands beside one's own."""
    own = store_path()
    return own.with_name(SUPPLIED[which].file_name) if which in SUPPLIED else own


def shown() -> str:
    """Which records are shown: one's own where there are any and nothing else was chosen."""
    chosen = st.session_state.get(_SHOWN)
    if chosen in SUPPLIED:
        return chosen
    return OWN if store_path().exists() else DEMONSTRATION


def is_demonstration() -> bool:
    """True where the records shown are the fictional university's."""
    return shown() == DEMONSTRATION


@st.cache_resource(show_spinner=False, max_entries=4)
def _open(path: str) -> Ledger:
    return open_ledger(path, create=False)


def open_records() -> Ledger:
    """The ledger to show.

    Builds what comes with the program, with visible progress, where it is not there yet.
    """
    which = shown()
    path = path_of(which)
    if which in SUPPLIED and not path.exists():
        _build_in_sight(SUPPLIED[which], path)
        st.rerun()
    return _open(str(path))


def _build_in_sight(supplied: Supplied, path: Path) -> None:
    """Builds in the worker's thread while the page says how far it is."""
    with st.status(supplied.making, expanded=True) as progress:
        steps: list[str] = []
        future = worker().submit(_build, supplied, path, steps)
        told = 0
        while not future.done() or told < len(steps):
            if told < len(steps):
                progress.write(steps[told])
                told += 1
            else:
                wait([future], timeout=0.1)
        future.result()
        progress.update(label=supplied.ready, state="complete", expanded=False)


def _build(supplied: Supplied, path: Path, steps: list[str]) -> None:
    """Builds beside the final name, so that a stop half-way leaves nothing half-built."""
    if path.exists():  # another visitor's build came first
        return
    draft = path.with_name(f"{path.stem}.{os.getpid()}.building.duckdb")
    kept = path.with_name(f"{path.stem}.files")
    draft.unlink(missing_ok=True)
    shutil.rmtree(kept, ignore_errors=True)  # of records that were deleted
    ledger = supplied.build(draft, report=steps.append)
    ledger.close()
    ledger.files.rename(kept)
    draft.rename(path)


def start_own_records() -> None:
    """Makes an empty ledger of one's own, with the reference tables, and shows it."""
    open_with_reference(store_path()).close()
    st.session_state.pop(_SHOWN, None)


def show(which: str) -> None:
    """Shows those records from the next run on."""
    st.session_state[_SHOWN] = which
