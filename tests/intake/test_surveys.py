"""Wide survey downloads become review rows, with the original scale and words kept."""

from __future__ import annotations

import pytest

from civic_metrics.intake.shapes.scales import family_of, number_scale, word_scale
from civic_metrics.intake.shapes.surveys import review_rows, survey
from civic_metrics.intake.sheet import Sheet

GIVEN = {"partnership": "P1", "side": "partner", "reviewed_on": "2024-03-01"}


def rows_of(sheet, constants=GIVEN):
    """The review rows as dicts, with the row of the file, and what was said."""
    found = survey(sheet)
    part = review_rows(sheet, found, constants=constants)
    rows = part.sheet.cells.to_pylist()
    numbered = zip(rows, part.sheet.rows, strict=True)
    return [row | {"row": number} for row, number in numbered], " ".join(part.said)


def scores(rows):
    return [(row["respondent"], row["statement"], row["score"], row["row"]) for row in rows]


def test_a_column_a_question_becomes_a_row_an_answer():
    sheet = Sheet.of(
        ["Respondent ID", "Date submitted", "Q1. We decide together", "Q2. We are paid on time"],
        [
            ["7", "2024-03-01", "Strongly agree", "Disagree"],
            ["8", "2024-03-02", "Neither agree nor disagree", None],
        ],
    )
    rows, said = rows_of(sheet, {"partnership": "P1", "side": "partner"})
    assert scores(rows) == [
        ("7", "We decide together", "5", 2),
        ("7", "We are paid on time", "2", 2),
        ("8", "We decide together", "3", 3),
    ]
    assert [row["reviewed_on"] for row in rows] == ["2024-03-01", "2024-03-01", "2024-03-02"]
    assert rows[0]["answer"] == "Strongly agree"
    assert rows[0]["scale"] == "1 (strongly disagree) to 5 (strongly agree)"
    assert "2 respondents" in said


def test_headings_in_two_rows_are_read_whether_joined_or_not():
    joined = Sheet.of(
        ["Respondent ID", "Q3 / How far do you agree? / We decide together",
         "Q3 / How far do you agree? / We are heard"],
        [["7", "Agree", "Strongly disagree"]],
        first_row=3,
    )  # fmt: skip
    apart = Sheet.of(
        ["Respondent ID", "How far do you agree?", "column C"],
        [[None, "We decide together", "We are heard"], ["7", "Agree", "Strongly disagree"]],
    )
    coded = Sheet.of(
        ["ResponseId", "Q3_1", "Q3_2"],
        [
            ["Response ID", "How far do you agree? - We decide together",
             "How far do you agree? - We are heard"],
            ['{"ImportId":"_recordId"}', '{"ImportId":"QID3_1"}', '{"ImportId":"QID3_2"}'],
            ["7", "Agree", "Strongly disagree"],
        ],
    )  # fmt: skip
    wanted = [("7", "We decide together", "4"), ("7", "We are heard", "1")]
    for sheet, row in ((joined, 3), (apart, 3), (coded, 4)):
        rows, _ = rows_of(sheet)
        assert scores(rows) == [(*answer, row) for answer in wanted]
    assert "The first row under the headings" in rows_of(apart)[1]


def test_a_grid_in_square_brackets_keeps_its_statements():
    sheet = Sheet.of(
        ["Timestamp", "How often? [We meet]", "How often? [We are asked]"],
        [["01/03/2024 10:00:00", "Never", "Always"]],
    )
    rows, _ = rows_of(sheet, {"partnership": "P1", "side": "partner"})
    assert [(row["statement"], row["score"]) for row in rows] == [
        ("We meet", "1"),
        ("We are asked", "5"),
    ]


def test_who_a_person_is_and_what_the_tool_adds_never_come_along():
    sheet = Sheet.of(
        ["ID", "Completion time", "Email", "Name", "IP Address", "Contact", "Duration (in seconds)",
         "Do we listen to you?", "Do we pay you well?"],
        [["1", "2024-03-01", "jane@ashby.example", "Jane Example", "10.0.0.1",
          "jane@ashby.example", "30", "Always", "Rarely"]],
    )  # fmt: skip
    rows, said = rows_of(sheet, {"partnership": "P1", "side": "partner"})
    assert not any(word in str(rows) for word in ("jane", "Jane", "10.0.0.1"))
    assert scores(rows) == [
        ("1", "Do we listen to you?", "5", 2),
        ("1", "Do we pay you well?", "2", 2),
    ]
    assert "“Email”, “Name”, “IP Address” and “Contact” (says who a person is)" in said
    assert "“Duration (in seconds)” (is added by the survey tool)" in said


def test_names_under_respondent_are_not_taken_for_numbers():
    sheet = Sheet.of(
        ["Respondent", "Do we listen to you?", "Do we pay you well?"],
        [["Jane Smith", "Always", "Rarely"], ["John Brown", "Always", "Rarely"]],
    )
    rows, said = rows_of(sheet)
    assert "Smith" not in str(rows)
    # Two who answered alike are still two.
    assert len({row["respondent"] for row in rows}) == 2
    assert "one is made of what each answered" in said


def test_a_made_number_does_not_depend_on_the_order_of_the_rows():
    answers = [["Always", "Rarely"], ["Never", "Rarely"]]
    header = ["Do we listen to you?", "Do we pay you well?"]
    one, _ = rows_of(Sheet.of(header, answers))
    other, _ = rows_of(Sheet.of(header, answers[::-1]))
    assert {(r["respondent"], r["score"]) for r in one} == {
        (r["respondent"], r["score"]) for r in other
    }


def test_do_not_know_is_kept_without_a_score():
    sheet = Sheet.of(
        ["Respondent ID", "Do we listen to you?", "Do we pay you well?"],
        [["1", "Don't know", "Rarely"], ["2", "Always", "Often"]],
    )
    rows, said = rows_of(sheet)
    assert [(row["answer"], row["score"]) for row in rows] == [
        ("Don't know", None),
        ("Rarely", "2"),
        ("Always", "5"),
        ("Often", "4"),
    ]
    assert "1 answer such as “Don't know” kept without a score." in said


def test_each_side_is_told_from_the_role_and_the_universitys_organisation_left_empty():
    sheet = Sheet.of(
        ["Respondent ID", "Your role", "Your organisation", "Do we listen?", "Do we pay well?"],
        [
            ["1", "Community partner", "Ashby Youth", "Always", "Rarely"],
            ["2", "University staff", "Faculty of Arts", "Always", "Often"],
            ["3", "Visitor", None, "Never", "Often"],
        ],
    )
    rows, said = rows_of(sheet, {"partnership": "P1", "reviewed_on": "2024-03-01"})
    assert {(r["respondent"], r["side"], r["organisation"]) for r in rows} == {
        ("1", "partner", "Ashby Youth"),
        ("2", "university", None),
        ("3", None, None),
    }
    assert "Not plain which side they answer for: “Visitor”." in said


def test_words_of_their_own_become_comments_and_an_explanation_joins_its_question():
    sheet = Sheet.of(
        ["Respondent ID", "Do we listen?", "Please explain", "Do we pay well?",
         "What should change?"],
        [["1", "Always", "You do", "Rarely", "Pay sooner"], ["2", None, None, "Often", None]],
    )  # fmt: skip
    rows, _ = rows_of(sheet)
    assert [(r["statement"], r["score"], r["answer"], r["comment"]) for r in rows] == [
        ("Do we listen?", "5", "Always", "You do"),
        ("Do we pay well?", "2", "Rarely", None),
        ("What should change?", None, None, "Pay sooner"),
        ("Do we pay well?", "4", "Often", None),
    ]


def test_what_the_file_does_not_say_is_asked_for():
    sheet = Sheet.of(["Do we listen?", "Do we pay well?"], [["Always", "Rarely"]])
    _, said = rows_of(sheet, {"partnership": "P1"})
    assert "The file does not say the side and the day: give one for every row." in said


def test_the_same_statement_under_two_questions_stays_two():
    sheet = Sheet.of(
        ["Now / We trust each other", "A year ago / We trust each other"],
        [["Agree", "Disagree"]],
    )
    rows, _ = rows_of(sheet)
    assert [row["statement"] for row in rows] == [
        "Now – We trust each other",
        "A year ago – We trust each other",
    ]


@pytest.mark.parametrize(
    ("answers", "steps"),
    [
        ({"Strongly disagree": 20, "Disagree": 20, "Agree": 20, "Strongly agree": 20}, 4),
        ({"Strongly disagree": 20, "Disagree": 20, "Neutral": 1, "Agree": 20}, 5),
        ({"Agree": 2, "Strongly agree": 1}, 5),
        ({"Slightly agree": 9, "Agree": 9, "Strongly disagree": 9, "Neither": 9}, 7),
        ({"Slightly agree": 20, "Agree": 20, "Strongly disagree": 9}, 6),
    ],
)
def test_the_steps_of_a_scale_in_words_are_those_that_were_offered(answers, steps):
    assert family_of(answers) == "agreement"
    scale = word_scale("agreement", answers)
    assert scale.steps == steps
    assert max(scale.scores.values()) <= steps


@pytest.mark.parametrize(
    ("heading", "answers", "said", "scored"),
    [
        ("How well?", {"1": 1, "5": 2}, "1 to 5", {"1": 1, "5": 5}),
        ("How well?", {"0": 1, "9": 2}, "0 to 10", {"0": 0, "9": 9}),
        ("How well? (1-4)", {"2": 1}, "1 to 4", {"2": 2}),
        (
            "How well (1 = very well, 5 = very badly)?",
            {"1": 1, "4": 2},
            "1 (very badly) to 5 (very well)",
            {"1": 5, "4": 2},
        ),
        (
            "How?",
            {"1 (Strongly agree)": 1, "2": 1, "5 (Strongly disagree)": 1},
            "1 (strongly disagree) to 5 (strongly agree)",
            {"1 (Strongly agree)": 5, "2": 4, "5 (Strongly disagree)": 1},
        ),
    ],
)
def test_numbers_keep_their_range_and_the_best_scores_highest(heading, answers, said, scored):
    scale = number_scale(heading, answers, answers)
    assert (scale.said, scale.scores) == (said, scored)


def test_words_beside_numbers_decide_which_end_is_best():
    answers = {"1 - Strongly agree": 3, "2 - Agree": 2, "5 - Strongly disagree": 1}
    assert family_of(answers) == "agreement"
    assert word_scale("agreement", answers).scores == {
        "1 - Strongly agree": 5,
        "2 - Agree": 4,
        "5 - Strongly disagree": 1,
    }


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (["Supplier", "Amount", "Line", "Quantity"], ["A Ltd", "5", "1", "2"]),
        (["ID", "Name", "Start date", "Quality"], ["1", "Streets", "2024-01-01", "Good"]),
        (["statement", "score", "answer"], ["We trust each other", "5", "Agree"]),
        (["Partnership", "Partner"], ["Streets", "Mind"]),
    ],
)
def test_registers_payments_and_long_reviews_are_no_surveys(header, row):
    assert survey(Sheet.of(header, [row] * 4)) is None
