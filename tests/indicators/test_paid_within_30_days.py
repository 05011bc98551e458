"""The share paid within 30 days, by hand."""

import pytest

from civic_metrics.compute import figure
from civic_metrics.model import Status
from tests.indicators.drawn import AS_OF, open_for, paid_after


def share(ledger, load, lead, *days):
    rows = [paid_after(day, str(n)) for n, day in enumerate(days)]
    load("payment", *rows, open_for(60, "open"), complete_to=AS_OF)
    return figure(ledger, lead, "paid_within_30_days").only


def test_thirty_days_is_within_and_thirty_one_is_not(ledger, load, lead):
    found = share(ledger, load, lead, 0, 29, 30, 31).figure
    assert (found.numerator, found.denominator, found.value) == (3, 4, 0.75)


def test_received_on_1_june_and_paid_on_1_july_is_within(ledger, load, lead):
    day = {"received_on": "2023-06-01", "paid_on": "2023-07-01"}
    load("payment", paid_after(0, "1") | day, complete_to=AS_OF)
    assert figure(ledger, lead, "paid_within_30_days").only.figure.value == 1


def test_the_interval_is_wilsons(ledger, load, lead):
    # 8 of 10, z = 1.959964: (0.8 + z²/20 ∓ z √(0.016 + z²/400)) / (1 + z²/10) = 0.4902 to 0.9433
    # (Newcombe 1998 method 3; R's prop.test(8, 10, correct = FALSE)).
    found = share(ledger, load, lead, *[10] * 8, 50, 60).figure
    assert (found.lower, found.upper) == pytest.approx((0.4902, 0.9433), abs=5e-5)


@pytest.mark.parametrize(("target", "expected"), [(0.4, Status.BETTER), (0.9, Status.SIMILAR)])
def test_the_status_is_against_the_target_in_force(ledger, load, lead, target, expected):
    row = {"threshold": "paid_within_30_days", "from_on": "2024-01-01", "value": target}
    load("threshold", row | {"unit": "share", "meaning": "m", "source": "s"})
    assert share(ledger, load, lead, *[10] * 8, 50, 60).status is expected
