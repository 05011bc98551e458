"""The longevity figures and completeness counted again in plain Python; shares no code with ours.

Each function takes a world of drawn rows and gives a fact a row; `concluded` makes of the facts
of one group what its row should show.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.indicators.curve_by_hand import mean_up_to, middle, open_at

AS_OF = date(2024, 3, 31)
YEAR_AGO, IN_A_YEAR = date(2023, 3, 31), date(2025, 3, 31)
QUIET = "still going by the register, with no payment, hours, review or activity in 12 months"
ROUGH = "dated to the month or year only, counted from the middle of it"
SHORT = ("fixed term", "hourly paid", "secondment")


@dataclass
class World:
    partnership: list[dict[str, Any]]
    funding: list[dict[str, Any]]
    holder: list[dict[str, Any]]
    payment: list[dict[str, Any]]
    contribution: list[dict[str, Any]]
    review: list[dict[str, Any]]
    activity: list[dict[str, Any]]


@dataclass
class Fact:
    partnership: str | None
    organisation: str | None
    on: date | None
    left_out: str | None = None
    caution: str | None = None
    pounds: float | None = None
    hit: bool = False
    over: float = 0
    under: float = 0
    life: tuple[int, bool, int | None] = (0, False, None)
    own: dict[str, Any] = field(default_factory=dict)


def come(day: date | None) -> date | None:
    """The day if it has come by the as-of date."""
    return day if day is not None and day <= AS_OF else None


def there(row: dict[str, Any], *begins: str) -> bool:
    """Whether the first of those dates has come; a row without any is there."""
    given = [row[name] for name in begins if row.get(name) is not None]
    return not given or min(given) <= AS_OF


def signs_of_life(world: World) -> dict[str, list[date]]:
    seen = defaultdict(list)
    for table, begins, dates in (
        ("payment", ("received_on", "paid_on"), ("received_on", "paid_on", "worked_on")),
        ("contribution", ("worked_on",), ("worked_on",)),
        ("review", ("reviewed_on",), ("reviewed_on",)),
        ("activity", ("held_on",), ("held_on",)),
    ):
        for row in getattr(world, table):
            if there(row, *begins):
                seen[row["partnership"]] += [day for d in dates if (day := come(row.get(d)))]
                seen["anybody"].append(AS_OF)
    return seen


@dataclass
class Life:
    row: dict[str, Any]
    start: date | None
    end: date | None
    seen: date | None
    is_quiet: bool

    @property
    def flaw(self) -> str | None:
        if self.start is None:
            return "no start date"
        exact = self.row["started_on_precision"] == self.row["ended_on_precision"] == "day"
        return "ends before it starts" if self.end and self.end < self.start and exact else None

    @property
    def rough(self) -> str | None:
        vague = self.row["started_on_precision"] in ("month", "year")
        return ROUGH if vague or (self.end and self.row["ended_on_precision"] != "day") else None

    def fact(self, on: date | None, **more: Any) -> Fact:
        return Fact(self.row["partnership"], self.row["lead_organisation"], on, **more)


def lives(world: World) -> list[Life]:
    seen, found = signs_of_life(world), []
    for row in world.partnership:
        if not there(row, "started_on"):
            continue
        start, end = row["started_on"], come(row["ended_on"])
        last = max([*seen.get(row["partnership"], []), *([start] if start else [])], default=None)
        is_quiet = bool(end is None and seen["anybody"] and last and last < YEAR_AGO)
        found.append(Life(row, start, end, last, is_quiet))
    return found


def lasted(world: World, *, close_quiet: bool = False) -> list[Fact]:
    facts = []
    for life in lives(world):
        end = life.seen if close_quiet and life.is_quiet else life.end
        until, late = end or AS_OF, life.row["recorded_from_on"]
        left_out = life.flaw
        if left_out is None and late and late > until:
            left_out = "not in the register on that day"
        fact = life.fact(life.start, left_out=left_out)
        fact.caution = QUIET if life.is_quiet else life.rough
        if life.start:
            entered = (late - life.start).days if late and late > life.start else None
            fact.life = (max((until - life.start).days, 0), end is not None, entered)
        facts.append(fact)
    return facts


def awards(world: World) -> dict[str, list[tuple[date | None, date | None, str | None]]]:
    """By partnership, the first and last days of what is more than a bid, with what is wrong."""
    found = defaultdict(list)
    for row in world.funding:
        first, last = row["from_on"], row["to_on"]
        if row["status"] == "bid":
            continue
        flaw = None
        if first is None or last is None:
            flaw = "funding without its first or last day"
        elif last < first:
            flaw = "funding that ends before it begins"
        found[row["partnership"]].append((first, last, flaw))
    return found


def whole(of: list[tuple[date | None, date | None, str | None]]) -> list[tuple[date, date]]:
    return [(first, last) for first, last, flaw in of if flaw is None]


def outlived(world: World) -> list[Fact]:
    facts, by = [], awards(world)
    for life in lives(world):
        dated, late = whole(by[life.row["partnership"]]), life.row["recorded_from_on"]
        first = min((f for f, _ in dated), default=None)
        last = max((t for f, t in dated if f == first), default=None)
        fact = life.fact(last, left_out=life.flaw)
        fact.caution = QUIET if life.is_quiet else life.rough
        if fact.left_out is None:
            if last is None:
                fact.left_out = "no funding with its first and last day"
            elif last >= AS_OF:
                fact.left_out = "first funding has not ended yet"
            elif late and late > first:
                fact.left_out = "first funded before the register began"
            else:
                fact.hit = life.end is None or life.end > last
        facts.append(fact)
    return facts


def ends(world: World) -> list[Fact]:
    facts = []
    for life in lives(world):
        reason = life.row["end_reason"]
        fact = life.fact(life.end, own={"end_reason": reason})
        if life.end is None:
            fact.left_out = "still going"
        elif reason in (None, "not known"):
            fact.left_out = "why it ended is not recorded"
        fact.hit = reason in ("purpose met", "planned together")
        facts.append(fact)
    return facts


def gaps(world: World) -> list[Fact]:
    register = {life.row["partnership"]: life for life in lives(world)}
    facts = []
    for name, of in awards(world).items():
        life = register.get(name)
        lead = life.row["lead_organisation"] if life else None
        facts += [Fact(name, lead, last, left_out=flaw) for _, last, flaw in of if flaw]
        begun = sorted((f, t) for f, t in whole(of) if f <= AS_OF)
        funded_to = None
        for first, last in begun:
            if funded_to:
                days = max((first - funded_to).days - 1, 0)
                facts.append(Fact(name, lead, funded_to, life=(days, True, None)))
            funded_to = max(funded_to, last) if funded_to else last
        end = life.end if life else None
        if funded_to and funded_to < AS_OF and (end is None or end > funded_to):
            caution = QUIET if life and life.is_quiet else None
            span = ((end or AS_OF) - funded_to).days
            facts.append(Fact(name, lead, funded_to, caution=caution, life=(span, False, None)))
    return facts


def months_of(first: date, last: date) -> set[tuple[int, int]]:
    day, found = first, {(first.year, first.month)}
    while day <= last:
        found.add((day.year, day.month))
        day += timedelta(1)
    return found


def funded_months(world: World) -> list[Fact]:
    facts, by = [], awards(world)
    for life in lives(world):
        of = by[life.row["partnership"]]
        dated = whole(of)
        fact = life.fact(life.start, left_out=life.flaw)
        if fact.left_out is None and not of:
            fact.left_out = "no funding recorded"
        elif fact.left_out is None and not dated:
            fact.left_out = "no funding with its first and last day"
        cautions = [QUIET] if life.is_quiet else []
        if len(dated) < len(of):
            cautions.append("some of its funding has no dates and is not counted")
        fact.caution = "; ".join(cautions) or None
        if life.start:
            lived = months_of(life.start, life.end or AS_OF)
            fact.under = len(lived)
            fact.over = len(lived & set().union(*(months_of(f, t) for f, t in dated)))
        facts.append(fact)
    return facts


def funding(world: World, wanted: tuple[str, ...], of: tuple[str, ...], *, pounds: bool):
    lead = {life.row["partnership"]: life.row["lead_organisation"] for life in lives(world)}
    facts = []
    for row in world.funding:
        status, amount = row["status"], row["amount_gbp"]
        if status is not None and status not in of:
            continue
        fact = Fact(row["partnership"], lead.get(row["partnership"]), row["from_on"], pounds=amount)
        if status is None:
            fact.left_out = "status not stated"
        elif pounds and amount is None:
            fact.left_out = "no amount"
        if pounds and row["qualifier"] == "up to":
            fact.caution = "amount is a ceiling or an estimate: up to"
        fact.hit = status in wanted
        fact.over, fact.under = (amount or 0) * fact.hit, amount or 0
        facts.append(fact)
    return facts


def holders(world: World) -> dict[str, list[dict[str, Any]]]:
    """By partnership, the newest row of each person who holds it on the day."""
    newest: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in sorted(world.holder, key=lambda row: row["from_on"]):
        if row["from_on"] <= AS_OF and come(row["to_on"]) is None:
            newest[row["partnership"]][row["person_ref"]] = row
    return {name: list(people.values()) for name, people in newest.items()}


def still_held(world: World, judge: Callable[[list[dict[str, Any]]], bool | None]) -> list[Fact]:
    facts, by = [], holders(world)
    for life in lives(world):
        if life.end:
            continue
        people = by.get(life.row["partnership"], [])
        fact = life.fact(life.start, caution=QUIET if life.is_quiet else None)
        verdict = judge(people) if people else None
        if life.row["stage"] == "ended":
            fact.left_out = "ended by its stage, with no end date"
        elif not people:
            fact.left_out = "who holds it is not in these records"
        elif verdict is None:
            fact.left_out = "how a holder is employed is not known"
        fact.hit = bool(verdict)
        facts.append(fact)
    return facts


def all_short(people: list[dict[str, Any]]) -> bool | None:
    kinds = [person["employment_kind"] for person in people]
    if "open-ended" in kinds:
        return False
    return True if all(kind in SHORT for kind in kinds) else None


def cells(world: World) -> list[Fact]:
    facts = []

    def cell(table, measure, who, on, filled, left_out=None):
        own = {"table": table, "measure": f"{table}: {measure}"}
        facts.append(Fact(*who, on, left_out=left_out, hit=filled, own=own))

    for row in world.payment:
        if not there(row, "received_on", "paid_on"):
            continue
        received, paid = come(row["received_on"]), come(row["paid_on"])
        who, on, off = (row["partnership"], row["payee"]), received or paid, None
        if row["outcome"] in ("withdrawn", "rejected"):
            off = "not needed: withdrawn or rejected"
        elif row["amount"] < 0:
            off = "not needed: a credit note"
        if row["kind"] == "grant":
            cell("Payments", "day a grant fell due", who, on, bool(row["due_on"]), off)
        else:
            has = bool(received) and not row["receipt_taken_from"]
            cell("Payments", "day the invoice was received", who, on, has, off)
        other = row["payee_role"] == "other supplier"
        needless = off or ("not needed: to a supplier that is no partner" if other else None)
        cell("Payments", "partnership it was for", who, on, bool(who[0]), needless)
        role = row["payee_role"] not in (None, "not known")
        cell("Payments", "who was paid, a partner or another", who, on, role, off)
    for row in world.contribution:
        if not there(row, "worked_on"):
            continue
        who, on, time = (row["partnership"], row["organisation"]), row["worked_on"], row["unit"]
        name = "Contributions of time"
        cell(name, "hours", who, on, time != "session" or row["hours_per_day"] is not None)
        pay = row["paid_gbp"]
        said = row["paid_by"] in ("nobody", "own employer") or row["unpaid_because"]
        said_pay = pay is not None or bool(said)
        cell(name, "what was paid, or that nothing was", who, on, said_pay)
        needless = None if pay else "not needed: no pay recorded"
        cell(name, "gross pay or full cost", who, on, bool(row["pay_basis"]), needless)
        cell(name, "activity", who, on, bool(row["activity"]))
    for life in lives(world):
        who = (life.row["partnership"], life.row["lead_organisation"])
        cell("Partnerships", "when it began", who, life.start, bool(life.start))
        reason = life.row["end_reason"] not in (None, "not known")
        needless = None if life.end else "not needed: still going"
        cell("Partnerships", "why it ended", who, life.start, reason, needless)
    for row in world.funding:
        who, on = (row["partnership"], None), row["from_on"]
        cell("Funding", "first and last day", who, on, bool(on and row["to_on"]))
        cell("Funding", "amount", who, on, row["amount_gbp"] is not None)
        cell("Funding", "bid, awarded or received", who, on, row["status"] is not None)
    return facts


def share_of(facts: list[Fact]) -> float | None:
    return sum(fact.hit for fact in facts) / len(facts) if facts else None


def ratio_of(facts: list[Fact]) -> float | None:
    under = sum(fact.under for fact in facts)
    return sum(fact.over for fact in facts) / under if under else None


def spans(facts: list[Fact]) -> list[tuple[int, bool, int | None]]:
    return [fact.life for fact in facts]


GRANTED = ("awarded", "received")
EVERY = ("bid", *GRANTED)
Value = Callable[[list[Fact]], float | None]
# Each figure: its facts again, and its value from those of a group that are not left out.
BY_HAND: dict[str, tuple[Callable[[World], list[Fact]], Value]] = {
    "partnership_longevity": (lasted, lambda facts: middle(spans(facts), 365.25)),
    "five_year_survival": (lasted, lambda facts: open_at(spans(facts), 5 * 365.25)),
    "ten_year_mean_length": (lasted, lambda facts: mean_up_to(spans(facts), 3652.5)),
    "outlive_first_funding_share": (outlived, share_of),
    "end_reasons": (ends, share_of),
    "gap_between_projects": (gaps, lambda facts: middle(spans(facts), 1)),
    "funded_months_share": (funded_months, ratio_of),
    "funding_awarded_share": (lambda w: funding(w, GRANTED, EVERY, pounds=False), share_of),
    "funding_awarded_pounds_share": (lambda w: funding(w, GRANTED, EVERY, pounds=True), ratio_of),
    "funding_received_share": (
        lambda w: funding(w, ("received",), GRANTED, pounds=False),
        share_of,
    ),
    "funding_received_pounds_share": (
        lambda w: funding(w, ("received",), GRANTED, pounds=True),
        ratio_of,
    ),
    "one_person_share": (lambda w: still_held(w, lambda people: len(people) == 1), share_of),
    "fixed_term_share": (lambda w: still_held(w, all_short), share_of),
    "completeness": (cells, share_of),
}


def concluded(indicator: str, facts: list[Fact]) -> dict[str, Any]:
    inside = [fact for fact in facts if fact.left_out is None]
    return {
        "n": len(inside),
        "value": BY_HAND[indicator][1](inside),
        "pounds": sum(fact.pounds or 0 for fact in inside),
        "left_out": Counter(fact.left_out for fact in facts if fact.left_out),
        "cautions": Counter(fact.caution for fact in inside if fact.caution),
    }
