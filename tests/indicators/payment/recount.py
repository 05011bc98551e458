"""Every payment figure counted again in plain Python: loops over the lines as a person reads them.

It shares no code with the package: not its SQL, its estimators nor its splits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import fmean, median
from typing import Any

HAPPENED = ("worked_on", "invoiced_on", "received_on", "returned_on", "approved_on", "paid_on")
RATE_FROM, RATE_TO, RATE = date(2024, 1, 1), date(2024, 6, 30), Decimal("13.25")
UNKNOWN_SIZE = "not recorded whether the payee has fewer than 50 employees"

Fact = dict[str, Any]
Answer = tuple[int, float | None]


def known_by(rows: Iterable[Fact], as_of: date) -> list[Fact]:
    """The lines as they were known on the day: what had not happened yet is not there."""
    found = []
    for row in rows:
        first = min(day for day in (row["received_on"], row["paid_on"]) if day)
        if first <= as_of:
            later = {name: None for name in HAPPENED if row[name] and row[name] > as_of}
            found.append(row | later)
    return found


def invoices(rows: Iterable[Fact], as_of: date) -> list[Fact]:
    """The lines and part payments of each invoice put together."""
    together: dict[Any, list[Fact]] = defaultdict(list)
    credited: dict[Any, Decimal] = defaultdict(Decimal)
    rows = known_by(rows, as_of)
    for row in rows:
        together[row["payee"], row["invoice_ref"]].append(row)
        if row["credits"] and row["credits"] != row["invoice_ref"]:
            credited[row["payee"], row["credits"]] -= row["amount"]
    return [_invoice(lines, credited[key]) for key, lines in together.items()]


def _invoice(lines: list[Fact], credited: Decimal) -> Fact:
    kept = [line for line in lines if line["outcome"] not in ("withdrawn", "rejected")]
    money = sum(line["amount"] for line in (kept or lines))
    is_open = any(line["paid_on"] is None and line["amount"] >= 0 for line in kept)
    paid_on = None if is_open else _most(lines, "paid_on")
    vat_known = all(line["vat"] is not None for line in kept)
    in_pounds = all(line["currency"] == "GBP" for line in lines)
    unpaid = sum(line["amount"] for line in kept if line["paid_on"] is None)
    one = {name: _most(lines, name) for name in ("payee", "kind", "payee_role", "outcome")}
    one |= {name: _least(lines, name) for name in ("invoiced_on", "received_on", "due_on")}
    one |= {name: _most(lines, name) for name in ("approved_on", "returned_on", "return_reason")}
    one |= {
        "partnership": _partnership(lines),
        "worked_on": _most(lines, "worked_on"),
        "paid_on": paid_on,
        "is_small": _any(lines, "payee_is_small"),
        "is_disputed": bool(_any(lines, "is_disputed")),
        "pounds": money if in_pounds else None,
        "debt": money - credited if in_pounds and vat_known else None,
        "owed": unpaid - credited if in_pounds and not paid_on else None,
        "apart": None,
    }
    if not kept:
        one["apart"] = "withdrawn or rejected"
    elif all(line["credits"] for line in lines) or money < 0:
        one["apart"] = "credit note, shown apart"
    elif paid_on is None and credited and credited >= money:
        one["apart"] = "settled by a credit note"
    one["out"] = one["apart"]
    if one["kind"] == "grant" and one["apart"] in (None, "settled by a credit note"):
        one["out"] = "grant, which runs from its due date"
    elif one["out"] is None and one["received_on"] is None:
        one["out"] = "no receipt date"
    elif one["out"] is None and paid_on and paid_on < one["received_on"]:
        one["out"] = "paid in advance"
    return one


def _given(lines: list[Fact], name: str) -> list[Any]:
    return [line[name] for line in lines if line[name] is not None]


def _most(lines: list[Fact], name: str) -> Any:
    return max(_given(lines, name), default=None)


def _least(lines: list[Fact], name: str) -> Any:
    return min(_given(lines, name), default=None)


def _any(lines: list[Fact], name: str) -> bool | None:
    return any(_given(lines, name)) if _given(lines, name) else None


def _partnership(lines: list[Fact]) -> str | None:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line["partnership"]:
            is_kept = line["outcome"] not in ("withdrawn", "rejected")
            sums[line["partnership"]] += line["amount"] if is_kept else 0
    return max(sums, key=lambda name: (abs(sums[name]), name), default=None)


# Populations: each fact has the day it belongs to, why it is left out, and its value.


def waits(one: Fact, as_of: date) -> Fact:
    return _wait(one, one["received_on"], one["received_on"], one["paid_on"], as_of, one["out"])


def _wait(
    one: Fact, day: date | None, start: date | None, end: date | None, as_of: date, out: str | None
) -> Fact:
    days = None if start is None else ((end or as_of) - start).days
    return one | {"day": day, "out": out, "value": (days, end is not None)}


def paid(value: Callable[[Fact, int | None], Any]) -> Callable[[Fact, date], Fact | None]:
    def fact(one: Fact, as_of: date) -> Fact | None:
        if one["paid_on"] is None:
            return None
        start = one["received_on"]
        days = None if start is None else (one["paid_on"] - start).days
        return one | {"day": one["paid_on"], "value": value(one, days)}

    return fact


def by_value(first: int, last: int) -> Callable[[Fact, date], Fact | None]:
    def share(one: Fact, days: int | None) -> Any:
        pounds = one["pounds"]
        return (pounds if days is not None and first <= days <= last else 0, pounds)

    def fact(one: Fact, as_of: date) -> Fact | None:
        found = paid(share)(one, as_of)
        if found and not found["out"] and found["pounds"] is None:
            found["out"] = "not in pounds"
        return found

    return fact


def small(one: Fact, as_of: date) -> Fact | None:
    found = paid(lambda one, days: days is not None and days <= 30)(one, as_of)
    if found is None or found["is_small"] is False:
        return None
    if not found["out"] and found["is_small"] is None:
        found["out"] = UNKNOWN_SIZE
    return found


def in_advance(one: Fact, as_of: date) -> Fact | None:
    found = paid(lambda one, days: days is not None and days < 0)(one, as_of)
    if found and found["out"] == "paid in advance":
        found["out"] = None
    return found


def due(value: Callable[[Fact, bool], Any]) -> Callable[[Fact, date], Fact | None]:
    def fact(one: Fact, as_of: date) -> Fact | None:
        last = one["due_on"]
        if last and last > as_of:
            return None
        out = one["apart"] or ("grant, shown apart" if one["kind"] == "grant" else None)
        out = out or (None if last else "no due date recorded")
        is_late = one["paid_on"] is None or (last is not None and one["paid_on"] > last)
        day = last or one["received_on"] or one["paid_on"]
        return one | {"day": day, "out": out, "value": value(one, is_late)}

    return fact


def overdue(in_pounds: bool) -> Callable[[Fact, date], Fact]:
    def fact(one: Fact, as_of: date) -> Fact:
        last = one["due_on"]
        if last is None and one["kind"] != "grant" and one["received_on"]:
            last = one["received_on"] + timedelta(29)
        is_overdue = one["paid_on"] is None and last is not None and last <= as_of
        out = one["apart"]
        if not out and one["paid_on"] is None and last is None:
            out = "no due date recorded"
        if not out and in_pounds and is_overdue and one["owed"] is None:
            out = "not in pounds"
        value = (one["owed"] if in_pounds else 1) if is_overdue else 0
        return one | {"day": last, "out": out, "value": value}

    return fact


def debts(fixed: bool) -> Callable[[Fact, date], Fact | None]:
    def fact(one: Fact, as_of: date) -> Fact | None:
        last = one["due_on"]
        if last is None and one["received_on"]:
            last = max(filter(None, (one["received_on"], one["worked_on"]))) + timedelta(29)
        if last and last > as_of:
            return None
        late = max(((one["paid_on"] or as_of) - last).days, 0) if last else 0
        begins = last + timedelta(1) if last else None
        reasons = {
            "kind of payment not stated": one["kind"] is None,
            "not for goods or services supplied": one["kind"] != "supply",
            "no receipt or due date": last is None,
            "not in pounds": one["pounds"] is None,
            "VAT not known": one["debt"] is None,
            "rate not available": not fixed
            and bool(late)
            and not (begins and RATE_FROM <= begins <= RATE_TO),
        }
        out = one["apart"] or next((reason for reason, holds in reasons.items() if holds), None)
        value = None if out else _claim(one["debt"], late, fixed)
        return one | {"day": last or one["paid_on"], "out": out, "value": value}

    return fact


def _claim(debt: Decimal, late: int, fixed: bool) -> Decimal | int:
    if not late or debt <= 0:
        return 0
    if fixed:
        return 40 if debt < 1000 else 70 if debt < 10000 else 100
    return (debt * RATE * late / 36500).quantize(Decimal("0.01"), ROUND_HALF_UP)


def stage(
    start: str, end: str, faults: dict[str, Callable[[Fact], bool]], *, is_open: bool
) -> Callable[[Fact, date], Fact | None]:
    """From one day to the next; open ones count to the as-of date where `is_open`."""

    def fact(one: Fact, as_of: date) -> Fact:
        out = one["out"] or next((why for why, holds in faults.items() if holds(one)), None)
        if out:
            return one | {"day": one["received_on"], "out": out, "value": None}
        found = _wait(one, one["received_on"], one[start], one[end], as_of, None)
        return found if is_open else found | {"value": found["value"][0]}

    return fact


def sent_back(value: Callable[[Fact], Any]) -> Callable[[Fact, date], Fact | None]:
    def fact(one: Fact, as_of: date) -> Fact:
        out = one["apart"] if one["apart"] == "credit note, shown apart" else None
        out = out or (None if one["received_on"] else "no receipt date")
        return one | {"day": one["received_on"], "out": out, "value": value(one)}

    return fact


def grants(one: Fact, as_of: date) -> Fact | None:
    last = one["due_on"]
    if one["kind"] != "grant" or (last and last > as_of):
        return None
    out = one["apart"] or (None if last else "no due date recorded")
    day = last or one["received_on"] or one["paid_on"]
    found = _wait(one, day, last, one["paid_on"], as_of, out)
    days, ended = found["value"]
    return found | {"value": (None if days is None else max(days, 0), ended)}


# Conclusions: how many rows, and the figure.


def share(values: list[Any]) -> Answer:
    return len(values), sum(map(bool, values)) / len(values) if values else None


def mean(values: list[Any]) -> Answer:
    return len(values), fmean(values) if values else None


def middle(values: list[Any]) -> Answer:
    return len(values), median(values) if values else None


def total(values: list[Any]) -> Answer:
    return len(values), float(sum(values)) if values else None


def ratio(values: list[Any]) -> Answer:
    over, under = (sum(pair[side] for pair in values) for side in (0, 1))
    return len(values), float(over / under) if under else None


def left_open(values: list[Any], day: int) -> float:
    """The product over the days up to that one of the share of those waiting who wait on."""
    still = 1.0
    for time in sorted({days for days, ended in values if ended and days <= day}):
        waiting = sum(days >= time for days, _ in values)
        ending = sum(days == time and ended for days, ended in values)
        still *= 1 - ending / waiting
    return still


def gone_by(q: float) -> Callable[[list[Any]], Answer]:
    def first(values: list[Any]) -> Answer:
        for time in sorted({days for days, ended in values if ended}):
            if left_open(values, time) <= 1 - q + 1e-9:
                return len(values), time
        return len(values), None

    return first


def open_at(day: int) -> Callable[[list[Any]], Answer]:
    def still(values: list[Any]) -> Answer:
        longest = max((days for days, _ in values), default=-1)
        share_open = left_open(values, day)
        is_known = longest >= day or (values and share_open < 1e-12)
        return len(values), share_open if is_known else None

    return still
