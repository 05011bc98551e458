"""360Giving files: every grant once, nobody by name, nothing claimed that is not said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from civic_metrics.intake.shapes.giving import giving, giving_json, is_giving
from civic_metrics.intake.sheet import Refused, Sheet

REAL = Path(__file__).parents[3] / "shared" / "real" / "grants"
ALWF = REAL / "andrew_lloyd_webber_foundation_360giving.xlsx"
HEADER = (
    "Identifier", "Title", "Currency", "Amount Awarded", "Award Date",
    "Planned Dates:Start Date", "Planned Dates:End Date", "Planned Dates:Duration (months)",
    "Recipient Org:Identifier", "Recipient Org:Name", "Recipient Org:Charity Number",
    "Funding Org:Identifier", "Funding Org:Name", "Beneficiary Location:Geographic Code",
    "Beneficiary Location:Name",
)  # fmt: skip
GRANT = dict(
    zip(
        HEADER,
        ("360G-x-1", "Grant", "GBP", "500", "2024-03-05T00:00:00+00:00", None, None, "12",
         "GB-CHC-514479", "Ashby Youth", "514479.0", "GB-CHC-1015648", "The Fund", "E06000016",
         "Leicester"),
        strict=True,
    )
)  # fmt: skip
PLACES = ("E06000016", "E06000017")


def sheet_of(*changes, name="grants", header=HEADER):
    rows = [[(GRANT | change).get(heading) for heading in header] for change in changes]
    return Sheet.of(header, rows, name=name)


def loaded(*sheets, **options):
    """The rows of each table as dicts, with the row of the file."""
    tables = {}
    for part in giving(sheets, **({"known_place_codes": PLACES} | options)):
        sheet = part.sheet.without(part.sheet.totals)
        rows = sheet.cells.to_pylist()
        for row, number in zip(rows, sheet.rows, strict=True):
            tables.setdefault(part.table, []).append(dict(part.constants) | row | {"row": number})
    return tables


def said(*sheets, table="funding"):
    parts = giving(sheets, known_place_codes=PLACES)
    return " ".join(text for part in parts if part.table == table for text in part.said)


def test_one_grant_is_a_partnership_of_two_with_a_place_and_a_sum():
    sheet = sheet_of({})
    assert is_giving([sheet])
    tables = loaded(sheet)
    told = [(o["organisation"], o["name"], o["charity_number"]) for o in tables["organisation"]]
    assert told == [
        ("GB-CHC-1015648", "The Fund", "1015648"),
        ("GB-CHC-514479", "Ashby Youth", "514479"),
    ]
    (partnership,) = tables["partnership"]
    key = partnership["partnership"]
    assert partnership == {
        "partnership": key,
        "name": "Ashby Youth with The Fund",
        "started_on": "2024-03-05",
        "started_qualifier": "about",
        "row": 2,
    }
    assert {(m["organisation"], m["role"]) for m in tables["membership"]} == {
        ("GB-CHC-514479", "member"),
        ("GB-CHC-1015648", "funder"),
    }
    assert tables["footprint"] == [{"partnership": key, "place": "E06000016", "row": 2}]
    assert tables["funding"] == [
        {
            "partnership": key,
            "reference": "360G-x-1",
            "funder": "The Fund",
            "status": "awarded",
            "amount_gbp": "500",
            "qualifier": "exactly",
            "from_on": "2024-03-05",
            "to_on": "2025-03-04",
            "row": 2,
        }
    ]


def test_two_grants_between_the_same_two_are_one_partnership_from_the_earlier():
    later = {"Identifier": "360G-x-2", "Award Date": "2019-06-01"}
    tables = loaded(sheet_of({}, later))
    (partnership,) = tables["partnership"]
    assert partnership["started_on"] == "2019-06-01"
    assert [row["reference"] for row in tables["funding"]] == ["360G-x-1", "360G-x-2"]


def test_a_planned_start_and_end_come_before_what_is_worked_out():
    planned = {"Planned Dates:Start Date": "2024-04-01", "Planned Dates:End Date": "2024-09-30"}
    [row] = loaded(sheet_of(planned))["funding"]
    assert (row["from_on"], row["to_on"]) == ("2024-04-01", "2024-09-30")


def test_euros_are_no_pounds():
    sheet = sheet_of({"Currency": "EUR"})
    [row] = loaded(sheet)["funding"]
    assert row["amount_gbp"] is None
    assert "1 grant in EUR: no pounds, so the amount is left empty." in said(sheet)


def test_people_are_left_out_and_counted():
    header = (*HEADER, "Recipient Ind:Identifier", "Recipient Ind:Name")
    person = {
        "Identifier": "360G-x-2",
        "Recipient Org:Identifier": None,
        "Recipient Org:Name": None,
        "Recipient Org:Charity Number": None,
        "Recipient Ind:Identifier": "360G-x-ind-7",
        "Recipient Ind:Name": "Jane Example",
    }
    sheet = sheet_of({}, person, header=header)
    parts = giving([sheet], known_place_codes=PLACES)
    everything = " ".join(str(part.sheet.cells.to_pylist()) + str(part.said) for part in parts)
    assert "Jane" not in everything
    assert "ind-7" not in everything
    assert [row["reference"] for row in loaded(sheet)["funding"]] == ["360G-x-1"]
    assert "1 grant to individuals left out" in said(sheet)


def test_repeated_rows_and_numbered_columns_and_further_sheets_give_more_places():
    repeated = sheet_of({}, {"Beneficiary Location:Geographic Code": "E06000017"})
    assert len(loaded(repeated)["funding"]) == 1
    assert [(f["place"], f["row"]) for f in loaded(repeated)["footprint"]] == [
        ("E06000016", 2),
        ("E06000017", 3),
    ]
    header = (*HEADER, "Beneficiary Location:1:Geographic Code")
    numbered = sheet_of({"Beneficiary Location:1:Geographic Code": "E06000017"}, header=header)
    assert [f["place"] for f in loaded(numbered)["footprint"]] == ["E06000016", "E06000017"]
    more = Sheet.of(
        ("Identifier", "Beneficiary Location:Geographic Code"),
        [("360G-x-1", "E06000017")],
        name="locations",
    )
    both = giving([sheet_of({}), more], known_place_codes=PLACES)
    places = {}
    for part in both:
        if part.table == "footprint":
            places[part.sheet.name] = part.sheet.cells["place"].to_pylist()
    assert places == {"grants": ["E06000016"], "locations": ["E06000017"]}


def test_rows_of_one_grant_that_differ_are_both_kept_for_a_person_to_choose():
    rows = loaded(sheet_of({}, {"Amount Awarded": "600"}))["funding"]
    assert [(row["reference"], row["amount_gbp"], row["row"]) for row in rows] == [
        ("360G-x-1", "500", 2),
        ("360G-x-1", "600", 3),
    ]


def test_places_we_do_not_hold_are_named_and_not_taken():
    uk = {"Beneficiary Location:Geographic Code": "K02000001", "Beneficiary Location:Name": "UK"}
    nowhere = {
        "Identifier": "360G-x-2",
        "Beneficiary Location:Geographic Code": None,
        "Beneficiary Location:Name": None,
    }
    sheet = sheet_of(uk, nowhere)
    assert "footprint" not in loaded(sheet)
    words = giving([sheet], known_place_codes=PLACES)
    everything = " ".join(text for part in words for text in part.said)
    assert "K02000001 UK (1)" in everything
    assert "1 grant without a beneficiary location." in everything


def test_two_recipients_of_one_name_are_told_apart():
    other = {"Identifier": "360G-x-2", "Recipient Org:Identifier": "GB-CHC-222222"}
    names = [row["name"] for row in loaded(sheet_of({}, other))["partnership"]]
    assert names == [
        "Ashby Youth with The Fund (GB-CHC-514479)",
        "Ashby Youth with The Fund (GB-CHC-222222)",
    ]


def test_a_recipient_without_an_identifier_goes_by_its_charity_number_then_its_name():
    bare = {"Recipient Org:Identifier": None}
    nameless = bare | {"Identifier": "360G-x-2", "Recipient Org:Charity Number": None}
    keys = [row["organisation"] for row in loaded(sheet_of(bare, nameless))["organisation"]]
    assert keys == ["GB-CHC-1015648", "GB-CHC-514479", "ashby-youth"]


def test_a_grant_without_a_recipient_reaches_the_checks_and_is_not_lost():
    whom = dict.fromkeys(h for h in HEADER if h.startswith("Recipient"))
    [row] = loaded(sheet_of(whom))["funding"]
    assert (row["reference"], row["partnership"]) == ("360G-x-1", None)


def test_organisations_with_details_already_are_not_written_over():
    tables = loaded(sheet_of({}), known_organisations={"GB-CHC-514479"})
    assert [row["organisation"] for row in tables["organisation"]] == ["GB-CHC-1015648"]
    assert len(tables["membership"]) == 2


def test_a_json_package_says_the_same_as_the_spreadsheet():
    package = {
        "grants": [
            {
                "id": "360G-x-1",
                "title": "Write to jane@ashby.example",
                "currency": "GBP",
                "amountAwarded": 500.00,
                "awardDate": "2024-03-05",
                "plannedDates": [{"duration": 12}],
                "recipientOrganization": [
                    {"id": "GB-CHC-514479", "name": "Ashby Youth", "charityNumber": 514479}
                ],
                "fundingOrganization": [{"id": "GB-CHC-1015648", "name": "The Fund"}],
                "beneficiaryLocation": [{"geoCode": "E06000016"}, {"geoCode": "E06000017"}],
            }
        ]
    }
    sheets = giving_json(json.dumps(package).encode())
    assert is_giving(sheets)
    tables = loaded(*sheets)
    spreadsheet = loaded(sheet_of({}))
    assert [r["amount_gbp"] for r in tables["funding"]] == ["500.0"]
    for rows in (tables["partnership"], tables["funding"]):
        assert [row.pop("row") for row in rows] == [1]
    for row in spreadsheet["partnership"]:
        row.pop("row")
    assert tables["partnership"] == spreadsheet["partnership"]
    assert [f["place"] for f in tables["footprint"]] == ["E06000016", "E06000017"]
    assert "1 grant with an e-mail address" in said(*sheets)


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b'{"a": 1}', b'{"a": ', b"[1, 2]"])
def test_what_is_no_package_of_grants_is_left_to_others(content):
    assert giving_json(content) is None


def test_a_package_that_breaks_off_is_refused_with_the_line():
    with pytest.raises(Refused, match="line 2: it is broken off or damaged"):
        giving_json(b'{"grants": [\n{"id": ')
    with pytest.raises(Refused, match="no grants in it"):
        giving_json(b'{"grants": []}')


def test_a_payments_file_is_no_360giving_file():
    assert not is_giving([Sheet.of(("Supplier", "Amount"), [("A", "1")])])


def test_what_the_standard_lacks_and_what_is_left_is_told():
    words = said(sheet_of({"Amount Awarded": "0"}), Sheet.of(("Note",), [("x",)], name="Meta"))
    assert "no payments" in words
    assert "no hours" in words
    assert "1 grant of nothing." in words
    assert "No grants on the sheet “Meta”: left out." in words
    assert "Not taken: “Note”" not in words


@pytest.mark.skipif(not ALWF.exists(), reason="the folder of real files is not here")
def test_every_grant_of_a_real_file_is_accounted_for():
    openpyxl = pytest.importorskip("openpyxl")
    from civic_metrics.intake.reading import read

    table = list(openpyxl.load_workbook(ALWF).active.iter_rows(values_only=True))
    at = {heading: place for place, heading in enumerate(table[0])}

    def cell(row, heading):
        return row[at[heading]]

    grants = [(number, row) for number, row in enumerate(table[1:], start=2) if any(row)]
    known = ("K02000001", "E12000007")
    tables = loaded(*read(ALWF.read_bytes(), ALWF.name), known_place_codes=known)
    assert {(r["reference"], r["row"], float(r["amount_gbp"])) for r in tables["funding"]} == {
        (cell(row, "Identifier"), number, round(float(cell(row, "Amount Awarded")), 2))
        for number, row in grants
    }
    assert len(tables["funding"]) == len(grants)
    first = {}
    for _, row in grants:
        key = cell(row, "Recipient Org:Identifier")
        day = str(cell(row, "Award Date"))[:10]  # a date, or the same as text
        first[key] = min(day, first.get(key, day))
    recipients = {
        m["partnership"]: m["organisation"] for m in tables["membership"] if m["role"] == "member"
    }
    started = {recipients[p["partnership"]]: p["started_on"] for p in tables["partnership"]}
    assert started == first
    funders = {cell(row, "Funding Org:Identifier") for _, row in grants}
    assert {o["organisation"] for o in tables["organisation"]} == {*first, *funders}
    numbers = {o["organisation"]: o["charity_number"] for o in tables["organisation"]}
    assert numbers["GB-CHC-514479"] == "514479"
    assert {(recipients[f["partnership"]], f["place"]) for f in tables["footprint"]} == {
        (cell(row, "Recipient Org:Identifier"), cell(row, "Beneficiary Location:Geographic Code"))
        for _, row in grants
        if cell(row, "Beneficiary Location:Geographic Code") in known
    }
