"""Rules about rows and sheets: which rows break them, and what is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest

from civic_metrics.contracts import contract
from civic_metrics.intake.checking import Against, Finding, check
from civic_metrics.intake.checking.limits import LoadedBefore, limits_of
from civic_metrics.intake.parsing.amounts import ARROW_TYPES
from civic_metrics.ledger.batch import Severity

TODAY = date(2024, 6, 30)
START = date(2000, 1, 1)
LIMITS = limits_of(
    [
        ("hours_in_a_day_most", START, None, 24),
        ("hourly_rate_most_gbp", START, None, 500),
        ("hourly_rate_least_gbp", date(2023, 4, 1), date(2024, 3, 31), 10.42),
        ("hourly_rate_least_gbp", date(2024, 4, 1), date(2025, 3, 31), 11.44),
        ("days_to_pay_most", START, None, 365),
        ("amount_outside_range_ratio", START, None, 3),
    ]
)
AGAINST = Against(TODAY, LIMITS)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def found(
    table: str, columns: Mapping[str, Sequence[object]], against: Against = AGAINST
) -> list[Finding]:
    """What breaks a rule, days given as ISO text."""
    layout = contract(table)
    kinds = dict(layout.stored)
    typed = {}
    for name, values in columns.items():
        kind = kinds[name]
        if kind == "date":
            values = [day(value) for value in values]
        elif kind.startswith("decimal"):
            values = [None if value is None else Decimal(str(value)) for value in values]
        typed[name] = pa.array(values, ARROW_TYPES[kind])
    (size,) = {len(values) for values in typed.values()}
    with duckdb.connect() as con:
        con.register("typed", pa.table({"_n": pa.array(range(size), pa.int64()), **typed}))
        return list(check(con, layout, tuple(columns), against))


def of(findings: list[Finding], word: str) -> list[tuple[str | None, str, list[int]]]:
    """Column, severity and places of the findings whose expectation has the word."""
    return [
        (f.column, f.severity.value, [] if f.places is None else f.places.to_pylist())
        for f in findings
        if word in f.fault.expected
    ]


def paid(**columns: Sequence[object]) -> dict[str, Sequence[object]]:
    """Payments to org-a of £5, invoices I0, I1 … unless said otherwise."""
    size = len(next(iter(columns.values())))
    usual = {
        "payee": ["org-a"] * size,
        "invoice_ref": [f"I{n}" for n in range(size)],
        "amount": [5 + n for n in range(size)],
    }
    return {**usual, **columns}


def test_rows_that_break_nothing_are_not_spoken_of():
    assert found("payment", paid(received_on=["2024-02-01"], paid_on=["2024-02-20"])) == []


def test_each_stage_of_a_payment_comes_on_or_after_the_one_before():
    rows = paid(
        worked_on=["2024-01-10", "2024-01-10"],
        invoiced_on=["2024-01-09", "2024-01-10"],
        received_on=["2024-01-08", "2024-01-10"],
        approved_on=["2024-01-07", "2024-01-10"],
        paid_on=["2024-01-08", "2024-01-10"],
        due_on=["2024-01-08", "2024-01-10"],
        returned_on=["2024-01-07", "2024-01-10"],
    )
    findings = found("payment", rows)
    assert {f.column for f in findings} == {
        "invoiced_on", "received_on", "approved_on", "due_on", "returned_on",
    }  # fmt: skip
    assert {(f.severity, tuple(f.places.to_pylist())) for f in findings} == {
        (Severity.WARNING, (0,))
    }


def test_paid_before_received_is_told_once_and_not_as_a_stage_too():
    rows = paid(received_on=["2024-02-10"], approved_on=["2024-01-31"], paid_on=["2024-02-01"])
    assert of(found("payment", rows), "received") == [("paid_on", "warning", [0])]


STANDING = pa.table(
    {
        "payee": ["org-a", "org-a"],
        "invoice_ref": ["I0", "I1"],
        "line_ref": pa.nulls(2, pa.string()),
        "payment_ref": pa.nulls(2, pa.string()),
        "received_on": [date(2024, 2, 10), date(2024, 2, 10)],
        "paid_on": pa.nulls(2, pa.date32()),
        "kind": ["supply", "grant"],
    }
)


def test_a_file_of_payment_dates_alone_is_held_against_the_receipt_the_records_hold():
    rows = paid(paid_on=["2024-02-01", "2024-02-01", "2024-02-01"])
    findings = found("payment", rows, Against(TODAY, LIMITS, standing=STANDING))
    assert of(findings, "received") == [("paid_on", "error", [0]), ("paid_on", "warning", [1])]
    assert findings[0].said == ["received 2024-02-10 in the records"]


def test_a_receipt_in_the_records_is_receipt_enough():
    rows = paid(paid_on=[None, "2024-03-01", None])
    findings = found("payment", rows, Against(TODAY, LIMITS, standing=STANDING))
    assert of(findings, "a day received") == [("paid_on", "error", [2])]


def test_more_than_a_year_to_pay_asks_whether_the_year_is_right():
    received = ["2023-01-01", "2023-01-01", "2023-01-01"]
    rows = paid(received_on=received, paid_on=["2024-01-01", "2024-01-02", None])
    assert of(found("payment", rows), "within 365 days of receipt") == [("paid_on", "warning", [1])]
    rows = paid(invoiced_on=received, paid_on=["2024-01-01", "2024-01-02", None])
    del rows["invoice_ref"]
    assert of(found("payment", rows), "365 days of the invoice") == [("paid_on", "warning", [1])]


def test_a_limit_that_is_not_in_the_table_is_not_checked():
    rows = paid(received_on=["2003-01-01"], paid_on=["2024-01-01"])
    assert found("payment", rows, Against(TODAY)) == []


def test_years_far_off_are_asked_about_where_the_table_says_what_is_far():
    limits = limits_of([("year_least", START, None, 1900), ("years_ahead_most", START, None, 50)])
    rows = paid(received_on=["1899-12-31", "1900-01-01"], due_on=["2074-12-31", "2075-01-01"])
    findings = found("payment", rows, Against(TODAY, limits))
    assert of(findings, "from 1900") == [("received_on", "warning", [0])]
    assert of(findings, "up to 2074") == [("due_on", "warning", [1])]


def test_days_of_money_and_time_from_before_programs_kept_them_are_asked_about():
    limits = limits_of([("record_year_least", START, None, 1990)])
    against = Against(TODAY, limits)
    rows = paid(
        received_on=["1926-03-01", "1990-01-01"],
        paid_on=["2024-02-01", "1926-03-02"],
        due_on=["1926-03-31", "2024-03-31"],
    )
    assert of(found("payment", rows, against), "a year from 1990 on") == [
        ("received_on", "warning", [0]),
        ("paid_on", "warning", [1]),
    ]
    rows = given(worked_on=["1926-03-01", "2024-03-01"])
    assert of(found("contribution", rows, against), "a year from 1990 on") == [
        ("worked_on", "warning", [0])
    ]
    register = {"partnership": ["a"], "name": ["Old Guild"], "started_on": ["1926-03-01"]}
    assert of(found("partnership", register, against), "a year from") == []


def test_amounts_of_nothing_credits_and_too_much_vat_are_said():
    rows = paid(received_on=["2024-02-01"] * 4, amount=[0, -5, 5, -5], vat=[0, -1, 6, -6])
    findings = found("payment", rows)
    assert of(findings, "other than 0") == [("amount", "warning", [0])]
    assert of(findings, "credit note") == [("amount", "warning", [1, 3])]
    assert of(findings, "VAT") == [("vat", "warning", [2, 3])]


def test_an_amount_far_outside_the_files_own_range_is_asked_about():
    # Quartiles 10 and 20, a spread of a doubling: three of them reach to 160 and down to 1.25.
    amounts = [10] * 10 + [20] * 10 + [160, 161, "1.25", "1.24"]
    rows = paid(received_on=["2024-02-01"] * 24, amount=amounts)
    assert of(found("payment", rows), "half of them are from 10.00 to 20.00") == [
        ("amount", "warning", [21, 23])
    ]


def test_amounts_of_few_rows_have_no_range_and_currencies_have_their_own():
    few = paid(received_on=["2024-02-01"] * 19, amount=[*range(10, 28), 99999])
    assert of(found("payment", few), "like the others") == []
    rows = paid(
        received_on=["2024-02-01"] * 40,
        amount=[*range(100, 120), *range(10_000, 10_020)],
        currency=["GBP"] * 20 + ["JPY"] * 20,
    )
    assert of(found("payment", rows), "like the others") == []


def test_one_invoice_with_its_number_written_in_two_ways_looks_like_the_same_twice():
    rows = paid(
        invoice_ref=["INV-001", "INV001", "inv 1", "INV-100", "INV-1000"],
        received_on=["2024-02-01"] * 5,
        amount=[50] * 5,
    )
    (finding,) = found("payment", rows)
    assert (finding.places.to_pylist(), finding.others[0]) == ([0, 1, 2], [1, 2])
    rows["amount"] = [50, 51, 52, 53, 54]
    assert found("payment", rows) == []


def test_one_invoice_under_two_payees_looks_like_the_same_twice():
    rows = paid(
        payee=["org-a", "org-b", "org-b"],
        invoice_ref=["I1", "I1", "I2"],
        received_on=["2024-02-01"] * 3,
        amount=[50] * 3,
    )
    assert of(found("payment", rows), "under one payee") == [("payee", "warning", [0, 1])]


def test_two_lines_of_one_invoice_are_not_the_same_twice():
    rows = paid(
        invoice_ref=["I1", "I1"],
        line_ref=["1", "2"],
        received_on=["2024-02-01"] * 2,
        amount=[50] * 2,
    )
    assert found("payment", rows) == []


def given(**columns: Sequence[object]) -> dict[str, Sequence[object]]:
    """Contributions of partners on 1 February 2024, in hours unless said otherwise."""
    size = len(next(iter(columns.values())))
    usual = {
        "contribution_ref": [f"c{n}" for n in range(size)],
        "role_group": ["partner"] * size,
        "worked_on": ["2024-02-01"] * size,
        "unit": ["hour"] * size,
    }
    return {**usual, **columns}


def test_no_row_has_more_hours_than_a_day():
    rows = given(
        quantity=[24.0, 25.0, 3.0, 4.0, 6.0, 7.0],
        unit=["hour", "hour", "day", "day", "half day", "half day"],
        hours_per_day=[None, None, None, None, 8.0, 8.0],
    )
    # Days of 7.5 hours: 3 make 22.5 and 4 make 30; half days of 4 hours: 6 make 24, 7 make 28.
    assert of(found("contribution", rows), "24 hours for one day") == [
        ("quantity", "warning", [1, 3, 5])
    ]


def test_one_person_has_no_more_hours_than_a_day_in_all():
    rows = given(
        person_ref=["p1", "p1", "p2", "p2", None, None],
        quantity=[12.0, 13.0, 12.0, 12.0, 20.0, 20.0],
    )
    (finding,) = found("contribution", rows)
    assert finding.places.to_pylist() == [0, 1]
    assert finding.said == ["25 in all", "25 in all"]
    assert finding.others == [[1], [0]]


def test_pay_under_the_legal_minimum_of_the_day_is_asked_about_and_unpaid_hours_are_not():
    rows = given(
        worked_on=["2024-03-31", "2024-04-01", "2024-04-01", "2024-04-01", "2020-01-01"],
        quantity=[10.0, 10.0, 10.0, 10.0, 10.0],
        paid_gbp=[104.20, 104.20, 114.40, 0, 1],
    )
    (finding,) = found("contribution", rows)
    assert "£11.44" in finding.fault.expected
    assert (finding.places.to_pylist(), finding.said) == ([1], ["£10.42 an hour"])


def test_pay_over_the_most_is_asked_about_for_time_and_for_rates():
    rows = given(quantity=[1.0, 1.0, 0.0], paid_gbp=[500, 501, 501])
    assert of(found("contribution", rows), "at most £500.00 an hour") == [
        ("paid_gbp", "warning", [1])
    ]
    rates = {
        "activity": ["advice", "research"],
        "from_on": ["2024-05-01", "2024-05-01"],
        "hourly_gbp": [501, 11],
    }
    assert of(found("rate", rates), "an hour") == [
        ("hourly_gbp", "warning", [0]),
        ("hourly_gbp", "warning", [1]),
    ]


def test_quantities_with_no_column_for_their_unit_are_said_once():
    rows = given(quantity=[1.0, 2.0])
    del rows["unit"]
    (finding,) = found("contribution", rows)
    assert (finding.column, finding.places) == ("quantity", None)


def members(joined: Sequence[str | None], left: Sequence[str | None], precision: str = "day"):
    """One organisation's memberships in one partnership."""
    size = len(joined)
    return {
        "partnership": ["P1"] * size,
        "organisation": ["org-a"] * size,
        "joined_on": joined,
        "joined_on_precision": [precision] * size,
        "left_on": left,
        "left_on_precision": [precision] * size,
    }


def test_memberships_of_one_organisation_that_overlap_are_said_beside_each_other():
    rows = members(
        ["2020-01-01", "2021-01-01", "2022-06-01", "2020-06-01"],
        ["2021-01-01", "2022-01-01", None, "2020-07-01"],
    )
    (finding,) = found("membership", rows)
    assert (finding.places.to_pylist(), finding.others) == ([0, 3], [[3], [0]])


def test_memberships_known_to_the_year_overlap_only_where_they_must():
    assert (
        found("membership", members(["2020-07-01", "2021-07-01"], ["2021-07-01", None], "year"))
        == []
    )
    must = members(["2020-07-01", "2021-07-01"], ["2022-07-01", None], "year")
    assert of(found("membership", must), "overlap") == [("joined_on", "warning", [0, 1])]


def test_rates_of_one_kind_do_not_share_a_day():
    rates = {
        "activity": ["advice"] * 3,
        "from_on": ["2024-01-01", "2024-02-01", "2024-02-29"],
        "to_on": ["2024-01-31", "2024-02-29", None],
        "hourly_gbp": [20, 21, 22],
    }
    assert of(found("rate", rates), "overlap") == [("from_on", "warning", [1, 2])]


@pytest.mark.parametrize(
    ("table", "start", "end"),
    [("partnership", "started_on", "ended_on"), ("membership", "joined_on", "left_on"),
     ("rate", "from_on", "to_on")],
)  # fmt: skip
def test_nothing_ends_before_it_starts(table: str, start: str, end: str):
    rows = {start: ["2021-05-02", "2021-05-02"], end: ["2021-05-01", "2021-05-02"]}
    if contract(table).column(start).partial:
        rows |= {f"{start}_precision": ["day"] * 2, f"{end}_precision": ["day"] * 2}
    assert of(found(table, rows), "on or after the start") == [(end, "error", [0])]


def test_two_partnerships_of_one_name_and_start_may_be_one():
    rows = {
        "partnership": ["A", "B", "C", "D"],
        "name": ["Healthy Streets", "healthy-streets!", "Healthy Streets", "Reading Rooms"],
        "started_on": ["2021-05-01", "2021-05-01", "2022-05-01", "2021-05-01"],
        "started_on_precision": ["day"] * 4,
    }
    assert of(found("partnership", rows), "same name and start") == [("name", "warning", [0, 1])]


def test_shares_of_one_partnership_come_to_no_more_than_the_whole():
    rows = {
        "partnership": ["A", "A", "A", "B", "B"],
        "place": ["p1", "p2", "p3", "p1", "p2"],
        "share": [0.34, 0.34, 0.34, 0.6, 0.6],
    }
    assert of(found("footprint", rows), "shares") == [("share", "warning", [3, 4])]


BEFORE = (
    LoadedBefore("march.csv", "march", date(2024, 3, 1), date(2024, 3, 31), 90, batch=7),
    LoadedBefore("april.csv", "april", date(2024, 4, 1), date(2024, 4, 30), 80, batch=8),
)


def test_days_loaded_before_from_another_file_are_said_for_the_sheet_as_a_whole():
    rows = paid(received_on=["2024-02-10", "2024-03-05", "2024-03-09"])
    (finding,) = found(
        "payment", rows, Against(TODAY, loaded=BEFORE, file_name="new.csv", source="new")
    )
    assert (finding.column, finding.places, finding.found) == (None, None, ["2 rows of those days"])
    said = finding.fault.expected
    assert (
        "payments from 5 March 2024 to 9 March 2024 were loaded from “march.csv” (upload 7)" in said
    )


def test_the_same_file_and_a_later_extract_of_its_source_are_not_another():
    rows = paid(received_on=["2024-03-05"])
    for name, source in (("march.csv", "x"), ("march 2.csv", "march")):
        assert found("payment", rows, Against(TODAY, {}, BEFORE, name, source)) == []
