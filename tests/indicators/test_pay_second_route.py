"""Every pay figure, by each of its splits, against plain Python over random small ledgers."""

import shutil
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import date
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
from tests.indicators.pay_by_hand import BY_HAND, Fact, World, is_unpaid, middle
from tests.rows import load_rows

AS_OF = date(2024, 7, 31)
LEAD = Viewer(Role.LEAD)
DAYS = [date(2023, 3, 31), date(2023, 4, 1), date(2023, 7, 31), date(2023, 8, 1), date(2024, 5, 1)]
TOTALS = ("pay_shortfall", "unpaid_hours", "in_kind_given", "in_kind_received", "access_spend")
GAPS = ("median_hourly_gap", "mean_hourly_gap")

ORGANISATIONS = [
    {"organisation": "uni", "name": "University", "kind": "university", "size_band": "large"}
    | {"is_home_university": True},
    {"organisation": "ashby", "name": "Ashby", "kind": "charity", "size_band": "micro"},
    {"organisation": "burton", "name": "Burton", "kind": "council"},
    {"organisation": "person-1", "name": "person-1", "kind": "individual", "is_individual": True},
]
PARTNERSHIPS = [
    {"partnership": "p", "name": "P", "lead_unit": "Arts"},
    {"partnership": "q", "name": "Q"},
]
MEMBERS = [("p", "uni"), ("p", "ashby"), ("q", "burton"), ("r", "uni")]
THEMES = [("p", "food"), ("p", "health"), ("q", "food")]
PLACES_OF = {"p": ["D1", "D5"], "q": ["L1", "L2"], "r": ["L1", "D1"]}
# Six districts of England, the most deprived first: ranks 1 to 6 are fifths 1, 1, 2, 3, 4, 5.
DISTRICTS = {
    "D1": ("North", 0.9, "1 (most deprived fifth of districts) in England"),
    "L1": ("London", 0.8, "1 (most deprived fifth of districts) in England"),
    "L2": ("London", 0.7, "2 (fifth of districts) in England"),
    "D2": ("North", 0.6, "3 (fifth of districts) in England"),
    "D3": ("North", 0.5, "4 (fifth of districts) in England"),
    "D5": ("North", 0.1, "5 (least deprived fifth of districts) in England"),
}
REGIONS = {"North": "E12000001", "London": "E12000007"}
PLACES = [
    {"place_code": "E92000001", "name": "England", "level": "country"},
    *(
        {"place_code": code, "name": name, "level": "region", "parent_code": "E92000001"}
        for name, code in REGIONS.items()
    ),
    *(
        {"place_code": code, "name": code, "level": "local_authority"}
        | {"parent_code": REGIONS[region], "deprivation_extent": extent}
        for code, (region, extent, _) in DISTRICTS.items()
    ),
]


def rate(kind, activity, hourly, from_on, to_on=None, basis="gross", group=None):
    return {
        "kind": kind,
        "activity": activity,
        "hourly_gbp": hourly,
        "from_on": from_on,
        "to_on": to_on,
        "basis": basis,
        "role_group": group,
        "source": "drawn",
    }


STRICT = "Real Living Wage ({}), by its deadline"
RATES = [
    rate("pay scale", "workshop", 20, DAYS[0], DAYS[2], group="staff"),
    rate("pay scale", "workshop", 24, DAYS[3], group="staff"),
    rate("pay scale", "workshop", 30, DAYS[0], basis="full cost", group="staff"),
    rate("pay scale", "workshop", 11, DAYS[0], group="student"),
    rate("agreed rate card", "workshop", 15, DAYS[1], group="partner"),
    rate("agreed rate card", "talk", 12, DAYS[0], DAYS[1], group="partner"),
    rate("floor", STRICT.format("UK"), 10, DAYS[0], DAYS[3]),
    rate("floor", STRICT.format("London"), 12, DAYS[0], DAYS[3]),
    rate("floor", "Real Living Wage (UK)", 99, DAYS[0]),
]


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A ledger with everything but time, money and gifts, closed, to be copied."""
    path = tmp_path_factory.mktemp("register") / "register.duckdb"
    ledger = open_ledger(path)
    for table, rows in {
        "organisation": ORGANISATIONS,
        "partnership": PARTNERSHIPS,
        "membership": [{"partnership": p, "organisation": o} for p, o in MEMBERS],
        "partnership_theme": [{"partnership": p, "theme": t} for p, t in THEMES],
        "footprint": [{"partnership": p, "place": c} for p, of in PLACES_OF.items() for c in of],
        "place": PLACES,
        "rate": RATES,
    }.items():
        load_rows(ledger, table, rows)
    ledger.close()
    return path


@contextmanager
def copied(register, folder):
    """A ledger of its own with what the register holds."""
    path = shutil.copy(register, folder / "world.duckdb")
    ledger = open_ledger(Path(path))
    try:
        yield ledger
    finally:
        ledger.close()


def drawn(**columns):
    return st.fixed_dictionaries(
        {
            name: choices if isinstance(choices, st.SearchStrategy) else st.sampled_from(choices)
            for name, choices in columns.items()
        }
    )


PARTNERSHIP = ("p", "q", "r", "s")
ANYBODY = ("ashby", "burton", "person-1", "uni", "ghost", None)
PAY = st.one_of(st.none(), st.just(0.0), st.sampled_from([10.0, 15.0, 37.5, 40.01, 150.0]))
TIME = drawn(
    partnership=PARTNERSHIP,
    organisation=ANYBODY,
    person_ref=("x", "y", "z"),
    role_group=("partner", "partner", "partner", "staff", "student", "public"),
    activity=("workshop", "talk", None),
    worked_on=DAYS,
    quantity=(0.0, 1.0, 2.5, 4.0),
    unit=("hour", "hour", "day", "half day"),
    hours_per_day=(None, 7.0),
    paid_gbp=PAY,
    pay_basis=("gross", "gross", "gross", "full cost", None),
    phase=("pre-award", "delivery", None),
    paid_by=("university", "funder", "own employer", "nobody", None),
    unpaid_because=(None, None, "not offered", "declined", "volunteer", "pending", "unknown"),
    invoice_ref=("I1", None),
)
# Whole cells of three people, so that there are rates to compare with.
STAFF = drawn(
    partnership=PARTNERSHIP,
    activity=("workshop", "talk"),
    worked_on=DAYS,
    pay=st.lists(st.sampled_from([18.0, 20.0, 30.5]), min_size=2, max_size=4),
)
MONEY = drawn(
    payee=("ashby", "burton", "person-1"),
    invoice_ref=("I1", "I2"),
    partnership=("p", "q", None),
    received_on=DAYS[:2],
    paid_on=(*DAYS[1:], None),
    amount=(10.0, 99.5),
    currency=("GBP", "GBP", "XXX"),
    payee_role=("partner", "individual"),
    kind=("access", "supply"),
    outcome=(None, None, "rejected"),
)
GIFT = drawn(
    partnership=PARTNERSHIP,
    giver=("uni", "ashby", "burton"),
    receiver=("uni", "ashby", "burton", None),
    kind=("equipment", "advice"),
    given_on=DAYS,
    value_gbp=(None, 0.0, 12.5, 400.0),
    basis=("estimate", "market price", None),
)


@st.composite
def worlds(draw):
    time = draw(st.lists(TIME, min_size=3, max_size=14))
    for cell in draw(st.lists(STAFF, max_size=3)):
        for number, pay in enumerate(cell["pay"]):
            time.append(
                {"organisation": "uni", "person_ref": f"s{number}", "role_group": "staff"}
                | {name: cell[name] for name in ("partnership", "activity", "worked_on")}
                | {"quantity": 2.0, "unit": "hour", "hours_per_day": None, "paid_gbp": 2 * pay}
                | {"pay_basis": "gross", "phase": None, "paid_by": "university"}
                | {"unpaid_because": None, "invoice_ref": None}
            )
    return World(
        [row | {"contribution_ref": f"C{n}"} for n, row in enumerate(time)],
        [
            row | {"line_ref": str(n), "payment_ref": str(n)}
            for n, row in enumerate(draw(st.lists(MONEY, min_size=1, max_size=6)))
        ],
        [
            row | {"in_kind_ref": f"K{n}"}
            for n, row in enumerate(draw(st.lists(GIFT, min_size=1, max_size=6)))
        ],
        ORGANISATIONS,
        RATES,
        PLACES_OF,
        frozenset({"L1", "L2"}),
    )


def values_of(world: World, fact: Fact, split: str) -> list[str | None]:
    """Every value of a split that a row counts under."""
    partnership, own = fact.row["partnership"], world.one(fact.organisation)
    places = PLACES_OF.get(partnership, [])
    many = {
        "theme": [theme for of, theme in THEMES if of == partnership],
        "home_university": [
            "uni" for of, member in MEMBERS if (of, member) == (partnership, "uni")
        ],
        "place": places,
        "region": [DISTRICTS[place][0] for place in places],
        "country": ["England" for _ in places],
        "deprivation_fifth": [DISTRICTS[place][2] for place in places],
    }
    if split in many:
        return sorted(set(many[split])) or [None]
    if split == "organisation":
        return ["individuals" if own.get("is_individual") else fact.organisation]
    if split in ("kind", "size"):
        return [own.get("kind" if split == "kind" else "size_band")]
    if split == "lead_unit":
        return ["Arts" if partnership == "p" else None]
    if split in ("month", "quarter", "academic_year", "financial_year", "calendar_year"):
        return [period_of(split, fact.on)]
    return [fact.row[split]]


def period_of(split: str, on: date | None) -> str | None:
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


def counted_again(world: World, indicator: str, splits: tuple[str, ...]):
    """What each group should show: figure, left out and cautions by reason, pounds."""
    groups = defaultdict(list)
    for fact in BY_HAND[indicator](world):
        for key in product(*(values_of(world, fact, split) for split in splits)):
            groups[key].append(fact)
    return {key: concluded(indicator, facts) for key, facts in groups.items()}


def concluded(indicator: str, facts: list[Fact]):
    inside = [fact for fact in facts if fact.left_out is None]
    over, under = sum(fact.over for fact in inside), sum(fact.under for fact in inside)
    n = sum(fact.side != "university" for fact in inside)
    if indicator in GAPS:
        value = gap_of(indicator, inside)
    elif indicator in TOTALS:
        value = over if inside else None
    else:
        value = over / under if under else None
    return {
        "n": n,
        "value": value,
        "pounds": sum(fact.pounds or 0 for fact in inside),
        "left_out": Counter(fact.left_out for fact in facts if fact.left_out),
        "cautions": Counter(fact.caution for fact in inside if fact.caution),
        "left_out_pounds": sum(fact.pounds or 0 for fact in facts if fact.left_out),
    }


def gap_of(indicator: str, facts: list[Fact]) -> float | None:
    sides = {}
    for side in ("university", "partner"):
        here = [fact for fact in facts if fact.side == side]
        if not here:
            return None
        if indicator == "mean_hourly_gap":
            sides[side] = sum(fact.over for fact in here) / sum(fact.under for fact in here)
        else:
            sides[side] = middle([(pence_an_hour(fact), fact.under) for fact in here])
    if sides["university"] == 0:
        return None
    return (sides["university"] - sides["partner"]) / sides["university"]


def pence_an_hour(fact: Fact) -> int:
    return 0 if is_unpaid(fact.row) else int(fact.over * 100 / fact.under + 0.5)


def shown(row):
    return {
        "n": row.figure.n,
        "value": row.figure.value,
        "pounds": row.pounds or 0,
        "left_out": Counter({line.reason: line.n for line in row.left_out}),
        "cautions": Counter({line.reason: line.n for line in row.cautions}),
        "left_out_pounds": sum(line.pounds or 0 for line in row.left_out),
    }


def halves(indicator: str) -> list[tuple[str, ...]]:
    """No split, and all splits in three bunches, so that each is asked for."""
    every = INDICATORS[indicator].splits
    return [(), every[0::3], every[1::3], every[2::3]]


def test_every_pay_figure_is_counted_again():
    assert set(BY_SUBJECT["Pay"]) == set(BY_HAND)


# A world takes a second to load: without shrinking, a failure is told at once.
@settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds())
def test_every_pay_figure_by_every_split_agrees_with_plain_python(
    register, tmp_path_factory, world
):
    with TemporaryDirectory() as folder, copied(register, Path(folder)) as ledger:
        for table in ("contribution", "payment", "in_kind"):
            load_rows(ledger, table, getattr(world, table), complete_to=AS_OF)
        for indicator in BY_HAND:
            for splits in halves(indicator):
                rows = figure(ledger, LEAD, indicator, by=splits).rows
                found = {row.keys: shown(row) for row in rows}
                wanted = counted_again(world, indicator, splits)
                if not splits:
                    wanted = wanted or {(): concluded(indicator, [])}
                extra, lacking = set(found) - set(wanted), set(wanted) - set(found)
                assert (extra, lacking) == (set(), set()), (indicator, splits)
                for key, right in wanted.items():
                    for name, value in right.items():
                        assert found[key][name] == pytest.approx(value), (indicator, key, name)
