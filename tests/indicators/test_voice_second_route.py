"""The voice indicators counted again in plain Python over random small records, by each split.

The second route shares no code with the package: lists, loops and the statistics module. Fifths
of deprivation are worked out again beside the places they come from.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from statistics import fmean, median
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_metrics.compute import figure
from civic_metrics.indicators import BY_SUBJECT
from civic_metrics.ledger import Ledger, open_ledger
from civic_metrics.model import Role, Viewer
from tests.rows import load_rows

AS_OF = date(2024, 3, 31)
VOICE = BY_SUBJECT["Voice"]
ORGANISATIONS = {
    "uni": {"kind": "university", "size_band": "large", "is_home_university": True},
    "ashby": {"kind": "charity", "size_band": "micro"},
    "burton": {"kind": "council", "size_band": "large"},
    "coleorton": {"kind": "charity", "size_band": None},
    "person": {"kind": "individual", "size_band": None, "is_individual": True},
}
PLACES = {"D1": "North", "D2": "North", "D3": "South"}
SCALES = {"1 (low) to 5 (high)": (1, 5), "0 to 10": (0, 10), "unheard of": None}
OURS = {
    "principle", "side", "framework", "heading", "partnership", "organisation", "kind", "size",
    "theme", "lead_unit", "home_university", "place", "region", "country", "month", "quarter",
    "academic_year", "financial_year", "calendar_year", "status",
}  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


# Random records


def drawn_records(draw: Random) -> Rows:
    """A few rows of every table the indicators read; some dates lie after the as-of date."""
    number = iter(range(10_000))

    def pick(*choices: Any) -> Any:
        return draw.choice(choices)

    def day(first: date = date(2022, 1, 1), last: date = date(2024, 6, 30)) -> date:
        return first + timedelta(draw.randint(0, (last - first).days))

    def some(most: int) -> range:
        return range(draw.randint(0, most))

    partnerships = ["p", "q", "r", "s"]
    partners = ["ashby", "burton", "coleorton", "person"]
    rows: Rows = {
        "organisation": [{"organisation": o, "name": o} | v for o, v in ORGANISATIONS.items()],
        "place": [
            {"place_code": "N", "name": "North", "level": "region"},
            {"place_code": "S", "name": "South", "level": "region"},
            *(
                {"place_code": c, "name": c, "level": "local_authority", "parent_code": r[0]}
                for c, r in PLACES.items()
            ),
        ],
        "partnership": [], "membership": [], "footprint": [], "partnership_theme": [],
    }  # fmt: skip
    for p in partnerships:
        start, precision = day(date(2019, 1, 1)), pick("day", "month")
        rows["partnership"].append({
            "partnership": p, "name": p, "lead_organisation": pick("uni", "ashby", None),
            "lead_unit": pick("Arts", "Science", None),
            "started_on": pick(start, start, None) and start.replace(
                day=16 if precision == "month" else start.day),
            "started_on_precision": precision,
            "ended_on": pick(None, None, day()),
            "payment_terms_told_on": pick(None, start, start + timedelta(draw.randint(-20, 40))),
        })  # fmt: skip
        for o in draw.sample([*partners, "uni"], draw.randint(0, 4)):
            rows["membership"].append({"partnership": p, "organisation": o})
        for c in draw.sample(list(PLACES), draw.randint(0, 2)):
            rows["footprint"].append({"partnership": p, "place": c})
        for t in draw.sample(["Food", "Homes"], draw.randint(0, 2)):
            rows["partnership_theme"].append({"partnership": p, "theme": t})
    rows["review"] = [
        {
            "partnership": pick(*partnerships), "respondent": str(next(number)),
            "side": (side := pick("university", "partner")),
            "organisation": pick(*partners, None) if side == "partner" else None,
            "reviewed_on": day(), "statement": "s",
            "principle": pick("one", "one", "two", None),
            "score": pick(0, 1, 2, 3, 4, 5, 7, None), "scale": pick(*SCALES),
        }
        for _ in range(draw.randint(10, 60))
    ]  # fmt: skip
    rows["seat"] = [
        {
            "body": pick("board", "panel"), "partnership": pick("p", "q", None),
            "organisation": o, "seats": draw.randint(0, 3), "total_seats": pick(None, 4, 9),
            "from_on": day(date(2020, 1, 1)), "to_on": pick(None, day()),
        }
        for o in ORGANISATIONS for _ in some(3)
    ]  # fmt: skip
    rows["expectation"] = [
        {
            "partnership": pick(*partnerships), "side": pick("university", "partner", "shared"),
            "organisation": str(next(number)), "expectation": pick("A", "B ", "b", "C", "D"),
            "stated_on": pick(None, day()),
        }
        for _ in some(14)
    ]  # fmt: skip
    rows["value_priority"] = [
        {
            "partnership": p, "side": side, "organisation": None, "subject": str(rank),
            "stated_on": stated, "stated_rank": rank,
            "budget_share": draw.choice((0.1, 0.2, 0.3, None if hides else 0.1)),
            "time_share": 0.1,
        }
        for p in partnerships for side in ("university", "partner") for _ in some(2)
        for stated, ranks, hides in [(day(), draw.randint(3, 8), draw.random() < 0.2)]
        for rank in range(1, ranks + 1)
    ]  # fmt: skip
    rows["milestone"] = [
        {
            "partnership": pick(*partnerships), "milestone": str(next(number)),
            "due_on": due and due.replace(day=16 if precision == "month" else due.day),
            "due_on_precision": precision,
            "done_on": pick(None, day(), due and due + timedelta(draw.randint(-9, 9))),
        }
        for _ in some(14)
        for due, precision in [(pick(day(), day(), day(), None), pick("day", "day", "month"))]
    ]  # fmt: skip
    rows["commitment"] = [
        {
            "framework": pick("CUA", "KEF"), "commitment": str(next(number)), "wording": "w",
            "status": pick("met", "on track", "late", "dropped", None),
            "made_on": pick(None, day()),
            "judged_by": pick("partners", None), "judged_on": pick(None, day()),
        }
        for _ in some(9)
    ]  # fmt: skip
    rows["activity"] = [
        {
            "activity_ref": str(next(number)), "title": "t",
            "partnership": pick(*partnerships, None), "held_on": held,
            "hebci_heading": pick("other", "exhibitions", None),
            "findings_shared_on": pick(None, held + timedelta(draw.randint(-5, 200))),
        }
        for _ in some(12) for held in [day()]
    ]  # fmt: skip
    return rows


# The second route: the rows of each figure


@dataclass
class Counted:
    """One row of a figure: what it belongs to and what it counts, or nothing where left out."""

    partnership: str | None
    day: date | None
    counts: Any = None  # True or False; a number; (over, under); None: left out
    own: dict[str, str | None] = field(default_factory=dict)


def come(day: date | None) -> date | None:
    return day if day is not None and day <= AS_OF else None


def end_of(day: date, precision: str) -> date:
    last = calendar.monthrange(day.year, day.month)[1]
    return day.replace(day=last) if precision == "month" else day


def begun(rows: Rows) -> list[dict[str, Any]]:
    return [
        row | {"ended_on": come(row["ended_on"]), "told": come(row["payment_terms_told_on"])}
        for row in rows["partnership"]
        if row["started_on"] is None or row["started_on"] <= AS_OF
    ]


def reviews(rows: Rows) -> list[dict[str, Any]]:
    return [row for row in rows["review"] if row["reviewed_on"] <= AS_OF]


def scored(row: dict[str, Any]) -> float | None:
    ends = SCALES[row["scale"]]
    if row["principle"] is None or row["score"] is None or ends is None:
        return None
    low, high = ends
    return (row["score"] - low) / (high - low) if low <= row["score"] <= high else None


def a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1)


def review_score(rows: Rows) -> list[Counted]:
    return [
        Counted(row["partnership"], row["reviewed_on"], scored(row), row)
        for row in reviews(rows)
    ]  # fmt: skip


def perception_gap(rows: Rows) -> list[Counted]:
    found = []
    for row in reviews(rows):
        value = scored(row)
        met = any(
            other["partnership"] == row["partnership"] and other["principle"] == row["principle"]
            and other["side"] != row["side"] and scored(other) is not None
            and -183 <= (other["reviewed_on"] - row["reviewed_on"]).days <= 183
            for other in reviews(rows)
        )  # fmt: skip
        counts = None if value is None or not met else (row["side"], value)
        found.append(Counted(row["partnership"], row["reviewed_on"], counts, row))
    return found


def review_coverage_share(rows: Rows) -> list[Counted]:
    found = []
    for p in begun(rows):
        sides = {
            row["side"] for row in reviews(rows)
            if row["partnership"] == p["partnership"]
            and row["reviewed_on"] > a_year_before(AS_OF)
        }  # fmt: skip
        out = p["ended_on"] is not None or not reviews(rows)
        found.append(Counted(p["partnership"], p["started_on"], None if out else len(sides) == 2))
    return found


def days_since_review(rows: Rows) -> list[Counted]:
    found = []
    for p in begun(rows):
        seen = [r["reviewed_on"] for r in reviews(rows) if r["partnership"] == p["partnership"]]
        waited = (AS_OF - max(seen)).days if seen and p["ended_on"] is None else None
        found.append(Counted(p["partnership"], max(seen, default=None), waited))
    return found


def partner_seats_share(rows: Rows) -> list[Counted]:
    bodies = defaultdict(list)
    for row in rows["seat"]:
        if row["from_on"] <= AS_OF:
            bodies[row["body"], row["partnership"]].append(row)
    ended = {p["partnership"] for p in begun(rows) if p["ended_on"]}
    found = []
    for (_, p), held in bodies.items():
        now = [row for row in held if row["to_on"] is None or row["to_on"] >= AS_OF]
        total = max((row["total_seats"] for row in now if row["total_seats"]), default=0)
        taken = sum(row["seats"] for row in now)
        theirs = sum(row["seats"] for row in now if row["organisation"] != "uni")
        out = p in ended or not now or not total or taken > total
        first = min(row["from_on"] for row in held)
        found.append(Counted(p, first, None if out else (theirs, total)))
    return found


def shared_expectations_share(rows: Rows) -> list[Counted]:
    stated: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows["expectation"]:
        if row["stated_on"] is None or row["stated_on"] <= AS_OF:
            stated[row["partnership"]][row["expectation"].strip().lower()].append(row)
    found = []
    for p, texts in stated.items():
        sides = {text: {row["side"] for row in said} for text, said in texts.items()}
        every = set().union(*sides.values())
        both = "shared" in every or {"university", "partner"} <= every
        for text, said in texts.items():
            hit = "shared" in sides[text] or sides[text] == {"university", "partner"}
            known = [row["stated_on"] for row in said if row["stated_on"]]
            found.append(Counted(p, min(known, default=None), hit if both else None))
    return found


def priority_alignment(rows: Rows) -> list[Counted]:
    rankings: dict[tuple[str, str], dict[date, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows["value_priority"]:
        if row["stated_on"] <= AS_OF:
            rankings[row["partnership"], row["side"]][row["stated_on"]].append(row)
    found = []
    for (p, side), by_day in rankings.items():
        for stated, ranked in by_day.items():
            budgets = [row["budget_share"] for row in ranked]
            out = stated != max(by_day) or len(ranked) < 6 or None in budgets
            for row in ranked:
                if row["stated_rank"] <= 3:
                    hit = None if out else sum(b > row["budget_share"] for b in budgets) < 3
                    found.append(Counted(p, stated, hit, {"side": side}))
    return found


def payment_terms_told_share(rows: Rows) -> list[Counted]:
    ever = any(p["told"] for p in begun(rows))
    found = []
    for p in begun(rows):
        hit = None
        if p["started_on"] and ever:
            last = end_of(p["started_on"], p["started_on_precision"])
            hit = p["told"] is not None and p["told"] <= last
        found.append(Counted(p["partnership"], p["started_on"], hit))
    return found


def milestones_met_share(rows: Rows) -> list[Counted]:
    found = []
    for row in rows["milestone"]:
        last = row["due_on"] and end_of(row["due_on"], row["due_on_precision"])
        done, hit = come(row["done_on"]), None
        if last and last <= AS_OF:
            hit = done is not None and done <= last
        found.append(Counted(row["partnership"], last, hit))
    return found


def findings_fed_back_share(rows: Rows) -> list[Counted]:
    held = [row for row in rows["activity"] if row["held_on"] <= AS_OF]
    ever = any(come(row["findings_shared_on"]) for row in held)
    found = []
    for row in held:
        told = come(row["findings_shared_on"])
        out = not ever or (told is not None and told < row["held_on"])
        own = {"heading": row["hebci_heading"]}
        counts = None if out else told is not None
        found.append(Counted(row["partnership"], row["held_on"], counts, own))
    return found


def commitments_on_track_share(rows: Rows) -> list[Counted]:
    return [
        Counted(None, None, row["status"] and row["status"] in ("met", "on track"), row)
        for row in rows["commitment"]
        if row["made_on"] is None or row["made_on"] <= AS_OF
    ]


def commitments(rows: Rows) -> list[Counted]:
    return [
        Counted(None, None, 1, row)
        for row in rows["commitment"]
        if row["made_on"] is None or row["made_on"] <= AS_OF
    ]


SECOND = {
    one.__name__: one
    for one in (
        perception_gap, review_score, review_coverage_share, days_since_review,
        partner_seats_share, shared_expectations_share, priority_alignment,
        payment_terms_told_share, milestones_met_share, findings_fed_back_share,
        commitments_on_track_share, commitments,
    )
}  # fmt: skip


# The second route: splits and values


def keys_of(indicator: str, split: str, row: Counted, rows: Rows) -> set[str | None]:
    """The parts of the split a row is in; None where it has none."""
    p, day = row.partnership, row.day
    through = indicator != "review_score"
    members = {m["organisation"] for m in rows["membership"] if m["partnership"] == p}
    partners = members - {"uni"}
    column = {"kind": "kind", "size": "size_band"}.get(split)
    touched = {f["place"] for f in rows["footprint"] if f["partnership"] == p}
    if split in ("principle", "side", "framework", "status", "heading"):
        return {row.own[split]}
    if split == "partnership":
        return {p}
    if split == "organisation":
        whom = partners if through else {row.own["organisation"]}
        return {"individuals" if one == "person" else one for one in whom} or {None}
    if column and through:
        return {v for o in partners if (v := ORGANISATIONS[o][column])} or {None}
    if column:
        return {ORGANISATIONS.get(row.own["organisation"], {}).get(column)}
    if split == "theme":
        themes = {t["theme"] for t in rows["partnership_theme"] if t["partnership"] == p}
        return themes or {None}
    if split == "lead_unit":
        return {one["lead_unit"] for one in begun(rows) if one["partnership"] == p} or {None}
    if split == "home_university":
        return members & {"uni"} or {None}
    if split == "place":
        return touched or {None}
    if split == "region":
        return {PLACES[c] for c in touched} or {None}
    if split == "country":
        return {"country not known"} if touched else {None}
    if day is None:
        return {None}
    if split == "month":
        return {f"{day:%Y-%m}"}
    if split == "quarter":
        return {f"{day.year} Q{(day.month + 2) // 3}"}
    if split == "calendar_year":
        return {str(day.year)}
    first = {"academic_year": 8, "financial_year": 4}[split]
    year = day.year if day.month >= first else day.year - 1
    return {f"{year}/{(year + 1) % 100:02d}"}


def concluded(indicator: str, rows: list[Counted]) -> tuple[int, float | None]:
    """How many rows count, and the figure over them."""
    counts = [row.counts for row in rows if row.counts is not None]
    if not counts:
        return 0, None
    own = [row.own for row in rows if row.counts is not None]
    if indicator == "commitments":
        return len(counts), float(len(counts))
    if indicator == "days_since_review":
        return len(counts), float(median(counts))
    if indicator == "partner_seats_share":
        return len(counts), sum(over for over, _ in counts) / sum(under for _, under in counts)
    if indicator == "review_score":
        blends = len({(one["side"], one["principle"]) for one in own}) > 1
        return len(counts), None if blends else fmean(counts)
    if indicator == "perception_gap":
        ours = [value for side, value in counts if side == "university"]
        theirs = [value for side, value in counts if side == "partner"]
        if len({one["principle"] for one in own}) > 1 or not ours or not theirs:
            return len(counts), None
        return len(counts), fmean(ours) - fmean(theirs)
    return len(counts), sum(counts) / len(counts)


def by_hand(indicator: str, split: str, rows: Rows) -> dict[str | None, tuple[Any, ...]]:
    """n, value and how many are left out, by part of the split."""
    groups = defaultdict(list)
    for row in SECOND[indicator](rows):
        for key in keys_of(indicator, split, row, rows):
            groups[key].append(row)
    return {
        key: (*concluded(indicator, group), sum(row.counts is None for row in group))
        for key, group in groups.items()
    }


def test_every_voice_indicator_is_counted_here():
    assert set(SECOND) == set(VOICE)


def agree(ledger: Ledger, rows: Rows, splits: Mapping[str, Sequence[str]]) -> None:
    """Loads the rows and compares each figure by each of its splits named."""
    for table, content in rows.items():
        distinct = {tuple(row.items()): row for row in content}
        if distinct:
            load_rows(ledger, table, list(distinct.values()), complete_to=AS_OF)
    for indicator, names in splits.items():
        for split in names:
            result = figure(ledger, Viewer(Role.LEAD), indicator, by=[split], as_of=AS_OF)
            found = {
                row.keys[0]: (row.figure.n, row.figure.value, sum(o.n for o in row.left_out))
                for row in result.rows
            }
            expected = by_hand(indicator, split, rows)
            assert set(found) == set(expected), (indicator, split)
            for key, (n, value, out) in expected.items():
                assert found[key] == (n, pytest.approx(value), out), (indicator, split, key)


def test_one_set_of_records_by_every_split(ledger):
    splits = {name: [s for s in one.splits if s in OURS] for name, one in VOICE.items()}
    agree(ledger, drawn_records(Random(1912)), splits)


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_random_records_by_a_split_of_each_figure(seed, tmp_path_factory):
    draw = Random(seed)
    splits = {
        name: [draw.choice([split for split in one.splits if split in OURS])]
        for name, one in VOICE.items()
    }
    ledger = open_ledger(tmp_path_factory.mktemp("voice") / "test.duckdb")
    try:
        agree(ledger, drawn_records(draw), splits)
    finally:
        ledger.close()
