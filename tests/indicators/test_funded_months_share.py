"""What share of the months of relationships was funded, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said


@pytest.fixture
def months(ledger, load, lead):
    def asked(partnerships, fundings):
        load("partnership", *partnerships, complete_to=AS_OF)
        if fundings:
            load("funding", *fundings)
        return figure(ledger, lead, "funded_months_share")

    return asked


def of_2023(name, **more):
    """A partnership of the twelve months of 2023."""
    row = {"partnership": name, "name": name, "started_on": "2023-01-20"}
    return row | {"ended_on": "2023-12-03"} | more


def grant(partnership, ref, first, last, **more):
    row = {"partnership": partnership, "reference": ref, "status": "awarded"}
    return row | {"from_on": first, "to_on": last} | more


def test_a_month_with_a_day_of_funding_is_funded_and_counts_once(months):
    # Two grants overlap in April: March to June is 4 months of 12. The end of the second lies
    # beyond the partnership's, where only October to December count: 3 more.
    row = months(
        [of_2023("p")],
        [
            grant("p", "1", "2023-03-31", "2023-04-30"),
            grant("p", "2", "2023-04-01", "2023-06-01"),
            grant("p", "3", "2023-10-15", "2024-06-30"),
        ],
    ).only
    assert (row.figure.numerator, row.figure.denominator) == (7, 12)
    assert row.figure.value == pytest.approx(7 / 12)


def test_one_still_going_counts_to_the_as_of_date(months):
    # December 2023 to March 2024 are four months, one of them funded; a bid is not funding.
    row = months(
        [{"partnership": "p", "name": "P", "started_on": "2023-12-31"}],
        [
            grant("p", "1", "2024-02-01", "2024-02-29"),
            grant("p", "2", "2024-01-01", "2024-03-31", status="bid"),
        ],
    ).only
    assert (row.figure.numerator, row.figure.denominator) == (1, 4)


def test_with_no_funding_recorded_it_is_left_out_and_in_the_variant_unfunded(months):
    result = months(
        [of_2023("a"), of_2023("b"), of_2023("c"), {"partnership": "d", "name": "D"}],
        [
            grant("a", "1", "2023-01-01", "2023-06-30"),
            grant("c", "1", "2023-01-01", None),
        ],
    )
    assert (result.only.figure.n, result.only.figure.value) == (1, 0.5)
    assert said(result.only.left_out) == {
        "no funding recorded": (1, None),
        "no funding with its first and last day": (1, None),
        "no start date": (1, None),
    }
    label, variant = result.variants[0]
    assert "unfunded throughout" in label
    assert (variant.n, variant.value) == (2, 0.25)


def test_funding_wholly_outside_the_relationship_funds_none_of_its_months(months):
    row = months([of_2023("p")], [grant("p", "1", "2021-01-01", "2022-12-31")]).only
    assert (row.figure.n, row.figure.numerator, row.figure.value) == (1, 0, 0)


def test_where_some_funding_has_no_dates_that_is_said(months):
    row = months(
        [of_2023("p")],
        [grant("p", "1", "2023-01-01", "2023-06-30"), grant("p", "2", None, "2023-12-31")],
    ).only
    assert said(row.cautions) == {"some of its funding has no dates and is not counted": (1, None)}


def test_long_relationships_weigh_more_and_five_give_an_interval(months):
    # Four of twelve months unfunded but for one each; one of three months, all funded: 7 of 51.
    four = [of_2023(name) for name in "abcd"]
    short = {"partnership": "e", "name": "E", "started_on": "2024-01-01"}
    grants = [grant(name, "1", "2023-05-01", "2023-05-31") for name in "abcd"]
    row = months([*four, short], [*grants, grant("e", "1", "2024-01-01", AS_OF.isoformat())]).only
    assert row.figure.value == pytest.approx(7 / 51)
    assert row.figure.lower < 7 / 51 < row.figure.upper
