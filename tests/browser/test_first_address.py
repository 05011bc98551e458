"""A fresh server asked for any address first: the page inside its menu, or nothing for nobody."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driving import PAGES, Visit, question_of, serving

pytestmark = pytest.mark.browser
every_address = pytest.mark.parametrize("asked", PAGES)


def has_its_menu(window: Visit) -> None:
    """Fails unless the menu lists every page and the line of the demonstration is there."""
    menu = window.page.get_by_test_id("stSidebarNav").get_by_role("link")
    expect(menu).to_have_count(len(PAGES))
    for title in PAGES.values():
        expect(menu.filter(has_text=title)).to_be_visible()
    expect(window.main).to_contain_text("fictional")


def shows_no_records(window: Visit) -> None:
    """Fails where a figure, a table, a picker, the menu or a name from the records is on screen."""
    expect(window.page.locator(".js-plotly-plot, canvas, table")).to_have_count(0)
    expect(window.page.get_by_role("combobox")).to_have_count(0)
    expect(window.page.get_by_test_id("stMetric")).to_have_count(0)
    expect(window.page.get_by_test_id("stSidebarNavLink")).to_have_count(0)
    shown = window.page.locator("body").inner_text()
    assert not any(name in shown for name in ("Brackwater", "£", *PAGES.values()))


@every_address
def test_the_first_address_asked_of_a_fresh_server_ends_inside_the_menu(
    asked, visit, demonstration
):
    with serving(demonstration) as address:
        window = visit(address)
        window.go(asked)
        expect(window.heading).to_have_text(question_of(asked))
        has_its_menu(window)
        expect(window.page).to_have_url(re.compile(rf"^{address}/{asked}(\?.*)?$"))
        window.settled()
        window.check()


@every_address
def test_the_first_address_asked_of_a_fresh_server_shows_nobody_anything(
    asked, visit, demonstration
):
    with serving(demonstration, viewer="none") as address:
        window = visit(address)
        window.go(asked)
        window.page.wait_for_timeout(500)
        expect(window.page.get_by_role("heading")).to_have_count(0)
        shows_no_records(window)


# The overview's address is the root, but its file can be asked for by name. Streamlit then says
# that there is no such page, in a dialog over what it shows and in the console.
def test_the_file_of_the_overview_asked_for_by_name_ends_inside_the_menu(visit, demonstration):
    with serving(demonstration) as address:
        window = visit(address)
        window.go("overview")
        expect(window.page.get_by_text(question_of(""))).to_be_visible()
        window.page.keyboard.press("Escape")
        has_its_menu(window)
        window.faults.clear()


def test_the_file_of_the_overview_asked_for_by_name_shows_nobody_anything(visit, demonstration):
    with serving(demonstration, viewer="none") as address:
        window = visit(address)
        window.go("overview")
        window.page.wait_for_timeout(500)
        expect(window.heading).to_have_count(0)
        shows_no_records(window)
        window.faults.clear()


def test_a_first_run_makes_the_demonstration_with_progress_and_shows_it(visit, tmp_path):
    with serving(tmp_path) as address:
        window = visit(address)
        window.page.goto(address)
        expect(window.main).to_contain_text("Making the demonstration records")
        # Looked for at every frame, as each step is on screen for a moment only.
        window.page.wait_for_function("/Organisations: \\d+ rows/.test(document.body.innerText)")
        expect(window.heading).to_have_text(question_of(""), timeout=60_000)
        expect(window.main).to_contain_text("fictional")
        expect(window.charts.first).to_be_visible()
        window.settled()
        assert not (tmp_path / "civic.duckdb").exists()
        assert (tmp_path / "demonstration.duckdb").exists()


def test_two_first_visitors_at_once_both_see_the_overview(visit, tmp_path):
    with serving(tmp_path) as address:
        one, other = visit(address), visit(address)
        one.page.goto(address, wait_until="commit")
        other.page.goto(address, wait_until="commit")
        for window in (one, other):
            window.page.bring_to_front()
            expect(window.heading).to_have_text(question_of(""), timeout=60_000)
            expect(window.charts.first).to_be_visible()
            window.settled()
