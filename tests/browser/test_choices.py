"""What a person chooses lives in the address: a link opens the same view."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.driving import Visit, question_of

pytestmark = pytest.mark.browser
FILTERS = ("Academic year", "Theme", "Kind of partner")


def in_the_address(window: Visit) -> list[str]:
    """The values the address holds."""
    asked = parse_qs(urlsplit(window.page.url).query)
    return [value for values in asked.values() for value in values]


def figures(window: Visit) -> list[str]:
    """The headline figures on the page."""
    return window.page.get_by_test_id("stMetric").all_inner_texts()


@pytest.mark.parametrize("label", FILTERS)
def test_a_filter_is_in_the_address_and_a_link_opens_the_same_view(label, visit, shared):
    window = visit(shared)
    window.go("")
    expect(window.page.get_by_test_id("stMetric")).to_have_count(3)
    before = figures(window)
    option = window.options(label)[-2]
    window.choose(label, option)
    assert option in in_the_address(window)
    assert figures(window) != before
    sent = window.page.url.removeprefix(f"{shared}/")

    friend = visit(shared, stranger=True)
    friend.go(sent)
    expect(friend.choice(label)).to_have_value(option)
    assert option in in_the_address(friend)
    expect(friend.page.get_by_test_id("stMetric")).to_have_count(len(figures(window)))
    assert figures(friend) == figures(window)


def test_filters_stay_from_page_to_page(visit, shared):
    window = visit(shared)
    window.go("")
    picked = {label: window.options(label)[1] for label in FILTERS}
    for label, option in picked.items():
        window.choose(label, option)
    window.menu("Place")
    for label, option in picked.items():
        expect(window.choice(label)).to_have_value(option)
    assert set(picked.values()) <= set(in_the_address(window))
    # A page with fewer filters, then back.
    window.menu("Partnership")
    expect(window.choice("Academic year")).to_have_value(picked["Academic year"])
    window.menu("Overview")
    for label, option in picked.items():
        expect(window.choice(label)).to_have_value(option)


def test_an_address_that_asks_for_what_is_not_there_opens_the_page_all_the_same(visit, shared):
    window = visit(shared)
    window.go("place?theme=Basket+weaving&period=1066%2F67&place=Atlantis&kind=%3Cb%3E&figure=None")
    expect(window.heading).to_have_text(question_of("place"))
    expect(window.choice("Theme")).to_have_value("All themes")
    expect(window.charts.first).to_be_visible()


def test_choosing_a_hexagon_chooses_that_place(visit, shared):
    window = visit(shared)
    window.go("place")
    drawn = window.page.get_by_role("figure", name=re.compile("^Map of places"))
    expect(drawn).to_be_visible()
    # The last trace takes the touches; what it says of a place is its name, then its figure.
    places = drawn.locator(".js-plotly-plot").evaluate(
        "chart => chart.data[chart.data.length - 1].hovertext"
    )
    said = [re.fullmatch(r"<b>(.+)</b><br>(.+)", text) for text in places]
    now = window.choice("Place").input_value()
    number, name = next(
        (number, found[1])
        for number, found in enumerate(said)
        if found and re.search(r"\d", found[2]) and found[1] != now
    )
    points = drawn.locator(".scatterlayer .trace").last.locator("path.point")
    expect(points).to_have_count(len(places))
    box = points.nth(number).bounding_box()
    window.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(window.page.get_by_role("heading", level=2, name=name)).to_be_visible()
    expect(window.choice("Place")).to_have_value(name)
    window.settled()
    assert name in in_the_address(window)
    # And another way to the same place still works after it.
    other = next(option for option in window.options("Place") if option != name)
    window.choose("Place", other)
    expect(window.page.get_by_role("heading", level=2, name=other)).to_be_visible()


@pytest.mark.parametrize("kind", ["partnership", "place"])
def test_what_needs_a_look_leads_to_it(kind, visit, shared):
    window = visit(shared)
    window.go("")
    expect(window.page.get_by_role("heading", name="What needs a look?")).to_be_visible()
    window.settled()
    link = window.main.locator(f"a[href*='{kind}?{kind}=']").first
    asked = parse_qs(urlsplit(link.get_attribute("href")).query)[kind][0]
    assert asked in link.inner_text()
    link.click()
    expect(window.heading).to_have_text(question_of(kind))
    expect(window.page.get_by_role("heading", level=2, name=asked)).to_be_visible()
    window.settled()
    assert asked in in_the_address(window)
