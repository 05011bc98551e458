"""Published figures of places beside their comparators, by hand."""

import pytest

from civic_metrics import words
from civic_metrics.compute import figure
from civic_metrics.model import Status
from tests.indicators.drawn import said

NI_7 = "NI 7"


def statistic(value, **more):
    return {
        "measure": NI_7,
        "place": "E06000016",
        "period": "2008/09",
        "value": value,
        "numerator": None,
        "denominator": None,
        "unit": "percent",
        "comparator": "England",
        "comparator_value": 16.2,
        "note": None,
        "source": "Leicester Partnership News",
    } | more


@pytest.fixture
def published(ledger, load, lead):
    load("place", {"place_code": "E06000016", "name": "Leicester", "level": "local_authority"})
    load("place", {"place_code": "E06000017", "name": "Rutland", "level": "local_authority"})

    def asked(indicator, *rows, **more):
        if rows:
            load("place_statistic", *rows)
        return figure(ledger, lead, indicator, **more)

    return asked


def test_nineteen_point_six_against_sixteen_point_two_is_three_point_four_points(published):
    # DOMAIN.md section 7: +3.4 percentage points, and not 21%; no local counts are published.
    result = published("difference_from_comparator", statistic(19.6))
    found = result.only.figure
    assert found.value == pytest.approx(0.034)
    assert words.short(found.value, result.indicator.unit) == "3.4 percentage points"
    assert (found.lower, found.upper) == (None, None)
    assert "19.6% against 16.2% for England" in found.note
    assert "not assessed" in found.note
    assert "counts behind it are not published" in found.note
    assert result.only.status is Status.NOT_ASSESSED
    assert result.as_of is None


@pytest.mark.parametrize(
    ("part", "whole", "verdict"),
    [
        (196, 1000, "clearly higher"),  # Wilson 17.3% to 22.2%
        (98, 500, "clearly higher"),  # 16.4% to 23.3%
        (49, 250, "no clear difference"),  # 15.1% to 25.0%
    ],
)
def test_with_counts_the_places_interval_is_held_against_the_comparators_value(
    published, part, whole, verdict
):
    row = statistic(19.6, numerator=part, denominator=whole)
    found = published("difference_from_comparator", row).only.figure
    assert found.note.endswith(verdict)
    assert (found.lower > 0) == (verdict == "clearly higher")
    assert found.lower <= found.value <= found.upper


def test_wilson_of_the_place_less_the_comparators_value(published):
    row = statistic(20, numerator=20, denominator=100, comparator_value=30)
    found = published("difference_from_comparator", row).only.figure
    # Wilson of 20 in 100 is 13.3% to 28.9% (Newcombe 1998).
    assert (found.lower, found.upper) == pytest.approx((-0.167, -0.011), abs=0.001)
    assert found.note.endswith("clearly lower")


def test_the_share_itself_stands_beside_it(published):
    result = published("published_share", statistic(19.6, numerator=196, denominator=1000))
    found = result.only.figure
    assert found.value == pytest.approx(0.196)
    assert (found.numerator, found.denominator) == (196, 1000)
    assert (found.lower, found.upper) == pytest.approx((0.173, 0.222), abs=0.001)


def test_figures_of_several_places_or_measures_are_never_pooled(published):
    rows = [statistic(19.6), statistic(10, place="E06000017"), statistic(5, measure="NI 1")]
    only = published("difference_from_comparator", *rows).only.figure
    assert (only.n, only.value) == (3, None)
    assert "not pooled" in only.note
    result = published("difference_from_comparator", by=["measure", "place"])
    assert {row.labels: round(row.figure.value, 3) for row in result.rows} == {
        ("NI 1", "Leicester"): -0.112,
        ("NI 7", "Leicester"): 0.034,
        ("NI 7", "Rutland"): -0.062,
    }


def test_what_is_no_percentage_not_the_latest_or_has_no_comparator_is_left_out(published):
    rows = [
        statistic(19.6),
        statistic(18.0, period="2006/07"),
        statistic(80.1, measure="life expectancy", unit="years", comparator_value=81),
        statistic(5, measure="a", comparator_value=None),
        statistic(None, measure="b"),
    ]
    row = published("difference_from_comparator", *rows).only
    assert row.figure.value == pytest.approx(0.034)
    assert said(row.left_out) == {
        "an earlier period than the latest published": (1, None),
        "no comparator published": (1, None),
        "no figure was published": (1, None),
        "not a percentage: shown as published beside the place": (1, None),
    }


def test_a_share_is_read_as_one_and_a_note_is_passed_on(published):
    row = statistic(0.2, unit="share", comparator_value=0.16, note="rounded to whole percent")
    only = published("difference_from_comparator", row).only
    assert only.figure.value == pytest.approx(0.04)
    assert said(only.cautions) == {"rounded to whole percent": (1, None)}


def test_a_place_can_be_asked_for(published):
    rows = [statistic(19.6), statistic(10, place="E06000017")]
    row = published("difference_from_comparator", *rows, where={"place": ["E06000017"]}).only
    assert row.figure.value == pytest.approx(-0.062)
