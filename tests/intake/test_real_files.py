"""Files made by others; skipped where the folder is absent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pyarrow.compute as pc
import pytest

from civic_metrics.contracts import contract
from civic_metrics.intake import Declared, Known, Refused, match, read, stage
from civic_metrics.intake.parsing import read_column
from civic_metrics.intake.parsing.values import without_missing
from civic_metrics.ledger.batch import ReadAs

REAL = Path(__file__).parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the folder of real files is not here")
FILES = sorted(p for p in REAL.glob("*/*") if p.is_file()) if REAL.exists() else []
REFUSED = {
    "empty.csv": "empty",
    "empty_sheet.xlsx": "every cell is empty",
    "errors.xlsx": "every cell is empty",
    "pass_protected.xlsx": "password",
}


def test_the_university_payment_requests_are_all_accounted_for():
    name = "university_payment_requests.csv"
    (sheet,) = read((REAL / "payments" / name).read_bytes(), name)
    layout = contract("payment")
    chosen = {
        "case_id": "invoice_ref",
        "first_submitted_date": "received_on",
        "payment_handled_date": "paid_on",
        "requested_amount": "amount",
        "project": "partnership",
        "organisational_unit": "payee",
    }
    matching = match(sheet.header, layout, chosen, {"currency": "XXX"})
    known = Known(today=date(2026, 11, 22))
    result = stage(sheet, layout, matching, known, Declared(create_missing=True))
    assert set(matching.ignored) == set(sheet.header) - set(chosen)
    assert (result.rows_read, result.rows.num_rows, len(result.set_aside)) == (6760, 6688, 72)
    said = ReadAs("partnership", "'UNKNOWN' read as missing", 493, (("UNKNOWN", "(empty)"),))
    assert said in result.read_as
    assert set(pc.unique(result.rows["currency"]).to_pylist()) == {"XXX"}
    assert result.latest_on == date(2019, 1, 7)
    # Worked out apart from our code: SOURCES.md gives 6,187 paid, 11.86 days on average.
    paid = [r for r in result.rows.to_pylist() if r["paid_on"]]
    days = [(r["paid_on"] - r["received_on"]).days for r in paid]
    assert (len(paid), round(sum(days) / len(days), 2)) == (6187, 11.86)


def test_a_council_file_with_one_date_loads_as_spend_with_its_credits_said():
    name = "manchester_spend500_2022-05.csv"
    (sheet,) = read((REAL / "payments" / name).read_bytes(), name)
    assert sheet.header[0] == "Body Name"
    layout = contract("payment")
    chosen = {"Invoice Payment Date": "paid_on", "Net Amount": "amount"}
    matching = match(sheet.header, layout, chosen)
    result = stage(
        sheet, layout, matching, Known(today=date(2026, 1, 1)), Declared(create_missing=True)
    )
    assert result.rows_read == 3564
    assert result.rows_read == result.rows.num_rows + result.repeated + len(result.set_aside)
    assert any("credit note" in warning.fix for warning in result.warnings)


def parsed_as(path: str, heading: str, table: str, name: str):
    """One column of a real file, read as one of ours, and the words for missing it has."""
    (sheet, *_) = read((REAL / path).read_bytes(), Path(path).name)
    column = contract(table).column(name)
    present, missing = without_missing(sheet.cells[heading], column)
    with duckdb.connect() as con:
        parsed = read_column(con, present, column, is_workbook=sheet.is_workbook)
    return sheet.cells[heading], parsed, [note.said for note in missing]


SALFORD = "partnerships/salford_contracts_register_2022-07.csv"


@pytest.mark.parametrize(
    ("heading", "name", "missing", "faults"),
    [
        ("Start Date", "started_on", ["'TBC' read as missing", "'X' read as missing"], []),
        ("End Date", "ended_on", ["'TBC' read as missing"], ["22/04/222", "2022-09-31"]),
        ("Current Expiry Date", "planned_end_on", ["'TBC' read as missing"], ["2022-09-31"]),
    ],
)
def test_the_dates_of_a_contracts_register_are_read_missing_or_wrong_with_a_reason(
    heading, name, missing, faults
):
    cells, parsed, words = parsed_as(SALFORD, heading, "partnership", name)
    assert sorted(words) == missing
    assert sorted(cells[place].as_py() for place in parsed.faults) == sorted(faults)
    read_or_not = parsed.values[name].null_count
    assert read_or_not == cells.null_count + len(missing) + len(faults)


def test_the_company_numbers_of_a_contracts_register_get_their_noughts_back():
    _, parsed, _ = parsed_as(SALFORD, "Company Number", "organisation", "company_number")
    # Counted apart from our code: 225 of seven figures and 30 of six, of 360 rows.
    (note,) = parsed.notes
    assert note.count == 225 + 30
    numbers = [text for text in parsed.values["company_number"].to_pylist() if text]
    assert {len(number) for number in numbers if number.isdigit()} == {8}


def test_charity_numbers_of_a_workbook_have_no_decimals():
    path = "grants/andrew_lloyd_webber_foundation_360giving.xlsx"
    heading = "Recipient Org:Charity Number"
    _, parsed, _ = parsed_as(path, heading, "organisation", "charity_number")
    numbers = [text for text in parsed.values["charity_number"].to_pylist() if text]
    assert "514479" in numbers
    assert not any(text.endswith(".0") for text in numbers)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_real_file_is_read_or_refused_with_its_cause(path):
    content = path.read_bytes()
    if path.name in REFUSED:
        with pytest.raises(Refused, match=REFUSED[path.name]):
            read(content, path.name)
        return
    for sheet in read(content, path.name):
        assert len(sheet) > 0
        assert len(set(sheet.header)) == len(sheet.header)
        assert list(sheet.rows) == sorted(set(sheet.rows))
