"""E-mail addresses and telephone numbers in cells."""

from __future__ import annotations

import pyarrow as pa
import pytest

from civic_metrics.contracts import contract
from civic_metrics.intake.checking.personal import personal_data


def hidden(table: str, column: str, *texts: str | None) -> list[tuple[str, int, str]]:
    """What was found, where, and the cell without it."""
    cells = pa.chunked_array([texts], pa.string())
    return [
        (one.what, place, text)
        for one in personal_data({column: cells}, contract(table))
        for place, text in zip(one.places.to_pylist(), one.hidden, strict=True)
    ]


def test_an_address_is_found_and_not_repeated():
    found = hidden("payment", "return_reason", "ask jo.o'neill@example.org.", None, "no @ address")
    assert found == [("e-mail address", 0, "ask j…@….")]


def test_a_shared_mailbox_is_nobodys():
    assert hidden("organisation", "contact", "info@example.org", "Office@example.org") == []
    assert hidden("organisation", "contact", "jo@example.org") != []


@pytest.mark.parametrize(
    "number",
    ["020 7946 0958", "(020) 7946 0958", "07700 900123", "07700-900-123", "+44 (0)20 7946 0958",
     "+447700900123", "0044 7700 900123", "01632960001"],
)  # fmt: skip
def test_a_telephone_number_is_found_however_it_is_spaced(number: str):
    ((what, _, text),) = hidden("payment", "return_reason", f"rang {number}, no answer")
    assert what == "telephone number"
    assert "0958" not in text
    assert "900" not in text
    assert text.endswith("…, no answer")


@pytest.mark.parametrize(
    "text",
    ["01/02/2024 12:30", "01-02-2024 12:30", "2024-02-01", "£1,020,304.50", "GB-CHC-514479",
     "0.1234567890", "1200000 hours", "order 4500123456"],
)  # fmt: skip
def test_dates_money_and_other_numbers_are_no_telephone_numbers(text: str):
    assert hidden("payment", "return_reason", text) == []


def test_an_identifier_of_many_figures_is_no_telephone_number_but_may_be_an_address():
    assert hidden("payment", "invoice_ref", "07700900123") == []
    assert hidden("organisation", "charity_number", "0770090012") == []
    assert [f[2] for f in hidden("payment", "payee", "jo@example.org")] == ["j…@…"]


def test_choices_dates_and_numbers_are_not_looked_at():
    assert hidden("payment", "kind", "jo@example.org") == []
    assert hidden("payment", "amount", "07700900123") == []
