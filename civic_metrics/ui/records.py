"""Which records are open: one's own, or the demonstration while there are none."""

from __future__ import annotations

import gc
import os
import shutil
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import streamlit as st

from civic_metrics.intake import build_demonstration, open_with_reference
from civic_metrics.ledger import Ledger, open_ledger, store_path

_SHOWN = "_records_shown"
_PROGRESS = "Making the demonstration records of a fictional university"


@st.cache_resource(show_spinner=False)
def settle() -> None:
    """Once after imports: what is loaded by now is never garbage (STACK.md 0.5)."""
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False)
def worker() -> ThreadPoolExecutor:
    """The thread that loads, so that the page's own thread never does."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="loading")


def demonstration_path() -> Path:
    """The demonstration's own file, beside the real records and never in them."""
    return store_path().with_name("demonstration.duckdb")


def is_demonstration() -> bool:
    """True where the records shown are the fictional university's."""
    return not store_path().exists() or st.session_state.get(_SHOWN) == "demonstration"


@st.cache_resource(show_spinner=False, max_entries=4)
def _open(path: str) -> Ledger:
    return open_ledger(path, create=False)


def open_records() -> Ledger:
    """The ledger to show: one's own where there is one, else the demonstration.

    Builds the demonstration, with visible progress, where it is needed and not there yet.
    """
    path = demonstration_path() if is_demonstration() else store_path()
    if is_demonstration() and not path.exists():
        with st.status(_PROGRESS, expanded=True) as progress:
            steps: list[str] = []
            future = worker().submit(_build, path, steps)
            shown = 0
            while not future.done() or shown < len(steps):
                if shown < len(steps):
                    progress.write(steps[shown])
                    shown += 1
                else:
                    wait([future], timeout=0.1)
            future.result()
            progress.update(label="The demonstration is ready", state="complete", expanded=False)
        st.rerun()
    return _open(str(path))


def _build(path: Path, steps: list[str]) -> None:
    """Builds beside the final name, so that a stop half-way leaves nothing half-built."""
    if path.exists():  # another visitor's build came first
        return
    draft = path.with_name(f"{path.stem}.{os.getpid()}.building.duckdb")
    kept = path.with_name(f"{path.stem}.files")
    draft.unlink(missing_ok=True)
    shutil.rmtree(kept, ignore_errors=True)  # of a demonstration that was deleted
    ledger = build_demonstration(draft, report=steps.append)
    ledger.close()
    ledger.files.rename(kept)
    draft.rename(path)


def start_own_records() -> None:
    """Makes an empty ledger of one's own, with the reference tables, and shows it."""
    open_with_reference(store_path()).close()
    st.session_state.pop(_SHOWN, None)


def show(which: str) -> None:
    """Shows the demonstration or one's own records from the next run on."""
    st.session_state[_SHOWN] = which
