"""The words on screen are the reader's, in the browser as tests/ui reads them out of it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.driving import PAGES, Visit, question_of
from tests.ui.reading import HOUSE, METHOD, lines_with

pytestmark = pytest.mark.browser

# What is read out or shown: text, tables (drawn on a canvas, with their cells inside it for those
# who do not see), names of things and hints. A statement in SQL is quoted, not spoken.
READ = """() => {
    const said = [document.body.innerText];
    for (const cell of document.querySelectorAll("canvas td, canvas th"))
        said.push(cell.textContent);
    for (const thing of document.querySelectorAll("[aria-label], [placeholder], [title]"))
        for (const name of ["aria-label", "placeholder", "title"])
            if (thing.getAttribute(name)) said.push(thing.getAttribute(name));
    return said.join("\\n");
}"""
OPEN_ALL = (
    """() => document.querySelectorAll("details:not([open]) > summary").forEach(s => s.click())"""
)
# These name methods where somebody who asks how is told exactly how.
NAMING_METHODS = ("methods", "indicators")
HIDE_CODE = "[data-testid=stCode] { display: none !important; }"


def read_all(window: Visit) -> str:
    """Everything the page says, its folds opened and each of its tabs turned to."""
    window.page.add_style_tag(content=HIDE_CODE)
    window.page.evaluate(OPEN_ALL)
    window.page.wait_for_timeout(400)
    said = [window.page.evaluate(READ)]
    tabs = window.page.get_by_role("tab", selected=False).all()
    if tabs:
        for tab in tabs:
            tab.click()
        window.page.wait_for_timeout(400)
        said.append(window.page.evaluate(READ))
    return "\n".join(said)


@pytest.mark.parametrize("asked", [address for address in PAGES if address not in NAMING_METHODS])
def test_a_page_speaks_in_the_words_of_its_reader(asked, visit, shared):
    window = visit(shared)
    window.go(asked)
    expect(window.heading).to_have_text(question_of(asked))
    said = read_all(window)
    assert question_of(asked) in said
    assert lines_with(HOUSE, said) == set()
    assert lines_with(METHOD, said) == set()


def test_methods_speaks_in_the_words_of_its_reader_and_names_methods(visit, shared):
    window = visit(shared)
    window.go("methods")
    expect(window.heading).to_have_text(question_of("methods"))
    said = read_all(window)
    assert "select" not in said, "the statement is left out of what is read"
    assert lines_with(HOUSE, said) == set()
    assert lines_with(METHOD, said) != set()
