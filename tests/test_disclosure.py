"""What may be shown of a table: thresholds, rounding, and what goes with what is withheld."""

from __future__ import annotations

from random import Random

import pytest

from civic_metrics.disclosure import (
    ALL,
    ALL_YEARS,
    HESA,
    OFQUAL,
    PROFILES,
    Cell,
    Key,
    Table,
    is_safe,
    rounded_count,
    shown,
    why_unsafe,
    withhold,
)
from civic_metrics.disclosure.cells import together
from civic_metrics.disclosure.rounding import Rounded
from civic_metrics.disclosure.safety import keep_their_secret
from civic_metrics.model import Figure, Unit

ROOT = Key(ALL, None, ALL_YEARS)


def cell(*rows, people=0):
    """A cell of so many contributors with those rows; the first few are individuals."""
    held = {f"c{number}": (float(one),) for number, one in enumerate(rows)}
    return Cell(held, people=frozenset(list(held)[:people]))


def why(*rows, people=0, unit=Unit.DAYS, profile=HESA):
    return why_unsafe(cell(*rows, people=people), (unit,), profile, "partners")


# What a cell is itself.


def test_six_contributors_of_a_size_may_be_shown_and_five_may_not():
    assert why(*[2] * 6) == ""
    assert why(*[2] * 5) == "fewer than 6 partners"
    assert why(*[200] * 5) == "fewer than 6 partners"  # however many rows


def test_none_may_be_over_half_nor_over_half_of_the_rest_for_the_next_largest():
    # 5 of 10 is half; but the one with 1 sees 5 of the other 9.
    assert why(5, 1, 1, 1, 1, 1) == "one or two of the partners make up most of it"
    # 5 of 12: the next, with 2, sees 5 of the other 10.
    assert why(5, 2, 2, 1, 1, 1) == ""


def test_what_the_figure_weighs_by_must_be_spread_as_well_as_the_rows():
    held = {f"c{number}": (2.0, 100.0 if number == 0 else 1.0) for number in range(8)}
    assert not is_safe(Cell(held), (Unit.POUND_FOR_POUND,), HESA)


@pytest.mark.parametrize(
    ("people", "unit", "profile", "safe"),
    [
        (22, Unit.SHARE, HESA, False),  # a percentage needs 22.5 individuals
        (23, Unit.SHARE, HESA, True),
        (7, Unit.DAYS, HESA, False),  # an average more than 7
        (8, Unit.DAYS, HESA, True),
        (6, Unit.SHARE, OFQUAL, True),
        (6, Unit.DAYS, OFQUAL, True),
    ],
)
def test_people_are_counted_by_the_published_rules(people, unit, profile, safe):
    assert is_safe(cell(*[1] * people, people=people), (unit,), profile) is safe


def test_organisations_are_not_counted_as_people():
    assert is_safe(cell(*[1] * 7, people=3), (Unit.SHARE,), HESA)
    assert why(*[1] * 7, people=4, unit=Unit.SHARE) == "fewer than 23 people"


def test_every_profile_has_a_name_and_a_source():
    assert {name: profile.name for name, profile in PROFILES.items()} == {
        "hesa": "hesa",
        "ofqual": "ofqual",
    }
    assert all(profile.source for profile in PROFILES.values())


# How it is written.


@pytest.mark.parametrize(
    ("n", "written"), [(0, 0), (1, 0), (2, 0), (3, 5), (5, 5), (7, 5), (8, 10), (1247, 1245)]
)
def test_counts_are_to_the_nearest_five(n, written):
    assert rounded_count(n, HESA) == written


@pytest.mark.parametrize(
    ("unit", "value", "lower", "upper", "written"),
    [
        (Unit.SHARE, 0.625, 0.509, 0.731, (0.63, 0.50, 0.74, "")),
        (Unit.DAYS, 34.5, 31.2, 36.0, (35, 31, 36, "")),
        (Unit.POUND_FOR_POUND, 0.62, 0.51, 0.73, (0.60, 0.50, 0.75, "")),
        (Unit.YEARS, 6.3, 2.9, None, (6.5, 2.5, None, "")),
    ],
)
def test_values_are_rounded_and_intervals_widened(unit, value, lower, upper, written):
    found = shown(Figure(n=21, value=value, lower=lower, upper=upper), unit, HESA)
    assert found == Rounded(*written[:3], 20, written[3])


@pytest.mark.parametrize(
    ("unit", "value", "written", "beyond"),
    [
        (Unit.SHARE, 1.0, 0.95, "or more"),
        (Unit.SHARE, 0.946, 0.95, "or more"),
        (Unit.SHARE, 0.0, 0.05, "or less"),
        (Unit.DAYS, 1.2, 5, "or less"),
        (Unit.POUND_FOR_POUND, 0.0, 0.10, "or less"),
    ],
)
def test_at_the_ends_only_how_far_is_said_and_no_interval(unit, value, written, beyond):
    found = shown(Figure(n=21, value=value, lower=0.1, upper=1.0), unit, HESA)
    assert found == Rounded(written, None, None, 20, beyond)


def test_a_figure_without_a_value_has_its_rounded_n_alone():
    found = shown(Figure(n=13, note="3 of 13 not followed"), Unit.YEARS, HESA)
    assert found == Rounded(None, None, None, 15)


# What goes with what is withheld.


def table(dimensions, *, hits=None, overlapping=()):
    """A table of one year: a dimension -> its groups -> the rows of each contributor by name.

    `hits` is how many rows in all are in time, by group; half of those of the others.
    """
    cells, everyone, of_each = {}, {}, {}
    for dimension, groups in dimensions.items():
        of_each[dimension] = 0
        for group, held in groups.items():
            in_time = (hits or {}).get(group, sum(held.values()) / 2)
            cells[Key(dimension, group, ALL_YEARS)] = _with_share(held, in_time)
            everyone |= held
            of_each[dimension] += in_time
    cells[ROOT] = _with_share(everyone, next(iter(of_each.values())))
    return Table(cells, (Unit.SHARE,), frozenset(overlapping))


def _with_share(held, hits):
    n = sum(held.values())
    figure = Figure(n=n, value=hits / n, numerator=hits, denominator=n)
    return Cell({name: (float(rows),) for name, rows in held.items()}, (figure,))


def partners(first, last, rows=4):
    return {f"p{number}": rows for number in range(first, last + 1)}


def groups_withheld(outcome):
    return {key.group for key in outcome.withheld}


def test_a_single_gap_takes_the_smallest_other_that_hides_it():
    kinds = {
        "council": partners(1, 3),
        "charity": partners(11, 17),
        "school": partners(21, 29),
        "museum": partners(31, 42),
    }
    outcome = withhold(table({"kind": kinds}), HESA)
    assert outcome.withheld == {
        Key("kind", "council", ALL_YEARS): "fewer than 6 partners",
        Key("kind", "charity", ALL_YEARS): "withheld so that another cannot be worked out",
    }
    assert outcome.not_broken_down == frozenset()


def test_two_gaps_that_together_are_too_few_take_a_third():
    kinds = {"a": partners(1, 2), "b": partners(3, 4), "c": partners(11, 19), "d": partners(21, 32)}
    assert groups_withheld(withhold(table({"kind": kinds}), HESA)) == {"a", "b", "c"}


def test_gaps_that_together_are_enough_take_nothing_more():
    kinds = {"a": partners(1, 4), "b": partners(5, 8), "c": partners(11, 19)}
    assert groups_withheld(withhold(table({"kind": kinds}), HESA)) == {"a", "b"}


def test_what_cannot_be_hidden_is_not_broken_down_and_its_groups_are_not_named():
    kinds = {"council": partners(1, 3), "charity": partners(11, 11 + 5, rows=1)}
    outcome = withhold(table({"kind": kinds}), HESA)
    assert (outcome.shown, dict(outcome.withheld)) == ({ROOT}, {})
    assert outcome.not_broken_down == {("kind", ALL_YEARS)}


def test_gaps_that_are_all_alike_take_one_that_differs():
    # All 32 invoices of the two gaps were in time: whoever knows that of both knows it of each.
    kinds = {"a": partners(1, 4), "b": partners(5, 8), "c": partners(11, 19)}
    alike = table({"kind": kinds}, hits={"a": 16, "b": 16})
    assert groups_withheld(withhold(alike, HESA)) == {"a", "b", "c"}


def test_where_all_are_alike_nothing_is_broken_down():
    kinds = {"a": partners(1, 4), "b": partners(5, 8), "c": partners(11, 19)}
    alike = table({"kind": kinds}, hits={"a": 16, "b": 16, "c": 36})
    outcome = withhold(alike, HESA)
    assert (outcome.shown, outcome.not_broken_down) == ({ROOT}, {("kind", ALL_YEARS)})


def test_a_total_that_is_not_safe_has_no_parts():
    outcome = withhold(table({"kind": {"a": partners(1, 2), "b": partners(3, 5)}}), HESA)
    assert (outcome.shown, dict(outcome.withheld)) == (set(), {ROOT: "fewer than 6 partners"})
    assert outcome.not_broken_down == frozenset()


def test_a_year_that_is_withheld_takes_another_and_has_no_parts():
    cells = {
        Key(ALL, None, "2022/23"): _with_share(partners(1, 3), 6),
        Key(ALL, None, "2023/24"): _with_share(partners(1, 9), 18),
        Key(ALL, None, "2024/25"): _with_share(partners(1, 12), 24),
        Key("kind", "a", "2022/23"): _with_share(partners(1, 3), 6),
        Key("kind", "a", "2024/25"): _with_share(partners(1, 12), 24),
        ROOT: _with_share(partners(1, 12, rows=8), 48),
    }
    outcome = withhold(Table(cells, (Unit.SHARE,)), HESA)
    assert {key.year for key in outcome.withheld} == {"2022/23", "2023/24"}
    assert outcome.shown == {ROOT, Key(ALL, None, "2024/25"), Key("kind", "a", "2024/25")}


def test_a_group_within_another_whose_rest_is_one_partner_goes():
    # The theme is the seven museums and one charity more: the difference is that charity.
    museums, charities = partners(1, 7), partners(11, 22)
    drawn = {
        "kind": {"museum": museums, "charity": charities, "school": partners(31, 44)},
        "theme": {"arts": museums | partners(11, 11), "health": charities | partners(31, 44)},
    }
    outcome = withhold(table(drawn, overlapping={"theme"}), HESA)
    assert Key("kind", "museum", ALL_YEARS) in outcome.withheld


FOUR_KINDS = {  # councils and charities are withheld: p1 to p3 and p11 to p17 are known together
    "council": partners(1, 3),
    "charity": partners(11, 17),
    "school": partners(21, 29),
    "museum": partners(31, 42),
}


def test_a_group_that_is_all_of_the_gaps_but_what_is_unsafe_goes():
    others = FOUR_KINDS["council"] | FOUR_KINDS["school"] | FOUR_KINDS["museum"]
    drawn = {"kind": FOUR_KINDS, "size": {"small": FOUR_KINDS["charity"], "large": others}}
    assert Key("size", "small", ALL_YEARS) not in withhold(table(drawn), HESA).shown


def test_a_group_that_is_one_partner_more_than_the_gaps_goes():
    more = FOUR_KINDS["council"] | FOUR_KINDS["charity"] | partners(21, 21)
    drawn = {"kind": FOUR_KINDS, "size": {"small": more, "large": partners(22, 29)}}
    drawn["size"]["large"] |= FOUR_KINDS["museum"]
    assert Key("size", "small", ALL_YEARS) not in withhold(table(drawn), HESA).shown


def test_all_but_one_partner_in_a_theme_gives_that_one_away():
    drawn = {"theme": {"arts": partners(1, 12), "health": partners(6, 13)}}
    outcome = withhold(table(drawn, overlapping={"theme"}), HESA)
    assert Key("theme", "arts", ALL_YEARS) not in outcome.shown


def keeps(*gaps, unit=Unit.DAYS):
    cells = []
    for number, held in enumerate(gaps):
        named = {f"{number}-{name}": rows for name, rows in held.items()}
        cells.append(_with_share(named, 10 * sum(named.values())))  # 10 days each
    return keep_their_secret(cells, (unit,), HESA, overlap=False)


def test_a_gap_alone_keeps_nothing():
    assert not keeps(partners(1, 9))
    assert keeps(partners(1, 9), partners(1, 9))


def test_the_rows_of_a_gap_are_not_known_to_five():
    # 5 and 6 rows: the first has 1 at least, the other 6, as it is withheld for the first alone.
    assert not keeps(partners(1, 5, rows=1), partners(1, 6, rows=1))
    assert keeps(partners(1, 5, rows=1), partners(1, 6, rows=2))


def test_one_who_is_in_both_of_two_overlapping_gaps_counts_once():
    gaps = [cell(3, 2), cell(5)]
    assert together(gaps, overlap=True).contributors == {"c0": (5.0,), "c1": (2.0,)}
    assert together(gaps).contributors == {"c0": (8.0,), "c1": (2.0,)}


def test_without_anything_unsafe_nothing_is_withheld():
    kinds = {"a": partners(1, 7), "b": partners(11, 18)}
    outcome = withhold(table({"kind": kinds}), HESA)
    assert (len(outcome.shown), dict(outcome.withheld)) == (3, {})


def test_the_order_of_the_cells_does_not_matter():
    kinds = {"a": partners(1, 2), "b": partners(3, 4), "c": partners(11, 19), "d": partners(21, 29)}
    whole = table({"kind": kinds, "size": {"small": partners(1, 19), "large": partners(20, 29)}})
    first = withhold(whole, HESA)
    for seed in range(5):
        keys = list(whole.cells)
        Random(seed).shuffle(keys)
        shuffled = Table({key: whole.cells[key] for key in keys}, whole.units)
        assert withhold(shuffled, HESA) == first
