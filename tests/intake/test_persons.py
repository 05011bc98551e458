"""Likely names of people are told from organisations, and pseudonyms stand for them everywhere."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_metrics.contracts import Column, contract
from civic_metrics.intake import Declared, open_with_reference, prepare, upload
from civic_metrics.intake.matching import Matching
from civic_metrics.intake.names.answers import Answer, Meaning
from civic_metrics.intake.names.persons import looks_personal
from civic_metrics.intake.names.pseudonyms import (
    personal_names,
    pseudonymised,
    pseudonymised_matching,
    without_names,
)
from civic_metrics.intake.names.references import Code, Known
from civic_metrics.intake.names.replacing import Replacing
from civic_metrics.intake.sheet import Sheet

DATA = Path(__file__).parents[2] / "data"
REAL = Path(__file__).parents[3] / "shared" / "real"


def pseudonym(name):
    """A pseudonym that can be read: the initials."""
    return "person-" + "".join(word[0] for word in name.split())


KNOWN = Known(
    names={
        "organisation": (
            ("org-a", "Jane Smith Associates"),
            ("org-l", "John Lewis"),
            ("ORG-17", "person-kw"),
        )
    },
    individuals=frozenset({"ORG-17"}),
    pseudonym=pseudonym,
)
PAYMENT = contract("payment")
MATCHING = Matching(pairs={"payee": "Supplier", "invoice_ref": "Invoice"})


def sheet(*rows, header=("Supplier", "Invoice", "Note"), name=""):
    return Sheet.of(header, rows, name=name)


def payees(*names):
    return sheet(*((name, str(n), None) for n, name in enumerate(names)))


def held(*names, answers=None, known=KNOWN):
    said = {("organisation", text): answer for text, answer in (answers or {}).items()}
    return personal_names(payees(*names), PAYMENT, MATCHING, known, said)


@pytest.mark.parametrize(
    "text",
    [
        "Mr J House", "Ms Kowalczyk", "Dr Ama Boateng", "Prof. Dame Jane Smith", "Smith, J",
        "O'Brien, Mary-Jane", "Okonkwo, Chidi", "J. Smith", "J A Smith", "Smith J",
        "Jane Smith", "jane smith", "JANE SMITH", "José García", "Priya Patel", "Wei Zhang",
        "Mary Jane van der Berg", "John and Jane Smith", "Mr & Mrs Jones",
        "Estate of the late J Smith", "Jane Smith t/a Green Gardens", "Jane Smith (expenses)",
        "Jane Smith - honorarium", "THISTLEWOOD G MISS", "Thistlewood, Miss G",
        "Thistlewood Gwen Dr",
    ],
)  # fmt: skip
def test_the_name_of_a_person_is_told(text):
    assert looks_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ashby Food Bank", "Marks & Spencer", "B & Q", "Dr Martens Ltd", "St John Ambulance",
        "Sir John Cass Foundation", "Grace Church", "Rose Garden", "Org A", "Supplier B", "Acme",
        "Jackson, Jackson & Sons Ltd", "P-0012", "person-0a1b2c3d4e", "N/A", "", "12", "The Hub",
        "www.jane-smith.co.uk", "Bristol, City of", "Pat Marlow's Playhouse",
        "Jane Smith Consulting", "Redacted Personal Information", "Healthy Streets",
    ],
)  # fmt: skip
def test_the_name_of_an_organisation_is_not_taken_for_a_person(text):
    assert not looks_personal(text)


@pytest.mark.parametrize(
    ("path", "column", "at_most"),
    [
        (DATA / "demo" / "organisation.csv", "name", 0),
        (DATA / "cases" / "organisation.csv", "name", 0),
        (DATA / "demo" / "partnership.csv", "name", 0),
        # Counted by hand in these files: 2 and 2 that are organisations, 26 who are people.
        (REAL / "payments" / "manchester_spend500_2022-05.csv", "Supplier Name", 2),
        (REAL / "partnerships" / "salford_contracts_register_2022-07.csv",
         "Supplier Company Name", 2),
        (REAL / "payments" / "darlington_spend500_2022-09.csv", "Supplier", 26),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)  # fmt: skip
def test_few_organisations_of_real_files_are_asked_about_as_people(path, column, at_most):
    if not path.exists():
        pytest.skip("the folder of real files is not here")
    with path.open(encoding="cp1252" if "darlington" in path.name else "utf-8") as file:
        names = {row[column].strip() for row in csv.DictReader(file)}
    assert len(names) > 30
    assert sum(map(looks_personal, names)) <= at_most


@settings(deadline=None)
@given(st.text("aJo .,-'&()/é1\u200b\n", max_size=12) | st.text(max_size=12))
def test_no_text_is_too_odd_to_be_looked_at(text):
    assert looks_personal(text) in (True, False)
    assert isinstance(without_names(text, {"Jo A": "P"}), str)


def test_a_likely_person_is_held_until_somebody_says_it_is_an_organisation():
    assert held("Jane Smith", "Acme Ltd") == {"Jane Smith": "person-js"}
    for answer in (Answer(Meaning.NEW), Answer(Meaning.SAME_AS, "org-a")):
        assert held("Jane Smith", "SMITH, Bob", answers={"Jane Smith": answer}) == {
            "SMITH, Bob": "person-sb"
        }
    for meaning in (Meaning.INDIVIDUAL, Meaning.ASIDE, Meaning.NOTHING):
        assert held("Jane Smith", answers={"Jane Smith": Answer(meaning)}) == {
            "Jane Smith": "person-js"
        }


def test_an_answer_holds_for_every_spelling_of_the_name():
    assert held("Jane Smith", "JANE  SMITH", answers={"Jane Smith": Answer(Meaning.NEW)}) == {}


def test_a_known_organisation_with_the_name_of_a_person_is_none():
    assert held("John Lewis", "john lewis", "Jane Smith Associates") == {}


def test_whoever_is_answered_or_known_as_a_person_is_held_whatever_the_name_looks_like():
    assert held("Acme", answers={"Acme": Answer(Meaning.INDIVIDUAL)}) == {"Acme": "person-a"}
    assert held("Kestrel Works") == {"Kestrel Works": "person-kw"}


def test_a_name_said_to_be_a_known_persons_is_held_now_and_when_remembered():
    same = {"Kes Trel Wo": Answer(Meaning.SAME_AS, "ORG-17")}
    known = replace(
        KNOWN, codes={"organisation": (Code("name of an organisation", "person-ktw", "ORG-17"),)}
    )
    assert held("Kes Trel Wo", known=known) == {"Kes Trel Wo": "person-ktw"}
    assert held("Mo Kestrel", answers={"Mo Kestrel": same["Kes Trel Wo"]}) == {
        "Mo Kestrel": "person-mk"
    }


def test_one_value_for_every_row_may_be_a_person_too():
    matching = Matching(pairs={"invoice_ref": "Invoice"}, constants={"payee": "Jane Smith"})
    names = personal_names(payees("x"), PAYMENT, matching, KNOWN, {})
    assert names == {"Jane Smith": "person-js"}
    assert pseudonymised_matching(matching, names).constants == {"payee": "person-js"}


def test_a_name_in_a_column_of_pseudonyms_is_replaced_and_a_code_with_figures_kept():
    table = contract("contribution")
    columns = tuple(
        replace(c, holds="person") if c.name == "person_ref" else c for c in table.columns
    )
    table = replace(table, columns=columns)
    hours = sheet(("Jane Smith",), ("partner-19-4",), ("Priya",), header=("Person",))
    names = personal_names(hours, table, Matching(pairs={"person_ref": "Person"}), KNOWN, {})
    assert names == {"Jane Smith": "person-js", "Priya": "person-p"}
    assert isinstance(table.column("person_ref"), Column)


def test_the_register_gives_pseudonyms_to_those_it_says_are_individuals():
    header = ("id", "name", "aka", "person", "kind")
    register = sheet(
        ("kestrel-works", "Kestrel Works", "Kes; Old Kes", "yes", None),
        ("ORG-2", "Zorba Quillon", None, None, "Individual"),
        ("ORG-3", "Ashby Food Bank", "AFB", "no", "charity"),
        ("ORG-17", "person-kw", None, "yes", None),
        header=header,
    )
    names = ("organisation", "name", "also_known_as", "is_individual", "kind")
    matching = Matching(pairs=dict(zip(names, header, strict=True)))
    table = contract("organisation")
    held_names = personal_names(register, table, matching, KNOWN, {})
    assert set(held_names) == {"Kestrel Works", "Kes", "Old Kes", "Zorba Quillon"}
    after = pseudonymised(register, held_names, table, matching)
    assert [row["name"] for row in after.cells.to_pylist()] == [
        "person-kw", "person-zq", "Ashby Food Bank", "person-kw"
    ]  # fmt: skip
    first = after.cells.to_pylist()[0]
    assert (first["id"], first["aka"]) == ("person-kw", "person-k; person-ok")


def test_a_pseudonym_stands_for_the_name_in_every_cell_and_in_the_sheets_name():
    before = sheet(
        ("Jane Smith", "1", "Workshop by JANE  SMITH, paid late"),
        ("Acme Ltd", "2", "Smith, Jane’s materials; mail jane.smith@example.org"),
        ("Janet Smithson", "3", None),
        name="Jane Smith 2024",
    )
    after = pseudonymised(before, {"Jane Smith": "person-js"}, PAYMENT, MATCHING)
    assert after.name == "person-js 2024"
    assert after.rows == before.rows
    assert after.cells.to_pylist() == [
        {"Supplier": "person-js", "Invoice": "1", "Note": "Workshop by person-js, paid late"},
        {
            "Supplier": "Acme Ltd",
            "Invoice": "2",
            "Note": "person-js’s materials; mail person-js@example.org",
        },
        {"Supplier": "Janet Smithson", "Invoice": "3", "Note": None},
    ]


def test_an_organisation_called_after_a_person_keeps_its_name():
    before = sheet(("John Lewis", "1", None), ("John Lewis Partnership", "2", None))
    after = pseudonymised(before, {"John Lewis": "person-jl"}, PAYMENT, MATCHING)
    assert after.columns[0] == ("person-jl", "John Lewis Partnership")


def test_without_names_nothing_is_touched():
    before = payees("Acme Ltd")
    assert pseudonymised(before, {}) is before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jane\u00a0smith", "P"),
        ("Ja\u200bne\n Smith!", "P!"),
        ("Dr JANE SMITH", "Dr P"),
        ("Smith, Jane", "P"),
        ("JOSÉ O'BRIEN's", "Q's"),
        ("Jose\u0301 OBrien", "Q"),
        ("Jane Smithson and Janet Smith", "Jane Smithson and Janet Smith"),
        ("", ""),
    ],
)
def test_a_name_is_met_however_it_is_spelt(text, expected):
    names = {"Jane Smith": "P", "José O’Brien": "Q"}
    assert without_names(text, names) == expected


def test_a_column_is_replaced_as_its_texts_are_one_by_one():
    names = {"Jane Smith": "P", "José O’Brien": "Q", "Banksy": "R"}
    texts = [
        "Jane Smith", "by jane smith.", "José O'Brien", "straße", "BANKSY", "12", None, "",
        "Smith & Jane", "mr Jane-Smith", "Jane\tSmith’s", "Bank sy", "J\u200bane Smith",
    ]  # fmt: skip
    before = sheet(*((text,) for text in texts), header=("a",)).cells["a"]
    replacing = Replacing(names)
    one_by_one = [text and replacing.in_text(text) for text in before.to_pylist()]
    assert replacing.in_column(before).to_pylist() == one_by_one
    assert one_by_one.count("P") == 3


TEXT = (
    "Supplier,Invoice No,Date Received,Amount,Description,Odd\n"
    "Zorba Quillon,1,2024-01-01,50,Talk by Zorba  Quillon,x\n"
    "Mr Z Quillon,2,2024-01-01,60,zorba quillon again,x\n"
    "Acme Ltd,3,no date,70,for ZORBA QUILLON,x\n"
)


@pytest.mark.parametrize("create_missing", [True, False])
def test_no_file_of_the_store_ever_holds_the_name(tmp_path, create_missing):
    records = open_with_reference(tmp_path / "records.duckdb")
    answers = {("organisation", "Zorba Quillon"): Answer(Meaning.INDIVIDUAL)}
    declared = Declared(create_missing=create_missing, answers=answers)
    ready = prepare(TEXT.encode(), "Zorba Quillon 2024.csv", table="payment")
    [done] = upload(records, ready, declared, who="a test").loaded
    payees = set(done.staged.rows["payee"].to_pylist())
    aside = [cell for row in done.staged.set_aside for cell in row.cells.values()]
    records.close()
    assert records_are_without(tmp_path, b"quillon")
    assert not any("quillon" in str(cell).casefold() for cell in (*payees, *aside))
    assert all(payee.startswith("person-") for payee in payees - {"acme-ltd"})
    assert len(payees) == 1 + create_missing
    likely = [one.text for one in done.staged.unknown if one.looks_personal]
    assert likely == ["Mr Z Quillon"]


def records_are_without(folder, word):
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return not any(word in path.read_bytes().lower() for path in files)


def test_a_person_met_before_is_met_again_without_being_asked_about(tmp_path):
    records = open_with_reference(tmp_path / "records.duckdb")
    answers = {("organisation", "Zorba Quillon"): Answer(Meaning.INDIVIDUAL)}
    ready = prepare(TEXT.encode(), "a.csv", table="payment")
    upload(records, ready, Declared(create_missing=True, answers=answers), who="a test")
    again = upload(records, ready, Declared(), who="a test").loaded[0]
    records.close()
    assert again.counts.unchanged == 2
    assert [one for one in again.staged.unknown if one.looks_personal] == []
