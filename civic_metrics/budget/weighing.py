"""A planned project's hours and rates, weighed before it starts. Imports the standard library only.

It asks what the toolkit asks: does your budget reflect your values? Nothing here is an estimate:
a plan holds every line there is, so its figures have no interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

PARTNER, STAFF = "partner", "staff"
ROLES = (PARTNER, STAFF, "student", "public", "other university")
BASES = ("gross", "full cost")
LIVING_WAGE = {"UK": "Real Living Wage (UK)", "London": "Real Living Wage (London)"}


@dataclass(frozen=True)
class Line:
    """One line of a plan: who does what for how many hours at what rate (£ an hour, 0: unpaid).

    `is_wage` says that a person is paid it, not an organisation for its services: a wage is held
    against the Real Living Wage, a charge is not.
    """

    role_group: str
    activity: str
    hours: float
    hourly_gbp: float
    basis: str = "gross"
    is_wage: bool = False

    @property
    def cost(self) -> float:
        """Pounds."""
        return self.hours * self.hourly_gbp


@dataclass(frozen=True)
class Rates:
    """What a plan is held against on the day it starts, in pounds an hour.

    `pay_scale` is the university's own rate by activity and basis; `floor` the Real Living Wage,
    or None where no rate is known for that day; `floor_source` says whose and of when.
    """

    pay_scale: Mapping[tuple[str, str], float] = field(default_factory=dict)
    floor: float | None = None
    floor_source: str = ""


@dataclass(frozen=True)
class Weighed:
    """What a plan comes to. Pounds and hours; `parity` is pounds for each £1, None where no line
    of a partner can be compared.

    `compared_hours` of the partners' `hours` are those with a university rate to set beside;
    `parity_cost` is what bringing each of them up to that rate would add. `below_floor_hours` are
    hours of people paid a wage under the Real Living Wage, None where no rate is known.
    """

    cost: float
    hours: Mapping[str, float]
    costs: Mapping[str, float]
    unpaid_hours: Mapping[str, float]
    parity: float | None
    compared_hours: float
    parity_cost: float
    below_floor_hours: float | None
    floor_cost: float | None


class WhatIf(StrEnum):
    """Changes a planner would try first."""

    PARITY = "partners were paid at least the staff rate"
    LIVING_WAGE = "everybody paid a wage had at least the Real Living Wage"
    NOBODY_UNPAID = "nobody worked unpaid: at least the Real Living Wage for every unpaid hour"


def weigh(lines: Sequence[Line], rates: Rates) -> Weighed:
    """The plan's figures. Unpaid hours count at £0 in parity, as they do in what is recorded."""
    beside = comparators(lines, rates)
    partners = [(one, rate) for one, rate in zip(lines, beside, strict=True) if rate is not None]
    due = sum(one.hours * rate for one, rate in partners)
    below = None if rates.floor is None else [one for one in lines if _is_below(one, rates.floor)]
    return Weighed(
        cost=sum(one.cost for one in lines),
        hours=_by_role(lines, lambda one: one.hours),
        costs=_by_role(lines, lambda one: one.cost),
        unpaid_hours=_by_role(lines, lambda one: one.hours if not one.hourly_gbp else 0.0),
        parity=sum(one.cost for one, _ in partners) / due if due else None,
        compared_hours=sum(one.hours for one, _ in partners),
        parity_cost=sum(one.hours * max(0.0, rate - one.hourly_gbp) for one, rate in partners),
        below_floor_hours=None if below is None else sum(one.hours for one in below),
        floor_cost=None
        if below is None
        else sum(one.hours * (rates.floor - one.hourly_gbp) for one in below),
    )


def comparators(lines: Sequence[Line], rates: Rates) -> list[float | None]:
    """For each line the university's rate for the same activity and basis; None where none is.

    Partners' lines only. The plan's own paid staff come first (pounds over hours), then the pay
    scale of the day: the order in which what is recorded is compared.
    """
    own: dict[tuple[str, str], list[float]] = {}
    for one in lines:
        if one.role_group == STAFF and one.hourly_gbp > 0:
            sums = own.setdefault((one.activity, one.basis), [0.0, 0.0])
            sums[0] += one.cost
            sums[1] += one.hours

    def rate(one: Line) -> float | None:
        pounds, hours = own.get((one.activity, one.basis), (0.0, 0.0))
        return pounds / hours if hours else rates.pay_scale.get((one.activity, one.basis))

    return [rate(one) if one.role_group == PARTNER else None for one in lines]


def changed(lines: Sequence[Line], rates: Rates, what_if: WhatIf) -> list[Line]:
    """The plan as it would be; lines that the change does not touch stay as they are."""
    if what_if is WhatIf.PARITY:
        beside = comparators(lines, rates)
        return [
            replace(one, hourly_gbp=max(one.hourly_gbp, rate or 0.0))
            for one, rate in zip(lines, beside, strict=True)
        ]
    if rates.floor is None:
        return list(lines)
    touched: Callable[[Line], bool] = (
        (lambda one: one.is_wage) if what_if is WhatIf.LIVING_WAGE else _is_unpaid
    )
    return [
        replace(one, hourly_gbp=max(one.hourly_gbp, rates.floor)) if touched(one) else one
        for one in lines
    ]


def _is_unpaid(one: Line) -> bool:
    return not one.hourly_gbp


def _is_below(one: Line, floor: float) -> bool:
    return one.is_wage and one.hourly_gbp < floor


def _by_role(lines: Sequence[Line], amount: Callable[[Line], float]) -> dict[str, float]:
    """The amounts by role group, in the order of ROLES, those in the plan only."""
    present = [role for role in ROLES if any(one.role_group == role for one in lines)]
    return {role: sum(amount(one) for one in lines if one.role_group == role) for role in present}


def rates_on(
    rows: Iterable[Mapping[str, Any]], day: date, place: str = "UK", *, role_group: str = STAFF
) -> Rates:
    """What the `rate` rows say for that day: the staff pay scale, and the Real Living Wage of the
    place (UK or London), the highest of those in force where it is dated by announcement and by
    deadline. The newest pay scale of an activity stands, the highest of one day.
    """
    standing = [
        row
        for row in rows
        if row["from_on"] <= day and (row["to_on"] is None or day <= row["to_on"])
    ]
    scale: dict[tuple[str, str], tuple[date, float]] = {}
    for row in standing:
        if row["kind"] == "pay scale" and row["role_group"] == role_group and row["activity"]:
            about = (row["activity"], row["basis"])
            found = (row["from_on"], float(row["hourly_gbp"]))
            scale[about] = max(scale.get(about, found), found)
    floors = [
        row
        for row in standing
        if row["kind"] == "floor" and (row["activity"] or "").startswith(LIVING_WAGE[place])
    ]
    floor = max(floors, key=lambda row: row["hourly_gbp"], default=None)
    return Rates(
        pay_scale={about: pounds for about, (_, pounds) in scale.items()},
        floor=None if floor is None else float(floor["hourly_gbp"]),
        floor_source=""
        if floor is None
        else f"{floor['activity']}, in force from {floor['from_on'].isoformat()}",
    )
