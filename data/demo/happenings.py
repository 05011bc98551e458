"""The demo's activities, help in kind, holders of relationships, and additions of a second seed."""

from datetime import timedelta
from random import Random

import days
import phrases
import register
import world
from register import Partnership, Row

ACTIVITIES, LECTURES, GIFTS = 190, 22, 96
HEADINGS = ("public lectures", "performance arts", "exhibitions", "museum education", "other")
NOT_COUNTED = ("open day", "widening participation or recruitment", "simple trading", "other")
SPACE = {"public lectures": 130, "performance arts": 90, "exhibitions": 150, "museum education": 35,
         "other": 40}  # fmt: skip
DISTRICTS = tuple(code for code, *_ in world.DISTRICTS)
EMPLOYED = ("open-ended", "fixed term", "secondment", "not known")
TOLD_BEFORE = 0.4  # of those told when they would be paid, how many before they began


def _activity(rng: Random, p: Partnership | None) -> Row:
    heading = rng.choices(HEADINGS, (3, 1, 2, 1, 4))[0] if p else "public lectures"
    first, last = (p.active_from, p.active_to) if p else (days.FIRST, days.LAST)
    day = days.between(rng, first, last)
    subject = rng.choice(p.themes).lower() if p else rng.choice(phrases.LECTURES)
    here = [world.CODE[place.partition(":")[0]] for place in (p.places if p else ())]
    place = rng.choice([code for code in here if code in DISTRICTS] or DISTRICTS)
    online = rng.random() < 0.12
    counted = rng.random() < 0.86
    enters = 0.6 if p and p.is_in_slow_place else 0.86
    shared = 0.85 if p and p.unit == world.HEALTH else 0.3 if p and p.is_in_slow_place else 0.55
    told = days.working(day + timedelta(rng.randint(10, 150)))
    hours = "" if rng.random() < 0.1 else f"{rng.choice((1.5, 2, 3, 4, 6, 8)):g}"
    accessible = "" if online or rng.random() < 0.08 else str(rng.random() < enters).lower()
    return {
        "activity_ref": "",
        "title": rng.choice(phrases.TITLES[heading]).format(subject),
        "partnership": p.id if p else "",
        "place": "" if online or rng.random() < 0.05 else place,
        "held_on": day.isoformat(),
        "attendance": "" if rng.random() < 0.04 else str(int(SPACE[heading] * rng.uniform(0.2, 2))),
        "hebci_heading": heading if counted or rng.random() < 0.4 else "",
        "is_chargeable": str(rng.random() < 0.12).lower(),
        "is_online": str(online).lower(),
        "academic_staff_hours": hours,
        "in_hebci": str(counted).lower(),
        "not_in_hebci_because": "" if counted else rng.choice(NOT_COUNTED),
        "venue_accessible": accessible,
        "findings_shared_on": days.iso(told) if p and rng.random() < shared else "",
    }


def activity_rows(rng: Random) -> list[Row]:
    """Events of partnerships, and lectures of the university's own, by day."""
    active = [p for p in register.partnerships() if p.is_active]
    weights = [(p.active_to - p.active_from).days for p in active]
    rows = [_activity(rng, rng.choices(active, weights)[0]) for _ in range(ACTIVITIES)]
    rows += [_activity(rng, None) for _ in range(LECTURES)]
    rows.sort(key=lambda row: row["held_on"])
    for number, row in enumerate(rows, start=1):
        row["activity_ref"] = f"A-{number:04d}"
    return rows


def in_kind_rows(rng: Random) -> list[Row]:
    """What partners gave the university and it gave them, by day; some without a value."""
    active = [p for p in register.partnerships() if p.is_active]
    rows = []
    for _ in range(GIFTS):
        p = rng.choice(active)
        partner = rng.choice(p.partners)
        to_us = rng.random() < 0.62
        kind, what = rng.choice(
            phrases.GIFTS_TO_THE_UNIVERSITY if to_us else phrases.GIFTS_TO_PARTNERS
        )
        valued = rng.random() < 0.76
        bases = ("market price", "cost to the giver", "agreed rate", "estimate")
        rows.append({
            "in_kind_ref": "",
            "partnership": p.id,
            "giver": partner if to_us else world.HOME,
            "receiver": world.HOME if to_us else partner,
            "kind": kind,
            "description": what,
            "given_on": days.between(rng, p.active_from, p.active_to).isoformat(),
            "value_gbp": f"{rng.randint(3, 60) * 10}.00" if valued else "",
            "basis": rng.choices(bases, (2, 3, 1, 4))[0] if valued else "",
        })  # fmt: skip
    rows.sort(key=lambda row: (row["given_on"], row["partnership"], row["giver"]))
    for number, row in enumerate(rows, start=1):
        row["in_kind_ref"] = f"K-{number:04d}"
        if number % 3 == 0:
            row["given_on"] = row["given_on"][:7]
    return rows


def holder_rows(rng: Random) -> list[Row]:
    """Who holds each relationship: most hang on one person, many on one who may soon be gone."""
    rows = []
    for p in register.partnerships():
        if not p.is_active:
            continue
        for n in range(rng.choices((1, 2, 3), (6, 3, 1))[0]):
            employed = rng.choices(EMPLOYED, (5, 4, 1, 1))[0]
            span = (p.active_to - p.active_from).days
            took_on = p.active_from + timedelta(rng.randint(0, min(200, span // 2)))
            gave_up = took_on + timedelta(rng.randint(200, 900))
            leaves = n > 0 and rng.random() < 0.5 and gave_up < p.active_to
            ends = days.LAST + timedelta(rng.randint(30, 700))
            limited = employed in ("fixed term", "secondment")
            rows.append({
                "partnership": p.id,
                "person_ref": f"holder-{rng.randint(1, 40):03d}",
                "lead_unit": p.unit,
                "employment_kind": employed,
                "employment_ends_on": ends.isoformat()[:7] if limited and not leaves else "",
                "time_share": f"{rng.choice((0.05, 0.1, 0.1, 0.2, 0.3, 0.5)):g}",
                "from_on": took_on.isoformat()[:7],
                "to_on": gave_up.isoformat()[:7] if leaves else p.ended,
            })  # fmt: skip
    return rows


def tell_some_earlier(rng: Random, partnerships: list[Row]) -> None:
    """Moves the day some partnerships were told how they are paid to before they began."""
    started = {p.id: days.middle(p.started) for p in register.partnerships()}
    for row in partnerships:
        if row["payment_terms_told_on"] and rng.random() < TOLD_BEFORE:
            told = started[row["partnership"]] - timedelta(rng.randint(0, 30))
            row["payment_terms_told_on"] = told.isoformat()


def more_bids(rng: Random, funding: list[Row]) -> None:
    """Adds bids that came to nothing, or have no answer yet."""
    active = [p for p in register.partnerships() if p.is_active]
    known = {row["reference"] for row in funding}
    for p in rng.sample(active, 14):
        start = days.between(rng, p.active_from, days.LAST)
        funder, prefix = rng.choice(world.FUNDERS)
        reference = f"{prefix}-B{start.year}-{rng.randint(100, 999)}"
        if reference in known:
            continue
        funding.append({
            "partnership": p.id,
            "reference": reference,
            "funder": funder,
            "status": "bid",
            "amount_gbp": str(rng.randint(8, 120) * 1000),
            "qualifier": "exactly",
            "from_on": start.isoformat()[:7],
            "to_on": (start + timedelta(364)).isoformat()[:7],
            "allows_participant_payment": rng.choices(("true", "false", ""), (7, 2, 1))[0],
        })  # fmt: skip
