"""The demo's contributions of time: who gave how many hours to what, and what was paid."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import days
import register
import world
from register import Partnership, Row

ROWS = 2600
STAFF_EACH_UNIT = 9
OWN_EMPLOYER_PAYS = ("school", "council", "NHS body", "college", "public body")
REASONS = ("not offered", "volunteer", "declined", "funder forbids", "pending", "unknown")
REASON_WEIGHTS = (46, 14, 8, 10, 7, 15)
UNITS = ("hour", "half day", "day", "session")


@dataclass(frozen=True)
class Bill:
    """An invoice or claim for time given, for `money` to pay."""

    payee: str
    partnership: str
    invoice_ref: str
    worked_on: date
    net_gbp: float


def university_rate(activity: str, day: date, basis: str) -> float:
    """Pounds an hour on the university's pay scale."""
    cost = world.FULL_COST if basis == "full cost" else 1.0
    return world.ACTIVITIES[activity] * world.RISE[days.academic_year(day)] * cost


def _quantity(rng: Random) -> tuple[float, str, str, float]:
    """Quantity, unit, hours in a day or session as recorded (often not), and hours."""
    unit = rng.choices(UNITS, (50, 18, 14, 18))[0]
    if unit == "hour":
        hours = rng.choice((1, 1.5, 2, 2, 2.5, 3, 3, 4, 5, 6))
        return hours, unit, "", hours
    if unit == "session":
        length = rng.choice((2.0, 2.5, 3.0))
        return 1, unit, f"{length:g}", length
    length = rng.choices((7.5, 7.0, 8.0), (8, 1, 1))[0]
    recorded = "" if length == 7.5 else f"{length:g}"
    if unit == "day":
        return 1, unit, recorded, length
    return 1, unit, recorded, length / 2


def _parity(p: Partnership, day: date, own: float) -> float:
    """Pounds a partner is paid for each pound at the university's rate; a little more each year."""
    if p.is_in_slow_place:
        return world.SLOW_PLACE_PARITY * own
    later = (days.academic_year(day) - 2022) * 0.02
    return min(1.04, (world.UNIT_PARITY[p.unit] + later) * own)


class Diary:
    """Makes rows one by one; holds who does what."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.active = [p for p in register.partnerships() if p.is_active]
        units = sorted({p.unit for p in self.active})
        self.staff = {
            unit: [f"staff-{place * STAFF_EACH_UNIT + n + 1:03d}" for n in range(STAFF_EACH_UNIT)]
            for place, unit in enumerate(units)
        }
        people = sorted(person for group in self.staff.values() for person in group)
        self.grade = {person: rng.uniform(0.94, 1.10) for person in people}
        self.own = {p.id: rng.uniform(0.86, 1.14) for p in self.active}
        self.own |= {p.id: 1.0 for p in self.active if p.unit == world.HEALTH}
        self.weight = {p.id: rng.uniform(0.5, 1.5) for p in self.active}

    def row(self, p: Partnership, role: str) -> tuple[date, Row]:
        """One piece of time given by somebody of that role."""
        rng = self.rng
        day = days.between(rng, p.active_from, p.active_to)
        activity = rng.choice(list(world.ACTIVITIES))
        quantity, unit, length, hours = _quantity(rng)
        young = (day - days.middle(p.started)).days < 240
        early = rng.random() < (0.55 if young else 0.03)  # bids for more money come later too
        row = {
            "contribution_ref": "",
            "partnership": p.id,
            "organisation": "",
            "person_ref": "",
            "role_group": role,
            "activity": activity,
            "worked_on": day.isoformat(),
            "quantity": f"{quantity:g}",
            "unit": unit,
            "hours_per_day": length,
            "paid_gbp": "0.00",
            "pay_basis": "gross",
            "phase": "pre-award" if early else "delivery",
            "paid_by": "nobody",
            "unpaid_because": "",
            "invoice_ref": "",
        }
        fill = {"partner": self._partner, "staff": self._staff, "public": self._public}
        fill |= {"student": self._student, "other university": self._other_university}
        fill[role](p, day, hours, row)
        return day, row

    def _pay(self, row: Row, hourly: float, hours: float) -> None:
        row["paid_gbp"] = f"{hourly * hours:.2f}"
        row["paid_by"] = "funder" if self.rng.random() < 0.14 else "university"

    def _staff(self, p: Partnership, day: date, hours: float, row: Row) -> None:
        person = self.rng.choice(self.staff[p.unit])
        basis = "full cost" if self.rng.random() < 0.3 else "gross"
        hourly = round(university_rate(row["activity"], day, basis) * self.grade[person], 2)
        row |= {"organisation": world.HOME, "person_ref": person, "pay_basis": basis}
        self._pay(row, hourly, hours)
        row["paid_by"] = "university"

    def _partner(self, p: Partnership, day: date, hours: float, row: Row) -> None:
        rng = self.rng
        organisation = rng.choice(p.partners)
        kind = register.kind_of(organisation)
        row["organisation"] = organisation
        if kind == "individual":
            row["person_ref"] = organisation
        elif rng.random() < 0.88:
            number = [id_ for id_, *_ in world.PARTNERS].index(organisation) + 1
            row["person_ref"] = f"partner-{number:02d}-{rng.randint(1, 4)}"
        unpaid = world.SLOW_PLACE_UNPAID if p.is_in_slow_place else world.UNIT_UNPAID[p.unit]
        if row["phase"] == "pre-award":
            unpaid = min(0.85, unpaid + 0.4)
        if kind in OWN_EMPLOYER_PAYS and rng.random() < 0.4:
            row["paid_by"] = "own employer"
        elif rng.random() < unpaid:
            row["unpaid_because"] = rng.choices(REASONS, REASON_WEIGHTS)[0]
        else:
            charges = kind != "individual" and register.size_of(organisation) != "micro"
            row["pay_basis"] = "full cost" if charges and rng.random() < 0.45 else "gross"
            hourly = university_rate(row["activity"], day, row["pay_basis"])
            hourly *= _parity(p, day, self.own[p.id]) * rng.uniform(0.93, 1.07)
            self._pay(row, round(hourly * 2) / 2, hours)
        if rng.random() < 0.012:
            row["activity"] = ""
        if rng.random() < 0.006:  # nobody wrote down what was paid
            row |= {"paid_gbp": "", "paid_by": "", "unpaid_because": ""}

    def _public(self, p: Partnership, day: date, hours: float, row: Row) -> None:
        row["person_ref"] = f"public-{self.rng.randint(1, 90):03d}"
        if self.rng.random() < 0.4:
            reasons = ("volunteer", "not offered", "declined", "unknown")
            row["unpaid_because"] = self.rng.choices(reasons, (6, 3, 1, 1))[0]
        else:
            self._pay(row, self.rng.choice((10.0, 11.5, 12.5, 13.5, 15.0, 20.0)), hours)

    def _student(self, p: Partnership, day: date, hours: float, row: Row) -> None:
        number = self.rng.randint(1, 60)
        row |= {"organisation": world.HOME, "person_ref": f"student-{number:03d}"}
        if self.rng.random() < 0.35:
            row["unpaid_because"] = self.rng.choice(("not offered", "volunteer"))
        else:
            base = 11.6 + 0.7 * (days.academic_year(day) - 2022)
            self._pay(row, round(base + self.rng.uniform(0, 1.8), 2), hours)

    def _other_university(self, p: Partnership, day: date, hours: float, row: Row) -> None:
        row |= {"organisation": "aldermere-university"}
        row["person_ref"] = f"other-{self.rng.randint(1, 6):02d}"
        hourly = university_rate(row["activity"], day, "gross") * self.rng.uniform(0.95, 1.05)
        self._pay(row, round(hourly, 2), hours)
        row["paid_by"] = "own employer"


def _bills(rng: Random, dated: list[tuple[date, Row]]) -> list[Bill]:
    """Group paid partners' time by payee, partnership and month; bill about half of the groups."""
    groups: dict[tuple[str, str, str], list[tuple[date, Row]]] = defaultdict(list)
    for day, row in dated:
        if row["role_group"] == "partner" and row["paid_by"] == "university":
            groups[row["organisation"], row["partnership"], row["worked_on"][:7]].append((day, row))
    bills: list[Bill] = []
    for (payee, partnership, month), rows in sorted(groups.items(), key=lambda item: item[0]):
        worked = max(day for day, _ in rows)
        if rng.random() < 0.5 or worked > days.LAST - timedelta(30):
            continue
        reference = f"T{month[2:4]}{month[5:]}-{len(bills) + 1:03d}"
        for _, row in rows:
            row["invoice_ref"] = reference
        net = sum(float(row["paid_gbp"]) for _, row in rows)
        bills.append(Bill(payee, partnership, reference, worked, round(net, 2)))
    return bills


def contributions(rng: Random) -> tuple[list[Row], list[Bill]]:
    """The rows in order of date, and the bills that some of them were put on."""
    diary = Diary(rng)
    months = {p.id: (p.active_to - p.active_from).days / 30 for p in diary.active}
    weights = [months[p.id] * diary.weight[p.id] for p in diary.active]
    forum = next(p for p in diary.active if "aldermere-university" in p.partners)
    roles = ("partner", "staff", "student", "public")
    dated = []
    for _ in range(ROWS):
        if rng.random() < 0.012:
            dated.append(diary.row(forum, "other university"))
            continue
        p = rng.choices(diary.active, weights)[0]
        dated.append(diary.row(p, rng.choices(roles, (45, 37, 7, 11))[0]))
    dated.sort(key=lambda item: item[0])
    for number, (_, row) in enumerate(dated, start=1):
        row["contribution_ref"] = f"C-{number:05d}"
    return [row for _, row in dated], _bills(rng, dated)


def mark_pending(rows: list[Row], unpaid: set[tuple[str, str]]) -> None:
    """Time on a bill that is not paid yet is pending, at nothing so far."""
    for row in rows:
        if row["invoice_ref"] and (row["organisation"], row["invoice_ref"]) in unpaid:
            row |= {"paid_gbp": "0.00", "paid_by": "nobody", "unpaid_because": "pending"}
