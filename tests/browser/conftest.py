"""The app in a real browser (Debian's chromium through Playwright)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from civic_metrics.intake import build_demonstration
from tests.browser.driving import DESK, PATIENCE_MS, Visit, free_port, serving

# The first line is for a browser without a window, run by root in a container; the second keeps
# it from talking to anybody by itself.
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
expect.set_options(timeout=20_000)  # a busy machine draws a page in seconds, not at once
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without it the tests are skipped, but in CI they fail."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        missing = "no chromium on this machine (apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's records, built once."""
    folder = tmp_path_factory.mktemp("built")
    build_demonstration(folder / "demonstration.duckdb").close()
    return folder


@pytest.fixture
def demonstration(built: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration's records, for one server."""
    return shutil.copytree(built, tmp_path / "records")


@pytest.fixture(scope="session")
def shared(
    browser: Browser, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of one app over the demonstration, for the tests that change nothing."""
    records = shutil.copytree(built, tmp_path_factory.mktemp("shared") / "records")
    with serving(records, port=free_port()) as address:
        yield address


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has fetched the scripts of the pages before, as a colleague's has."""
    kept = browser.new_context()
    yield kept
    kept.close()


@pytest.fixture
def visit(browser: Browser, profile: BrowserContext) -> Iterator[Callable[..., Visit]]:
    """Opens visits; at the end none may have met a fault or asked another machine.

    `stranger` is somebody else's browser, which shares nothing with the others.
    """
    visits: list[Visit] = []
    strangers: list[BrowserContext] = []

    def opened(address: str, size: tuple[int, int] = DESK, *, stranger: bool = False) -> Visit:
        if stranger:
            strangers.append(browser.new_context())
        visits.append(Visit(strangers[-1] if stranger else profile, address, size))
        return visits[-1]

    yield opened
    try:
        for each in visits:
            each.check()
    finally:
        for each in visits:
            each.close()
        for context in strangers:
            context.close()
