"""The app run in this process by Streamlit's own test double: no browser, no server."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from civic_metrics.intake import build_demonstration, open_with_reference
from civic_metrics.ui import entry

ROOT = Path(__file__).parents[2]
LOCAL = {"Host": "localhost:8501"}
PATIENCE_SECONDS = 60


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the fictional university's records and none of one's own."""
    folder = tmp_path_factory.mktemp("demonstration")
    build_demonstration(folder / "demonstration.duckdb").close()
    return folder


@pytest.fixture
def own_records(tmp_path: Path) -> Path:
    """A folder with records of one's own and nothing loaded into them."""
    open_with_reference(tmp_path / "civic.duckdb").close()
    return tmp_path


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], AppTest]:
    """Opens dashboard.py over a folder of records for somebody at this machine."""

    def opened(folder: Path) -> AppTest:
        monkeypatch.delenv("CIVIC_METRICS_VIEWER", raising=False)
        monkeypatch.setenv("CIVIC_METRICS_STORE", str(folder / "civic.duckdb"))
        # The test double sends no headers; a browser at this machine sends these.
        monkeypatch.setattr(entry, "request_headers", lambda: LOCAL)
        return AppTest.from_file(ROOT / "dashboard.py", default_timeout=PATIENCE_SECONDS).run()

    return opened


@pytest.fixture(scope="session", autouse=True)
def _closed_at_the_end() -> Iterator[None]:
    """Lets go of the records the app keeps open, or DuckDB complains for a page as Python ends."""
    yield
    st.cache_resource.clear()
    gc.unfreeze()
