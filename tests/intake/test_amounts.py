"""Amounts, shares and other numbers as people write them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from civic_metrics.intake.parsing.figures import Kind, read_figure
from tests.intake.test_values import parse, values


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", "1234.50"), ("£1,234.50", "1234.50"), ("£ 1 234.50", "1234.50"),
        ("(500.00)", "-500.00"), ("500.00 CR", "-500.00"), ("500-", "-500.00"), ("-£3", "-3.00"),
        ("GBP 12", "12.00"), ("1e3", "1000.00"), ("0.125", "0.13"), ("-0.125", "-0.13"),
        ("1.005", "1.01"), ("0", "0.00"), ("12,345,678.90", "12345678.90"), ("£(500)", "-500.00"),
        ("(£1,500.10)", "-1500.10"), ("£-3", "-3.00"), ("−5", "-5.00"), ("500 DR", "500.00"),
        ("12.50 GBP", "12.50"), ("1\u2009234.50", "1234.50"), ("1'234.50", "1234.50"),
        ("250p", "2.50"), ("1250p", "12.50"), ("50 pence", "0.50"), ("£80k", "80000.00"),
        ("1.2m", "1200000.00"), ("£1.5 million", "1500000.00"), ("500.", "500.00"),
        (".5", "0.50"), ("+5", "5.00"), ("£500 GBP", "500.00"), ("-0", "0.00"),
        ("1,234.5678", "1234.57"), ("£1,000CR", "-1000.00"),
    ],
)  # fmt: skip
def test_an_amount_is_read_to_the_penny_however_it_is_written(text, amount):
    assert values("payment", "amount", text) == [Decimal(amount)]


@pytest.mark.parametrize(
    "text",
    [
        "1,50", "TBC soon", "see note", "nan", "inf", "1_000", "--5", "-500 CR", "(-5)", "(5",
        "5 or 6", "9" * 20, "12 34", "12,34,567", "500.-", "500+", "£", "R500", ",5", "5,",
        "500 NET", "£5 EUR", "500-600", "0x1F", "5 6", "1e400", "1.2.3",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_a_problem_and_never_a_guess(text):
    parsed = parse("payment", "amount", text)
    assert parsed.values["amount"].to_pylist() == [None]
    assert set(parsed.faults) == {0}
    assert parsed.notes == ()


def test_a_plain_amount_is_no_change():
    parsed = parse("payment", "amount", "3.10", "4.000", "-5", "7", None)
    assert parsed.notes == ()


def test_every_kind_of_change_is_counted_with_examples():
    texts = ["1.005", "£2", "£2", "(3)", "4p", "5k", "1e2", "€6", "3.10"]
    notes = {note.said: note[1:] for note in parse("payment", "amount", *texts).notes}
    assert notes == {
        "rounded to the penny": (1, (("1.005", "1.01"),)),
        "read without currency signs, commas and blanks": (2, (("£2", "2.00"),)),
        "brackets, CR or a minus behind read as a minus": (1, (("(3)", "-3.00"),)),
        "pence read as pounds": (1, (("4p", "0.04"),)),
        "thousands and millions (k, m) written out": (1, (("5k", "5000.00"),)),
        "powers of ten written out": (1, (("1e2", "100.00"),)),
        "in a currency other than pounds, kept apart": (1, (("€6", "6.00"),)),
    }


def test_the_currency_a_cell_states_is_kept_beside_its_amount():
    texts = ["€5", "USD 6", "£7", "8", "9p", None, "10 EUR", "$11"]
    parsed = parse("payment", "amount", *texts)
    assert parsed.values["amount"].to_pylist() == [
        None if n is None else Decimal(n) for n in ("5", "6", "7", "8", "0.09", None, "10", "11")
    ]
    assert parsed.currencies.to_pylist() == [
        "EUR", "USD", "GBP", None, "GBP", None, "EUR", "USD",
    ]  # fmt: skip
    assert parse("footprint", "share", "0.4").currencies is None


def test_another_currency_never_enters_a_column_of_pounds():
    parsed = parse("partnership", "funding_gbp", "€5", "£5", "5")
    assert parsed.values["funding_gbp"].to_pylist() == [None, Decimal("5.00"), Decimal("5.00")]
    assert "this one is in EUR" in parsed.faults[0].expected


def test_a_decimal_comma_is_read_where_the_column_shows_it():
    texts = ["1.234,50", "1,50", "1.234", "12", "2 345,60 €", "1.234.567,89"]
    parsed = parse("payment", "amount", *texts)
    expected = ["1234.50", "1.50", "1234.00", "12.00", "2345.60", "1234567.89"]
    assert parsed.values["amount"].to_pylist() == [Decimal(text) for text in expected]
    assert parsed.currencies[4].as_py() == "EUR"
    assert parsed.notes[0][:2] == ("decimal comma read: 3 values with one", 4)
    assert parsed.notes[0].examples[0] == ("1.234,50", "1234.50")


def test_a_lone_decimal_comma_is_asked_about():
    parsed = parse("payment", "amount", "1.234,50", "1.50", "2.75", "1,50")
    assert set(parsed.faults) == {0, 3}
    assert "a point before its decimals" in parsed.faults[3].expected


def test_a_number_of_three_decimals_is_not_taken_for_thousands():
    assert values("published_figure", "value", "1.234", "1.234,5") == [1.234, None]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("up to £80,000", "up to"), ("max 500", "up to"), ("<500", "up to"), ("c. £5,000", "about"),
        ("approx 500", "about"), ("~500", "about"), ("500?", "about"), ("over 500", "more than"),
        ("at least 500", "at least"), ("£500+", "at least"),
    ],
)  # fmt: skip
def test_a_qualified_amount_is_sent_to_the_column_for_that(text, word):
    fix = parse("partnership", "funding_gbp", text).faults[0].fix
    assert f"put “{word}” in the column funding_qualifier" in fix
    assert "in the column qualifier" in parse("funding", "amount_gbp", text).faults[0].fix
    assert "column of notes" in parse("payment", "amount", text).faults[0].fix


def test_a_range_is_asked_for_one_of_its_ends():
    for text in ("500-600", "£500 to £600", "5 or 6", "500–600"):
        assert "looks like two" in parse("payment", "amount", text).faults[0].expected


def test_a_share_may_be_per_cent_and_another_number_may_not():
    assert values("footprint", "share", "40%", "0.4", "2.5 %", "40 per cent") == [
        0.4, 0.4, 0.025, 0.4,
    ]  # fmt: skip
    assert set(parse("published_figure", "value", "40%", "£3").faults) == {0, 1}
    assert values("published_figure", "value", "1,234.5", "(5)", "-2") == [1234.5, -5.0, -2.0]


def test_a_whole_number_may_end_in_nought_and_no_other_decimals():
    parsed = parse("partnership", "agreement_pages", "12.0", "12.5", "1e30", "1,200", "12k")
    assert parsed.values["agreement_pages"].to_pylist() == [12, None, None, 1200, None]
    assert set(parsed.faults) == {1, 2, 4}


# How an amount of no sign is written, and the currency that states.
SPELLINGS = {
    "{:.2f}": None, "{:,.2f}": None, "£{:.2f}": "GBP", "£ {:,.2f}": "GBP", "GBP {:,.2f}": "GBP",
    "{:,.2f} EUR": "EUR", "€{:,.2f}": "EUR", "$ {:.2f}": "USD", "{:,.2f} CHF": "CHF",
}  # fmt: skip
MINUSES = ["-{}", "({})", "{}-", "{} CR", "−{}"]
PENCE = st.integers(0, 10**13).map(lambda pence: Decimal(pence).scaleb(-2))
WRITTEN = st.tuples(PENCE, st.sampled_from(list(SPELLINGS)), st.sampled_from(["{}", *MINUSES]))


def text_of(written: tuple[Decimal, str, str]) -> str:
    """The amount as the spelling has it."""
    amount, spelling, minus = written
    return minus.format(spelling.format(amount))


@settings(deadline=None, max_examples=40)
@given(st.lists(WRITTEN, min_size=1, max_size=20))
def test_a_written_amount_is_the_amount_and_currency_it_was_written_from(column):
    expected = [amount if minus == "{}" else -amount for amount, _, minus in column]
    codes = [SPELLINGS[spelling] for _, spelling, _ in column]
    texts = [text_of(written) for written in column]
    parsed = parse("payment", "amount", *texts)
    assert parsed.values["amount"].to_pylist() == expected
    assert parsed.currencies.to_pylist() == codes
    one_by_one = [read_figure(text, Kind.MONEY) for text in texts]
    assert [figure.value for figure in one_by_one] == expected
    assert [figure.currency for figure in one_by_one] == codes
    in_pounds = parse("partnership", "funding_gbp", *texts)
    foreign = {at for at, code in enumerate(codes) if code not in (None, "GBP")}
    assert set(in_pounds.faults) == foreign


@settings(deadline=None, max_examples=40)
@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=5))
def test_amounts_round_half_away_from_nought(amount):
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert values("payment", "amount", f"{amount:f}") == [rounded]
    assert read_figure(f"{amount:f}", Kind.MONEY).value == rounded


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=8) | st.text("0123456789.,-()£€% kmpCRE+'", max_size=9))
def test_any_text_is_a_number_or_has_a_reason(text):
    for kind in Kind:
        figure = read_figure(text, kind)
        assert (figure.value is None) == (figure.fault is not None)
        assert figure.value is None or any(letter.isdigit() for letter in text)
