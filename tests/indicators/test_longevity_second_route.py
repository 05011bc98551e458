"""Longevity and completeness, by each of their splits, against plain Python over random ledgers."""

import shutil
from collections import Counter, defaultdict
from datetime import timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from civic_metrics.compute import figure
from civic_metrics.indicators import BY_SUBJECT, INDICATORS
from civic_metrics.ledger import open_ledger
from civic_metrics.model import Role, Viewer
from tests.indicators.longevity_by_hand import AS_OF, BY_HAND, World, concluded, lasted
from tests.rows import load_rows

LEAD = Viewer(Role.LEAD)
CURVES = ("partnership_longevity", "five_year_survival", "ten_year_mean_length")
ONE_BY_ONE = ("freshness", "rows_set_aside_share")  # counted again in test_rows_set_aside

ORGANISATIONS = [
    {"organisation": "uni", "name": "University", "kind": "university", "size_band": "large"}
    | {"is_home_university": True},
    {"organisation": "ashby", "name": "Ashby", "kind": "charity", "size_band": "micro"},
    {"organisation": "burton", "name": "Burton", "kind": "council"},
    {"organisation": "person-1", "name": "person-1", "is_individual": True},
    {"organisation": "ghost", "name": "Ghost"},
]
OF = {one["organisation"]: one for one in ORGANISATIONS}
MEMBERS = [("p1", "uni"), ("p1", "ashby"), ("p1", "burton"), ("p2", "burton"), ("p3", "person-1")]
THEMES = [("p1", "food"), ("p1", "health"), ("p2", "food"), ("p4", "health")]
PLACES_OF = {"p1": ["D1", "D2"], "p2": ["D2"], "p5": ["D1", "NOWHERE"]}
FIFTHS = {
    "D1": "1 (most deprived fifth of districts) in England",
    "D2": "3 (fifth of districts) in England",
}
PLACES = [
    {"place_code": "E9", "name": "England", "level": "country"},
    {"place_code": "E1", "name": "North", "level": "region", "parent_code": "E9"},
    *(
        {"place_code": code, "name": code, "level": "local_authority", "parent_code": "E1"}
        | {"deprivation_extent": extent}
        for code, extent in (("D1", 0.9), ("D2", 0.5), ("D3", 0.4), ("D4", 0.3), ("D5", 0.2))
    ),
]
FIFTHS["D2"] = "2 (fifth of districts) in England"


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A ledger with members, themes and places, closed, to be copied."""
    path = tmp_path_factory.mktemp("register") / "register.duckdb"
    ledger = open_ledger(path)
    for table, rows in {
        "organisation": ORGANISATIONS,
        "membership": [{"partnership": p, "organisation": o} for p, o in MEMBERS],
        "partnership_theme": [{"partnership": p, "theme": t} for p, t in THEMES],
        "footprint": [{"partnership": p, "place": c} for p, of in PLACES_OF.items() for c in of],
        "place": PLACES,
    }.items():
        load_rows(ledger, table, rows)
    ledger.close()
    return path


def ago(*days):
    """One of the days so many before the as-of day; None: no day."""
    return st.sampled_from([None if n is None else AS_OF - timedelta(n) for n in days])


def drawn(**columns):
    return st.fixed_dictionaries(
        {
            name: choices if isinstance(choices, st.SearchStrategy) else st.sampled_from(choices)
            for name, choices in columns.items()
        }
    )


NAMES = [f"p{n}" for n in range(1, 10)]

PARTNERSHIP = drawn(
    lead_organisation=("ashby", "uni", None),
    lead_unit=("Arts", "Science", None),
    stage=("active", "paused", "ended", None),
    started_on=ago(None, 5000, 4000, 4000, 2500, 1500, 900, 400, 200, -5),
    started_on_precision=("day", "day", "day", "year"),
    recorded_from_on=ago(None, None, None, 4500, 1200, 100),
    ended_on=ago(None, None, None, 3000, 1000, 700, 20, 0, -20),
    ended_on_precision=("day", "day", "month"),
    end_reason=(None, "purpose met", "planned together", "funding ended", "not known"),
)
FUNDING = drawn(
    partnership=NAMES,
    status=("bid", "awarded", "received", "received", None),
    amount_gbp=(None, 0.0, 100.0, 1234.5),
    qualifier=(None, "exactly", "up to"),
    from_on=ago(None, 3900, 2000, 1100, 800, 600, 300, 40, -10),
    to_on=ago(None, 2000, 1700, 1100, 801, 700, 350, 40, 0, -300),
)
HOLDER = drawn(
    partnership=NAMES,
    person_ref=("x", "y"),
    employment_kind=("open-ended", "fixed term", "hourly paid", "secondment", "not known", None),
    to_on=ago(None, None, None, 5, 0, -5),
)
PAYMENT = drawn(
    partnership=(*NAMES, None),
    payee=("ashby", "burton"),
    worked_on=ago(None, None, 380, 20),
    received_on=ago(None, 1000, 366, 365, 30, -3),
    paid_on=ago(None, 950, 360, 10, -4),
    due_on=ago(None, 20),
    receipt_taken_from=(None, None, "invoice date"),
    amount=(10.0, 10.0, -5.0),
    kind=("supply", "grant", None),
    payee_role=("partner", "other supplier", "not known", None),
    outcome=(None, None, None, "rejected"),
)
CONTRIBUTION = drawn(
    partnership=NAMES,
    organisation=("ashby", "ghost", None),
    role_group=("partner",),
    activity=("workshop", None),
    worked_on=ago(800, 366, 365, 10, -3),
    quantity=(1.0,),
    unit=("hour", "session"),
    hours_per_day=(None, 7.0),
    paid_gbp=(None, 0.0, 20.0),
    pay_basis=("gross", None),
    paid_by=("university", "nobody", "own employer", None),
    unpaid_because=(None, None, "declined"),
)


@st.composite
def worlds(draw):
    # Holding begins on a day of its own for each row, since a person may hold the same one twice.
    held = draw(st.lists(HOLDER, max_size=16))
    day = draw(st.sampled_from([366, 365, 9]))
    return World(
        partnership=[draw(PARTNERSHIP) | {"partnership": name, "name": name} for name in NAMES],
        funding=numbered("reference", draw(st.lists(FUNDING, min_size=1, max_size=16))),
        holder=[row | {"from_on": AS_OF - timedelta(300 - 20 * n)} for n, row in enumerate(held)],
        payment=numbered("payment_ref", draw(st.lists(PAYMENT, max_size=6))),
        contribution=numbered("contribution_ref", draw(st.lists(CONTRIBUTION, max_size=5))),
        review=[
            {"partnership": "p6", "respondent": "r", "side": "partner", "statement": "s"}
            | {"reviewed_on": AS_OF - timedelta(day)}
        ],
        activity=[
            {"activity_ref": "a", "title": "t", "partnership": "p7"}
            | {"held_on": AS_OF - timedelta(day)}
        ],
    )


def numbered(name, rows):
    return [row | {name: str(n)} for n, row in enumerate(rows)]


def values_of(world, indicator, fact, split):
    """Every value of a split that a fact counts under."""
    partnership = fact.partnership
    places = PLACES_OF.get(partnership, [])
    others = [OF[who] for of, who in MEMBERS if of == partnership and who != "uni"]
    if not INDICATORS[indicator].through_membership:
        others = [OF[fact.organisation]] if fact.organisation in OF else []
    many = {
        "theme": [theme for of, theme in THEMES if of == partnership],
        "home_university": ["uni" for of, who in MEMBERS if (of, who) == (partnership, "uni")],
        "place": places,
        "region": ["North" if place in FIFTHS else "region not known" for place in places],
        "country": ["England" if place in FIFTHS else "country not known" for place in places],
        "deprivation_fifth": [FIFTHS.get(place, "deprivation not known") for place in places],
        "organisation": [
            "individuals" if one.get("is_individual") else one["organisation"] for one in others
        ],
        "kind": [one["kind"] for one in others if one.get("kind")],
        "size": [one["size_band"] for one in others if one.get("size_band")],
    }
    if split in many:
        return sorted(set(many[split])) or [None]
    if split == "partnership":
        return [partnership]
    if split == "lead_unit":
        units = [
            row["lead_unit"]
            for row in world.partnership
            if row["partnership"] == partnership
            and (row["started_on"] is None or row["started_on"] <= AS_OF)
        ]
        return units or [None]
    if split in fact.own:
        return [fact.own[split]]
    return [period_of(split, fact.on)]


def period_of(split, on):
    if on is None:
        return None
    first = {"academic_year": 8, "financial_year": 4}.get(split)
    if first:
        year = on.year - (on.month < first)
        return f"{year}/{(year + 1) % 100:02}"
    return {
        "month": f"{on:%Y-%m}",
        "quarter": f"{on.year} Q{(on.month + 2) // 3}",
        "calendar_year": str(on.year),
    }[split]


def counted_again(world, indicator, splits):
    groups = defaultdict(list)
    for fact in BY_HAND[indicator][0](world):
        for key in product(*(values_of(world, indicator, fact, split) for split in splits)):
            groups[key].append(fact)
    if not splits:
        groups = groups or {(): []}
    return {key: concluded(indicator, facts) for key, facts in groups.items()}


def shown(row):
    return {
        "n": row.figure.n,
        "value": row.figure.value,
        "pounds": row.pounds or 0,
        "left_out": Counter({line.reason: line.n for line in row.left_out}),
        "cautions": Counter({line.reason: line.n for line in row.cautions}),
    }


def thirds(indicator):
    """No split, and all splits in three bunches, so that each is asked for."""
    every = INDICATORS[indicator].splits
    return [(), every[0::3], every[1::3], every[2::3]]


def test_every_figure_of_longevity_and_of_the_data_is_counted_again():
    assert {*BY_SUBJECT["Longevity"], *BY_SUBJECT["Data"]} == {*BY_HAND, *ONE_BY_ONE}


# A world takes a second to load: without shrinking, a failure is told at once.
@settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds())
def test_every_figure_by_every_split_agrees_with_plain_python(register, world):
    with TemporaryDirectory() as folder:
        ledger = open_ledger(Path(shutil.copy(register, Path(folder) / "world.duckdb")))
        try:
            for table, rows in vars(world).items():
                if rows:
                    load_rows(ledger, table, rows, complete_to=AS_OF)
            for indicator in BY_HAND:
                for splits in thirds(indicator):
                    check(ledger, world, indicator, splits)
        finally:
            ledger.close()


def check(ledger, world, indicator, splits):
    result = figure(ledger, LEAD, indicator, by=splits)
    found = {row.keys: shown(row) for row in result.rows}
    wanted = counted_again(world, indicator, splits)
    assert set(found) == set(wanted), (indicator, splits)
    for key, right in wanted.items():
        for name, value in right.items():
            assert found[key][name] == pytest.approx(value), (indicator, key, name)
    if indicator in CURVES and not splits:
        quiet = [fact for fact in lasted(world, close_quiet=True) if fact.left_out is None]
        [(_, variant)] = result.variants
        assert variant.n == len(quiet)
        assert variant.value == pytest.approx(BY_HAND[indicator][1](quiet))
