"""The budget check, with a plan uploaded and a change tried."""

from __future__ import annotations

import pytest

PLAN = b"""who,activity,hours,rate
staff,talk,10,30
partner,talk,10,15
partner,talk,5,
dragon,x,1,1
"""


@pytest.fixture
def page(app, own_records):
    return app(own_records).switch_page("pages/budget.py").run()


def figures(page):
    table = page.dataframe[1].value  # the first is the plan itself
    return {row["Figure"]: row for row in table.to_dict("records")}


def test_the_example_is_weighed_and_each_change_shows_before_and_after(page):
    assert page.subheader[0].value.startswith("Partners would be paid 48p for each £1")
    page.selectbox[0].select_index(1).run()
    after = figures(page)["Partners for each £1 at the staff rate"]
    assert (after["As planned"], after["As changed"]) == ("48p", "£1.00")
    for number in range(len(page.selectbox[0].options)):
        page.selectbox[0].select_index(number).run()
        assert not page.exception


def test_a_spreadsheet_is_taken_and_what_is_wrong_with_it_is_said_row_by_row(page):
    page.file_uploader[0].upload("plan.csv", PLAN, "text/csv").run()
    said = " ".join(warning.value for warning in page.warning)
    assert "Row 4" in said
    assert "Row 5" in said
    next(one for one in page.button if one.label == "Use these lines").click().run()
    assert figures(page)["Partners for each £1 at the staff rate"]["As planned"] == "50p"


def test_a_file_that_is_no_plan_is_refused_in_words(page):
    page.file_uploader[0].upload("x.csv", b"colour\nred\n", "text/csv").run()
    assert page.error
    assert not page.exception
