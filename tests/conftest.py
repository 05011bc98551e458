"""Small records drawn by hand, loaded the way intake loads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from civic_metrics.ledger import Ledger, open_ledger
from civic_metrics.model import Role, Viewer
from tests.rows import load_rows

# A busy machine is no fault of the code: nothing here is about time.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger of its own, closed afterwards."""
    opened = open_ledger(tmp_path / "test.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def load(ledger: Ledger) -> Callable[..., int]:
    """Loads rows given as dictionaries into a table; the batch number."""

    def loader(table: str, *rows: dict[str, Any], complete_to: date | None = None) -> int:
        return load_rows(ledger, table, rows, complete_to=complete_to)

    return loader


@pytest.fixture
def lead() -> Viewer:
    """Somebody who may see everything."""
    return Viewer(Role.LEAD)
