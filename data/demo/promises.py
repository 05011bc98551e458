"""The demo's seats, expectations, priorities, milestones and commitments."""

from datetime import date, timedelta
from random import Random

import days
import phrases
import register
import world
from register import Partnership, Row

COMMITMENT_COLUMNS = (
    "framework",
    "commitment",
    "wording",
    "owner",
    "made_on",
    "due_on",
    "status",
    "judged_by",
    "judged_on",
    "evidence",
)
OWNERS = {"CUA": world.CIVIC, "KEF": "Knowledge exchange team", "own principle": world.CIVIC}


def _known(p: Partnership) -> date:
    """The first day of a partnership that these tables know: records began with the payments."""
    return max(days.middle(p.started), days.FIRST)


def seat_rows(rng: Random) -> list[Row]:
    """Two boards of the university's own and the steering groups of about two in three."""
    rows: list[Row] = []

    def add(body: str, p: str, who: str, seats: int, filled: object, total: str, on: str) -> None:
        names = ("body", "partnership", "organisation", "seats", "seats_filled", "total_seats",
                 "from_on", "to_on")  # fmt: skip
        values = (body, p, who, str(seats), str(filled), total, on, "")
        rows.append(dict(zip(names, values, strict=True)))

    for body, total, held in phrases.BODIES:
        for who, seats, filled in held:
            add(body, "", who, seats, filled, total, "2023-09")
    for p in register.partnerships():
        if not p.is_active or rng.random() > 0.66:
            continue
        ours = rng.randint(2, 4) + (2 if p.is_in_slow_place else 0)
        theirs = [1 if p.is_in_slow_place else rng.choice((1, 1, 2)) for _ in p.partners]
        others = rng.choice((0, 0, 1, 2))
        total = str(ours + sum(theirs) + others) if rng.random() < 0.85 else ""
        body, on = f"{p.name}: steering group", _known(p).isoformat()[:7]
        add(body, p.id, world.HOME, ours, ours, total, on)
        for who, seats in zip(p.partners, theirs, strict=True):
            filled = rng.choices((seats, seats - 1, ""), (8, 1, 1))[0]
            add(body, p.id, who, seats, filled, total, on)
    ended = {p.id: p.ended for p in register.partnerships()}
    for row in rows:
        row["to_on"] = ended.get(row["partnership"], "")
    return rows


def expectation_rows(rng: Random) -> list[Row]:
    """What each side expects, and what both said together."""
    rows = []
    for p in register.partnerships():
        if not p.is_active or rng.random() < 0.15:
            continue
        stated = (_known(p) + timedelta(rng.randint(20, 90))).isoformat()[:7]
        together = 1 if p.is_in_slow_place else 3 if p.unit == world.HEALTH else 2
        for side, most in (("shared", together + 1), ("university", 3), ("partner", 3)):
            least = together if side == "shared" else 1
            said = phrases.EXPECTATIONS[side]
            for text in rng.sample(said, rng.randint(least, min(most, len(said)))):
                rows.append({
                    "partnership": p.id,
                    "side": side,
                    "organisation": rng.choice(p.partners) if side == "partner" else "",
                    "expectation": text,
                    "stated_on": stated,
                    "outcome": rng.choices(phrases.OUTCOMES, (5, 4, 2, 3, 2))[0],
                })  # fmt: skip
    return rows


def value_priority_rows(rng: Random) -> list[Row]:
    """Each side's ranking of the same subjects, with the budget and time they really get."""
    rows = []
    for p in register.partnerships():
        if not p.is_active or rng.random() < 0.4:
            continue
        subjects = rng.sample(phrases.SUBJECTS, rng.randint(5, 7))
        ours = "Time of the university's people"
        budget = {s: rng.uniform(0.3, 1) * (3 if s == ours else 1) for s in subjects}
        time = {s: rng.uniform(0.3, 1) * (2 if s == ours else 1) for s in subjects}
        stated = (_known(p) + timedelta(rng.randint(20, 90))).isoformat()[:7]
        for side in ("university", "partner"):
            if rng.random() < 0.1:
                continue
            lean = {"university": 0.5, "partner": 1.5}[side]
            order = sorted(
                subjects,
                key=lambda s: -budget[s] / (lean if s == ours else 1) + rng.gauss(0, 0.8 * lean),
            )
            for rank, subject in enumerate(order, start=1):
                rows.append({
                    "partnership": p.id,
                    "side": side,
                    "organisation": p.partners[0] if side == "partner" else "",
                    "subject": subject,
                    "stated_on": stated,
                    "stated_rank": str(rank),
                    "budget_share": f"{0.96 * budget[subject] / sum(budget.values()):.2f}",
                    "time_share": f"{0.96 * time[subject] / sum(time.values()):.2f}",
                })  # fmt: skip
    return rows


def milestone_rows(rng: Random) -> list[Row]:
    """Three to seven a partnership, some late, some not done, some still to come."""
    rows = []
    for p in register.partnerships():
        if not p.is_active:
            continue
        late = 0.5 if p.is_in_slow_place else 0.15 if p.unit == world.HEALTH else 0.3
        due = _known(p) + timedelta(rng.randint(20, 60))
        set_on = (_known(p) + timedelta(5)).isoformat()
        for name, kind in phrases.MILESTONES[: rng.randint(3, 7)]:
            if due > p.active_to + timedelta(240):
                break
            fate = rng.random()
            done = days.working(due + timedelta(rng.randint(-25, 0)))
            if fate < late:
                done = days.working(due + timedelta(rng.randint(4, 90)))
            is_done = fate < 0.93 and done <= p.active_to
            rows.append({
                "partnership": p.id,
                "milestone": name,
                "kind": kind,
                "set_on": set_on,
                "due_on": due.isoformat()[: rng.choice((10, 10, 7))],
                "done_on": days.iso(done) if is_done else "",
            })  # fmt: skip
            due += timedelta(rng.randint(90, 420))
    return rows


def commitment_rows() -> list[Row]:
    """The university's public promises; each judged by somebody on a day, one by nobody yet."""
    return [
        dict(zip(COMMITMENT_COLUMNS, (*row[:3], OWNERS[row[0]], *row[3:]), strict=True))
        for row in phrases.COMMITMENTS
    ]
