"""Money by place, by hand: shared out between places so that they add up to the whole."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from civic_metrics.model import Role, Viewer
from tests.indicators.drawn import AS_OF, said

DISTRICTS = {
    "D1": (0.5, 1000),
    "D2": (0.4, 500),
    "D3": (0.3, None),
    "D4": (0.2, 10),
    "D5": (0.1, 10),
}


def paid(ref, pounds, partnership="p", **more):
    return {
        "payee": "ashby",
        "invoice_ref": ref,
        "partnership": partnership,
        "received_on": date(2024, 1, 1),
        "paid_on": date(2024, 1, 10),
        "amount": pounds,
        "currency": "GBP",
        "payee_role": "partner",
    } | more


@pytest.fixture
def spent(load):
    """Loads five districts of one region, the footprints given and the payments."""

    def loader(footprints, *payments):
        load("place", {"place_code": "E9", "name": "England", "level": "country"})
        load("place", {"place_code": "E1", "name": "North", "level": "region", "parent_code": "E9"})
        load(
            "place",
            *(
                {"place_code": code, "name": code, "level": "local_authority", "parent_code": "E1"}
                | {"deprivation_extent": extent, "population": population}
                for code, (extent, population) in DISTRICTS.items()
            ),
        )
        if footprints:
            load(
                "footprint",
                *({"partnership": p, "place": c, "share": s} for p, c, s in footprints),
            )
        load("payment", *payments, complete_to=AS_OF)

    return loader


@pytest.fixture
def by(ledger, lead):
    def asked(indicator, split, **more):
        rows = figure(ledger, lead, indicator, by=[split], **more).rows
        return {row.labels[0]: row.figure.value for row in rows}

    return asked


def whole(ledger, lead, indicator, **more):
    return figure(ledger, lead, indicator, **more).only


# Money paid to partners.


def test_it_is_everything_paid_to_partners_in_pounds(ledger, lead, spent):
    spent(
        [],
        paid("1", 100),
        paid("2", -20),
        paid("3", 50, partnership=None),
        paid("4", 900, paid_on=None),
        paid("5", 800, payee_role="other supplier"),
        paid("6", 700, payee_role="individual"),
        paid("7", 600, currency="EUR"),
        paid("8", 500, payee_role=None),
    )
    row = whole(ledger, lead, "partner_spend")
    assert (row.figure.value, row.figure.n) == (130, 3)
    assert said(row.left_out) == {
        "not in pounds": (1, None),
        "the records do not say who was paid": (1, 500),
    }


def test_without_stated_shares_places_have_equal_parts_and_a_payment_counts_once(
    ledger, lead, spent, by
):
    spent([("p", "D1", None), ("p", "D2", None)], paid("1", 100), paid("2", 50, partnership="q"))
    assert by("partner_spend", "place") == {"D1": 50, "D2": 50, "no place recorded": 50}
    row = whole(ledger, lead, "partner_spend")
    assert (row.figure.value, row.figure.n, row.pounds) == (150, 2, 150)
    assert by("partner_spend", "region") == {"North": 100, "no place recorded": 50}


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ((0.7, 0.3), {"D1": 70, "D2": 30}),
        ((0.7, None), {"D1": 70, "D2": 30}),  # what is left over
        ((0.7, 0.1), {"D1": 70, "D2": 10, "no place recorded": 20}),
        ((1.0, None), {"D1": 100, "D2": 0}),
        ((1.0, 1.0), {"D1": 50, "D2": 50}),  # a problem of the records; no pound twice
    ],
)
def test_stated_shares_part_the_money_and_no_pound_is_lost(spent, by, shares, expected):
    spent([("p", "D1", shares[0]), ("p", "D2", shares[1])], paid("1", 100))
    assert by("partner_spend", "place") == pytest.approx(expected)


def test_three_thirds_are_one(spent, by):
    spent([("p", code, 0.333) for code in ("D1", "D2", "D3")], paid("1", 99))
    assert by("partner_spend", "place") == pytest.approx({"D1": 33, "D2": 33, "D3": 33})


def test_it_is_split_by_fifth_and_by_where_the_money_was_a_place_can_be_asked_for(
    ledger, lead, spent, by
):
    spent(
        [("p", "D1", 0.6), ("p", "D5", 0.4), ("r", "E1", None)], paid("1", 100), paid("2", 9, "r")
    )
    assert by("partner_spend", "deprivation_fifth") == {
        "1 (most deprived fifth of districts) in England": 60,
        "5 (least deprived fifth of districts) in England": 40,
        "whole region or country": 9,
    }
    assert whole(ledger, lead, "partner_spend", where={"place": ["D5"]}).figure.value == 40
    assert whole(ledger, lead, "partner_spend", where={"place": [None]}).figure.n == 0


def test_a_partner_reads_what_it_was_paid_itself(ledger, load, spent):
    load("organisation", {"organisation": "ashby", "name": "Ashby"})
    spent([("p", "D1", None)], paid("1", 100), paid("2", 50, payee="burton"))
    found = whole(ledger, Viewer(Role.PARTNER, ("ashby",)), "partner_spend").figure
    assert (found.value, found.n) == (100, 1)


# The share of all money.


def test_the_share_is_of_money_paid_to_everybody(ledger, lead, spent):
    spent(
        [],
        paid("1", 100),
        paid("2", 250, payee_role="other supplier"),
        paid("3", 50, payee_role="individual"),
        paid("4", 999, payee_role="not known"),
    )
    row = whole(ledger, lead, "partner_spend_share")
    assert (row.figure.value, row.figure.n) == (0.25, 3)
    assert said(row.left_out) == {"the records do not say who was paid": (1, 999)}


def test_the_share_is_withheld_from_those_who_see_a_part(ledger, spent):
    spent([], paid("1", 100))
    row = whole(ledger, Viewer(Role.PARTNER, ("ashby",)), "partner_spend_share")
    assert (row.figure.n, row.figure.value) == (0, None)


# Per head.


def test_per_head_the_people_of_a_place_count_once(ledger, lead, spent, by):
    spent(
        [("p", "D1", None), ("p", "D2", None), ("q", "D1", None), ("s", "D3", None)],
        paid("1", 1000),
        paid("2", 500, "q"),
        paid("3", 7, "s"),
        paid("4", 3, None),
    )
    # D1: 500 and 500 over 1,000 people; D2: 500 over 500.
    assert by("spend_per_head", "place") == {
        "D1": 1.0,
        "D2": 1.0,
        "D3": None,
        "no place recorded": None,
    }
    row = whole(ledger, lead, "spend_per_head")
    assert (row.figure.numerator, row.figure.denominator) == (1500, 1500)
    assert row.figure.n == 3  # payments by place: the first is in two
    assert said(row.left_out) == {
        "the population of the place is not held": (1, 7),
        "no place recorded": (1, 3),
    }


def test_per_head_in_a_period_is_over_the_same_people(ledger, lead, spent):
    spent(
        [("p", "D1", None)],
        paid("1", 1000),
        paid("2", 3000, paid_on=date(2023, 1, 10), received_on=date(2023, 1, 1)),
    )
    in_2024 = whole(ledger, lead, "spend_per_head", start=date(2024, 1, 1)).figure
    assert (in_2024.value, in_2024.denominator) == (1.0, 1000)
    assert whole(ledger, lead, "spend_per_head").figure.value == 4.0


# The most deprived fifth.


def test_the_most_deprived_fifth_is_set_over_money_in_known_districts(ledger, lead, spent):
    spent(
        [("p", "D1", 0.25), ("p", "D5", 0.75), ("r", "E1", None)],
        paid("1", 100),
        paid("2", 60, "r"),
        paid("3", 40, "nowhere"),
    )
    row = whole(ledger, lead, "spend_in_most_deprived_fifth_share")
    assert (row.figure.value, row.figure.denominator, row.figure.n) == (0.25, 100, 1)
    assert said(row.left_out) == {"larger than one district": (1, 60), "no place recorded": (1, 40)}
    assert row.figure.lower is None
    assert "no interval" in row.figure.note
