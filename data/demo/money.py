"""The demo's payments: invoices, grants, honoraria, part payments, credit notes, disputes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp
from random import Random

import days
import register
import world
from register import Partnership, Row
from time_given import Bill

PARTNER_INVOICES, SUPPLIER_INVOICES, GRANTS, SMALL_CLAIMS = 880, 1010, 120, 110
# Factors that bring the medians to about 34 days for partners and 21 for other suppliers.
PARTNER_DAYS, SUPPLIER_DAYS = 27.9, 18.7
SIZE_PACE = {"micro": 1.18, "small": 1.05, "medium": 0.92, "large": 0.85, "": 1.05}
TYPICAL_GBP = {"micro": 420, "small": 900, "medium": 1900, "large": 3200, "": 90}
RETURNS = ("no purchase order number", "payee not set up", "bank details missing", "wrong total")


@dataclass(frozen=True)
class Claim:
    """What is asked for, before its way through the university. `role` as in payee_role."""

    payee: str
    invoice_ref: str
    partnership: Partnership | None
    received_on: date
    net_gbp: float
    kind: str
    role: str
    worked_on: date | None = None
    named: bool = True  # whether the partnership stands on the record


def _pace(claim: Claim) -> float:
    """Median days to payment of such a claim: the story, size, unit, place and year."""
    if claim.role == "other supplier":
        return SUPPLIER_DAYS
    p = claim.partnership
    progress = (claim.received_on - days.FIRST).days / (days.LAST - days.FIRST).days
    pace = PARTNER_DAYS * (1.17 - 0.34 * progress) * SIZE_PACE[register.size_of(claim.payee)]
    if p is not None:
        pace *= world.UNIT_PACE[p.unit] * world.SLOW.get(p.name, 1.0)
        pace *= world.SLOW_PLACE_FACTOR if p.is_in_slow_place else 1.0
    return pace


class Ledger:
    """Takes claims through receipt, return, approval and payment, and keeps the rows."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.rows: list[Row] = []
        self.unpaid: set[tuple[str, str]] = set()
        self.numbers: dict[str, int] = {}
        self.channels: dict[tuple[str, str], str] = {}

    def number(self, payee: str) -> str:
        """The payee's next own invoice number."""
        self.numbers[payee] = self.numbers.get(payee, self.rng.randint(10, 400)) + 1
        initials = "".join(word[0] for word in payee.split("-")).upper()
        return f"{initials}-{self.numbers[payee]:04d}"

    def _vat(self, claim: Claim, net: float) -> float:
        charged = register.kind_of(claim.payee) == "business" and claim.kind == "supply"
        return round(net * 0.2, 2) if charged else 0.0

    def _dates(self, claim: Claim) -> Row:
        """The way of one claim: blank where it has not happened by the last day."""
        rng, received = self.rng, claim.received_on
        partner = claim.role != "other supplier"
        wait = _pace(claim) * exp(rng.gauss(0, 0.52 if partner else 0.42))
        if rng.random() < (0.05 if partner else 0.02):
            wait *= rng.uniform(2.2, 4.0)
        returned = None
        if rng.random() < (0.09 if partner else 0.04):
            returned = days.working(received + timedelta(round(wait * 0.3)))
            wait += rng.uniform(6, 18)
        approved = days.working(received + timedelta(round(wait * rng.uniform(0.45, 0.75))))
        paid = days.pay_run(max(approved, received + timedelta(round(wait) - 1)))
        terms = rng.choices((30, 14, 60, None), (90, 5, 3, 2))[0]
        invoiced = days.working(received - timedelta(rng.randint(0, 6)))
        invoiced = max(min(invoiced, received), claim.worked_on or days.FIRST)
        channel = rng.choices(("e-mail", "portal", "paper"), (60, 33, 7))[0]
        self.channels[claim.payee, claim.invoice_ref] = channel
        worked = claim.worked_on or invoiced - timedelta(rng.randint(2, 40))
        known = claim.worked_on or (rng.random() < 0.8 and claim.kind != "expenses")
        return {
            "worked_on": worked.isoformat() if known else "",
            "invoiced_on": invoiced.isoformat(),
            "received_on": received.isoformat(),
            "returned_on": days.iso(returned),
            "return_reason": rng.choice(RETURNS) if days.iso(returned) else "",
            "approved_on": days.iso(approved),
            "due_on": (received + timedelta(terms)).isoformat() if terms else "",
            "paid_on": days.iso(paid),
        }

    def _row(self, claim: Claim, dates: Row, line: str, part: str, net: float) -> Row:
        vat = self._vat(claim, net)
        size = register.size_of(claim.payee)
        role = claim.role
        p = claim.partnership
        return {
            "payee": claim.payee,
            "invoice_ref": claim.invoice_ref,
            "line_ref": line,
            "payment_ref": part,
            "partnership": p.id if p and claim.named else "",
            **dates,
            "amount": f"{net + vat:.2f}",
            "vat": f"{vat:.2f}",
            "currency": "GBP",
            "kind": claim.kind,
            "payee_role": role,
            "payee_is_small": "" if not size else "true" if size in register.SMALL else "false",
            "is_advance_agreed": "false",
            "is_disputed": "false",
            "outcome": "" if dates["paid_on"] else "open",
            "credits": "",
            "on_behalf_of": "",
            "channel": self.channels[claim.payee, claim.invoice_ref],
        }

    def _lines(self, net: float) -> list[float]:
        count = self.rng.choices((1, 2, 3, 4), (72, 16, 8, 4))[0]
        if net < 80:
            return [net]
        shares = [self.rng.uniform(0.5, 1.5) for _ in range(count)]
        parts = [round(net * share / sum(shares), 2) for share in shares[:-1]]
        return [*parts, round(net - sum(parts), 2)]

    def supply(self, claim: Claim) -> None:
        """Book a claim as lines or in two payments, with what may befall it."""
        rng = self.rng
        dates = self._dates(claim)
        lines = self._lines(claim.net_gbp)
        fate = rng.random()
        change: Row = {}
        if fate < 0.008:
            change = {"paid_on": "", "outcome": "withdrawn"}
        elif fate < 0.013:
            change = {"paid_on": "", "approved_on": "", "outcome": "rejected"}
        elif fate < 0.027:
            change = {"paid_on": "", "outcome": "open", "is_disputed": "true"}
        elif fate < 0.035:
            change = {"paid_on": "", "approved_on": "", "outcome": "open"}
        elif fate < 0.05:
            change = {"is_disputed": "true"}
        elif fate < 0.065 and dates["paid_on"]:
            change = {"received_on": ""}
        elif fate < 0.073 and claim.worked_on is None and claim.received_on > days.ADVANCES_FROM:
            early = days.pay_run(claim.received_on - timedelta(rng.randint(8, 25)))
            change = {"paid_on": days.iso(early), "approved_on": "", "is_advance_agreed": "true"}
            change |= {"outcome": "", "returned_on": "", "return_reason": ""}
        in_parts = fate > 0.96 and claim.net_gbp > 700
        if in_parts:
            self._in_parts(claim, dates)
        else:
            for number, net in enumerate(lines, start=1):
                row = self._row(claim, dates, str(number), "", net) | change
                self.rows.append(row)
        if not self.rows[-1]["paid_on"]:
            self.unpaid.add((claim.payee, claim.invoice_ref))
        if 0.90 < fate < 0.918 and claim.kind == "supply" and not claim.worked_on:
            self._credit(claim, len(lines), whole=rng.random() < 0.4)

    def _in_parts(self, claim: Claim, dates: Row) -> None:
        first = round(claim.net_gbp * 0.6, 2)
        self.rows.append(self._row(claim, dates, "1", "P1", first))
        later = dates["paid_on"] and days.pay_run(
            date.fromisoformat(dates["paid_on"]) + timedelta(self.rng.randint(14, 60))
        )
        second = dates | {"paid_on": days.iso(later or None)}
        self.rows.append(self._row(claim, second, "1", "P2", round(claim.net_gbp - first, 2)))

    def _credit(self, claim: Claim, lines: int, *, whole: bool) -> None:
        """A credit note: for all of an invoice, which is then never paid, or for a part of it."""
        received = days.working(claim.received_on + timedelta(self.rng.randint(8, 30)))
        if received > days.LAST:
            return
        invoice = self.rows[-lines:]
        total = sum(float(row["amount"]) for row in invoice)
        vat = sum(float(row["vat"]) for row in invoice)
        share = 1.0 if whole else self.rng.choice((0.1, 0.2, 0.25))
        if whole:
            for row in invoice:
                row |= {"paid_on": "", "approved_on": "", "outcome": ""}
        note = replace(claim, invoice_ref=f"CN-{claim.invoice_ref}", received_on=received)
        settled = received.isoformat() if whole else days.iso(days.pay_run(received))
        dates = self._dates(note) | {"paid_on": settled, "returned_on": "", "return_reason": ""}
        dates |= {"worked_on": "", "due_on": "", "approved_on": received.isoformat()}
        dates["invoiced_on"] = received.isoformat()
        row = self._row(note, dates, "1", "", 0.0)
        row |= {"amount": f"{-total * share:.2f}", "vat": f"{-vat * share:.2f}"}
        self.rows.append(row | {"credits": claim.invoice_ref, "outcome": ""})

    def grant(self, claim: Claim) -> None:
        """A grant instalment: due on a date in the agreement, sometimes before any paperwork."""
        rng, due = self.rng, claim.received_on
        wait = rng.randint(-9, 4) if rng.random() < 0.35 else round(9 * exp(rng.gauss(0, 0.7)))
        paid = days.pay_run(due + timedelta(wait))
        report = days.working(due + timedelta(rng.randint(-30, 20)))
        dates = self._dates(claim) | {
            "worked_on": "",
            "invoiced_on": "",
            "returned_on": "",
            "return_reason": "",
            "received_on": days.iso(report if rng.random() < 0.6 else None),
            "approved_on": days.iso(days.working(paid - timedelta(rng.randint(3, 6)))),
            "due_on": due.isoformat(),
            "paid_on": days.iso(paid),
        }
        if not dates["received_on"] and not dates["paid_on"]:
            dates["received_on"] = days.working(due - timedelta(20)).isoformat()
        if dates["approved_on"] > days.iso(paid) != "":
            dates["approved_on"] = dates["paid_on"]
        self.rows.append(self._row(claim, dates, "1", "", claim.net_gbp))


def _partner_claims(rng: Random, ledger: Ledger) -> None:
    """Invoices of partner organisations, more from larger and longer partnerships."""
    pairs = [(p, o) for p in register.partnerships() if p.is_active for o in p.partners]
    pairs = [(p, o) for p, o in pairs if register.kind_of(o) != "individual"]
    heavy = dict.fromkeys(world.SLOW, 3.0)
    weights = [
        (p.active_to - p.active_from).days * heavy.get(p.name, 1.0) / len(p.partners) ** 0.5
        for p, _ in pairs
    ]
    for _ in range(PARTNER_INVOICES):
        p, payee = rng.choices(pairs, weights)[0]
        last = min(p.active_to + timedelta(40), days.LAST)
        net = TYPICAL_GBP[register.size_of(payee)] * exp(rng.gauss(0, 0.7))
        claim = Claim(
            payee, ledger.number(payee), p, days.between(rng, p.active_from, last), round(net, 2),
            rng.choices(("supply", "expenses", "access"), (88, 8, 4))[0], "partner",
            named=rng.random() < 0.93,
        )  # fmt: skip
        ledger.supply(claim)


def _supplier_claims(rng: Random, ledger: Ledger) -> None:
    active = [p for p in register.partnerships() if p.is_active]
    weights = [3 if typical < 700 else 1.5 for _, _, _, typical, _ in world.SUPPLIERS]
    for _ in range(SUPPLIER_INVOICES):
        payee, _, _, typical, kind = rng.choices(world.SUPPLIERS, weights)[0]
        received = days.between(rng, days.FIRST, days.LAST)
        here = [p for p in active if p.active_from <= received <= p.active_to]
        p = rng.choice(here) if rng.random() < (0.5 if kind == "access" else 0.1) else None
        net = round(typical * exp(rng.gauss(0, 0.5)), 2)
        ledger.supply(Claim(payee, ledger.number(payee), p, received, net, kind, "other supplier"))


def _grants(rng: Random, ledger: Ledger) -> None:
    kinds = ("charity", "community group", "social enterprise", "faith group")
    pairs = [(p, o) for p in register.partnerships() if p.is_active for o in p.partners]
    pairs = [(p, o) for p, o in pairs if register.kind_of(o) in kinds]
    for _ in range(GRANTS):
        p, payee = rng.choice(pairs)
        first = max(p.active_from, days.FIRST + timedelta(35))
        due = days.between(rng, first, max(first, min(p.active_to, days.LAST)))
        reference = f"GR-{due.year}-{len(ledger.rows):04d}"
        ledger.grant(
            Claim(payee, reference, p, due, rng.randint(4, 60) * 250.0, "grant", "partner")
        )


def _small_claims(rng: Random, ledger: Ledger) -> None:
    """Honoraria and expenses of the individuals among the partners."""
    pairs = [(p, o) for p in register.partnerships() if p.is_active for o in p.partners]
    pairs = [(p, o) for p, o in pairs if register.kind_of(o) == "individual"]
    for _ in range(SMALL_CLAIMS):
        p, payee = rng.choice(pairs)
        kind = rng.choices(("honorarium", "expenses"), (3, 2))[0]
        net = rng.choice((25, 50, 75, 150)) if kind == "honorarium" else rng.uniform(6, 80)
        received = days.between(rng, p.active_from, min(p.active_to, days.LAST))
        number = ledger.number(payee)
        claim = Claim(payee, number, p, received, round(net, 2), kind, "individual")
        ledger.supply(claim)


def _odd_ones(rng: Random, rows: list[Row]) -> None:
    """What real files hold: other currencies, hosts who are paid for others, roles not known."""
    plain = [row for row in rows if row["kind"] == "supply" and not row["credits"]]
    foreign = [r for r in plain if r["payee_role"] == "other supplier" and r["line_ref"] == "1"]
    foreign = [r for r in foreign if not r["payment_ref"]]
    lines = {(r["payee"], r["invoice_ref"], "2") for r in rows if r["line_ref"] == "2"}
    single = [r for r in foreign if (r["payee"], r["invoice_ref"], "2") not in lines]
    for row, currency in zip(rng.sample(single, 4), ("EUR", "EUR", "USD", "XXX"), strict=True):
        row["currency"] = currency
    hosted = [row for row in plain if row["payee"] == "lantern-street-advice"]
    for row in hosted[:6]:
        row["on_behalf_of"] = "brackwater-sewing-circle"
    unnamed = sorted({(r["payee"], r["invoice_ref"]) for r in plain if not r["partnership"]})
    for payee, invoice in rng.sample(unnamed, 18):
        for row in plain:
            if (row["payee"], row["invoice_ref"]) == (payee, invoice):
                row["payee_role"] = "not known"


def payments(rng: Random, bills: list[Bill]) -> tuple[list[Row], set[tuple[str, str]]]:
    """The payment lines in order of receipt, and (payee, invoice) of what is not paid yet."""
    ledger = Ledger(rng)
    by_id = {p.id: p for p in register.partnerships()}
    for bill in bills:
        person = register.kind_of(bill.payee) == "individual"
        received = days.working(bill.worked_on + timedelta(rng.randint(4, 20)))
        ledger.supply(Claim(
            bill.payee, bill.invoice_ref, by_id[bill.partnership], received, bill.net_gbp,
            "honorarium" if person else "supply", "individual" if person else "partner",
            bill.worked_on,
        ))  # fmt: skip
    _partner_claims(rng, ledger)
    _supplier_claims(rng, ledger)
    _grants(rng, ledger)
    _small_claims(rng, ledger)
    _odd_ones(rng, ledger.rows)

    def order(row: Row) -> tuple[str, str, str, str, str]:
        day = row["received_on"] or row["paid_on"]
        return day, row["payee"], row["invoice_ref"], row["line_ref"], row["payment_ref"]

    return sorted(ledger.rows, key=order), ledger.unpaid
