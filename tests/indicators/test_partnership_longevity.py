"""How long partnerships last, by hand."""

from datetime import date, timedelta

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said

YEAR = 365.25


def lasted(name, days, *, ended, **more):
    """A partnership of that many days: over on the as-of day, or still going on it."""
    row = {
        "partnership": name,
        "name": name.title(),
        "started_on": AS_OF - timedelta(days),
        "ended_on": AS_OF if ended else None,
    }
    return row | more


@pytest.fixture
def longevity(ledger, load, lead):
    def asked(*partnerships, **how):
        load("partnership", *partnerships, complete_to=AS_OF)
        return figure(ledger, lead, "partnership_longevity", **how)

    return asked


def test_those_still_going_count_for_as_long_as_they_have_lasted(longevity):
    # Days: 100 going, 400 ended, 800 ended, 900 going, 2000 ended.
    # At 400 four are at risk: S = 3/4; at 800 three: 3/4 × 2/3 = 1/2, so the median is 800 days.
    found = longevity(
        lasted("a", 100, ended=False),
        lasted("b", 400, ended=True),
        lasted("c", 800, ended=True),
        lasted("d", 900, ended=False),
        lasted("e", 2000, ended=True),
    ).only.figure
    assert (found.n, found.numerator) == (5, 3)
    assert found.value == pytest.approx(800 / YEAR)


def test_one_recorded_late_counts_only_from_the_day_it_was(longevity):
    # Five followed from the start end at 100, 200, 300, 400 and 500 days. A sixth, of 600 days and
    # going, was first recorded on its day 250.
    # At 100 five at risk: 4/5. At 200 four: 3/5. At 300 three and the sixth: 3/5 × 3/4 = 9/20.
    # Had the sixth counted from the start, the steps were 5/6, 4/6 and 3/6.
    five = [lasted(f"p{n}", 100 * n, ended=True) for n in range(1, 6)]
    recorded = AS_OF - timedelta(350)
    late = lasted("late", 600, ended=False, recorded_from_on=recorded)
    found = longevity(*five, late).only.figure
    shares = [(round(p.time * YEAR), p.at_risk, round(p.share, 6)) for p in found.curve[:3]]
    assert shares == [(100, 5, 0.8), (200, 4, 0.6), (300, 4, 0.45)]
    assert found.value == pytest.approx(300 / YEAR)


def test_one_over_before_the_register_began_is_left_out(longevity):
    gone = {"recorded_from_on": date(2018, 8, 1), "ended_on": date(2012, 1, 1)}
    result = longevity(
        lasted("a", 900, ended=False),
        lasted("b", 5000, ended=False) | gone,
        {"partnership": "c", "name": "C"},
        lasted("d", 900, ended=False, ended_on=AS_OF - timedelta(1000)),
    )
    assert result.only.figure.n == 1
    assert said(result.only.left_out) == {
        "not in the register on that day": (1, None),
        "no start date": (1, None),
        "ends before it starts": (1, None),
    }


@pytest.mark.parametrize("precision", ["month", "year"])
def test_a_date_known_to_the_month_or_year_is_counted_with_a_caution(longevity, precision):
    rough = lasted("a", 900, ended=False, started_on_precision=precision)
    row = longevity(rough, lasted("b", 900, ended=False)).only
    assert said(row.cautions) == {
        "dated to the month or year only, counted from the middle of it": (1, None)
    }
    assert row.figure.n == 2


def seen(load, partnership, day, **more):
    row = {"payee": "a", "invoice_ref": partnership, "amount": 1, "received_on": day}
    load("payment", row | {"partnership": partnership, "paid_on": day} | more, complete_to=AS_OF)


def test_quiet_ones_are_counted_as_going_and_in_the_variant_as_ended_when_last_heard_of(
    ledger, load, longevity
):
    # All three began 2000 days ago and none has ended by the register. One was paid 100 days ago,
    # one last heard of 1000 days ago (day 1000 of its life), one was never heard of (day 0).
    seen(load, "busy", AS_OF - timedelta(100))
    seen(load, "quiet", AS_OF - timedelta(1000))
    result = longevity(*(lasted(name, 2000, ended=False) for name in ("busy", "quiet", "silent")))
    row = result.only
    assert (row.figure.n, row.figure.numerator, row.figure.value) == (3, 0, None)
    assert said(row.cautions) == {
        "still going by the register, with no payment, hours, review or activity in 12 months": (
            2,
            None,
        )
    }
    [(label, variant)] = result.variants
    assert "as ended when last heard of" in label
    # Ended on day 0 of 2000 and on day 1000: of 3 at risk one, of 2 at risk one: S = 1/3 at 1000.
    assert variant.numerator == 2
    assert variant.value == pytest.approx(1000 / YEAR)


def test_twelve_months_to_the_day_is_not_quiet(load, longevity):
    seen(load, "p", date(2023, 3, 31))
    assert longevity(lasted("p", 2000, ended=False)).only.cautions == ()


def test_hours_worked_are_a_sign_of_life_and_one_that_ended_is_not_quiet(load, longevity):
    time = {"contribution_ref": "C1", "partnership": "a", "role_group": "partner", "quantity": 1}
    load("contribution", time | {"worked_on": AS_OF - timedelta(10)}, complete_to=AS_OF)
    row = longevity(lasted("a", 2000, ended=False), lasted("b", 2000, ended=True)).only
    assert row.cautions == ()


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (
            "review",
            {"respondent": "R1", "side": "partner", "statement": "s"}
            | {"reviewed_on": AS_OF - timedelta(10)},
        ),
        (
            "activity",
            {"activity_ref": "A1", "title": "Open day", "held_on": AS_OF - timedelta(10)},
        ),
    ],
)
def test_a_review_or_an_activity_is_a_sign_of_life(load, longevity, table, row):
    load(table, row | {"partnership": "a"}, complete_to=AS_OF)
    row = longevity(lasted("a", 2000, ended=False), lasted("b", 2000, ended=False)).only
    assert [line.n for line in row.cautions] == [1]


def test_an_end_yet_to_come_that_is_known_to_the_year_is_no_caution(longevity):
    later = {"ended_on": AS_OF + timedelta(400), "ended_on_precision": "year"}
    assert longevity(lasted("a", 2000, ended=False, **later)).only.cautions == ()


def test_with_no_signs_of_life_loaded_none_is_called_quiet(longevity):
    assert longevity(lasted("a", 2000, ended=False)).only.cautions == ()


def test_its_result_is_never_better_or_worse(longevity):
    assert longevity(lasted("a", 2000, ended=True)).only.status.value == "not assessed"
