"""Every page opened from the menu: drawn, without a fault, without asking another machine."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.driving import PAGES, PHONE, question_of

pytestmark = pytest.mark.browser
every_page = pytest.mark.parametrize("asked", PAGES)
WITH_CHARTS = ("", "partnership", "place")


@every_page
def test_a_page_opened_from_the_menu_is_drawn_and_asks_nobody_else(asked, visit, shared):
    window = visit(shared)
    # From another page, so that the menu has something to do.
    window.go("methods" if asked != "methods" else "")
    window.menu(PAGES[asked])
    expect(window.heading).to_have_count(1)
    expect(window.main).to_contain_text("University of Brackwater")
    expect(window.main).to_contain_text("fictional")
    if asked in WITH_CHARTS:
        expect(window.charts.first).to_be_visible()
        drawn = window.charts.locator("svg .scatterlayer path, svg .barlayer path")
        assert drawn.count() > 0
    expect(window.page.get_by_test_id("stException")).to_have_count(0)
    expect(window.page.get_by_role("alert")).to_have_count(0)
    window.check()


def test_every_chart_has_words_for_those_who_do_not_see_it(visit, shared):
    window = visit(shared)
    for asked in WITH_CHARTS:
        window.go(asked)
        expect(window.charts.first).to_be_visible()
        figures = window.page.get_by_test_id("stPlotlyChart")
        for chart in figures.all():
            assert len(chart.get_attribute("aria-label") or "") > 20, f"a chart on /{asked}"


@every_page
def test_a_page_fits_a_phone_without_sideways_scrolling(asked, visit, shared):
    window = visit(shared, PHONE)
    window.go(asked)
    expect(window.heading).to_have_text(question_of(asked))
    window.settled()
    width, inside, given = window.page.evaluate(
        """() => {
            const main = document.querySelector("main");
            return [document.scrollingElement.scrollWidth, main.scrollWidth, main.clientWidth];
        }"""
    )
    assert width <= PHONE[0]
    assert inside <= given


@every_page
def test_the_keyboard_reaches_what_stands_beside_the_menu(asked, visit, shared):
    window = visit(shared)
    window.go(asked)
    expect(window.heading).to_have_text(question_of(asked))
    reached = "() => Boolean(document.activeElement.closest('main'))"
    for _ in range(25):
        window.page.keyboard.press("Tab")
        if window.page.evaluate(reached):
            break
    assert window.page.evaluate(reached)
    # And beyond the container itself, to something that can be used.
    used = "() => document.activeElement.matches('main *')"
    for _ in range(5):
        window.page.keyboard.press("Tab")
        if window.page.evaluate(used):
            break
    assert window.page.evaluate(used)


def test_the_first_key_offers_a_way_past_the_menu(visit, shared):
    window = visit(shared)
    window.go("")
    expect(window.heading).to_be_visible()
    window.page.keyboard.press("Tab")
    expect(window.page.locator(":focus")).to_have_text(re.compile("skip to main", re.IGNORECASE))
    window.page.keyboard.press("Enter")
    window.page.keyboard.press("Tab")
    assert window.page.evaluate("() => Boolean(document.activeElement.closest('main'))")
