"""The demo's registers: places, organisations, partnerships and what hangs on them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

import days
import world

Row = dict[str, str]
SMALL = ("micro", "small")
PLACE_COLUMNS = (
    "place_code",
    "name",
    "level",
    "parent_code",
    "population",
    "population_year",
    "deprivation_source",
    "deprivation_extent",
    "imd_average_score",
    "imd_rank_of_average_score",
    "rural_urban",
    "hex_q",
    "hex_r",
    "source",
)


@dataclass(frozen=True)
class Partnership:
    """One partnership of the world, with its dates and its place in the story."""

    id: str
    name: str
    unit: str
    lead: str
    started: str
    ended: str
    end_reason: str
    themes: tuple[str, ...]
    partners: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def active_from(self) -> date:
        """First day with payments or hours in the demo's span."""
        return max(days.FIRST, days.middle(self.started))

    @property
    def active_to(self) -> date:
        """Last day with hours: its end, or when it fell quiet."""
        quiet = world.QUIET_SINCE.get(self.name, "")
        return min(days.last_day(self.ended), days.last_day(quiet))

    @property
    def is_active(self) -> bool:
        """Whether anything happens in the demo's span."""
        return self.active_from < self.active_to

    @property
    def is_in_slow_place(self) -> bool:
        """Whether it works in the place that does badly."""
        return world.SLOW_PLACE in self.places


@cache
def partnerships() -> tuple[Partnership, ...]:
    """Every partnership of the world, in its order."""
    made = []
    for name, unit, lead, started, ended, why, themes, partners, places in world.PARTNERSHIPS:
        leader = {"U": world.HOME, "P": partners[0], "=": ""}[lead]
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")
        rest = (tuple(themes), tuple(partners), tuple(places))
        made.append(Partnership(slug, name, unit, leader, started, ended, why, *rest))
    return tuple(made)


def size_of(organisation: str) -> str:
    """Size band of an organisation; empty for a person."""
    sizes = {id_: size for id_, _, _, size in world.PARTNERS}
    sizes |= {id_: size for id_, _, size, _, _ in world.SUPPLIERS}
    return sizes[organisation]


def kind_of(organisation: str) -> str:
    """Kind of an organisation; every supplier is a business."""
    return {id_: kind for id_, _, kind, _ in world.PARTNERS}.get(organisation, "business")


def place_rows() -> list[Row]:
    """The fictional districts, regions and country."""

    def row(code: str, name: str, level: str, parent: str, *rest: str) -> Row:
        values = (code, name, level, parent, *(rest or ("",) * 9), "fictional")
        return dict(zip(PLACE_COLUMNS, values, strict=True))

    rows = [
        row(code, name, "local_authority", parent, str(people), "2024", "fictional",
            f"{extent:.2f}", "", "", setting, str(q), str(r))
        for code, name, parent, people, extent, setting, q, r in world.DISTRICTS
    ]  # fmt: skip
    rows += [row(code, name, "region", world.COUNTRY[0]) for code, name in world.REGIONS]
    return [*rows, row(*world.COUNTRY, "country", "")]


def organisation_rows(rng: Random) -> list[Row]:
    """The university, its partners and its other suppliers; a person only by pseudonym."""

    def row(id_: str, name: str, kind: str, size: str, agrees: str) -> Row:
        person = kind == "individual"
        return {
            "organisation": id_,
            "name": name,
            "kind": kind,
            "size_band": size,
            "is_home_university": "true" if id_ == world.HOME else "false",
            "is_individual": "true" if person else "false",
            "contact": "" if person else f"office@{id_}.example",
            "consents_to_naming": "false" if person else agrees,
        }

    rows = [row(world.HOME, "University of Brackwater", "university", "large", "true")]
    for id_, name, kind, size in world.PARTNERS:
        rows.append(row(id_, name, kind, size, rng.choices(("true", "false", ""), (7, 2, 1))[0]))
    for id_, name, size, _, _ in world.SUPPLIERS:
        rows.append(row(id_, name, "business", size, rng.choices(("true", "false"), (3, 7))[0]))
    return rows


def _agreement(rng: Random) -> tuple[str, str]:
    kinds = ("none", "memorandum", "contract", "grant agreement", "collaboration agreement")
    kind = rng.choices(kinds, (2, 3, 2, 3, 4))[0]
    pages = {"none": None, "memorandum": (2, 5), "contract": (8, 24)}.get(kind, (6, 32))
    return kind, "" if pages is None else str(rng.randint(*pages))


def _after(rng: Random, start: date, low: int, high: int, chance: float, last: date) -> str:
    """A date some days after the start, with a chance that none was recorded."""
    day = days.working(start + timedelta(rng.randint(low, high)))
    return day.isoformat() if rng.random() < chance and day <= last else ""


def partnership_rows(rng: Random, funding: list[Row]) -> list[Row]:
    """One row a partnership. Those older than the register were seen only if alive in it."""
    rows = []
    for p in partnerships():
        start, end = days.middle(p.started), days.last_day(p.ended)
        late = days.REGISTER_BEGAN.isoformat() if start < days.REGISTER_BEGAN else ""
        held = [f for f in funding if f["partnership"] == p.id and f["status"] != "bid"]
        total = sum(int(f["amount_gbp"]) for f in held)
        ceiling = any(f["qualifier"] == "up to" for f in held)
        kind, pages = _agreement(rng)
        told = 0.95 if p.unit == world.HEALTH else 0.2 if p.is_in_slow_place else 0.55
        planned = p.ended if p.end_reason in ("planned together", "purpose met") else ""
        if not p.ended and rng.random() < 0.35:
            planned = str(rng.randint(2026, 2029))
        together = p.end_reason == "planned together"
        rows.append({
            "partnership": p.id,
            "name": p.name,
            "lead_organisation": p.lead,
            "lead_unit": p.unit,
            "stage": "ended" if p.ended else "exploring" if start.year == 2025 else "active",
            "agreement_kind": kind,
            "agreement_pages": pages,
            "started_on": p.started,
            "started_qualifier": "about" if len(p.started) == 4 else "exactly",
            "recorded_from_on": late,
            "planned_end_on": planned,
            "ended_on": p.ended,
            "end_reason": p.end_reason,
            "funding_gbp": str(total) if total else "",
            "funding_qualifier": ("up to" if ceiling else "exactly") if total else "",
            "data_and_ip_agreed_on": _after(rng, start, 20, 240, 0.6, end),
            "payment_terms_told_on": _after(rng, start, 5, 90, told, end),
            "ending_planned_on": (end - timedelta(170)).isoformat() if together else "",
        })  # fmt: skip
    return rows


def membership_rows(rng: Random) -> list[Row]:
    """The university and each partner; some join later, some leave before the end."""
    rows = []
    for p in partnerships():
        for number, organisation in enumerate((world.HOME, *p.partners)):
            joined, left = p.started, p.ended
            if number > 1 and rng.random() < 0.3 and p.is_active:
                later = days.middle(p.started) + timedelta(rng.randint(120, 330))
                joined = later.isoformat()[: rng.choice((7, 10))] if later < p.active_to else joined
            role = "lead" if organisation == p.lead else "member"
            values = (p.id, organisation, role, joined, left)
            names = ("partnership", "organisation", "role", "joined_on", "left_on")
            rows.append(dict(zip(names, values, strict=True)))
    return rows


def footprint_rows() -> list[Row]:
    """Where each partnership works; two have no place recorded."""
    rows = []
    for p in partnerships():
        for place in p.places:
            name, _, share = place.partition(":")
            rows.append({"partnership": p.id, "place": world.CODE[name], "share": share})
    return rows


def funding_rows(rng: Random) -> list[Row]:
    """One to four awards a partnership, one after another with gaps; a few bids."""
    rows: list[Row] = []
    for p in partnerships():
        start, end = days.middle(p.started), days.last_day(p.ended)
        funder, prefix = rng.choice(world.FUNDERS)
        while start < end and sum(r["partnership"] == p.id for r in rows) < 4:
            finish = start + timedelta(rng.choice((364, 729, 1094)))
            over = finish < days.LAST
            rows.append({
                "partnership": p.id,
                "reference": f"{prefix}-{start.year}-{rng.randint(100, 999)}",
                "funder": funder,
                "status": rng.choice(("received", "received", "awarded")) if over else "awarded",
                "amount_gbp": str(rng.randint(6, 90) * 1000),
                "qualifier": rng.choices(("exactly", "up to", "about"), (8, 1, 1))[0],
                "from_on": start.isoformat()[: rng.choice((7, 10, 10))],
                "to_on": finish.isoformat(),
                "allows_participant_payment": rng.choices(("true", "false", ""), (7, 2, 1))[0],
            })  # fmt: skip
            start = finish + timedelta(rng.choice((1, 60, 250)))
            if rng.random() < 0.35:
                funder, prefix = rng.choice(world.FUNDERS)
        if not p.ended and rng.random() < 0.25:
            rows.append(rows[-1] | {
                "reference": f"{prefix}-2026-{rng.randint(100, 999)}",
                "funder": funder,
                "status": "bid",
                "amount_gbp": str(rng.randint(20, 150) * 1000),
                "from_on": "2026-08",
                "to_on": "2028-07",
            })  # fmt: skip
    return rows


def rate_rows() -> list[Row]:
    """The university's pay scale by activity and year, and its agreed rate card for partners."""
    rows = []
    for year, rise in world.RISE.items():
        until = f"{year + 1}-07-31" if year < max(world.RISE) else ""
        for activity, gross in world.ACTIVITIES.items():
            cards = [("staff", "gross", "pay scale", gross * rise)]
            cards += [("staff", "full cost", "pay scale", gross * rise * world.FULL_COST)]
            if year >= 2023:
                cards += [("partner", "gross", "agreed rate card", gross * rise)]
            for role, basis, kind, hourly in cards:
                rows.append({
                    "university": world.HOME,
                    "role_group": role,
                    "activity": activity,
                    "basis": basis,
                    "kind": kind,
                    "from_on": f"{year}-08-01",
                    "to_on": until,
                    "hourly_gbp": f"{hourly:.2f}",
                    "source": f"fictional: University of Brackwater {kind} {year}/{year - 1999}",
                })  # fmt: skip
    return rows


def tables(rng: Random) -> dict[str, list[Row]]:
    """Every register by name."""
    funding = funding_rows(rng)
    themes = [{"partnership": p.id, "theme": t} for p in partnerships() for t in p.themes]
    return {
        "place": place_rows(),
        "organisation": organisation_rows(rng),
        "partnership": partnership_rows(rng, funding),
        "partnership_theme": themes,
        "membership": membership_rows(rng),
        "footprint": footprint_rows(),
        "funding": funding,
        "rate": rate_rows(),
    }
