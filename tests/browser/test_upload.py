"""From a spreadsheet to records and back again, on records of one's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driving import Visit, serving
from tests.browser.test_words_on_screen import READ
from tests.ui.reading import HOUSE, lines_with

pytestmark = pytest.mark.browser

# Row 1 holds the names. Rows 4 and 5 cannot be read, row 6 is a credit note, row 7 has a payee
# the records do not know (as have all: they are empty).
PAYMENTS = """\
payee,invoice_ref,received_on,paid_on,amount,currency,kind,payee_role
Alma Street Community Hub,A-1,06/01/2025,30/01/2025,120.00,GBP,supply,partner
Alma Street Community Hub,A-2,03/02/2025,28/02/2025,"1,250.00",GBP,supply,partner
Alma Street Community Hub,A-3,31/02/2025,14/03/2025,80.00,GBP,supply,partner
Alma Street Community Hub,A-4,10/02/2025,14/03/2025,TBC,GBP,supply,partner
Alma Street Community Hub,A-5,17/02/2025,14/03/2025,-40.00,GBP,supply,partner
Hollow Lane Primary School,H-1,20/01/2025,21/03/2025,300.00,GBP,supply,partner
"""
ROWS, UNREADABLE = 6, 2


@pytest.fixture
def own(visit: Callable[..., Visit], demonstration: Path) -> Iterator[Visit]:
    """A window on records of one's own with nothing in them, at the upload page."""
    with serving(demonstration) as address:
        window = visit(address)
        window.go("upload")
        window.page.get_by_role("button", name="Start with my own records").click()
        expect(window.main).not_to_contain_text("fictional")
        window.settled()
        yield window
        window.check()


def give(window: Visit, name: str, content: bytes) -> None:
    """Puts a file into the uploader."""
    window.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    window.settled()


def counts(window: Visit) -> dict[str, int]:
    """The counts on the page by what they count."""
    expect(window.page.get_by_test_id("stMetric")).to_have_count(6)
    shown = {}
    for tile in window.page.get_by_test_id("stMetric").all():
        label = tile.get_by_test_id("stMetricLabel").inner_text().strip()
        value = tile.get_by_test_id("stMetricValue").inner_text()
        shown[label] = int(value.replace(",", ""))
    return shown


def cells(window: Visit, table: str) -> list[list[str]]:
    """The rows of a table, as they are read out: its heads first, and no column out of sight."""
    drawn = window.page.locator(f"canvas[aria-label^='{table}'], [aria-label^='{table}'] canvas")
    if not drawn.count():
        drawn = (
            window.page.get_by_test_id("stDataFrame")
            .filter(has=window.page.locator(f"[aria-label*='{table}']"))
            .locator("canvas")
        )
    drawn.first.scroll_into_view_if_needed()
    window.page.wait_for_timeout(300)
    return drawn.first.evaluate(
        """canvas => [...canvas.querySelectorAll("tr")].map(
            row => [...row.querySelectorAll("td, th")].map(cell => cell.textContent))"""
    )


def test_payments_are_matched_checked_loaded_listed_and_undone(own):
    give(own, "payments.csv", PAYMENTS.encode())
    expect(own.page.get_by_role("heading", name="What would become of it?")).to_be_visible()

    # No name is known yet: every row is set aside until names may be added.
    first = counts(own)
    assert first["Rows read"] == ROWS
    assert first["Set aside"] == ROWS
    own.page.get_by_text("Add names the records do not know").click()
    expect(own.page.get_by_test_id("stMetric").filter(has_text="New")).to_contain_text("4")
    own.settled()

    then = counts(own)
    assert then["Rows read"] == ROWS
    assert then["Set aside"] == UNREADABLE
    assert then["New"] == ROWS - UNREADABLE
    assert then["Rows read"] == sum(then.values()) - then["Rows read"]

    problems = cells(own, "Table: problems by row")
    row, found = problems[0].index("Row"), problems[0].index("Found")
    told = {(line[row], line[found]) for line in problems[1:]}
    assert {("4", "31/02/2025"), ("5", "TBC")} <= told, problems
    assert all(all(line[:4]) for line in problems[1:]), "every problem says what was expected"
    assert lines_with(HOUSE, own.page.evaluate(READ)) == set()

    own.page.get_by_role("button", name=re.compile(r"^Load \d")).click()
    told = own.main.get_by_text(re.compile("payments.csv is loaded"))
    expect(told).to_contain_text("6 rows read = 4 new + 0 changed + 0 unchanged + 2 set aside")
    own.settled()

    history = cells(own, "Table: uploads and undos")
    assert any("payments.csv" in cell for row in history for cell in row)
    waiting = cells(own, "Table: rows set aside")
    assert [line[waiting[0].index("Row")] for line in waiting[1:]] == ["4", "5"], waiting
    assert lines_with(HOUSE, own.page.evaluate(READ)) == set()

    own.menu("Overview")
    expect(own.main).to_contain_text("21 March 2025")
    own.menu("Upload")

    upload = next(option for option in own.options("Undo") if "payments.csv" in option)
    own.choose("Undo", upload)
    own.page.get_by_role("button", name="Undo it").click()
    expect(own.main).to_contain_text("is undone")
    own.settled()
    assert any("undo of" in cell for row in cells(own, "Table: uploads and undos") for cell in row)
    assert lines_with(HOUSE, own.page.evaluate(READ)) == set()
    own.menu("Overview")
    expect(own.main).to_contain_text("Nothing has been loaded yet")


def test_the_same_file_again_changes_nothing(own):
    for again in (False, True):
        give(own, "payments.csv", PAYMENTS.encode())
        own.page.get_by_text("Add names the records do not know").click()
        expect(own.page.get_by_test_id("stMetric").filter(has_text="Set aside")).to_contain_text(
            "2"
        )
        own.settled()
        if again:
            assert counts(own)["New"] == counts(own)["Changed"] == 0
            assert counts(own)["Unchanged"] == ROWS - UNREADABLE
        else:
            own.page.get_by_role("button", name=re.compile(r"^Load \d")).click()
            expect(own.main.get_by_text("payments.csv is loaded")).to_be_visible()
            own.settled()


REFUSED = {
    "a PDF renamed .xlsx": (
        "payments.xlsx",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    ),
    "an empty file": ("payments.csv", b""),
    "names and no rows": ("payments.csv", b"payee,invoice_ref,amount\n"),
    "a workbook with a password": (
        "payments.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    ),
    "a picture": ("payments.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1" + bytes(40)),
}


def test_files_that_cannot_be_read_are_refused_in_plain_words(own):
    told = {}
    for case, (name, content) in REFUSED.items():
        own.go("upload")
        give(own, name, content)
        alert = own.page.get_by_role("alert")
        expect(alert).to_be_visible()
        told[case] = alert.inner_text()
        expect(own.page.get_by_role("button", name=re.compile("^Load"))).to_have_count(0)
        expect(own.main).to_contain_text("What was uploaded before?")
        own.check()
    for case, said in told.items():
        assert re.search(r"[A-Z][^.]{15,}\.", said), f"{case}: {said}"
        assert not re.search(r"Traceback|Error\b|Exception|/tmp|None", said), f"{case}: {said}"
    assert len(set(told.values())) > 2, told


def test_the_demonstration_and_ones_own_records_stay_apart(own):
    give(own, "payments.csv", PAYMENTS.encode())
    own.page.get_by_text("Add names the records do not know").click()
    own.settled()
    own.page.get_by_role("button", name=re.compile(r"^Load \d")).click()
    expect(own.main.get_by_text("payments.csv is loaded")).to_be_visible()
    own.page.get_by_role("button", name="Look at the demonstration").click()
    expect(own.main).to_contain_text("fictional")
    own.menu("Partnership")
    expect(own.main).not_to_contain_text("Alma Street Community Hub")
    own.page.get_by_role("button", name="Back to my records").click()
    expect(own.main).not_to_contain_text("fictional")
