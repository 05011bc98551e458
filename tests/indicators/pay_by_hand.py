"""The pay figures counted again in plain Python, row by row, for test_pay_second_route.py.

It shares nothing with the package: what a row is worth, what is left out and in whose words is
written out again from DESIGN.md and DOMAIN.md 2.6.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Rows = list[dict[str, Any]]


@dataclass
class World:
    """Everything that is recorded."""

    contribution: Rows
    payment: Rows
    in_kind: Rows
    organisation: Rows
    rate: Rows
    places_of: dict[str, list[str]] = field(default_factory=dict)
    in_london: frozenset[str] = frozenset()

    def one(self, organisation: str | None) -> dict[str, Any]:
        """The organisation's row, empty where there is none."""
        found = [row for row in self.organisation if row["organisation"] == organisation]
        return found[0] if found else {}


@dataclass
class Fact:
    """One row as a figure takes it: whose, when, counted or why not, and its numbers."""

    row: dict[str, Any]
    organisation: str | None
    on: date | None
    left_out: str | None
    pounds: float | None = None
    over: float = 0.0
    under: float = 0.0
    caution: str | None = None
    side: str | None = None


FREELY = "declined payment or gave time as a volunteer, counted at £0"


def hours_of(row: dict[str, Any]) -> float:
    per_day = row.get("hours_per_day") or 7.5
    return row["quantity"] * {"hour": 1, "day": per_day, "half day": per_day / 2}[row["unit"]]


def is_unpaid(row: dict[str, Any]) -> bool:
    if row["paid_gbp"] is not None:
        return row["paid_gbp"] == 0
    return row["paid_by"] == "nobody" or row["unpaid_because"] is not None


def is_freely_given(row: dict[str, Any]) -> bool:
    return row["unpaid_because"] in ("declined", "volunteer")


def pay_of(row: dict[str, Any]) -> float | None:
    return 0.0 if is_unpaid(row) else row["paid_gbp"]


def year_of(day: date) -> int:
    """The financial year by the year it begins in, on 1 April."""
    return day.year if day.month >= 4 else day.year - 1


def why_not(row: dict[str, Any]) -> str | None:
    """Why nothing can be said of a row's pay by the hour."""
    if row["paid_by"] == "own employer" and row["role_group"] != "staff":
        return "paid by their own employer"
    if row["unpaid_because"] == "pending":
        return "payment still to come"
    if not is_unpaid(row) and row["paid_gbp"] is None:
        return "pay not stated"
    if not is_unpaid(row) and row["pay_basis"] is None:
        return "basis of pay not stated"
    return None if hours_of(row) > 0 else "no hours recorded"


def time_why_not(row: dict[str, Any]) -> str | None:
    """Why a row says nothing of whether hours were paid at all."""
    if row["paid_by"] == "own employer":
        return "paid by their own employer"
    if row["unpaid_because"] == "pending":
        return "payment still to come"
    if not is_unpaid(row) and row["paid_gbp"] is None and row["paid_by"] is None:
        return "pay not stated"
    return None if hours_of(row) > 0 else "no hours recorded"


def rate_on(world: World, day: date, **wanted: Any) -> float | None:
    """The newest of the rates in force on a day, the highest of those."""
    found = [
        (row["from_on"], row["hourly_gbp"])
        for row in world.rate
        if all(row[name] == value for name, value in wanted.items())
        and row["from_on"] <= day
        and (row["to_on"] is None or day <= row["to_on"])
    ]
    return max(found)[1] if found else None


def university_rate(world: World, row: dict[str, Any]) -> float | None:
    basis = row["pay_basis"] or "gross"
    for partnership in (row["partnership"], None):
        cell = [
            one
            for one in world.contribution
            if one["role_group"] == "staff"
            and one["activity"] is not None
            and one["activity"] == row["activity"]
            and one["pay_basis"] == basis
            and year_of(one["worked_on"]) == year_of(row["worked_on"])
            and partnership in (None, one["partnership"])
            and (one["paid_gbp"] or 0) > 0
            and hours_of(one) > 0
        ]
        if len({one["person_ref"] for one in cell}) >= 3:
            return sum(one["paid_gbp"] for one in cell) / sum(map(hours_of, cell))
    return rate_on(
        world,
        row["worked_on"],
        kind="pay scale",
        role_group="staff",
        activity=row["activity"],
        basis=basis,
    )


def _time(world: World, *groups: str) -> Iterable[dict[str, Any]]:
    return (row for row in world.contribution if not groups or row["role_group"] in groups)


def _untimed(world: World) -> list[Fact]:
    timed = {(row["invoice_ref"], row["organisation"]) for row in world.contribution}
    return [
        Fact(
            row | {"activity": None, "pay_basis": None},
            row["payee"],
            row["paid_on"],
            "money paid with no time recorded",
            row["amount"] if row["currency"] == "GBP" else None,
        )
        for row in world.payment
        if row["payee_role"] == "partner"
        and row["paid_on"]
        and (row["invoice_ref"], row["payee"]) not in timed
    ]


def _compared(world: World, over: Any) -> list[Fact]:
    """Partners' time as parity takes it; `over` gives numerator and denominator."""
    facts = []
    for row in _time(world, "partner"):
        rate, reason = university_rate(world, row), why_not(row)
        if reason is None and rate is None:
            reason = "no university rate to compare with"
        shown = row | ({"pay_basis": row["pay_basis"] or "gross"} if is_unpaid(row) else {})
        apart = row["paid_by"] == "own employer" or row["unpaid_because"] == "pending"
        fact = Fact(shown, row["organisation"], row["worked_on"], reason)
        fact.pounds = None if apart else pay_of(row)
        fact.caution = FREELY if is_freely_given(row) else None
        if reason is None:
            fact.over, fact.under = over(pay_of(row), hours_of(row) * rate)
        facts.append(fact)
    return facts


def compensation_parity(world: World) -> list[Fact]:
    return _compared(world, lambda paid, worth: (paid, worth)) + _untimed(world)


def pay_shortfall(world: World) -> list[Fact]:
    return _compared(world, lambda paid, worth: (worth - paid, 0)) + _untimed(world)


def no_comparator_share(world: World) -> list[Fact]:
    facts = []
    for row in _time(world, "partner"):
        lacks = university_rate(world, row) is None
        shown = row | ({"pay_basis": row["pay_basis"] or "gross"} if is_unpaid(row) else {})
        fact = Fact(shown, row["organisation"], row["worked_on"], why_not(row))
        apart = row["paid_by"] == "own employer" or row["unpaid_because"] == "pending"
        fact.pounds = None if apart else pay_of(row)
        fact.caution = "no activity recorded" if lacks and row["activity"] is None else None
        fact.over, fact.under = hours_of(row) * lacks, hours_of(row)
        facts.append(fact)
    return facts


def hourly_gap(world: World) -> list[Fact]:
    """Both gaps: pay as numerator, hours as denominator, of two sides."""
    facts = []
    for row in _time(world, "partner", "staff"):
        reason = why_not(row)
        if reason is None and not is_unpaid(row) and row["pay_basis"] == "full cost":
            reason = "full cost, which gross pay is not compared with"
        fact = Fact(row, row["organisation"], row["worked_on"], reason, pay_of(row))
        fact.side = "university" if row["role_group"] == "staff" else "partner"
        fact.over, fact.under = pay_of(row) or 0.0, hours_of(row)
        facts.append(fact)
    return facts


def _paid_or_not(world: World, counted: Any, hit: Any) -> list[Fact]:
    facts = []
    for row in filter(counted, _time(world)):
        fact = Fact(row, row["organisation"], row["worked_on"], time_why_not(row), pay_of(row))
        if is_unpaid(row):
            fact.caution = f"unpaid, reason: {row['unpaid_because'] or 'not recorded'}"
        fact.over, fact.under = hours_of(row) * hit(row), hours_of(row)
        facts.append(fact)
    return facts


def unpaid_hours_share(world: World) -> list[Fact]:
    return _paid_or_not(world, lambda row: True, is_unpaid)


def pre_award_paid_share(world: World) -> list[Fact]:
    before = _paid_or_not(
        world, lambda row: row["phase"] == "pre-award", lambda row: not is_unpaid(row)
    )
    return before


def unpaid_hours(world: World) -> list[Fact]:
    facts = []
    for row in _time(world):
        silent = row["paid_gbp"] is None and row["paid_by"] is None
        if not (is_unpaid(row) or row["paid_by"] == "own employer" or silent):
            continue
        fact = Fact(row, row["organisation"], row["worked_on"], time_why_not(row))
        if row["unpaid_because"] in (None, "unknown"):
            fact.caution = "nobody knows why it was unpaid"
        fact.over = hours_of(row)
        facts.append(fact)
    return facts


def at_rate_card_share(world: World) -> list[Fact]:
    facts = []
    for row in _time(world, "partner"):
        wanted = {"kind": "agreed rate card", "activity": row["activity"]}
        wanted |= {"role_group": "partner", "basis": row["pay_basis"] or "gross"}
        card, reason = rate_on(world, row["worked_on"], **wanted), why_not(row)
        if reason is None and card is None:
            reason = "no agreed rate for the activity on the day"
        shown = row | ({"pay_basis": row["pay_basis"] or "gross"} if is_unpaid(row) else {})
        fact = Fact(shown, row["organisation"], row["worked_on"], reason, pay_of(row))
        fact.caution = FREELY if is_freely_given(row) else None
        if reason is None:
            kept = not is_unpaid(row) and row["paid_gbp"] >= round(hours_of(row) * card, 2)
            fact.over, fact.under = hours_of(row) * kept, hours_of(row)
        facts.append(fact)
    return facts


def is_individual(world: World, row: dict[str, Any]) -> bool:
    return bool(world.one(row["organisation"]).get("is_individual"))


def below_living_wage_share(world: World) -> list[Fact]:
    facts = []
    for row in _time(world, "partner", "student", "public"):
        places = world.places_of.get(row["partnership"], [])
        inside = [place in world.in_london for place in places]
        area = "London" if places and all(inside) else "UK"
        name = f"Real Living Wage ({area}), by its deadline"
        floor = rate_on(world, row["worked_on"], kind="floor", activity=name)
        reason = why_not(row)
        if row["role_group"] == "partner" and row["organisation"] is None:
            reason = "no organisation recorded, so not known to be a wage"
        elif row["role_group"] == "partner" and not is_individual(world, row):
            reason = "an organisation's charge, which is not a wage"
        if reason is None and not is_unpaid(row) and row["pay_basis"] == "full cost":
            reason = "full cost, which is not a wage"
        if reason is None and floor is None:
            reason = "no Real Living Wage is held for the day"
        doubts = [FREELY] if is_freely_given(row) else []
        if not places:
            doubts.append("no place recorded, held to the UK rate and not London's")
        elif any(inside) and not all(inside):
            doubts.append("partly in London, held to the UK rate")
        fact = Fact(row, row["organisation"], row["worked_on"], reason, pay_of(row))
        fact.caution = "; ".join(doubts) or None
        if reason is None:
            below = is_unpaid(row) or row["paid_gbp"] < round(hours_of(row) * floor, 2)
            fact.over, fact.under = hours_of(row) * below, hours_of(row)
        facts.append(fact)
    return facts


def _in_kind(world: World, *, of_the_university: bool) -> list[Fact]:
    facts = []
    for row in world.in_kind:
        own = [bool(world.one(row[end]).get("is_home_university")) for end in ("giver", "receiver")]
        if own[0] != of_the_university:
            continue
        reason = None if row["value_gbp"] is not None else "no value put on it"
        if of_the_university and own[1]:
            reason = "given within the university"
        if not of_the_university and row["receiver"] and not own[1]:
            reason = "given to another partner"
        whose = row["receiver"] if of_the_university else row["giver"]
        fact = Fact(row, whose, row["given_on"], reason, row["value_gbp"])
        said = [] if row["receiver"] else ["for the partnership, no receiver recorded"]
        said += ["its value is an estimate"] if row["basis"] == "estimate" else []
        fact.caution = "; ".join(said) or None
        fact.over = row["value_gbp"] or 0.0
        facts.append(fact)
    return facts


def in_kind_given(world: World) -> list[Fact]:
    return _in_kind(world, of_the_university=False)


def in_kind_received(world: World) -> list[Fact]:
    return _in_kind(world, of_the_university=True)


def access_spend(world: World) -> list[Fact]:
    facts = []
    for row in world.payment:
        if row["kind"] != "access":
            continue
        in_pounds = row["currency"] == "GBP"
        reason = None if in_pounds else "not in pounds"
        reason = reason if row["paid_on"] else "not paid yet"
        if row["outcome"] in ("withdrawn", "rejected"):
            reason = "withdrawn or rejected"
        fact = Fact(row, row["payee"], row["paid_on"], reason)
        fact.pounds, fact.over = (row["amount"] if in_pounds else None), row["amount"]
        facts.append(fact)
    return facts


def middle(pairs: list[tuple[float, float]]) -> float:
    """The median of (value, hours), hours as weights."""
    whole = defaultdict(float)
    for value, weight in pairs:
        whole[value] += weight
    half, before, ordered = sum(whole.values()) / 2, 0.0, sorted(whole)
    for number, value in enumerate(ordered):
        before += whole[value]
        if abs(before - half) < 1e-9:
            return (value + ordered[number + 1]) / 2
        if before > half:
            return value
    raise ValueError("no hours")


BY_HAND = {
    "compensation_parity": compensation_parity,
    "pay_shortfall": pay_shortfall,
    "median_hourly_gap": hourly_gap,
    "mean_hourly_gap": hourly_gap,
    "unpaid_hours_share": unpaid_hours_share,
    "unpaid_hours": unpaid_hours,
    "pre_award_paid_share": pre_award_paid_share,
    "at_rate_card_share": at_rate_card_share,
    "below_living_wage_share": below_living_wage_share,
    "no_comparator_share": no_comparator_share,
    "in_kind_given": in_kind_given,
    "in_kind_received": in_kind_received,
    "access_spend": access_spend,
}
