"""The demonstration records: every indicator by every split, and figures worked out again.

The second working-out reads data/demo/*.csv with the standard library and loops over the rows;
it shares no code with the package.
"""

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import fmean, median

import pytest

from civic_metrics.compute import figure, records
from civic_metrics.indicators import INDICATORS
from civic_metrics.intake import build_demonstration
from civic_metrics.ledger import batches, set_aside
from civic_metrics.model import Role, Viewer
from civic_metrics.splits import PERIODS

DEMO = Path(__file__).parents[1] / "data" / "demo"
AS_OF = date(2026, 3, 31)
PARTNER = "wrenfold-pedal-and-plough"
LEAD = Viewer(Role.LEAD)
VIEWERS = {"lead": LEAD, "partner": Viewer(Role.PARTNER, (PARTNER,))}

# Splits are alike for every figure but for their columns, so each figure is tried by all of its
# own and by some of those that all share, in turn: each of these is tried by many figures.
SHARED = (*PERIODS, "region", "country", "lead_unit", "home_university", "theme", "size")


def _in_turn(number: int, splits: tuple[str, ...], shared: int) -> list[str]:
    turning = [split for split in splits if split in SHARED]
    start = number % len(turning) if turning else 0
    return [split for split in splits if split not in SHARED] + (turning * 2)[
        start : start + shared
    ]


def _tried(shared: int) -> list[tuple[str, str]]:
    return [
        (one.id, split)
        for number, one in enumerate(INDICATORS.values())
        for split in dict.fromkeys(_in_turn(number, one.splits, shared))
    ]


EVERY_SPLIT = [("lead", *tried) for tried in _tried(2)]
# What a partner sees is decided by scope, whatever the split: two a figure.
EVERY_SPLIT += [
    ("partner", one.id, one.splits[(number + turn) % len(one.splits)])
    for number, one in enumerate(INDICATORS.values())
    for turn in range(2)
]
# What others publish of a place holds as it was published, whatever the day.
WITHOUT_A_DAY = {"published_share", "difference_from_comparator"}
ONE_GROUP = ("payee_role", "role_group", "activity", "partnership", "organisation", "kind", "month")


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    ledger = build_demonstration(tmp_path_factory.mktemp("demo") / "demo.duckdb")
    yield ledger
    ledger.close()


def rows_of(name):
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_every_row_of_the_demonstration_is_loaded(demo):
    loaded = {one.table: one.counts for one in batches(demo)}
    for name in sorted(file.stem for file in DEMO.glob("*.csv")):
        assert loaded[name].new == len(rows_of(name)), name
    assert set_aside(demo) == []


@pytest.mark.parametrize(("viewer", "indicator", "split"), sorted(set(EVERY_SPLIT)))
def test_every_indicator_is_worked_out_by_each_of_its_splits(demo, indicator, split, viewer):
    result = figure(demo, VIEWERS[viewer], indicator, by=[split])
    if viewer == "partner" and not result.rows:  # nothing of it is theirs to see, and they are told
        nothing = figure(demo, VIEWERS[viewer], indicator).only.figure
        assert (nothing.n, nothing.value) == (0, None)
        assert nothing.note
        return
    assert result.rows
    assert result.as_of == (None if indicator in WITHOUT_A_DAY else AS_OF)
    for row in result.rows:
        found = row.figure
        assert found.n or row.left_out or row.cautions or found.note
        if found.value is None:
            assert found.note
        else:
            assert found.n > 0
        if found.lower is not None and found.upper is not None:
            assert found.lower <= found.value <= found.upper
        assert "not yours to see" not in row.labels or viewer == "partner"


@pytest.mark.parametrize(("indicator", "split"), [p for p in _tried(1) if p[1] in ONE_GROUP])
def test_the_parts_of_a_split_add_up_to_the_whole(demo, indicator, split):
    if INDICATORS[indicator].through_membership and split in ("organisation", "kind"):
        split = "partnership"  # a partnership of several members is in several parts
    whole = figure(demo, LEAD, indicator).only
    parts = figure(demo, LEAD, indicator, by=[split]).rows
    assert sum(row.figure.n for row in parts) == whole.figure.n
    for kind in ("left_out", "cautions"):
        split_up = defaultdict(int)
        for row in parts:
            for line in getattr(row, kind):
                split_up[line.reason] += line.n
        assert split_up == {line.reason: line.n for line in getattr(whole, kind)}
    money = sum(row.pounds or 0 for row in parts)
    assert money == pytest.approx(whole.pounds or 0)


@pytest.mark.parametrize("indicator", INDICATORS)
def test_a_filter_gives_the_figure_of_its_part(demo, indicator):
    splits = INDICATORS[indicator].splits
    split = next((name for name in ("theme", "partnership") if name in splits), splits[0])
    for row in figure(demo, LEAD, indicator, by=[split]).rows[:3]:
        alone = figure(demo, LEAD, indicator, where={split: [row.keys[0]]}).only
        assert alone.figure.n == row.figure.n
        assert alone.figure.value == pytest.approx(row.figure.value)
        assert alone.left_out == row.left_out


def test_a_partner_sees_its_own_payments_and_hours_only(demo):
    viewer = VIEWERS["partner"]
    assert {row["payee"] for row in records(demo, viewer, "payment")} == {PARTNER}
    assert {row["organisation"] for row in records(demo, viewer, "contribution")} == {PARTNER}
    assert [row["organisation"] for row in records(demo, viewer, "organisation")] == [PARTNER]


# The same figures from the files.


def day(text):
    return date.fromisoformat(text) if text else None


def invoices_of(role):
    """(received, paid or None) of each supply invoice to that role, credit notes apart."""
    lines = defaultdict(list)
    for row in rows_of("payment"):
        lines[row["payee"], row["invoice_ref"] or row["payment_ref"]].append(row)
    credited = defaultdict(Decimal)
    for row in rows_of("payment"):
        if row["credits"]:
            credited[row["payee"], row["credits"]] -= Decimal(row["amount"])
    found = []
    for key, parts in lines.items():
        total = sum(Decimal(part["amount"]) for part in parts)
        if parts[0]["payee_role"] != role or parts[0]["kind"] == "grant":
            continue
        if total < 0 or any(part["credits"] for part in parts):
            continue
        if any(part["outcome"] in ("withdrawn", "rejected") for part in parts):
            continue
        received = min(day(part["received_on"]) or date.max for part in parts)
        paid = [day(part["paid_on"]) for part in parts]
        paid = None if None in paid else max(paid)
        if paid is None and key in credited and credited[key] >= total:
            continue
        if received == date.max or (paid and paid < received):
            continue
        found.append((received, paid))
    return found


def days_of(role):
    return [(paid - received).days for received, paid in invoices_of(role) if paid]


@pytest.mark.parametrize("role", ["partner", "other supplier", "individual"])
def test_what_was_paid_agrees_with_a_loop_over_the_file(demo, role):
    days = days_of(role)
    where = {"payee_role": [role]}

    def found(indicator):
        return figure(demo, LEAD, indicator, where=where).only.figure

    assert found("average_days_to_pay").n == len(days) > 20
    assert found("average_days_to_pay").value == pytest.approx(fmean(days))
    assert found("median_days_to_pay").value == median(days)
    within = sum(day <= 30 for day in days)
    assert found("paid_within_30_days").numerator == within
    assert found("paid_within_30_days").value == pytest.approx(within / len(days))


@pytest.mark.parametrize("role", ["partner", "other supplier"])
def test_the_wait_agrees_with_a_slow_curve_from_the_file(demo, role):
    rows = [((paid or AS_OF) - received, paid is not None) for received, paid in invoices_of(role)]
    share = Fraction(1)
    for wait in sorted({wait for wait, is_paid in rows if is_paid}):
        at_risk = sum(days >= wait for days, _ in rows)
        ended = sum(days == wait and is_paid for days, is_paid in rows)
        share *= 1 - Fraction(ended, at_risk)
        if share <= Fraction(1, 2):
            break
    found = figure(demo, LEAD, "time_to_payment", where={"payee_role": [role]}).only.figure
    assert found.n == len(rows)
    assert found.value == wait.days


def hours_of(row):
    per_day = Fraction(row["hours_per_day"] or "7.5")
    times = {"half day": per_day / 2, "day": per_day, "session": per_day}.get(row["unit"], 1)
    return Fraction(row["quantity"]) * times


@pytest.mark.parametrize("group", ["partner", "staff", "student"])
def test_unpaid_hours_agree_with_a_loop_over_the_file(demo, group):
    unpaid = every = Fraction(0)
    for row in rows_of("contribution"):
        is_pending = row["unpaid_because"] == "pending"
        if row["role_group"] != group or row["paid_by"] == "own employer" or is_pending:
            continue
        nothing = row["paid_by"] == "nobody" or (row["paid_gbp"] and not Decimal(row["paid_gbp"]))
        if not nothing and not row["paid_gbp"] and not row["paid_by"]:
            continue
        every += hours_of(row)
        unpaid += hours_of(row) if nothing else 0
    where = {"role_group": [group]}
    found = figure(demo, LEAD, "unpaid_hours_share", where=where).only.figure
    assert found.denominator == pytest.approx(float(every))
    assert found.value == pytest.approx(float(unpaid / every))


def test_partnerships_by_theme_agree_with_the_register(demo):
    themes = defaultdict(set)
    for row in rows_of("partnership_theme"):
        themes[row["theme"]].add(row["partnership"])
    found = figure(demo, LEAD, "partnership_longevity", by=["theme"]).rows
    counted = {row.labels[0]: row.figure.n + sum(out.n for out in row.left_out) for row in found}
    assert counted == {theme: len(members) for theme, members in themes.items()}
