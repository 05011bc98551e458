"""From a spreadsheet to records and back again, on records of one's own."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.driving import Visit, serving
from tests.browser.test_words_on_screen import READ
from tests.messy import ALMA, KNOWN, ROWS, UNREADABLE, finance_workbook
from tests.ui.reading import HOUSE, lines_with

pytestmark = pytest.mark.browser
NAMES = "organisations not known"
LARGE = 500_000


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


def counts(window: Visit) -> dict[str, int]:
    """The counts on the page by what they count."""
    expect(window.page.get_by_test_id("stMetric")).to_have_count(6)
    shown = {}
    for tile in window.page.get_by_test_id("stMetric").all():
        label = tile.get_by_test_id("stMetricLabel").inner_text().strip()
        value = tile.get_by_test_id("stMetricValue").inner_text()
        shown[label] = int(value.replace(",", ""))
    return shown


def counted(window: Visit, label: str, number: int) -> None:
    """Waits until a count has that number."""
    tile = window.page.get_by_test_id("stMetric").filter(has_text=label)
    expect(tile.get_by_test_id("stMetricValue")).to_have_text(str(number))
    window.settled()


def load(window: Visit) -> None:
    """Presses the button that loads."""
    window.page.get_by_role("button", name=re.compile(r"^Load \d")).click()
    expect(window.main.get_by_text(re.compile("is loaded into"))).to_be_visible()
    window.settled()


def unfold(window: Visit, said: str) -> None:
    """Opens a fold."""
    window.page.locator("summary").filter(has_text=said).click()
    window.page.wait_for_timeout(500)


def test_a_finance_workbook_is_answered_mended_loaded_and_undone(own):
    own.give("organisations.csv", KNOWN)
    load(own)
    own.give("spend march 2025.xlsx", finance_workbook())
    expect(own.page.get_by_role("heading", name="What would become of it?")).to_be_visible()
    expect(own.main).to_contain_text("The headings are in row 3")
    first = counts(own)
    assert first["Rows read"] == ROWS
    assert first["Set aside"] == ROWS - 1
    assert first["Left out"] == 1

    # Three names: one that is like a known one, one that is new, one that is a person's.
    asked = own.cells(NAMES)
    assert asked[1][0] == ALMA
    own.type_into(NAMES, 0, "It is", "the same as")
    own.type_into(NAMES, 1, "It is", "new")
    own.press("Use these answers")
    counted(own, "Set aside", UNREADABLE)
    assert counts(own)["New"] == ROWS - UNREADABLE - 1
    assert lines_with(HOUSE, own.page.evaluate(READ)) == set()

    unfold(own, "Mend 2 rows here")
    own.type_into("rows to mend", 0, "Date Received", "28/02/2025")
    own.press("Use these cells")
    counted(own, "Set aside", 1)
    load(own)
    expect(own.main).to_contain_text("7 rows read = 5 new + 0 changed + 0 unchanged + 1 set aside")

    # What waits is mended afterwards.
    waiting = own.cells("rows set aside")
    assert [line[waiting[0].index("Row")] for line in waiting[1:]] == ["7"]
    upload = own.options("Mend the rows of")[0]
    own.choose("Mend the rows of", upload)
    own.type_into("rows to mend", 0, "Gross Amount £", "99.00")
    own.press("Use these cells")
    counted(own, "New", 1)
    own.press("Load 1 mended row")
    expect(own.main).to_contain_text("1 mended row loaded")
    expect(own.main).not_to_contain_text("Which rows are set aside?")

    own.menu("Overview")
    expect(own.main).to_contain_text("21 March 2025")
    own.menu("History")
    upload = next(one for one in own.options("Look closer at") if "spend march 2025.xlsx" in one)
    own.choose("Look closer at", upload)
    expect(own.main).to_contain_text("What would it do to the figures?")
    figures = own.cells("headline figures before and after")
    assert any("6 → 1" in cell for line in figures for cell in line), figures
    assert lines_with(HOUSE, own.page.evaluate(READ)) == set()
    own.press("Undo it")
    expect(own.main).to_contain_text("is undone")
    assert any("undo of" in cell for line in own.cells("uploads and undos") for cell in line)
    assert lines_with(HOUSE, own.page.evaluate(READ)) == set()


def test_a_template_filled_in_loads_with_no_choice_made_and_undo_brings_back_nothing(own):
    own.menu("Templates")
    with own.page.expect_download() as waited:
        own.page.get_by_role("button", name="Download a spreadsheet to fill in").click()
    book = load_workbook(io.BytesIO(waited.value.path().read_bytes()))
    assert waited.value.suggested_filename == "Payments.xlsx"
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    filled = {
        "payee": "Alma Street Hub",
        "invoice_ref": "A-1",
        "received_on": date(2025, 1, 6),
        "paid_on": date(2025, 1, 30),
        "amount": 120,
        "currency": "GBP",
    }
    for name, value in filled.items():
        sheet.cell(2, heads.index(name) + 1).value = value
    held = io.BytesIO()
    book.save(held)

    own.menu("Upload")
    own.give("Payments.xlsx", held.getvalue())
    # No table is chosen and no column: only what the file cannot say of a name is asked.
    own.page.get_by_text("Add names the records do not know").click()
    counted(own, "New", 1)
    load(own)
    own.menu("History")
    upload = next(one for one in own.options("Look closer at") if "Payments.xlsx" in one)
    own.choose("Look closer at", upload)
    own.press("Undo it")
    expect(own.main).to_contain_text("is undone")
    own.menu("Overview")
    expect(own.main).to_contain_text("Nothing has been loaded yet")


def test_the_file_to_mend_has_its_problems_beside_each_row_and_comes_back(own):
    own.give("spend march 2025.xlsx", finance_workbook())
    own.page.get_by_text("Add names the records do not know").click()
    counted(own, "Set aside", UNREADABLE)
    unfold(own, "Mend 2 rows here")
    with own.page.expect_download() as waited:
        own.page.get_by_role("button", name="Download the file with its problems").click()
    book = load_workbook(io.BytesIO(waited.value.path().read_bytes()))
    sheet = book.active
    assert "expected" in sheet.cell(6, sheet.max_column).value
    sheet["C6"], sheet["E7"] = "28/02/2025", "99.00"
    held = io.BytesIO()
    book.save(held)
    load(own)
    own.give(waited.value.suggested_filename, held.getvalue())
    own.page.get_by_text("Add names the records do not know").click()
    counted(own, "New", 2)
    assert counts(own)["Unchanged"] == ROWS - UNREADABLE - 1
    assert counts(own)["Set aside"] == 0


def test_a_large_file_is_stopped_with_nothing_loaded(own):
    rows = (f"Ash,{n},2025-01-0{n % 9 + 1},2025-01-{n % 20 + 10},9,GBP\n" for n in range(LARGE))
    heads = "payee,invoice_ref,received_on,paid_on,amount,currency\n"
    own.give("spend.csv", (heads + "".join(rows)).encode())
    own.page.get_by_text("Add names the records do not know").click()
    own.settled()
    check = own.page.get_by_role("button", name="Check every row")
    check.click()
    go = own.page.get_by_role("button", name=re.compile(r"^Load \d"))
    expect(go).to_be_visible(timeout=60_000)
    own.settled()
    go.click()
    own.page.get_by_role("button", name="Cancel").click()
    expect(own.main).to_contain_text("Stopped. Nothing was loaded.", timeout=60_000)
    own.settled()
    own.menu("History")
    assert not any("spend" in one for one in own.options("Look closer at"))
    own.menu("Overview")
    expect(own.main).to_contain_text("Nothing has been loaded yet")


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
        own.give(name, content)
        alert = own.page.get_by_role("alert")
        expect(alert).to_be_visible()
        told[case] = alert.inner_text()
        expect(own.page.get_by_role("button", name=re.compile("^Load"))).to_have_count(0)
        own.check()
    for case, said in told.items():
        assert re.search(r"[A-Z][^.]{15,}\.", said), f"{case}: {said}"
        assert not re.search(r"Traceback|Error\b|Exception|/tmp|None", said), f"{case}: {said}"
    assert len(set(told.values())) > 2, told


def test_the_demonstration_and_ones_own_records_stay_apart(own):
    own.give("organisations.csv", KNOWN)
    load(own)
    own.page.get_by_role("button", name="Look at the demonstration").click()
    expect(own.main).to_contain_text("fictional")
    own.menu("History")
    assert "organisations.csv" not in str(own.cells("uploads and undos"))
    own.page.get_by_role("button", name="Back to my records").click()
    expect(own.main).not_to_contain_text("fictional")
    assert "organisations.csv" in str(own.cells("uploads and undos"))
