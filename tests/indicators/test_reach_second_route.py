"""Reach and money counted again by loops over the rows, on random small ledgers.

The loops share no code with the package: fractions for the parts of places, dictionaries for
the groups.
"""

from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_metrics.compute import figure
from civic_metrics.ledger import open_ledger
from civic_metrics.model import Role, Viewer
from tests.indicators.drawn import AS_OF
from tests.rows import load_rows

LEAD = Viewer(Role.LEAD)
# Five districts of two regions, most deprived first, a region and a country.
PLACES = {
    "D1": ("local_authority", "E1", 0.5, 100),
    "D2": ("local_authority", "E1", 0.4, 200),
    "D3": ("local_authority", "E2", 0.3, None),
    "D4": ("local_authority", "E2", 0.2, 400),
    "D5": ("local_authority", "E2", 0.1, 500),
    "E1": ("region", "E9", None, None),
    "E2": ("region", "E9", None, None),
    "E9": ("country", None, None, None),
}
NAMES = {"E1": "North", "E2": "South", "E9": "England"}
PARTNERSHIPS = ("p", "q", "r")
SHARES = st.sampled_from([None, None, 0.25, 0.5, 0.75])
FOOTPRINTS = st.lists(
    st.tuples(st.sampled_from(PARTNERSHIPS), st.sampled_from(sorted(PLACES)), SHARES),
    unique_by=lambda row: row[:2],
    max_size=7,
)
PAYMENTS = st.lists(
    st.tuples(
        st.sampled_from([*PARTNERSHIPS, None]),
        st.sampled_from(["partner", "partner", "other supplier", "not known", None]),
        st.sampled_from(["GBP", "GBP", "GBP", "EUR"]),
        st.integers(-50, 500),
        st.sampled_from([date(2023, 7, 31), date(2023, 8, 1), date(2024, 2, 1), None]),
    ),
    min_size=1,
    max_size=10,
)
ACTIVITIES = st.lists(
    st.tuples(
        st.sampled_from([*PARTNERSHIPS, None]),
        st.sampled_from([None, None, "D1", "D4", "E2"]),
        st.sampled_from([True, False, None]),  # online
        st.sampled_from([True, False, None]),  # counts in the return
        st.sampled_from([0, 7, 30, None]),
        st.sampled_from(["exhibitions", "other", None]),
        st.sampled_from([True, False, None]),  # accessible
    ),
    min_size=1,
    max_size=10,
)
MEMBERS = st.lists(
    st.tuples(
        st.sampled_from(PARTNERSHIPS),
        st.sampled_from(["ashby", "burton", "copse", "uni"]),
        st.sampled_from(["lead", "member"]),
        st.sampled_from([None, None, date(2023, 1, 1), date(2025, 1, 1)]),
    ),
    unique_by=lambda row: row[:3],
    max_size=8,
)
ENDS = st.lists(st.sampled_from([None, date(2023, 5, 1), date(2026, 1, 1)]), min_size=3, max_size=3)
KINDS = {"ashby": "charity", "burton": "charity", "copse": "school", "uni": "university"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("reach")


@pytest.fixture(scope="module")
def numbers():
    return iter(range(10**6))


def opened(folder, numbers, footprints):
    ledger = open_ledger(folder / f"{next(numbers)}.duckdb")
    places = [
        {"place_code": code, "name": NAMES.get(code, code), "level": level, "parent_code": parent}
        | {"deprivation_extent": extent, "population": heads}
        for code, (level, parent, extent, heads) in PLACES.items()
    ]
    load_rows(ledger, "place", places)
    if footprints:
        rows = [{"partnership": p, "place": c, "share": s} for p, c, s in footprints]
        load_rows(ledger, "footprint", rows)
    return ledger


def values(ledger, indicator, split):
    rows = figure(ledger, LEAD, indicator, by=[split]).rows
    found = {row.labels[0]: row.figure for row in rows if row.figure.n}
    return {name: one.value for name, one in found.items()}


def parts_of(footprints):
    """Partnership -> place (or None) -> part of its work, all parts adding up to one."""
    parts = defaultdict(dict)
    for partnership in PARTNERSHIPS:
        mine = [(c, s) for p, c, s in footprints if p == partnership]
        given_away = sum(Fraction(s) for _, s in mine if s is not None)
        unstated = [c for c, s in mine if s is None]
        for code, share in mine:
            if share is not None:
                parts[partnership][code] = Fraction(share) / max(given_away, 1)
            else:
                parts[partnership][code] = max(1 - given_away, Fraction(0)) / len(unstated)
        left = 1 - sum(parts[partnership].values())
        if left or not mine:
            parts[partnership][None] = left if mine else Fraction(1)
    return parts


def lies_in(code, split):
    if code is None:
        return "no place recorded"
    level, parent, *_ = PLACES[code]
    if split == "place":
        return NAMES.get(code, code)
    if split == "region":
        if level == "country":
            return "whole of England"
        return NAMES[parent] if level == "local_authority" else NAMES[code]
    if split == "country":
        return "England"
    if level != "local_authority":
        return "whole region or country"
    name = {"1": "most deprived ", "5": "least deprived "}.get(code[1], "")
    return f"{code[1]} ({name}fifth of districts) in England"


SPLITS = ("place", "region", "country", "deprivation_fifth")
PATIENT = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@PATIENT
@given(footprints=FOOTPRINTS, payments=PAYMENTS)
def test_money_agrees_with_a_loop_by_every_split_of_place(folder, numbers, footprints, payments):
    ledger = opened(folder, numbers, footprints)
    rows = [
        {"payee": "ashby", "invoice_ref": str(n), "partnership": p, "payee_role": role}
        | {"currency": currency, "amount": pounds, "paid_on": day, "received_on": date(2023, 7, 1)}
        for n, (p, role, currency, pounds, day) in enumerate(payments)
    ]
    load_rows(ledger, "payment", rows, complete_to=AS_OF)
    parts = parts_of(footprints)
    counted = [
        (place, part * pounds, n, day)
        for n, (p, role, currency, pounds, day) in enumerate(payments)
        if role == "partner" and currency == "GBP" and day is not None
        for place, part in (parts[p] if p else {None: Fraction(1)}).items()
    ]
    for split in SPLITS:
        expected = defaultdict(Fraction)
        for place, pounds, *_ in counted:
            expected[lies_in(place, split)] += pounds
        found = values(ledger, "partner_spend", split)
        assert found == pytest.approx({k: float(v) for k, v in expected.items()}, abs=1e-6)

    only = figure(ledger, LEAD, "partner_spend").only.figure
    assert only.n == len({n for _, _, n, _ in counted})
    assert (only.value or 0) == pytest.approx(float(sum(pounds for _, pounds, *_ in counted)))
    early = figure(ledger, LEAD, "partner_spend", end=date(2023, 7, 31)).only.figure
    expected = sum(pounds for _, pounds, _, day in counted if day <= date(2023, 7, 31))
    assert (early.value or 0) == pytest.approx(float(expected))

    lived_in = [(c, pounds) for c, pounds, *_ in counted if c and PLACES[c][3] is not None]
    heads = sum(PLACES[c][3] for c in {c for c, _ in lived_in})
    found = figure(ledger, LEAD, "spend_per_head").only.figure
    assert found.n == len(lived_in)
    if lived_in:
        expected = sum(pounds for _, pounds in lived_in) / heads
        assert found.value == pytest.approx(float(expected))

    districts = [(c, pounds) for c, pounds, *_ in counted if c and c.startswith("D")]
    everything = sum(pounds for _, pounds in districts)
    found = figure(ledger, LEAD, "spend_in_most_deprived_fifth_share").only.figure
    if everything:
        most = sum(pounds for c, pounds in districts if c == "D1")
        assert found.value == pytest.approx(float(most / everything))
    else:
        assert found.value is None

    told = [
        (role, pounds)
        for _, role, currency, pounds, day in payments
        if role in ("partner", "other supplier") and currency == "GBP" and day
    ]
    found = figure(ledger, LEAD, "partner_spend_share").only.figure
    assert found.n == len(told)
    if sum(pounds for _, pounds in told):
        mine = sum(pounds for role, pounds in told if role == "partner")
        assert found.value == pytest.approx(mine / sum(pounds for _, pounds in told))
    ledger.close()


@PATIENT
@given(footprints=FOOTPRINTS, activities=ACTIVITIES)
def test_activities_agree_with_a_loop_by_every_split_of_place(
    folder, numbers, footprints, activities
):
    ledger = opened(folder, numbers, footprints)
    rows = [
        {"activity_ref": str(n), "title": "t", "held_on": date(2024, 1, 10), "partnership": p}
        | {"place": place, "is_online": online, "in_hebci": counts, "attendance": came}
        | {"hebci_heading": heading, "venue_accessible": accessible}
        for n, (p, place, online, counts, came, heading, accessible) in enumerate(activities)
    ]
    load_rows(ledger, "activity", rows, complete_to=AS_OF)
    worked_in = defaultdict(list)
    for p, code, _ in footprints:
        worked_in[p].append(code)

    def place_of(p, place, online):
        if place or online:
            return place
        return worked_in[p][0] if len(worked_in[p]) == 1 else None

    for split in SPLITS:
        held, came_to = defaultdict(int), defaultdict(int)
        for p, place, online, _, came, *_ in activities:
            group = lies_in(place_of(p, place, online), split)
            held[group] += 1
            if came is not None:
                came_to[group] += came
        assert values(ledger, "activities", split) == held
        assert values(ledger, "attendance", split) == came_to

    by_heading, attended = defaultdict(int), defaultdict(int)
    for _, _, _, counts, came, heading, _ in activities:
        if counts:
            by_heading[heading or "not stated"] += 1
            if came is not None:
                attended[heading or "not stated"] += came
    assert values(ledger, "hebci_activities", "heading") == by_heading
    assert values(ledger, "hebci_attendance", "heading") == attended

    known = [accessible for *_, accessible in activities if accessible is not None]
    found = figure(ledger, LEAD, "accessible_venues_share").only.figure
    assert (found.n, found.numerator or 0) == (len(known), sum(known))
    ledger.close()


@PATIENT
@given(footprints=FOOTPRINTS, members=MEMBERS, ends=ENDS)
def test_partners_agree_with_a_loop_by_kind_and_by_every_split_of_place(
    folder, numbers, footprints, members, ends
):
    ledger = opened(folder, numbers, footprints)
    load_rows(
        ledger,
        "organisation",
        [
            {"organisation": who, "name": who, "kind": kind, "is_home_university": who == "uni"}
            for who, kind in KINDS.items()
        ],
    )
    began = [
        {"partnership": p, "name": p, "started_on": date(2020, 1, 1), "ended_on": end}
        for p, end in zip(PARTNERSHIPS, ends, strict=True)
    ]
    load_rows(ledger, "partnership", began, complete_to=AS_OF)
    if members:
        rows = [
            {"partnership": p, "organisation": who, "role": role, "left_on": left}
            | {"joined_on": date(2020, 1, 1)}
            for p, who, role, left in members
        ]
        load_rows(ledger, "membership", rows)
    going = {p for p, end in zip(PARTNERSHIPS, ends, strict=True) if end is None or end > AS_OF}
    inside = {
        (p, who)
        for p, who, _, left in members
        if p in going and who != "uni" and (left is None or left > AS_OF)
    }
    found = figure(ledger, LEAD, "partner_mix").only.figure
    assert (found.value or 0) == len({who for _, who in inside})
    kinds = defaultdict(set)
    for _, who in inside:
        kinds[KINDS[who]].add(who)
    assert values(ledger, "partner_mix", "kind") == {k: len(v) for k, v in kinds.items()}
    for split in SPLITS:
        partners, active = defaultdict(set), defaultdict(set)
        for p in PARTNERSHIPS:
            codes = [c for q, c, _ in footprints if q == p] or [None]
            for group in {lies_in(code, split) for code in codes}:
                partners[group] |= {who for q, who in inside if q == p}
                active[group] |= {p} & going
        expected = {group: len(who) for group, who in partners.items() if who}
        assert values(ledger, "partner_mix", split) == expected
        expected = {group: len(who) for group, who in active.items() if who}
        assert values(ledger, "partnerships_active", split) == expected
    assert (figure(ledger, LEAD, "partnerships_begun").only.figure.value) == 3
    ended = figure(ledger, LEAD, "partnerships_ended").only.figure
    assert ended.n == len(PARTNERSHIPS) - len(going)
    ledger.close()
