"""Parity, by hand: what was paid over what the same hours would have earned."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, hours, paid, paid_after, said, staff, unpaid


@pytest.fixture
def parity(ledger, load, lead):
    def asked(*contributions, payments=(), **how):
        load("contribution", *contributions, complete_to=AS_OF)
        if payments:
            load("payment", *payments, complete_to=AS_OF)
        return figure(ledger, lead, "compensation_parity", **how)

    return asked


def three_staff(rate, prefix="S", **more):
    """Three people with ten hours each at that hourly rate."""
    return [staff(f"{prefix}{n}", f"person {n}", 10, 10 * rate, **more) for n in range(3)]


def test_a_hand_worked_table(parity):
    # The university pays three people £20 an hour for workshops.
    # paid:        10 hours for £150, which at the university's rate are 10 × 20 = £200
    # not offered:  5 hours for   £0                                      5 × 20 = £100
    # declined:     5 hours for   £0                                      5 × 20 = £100
    # 150 / 400 = 0.375; without the declined hours 150 / 300 = 0.5.
    result = parity(
        *three_staff(20),
        paid("C1", 10, 150, invoice_ref="I1"),
        unpaid("C2", 5, "not offered"),
        unpaid("C3", 5, "declined"),
        hours("C4", 8, paid_by="own employer"),
        unpaid("C5", 3, "pending"),
        paid("C6", 4, 40, activity="nobody of the university's does this"),
        payments=[
            paid_after(9, "I1", amount=150),  # pays for C1, so it is in the figure already
            paid_after(9, "I2", amount=1000, kind="grant"),
            paid_after(9, "I3", amount=77, payee="stationer", payee_role="other supplier"),
        ],
    )
    row = result.only
    assert row.figure.n == 3
    assert row.figure.value == pytest.approx(0.375)
    assert (row.figure.numerator, row.figure.denominator) == (150, 400)
    # The reach: £150 of the 150 + 40 + 1000 paid to partners.
    assert row.pounds == 150
    assert said(row.left_out) == {
        "paid by their own employer": (1, None),
        "payment still to come": (1, None),
        "no university rate to compare with": (1, 40),
        "money paid with no time recorded": (1, 1000),
    }
    assert said(row.cautions) == {
        "declined payment or gave time as a volunteer, counted at £0": (1, 0)
    }
    [(label, without)] = result.variants
    assert label.startswith("Without time partners declined")
    assert (without.value, without.n) == (pytest.approx(0.5), 2)


def test_the_partnerships_own_rate_comes_before_the_universitys(parity):
    # In p staff earn £20 an hour, in q £40: over both, hours being alike, £30.
    # One partner hour paid £15 each: in p 15/20, in q 15/40, in r, with no staff, 15/30.
    result = parity(
        *three_staff(20),
        *three_staff(40, "T", partnership="q"),
        *(paid(f"C{name}", 1, 15, partnership=name) for name in ("p", "q", "r")),
        by=["partnership"],
    )
    values = {row.labels[0]: row.figure.value for row in result.rows if row.figure.n}
    assert values == {"p": 0.75, "q": 0.375, "r": 0.5}


RATE = {
    "role_group": "staff",
    "activity": "workshop",
    "basis": "gross",
    "kind": "pay scale",
    "source": "s",
}


def test_without_three_people_the_pay_scale_of_the_day_is_the_rate(parity, load):
    load(
        "rate",
        RATE | {"from_on": "2022-08-01", "to_on": "2023-07-31", "hourly_gbp": 10},
        RATE | {"from_on": "2023-08-01", "to_on": None, "hourly_gbp": 30},
        RATE | {"from_on": "2023-08-01", "kind": "floor", "hourly_gbp": 12},
        RATE | {"from_on": "2023-08-01", "role_group": "student", "hourly_gbp": 13},
    )
    two = three_staff(99)[:2]
    # The old scale on its last day, the new one on its first: 15/10 and 15/30.
    days = (date(2023, 7, 31), date(2023, 8, 1))
    rows = [paid(f"C{n}", 1, 15, worked_on=day) for n, day in enumerate(days)]
    result = parity(*two, *rows, by=["month"])
    values = {row.labels[0]: row.figure.value for row in result.rows if row.figure.n}
    assert values == {"2023-07": 1.5, "2023-08": 0.5}


def test_gross_is_compared_with_gross_and_full_cost_with_full_cost(parity):
    # Staff cost £20 gross and £30 with on-costs: 10/20 of one hour, 15/30 of the other.
    result = parity(
        *three_staff(20),
        *three_staff(30, "F", pay_basis="full cost"),
        paid("C1", 1, 10),
        paid("C2", 1, 15, pay_basis="full cost"),
        paid("C3", 1, 99, pay_basis=None),
    )
    assert result.only.figure.denominator == 50
    assert result.only.figure.value == pytest.approx(0.5)
    assert said(result.only.left_out) == {"basis of pay not stated": (1, 99)}


def test_rates_of_another_year_are_not_used(parity):
    # The financial year ends on 31 March: staff of 2023/24 say nothing of an hour in 2022/23.
    result = parity(*three_staff(20), paid("C1", 1, 10, worked_on=date(2023, 3, 31)))
    assert said(result.only.left_out) == {"no university rate to compare with": (1, 10)}


def test_days_half_days_and_sessions_become_hours(parity):
    # 7.5 + 3.75 + 2 (a session of 2 hours) = 13.25 hours at £20 are £265.
    result = parity(
        *three_staff(20),
        paid("C1", 1, 150, unit="day", hours_per_day=None),
        paid("C2", 1, 75, unit="half day", hours_per_day=None),
        paid("C3", 1, 40, unit="session", hours_per_day=2),
    )
    assert result.only.figure.denominator == pytest.approx(265)
    assert result.only.figure.value == pytest.approx(1.0)


def test_pay_of_nought_and_hours_of_nought_and_pay_not_stated(parity):
    result = parity(
        *three_staff(20),
        paid("C1", 2, 0),  # paid nothing: counts at £0
        paid("C2", 0, 10),
        hours("C3", 2, paid_by="university"),
        hours("C4", 2, role_group="student", paid_by="nobody"),  # not a partner's
    )
    assert (result.only.figure.n, result.only.figure.value) == (1, 0)
    assert said(result.only.left_out) == {
        "no hours recorded": (1, 10),
        "pay not stated": (1, None),
    }


def test_money_in_another_currency_is_counted_and_adds_no_pounds(parity):
    result = parity(
        *three_staff(20),
        paid("C1", 1, 10),
        payments=[paid_after(9, "I2", amount=500, currency="XXX")],
    )
    assert said(result.only.left_out) == {"money paid with no time recorded": (1, None)}


def test_a_period_is_of_the_day_worked(parity):
    rows = (paid("C1", 1, 10), paid("C2", 1, 20, worked_on=date(2024, 2, 1)))
    result = parity(*three_staff(20), *rows, start=date(2024, 2, 1), end=date(2024, 2, 29))
    assert (result.only.figure.n, result.only.figure.value) == (1, 1.0)


def test_an_interval_needs_five_partnerships_and_is_that_of_cochran(parity):
    # Five partnerships, £1 an hour by staff, 1 hour each: pay 0.2, 0.4, 0.6, 0.8, 1.0.
    # R = 3/5; Σ(y - R)² = 0.16 + 0.04 + 0 + 0.04 + 0.16 = 0.4; variance 5/4 × 0.4/25 = 0.02.
    # t on 4 = 2.776445 (tables), so 0.6 ∓ 2.776445 × 0.1414214 = 0.6 ∓ 0.392649.
    pay = (0.2, 0.4, 0.6, 0.8, 1.0)
    rows = [paid(f"C{n}", 1, pounds, partnership=f"p{n}") for n, pounds in enumerate(pay)]
    result = parity(*three_staff(1, partnership="x"), *rows)
    found = result.only.figure
    limits = (0.6, 0.207351, 0.992649)
    assert (found.value, found.lower, found.upper) == pytest.approx(limits, abs=1e-6)


def test_four_partnerships_give_no_interval_and_say_so(parity):
    rows = [paid(f"C{n}", 1, 10, partnership=f"p{n}") for n in range(4)]
    found = parity(*three_staff(20), *rows).only.figure
    assert (found.lower, found.upper) == (None, None)
    assert "fewer than 5 partnerships" in found.note


def test_a_rate_that_all_are_compared_with_widens_the_interval(parity):
    # tests/estimators/test_ratio.py: people at £18, £20 and £22, 0.149048 either way of 0.6.
    people = [
        staff(f"S{n}", f"person {n}", 10, 10 * rate, partnership="x")
        for n, rate in enumerate((18, 20, 22))
    ]
    rows = [paid(f"C{n}", 1, 12, partnership=f"p{n}") for n in range(5)]
    found = parity(*people, *rows).only.figure
    limits = (0.6, 0.450952, 0.749048)
    assert (found.value, found.lower, found.upper) == pytest.approx(limits, abs=1e-6)


def test_a_partnerships_own_rate_and_a_pay_scale_add_nothing_to_the_interval(parity, load):
    # Five partnerships with three people of their own at £18, £20 and £22, and five on the scale.
    people = [
        staff(f"S{p}{n}", f"person {p}{n}", 10, 10 * rate, partnership=f"p{p}")
        for p in range(5)
        for n, rate in enumerate((18, 20, 22))
    ]
    load("rate", RATE | {"from_on": "2023-08-01", "hourly_gbp": 20, "activity": "talk"})
    rows = [paid(f"C{n}", 1, 12, partnership=f"p{n}") for n in range(5)]
    rows += [paid(f"T{n}", 1, 12, partnership=f"q{n}", activity="talk") for n in range(5)]
    found = parity(*people, *rows).only.figure
    assert (found.value, found.lower, found.upper) == pytest.approx((0.6, 0.6, 0.6))


def test_a_person_of_many_rows_is_one_person_in_the_spread_of_the_rate(parity):
    # The three people again, each with their ten hours in two rows of unlike pay.
    people = [
        staff(f"S{n}{half}", f"person {n}", 5, 5 * rate + change, partnership="x")
        for n, rate in enumerate((18, 20, 22))
        for half, change in enumerate((-30, 30))
    ]
    rows = [paid(f"C{n}", 1, 12, partnership=f"p{n}") for n in range(5)]
    found = parity(*people, *rows).only.figure
    assert (found.lower, found.upper) == pytest.approx((0.450952, 0.749048), abs=1e-6)


def test_parity_by_basis_of_pay_puts_unpaid_hours_with_gross_pay(parity):
    result = parity(
        *three_staff(20),
        *three_staff(30, "F", pay_basis="full cost"),
        paid("C1", 1, 10),
        unpaid("C2", 1, "not offered"),
        paid("C3", 1, 15, pay_basis="full cost"),
        by=["pay_basis"],
    )
    values = {row.labels[0]: row.figure.value for row in result.rows}
    assert values == {"gross": 0.25, "full cost": 0.5}


@pytest.mark.parametrize("reason", [None, "not offered", "declined", "unknown", "pending"])
def test_an_unpaid_hour_more_never_raises_parity(parity, load, ledger, lead, reason):
    before = parity(*three_staff(20), paid("C1", 10, 150)).only.figure.value
    load("contribution", unpaid("C2", 1, reason), complete_to=AS_OF)
    assert figure(ledger, lead, "compensation_parity").only.figure.value <= before
