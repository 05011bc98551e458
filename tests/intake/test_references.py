"""Names and codes found, asked about, answered and added; nothing merged unasked."""

from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pytest

from civic_metrics.contracts import Column
from civic_metrics.intake.names.answers import Answer, Meaning
from civic_metrics.intake.names.references import Code, Directory, Known, read_references
from civic_metrics.intake.names.remembering import confirmed
from civic_metrics.intake.names.unknowns import unknowns
from civic_metrics.ledger.batch import Stub, Suggestion

KNOWN = Known(
    names={
        "organisation": (
            ("GB-CHC-1090095", "Ashby Food Bank Ltd"),
            ("org-b", "Burton & District Youth"),
            ("org-c1", "The Hub"),
            ("org-c2", "The Hub"),
            ("person-1", "person-1"),
        ),
        "partnership": (("P1", "Healthy Streets"), ("P2", "Reading Rooms")),
    },
    also_known_as={"organisation": {"org-b": ("BDY", "GB-COH-01234567")}},
    codes={
        "partnership": (
            Code("project", "R10042", "P1"),
            Code("project", "0012", "P2"),
            Code("project", "R999", None),
            Code("order", "77", "P1"),
            Code("name of a partnership", "Streets, Healthy", "P1"),
        ),
        "organisation": (Code("GB-CHC", "514479", "org-b"), Code("supplier", "55", None)),
    },
    individuals=frozenset({"person-1"}),
    pseudonym=lambda name: {"ann other": "person-1"}.get(name, f"person-of-{name}"),
)
PARTNERSHIP = Column("partnership", "string", "", reference="partnership", systems=("project",))
PAYEE = Column("payee", "string", "", required=True, reference="organisation")


def organisations(answers=None, *, create_missing=False, people=None):
    said = {("organisation", text): answer for text, answer in (answers or {}).items()}
    return Directory(
        "organisation", KNOWN, create_missing=create_missing, answers=said, people=people
    )


def partnerships(answers=None, *, create_missing=False):
    said = {("partnership", text): answer for text, answer in (answers or {}).items()}
    return Directory(
        "partnership", KNOWN, create_missing=create_missing, answers=said, systems=("project",)
    )


def texts(*cells):
    return pa.chunked_array([list(cells)], pa.string())


@pytest.mark.parametrize(
    "text",
    [
        "GB-CHC-1090095", "gb-chc-1090095", "1090095", "1090095.0", "Charity No. 1090095",
        "registered charity number: 1090095", "ashby food bank limited",
    ],
)  # fmt: skip
def test_an_organisation_is_found_by_identifier_by_its_number_and_by_name(text):
    assert organisations().find(text).value == "GB-CHC-1090095"


@pytest.mark.parametrize(
    "text", ["BDY", "GB-COH-01234567", "01234567", "Company 1234567", "514479", "GB-CHC-514479"]
)
def test_an_alias_and_a_number_in_another_register_find_it_too(text):
    assert organisations().find(text).value == "org-b"


def test_a_name_of_two_is_asked_about_with_both_to_choose_from():
    directory = organisations()
    assert "org-c1 and org-c2 share this name" in directory.find("the hub").fault.expected
    assert [one.id for one in directory.open["the hub", ()].suggestions] == ["org-c1", "org-c2"]
    answered = organisations({"the hub": Answer(Meaning.SAME_AS, "org-c2")})
    assert answered.find("the hub").value == "org-c2"


def test_a_code_stands_for_what_the_table_of_codes_says_in_the_systems_of_the_column():
    assert partnerships().find("r10042").value == "P1"
    assert partnerships().find("streets healthy").value == "P1"
    assert partnerships().find("77").fault is not None
    assert partnerships().find("77", ("order",)).value == "P1"


def test_leading_noughts_of_a_code_are_asked_about_never_dropped():
    directory = partnerships(create_missing=True)
    assert directory.find("0012").value == "P2"
    assert "“Reading Rooms”" in directory.find("12").fault.expected
    [one] = directory.open["12", ("project",)].suggestions
    assert (one.id, "leading noughts" in one.reason) == ("P2", True)


def test_a_code_that_stands_for_none_of_ours_leaves_the_cell_empty_and_is_said():
    parsed = read_references(texts("R999", "P1", "R999"), PARTNERSHIP, partnerships())
    assert parsed.values["partnership"].to_pylist() == [None, "P1", None]
    assert [(n.said, n.count) for n in parsed.notes] == [
        ("codes answered with “not a partnership”", 2)
    ]
    assert not parsed.faults


def test_a_payee_that_is_none_of_ours_cannot_stand_where_every_row_needs_one():
    payee = replace(PAYEE, systems=("supplier",))
    parsed = read_references(texts("55"), payee, organisations())
    assert "every row needs" in parsed.faults[0].expected


def test_unknown_names_wait_unless_they_are_to_be_added():
    assert organisations().find("Newcomer Trust").fault.expected.startswith("a known organisation")
    directory = organisations(create_missing=True)
    assert directory.find("Newcomer Trust").value == "newcomer-trust"
    assert directory.find("NEWCOMER  trust").value == "newcomer-trust"
    assert list(directory.stubs.values()) == [
        Stub("organisation", "newcomer-trust", "Newcomer Trust")
    ]


def test_a_name_very_like_a_known_one_is_neither_added_nor_merged_until_a_person_answers():
    directory = organisations(create_missing=True)
    fault = directory.find("Ashby Food Bank").fault
    assert "“Ashby Food Bank Ltd” is very like it (the same but for “Ltd”)" in fault.expected
    assert not directory.stubs
    same = {"Ashby Food Bank": Answer(Meaning.SAME_AS, "GB-CHC-1090095")}
    assert organisations(same).find("Ashby Food Bank").value == "GB-CHC-1090095"
    new = organisations({"Ashby Food Bank": Answer(Meaning.NEW)})
    assert new.find("Ashby Food Bank").value == "ashby-food-bank"
    assert list(new.stubs) == ["ashby-food-bank"]


def test_two_new_names_of_one_file_that_look_alike_are_both_added_and_it_is_said():
    directory = organisations(create_missing=True)
    parsed = read_references(texts("Acorn Hall", "Acorn Hall Limited"), PAYEE, directory)
    assert parsed.values["payee"].to_pylist() == ["acorn-hall", "acorn-hall-limited"]
    [note] = parsed.notes
    assert note.said == "look alike and were both added: “Acorn Hall” and “Acorn Hall Limited”"


@pytest.mark.parametrize(
    ("answer", "value", "stubs"),
    [
        (Answer(Meaning.SAME_AS, "org-b"), "org-b", []),
        (Answer(Meaning.SAME_AS, "gone"), None, []),
        (Answer(Meaning.NEW), "newcomer-trust", ["newcomer-trust"]),
        (Answer(Meaning.NOTHING), None, []),
        (Answer(Meaning.ASIDE), None, []),
    ],
)
def test_an_answer_is_followed_whether_or_not_names_are_added(answer, value, stubs):
    for create_missing in (False, True):
        directory = organisations({"Newcomer Trust": answer}, create_missing=create_missing)
        assert directory.find("Newcomer Trust").value == value
        assert list(directory.stubs) == stubs
        assert not directory.open


def test_an_individual_is_added_under_a_pseudonym_and_the_name_is_kept_nowhere():
    directory = organisations({"Kim": Answer(Meaning.INDIVIDUAL)})
    assert directory.find("Kim").value == "person-of-kim"
    assert directory.stubs["person-of-kim"] == Stub(
        "organisation", "person-of-kim", "person-of-kim", is_individual=True
    )


def test_a_person_the_records_hold_is_found_by_the_pseudonym_of_the_name():
    directory = organisations()
    assert directory.find("Ann Other").value == "person-1"
    assert directory.find("OTHER, ANN").value is None  # who that is, is asked
    assert not directory.stubs


def test_a_likely_person_nobody_answered_about_is_held_as_one_and_asked_about():
    for create_missing, value in ((True, "person-of-jane smith"), (False, None)):
        directory = organisations(create_missing=create_missing)
        assert directory.find("Jane Smith").value == value
        assert directory.open["Jane Smith", ()].looks_personal
        assert all(stub.is_individual for stub in directory.stubs.values())


def test_an_answer_about_a_name_is_found_where_its_pseudonym_stands():
    people = {"Jane Smith": "person-js"}
    told = organisations({"Jane Smith": Answer(Meaning.INDIVIDUAL)}, people=people)
    assert told.find("person-js").value == "person-js"
    assert told.stubs["person-js"].is_individual
    same = organisations({"Jane Smith": Answer(Meaning.SAME_AS, "person-1")}, people=people)
    assert same.find("person-js").value == "person-1"


def test_open_names_are_listed_by_money_then_rows_with_what_they_may_be():
    directory = organisations()
    cells = texts("Small", "BDY", "Ashby Food Bank", "Small", "Odd", None, "Small")
    read_references(cells, PAYEE, directory)
    amounts = pa.chunked_array(
        [[Decimal(n) if n else None for n in (1, 100, -50, 2, None, 9, None)]],
        pa.decimal128(18, 2),
    )
    found = unknowns([(PAYEE, directory, cells)], amounts)
    assert [(one.text, one.rows, one.amount) for one in found] == [
        ("Ashby Food Bank", 1, Decimal(-50)),
        ("Small", 3, Decimal(3)),
        ("Odd", 1, None),
    ]
    assert found[0].suggestions == (
        Suggestion("GB-CHC-1090095", "Ashby Food Bank Ltd", "the same but for “Ltd”"),
    )
    assert {(one.table, one.column) for one in found} == {("organisation", "payee")}


def test_an_open_person_is_listed_as_the_file_has_the_name():
    directory = organisations(people={"Jane Smith": "person-js"}, create_missing=True)
    cells = texts("person-js", "person-js")
    read_references(cells, PAYEE, directory)
    [one] = unknowns([(PAYEE, directory, cells)])
    assert (one.text, one.rows, one.looks_personal) == ("Jane Smith", 2, True)


def test_what_is_the_same_and_what_is_none_of_ours_is_remembered_as_codes():
    answers = {
        ("partnership", "4410"): Answer(Meaning.NOTHING),
        ("partnership", "Old Streets"): Answer(Meaning.SAME_AS, "P1"),
        ("organisation", "BD Youth"): Answer(Meaning.SAME_AS, "org-b"),
        ("organisation", "Brand New"): Answer(Meaning.NEW),
        ("organisation", "Jo Bloggs"): Answer(Meaning.INDIVIDUAL),
        ("organisation", "A Other"): Answer(Meaning.SAME_AS, "person-1"),
        ("place", "Sheff"): Answer(Meaning.SAME_AS, "E08000039"),
    }
    rows = confirmed(answers, KNOWN, {"partnership": ("project", "order")})
    assert [tuple(row[k] for k in ("system", "code", "meaning", "partnership", "organisation"))
            for row in rows] == [
        ("project", "4410", "not a partnership", None, None),
        ("name of a partnership", "Old Streets", "partnership", "P1", None),
        ("name of an organisation", "BD Youth", "organisation", None, "org-b"),
        ("name of an organisation", "person-of-a other", "organisation", None, "person-1"),
    ]  # fmt: skip


def test_a_remembered_answer_is_followed_the_next_time():
    rows = confirmed({("partnership", "4410"): Answer(Meaning.NOTHING)}, KNOWN)
    remembered = tuple(Code(row["system"], row["code"], row["partnership"]) for row in rows)
    known = replace(KNOWN, codes={"partnership": remembered})
    found = Directory("partnership", known, create_missing=False).find("4410")
    assert (found.value, found.fault) == (None, None)


def test_one_name_may_stand_for_a_partnership_and_for_an_organisation():
    answers = {
        ("partnership", "SV Project"): Answer(Meaning.SAME_AS, "P1"),
        ("organisation", "SV Project"): Answer(Meaning.SAME_AS, "org-b"),
    }
    rows = confirmed(answers, KNOWN)
    assert len({(row["system"], row["code"]) for row in rows}) == 2
    for table, identifier in (("partnership", "P1"), ("organisation", "org-b")):
        codes = tuple(
            Code(row["system"], row["code"], row[table]) for row in rows if row["meaning"] == table
        )
        known = replace(KNOWN, codes={table: codes})
        found = Directory(table, known, create_missing=False).find("sv project")
        assert found.value == identifier


def test_a_partnership_called_like_a_person_is_never_added_unasked():
    directory = partnerships(create_missing=True)
    fault = directory.find("Jane Smith").fault
    assert "known partnership; this looks like the name of a person" in fault.expected
    assert "a new one of this name" in fault.fix
    assert not directory.stubs
    assert directory.open["Jane Smith", ("project",)].looks_personal
    assert partnerships({"Jane Smith": Answer(Meaning.NEW)}).find("Jane Smith").value


def test_a_partnership_answered_as_a_person_goes_by_a_pseudonym():
    directory = partnerships({"Jane Smith": Answer(Meaning.INDIVIDUAL)})
    assert directory.find("Jane Smith").value == "person-of-jane-smith"
    assert [stub.name for stub in directory.stubs.values()] == ["person-of-jane smith"]


def test_a_pseudonym_is_an_individual_even_where_it_is_said_to_be_new():
    text = "person-8b24aa01ff"
    for directory in (
        organisations(create_missing=True),
        organisations({text: Answer(Meaning.NEW)}),
    ):
        assert directory.find(text).value == text
        assert directory.stubs[text].is_individual
