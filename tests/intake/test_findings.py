"""Problems gathered row by row, and grouped by what to do about them."""

from __future__ import annotations

import dataclasses

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.contracts import contract
from civic_metrics.intake.checking.findings import ONE_BY_ONE, Findings, grouped, rows_text
from civic_metrics.intake.checking.keys import Conflict
from civic_metrics.intake.checking.rules import Finding
from civic_metrics.intake.parsing.values import Fault
from civic_metrics.intake.sheet import Sheet
from civic_metrics.ledger.batch import Problem, Severity

SAY = Fault("something else", "Do something.")


def findings(rows: list[tuple[str | None, ...]], header=("Number", "Total", "Notes")) -> Findings:
    """A sheet whose columns hold invoice_ref, amount and nothing of ours; its rows from 2 on."""
    sheet = Sheet.of(header, rows)
    headings = {"invoice_ref": "Number", "amount": "Total"}
    texts = {ours: sheet.cells[theirs] for ours, theirs in headings.items()}
    return Findings(sheet, headings, texts)


def places(*numbers: int) -> pa.Array:
    return pa.array(numbers, pa.int64())


THREE = [("I1", "5", None), ("I2", None, None), ("I3", "7", None)]


def test_a_rule_broken_is_told_for_each_row_under_its_heading_with_the_cells():
    gathered = findings(THREE)
    gathered.take(Finding("amount", SAY, places=places(0, 2), beside=("invoice_ref",)))
    assert [(p.row, p.column, p.found) for p in gathered.told(())] == [
        (2, "Total", "5 (Number I1)"),
        (4, "Total", "7 (Number I3)"),
    ]


def test_what_was_worked_out_and_the_rows_to_compare_are_told_too():
    gathered = findings(THREE)
    gathered.take(Finding("amount", SAY, places=places(0), said=["£1.00 an hour"], others=[[1, 2]]))
    assert gathered.told(())[0].found == "5 (£1.00 an hour, compare rows 3 and 4)"


def test_a_rule_is_not_told_where_a_cell_it_looks_at_could_not_be_read():
    gathered = findings(THREE)
    gathered.note("amount", {1: SAY})
    gathered.take(Finding("invoice_ref", SAY, places=places(0, 1, 2), beside=("amount",)))
    assert [p.row for p in gathered.told(())] == [2, 4]
    assert ((1, "amount") in gathered.faulty, (0, "amount") in gathered.faulty) == (True, False)


def test_a_column_made_from_others_has_no_cell_to_show():
    gathered = findings(THREE)
    gathered.take(Finding("line_ref", SAY, places=places(0), said=["line 1"]))
    assert [(p.column, p.found) for p in gathered.told(())] == [("line_ref", "line 1")]


def test_a_warning_of_many_rows_is_told_of_the_first_one_by_one_and_of_the_rest_together():
    size = ONE_BY_ONE + 500
    gathered = findings([(f"I{n}", "0", None) for n in range(size)])
    gathered.take(Finding("amount", SAY, places=places(*range(size))))
    told = gathered.told(())
    assert len(told) == ONE_BY_ONE + 1
    assert (told[0].row, told[0].found) == (None, "500 more rows: rows 1002 to 1501")
    (group,) = grouped(told)
    assert (group.count, group.rows) == (size, tuple(range(2, size + 2)))
    # Rows set aside have their problems beside them.
    fewer = gathered.told({0, size - 1, size - 2})
    assert fewer[0].found == "498 more rows: rows 1002 to 1499"
    assert len(fewer) == ONE_BY_ONE


def test_what_many_rows_share_is_listed_like_any_other_problem():
    size = ONE_BY_ONE + 1
    gathered = findings([(f"I{n}", "0", None) for n in range(size)])
    gathered.take(Finding("amount", SAY, places=places(*range(size))))
    assert set(dataclasses.asdict(gathered.told(())[0])) == {
        f.name for f in dataclasses.fields(Problem)
    }


def test_errors_are_told_for_every_row_however_many_and_share_their_texts():
    size = ONE_BY_ONE + 500
    gathered = findings([(f"I{n}", "x", None) for n in range(size)])
    gathered.note("amount", dict.fromkeys(range(size), SAY))
    assert len(gathered.errors) == size
    assert len({id(p.expected) for problems in gathered.errors.values() for p in problems}) == 1


def test_rows_of_one_key_are_told_of_each_other():
    gathered = findings(THREE)
    gathered.note_conflicts(contract("payment"), [Conflict((0, 2), ("amount",))])
    (first,), (second,) = gathered.errors[0], gathered.errors[2]
    assert "row 4 has the same key but differs in Total" in first.expected
    assert "row 2 has the same key but differs in Total" in second.expected
    assert (first.row, first.column, first.found) == (2, "Number", "I1")
    (group,) = grouped([first, second])
    assert "another row has the same key" in group.expected
    assert group.rows == (2, 4)


def test_a_key_of_thousands_of_rows_names_a_few_of_them():
    gathered = findings([("I1", str(n), None) for n in range(3000)])
    gathered.note_conflicts(contract("payment"), [Conflict(tuple(range(3000)), ("amount",))])
    assert max(len(p.expected) for ps in gathered.errors.values() for p in ps) < 200


def test_personal_data_is_said_with_the_address_hidden_and_once_for_what_is_not_loaded():
    gathered = findings([("I1 jo@example.org", "5", "al@example.org"), ("I2", "6", None)])
    gathered.note_personal(contract("payment"), ("Notes",))
    general, of_row = gathered.told(())
    assert (general.row, general.column, general.found) == (None, "Notes", "row 2")
    assert "not loaded, but the file is kept" in general.fix
    assert (of_row.row, of_row.found) == (2, "I1 j…@…")
    assert not any("example.org" in str(problem) for problem in (general, of_row))


def problem(row: int | None, expected: str, severity: Severity = Severity.WARNING) -> Problem:
    return Problem(row, "amount", f"cell {row}", expected, "Mend it.", severity)


def test_groups_come_errors_first_then_the_most_rows_with_a_few_of_the_cells():
    groups = grouped(
        [
            problem(2, "a"),
            *(problem(row, "b") for row in (3, 4, 5, 6)),
            problem(9, "c", Severity.ERROR),
            problem(None, "d"),
        ]
    )
    assert [(g.expected, g.count, g.where) for g in groups] == [
        ("c", 1, "row 9"), ("b", 4, "rows 3 to 6"), ("a", 1, "row 2"), ("d", 1, ""),
    ]  # fmt: skip
    assert groups[1].found == ("cell 3", "cell 4", "cell 5")


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([], ""),
        ([12], "row 12"),
        ([12, 13], "rows 12 and 13"),
        ([12, 13, 14], "rows 12 to 14"),
        ([52, 12, *range(40, 52)], "rows 12 and 40 to 52"),
        ([2, 4, 6, 8, 10, 12, 13, 14], "rows 2, 4, 6, 8, 10 and 3 more"),
        ([5, 5], "row 5"),
    ],
)
def test_row_numbers_are_said_in_few_words(rows: list[int], text: str):
    assert rows_text(rows) == text


@given(st.sets(st.integers(1, 40), min_size=1))
def test_every_row_is_named_or_counted(rows: set[int]):
    text = rows_text(list(rows)).removeprefix("rows ").removeprefix("row ")
    counted = 0
    for part in text.replace(" and ", ", ").split(", "):
        if part.endswith(" more"):
            counted += int(part.split()[0])
        else:
            first, _, last = part.partition(" to ")
            counted += int(last or first) - int(first) + 1
    assert counted == len(rows)
