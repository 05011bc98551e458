"""Hours paid what the rate card of the day gives, by hand."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, paid, said, unpaid

CARD = {"role_group": "partner", "basis": "gross", "kind": "agreed rate card", "source": "s"}


@pytest.fixture
def share(ledger, load, lead):
    def asked(*contributions, **how):
        load("contribution", *contributions, complete_to=AS_OF)
        return figure(ledger, lead, "at_rate_card_share", **how)

    return asked


def card(load, *rows):
    load("rate", *(CARD | {"activity": "workshop", "to_on": None} | row for row in rows))


def test_hours_at_or_above_the_card_over_the_hours_it_speaks_of(share, load):
    # £15 an hour is agreed. 4 hours at £15 and 2 at £20 keep it; 3 at £14 and 1 unpaid do not.
    card(load, {"from_on": "2023-08-01", "hourly_gbp": 15})
    result = share(
        paid("C1", 4, 60),
        paid("C2", 2, 40),
        paid("C3", 3, 42),
        unpaid("C4", 1, "declined"),
        paid("C5", 9, 90, activity="no card speaks of this"),
        paid("C6", 9, 900, pay_basis="full cost"),
        paid("C7", 9, 9, role_group="student"),  # not a partner's
    )
    row = result.only
    assert (row.figure.numerator, row.figure.denominator, row.figure.n) == (6, 10, 4)
    assert said(row.left_out) == {"no agreed rate for the activity on the day": (2, 990)}
    assert said(row.cautions) == {
        "declined payment or gave time as a volunteer, counted at £0": (1, 0)
    }
    [(_, without)] = result.variants
    assert without.value == pytest.approx(6 / 9)


def test_twenty_minutes_at_the_agreed_rate_are_at_the_agreed_rate(share, load):
    # A third of an hour at £12.50 is £4.1666: £4.17 keeps the card, £4.16 does not.
    card(load, {"from_on": "2023-08-01", "hourly_gbp": 12.5})
    result = share(
        paid("C1", 1 / 3, 4.17), paid("C2", 1 / 3, 4.16, partnership="q"), by=["partnership"]
    )
    assert {row.labels[0]: row.figure.value for row in result.rows} == {"p": 1, "q": 0}


def test_the_card_is_that_of_the_day_worked(share, load):
    card(
        load,
        {"from_on": "2022-08-01", "to_on": "2023-07-31", "hourly_gbp": 10},
        {"from_on": "2023-08-01", "hourly_gbp": 15},
    )
    days = (date(2023, 7, 31), date(2023, 8, 1))
    rows = [paid(f"C{n}", 1, 12, worked_on=day) for n, day in enumerate(days)]
    values = {row.labels[0]: row.figure.value for row in share(*rows, by=["month"]).rows}
    assert values == {"2023-07": 1, "2023-08": 0}


def test_a_pay_scale_or_a_floor_is_no_rate_card(share, load):
    card(
        load,
        {"from_on": "2023-08-01", "hourly_gbp": 15, "kind": "pay scale"},
        {"from_on": "2023-08-01", "hourly_gbp": 15, "kind": "floor"},
        {"from_on": "2023-08-01", "hourly_gbp": 15, "role_group": "student"},
    )
    assert share(paid("C1", 1, 12)).only.figure.n == 0
