"""One sheet fills several tables: partners, places and themes of a register, payees' details."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.contracts import contract
from civic_metrics.intake import Known, propose
from civic_metrics.intake.shapes.splitting import names_in
from civic_metrics.intake.shapes.spreading import spread
from civic_metrics.intake.sheet import Sheet


def parts_of(table, header, rows, **options):
    sheet = Sheet.of(header, rows, first_row=5)
    layout = contract(table)
    found = spread(sheet, layout, propose(sheet.header, layout), **options)
    return {part.table: part for part in found}


def told(part, *columns):
    cells = [part.sheet.cells[name].to_pylist() for name in columns]
    return list(zip(*cells, part.sheet.rows, strict=True))


def names(*cells, **options):
    """The names of each cell, and how the column is parted."""
    sheet = Sheet.of(["x"], [[cell] for cell in cells])
    found = names_in(sheet.cells["x"], "Partners", **options)
    lists = [[] for _ in cells]
    for place, text in zip(found.places.to_pylist(), found.texts.to_pylist(), strict=True):
        lists[place].append(text)
    return lists, found.split.delimiter if found.split else ""


def test_a_register_row_gives_its_members_places_and_themes_under_its_identifier():
    parts = parts_of(
        "partnership",
        ["Partnership ID", "Name", "Lead partner", "Partner organisation(s)", "Areas", "Theme"],
        [
            ["P1", "Streets", "Mind", "Shelter; Oxfam", "Leicester; Rutland", "Health"],
            ["P2", "Rooms", None, "Oxfam", "Rutland", None],
        ],
    )
    assert told(parts["membership"], "partnership", "organisation", "role") == [
        ("P1", "Mind", "lead", 5),
        ("P1", "Shelter", "member", 5),
        ("P1", "Oxfam", "member", 5),
        ("P2", "Oxfam", "member", 6),
    ]
    assert told(parts["footprint"], "partnership", "place") == [
        ("P1", "Leicester", 5),
        ("P1", "Rutland", 5),
        ("P2", "Rutland", 6),
    ]
    assert told(parts["partnership_theme"], "partnership", "theme") == [("P1", "Health", 5)]
    [split] = parts["membership"].splits
    assert (split.heading, split.cells, split.rows) == ("Partner organisation(s)", 1, 2)
    assert split.examples == (("Shelter; Oxfam", ("Shelter", "Oxfam")),)
    assert split.said in parts["membership"].said
    assert "1 of 2 rows, parted by semicolons" in split.said


def test_without_identifiers_the_name_is_the_key():
    parts = parts_of("partnership", ["Name", "Partners"], [["Streets", "Mind"]])
    assert told(parts["membership"], "partnership", "organisation") == [("Streets", "Mind", 5)]


def test_a_row_without_its_key_gives_nothing():
    parts = parts_of("partnership", ["Name", "Partners"], [[None, "Mind"], ["Rooms", "Mind"]])
    assert told(parts["membership"], "partnership", "organisation") == [("Rooms", "Mind", 6)]


def test_a_split_can_be_turned_off_or_given():
    header, rows = ["Name", "Partners"], [["Streets", "Mind; Shelter"], ["Rooms", "Mind + Oxfam"]]
    whole = parts_of("partnership", header, rows, keep_whole=["Partners"])
    assert told(whole["membership"], "organisation") == [("Mind; Shelter", 5), ("Mind + Oxfam", 6)]
    assert whole["membership"].splits == ()
    plus = parts_of("partnership", header, rows, parted_by={"Partners": "+"})
    assert told(plus["membership"], "organisation") == [
        ("Mind; Shelter", 5),
        ("Mind", 6),
        ("Oxfam", 6),
    ]


def test_one_organisation_is_named_once_a_partnership_under_its_chief_role():
    parts = parts_of(
        "partnership",
        ["Name", "Lead partner", "Partners", "Funders"],
        [["Streets", "Mind", "MIND; Shelter (lead); Oxfam", "Mind"]],
    )
    assert told(parts["membership"], "organisation", "role") == [
        ("Mind", "lead", 5),
        ("Shelter", "lead", 5),
        ("Oxfam", "member", 5),
        ("Mind", "funder", 5),
    ]


def test_numbers_under_partners_are_no_names():
    parts = parts_of("partnership", ["Name", "Partners", "Members"], [["Streets", "5", "Mind"]])
    assert told(parts["membership"], "organisation") == [("Mind", 5)]
    assert any("“Partners” holds numbers" in text for text in parts["membership"].said)


def test_the_closest_places_are_taken():
    parts = parts_of(
        "partnership",
        ["Name", "Region", "District", "LAD code"],
        [["Streets", "East Midlands", "Leicester", "E06000016"]],
    )
    assert told(parts["footprint"], "place") == [("E06000016", 5)]
    assert "“District” and “Region” left out: “LAD code” says where more closely." in (
        parts["footprint"].said
    )


def test_a_grant_needs_its_reference():
    header = ["Name", "Funder", "Grant reference", "Amount awarded"]
    parts = parts_of("partnership", header, [["Streets", "UKRI", "EP/1", "£5,000"]])
    assert told(parts["funding"], "partnership", "reference", "funder", "amount_gbp") == [
        ("Streets", "EP/1", "UKRI", "£5,000", 5)
    ]
    assert told(parts["membership"], "organisation", "role") == [("UKRI", "funder", 5)]
    without = parts_of("partnership", header[:2], [["Streets", "UKRI"]])
    assert set(without) == {"membership"}


def test_a_register_of_organisations_gives_the_partnerships_they_belong_to():
    parts = parts_of(
        "organisation",
        ["Organisation ID", "Name", "Partnerships"],
        [["O1", "Mind", "Streets; Rooms"], ["O2", "Oxfam", None]],
    )
    assert told(parts["membership"], "partnership", "organisation") == [
        ("Streets", "O1", 5),
        ("Rooms", "O1", 5),
    ]


def test_payees_come_with_their_details_once_under_the_number_of_a_register():
    parts = parts_of(
        "payment",
        ["Supplier", "Amount", "Paid", "Charity no", "Supplier postcode"],
        [
            ["Ashby Youth", "5", "2024-01-01", None, "LE1 1AA"],
            ["Ashby youth", "5", "2024-01-02", "514479.0", None],
            ["Nobody Ltd", "5", "2024-01-02", None, None],
        ],
    )
    columns = ("organisation", "name", "charity_number", "postcode")
    assert told(parts["organisation"], *columns) == [
        ("GB-CHC-514479", "Ashby Youth", "514479", "LE1 1AA", 5)
    ]


def test_people_and_those_with_details_already_are_left_out():
    known = Known(names={"organisation": (("org-a", "Ashby Youth"), ("org-b", "Burton Hub"))},
                  without_details={"organisation": frozenset({"org-b"})})  # fmt: skip
    parts = parts_of(
        "payment",
        ["Supplier", "Amount", "Paid", "Charity no", "Payee kind", "Postcode"],
        [
            ["Ashby Youth", "5", "2024-01-01", "514479", None, "LE1 1AA"],
            ["Burton Hub", "5", "2024-01-01", "514480", None, "LE1 1AB"],
            ["J Example", "5", "2024-01-01", "514481", "individual", "LE1 1AC"],
            ["Somebody", "5", "2024-01-01", None, None, "LE1 1AD"],
        ],
        known=known,
    )
    assert told(parts["organisation"], "organisation", "postcode") == [("org-b", "LE1 1AB", 6)]
    said = " ".join(parts["organisation"].said)
    assert "1 individual left out" in said
    assert "1 payee left out whose postcode alone is told" in said


def test_a_sheet_with_nothing_further_gives_no_parts():
    assert parts_of("partnership", ["Name", "Notes"], [["Streets", "x"]]) == {}
    assert parts_of("payment", ["Supplier", "Amount", "Paid"], [["A", "5", "2024-01-01"]]) == {}


def test_semicolons_bars_and_lines_always_part_names():
    assert names("Mind; Shelter") == ([["Mind", "Shelter"]], "semicolons")
    assert names("- Mind\n- Shelter") == ([["Mind", "Shelter"]], "line breaks")
    assert names("Mind | Oxfam", "1. Mind\n2. Shelter,")[0] == [
        ["Mind", "Oxfam"],
        ["Mind", "Shelter"],
    ]


def test_a_name_over_two_lines_stays_one():
    assert names("University of\nLeicester") == ([["University of Leicester"]], "")


def test_brackets_keep_what_is_in_them():
    assert names("Mind (Leicester; Rutland); Oxfam")[0] == [["Mind (Leicester; Rutland)", "Oxfam"]]


@pytest.mark.parametrize(
    "cell", ["Smith, Jones and Co", "Barts Health, London", "Acme, Inc", "Brown, Jane"]
)
def test_a_comma_alone_parts_nothing(cell):
    assert names(cell, "Oxfam", "Mind; Shelter")[0][0] == [cell]


def test_a_comma_parts_names_that_stand_alone_elsewhere_or_are_known():
    assert names("Mind, Shelter", "Mind", "Shelter") == (
        [["Mind", "Shelter"], ["Mind"], ["Shelter"]],
        "commas",
    )
    known = {"mind", "shelter", "smith jones"}
    assert names("Mind, Shelter, Smith, Jones", known=known)[0] == [
        ["Mind", "Shelter", "Smith, Jones"]
    ]
    assert names("Bristol, City of, Rutland, Leicester")[0] == [
        ["Bristol, City of", "Rutland", "Leicester"]
    ]


def test_commas_left_whole_are_said():
    sheet = Sheet.of(["x"], [["Barts Health, London"], ["Mind"]])
    found = names_in(sheet.cells["x"], "Partners")
    assert found.said == (
        "“Partners” has commas in 1 row, such as “Barts Health, London”; nothing shows that "
        "they part names, so each was taken as one name."
    )


def test_the_last_and_parts_names_where_the_column_is_written_so():
    lists, delimiter = names("Mind, Shelter, Age UK and Oxfam", "Crisis, Scope, Sense and Relate")
    assert lists == [["Mind", "Shelter", "Age UK", "Oxfam"], ["Crisis", "Scope", "Sense", "Relate"]]
    assert delimiter == "commas"
    assert names("Marks and Spencer", "Oxfam")[0] == [["Marks and Spencer"], ["Oxfam"]]
    assert names("Mind and Oxfam", "Mind", "Oxfam")[0][0] == ["Mind", "Oxfam"]


def test_codes_part_at_blanks_and_words_for_missing_are_no_names():
    assert names("E06000016 E06000017")[0] == [["E06000016", "E06000017"]]
    assert names("TBC; Mind; -", "N/A")[0] == [["Mind"], []]


NAMES = st.sampled_from(["Mind", "Shelter", "Age UK", "University of Leicester", "B&Q", "O'Neill"])


@given(st.lists(st.lists(NAMES, min_size=1, max_size=4, unique=True), min_size=1, max_size=8))
def test_names_joined_by_semicolons_come_back(lists):
    assert names(*("; ".join(cell) for cell in lists))[0] == lists


@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30), max_size=8)
)
def test_no_text_is_invented(cells):
    sheet = Sheet.of(["x"], [[cell] for cell in cells])
    found = names_in(sheet.cells["x"], "Partners")
    held = sheet.cells["x"].to_pylist()
    for place, text in zip(found.places.to_pylist(), found.texts.to_pylist(), strict=True):
        letters = "".join(held[place].split())
        assert all(word in letters for word in text.replace(",", " ").split())
