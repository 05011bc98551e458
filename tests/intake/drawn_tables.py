"""Payments and registers drawn at random, most of their rows clean, some with a bad cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.intake.drawn_files import MISSING, Body, Drawn, Row, as_files

PAYMENT = {
    "payee": ("payee", "Supplier", "Supplier Name", "Vendor", "PAYEE NAME"),
    "invoice_ref": ("invoice_ref", "Invoice Number", "Invoice No.", "Invoice\nNo"),
    "received_on": ("received_on", "Date Received", "Received", "Inv Recd"),
    "paid_on": ("paid_on", "Date Paid", "Payment Date"),
    "amount": ("amount", "Gross Amount", "Amount (£)", "Invoice Amount"),
}
REGISTER = {
    "partnership": ("partnership", "Partnership ID", "Partnership Ref"),
    "name": ("name", "Partnership Name", "Title"),
    "started_on": ("started_on", "Start Date", "Started", "Date started"),
    "ended_on": ("ended_on", "End Date", "Ended"),
    "funding_gbp": ("funding_gbp", "Total funding", "Award value"),
}
PAYEES = ("Alma Street Community Hub", "Hollow Lane Primary School", "Ashby Food Bank Ltd")
DAY_FIRST = (
    "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d/%m/%Y 00:00",
)  # fmt: skip
EITHER_WAY = ("%Y-%m-%d", "%Y-%m-%dT00:00:00", "%d-%b-%Y", "%d %B %Y", "%A %d %B %Y", "%Y%m%d")
MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y")
BAD_DATES = ("soon", "2025-13-01", "00/13/0000", "31/02/2023")
BAD_AMOUNTS = ("about 12", "see note", "twelve")
# Rows that arrive whole, three times as often as any other.
DEFECTS = ("none", "none", "none", "date", "amount", "blank", "twice")


def _continental(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _credit(form: str) -> Callable[[Decimal], str]:
    """Less than nought in that form, anything else plainly."""
    return lambda amount: form.format(-amount) if amount < 0 else f"{amount:,.2f}"


AMOUNTS: tuple[Callable[[Decimal], str], ...] = (
    "{:.2f}".format,
    "{:,.2f}".format,
    "£{:,.2f}".format,
    "£ {:.2f}".format,
    "{:.2f} ".format,
    lambda amount: f"{amount * 100:.0f}p",
    _credit("({:.2f})"),
    _credit("{:,.2f} CR"),
    _credit("{:.2f}-"),
    _continental,
)


@st.composite
def payments(draw: st.DrawFn) -> Drawn:
    """A payments file of up to a dozen rows."""
    names = {ours: draw(st.sampled_from(theirs)) for ours, theirs in PAYMENT.items()}
    order = draw(st.permutations(list(names)))
    rows: list[Row | None] = []
    clean: dict[str, tuple[object, ...]] = {}
    bad: Counter[str] = Counter()
    first = date(2023, 1, 6) + timedelta(days=draw(st.integers(0, 300)))
    for number in range(draw(st.integers(1, 12))):
        # One day for all rows is refused as a day of receipt.
        received = first + timedelta(days=7 * number + draw(st.integers(0, 6)))
        wait = draw(st.one_of(st.none(), st.integers(0, 90)))
        paid = None if wait is None else received + timedelta(days=wait)
        amount = Decimal(draw(st.integers(-9_999, 99_999_999)) or 1) / 100
        cells = {
            "payee": draw(st.sampled_from(PAYEES)),
            "invoice_ref": f"00{number}/A{number}",
            "received_on": received,
            "paid_on": draw(st.sampled_from(MISSING)) if paid is None else paid,
            "amount": amount,
        }
        defect = draw(st.sampled_from(DEFECTS))
        # A column of which most cells are bad is not taken for what it is called.
        if 2 * bad[defect] + 1 > number and defect in ("date", "amount"):
            defect = "none"
        bad[defect] += 1
        if defect == "date":
            cells["received_on"] = draw(st.sampled_from(BAD_DATES))
        elif defect == "amount":
            cells["amount"] = draw(st.sampled_from(BAD_AMOUNTS))
        elif defect == "blank":
            cells["payee"] = draw(st.sampled_from(("", "N/A", "-")))
        else:
            clean[cells["invoice_ref"]] = (received, paid, amount)
        rows += [[cells[ours] for ours in order]] * (1 + (defect == "twice"))
        if draw(st.integers(0, 9)) == 0:
            rows.append(None)
    body = _body(draw, order, names, rows, clean)
    return draw(as_files(body, has_totals=True))


@st.composite
def registers(draw: st.DrawFn) -> Drawn:
    """A register of partnerships with dates known to the day, the month or the year."""
    names = {ours: draw(st.sampled_from(theirs)) for ours, theirs in REGISTER.items()}
    order = draw(st.permutations(list(names)))
    rows: list[Row | None] = []
    clean: dict[str, tuple[object, ...]] = {}
    for number in range(draw(st.integers(1, 8))):
        started = date(2015, 1, 1) + timedelta(days=draw(st.integers(0, 3_000)))
        written, precision = draw(
            st.sampled_from(
                (
                    (started, "day"),
                    (f"{started:%Y-%m}", "month"),
                    (f"{started:%m/%Y}", "month"),
                    (f"{started:%B %Y}", "month"),
                    (f"{started:%Y}", "year"),
                )
            )
        )
        middle = {
            "day": started,
            "month": started.replace(day=16),
            "year": date(started.year, 7, 2),
        }[precision]
        funding = draw(st.one_of(st.none(), st.integers(1, 99_999_999)))
        funded = None if funding is None else Decimal(funding) / 100
        cells = {
            "partnership": f"P{number:03}",
            "name": f"Partnership number {number}",
            "started_on": written,
            "ended_on": draw(st.sampled_from((*MISSING, "ongoing"))),
            "funding_gbp": draw(st.sampled_from(MISSING)) if funded is None else funded,
        }
        if draw(st.integers(0, 4)) == 0:
            cells["name"] = ""
        else:
            clean[cells["partnership"]] = (middle, precision, None, funded)
        rows.append([cells[ours] for ours in order])
    body = _body(draw, order, names, rows, clean)
    return draw(as_files(body, has_totals=False))


def _body(
    draw: st.DrawFn,
    order: list[str],
    names: dict[str, str],
    rows: list[Row | None],
    clean: dict[str, tuple[object, ...]],
) -> Body:
    """The table with a way of writing days and money that its own columns give away."""
    full = [row for row in rows if row is not None]
    columns = list(zip(*full, strict=True))
    dates = [[c for c in column if isinstance(c, date)] for column in columns]
    # Without a day after the twelfth in it, a column of days month first looks like any other;
    # and one that has as many days first as month first is one of days first.
    shows = all(any(day.day > 12 for day in days) for days in dates if days)
    slips = sum(cell == "31/02/2023" for row in full for cell in row)
    ways = (*DAY_FIRST, *EITHER_WAY, *(MONTH_FIRST if shows and not slips else ()))
    form = draw(st.sampled_from(ways))
    moneys = [cell for row in full for cell in row if isinstance(cell, Decimal)]
    # 12,50 alone may be a slip for 1,250; 1.234,50 shows what the comma is.
    money = draw(st.sampled_from(AMOUNTS))
    if money is _continental and not any(abs(amount) >= 1000 for amount in moneys):
        money = AMOUNTS[0]
    return Body(order, [names[ours] for ours in order], rows, clean, lambda d: f"{d:{form}}", money)
