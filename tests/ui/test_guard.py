"""Nobody sees anything, whichever way a page is run."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from civic_metrics.ui import entry
from tests.ui.conftest import LOCAL, ROOT

PAGES = sorted((ROOT / "pages").glob("*.py"))
every_page = pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)


def run_alone(file: Path, monkeypatch: pytest.MonkeyPatch, folder: Path) -> AppTest:
    monkeypatch.setenv("CIVIC_METRICS_STORE", str(folder / "civic.duckdb"))
    return AppTest.from_file(file).run()


@every_page
def test_a_page_run_alone_shows_nothing_to_nobody(file, monkeypatch, demonstration):
    monkeypatch.setenv("CIVIC_METRICS_VIEWER", "none")
    monkeypatch.setattr(entry, "request_headers", lambda: LOCAL)
    shown = run_alone(file, monkeypatch, demonstration)
    assert not shown.main.children
    assert not shown.sidebar.children


@every_page
def test_a_page_run_alone_shows_nothing_to_a_request_without_headers(
    file, monkeypatch, demonstration
):
    monkeypatch.delenv("CIVIC_METRICS_VIEWER", raising=False)
    shown = run_alone(file, monkeypatch, demonstration)
    assert not shown.main.children
    assert not shown.sidebar.children


@every_page
def test_a_page_asks_who_is_looking_before_anything_else(file):
    body = ast.parse(file.read_text(encoding="utf-8")).body
    first = next(
        step
        for step in body
        if not isinstance(step, ast.Import | ast.ImportFrom)
        and not (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))
    )
    assert ast.unparse(first) == "viewer = ui.require_viewer()"


@pytest.mark.parametrize("file", [*PAGES, ROOT / "dashboard.py"], ids=lambda file: file.stem)
def test_pages_and_the_entry_import_ui_alone(file):
    # import-linter reads pages/ too, and cannot read dashboard.py: it is one file, no package.
    imported = {
        ast.unparse(step)
        for step in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(step, ast.Import | ast.ImportFrom)
    }
    assert imported == {"from civic_metrics import ui"}


def test_every_page_of_the_folder_is_in_the_menu():
    in_the_menu = sorted(path for path, *_ in entry.MENU)
    assert in_the_menu == [f"pages/{page.name}" for page in PAGES]


def test_the_entry_shows_nobody_a_sentence_and_no_records(monkeypatch, demonstration):
    monkeypatch.setenv("CIVIC_METRICS_VIEWER", "none")
    monkeypatch.setenv("CIVIC_METRICS_STORE", str(demonstration / "civic.duckdb"))
    monkeypatch.setattr(entry, "request_headers", lambda: LOCAL)
    shown = AppTest.from_file(ROOT / "dashboard.py").run()
    assert len(shown.main.children) == 1
    assert "Nothing is shown here" in shown.markdown[0].value
    assert not shown.sidebar.children


def test_nobody_does_not_make_records(monkeypatch, tmp_path):
    monkeypatch.setenv("CIVIC_METRICS_VIEWER", "none")
    monkeypatch.setenv("CIVIC_METRICS_STORE", str(tmp_path / "civic.duckdb"))
    AppTest.from_file(ROOT / "dashboard.py").run()
    assert not list(tmp_path.iterdir())
