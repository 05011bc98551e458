"""What leaves in a CSV is never run as a formula by the program that opens it."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics.ui.figures import neutralised

# The first characters that OWASP (CSV Injection, 2023) lists as starting a formula.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+44 20 7946 0000",
        "-2+3",
        "@SUM(A1:A9)",
        "\t=1+1",
        "\r=1+1",
        '=HYPERLINK("http://example.org","open")',
    ],
)
def test_text_that_starts_a_formula_is_made_plain(cell):
    assert neutralised(pd.DataFrame({"name": [cell]})).loc[0, "name"] == f"'{cell}"


@pytest.mark.parametrize("cell", ["Alma Street Hub", "", "3 = three", "'quoted", "£4.00", " "])
def test_other_text_is_left_as_it_is(cell):
    assert neutralised(pd.DataFrame({"name": [cell]})).loc[0, "name"] == cell


def test_numbers_stay_numbers_below_nought_too():
    frame = pd.DataFrame({"amount": [-3.5, 2.0], "n": [-1, 4], "paid": [True, False]})
    assert neutralised(frame).to_dict("list") == frame.to_dict("list")


def test_an_empty_cell_stays_empty():
    written = neutralised(pd.DataFrame({"name": ["Alma", None]})).to_csv(index=False)
    assert written == 'name\nAlma\n""\n'


@given(st.lists(st.text(max_size=8), min_size=1, max_size=6))
def test_no_cell_read_back_from_the_csv_starts_a_formula(cells):
    written = neutralised(pd.DataFrame({"name": cells})).to_csv(index=False)
    for row in csv.reader(io.StringIO(written, newline="")):
        assert not any(cell.startswith(STARTS_A_FORMULA) for cell in row)
