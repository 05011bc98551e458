"""The bands of days to pay, by number and by value, by hand."""

import pytest

from civic_metrics.compute import figure
from civic_metrics.indicators import INDICATORS
from civic_metrics.model import Role, Viewer
from tests.indicators.drawn import AS_OF, open_for, paid_after, said

BANDS = ("paid_within_30_days", "paid_31_to_60_days", "paid_after_60_days")


@pytest.fixture
def asked(ledger, load, lead):
    def found(indicator, *payments, **how):
        if payments:
            load("payment", *payments, complete_to=AS_OF)
        return figure(ledger, lead, indicator, **how).only

    return found


def test_day_30_day_31_day_60_and_day_61_fall_in_their_bands(asked):
    asked(BANDS[0], *[paid_after(day, str(day)) for day in (30, 31, 60, 61)], open_for(60, "open"))
    assert [asked(band).figure.value for band in BANDS] == [1 / 4, 2 / 4, 1 / 4]
    assert asked("paid_within_60_days").figure.value == 3 / 4


def test_by_value_each_pound_counts_once(asked):
    # £300 after 30 days, £100 after 60 and £600 after 61, of £1,000 in all.
    asked(
        BANDS[0],
        paid_after(30, "1", amount=300),
        paid_after(60, "2", amount=100),
        paid_after(61, "3", amount=600),
        paid_after(9, "4", amount=50, currency="EUR"),
    )
    shares = [asked(f"{band}_by_value").figure for band in BANDS]
    assert [share.value for share in shares] == pytest.approx([0.3, 0.1, 0.6])
    assert {share.denominator for share in shares} == {1000}
    assert said(asked("paid_after_60_days_by_value").left_out) == {"not in pounds": (1, None)}


def test_payees_without_a_partnership_count_one_by_one_in_the_range_by_value(asked):
    payees = [
        paid_after(10 * n, "1", payee=f"payee {n}", partnership=None, amount=100 * n)
        for n in range(1, 6)
    ]
    # Five payees are enough for a range, though none has a partnership: £600 of £1,500 by day 30.
    found = asked("paid_within_30_days_by_value", *payees).figure
    assert found.value == pytest.approx(0.4)
    assert found.lower < 0.4 < found.upper


def test_only_payees_known_to_be_small_count_as_small(asked):
    found = asked(
        "small_paid_within_30_days",
        paid_after(30, "1", payee_is_small=True),
        paid_after(31, "2", payee_is_small=True),
        paid_after(31, "3", payee_is_small=False),
        paid_after(31, "4"),
    )
    assert (found.figure.numerator, found.figure.denominator) == (1, 2)
    reason = "not recorded whether the payee has fewer than 50 employees"
    assert said(found.left_out) == {reason: (1, 100)}


def test_a_share_paid_in_advance_is_of_all_that_was_paid(asked):
    found = asked(
        "paid_in_advance_share",
        paid_after(-1, "1"),
        paid_after(-9, "2", is_advance_agreed=True),
        paid_after(0, "3"),
        paid_after(5, "4", kind="grant"),
        open_for(60, "5"),
    )
    assert (found.figure.numerator, found.figure.denominator) == (2, 3)
    assert said(found.cautions) == {"payment in advance was agreed": (1, 100)}
    assert said(found.left_out) == {"grant, which runs from its due date": (1, 100)}


def test_a_partner_sees_the_bands_of_its_own_payments_only(ledger, asked):
    asked(BANDS[0], paid_after(10, "1"), paid_after(40, "2", payee="burton"))
    ashby = Viewer(Role.PARTNER, ("ashby",))
    assert figure(ledger, ashby, "paid_within_30_days").only.figure.value == 1


def test_partners_are_set_beside_all_other_suppliers(asked):
    first = asked(
        "paid_after_60_days", paid_after(61, "1"), paid_after(9, "2", payee_role="other supplier")
    )
    assert first.figure.value == 1 / 2
    indicator = INDICATORS["paid_after_60_days"]
    partners, others = indicator.partner_filter, indicator.others_filter
    shares = [
        asked("paid_after_60_days", where={name: [kind] for name, kind in people.items()})
        for people in (partners, others)
    ]
    assert [share.figure.value for share in shares] == [1, 0]
