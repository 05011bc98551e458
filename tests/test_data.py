"""The data rooms: reference tables, published cases and the fictional demo, read as plain text.

Uses the standard library only, so that a fault in the package cannot hide one in the data.
"""

import csv
import itertools
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
DEMO, CASES, REFERENCE = DATA / "demo", DATA / "cases", DATA / "reference"
FILES = sorted(DATA.glob("*/*.csv"))
DEMO_FILES = [file for file in FILES if file.parent == DEMO]
LAST = "2026-03-31"
HAPPENED = {
    "payment": (
        "worked_on", "invoiced_on", "received_on", "returned_on", "approved_on", "paid_on",
    ),
    "contribution": ("worked_on",),
    "partnership": (
        "started_on", "ended_on",
        "data_and_ip_agreed_on", "payment_terms_told_on", "ending_planned_on",
    ),
    "membership": ("joined_on", "left_on"),
    "review": ("reviewed_on",),
    "expectation": ("stated_on",),
    "value_priority": ("stated_on",),
    "seat": ("from_on",),
    "holder": ("from_on", "to_on"),
    "milestone": ("set_on", "done_on"),
    "commitment": ("made_on", "judged_on"),
    "activity": ("held_on", "findings_shared_on"),
    "in_kind": ("given_on",),
}  # fmt: skip
PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def demo(table: str) -> list[dict[str, str]]:
    return rows_of(DEMO / f"{table}.csv")


def schema_of(table: str) -> dict:
    path = ROOT / "civic_metrics" / "contracts" / f"{table}.json"
    return json.loads(path.read_text("utf-8"))


def named(file: Path) -> str:
    return f"{file.parent.name}/{file.name}"


def first_day(partial: str) -> str:
    return (partial + "-01-01")[:10] if partial else ""


def hours_of(row: dict[str, str]) -> float:
    quantity, length = float(row["quantity"]), float(row["hours_per_day"] or 7.5)
    return quantity * {"hour": 1, "half day": length / 2}.get(row["unit"], length)


def fault(field: dict, text: str) -> str | None:
    """What is wrong with a cell under its column's contract; None where nothing is."""
    limits = field.get("constraints", {})
    if not text:
        return "empty though required" if limits.get("required") else None
    if "enum" in limits and text not in limits["enum"]:
        return "not one of the choices"
    try:
        if field["type"] in ("number", "integer"):
            number = int(text) if field["type"] == "integer" else Decimal(text)
            if not limits.get("minimum", number) <= number <= limits.get("maximum", number):
                return "out of range"
        if field["type"] == "date":
            whole = field.get("format") != "partial"
            if not PARTIAL.fullmatch(text) or (whole and len(text) != 10):
                return "not written as a date"
            date.fromisoformat((text + "-01-01")[:10])
    except (ValueError, ArithmeticError):
        return "not readable"
    if field["type"] == "boolean" and text not in ("true", "false"):
        return "not true or false"
    return None


def test_the_generator_reproduces_the_committed_files_byte_for_byte(tmp_path):
    command = [sys.executable, "-B", str(DEMO / "generate.py"), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    made = {file.name: file.read_bytes() for file in tmp_path.glob("*.csv")}
    assert set(made) == {file.name for file in DEMO_FILES}
    differing = [file.name for file in DEMO_FILES if made[file.name] != file.read_bytes()]
    assert not differing


@pytest.mark.parametrize("file", FILES, ids=named)
def test_every_column_belongs_to_its_contract(file):
    names = [field["name"] for field in schema_of(file.stem)["fields"]]
    with file.open(encoding="utf-8", newline="") as opened:
        header = next(csv.reader(opened))
    assert header == [name for name in names if name in header]
    assert not set(schema_of(file.stem)["primaryKey"]) - set(header)


@pytest.mark.parametrize("file", FILES, ids=named)
def test_every_cell_keeps_its_contract(file):
    fields = {field["name"]: field for field in schema_of(file.stem)["fields"]}
    faults = [
        (number, name, text, why)
        for number, row in enumerate(rows_of(file), start=2)
        for name, text in row.items()
        if (why := fault(fields[name], text))
    ]
    assert not faults


@pytest.mark.parametrize("file", FILES, ids=named)
def test_no_key_stands_twice(file):
    key = schema_of(file.stem)["primaryKey"]
    counted = Counter(tuple(row[name] for name in key) for row in rows_of(file))
    assert [values for values, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("room", [DEMO, CASES], ids=["demo", "cases"])
def test_every_reference_names_a_row_that_exists(room):
    known = {
        "organisation": {row["organisation"] for row in rows_of(room / "organisation.csv")},
        "partnership": {row["partnership"] for row in rows_of(room / "partnership.csv")},
        "place": {
            row["place_code"]
            for row in rows_of((DEMO if room == DEMO else REFERENCE) / "place.csv")
        },
    }
    unknown = []
    for file in sorted(room.glob("*.csv")):
        points = {
            f["name"]: f["reference"] for f in schema_of(file.stem)["fields"] if "reference" in f
        }
        for row in rows_of(file):
            for column, table in points.items():
                if row.get(column) and row[column] not in known[table]:
                    unknown.append((file.name, column, row[column]))
    assert not unknown


@pytest.mark.parametrize("room", [DEMO, REFERENCE], ids=["demo", "reference"])
def test_every_parent_of_a_place_is_a_place(room):
    places = rows_of(room / "place.csv")
    codes = {row["place_code"] for row in places}
    assert {row["parent_code"] for row in places} - {""} <= codes


def test_every_current_code_of_a_change_is_a_place():
    codes = {row["place_code"] for row in rows_of(REFERENCE / "place.csv")}
    changes = rows_of(REFERENCE / "place_code_change.csv")
    assert {row["current_code"] for row in changes} <= codes


@pytest.mark.parametrize("file", sorted(REFERENCE.glob("*.csv")), ids=named)
def test_every_reference_row_says_where_it_comes_from(file):
    sources = [row["source"] for row in rows_of(file)]
    assert all(sources)
    assert not [source for source in sources if "fictional" in source or "memory" in source]


def test_every_published_figure_of_a_real_organisation_names_its_document():
    assert all(row["source"] for row in rows_of(CASES / "published_figure.csv"))


def test_bank_rate_knows_nothing_past_the_end_of_2026():
    rows = rows_of(REFERENCE / "bank_rate.csv")
    assert max(row["ref_date"] for row in rows) <= "2026-12-31"
    assert max(row["applies_to"] for row in rows) == "2026-12-31"


def test_the_statutory_rate_is_eight_points_above_bank_rate():
    # SI 2002/1675 art 4
    rows = rows_of(REFERENCE / "bank_rate.csv")
    assert {Decimal(r["statutory_rate"]) - Decimal(r["bank_rate"]) for r in rows} == {8}


def test_bank_rate_periods_follow_one_another_without_gap():
    rows = sorted(rows_of(REFERENCE / "bank_rate.csv"), key=lambda row: row["applies_from"])
    ends = [date.fromisoformat(row["applies_to"]).toordinal() for row in rows]
    starts = [date.fromisoformat(row["applies_from"]).toordinal() for row in rows]
    assert starts[1:] == [end + 1 for end in ends[:-1]]


def test_no_two_wage_floors_of_one_name_stand_on_one_day():
    floors = defaultdict(list)
    for row in rows_of(REFERENCE / "rate.csv"):
        assert row["kind"] == "floor"
        assert not row["university"]
        assert not row["role_group"]
        floors[row["activity"]].append((row["from_on"], row["to_on"]))
    assert set(floors) == {
        "Real Living Wage (UK)", "Real Living Wage (London)", "National Living Wage",
        "Real Living Wage (UK), by its deadline", "Real Living Wage (London), by its deadline",
    }  # fmt: skip
    for periods in floors.values():
        periods.sort()
        assert all(end < start for (_, end), (start, _) in itertools.pairwise(periods))


def test_the_wage_floors_of_a_day_are_those_published():
    # livingwage.org.uk, 24 October 2023; PolicyEngine-uk minimum_wage.yaml
    def floor(name: str, day: str) -> list[str]:
        rows = rows_of(REFERENCE / "rate.csv")
        here = [r for r in rows if r["activity"] == name and r["from_on"] <= day <= r["to_on"]]
        return [row["hourly_gbp"] for row in here]

    assert floor("Real Living Wage (UK)", "2023-10-23") == ["10.90"]
    assert floor("Real Living Wage (UK)", "2023-10-24") == ["12.00"]
    assert floor("Real Living Wage (London)", "2023-10-24") == ["13.15"]
    assert floor("National Living Wage", "2025-03-31") == ["11.44"]
    assert floor("National Living Wage", "2025-04-01") == ["12.21"]
    assert floor("Real Living Wage (UK)", "2026-10-31") == []


def limits(measure: str) -> list[dict[str, str]]:
    return [row for row in rows_of(REFERENCE / "plausibility.csv") if row["measure"] == measure]


def test_every_limit_the_checks_ask_for_is_there_and_holds_on_one_day_once():
    measures = {row["measure"] for row in rows_of(REFERENCE / "plausibility.csv")}
    assert measures == {
        "hours_in_a_day_most", "hourly_rate_most_gbp", "hourly_rate_least_gbp",
        "days_to_pay_most", "amount_outside_range_ratio", "rows_for_no_variation",
        "record_year_least",
    }  # fmt: skip
    for measure in measures:
        periods = sorted((row["from_on"], row["to_on"] or "9999") for row in limits(measure))
        assert all(start <= end for start, end in periods)
        assert all(end < start for (_, end), (start, _) in itertools.pairwise(periods))
        assert len({row["unit"] for row in limits(measure)}) == 1


def test_the_least_hourly_rate_is_the_national_living_wage_of_the_day():
    # PolicyEngine-uk minimum_wage.yaml: one value a year from 1 April
    published = [
        "7.20", "7.50", "7.83", "8.21", "8.72", "8.91", "9.50", "10.42", "11.44", "12.21", "12.71",
    ]  # fmt: skip
    found = limits("hourly_rate_least_gbp")
    assert [row["value"] for row in found] == published
    assert [row["from_on"] for row in found] == [f"{year}-04-01" for year in range(2016, 2027)]
    assert [row["to_on"] for row in found] == [f"{year}-03-31" for year in range(2017, 2028)]
    floors = {
        row["from_on"]: (row["hourly_gbp"], row["source"])
        for row in rows_of(REFERENCE / "rate.csv")
        if row["activity"] == "National Living Wage"
    }
    assert {row["from_on"]: (row["value"], row["source"]) for row in found} == floors


def test_a_limit_that_is_our_own_choice_says_so():
    own = {"hourly_rate_most_gbp", "days_to_pay_most", "amount_outside_range_ratio",
           "rows_for_no_variation", "record_year_least"}  # fmt: skip
    said = {
        row["measure"]
        for row in rows_of(REFERENCE / "plausibility.csv")
        if row["source"].startswith("own choice, editable")
    }
    assert said == own
    [hours] = limits("hours_in_a_day_most")
    assert (hours["value"], hours["source"]) == ("24", "arithmetic: the hours of a day")


def test_there_is_no_threshold_for_unpaid_hours():
    names = {row["threshold"] for row in rows_of(REFERENCE / "threshold.csv")}
    assert "unpaid_hours_share" not in names
    assert {
        "paid_within_30_days", "time_to_payment_days", "compensation_parity", "median_hourly_gap",
    } <= names  # fmt: skip


def test_no_demo_organisation_bears_the_name_of_a_real_one():
    real = {row["name"].casefold() for row in rows_of(CASES / "organisation.csv")}
    ids = {row["organisation"] for row in rows_of(CASES / "organisation.csv")}
    invented = demo("organisation")
    assert not [row["name"] for row in invented if row["name"].casefold() in real]
    assert not [row["organisation"] for row in invented if row["organisation"] in ids]


def test_no_demo_place_is_a_real_place():
    real = rows_of(REFERENCE / "place.csv")
    names = {row["name"].casefold() for row in real}
    hexes = {(row["hex_q"], row["hex_r"]) for row in real if row["hex_q"]}
    invented = demo("place")
    assert all(row["place_code"].startswith("X") for row in invented)
    assert not [row["name"] for row in invented if row["name"].casefold() in names]
    assert not [row["name"] for row in invented if (row["hex_q"], row["hex_r"]) in hexes]


def test_demo_people_are_held_as_pseudonyms():
    people = [row for row in demo("organisation") if row["is_individual"] == "true"]
    assert len(people) == 6
    assert all(re.fullmatch(r"person-\d{3}", row["name"]) for row in people)
    assert all(row["consents_to_naming"] == "false" and not row["contact"] for row in people)


@pytest.mark.parametrize("table", sorted(HAPPENED))
def test_nothing_in_the_demo_happened_after_its_last_day(table):
    rows = demo(table)
    late = [row for row in rows for name in HAPPENED[table] if first_day(row[name]) > LAST]
    assert not late


def test_every_demo_payment_was_received_or_paid():
    assert all(row["received_on"] or row["paid_on"] for row in demo("payment"))


def test_only_advances_were_paid_before_receipt():
    early = [r for r in demo("payment") if r["paid_on"] and r["paid_on"] < r["received_on"]]
    advance = ("grant", "honorarium", "expenses", "access")
    assert early
    assert all(row["kind"] in advance or row["is_advance_agreed"] == "true" for row in early)


def test_what_was_withdrawn_or_rejected_was_not_paid():
    ended = [row for row in demo("payment") if row["outcome"]]
    assert {row["outcome"] for row in ended} == {"open", "withdrawn", "rejected"}
    assert not [row for row in ended if row["paid_on"]]


def test_every_credit_note_is_negative_and_settles_an_invoice_of_its_payee():
    rows = demo("payment")
    notes = [row for row in rows if row["credits"]]
    billed = defaultdict(Decimal)
    for row in rows:
        billed[row["payee"], row["invoice_ref"]] += Decimal(row["amount"])
    assert notes
    assert {row["invoice_ref"] for row in notes if Decimal(row["amount"]) >= 0} == set()
    over = [n for n in notes if billed[n["payee"], n["credits"]] < -Decimal(n["amount"])]
    assert not over


def test_nobody_gives_more_than_a_day_in_a_day():
    given = Counter()
    for row in demo("contribution"):
        person = row["person_ref"] or row["contribution_ref"]
        given[person, row["worked_on"]] += hours_of(row)
    assert max(given.values()) <= 24


def test_unpaid_time_says_why_and_paid_time_says_who_paid():
    for row in demo("contribution"):
        if row["paid_by"] == "nobody":
            assert row["unpaid_because"]
            assert Decimal(row["paid_gbp"]) == 0
        else:
            assert not row["unpaid_because"]


def test_time_is_given_only_while_the_partnership_lasts():
    spans = {
        row["partnership"]: (row["started_on"], row["ended_on"] or LAST)
        for row in demo("partnership")
    }
    outside = [
        row["contribution_ref"]
        for row in demo("contribution")
        if not first_day(spans[row["partnership"]][0])
        <= row["worked_on"]
        <= (spans[row["partnership"]][1] + "-12-31"[len(spans[row["partnership"]][1]) - 4 :])[:10]
    ]
    assert not outside


def test_an_invoice_for_time_is_billed_at_what_the_time_was_paid():
    paid, billed, settled = defaultdict(Decimal), defaultdict(Decimal), defaultdict(bool)
    for row in demo("contribution"):
        if row["invoice_ref"]:
            paid[row["organisation"], row["invoice_ref"]] += Decimal(row["paid_gbp"])
    for row in demo("payment"):
        key = (row["payee"], row["invoice_ref"])
        billed[key] += Decimal(row["amount"]) - Decimal(row["vat"])
        settled[key] |= bool(row["paid_on"])
    assert len(paid) > 100
    assert set(paid) <= set(billed)
    assert {k: v for k, v in paid.items() if v and v != billed[k]} == {}
    assert all(settled[key] for key, value in paid.items() if value)


def test_a_rate_of_staff_can_be_compared_in_every_activity_and_year():
    people = defaultdict(set)
    for row in demo("contribution"):
        if row["role_group"] == "staff":
            day = row["worked_on"]
            year = int(day[:4]) - (day[5:7] < "08")
            people[row["activity"], year, row["pay_basis"]].add(row["person_ref"])
    assert len(people) == 6 * 4 * 2
    assert min(len(group) for group in people.values()) >= 3


def test_no_partnership_ended_before_the_register_could_show_it():
    for row in demo("partnership"):
        if row["recorded_from_on"]:
            assert first_day(row["started_on"]) < row["recorded_from_on"]
            assert not row["ended_on"] or first_day(row["ended_on"]) >= row["recorded_from_on"]
        else:
            assert first_day(row["started_on"]) >= "2018-08-01"


def test_a_partnership_has_ended_exactly_where_it_has_an_end_and_a_reason():
    for row in demo("partnership"):
        ended = (row["stage"] == "ended", bool(row["ended_on"]), bool(row["end_reason"]))
        assert len(set(ended)) == 1, row["name"]
    assert sum(bool(row["ended_on"]) for row in demo("partnership")) == 14


@pytest.mark.parametrize("room", [DEMO, CASES], ids=["demo", "cases"])
def test_shares_of_a_footprint_do_not_pass_one(room):
    shares = Counter()
    for row in rows_of(room / "footprint.csv"):
        shares[row["partnership"]] += Decimal(row.get("share") or 0)
    assert max(shares.values()) <= 1


def test_every_demo_score_lies_on_its_scale_and_most_reviews_have_both_sides():
    rounds = defaultdict(set)
    for row in demo("review"):
        lowest, highest = (int(end.split(" ")[0]) for end in row["scale"].split(" to "))
        assert not row["score"] or lowest <= int(row["score"]) <= highest
        assert (row["side"] == "partner") == bool(row["organisation"])
        rounds[row["partnership"], row["reviewed_on"]].add(row["side"])
    both = sum(len(sides) == 2 for sides in rounds.values())
    assert len(rounds) / 2 < both < len(rounds)


def test_every_demo_review_is_about_principles_agreed_by_then():
    agreed = defaultdict(list)
    for row in demo("principle"):
        agreed[row["partnership"]].append(row)
    for row in demo("review"):
        held = agreed[row["partnership"]] or agreed[""]
        wordings = {
            (one["principle"], one["wording"])
            for one in held
            if one["from_on"] <= row["reviewed_on"] <= (one["to_on"] or LAST)
        }
        assert not row["principle"] or (row["principle"], row["statement"]) in wordings


def test_no_demo_board_has_more_seats_held_than_it_has():
    held = Counter()
    for row in demo("seat"):
        held[row["body"], row["total_seats"]] += int(row["seats"])
    assert all(seats <= int(total) for (_, total), seats in held.items() if total)
    assert len({body for body, _ in held}) == len(held)
    assert {total for _, total in held} >= {""}


def test_demo_priorities_share_out_no_more_than_there_is():
    given = Counter()
    for row in demo("value_priority"):
        for share in ("budget_share", "time_share"):
            given[row["partnership"], row["side"], share] += Decimal(row[share])
    assert max(given.values()) <= 1


def test_a_demo_activity_outside_hebci_says_why_and_findings_come_after_it():
    for row in demo("activity"):
        assert (row["in_hebci"] == "false") == bool(row["not_in_hebci_because"])
        assert not row["findings_shared_on"] or row["held_on"] < row["findings_shared_on"]


def test_help_in_kind_goes_both_ways_in_the_demo():
    ways = Counter(row["giver"] == "university-of-brackwater" for row in demo("in_kind"))
    assert min(ways.values()) > 20
    assert all(bool(row["value_gbp"]) == bool(row["basis"]) for row in demo("in_kind"))


def test_a_quiet_partnership_gives_no_sign_of_life_in_the_demo():
    quiet = {
        "brackwater-city-data-exchange": "2024-05-31",
        "coast-and-country-arts-trail": "2024-09-30",
        "marrow-rivers-watch": "2025-01-31",
    }
    days = {"activity": "held_on", "review": "reviewed_on", "milestone": "done_on"}
    for table, column in days.items():
        for row in demo(table):
            assert row[column] <= quiet.get(row["partnership"], LAST)
