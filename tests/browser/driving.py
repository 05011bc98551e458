"""A running app and a visit to it, watched for whatever it asks of other machines."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

ROOT = Path(__file__).parents[2]
HERE = frozenset({"localhost", "127.0.0.1"})
START_SECONDS = 60
PATIENCE_MS = 20_000
DESK = (1440, 1000)
PHONE = (390, 844)
ROW_HEIGHT = 35  # of a table, its heads too
# Address -> what the menu calls it.
PAGES = {
    "": "Overview",
    "partnership": "Partnership",
    "place": "Place",
    "indicators": "All figures",
    "budget": "Budget check",
    "upload": "Upload",
    "history": "History",
    "dictionary": "Templates",
    "methods": "Methods",
}
# Streamlit's browser side looks for its server below a page's own address first, then at the
# root. The first look is answered 404, and the console says so.
LOOKS_FOR_ITS_SERVER = re.compile(r"/_stcore/(health|host-config)$")
# A browser without a window seldom fetches the icon of the tab, one with a window always does:
# so every address the icon is given is noted, fetched or not.
NOTES_ICONS = """
window.iconsAsked = [];
new MutationObserver(() => {
    for (const link of document.querySelectorAll("link[rel~='icon']"))
        if (!window.iconsAsked.includes(link.href)) window.iconsAsked.push(link.href);
}).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["href"]});
"""
IDLE = (
    "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
)


@contextmanager
def serving(folder: Path, *, viewer: str | None = None, port: int | None = None) -> Iterator[str]:
    """The address of an app of its own over a folder of records; ended, and its log read, after.

    One after another they answer at the same port, unless another is given: the browser then has
    the scripts of the pages already, and a test is not mostly their loading.
    """
    port = port or _port_in_turn()
    address = f"http://localhost:{port}"
    setting = {name: value for name, value in os.environ.items() if name != "CIVIC_METRICS_VIEWER"}
    setting["CIVIC_METRICS_STORE"] = str(folder / "civic.duckdb")
    if viewer is not None:
        setting["CIVIC_METRICS_VIEWER"] = viewer
    log = folder / "server.log"
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", f"--server.port={port}"]
    with log.open("wb") as out:
        server = subprocess.Popen(
            command, cwd=ROOT, env=setting, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(address, server, log)
            yield address
            said = log.read_text(encoding="utf-8", errors="replace")
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
    assert "Traceback" not in said, f"the server met an error:\n{said[-4000:]}"


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@cache
def _port_in_turn() -> int:
    return free_port()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert server.poll() is None, f"the server ended:\n{log.read_text(errors='replace')}"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError(f"the server did not start:\n{log.read_text(errors='replace')}")


class Visit:
    """One person's browser window at an app, with note of requests, faults and icons."""

    def __init__(self, context: BrowserContext, address: str, size: tuple[int, int]) -> None:
        self.address = address
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.add_init_script(NOTES_ICONS)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("websocket", lambda opened: self.asked.append(opened.url))
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        where = urlsplit(message.location["url"])
        if where.hostname in HERE and LOOKS_FOR_ITS_SERVER.search(where.path):
            return
        self.faults.append(f"{message.text} ({message.location['url']})")

    def close(self) -> None:
        """Ends the visit."""
        self.page.close()

    def go(self, where: str) -> None:
        """Opens an address below the app's own, as typed or as a link somebody sent."""
        self._note_icons()
        self.page.goto(f"{self.address}/{where}")
        self.settled()

    def menu(self, title: str) -> None:
        """Chooses a page from the menu."""
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title, exact=True).click()
        self.page.wait_for_url(re.compile(rf"/{address_of(title)}(\?.*)?$"))
        expect(self.heading).to_have_text(question_of(address_of(title)))
        self.settled()

    def settled(self) -> None:
        """Waits until the app has drawn what it has to draw."""
        self.page.wait_for_selector(IDLE)
        # Charts are drawn, and addresses written, shortly after the app is done.
        self.page.wait_for_timeout(200)
        self.page.wait_for_selector(IDLE)

    @property
    def heading(self) -> Locator:
        """The page's question."""
        return self.page.get_by_role("heading", level=1)

    @property
    def main(self) -> Locator:
        """What stands beside the menu."""
        return self.page.get_by_role("main")

    @property
    def charts(self) -> Locator:
        """The charts that are drawn."""
        return self.page.locator(".js-plotly-plot:has(svg.main-svg .scatterlayer, svg .barlayer)")

    def choice(self, label: str) -> Locator:
        """The picker of that label."""
        return self.page.get_by_role("combobox", name=label)

    def options(self, label: str) -> list[str]:
        """What a picker offers."""
        self._open(label)
        offered = self.page.get_by_role("option").all_inner_texts()
        self.page.keyboard.press("Escape")
        return offered

    def choose(self, label: str, option: str) -> None:
        """Chooses in a picker."""
        self._open(label)
        self.page.get_by_role("option", name=option, exact=True).click()
        expect(self.choice(label)).to_have_value(option)
        self.settled()

    def press(self, name: str | re.Pattern[str]) -> None:
        """Presses the button of that name and waits for what comes of it."""
        self.page.get_by_role("button", name=name).click()
        self.settled()

    def give(self, name: str, content: bytes) -> None:
        """Puts a file into the uploader."""
        self.page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        )
        self.settled()

    def table(self, called: str) -> Locator:
        """The table of that name, as it is drawn."""
        there = self.page.get_by_test_id("stDataFrame")
        inside = there.filter(has=self.page.locator(f"[aria-label*='{called}']")).locator("canvas")
        named = self.page.locator(
            f"canvas[aria-label*='{called}'], [aria-label*='{called}'] canvas"
        )
        return named.or_(inside).first

    def cells(self, called: str) -> list[list[str]]:
        """The rows of a table as they are read out: its heads first, and no column out of sight."""
        rows: list[list[str]] = []
        for _ in range(20):  # the words come a moment after the table, which may be drawn anew
            self.settled()
            drawn = self.table(called)
            try:
                drawn.scroll_into_view_if_needed(timeout=3_000)
                rows = drawn.evaluate(
                    """canvas => [...canvas.querySelectorAll("tr")].map(row =>
                        [...row.querySelectorAll("td, th")].map(cell => cell.textContent))""",
                    timeout=3_000,
                )
            except Error:
                continue
            if rows:
                break
            self.page.wait_for_timeout(300)
        return rows

    def type_into(self, called: str, row: int, column: str, text: str) -> None:
        """Types into a cell, or chooses in it where it offers choices; rows from 0.

        Again where the table was still moving.
        """
        drawn = self.table(called)
        for _ in range(5):
            heads, *rows = self.cells(called)
            at = heads.index(column)
            if rows[row][at].startswith(text):
                return
            corner = drawn.bounding_box()
            self.page.mouse.click(corner["x"] + 12, corner["y"] + ROW_HEIGHT * (row + 1.5))
            for _ in range(at):
                self.page.keyboard.press("ArrowRight")
            self.page.keyboard.press("Enter")
            try:
                self.page.locator("#portal").locator("input, textarea").first.wait_for(timeout=3000)
            except PlaywrightTimeout:
                continue
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type(text)
            self.page.wait_for_timeout(300)
            self.page.keyboard.press("Enter")
            self.page.wait_for_timeout(500)
        raise AssertionError(f"{text!r} does not go into {column} of {called}")

    def _open(self, label: str) -> None:
        """Opens a picker, again where it closed at once because the page was still moving."""
        for _ in range(5):
            self.choice(label).scroll_into_view_if_needed()
            self.page.wait_for_timeout(200)
            self.choice(label).click()
            try:
                self.page.get_by_role("option").first.wait_for(timeout=2000)
            except PlaywrightTimeout:
                self.page.keyboard.press("Escape")
            else:
                return
        raise AssertionError(f"{label} does not open")

    def elsewhere(self) -> list[str]:
        """Everything that was asked of another machine."""
        self._note_icons()
        return [
            url
            for url in self.asked
            if urlsplit(url).scheme not in ("data", "blob", "about")
            and urlsplit(url).hostname not in HERE
        ]

    def check(self) -> None:
        """Fails where the page or the console shows a fault, or another machine was asked."""
        expect(self.page.get_by_test_id("stException")).to_have_count(0)
        assert not (elsewhere := self.elsewhere()), elsewhere
        assert not self.faults, self.faults

    def _note_icons(self) -> None:
        self.asked += self.page.evaluate("window.iconsAsked || []")


def address_of(title: str) -> str:
    """The address of the page that the menu calls so."""
    return next(address for address, name in PAGES.items() if name == title)


def question_of(address: str) -> str:
    """The question a page asks, as its own file has it."""
    source = (ROOT / "pages" / f"{address or 'overview'}.py").read_text(encoding="utf-8")
    return re.search(r'ui\.heading\("([^"]+)"\)', source)[1]
