"""A whole file loaded: the people it names are held as pseudonyms, and nothing keeps the names."""

import io
import json
import zipfile

import openpyxl
import pytest

from civic_metrics.intake import Declared, open_with_reference, prepare, upload
from civic_metrics.intake.names.answers import Answer, Meaning

FUND = {"id": "GB-CHC-1015648", "name": "The Fund"}
PACKAGE = {
    "grants": [
        {
            "id": "360G-x-1",
            "title": "Talks",
            "currency": "GBP",
            "amountAwarded": 500,
            "awardDate": "2024-03-05",
            "recipientOrganization": [{"id": "GB-CHC-514479", "name": "Ashby Youth"}],
            "fundingOrganization": [FUND],
        },
        {
            "id": "360G-x-2",
            "title": "Travel",
            "description": "For Zorba Quillon; write to zorba.quillon@mail.example",
            "currency": "GBP",
            "amountAwarded": 60,
            "awardDate": "2024-03-06",
            "recipientIndividual": [{"id": "360G-x-ind-7", "name": "Zorba Quillon"}],
            "fundingOrganization": [FUND],
        },
        {
            "id": "360G-x-3",
            "title": "A garden",
            "currency": "GBP",
            "amountAwarded": 70,
            "awardDate": "2024-03-07",
            "recipientOrganization": [{"name": "Mr John Wibblethorpe"}],
            "fundingOrganization": [FUND],
        },
    ]
}


@pytest.fixture
def records(tmp_path):
    opened = open_with_reference(tmp_path / "records.duckdb")
    yield opened
    opened.close()


def loaded(records, content, name, *, table=None, **said):
    ready = prepare(content, name, table=table)
    done = upload(records, ready, Declared(**said), who="a test").loaded
    return {one.loading.table.name: one for one in done}


def kept_without(folder, *words):
    """Whether no file of the store, packages unpacked, has any of the words."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                content = b"".join(package.read(name) for name in package.namelist())
        text = (str(path).encode() + content).lower()
        if any(word in text for word in words):
            return False
    return True


def rows(records, sql):
    with records.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def as_workbook(package):
    """The grants of the package in the standard's spreadsheet form."""
    titles = {
        "id": "Identifier", "title": "Title", "description": "Description",
        "currency": "Currency", "amountAwarded": "Amount Awarded", "awardDate": "Award Date",
    }  # fmt: skip
    sides = {
        "recipientOrganization": "Recipient Org",
        "recipientIndividual": "Recipient Ind",
        "fundingOrganization": "Funding Org",
    }
    grants = []
    for grant in package["grants"]:
        row = {titles[name]: value for name, value in grant.items() if name in titles}
        for side, called in sides.items():
            for name, value in grant.get(side, [{}])[0].items():
                row[f"{called}:{'Identifier' if name == 'id' else 'Name'}"] = value
        grants.append(row)
    header = list(dict.fromkeys(heading for row in grants for heading in row))
    book = openpyxl.Workbook()
    for row in [header, *([row.get(heading) for heading in header] for row in grants)]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("ending", ["json", "xlsx"])
def test_people_in_published_grants_are_counted_and_kept_nowhere_by_name(tmp_path, records, ending):
    content = json.dumps(PACKAGE).encode() if ending == "json" else as_workbook(PACKAGE)
    done = loaded(records, content, f"grants.{ending}")
    counts = done["funding"].counts
    assert (counts.rows_read, counts.new, counts.excluded) == (3, 2, 1)
    assert done["funding"].staged.excluded == {"grant to an individual: no person is taken": 1}
    assert len(done["partnership"].staged.rows) == 2
    [(key, name)] = rows(
        records,
        "select organisation, name from ledger.organisation where is_individual and _until is null",
    )
    assert key == name
    assert rows(records, f"select name from ledger.partnership where name = '{name} with The Fund'")
    assert not done["membership"].staged.set_aside
    records.close()
    assert kept_without(tmp_path, b"zorba", b"quillon", b"wibblethorpe")
    if ending == "json":
        [kept] = [path for path in tmp_path.rglob("*.json") if b"grants" in path.read_bytes()]
        package = json.loads(kept.read_bytes())
        assert [grant["amountAwarded"] for grant in package["grants"]] == [500, 60, 70]


def test_a_recipient_said_to_be_an_organisation_keeps_its_name(records):
    answers = {("organisation", "Mr John Wibblethorpe"): Answer(Meaning.NEW)}
    loaded(records, json.dumps(PACKAGE).encode(), "grants.json", answers=answers)
    assert ("Mr John Wibblethorpe with The Fund",) in rows(
        records, "select name from ledger.partnership"
    )


def test_a_grant_stated_in_two_rows_is_loaded_once_and_both_rows_are_counted(records):
    grant = PACKAGE["grants"][0]
    content = json.dumps({"grants": [grant, grant]}).encode()
    funding = loaded(records, content, "grants.json")["funding"]
    assert (funding.counts.rows_read, funding.counts.new) == (2, 1)
    assert funding.staged.excluded == {"repeats a grant of another row": 1}


SUPPLIERS = """id,name,kind,charity_number,is_individual
SUP-1,Jane Zorbale,,,
SUP-2,Ashby Food Bank,,,
Mr J Wibblethorpe,Mr J Wibblethorpe,business,,
SUP-4,Grace Quillon,charity,,
SUP-5,James Quillon,,1000001,
SUP-6,Mary Quillon,,,no
"""


def test_likely_people_in_a_register_are_held_as_individuals_until_it_says_no(tmp_path, records):
    done = loaded(records, SUPPLIERS.encode(), "suppliers.csv", table="organisation")
    people = rows(
        records,
        "select organisation, name, is_individual from ledger.organisation "
        "where name like 'person-%' order by organisation",
    )
    assert [(key == name, is_one) for key, name, is_one in people] == [(False, True), (True, True)]
    named = rows(
        records, "select organisation from ledger.organisation where name not like 'person-%'"
    )
    assert sorted(named) == [("SUP-2",), ("SUP-4",), ("SUP-5",), ("SUP-6",)]
    [note] = [one for one in done["organisation"].staged.read_as if one.column == "is_individual"]
    assert (note.count, "put “no”" in note.said) == (2, True)
    records.close()
    assert kept_without(tmp_path, b"zorbale", b"wibblethorpe")


def test_a_supplier_answered_as_an_organisation_or_known_as_one_keeps_its_name(records):
    text = b"id,name\nSUP-1,Jane Zorbale\nSUP-2,James Quillon\n"
    answers = {("organisation", "James Quillon"): Answer(Meaning.NEW)}
    first = text.replace(b"id,name", b"id,name,is_individual")
    first = first.replace(b"Jane Zorbale", b"Jane Zorbale,no").replace(b"SUP-2,James Quillon", b"")
    loaded(records, first, "first.csv", table="organisation")
    loaded(records, text, "again.csv", table="organisation", answers=answers)
    names = rows(records, "select distinct name from ledger.organisation where _until is null")
    assert sorted(names) == [("James Quillon",), ("Jane Zorbale",)]


def test_a_register_of_names_alone_holds_its_people_too(tmp_path, records):
    loaded(records, b"name\nJane Zorbale\nAshby Food Bank\n", "list.csv", table="organisation")
    [(key, name)] = rows(
        records, "select organisation, name from ledger.organisation where is_individual"
    )
    assert key == name
    records.close()
    assert kept_without(tmp_path, b"zorbale")


@pytest.fixture
def hours():
    return (
        b"contribution_ref,partnership,person_ref,worked_on,quantity,unit,role_group\n"
        b"1,Jane Zorbale,V-1,2024-01-01,3,hour,partner\n"
        b"2,Healthy Streets,V-2,2024-01-01,3,hour,partner\n"
    )


def partnerships(records):
    return {name for (name,) in rows(records, "select name from ledger.partnership")}


def test_a_partnership_called_like_a_person_is_set_aside_under_a_pseudonym(
    tmp_path, records, hours
):
    done = loaded(records, hours, "hours.csv", table="contribution", create_missing=True)
    assert partnerships(records) == {"Healthy Streets"}
    [aside] = done["contribution"].staged.set_aside
    assert aside.cells["partnership"].startswith("person-")
    assert "looks like the name of a person" in aside.problems[0].expected
    [one] = [one for one in done["contribution"].staged.unknown if one.looks_personal]
    assert (one.table, one.text) == ("partnership", "Jane Zorbale")
    records.close()
    assert kept_without(tmp_path, b"zorbale", b"quillon")


def test_a_partnership_answered_as_new_has_its_name_and_is_known_by_it_then(records, hours):
    answers = {("partnership", "Jane Zorbale"): Answer(Meaning.NEW)}
    loaded(records, hours, "h.csv", table="contribution", create_missing=True, answers=answers)
    assert partnerships(records) == {"Healthy Streets", "Jane Zorbale"}
    again = loaded(records, hours, "h.csv", table="contribution")["contribution"]
    assert not again.staged.set_aside


def test_a_partnership_answered_as_a_person_is_held_under_a_pseudonym(tmp_path, records, hours):
    answers = {("partnership", "Jane Zorbale"): Answer(Meaning.INDIVIDUAL)}
    loaded(records, hours, "h.csv", table="contribution", create_missing=True, answers=answers)
    [name] = partnerships(records) - {"Healthy Streets"}
    assert name.startswith("person-")
    again = loaded(records, hours, "h.csv", table="contribution")["contribution"]
    assert not again.staged.set_aside
    records.close()
    assert kept_without(tmp_path, b"zorbale", b"quillon")


def test_a_pseudonym_that_comes_back_in_a_mended_row_is_an_individual(records):
    text = (
        b"payee,invoice_ref,received_on,amount\n"
        b"person-8b24aa01ff,1,2024-01-01,50\nperson-8b24aa01fe,2,2024-01-01,50\n"
    )
    answers = {("organisation", "person-8b24aa01fe"): Answer(Meaning.NEW)}
    loaded(records, text, "p.csv", table="payment", create_missing=True, answers=answers)
    people = rows(records, "select organisation from ledger.organisation where is_individual")
    assert sorted(people) == [("person-8b24aa01fe",), ("person-8b24aa01ff",)]


@pytest.mark.parametrize(
    "name", ["Mary Zorbale hours 2024-03.csv", "timesheet_mary-zorbale_v2.csv"]
)
def test_a_person_in_the_name_of_a_file_is_held_in_its_history_too(tmp_path, records, name, hours):
    hours = hours.replace(b"Jane Zorbale", b"Healthy Streets")
    loaded(records, hours, name, table="contribution", create_missing=True)
    records.close()
    assert kept_without(tmp_path, b"zorbale")


def test_a_person_in_the_name_of_a_sheet_is_held_too(tmp_path, records, hours):
    book = openpyxl.Workbook()
    book.active.title = "Mary Zorbale"
    for line in hours.replace(b"Jane Zorbale", b"Healthy Streets").decode().splitlines():
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    loaded(records, out.getvalue(), "hours.xlsx", table="contribution", create_missing=True)
    records.close()
    assert kept_without(tmp_path, b"zorbale")


@pytest.mark.parametrize(
    "name", ["april payments.csv", "Healthy Streets hours.csv", "May June.csv", "Sheet1.csv"]
)
def test_the_name_of_a_file_that_names_no_person_is_kept(records, hours, name):
    loaded(records, hours, name, table="contribution", create_missing=True)
    assert name in {one for (one,) in rows(records, "select file_name from ledger.batch")}
