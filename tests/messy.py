"""A finance export as finance departments send it, small enough to be worked out in the head."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

PERSON = "Mrs Jane Smith"
ALMA, ALMA_AS_KNOWN = "Alma Street Hub Limited", "Alma Street Hub"
# Row 1 is a banner, row 2 blank, row 3 the headings, row 10 a total.
SPEND = (
    ("University of Brackwater: payments to suppliers, March 2025",),
    (),
    ("Supplier Name", "Invoice No", "Date Received", "Payment Date", "Gross Amount £"),
    (ALMA, "A-1", "06/01/2025", "30/01/2025", "120.00"),
    (ALMA, "A-2", "03/02/2025", "28/02/2025", "£1,250.00"),
    (ALMA, "A-3", "31/02/2025", "14/03/2025", "80.00"),
    (ALMA, "A-4", "10/02/2025", "14/03/2025", "TBC"),
    ("Hollow Lane Primary School", "H-1", "20/01/2025", "21/03/2025", "300.00"),
    (PERSON, "J-1", "27/01/2025", "21/02/2025", "50.00"),
    ("Total", None, None, None, "1,800.00"),
)  # fmt: skip
ROWS, UNREADABLE = 7, 2
KNOWN = b"organisation,name\nalma,Alma Street Hub\n"


def workbook(
    sheets: Mapping[str, Sequence[Sequence[object]]], *, hidden: Sequence[str] = ()
) -> bytes:
    """An XLSX file with those sheets, in that order."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def finance_workbook() -> bytes:
    """The spend above as a workbook."""
    return workbook({"Spend": SPEND})
