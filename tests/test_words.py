"""Words say each figure plainly, with its range, what it rests on and the day it is true of."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civic_metrics import words
from civic_metrics.model import Better, Figure, LeftOut, Status, Unit
from tests.charts.small import indicator, result, row, whole

WAIT = Figure(n=6187, value=34, lower=31, upper=36)
PAY = indicator(
    Unit.POUND_FOR_POUND,
    better=Better.HIGHER,
    name="Compensation parity",
    counts="contributions",
    estimator="ratio",
)
WITHIN_30 = indicator(
    Unit.SHARE, better=Better.HIGHER, name="Paid within 30 days", estimator="share"
)
LONGEVITY = indicator(
    Unit.YEARS,
    better=Better.NEITHER,
    name="Partnership longevity",
    counts="partnerships",
    verb="lasted",
)
GAP = indicator(Unit.GAP, name="Median hourly gap", counts="contributions", estimator="gap")
NO_MIDDLE = "more than half are still open: no middle value yet"


@pytest.mark.parametrize(
    ("x", "unit", "text"),
    [
        (34, Unit.DAYS, "34 days"),
        (34.0, Unit.DAYS, "34 days"),
        (11.8567, Unit.DAYS, "11.9 days"),
        (11.96, Unit.DAYS, "12 days"),
        (1, Unit.DAYS, "1 day"),
        (0, Unit.DAYS, "0 days"),
        (1204, Unit.DAYS, "1,204 days"),
        (-2.5, Unit.DAYS, "−2.5 days"),
        (6.2, Unit.YEARS, "6.2 years"),
        (6.25, Unit.YEARS, "6.3 years"),
        (1.0, Unit.YEARS, "1 year"),
        (0.951, Unit.SHARE, "95.1%"),
        (0.9505, Unit.SHARE, "95.1%"),
        (0.5, Unit.SHARE, "50%"),
        (0.0, Unit.SHARE, "0%"),
        (1.0, Unit.SHARE, "100%"),
        (0.9996, Unit.SHARE, "over 99.9%"),
        (0.0004, Unit.SHARE, "under 0.1%"),
        (0.183, Unit.GAP, "18.3%"),
        (-0.052, Unit.GAP, "−5.2%"),
        (0.62, Unit.POUND_FOR_POUND, "62p"),
        (0.625, Unit.POUND_FOR_POUND, "63p"),
        (0.0, Unit.POUND_FOR_POUND, "0p"),
        (0.994, Unit.POUND_FOR_POUND, "99p"),
        (0.9949, Unit.POUND_FOR_POUND, "99p"),
        (0.995, Unit.POUND_FOR_POUND, "£1.00"),
        (1.0, Unit.POUND_FOR_POUND, "£1.00"),
        (1.04, Unit.POUND_FOR_POUND, "£1.04"),
        (1.045, Unit.POUND_FOR_POUND, "£1.05"),
        (-0.05, Unit.POUND_FOR_POUND, "−5p"),
        (-0.001, Unit.POUND_FOR_POUND, "0p"),
        (None, Unit.DAYS, "not shown"),
        (float("nan"), Unit.SHARE, "not shown"),
    ],
)
def test_a_short_value_is_rounded_once_halves_up(x, unit, text):
    assert words.short(x, unit) == text


@pytest.mark.parametrize(
    ("x", "unit", "text"),
    [
        (0.62, Unit.POUND_FOR_POUND, "62p for each £1 at the university's rate"),
        (1.04, Unit.POUND_FOR_POUND, "£1.04 for each £1 at the university's rate"),
        (34, Unit.DAYS, "34 days"),
        (None, Unit.POUND_FOR_POUND, "not shown"),
    ],
)
def test_a_value_in_a_sentence_says_what_pence_are_of(x, unit, text):
    assert words.value(x, unit) == text


@pytest.mark.parametrize(
    ("figure", "unit", "text"),
    [
        (WAIT, Unit.DAYS, "between 31 and 36 days"),
        (Figure(n=9, value=11.9, lower=11.52, upper=12), Unit.DAYS, "between 11.5 and 12.0 days"),
        (Figure(n=9, value=8, lower=8, upper=8), Unit.DAYS, "8 days at both ends of the range"),
        (Figure(n=9, value=999, lower=900, upper=1204), Unit.DAYS, "between 900 and 1,204 days"),
        (
            Figure(n=9, value=0.95, lower=0.946, upper=0.956),
            Unit.SHARE,
            "between 94.6% and 95.6%",
        ),
        (
            Figure(n=9, value=0.62, lower=0.58, upper=1.01),
            Unit.POUND_FOR_POUND,
            "between 58p and £1.01",
        ),
        (
            Figure(n=9, value=34, lower=31, note="too few have ended to give an upper limit"),
            Unit.DAYS,
            "at least 31 days",
        ),
        (Figure(n=9, value=34, upper=36), Unit.DAYS, "at most 36 days"),
        (Figure(n=9, value=34), Unit.DAYS, "no range can be given"),
        (
            Figure(n=4, value=0.6, note="fewer than 5 partnerships, so no interval can be given"),
            Unit.POUND_FOR_POUND,
            "no range can be given: fewer than 5 partnerships",
        ),
        (
            Figure(n=4, value=0.6, note="Only two things; None had ended."),
            Unit.SHARE,
            "no range can be given: only two things; none had ended",
        ),
    ],
)
def test_a_range_is_said_or_why_there_is_none(figure, unit, text):
    assert words.interval(figure, unit) == text


def said(of, figure, **more):
    subject = {"subject": more.pop("subject")} if "subject" in more else {}
    answer = whole(of, figure, **more)
    return words.sentence(answer, answer.only, **subject)


def test_a_wait_is_said_with_its_range_its_number_its_day_and_its_target():
    text = said(
        indicator(), WAIT, status=Status.WORSE, target=30.0, target_source="Procurement Act 2023"
    )
    assert text == (
        "Partners typically waited 34 days (between 31 and 36 days), from 6,187 invoices, as at "
        "31 March 2026; longer than the target of 30 days."
    )


def test_a_mean_is_said_to_be_on_average():
    figure = Figure(n=1, value=11.86, note="only one row, so no interval can be given")
    text = said(indicator(estimator="mean"), figure, subject="Other suppliers", as_of=None)
    assert text == (
        "Other suppliers waited 11.9 days on average (no range can be given: only one row), from "
        "1 invoice."
    )


def test_pay_is_said_in_pence_for_each_pound():
    assert said(PAY, Figure(n=310, value=0.62, lower=0.58, upper=0.66)) == (
        "Partners received 62p for each £1 at the university's rate (between 58p and 66p), from "
        "310 contributions, as at 31 March 2026."
    )


def test_a_share_is_said_after_the_name_of_what_it_is():
    figure = Figure(n=6187, value=0.951, lower=0.945, upper=0.956)
    assert said(WITHIN_30, figure, status=Status.SIMILAR, target=0.95) == (
        "Partners, paid within 30 days: 95.1% (between 94.5% and 95.6%), from 6,187 invoices, as "
        "at 31 March 2026; no clear difference from the target of 95%."
    )


def test_how_long_partnerships_last_is_said_of_partnerships():
    figure = Figure(
        n=40,
        value=6.2,
        lower=5,
        upper=7.4,
        note="only about those that last longer than 2 years, when 5 are first followed together",
    )
    ending = (
        "artnerships typically lasted 6.2 years (between 5.0 and 7.4 years), from 40 partnerships, "
        "as at 31 March 2026 (only about those that last longer than 2 years, when 5 are first "
        "followed together)."
    )
    assert said(LONGEVITY, figure) == "P" + ending
    assert said(LONGEVITY, figure, subject="Leicester") == "Leicester: p" + ending


@pytest.mark.parametrize(
    ("x", "words_for_it"),
    [
        (0.183, "18.3% less for a typical hour than"),
        (-0.05, "5% more for a typical hour than"),
        (0.0, "the same for a typical hour as"),
    ],
)
def test_a_gap_says_who_is_paid_less(x, words_for_it):
    text = said(GAP, Figure(n=9, value=x, lower=x - 0.1, upper=x + 0.1))
    assert text.startswith(f"Partners received {words_for_it} the university's own people (")


def test_a_mean_gap_is_an_hour_on_average():
    text = said(replace(GAP, estimator=indicator(estimator="mean").estimator), Figure(n=9, value=1))
    assert "100% less for an hour on average than" in text


def test_without_a_middle_value_the_sentence_says_so():
    figure = Figure(n=120, note=f"only about those that last longer than 2 years; {NO_MIDDLE}")
    assert said(LONGEVITY, figure) == (
        f"Partners: {NO_MIDDLE}; only about those that last longer than 2 years (from 120 "
        "partnerships, as at 31 March 2026)."
    )


def test_a_figure_that_is_withheld_says_why():
    assert said(indicator(), Figure(n=0, note="there is nothing to count here")) == (
        "Partners, time to payment: not shown, because there is nothing to count here (from no "
        "invoices, as at 31 March 2026)."
    )
    assert said(indicator(), Figure(n=1), as_of=None) == (
        "Partners, time to payment: not shown (from 1 invoice)."
    )


@pytest.mark.parametrize(
    ("figure", "status", "text"),
    [
        (WAIT, Status.NOT_ASSESSED, "longer than the target of 30 days."),
        (
            Figure(n=9, value=31, lower=28, upper=36),
            Status.NOT_ASSESSED,
            "no clear difference from the target of 30 days.",
        ),
        (
            Figure(n=9, value=20, lower=18, upper=22),
            Status.BETTER,
            "shorter than the target of 30 days.",
        ),
        (Figure(n=9, value=34), Status.NOT_ASSESSED, "set beside the target of 30 days."),
        (Figure(n=9, value=30), Status.BETTER, "the same as the target of 30 days."),
    ],
)
def test_the_target_is_compared_by_the_range(figure, status, text):
    assert said(indicator(), figure, status=status, target=30.0).endswith(f"; {text}")


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (Status.BETTER, "better than the target"),
        (Status.SIMILAR, "no clear difference from the target"),
        (Status.WORSE, "worse than the target"),
        (Status.NOT_ASSESSED, "not assessed"),
    ],
)
def test_a_status_is_said_in_words(status, text):
    answer = whole(indicator(), WAIT, status=status, target=30.0)
    assert words.status(answer, answer.only) == text


@pytest.mark.parametrize(
    ("of", "figure", "target", "text"),
    [
        (indicator(), WAIT, None, "there is no target to compare with"),
        (indicator(), Figure(n=1, value=9), 30.0, "no range can be given"),
        (indicator(), Figure(n=9, note=NO_MIDDLE), 30.0, NO_MIDDLE),
        (indicator(), Figure(n=9), 30.0, "there is no figure"),
        (LONGEVITY, WAIT, 5.0, "neither longer nor shorter is better in itself"),
    ],
)
def test_what_is_not_assessed_says_why(of, figure, target, text):
    answer = whole(of, figure, target=target)
    assert words.status(answer, answer.only) == f"not assessed: {text}"


def test_longer_is_never_called_better_where_neither_is():
    answer = whole(LONGEVITY, WAIT, status=Status.BETTER, target=5.0)
    assert words.status(answer, answer.only).startswith("not assessed: neither")


def changed(of, now, before):
    return words.change(row("2025/26", now), row("2024/25", before), of)


@pytest.mark.parametrize(
    ("of", "now", "before", "text"),
    [
        (
            indicator(),
            Figure(n=9, value=34, lower=33, upper=35),
            Figure(n=9, value=37, lower=36, upper=38),
            "3 days shorter than in 2024/25 (37 days)",
        ),
        (
            indicator(),
            Figure(n=9, value=38, lower=38, upper=39),
            Figure(n=9, value=37, lower=37, upper=37),
            "1 day longer than in 2024/25 (37 days)",
        ),
        (
            indicator(),
            Figure(n=9, value=36, lower=35.5, upper=36.5),
            Figure(n=9, value=37, lower=34, upper=40),
            "no clear difference from 2024/25 (37 days)",
        ),
        (
            indicator(),
            Figure(n=3, value=30, lower=10, upper=60),
            Figure(n=999, value=37, lower=36.9, upper=37.1),
            "no clear difference from 2024/25 (37 days)",
        ),
        (indicator(), WAIT, WAIT, "the same as in 2024/25 (34 days)"),
        (
            WITHIN_30,
            Figure(n=9, value=0.951, lower=0.95, upper=0.952),
            Figure(n=9, value=0.92, lower=0.91, upper=0.93),
            "3.1 percentage points higher than in 2024/25 (92%)",
        ),
        (
            GAP,
            Figure(n=9, value=0.10, lower=0.09, upper=0.105),
            Figure(n=9, value=0.11, lower=0.109, upper=0.12),
            "1 percentage point narrower than in 2024/25 (11%)",
        ),
        (
            PAY,
            Figure(n=9, value=0.62, lower=0.61, upper=0.63),
            Figure(n=9, value=0.58, lower=0.57, upper=0.59),
            "4p more than in 2024/25 (58p)",
        ),
        (
            PAY,
            Figure(n=9, value=0.621, lower=0.6, upper=0.7),
            Figure(n=9, value=0.62, lower=0.6, upper=0.7),
            "the same as in 2024/25 (62p)",
        ),
        (
            LONGEVITY,
            Figure(n=9, value=6.2),
            Figure(n=9, value=5.8, lower=5, upper=6),
            "0.4 years longer than in 2024/25 (5.8 years), which may be chance",
        ),
        (
            indicator(),
            Figure(n=9),
            WAIT,
            "nothing to compare with 2024/25: there is no figure now",
        ),
        (
            indicator(),
            WAIT,
            Figure(n=9),
            "nothing to compare with: there is no figure for 2024/25",
        ),
    ],
)
def test_what_changed_since_the_period_before(of, now, before, text):
    assert changed(of, now, before) == text


def test_the_periods_may_be_named_by_the_caller_and_may_be_missing():
    now, before = row("a", WAIT), row("b", replace(WAIT, value=40, lower=39, upper=41))
    assert words.change(now, before, indicator(), ("2025/26", "2024/25")) == (
        "6 days shorter than in 2024/25 (40 days)"
    )
    assert words.change(now, None, indicator()) == "nothing to compare with"
    unnamed = replace(before, labels=(), keys=())
    assert words.change(now, unnamed, indicator()) == (
        "6 days shorter than in the period before (40 days)"
    )


def test_pay_says_how_much_of_the_money_it_rests_on():
    paid = row(
        "Partners",
        WAIT,
        pounds=84_000.0,
        left_out=(LeftOut("money paid with no time recorded", 12, 226_000.0),),
    )
    assert words.reach(paid) == (
        "Rests on £84,000 of the £310,000 paid to partners; £226,000 has no time recorded."
    )


def test_every_reason_with_money_is_in_the_reach_and_those_without_are_not():
    outside = (
        LeftOut("no hours recorded", 2, 500.0),
        LeftOut("payment still to come", 3, 250.0),
        LeftOut("paid by their own employer", 9, None),
        LeftOut("declined payment", 9, 0.0),
    )
    paid = row("Partners", WAIT, pounds=1_250.0, left_out=outside)
    assert words.reach(paid, paid_to="schools") == (
        "Rests on £1,250 of the £2,000 paid to schools; £500 has no hours recorded; £250 is left "
        "out: payment still to come."
    )


def test_reach_says_when_all_the_money_is_left_out():
    nothing = row("a", Figure(n=0), left_out=(LeftOut("no hours recorded", 2, 500.0),))
    assert words.reach(nothing) == (
        "Rests on none of the £500 paid to partners; £500 has no hours recorded."
    )


def test_reach_says_all_or_nothing():
    assert words.reach(row("a", WAIT, pounds=900.0)) == "Rests on all £900 paid to partners."
    assert words.reach(row("a", WAIT)) == ""


def test_what_is_left_out_or_in_doubt_is_a_line_a_reason():
    asides = (LeftOut("paid in advance", 41, 12_300.0), LeftOut("no date received", 1, None))
    lines = ["41 invoices: paid in advance (£12,300)", "1 invoice: no date received"]
    assert words.left_out(row("a", WAIT, left_out=asides), "invoices") == lines
    assert words.cautions(row("a", WAIT, cautions=asides), "invoices") == lines
    assert words.left_out(row("a", WAIT, left_out=asides[:1])) == [
        "41 records: paid in advance (£12,300)"
    ]
    assert words.left_out(row("a", WAIT)) == words.cautions(row("a", WAIT)) == []


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (84_000, "£84,000"),
        (Decimal("84000.50"), "£84,001"),
        (0, "£0"),
        (0.5, "50p"),
        (Decimal("0.995"), "£1"),
        (1.5, "£2"),
        (999_499, "£999,499"),
        (999_999.5, "£1 million"),
        (1_000_000, "£1 million"),
        (1_249_999, "£1.2 million"),
        (1_250_000, "£1.3 million"),
        (12_345_678_901, "£12,345.7 million"),
        (-500, "−£500"),
        (None, "not shown"),
    ],
)
def test_pounds_are_whole_and_large_sums_in_millions(x, text):
    assert words.pounds(x) == text


@pytest.mark.parametrize(
    ("n", "noun", "text"),
    [
        (1, "invoices", "1 invoice"),
        (6187, "invoices", "6,187 invoices"),
        (0, "invoices", "no invoices"),
        (1, "contributions", "1 contribution"),
        (1, "partnerships", "1 partnership"),
        (1, "activities", "1 activity"),
        (1, "people", "1 person"),
        (1, "businesses", "1 business"),
        (1, "business partnerships", "1 business partnership"),
        (1, "invoices paid late", "1 invoice paid late"),
        (1, "staff", "1 staff"),
    ],
)
def test_a_count_agrees_with_its_noun(n, noun, text):
    assert words.count(n, noun) == text


def test_a_day_is_written_as_people_write_it():
    assert words.date_words(date(2026, 3, 1)) == "1 March 2026"
    assert words.date_words(None) == "a date that is not known"


HOUSE_WORDS = re.compile(
    r"censored|ledger|batch|contract|quarantin|stub|footprint|not reached|kaplan|wilson|"
    r"interval|parity|nan|None",
    re.IGNORECASE,
)
LIMITS = st.one_of(st.none(), st.floats(0, 3))


@given(
    of=st.sampled_from([indicator(), replace(PAY, name="Pay"), WITHIN_30, LONGEVITY, GAP]),
    value=LIMITS,
    lower=LIMITS,
    upper=LIMITS,
    target=LIMITS,
    note=st.sampled_from([None, NO_MIDDLE, "fewer than 5 people, so no interval can be given"]),
    status=st.sampled_from(Status),
)
def test_no_word_of_the_house_and_no_empty_value_reaches_the_reader(
    of, value, lower, upper, target, note, status
):
    figure = Figure(n=7, value=value, lower=lower, upper=upper, note=note)
    answer = whole(of, figure, status=status, target=target)
    text = " ".join(
        [
            words.sentence(answer, answer.only),
            words.status(answer, answer.only),
            words.change(answer.only, row("2024/25", figure), of),
            words.interval(figure, of.unit),
        ]
    )
    assert not HOUSE_WORDS.search(text), text
    assert words.sentence(answer, answer.only).endswith(".")
    assert ".." not in text


def test_words_need_no_package_but_the_standard_library():
    code = (
        "import sys, civic_metrics.words; names = ('streamlit', 'duckdb', 'pandas', 'plotly');"
        "print([m for m in names if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_split_result_is_said_row_by_row():
    answer = result(indicator(), [row("Arts", WAIT)], split="theme")
    assert words.sentence(answer, answer.rows[0], subject="Arts").startswith(
        "Arts typically waited"
    )


# Set beside others.


@pytest.mark.parametrize(
    ("better", "status", "direction", "text"),
    [
        (Better.HIGHER, Status.BETTER, 1, "better: higher than everyone (40%)"),
        (Better.LOWER, Status.WORSE, 1, "worse: higher than everyone (40%)"),
        (Better.HIGHER, Status.WORSE, -1, "worse: lower than everyone (40%)"),
        (Better.HIGHER, Status.SIMILAR, 0, "no clear difference from everyone (40%)"),
        (Better.NEITHER, Status.NOT_ASSESSED, 1, "higher than everyone (40%)"),
        (Better.NEITHER, Status.NOT_ASSESSED, 0, "no clear difference from everyone (40%)"),
        (
            Better.HIGHER,
            Status.NOT_ASSESSED,
            None,
            "set beside everyone (40%); without a range it is not assessed",
        ),
    ],
)
def test_a_figure_is_set_beside_another_by_its_range(better, status, direction, text):
    of = indicator(Unit.SHARE, better=better)
    found = Figure(n=9, value=0.5)
    said = words.beside(found, of, 0.4, "everyone", status=status, direction=direction)
    assert said == text


def test_what_cannot_be_set_beside_anything_says_why():
    def said(found, comparator, note=None):
        return words.beside(
            found,
            indicator(),
            comparator,
            "2023/24",
            status=Status.NOT_ASSESSED,
            direction=None,
            note=note,
        )

    known, unknown = Figure(n=9, value=5), Figure(n=0, note="nothing to count")
    assert said(unknown, 4) == "not compared: nothing to count"
    assert said(Figure(n=0), 4) == "not compared: there is no figure"
    assert said(known, None, "nobody else") == "not compared: nobody else"
    assert said(known, None) == "not compared: there is nothing to compare with"


@pytest.mark.parametrize(
    ("x", "unit", "text"),
    [
        (-3, Unit.DAYS, "3 days shorter"),
        (0.01, Unit.SHARE, "1 percentage point higher"),
        (0, Unit.SHARE, "no difference"),
        (None, Unit.SHARE, "not known, because there was no figure on one side"),
    ],
)
def test_a_difference_is_said_with_its_way(x, unit, text):
    assert words.difference(x, unit) == text
