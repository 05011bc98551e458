"""Two names of one organisation, however finance wrote them, and what an unknown one may be."""

import itertools

import pytest

from civic_metrics.intake.names.likely import Lookalikes, one_letter_apart
from civic_metrics.intake.naming import core_name

KNOWN = (
    ("food", "Ashby Food Bank Ltd"),
    ("youth", "Burton & District Youth"),
    ("hub", "The Hub"),
    ("long", "Firthmoor & District Community Association"),
    ("john", "Saint John's Church"),
    ("cut", "Tiddlywinks Nursery-Clayton No.4 Ac"),
    ("coop", "Hopton Co-operative Bakery Limited"),
)


def suggested(text, pairs=KNOWN, numbers=None):
    """(identifier, reason, whether strong) of what the name may be."""
    [found] = Lookalikes(pairs, numbers).suggest([text])
    return [(one.suggestion.id, one.suggestion.reason, one.is_strong) for one in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Ashby Food Bank", "ASHBY FOOD BANK LIMITED"),
        ("Ashby Food Bank CIC", "Ashby Food Bank Community Interest Company"),
        ("Ashby Food Bank PLC", "Ashby Food Bank Public Limited Company"),
        ("Ashby & Burton LLP", "Ashby and Burton Limited Liability Partnership"),
        ("Ashby Arts CIO", "Ashby Arts Charitable Incorporated Organisation"),
        ("St. Mary's Hall", "Saint Marys Hall"),
        ("Hopton Co-op", "Hopton Cooperative Ltd."),
        ("Salt & Light", "Salt and Light (Registered Charity)"),
    ],
)
def test_how_a_name_is_constituted_and_its_small_words_do_not_tell_two_apart(one, other):
    assert core_name(one) == core_name(other)


def test_a_name_of_nothing_but_small_words_stays_itself():
    assert core_name("The Ltd") == "the ltd"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ashby Food Bank Ltd", [("food", "the same but for “The”", True)]),
        ("Ashby Food Bank", [("food", "the same but for “Ltd”", True)]),
        ("Hub", [("hub", "the same but for “The”", True)]),
        ("St Johns Church", [("john", "the same but for “St” and “Saint”", True)]),
        ("Ashby Foodbank", [("food", "the same but for blanks", True)]),
        ("Food Bank Ashby", [("food", "the same words in another order", True)]),
        ("Ashby Fod Bank", [("food", "one letter differs", True)]),
        (
            "Firthmoor & District Community Associati",
            [("long", "cut off after 40 characters", True)],
        ),
        (
            "Tiddlywinks Nursery-Clayton No.4 Account",
            [("cut", "cut off after 35 characters", True)],
        ),
        ("Hopton Co-op Bakery Limi", [("coop", "cut off after 24 characters", True)]),
        ("Ashby Food Bank Society", [("food", "spelt much alike", False)]),
        ("Somebody Else Entirely", []),
    ],
)
def test_what_an_unknown_name_may_be_comes_with_the_reason(text, expected):
    assert suggested(text) == expected


def test_names_that_differ_by_a_number_are_not_taken_for_one_misspelt():
    assert suggested("Unit 65464", [("u", "Unit 65463")]) == [
        ("u", "the same but for a number", False)
    ]


def test_a_charity_number_in_the_name_finds_who_has_it():
    found = suggested("Ashby FB (1090095)", numbers={"1090095": ("food",)})
    assert found[0] == ("food", "the same charity or company number", True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acorn Hall", "Acorn Hall Ltd"),
        ("Acorn Hall", "Hall Acorn"),
        ("Brackwater Foodbank", "Brackwater Food Bank"),
        ("Brackwater Community Gar", "Brackwater Community Gardens"),
        ("Ashby Food Bank", "Ashbyy Food Bank"),
        ("Ashby Food Bank", "Asbby Food Bank"),
    ],
)
def test_two_names_of_one_file_that_are_very_like_are_found_once(one, other):
    alike = Lookalikes([("a", one), ("z", "Zinnia Trust"), ("b", other)])
    assert list(alike.each_other()) == [(0, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acorn Hall", "Willow Hall"),
        ("Ward 12 Forum", "Ward 13 Forum"),
        ("Ward 1 Forum", "Ward 12 Forum"),
        ("Ashby", "Ashbe"),
        ("Ashby Food Bank", "Ashyb Food Bank"),
    ],
)
def test_names_told_apart_by_more_than_a_letter_are_not_alike(one, other):
    assert not list(Lookalikes([("a", one), ("b", other)]).each_other())


def test_one_letter_apart_is_what_comparing_all_with_all_finds():
    names = ["".join(letters) for letters in itertools.product("ab", repeat=7)]
    names += [name[:6] for name in names[:16]]
    close = {
        (i, j)
        for j, other in enumerate(names)
        for i, one in enumerate(names[:j])
        if _one_edit(one, other)
    }
    assert set(one_letter_apart(names)) == close


def _one_edit(one: str, other: str) -> bool:
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def test_at_most_three_are_suggested_and_the_strong_ones_come_first():
    pairs = [(f"o{n}", f"Ashby Food Bank {letter}") for n, letter in enumerate("VWXYZ")]
    found = suggested("Ashby Food Bank", [*pairs, ("same", "Ashby Food Bank Ltd")])
    assert len(found) == 3
    assert found[0][0] == "same"
