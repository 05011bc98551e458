"""The door to figures: days, periods, filters, splits, targets, and every row accounted for."""

from datetime import date

import pytest

from civic_metrics import compute
from civic_metrics.compute import Unanswerable, figure
from civic_metrics.indicators import INDICATORS
from civic_metrics.ledger import Origin, undo
from civic_metrics.ledger import load as load_batch
from civic_metrics.model import Better, Figure, Status
from civic_metrics.scope import with_clause
from tests.rows import stage_rows
from tests.untidy import TO_MARCH, invoice, untidy


def by(result):
    return {row.labels[0]: row.figure.n for row in result.rows}


def mean_of(ledger, lead, **asked):
    found = figure(ledger, lead, "average_days_to_pay", **asked).only.figure
    return found.n, found.value


# What had happened, and what was recorded.


def test_an_invoice_paid_after_the_day_is_still_waiting_on_it(ledger, load, lead):
    load("payment", invoice("1", "2024-01-01", "2024-03-01"), complete_to=TO_MARCH)
    then = figure(ledger, lead, "time_to_payment", as_of=date(2024, 1, 31)).only.figure
    now = figure(ledger, lead, "time_to_payment").only.figure
    assert (then.n, then.numerator, now.n, now.numerator) == (1, 0, 1, 1)


def test_waiting_lists_what_was_open_on_the_day_longest_first(ledger, load, lead):
    load(
        "payment",
        invoice("1", "2024-01-01", "2024-03-01", partnership="p"),
        invoice("2", "2023-12-01", partnership="p"),
        invoice("3", "2023-12-01", "2024-01-15", partnership="p"),
        invoice("4", "2023-12-01", partnership="other"),
        complete_to=TO_MARCH,
    )
    found = compute.waiting(ledger, lead, "p", as_of=date(2024, 1, 31))
    assert [(row["invoice_ref"], row["days"]) for row in found] == [("2", 61), ("1", 30)]


def test_an_invoice_received_after_the_day_is_not_there_on_it(ledger, load, lead):
    load("payment", invoice("1", "2024-02-01", "2024-03-01"), complete_to=TO_MARCH)
    then = figure(ledger, lead, "time_to_payment", as_of=date(2024, 1, 31)).only
    assert (then.figure.n, then.left_out) == (0, ())


def test_an_invoice_on_its_way_on_the_day_is_not_there_though_the_work_was_done(ledger, load, lead):
    row = invoice("1", "2024-02-01", worked_on="2024-01-10", invoiced_on="2024-01-20")
    load("payment", row, complete_to=TO_MARCH)
    then = figure(ledger, lead, "time_to_payment", as_of=date(2024, 1, 31)).only
    assert (then.figure.n, then.left_out) == (0, ())


def test_a_partnership_that_began_after_the_day_is_not_there_on_it(ledger, load, lead):
    row = {"partnership": "p", "name": "P", "started_on": "2024-02-01"}
    began = row | {"recorded_from_on": "2018-08-01"}
    load("partnership", began, complete_to=TO_MARCH)
    then = figure(ledger, lead, "partnership_longevity", as_of=date(2024, 1, 31)).only
    assert (then.figure.n, then.left_out) == (0, ())


def test_before_the_register_began_its_partnerships_are_not_followed(ledger, load, lead):
    began = [
        {"partnership": f"p{n}", "name": "P", "started_on": "2010-01-01"}
        | {"recorded_from_on": "2018-08-01"}
        for n in range(6)
    ]
    load("partnership", *began, complete_to=TO_MARCH)
    then = figure(ledger, lead, "five_year_survival", as_of=date(2016, 1, 1)).only.figure
    # Nobody kept a register in 2016: that those six lasted five years is known by hindsight only.
    assert then.value is None


def test_a_partnership_that_ended_after_the_day_is_still_going_on_it(ledger, load, lead):
    row = {"partnership": "p", "name": "P", "started_on": "2020-01-01", "ended_on": "2024-02-01"}
    load("partnership", row, complete_to=TO_MARCH)
    then = figure(ledger, lead, "partnership_longevity", as_of=date(2024, 1, 31)).only.figure
    assert (then.n, then.numerator) == (1, 0)


def test_a_batch_shows_what_was_recorded_by_it(ledger, load, lead):
    load("payment", invoice("1", "2024-01-01", "2024-01-11"), complete_to=TO_MARCH)
    load("payment", invoice("1", "2024-01-01", "2024-01-21"), complete_to=TO_MARCH)
    load("payment", invoice("2", "2024-01-01", "2024-01-31"), complete_to=TO_MARCH)
    assert [mean_of(ledger, lead, batch=n) for n in (1, 2, 3)] == [(1, 10), (1, 20), (2, 25)]
    assert mean_of(ledger, lead) == (2, 25)


def test_what_was_recorded_by_a_batch_stays_known_when_it_is_undone(ledger, load, lead):
    load("payment", invoice("1", "2024-01-01", "2024-01-11"), complete_to=TO_MARCH)
    number = undo(ledger, 1, "me").batch
    assert mean_of(ledger, lead, batch=1) == (1, 10)
    assert mean_of(ledger, lead, batch=number) == (0, None)


# The day a figure is as at.


def as_of(ledger, lead, **asked):
    return figure(ledger, lead, "average_days_to_pay", **asked).as_of


def from_source(ledger, source, ref, day):
    origin = Origin(who="me", file_name="f.csv", content=b"", source=source, complete_to=day)
    load_batch(ledger, stage_rows("payment", [invoice(ref, "2024-01-01")]), origin)


def test_it_is_the_earliest_of_each_sources_newest_day(ledger, lead):
    from_source(ledger, "finance", "1", date(2024, 1, 31))
    from_source(ledger, "finance", "2", date(2024, 3, 31))
    assert as_of(ledger, lead) == date(2024, 3, 31)
    from_source(ledger, "expenses", "3", date(2024, 2, 29))
    assert as_of(ledger, lead) == date(2024, 2, 29)
    assert as_of(ledger, lead, batch=1) == date(2024, 1, 31)


def test_undoing_an_extract_takes_its_day_with_it(ledger, lead):
    from_source(ledger, "finance", "1", date(2024, 1, 31))
    from_source(ledger, "finance", "2", date(2024, 3, 31))
    undo(ledger, 2, "me")
    assert as_of(ledger, lead) == date(2024, 1, 31)


def test_it_is_never_today(ledger, load, lead):
    result = figure(ledger, lead, "time_to_payment")
    assert (result.as_of, result.only.figure.n) == (None, 0)
    assert result.only.figure.note == "no payments have been loaded"
    load("payment", invoice("1", "2024-01-01"), complete_to=None)
    assert figure(ledger, lead, "time_to_payment").as_of is None


def test_a_later_day_than_the_records_reach_is_said(ledger, load, lead):
    load("payment", invoice("1", "2024-01-01"), complete_to=TO_MARCH)
    [note] = figure(ledger, lead, "time_to_payment", as_of=date(2024, 5, 1)).notes
    assert "complete to 31 March 2024 only" in note
    assert figure(ledger, lead, "time_to_payment", as_of=TO_MARCH).notes == ()


def test_every_indicator_of_empty_records_says_what_is_missing(ledger, lead):
    for indicator in INDICATORS:
        only = figure(ledger, lead, indicator).only
        assert (only.figure.n, only.figure.value) == (0, None)
        assert "have been loaded" in only.figure.note
        by = INDICATORS[indicator].splits[:1]
        assert figure(ledger, lead, indicator, by=by).rows == ()


# Periods and filters.


def test_a_period_holds_its_first_and_its_last_day(ledger, load, lead):
    # Paid on 31 January, 1 February, 29 February and 1 March; February holds two.
    paid = ("2024-01-31", "2024-02-01", "2024-02-29", "2024-03-01")
    rows = [invoice(str(n), "2024-01-01", day) for n, day in enumerate(paid)]
    load("payment", *rows, complete_to=TO_MARCH)
    first, last = date(2024, 2, 1), date(2024, 2, 29)
    assert mean_of(ledger, lead, start=first, end=last)[0] == 2
    assert mean_of(ledger, lead, start=first)[0] == 3
    assert mean_of(ledger, lead, end=last)[0] == 3


def test_years_begin_in_august_in_april_and_in_january(ledger, load, lead):
    days = ("2023-03-31", "2023-04-01", "2023-07-31", "2023-08-01", "2024-01-01")
    rows = [invoice(str(n), "2023-01-01", day) for n, day in enumerate(days)]
    load("payment", *rows, complete_to=TO_MARCH)

    def years(period):
        return by(figure(ledger, lead, "average_days_to_pay", by=[period]))

    assert years("academic_year") == {"2022/23": 3, "2023/24": 2}
    assert years("financial_year") == {"2022/23": 1, "2023/24": 4}
    assert years("calendar_year") == {"2023": 4, "2024": 1}
    assert years("quarter") == {"2023 Q1": 1, "2023 Q2": 1, "2023 Q3": 2, "2024 Q1": 1}
    assert list(years("month")) == ["2023-03", "2023-04", "2023-07", "2023-08", "2024-01"]


def test_a_figure_about_whole_lives_ignores_a_start_and_takes_an_end_as_its_day(ledger, load, lead):
    rows = [
        {"partnership": "old", "name": "Old", "started_on": "2010-01-01", "ended_on": "2014-01-01"},
        {"partnership": "new", "name": "New", "started_on": "2020-01-01"},
    ]
    load("partnership", *rows, complete_to=TO_MARCH)
    period = {"start": date(2015, 1, 1), "end": date(2022, 12, 31)}
    result = figure(ledger, lead, "partnership_longevity", **period)
    assert (result.only.figure.n, result.as_of) == (2, date(2022, 12, 31))


@pytest.fixture
def filed(ledger, load):
    """Invoices of p (food and health), q (food) and of no partnership."""
    load("organisation", {"organisation": "a", "name": "Ashby", "kind": "charity"})
    load("organisation", {"organisation": "b", "name": "Burton", "kind": None})
    load(
        "payment",
        invoice("1", "2024-01-01", "2024-01-11", partnership="p"),
        invoice("2", "2024-01-01", "2024-01-21", partnership="q", payee="b"),
        invoice("3", "2024-01-01", "2024-01-31", payee_role=None),
        complete_to=TO_MARCH,
    )
    themes = (("p", "food"), ("p", "health"), ("q", "food"))
    load("partnership_theme", *({"partnership": p, "theme": t} for p, t in themes))
    for code, name in (("X1", "Brackwater"), ("X2", "Saltmere")):
        load("place", {"place_code": code, "name": name, "level": "local_authority"})
    load("footprint", *({"partnership": "p", "place": code} for code in ("X1", "X2")))
    return ledger


# The days to pay are 10 of p (by Ashby), 20 of q (by Burton) and 30 of no partnership (by Ashby).
FILTERS = [
    ({"partnership": ["p"]}, (1, 10)),
    ({"partnership": ["p", "q"]}, (2, 15)),
    ({"partnership": [None]}, (1, 30)),
    ({"partnership": ["p", None]}, (2, 20)),
    ({"partnership": []}, (0, None)),
    ({"partnership": ["nothing"]}, (0, None)),
    ({"theme": ["food"]}, (2, 15)),
    ({"theme": ["food", "health"]}, (2, 15)),
    ({"theme": [None]}, (1, 30)),
    ({"place": ["X1"]}, (1, 10)),
    ({"place": ["X1", "X2"]}, (1, 10)),
    ({"place": [None]}, (2, 25)),
    ({"kind": ["charity"]}, (2, 20)),
    ({"kind": [None]}, (1, 20)),
    ({"organisation": ["b"]}, (1, 20)),
    ({"payee_role": ["partner"]}, (2, 15)),
    ({"payee_role": [None]}, (1, 30)),
    ({"month": ["2024-01"]}, (3, 20)),
    ({"theme": ["food"], "kind": ["charity"]}, (1, 10)),
    ({"theme": ["food' or true or 'x' = '"]}, (0, None)),
]


@pytest.mark.parametrize(("where", "expected"), FILTERS)
def test_a_filter_keeps_what_it_names_and_none_means_without_one(filed, lead, where, expected):
    assert mean_of(filed, lead, where=where) == expected


def test_a_split_or_filter_that_cannot_be_is_answered_with_those_that_can(filed, lead):
    for asked in ({"by": ["colour"]}, {"where": {"colour": ["red"]}}):
        with pytest.raises(Unanswerable, match=r"cannot be split by 'colour'.*partnership, org"):
            figure(filed, lead, "average_days_to_pay", **asked)
    with pytest.raises(Unanswerable, match=r"no indicator called 'x'.*time_to_payment"):
        figure(filed, lead, "x")


# Splits.


def test_a_row_counts_once_in_each_theme_and_place_it_touches_and_none_is_dropped(filed, lead):
    def split(name):
        return by(figure(filed, lead, "average_days_to_pay", by=[name]))

    assert split("theme") == {"food": 2, "health": 1, "no theme recorded": 1}
    assert split("place") == {"Brackwater": 1, "Saltmere": 1, "no place recorded": 2}
    assert split("partnership") == {"p": 1, "q": 1, "no partnership recorded": 1}
    assert split("kind") == {"charity": 2, "kind not stated": 1}
    assert split("payee_role") == {"partner": 2, "not known": 1}


def test_two_splits_at_once_cross(filed, lead):
    result = figure(filed, lead, "average_days_to_pay", by=["theme", "organisation"])
    assert {row.labels: row.figure.value for row in result.rows} == {
        ("food", "Ashby"): 10,
        ("food", "Burton"): 20,
        ("health", "Ashby"): 10,
        ("no theme recorded", "Ashby"): 30,
    }


def test_a_partnership_of_two_organisations_counts_once_in_each_and_once_in_their_kind(
    ledger, load, lead
):
    for who, kind in (("a", "charity"), ("b", "charity"), ("uni", "university")):
        home = {"is_home_university": who == "uni"}
        load("organisation", {"organisation": who, "name": who.title(), "kind": kind} | home)
    load("partnership", {"partnership": "p", "name": "P", "started_on": "2020-01-01"})
    load("membership", *({"partnership": "p", "organisation": who} for who in ("a", "b", "uni")))
    # A second spell of the same member must not count the partnership twice.
    load("membership", {"partnership": "p", "organisation": "a", "role": "lead"})
    load("payment", invoice("1", "2024-01-01"), complete_to=TO_MARCH)

    def split(name):
        return by(figure(ledger, lead, "partnership_longevity", by=[name]))

    assert split("organisation") == {"A": 1, "B": 1}
    assert split("kind") == {"charity": 1}


def test_individuals_are_shown_together_and_never_by_name(ledger, load, lead):
    for who in ("a", "b"):
        load("organisation", {"organisation": who, "name": who.title(), "is_individual": True})
    load("organisation", {"organisation": "c", "name": "Copse"})
    rows = [invoice("1", "2024-01-01", "2024-01-11", payee=who) for who in ("a", "b", "c")]
    load("payment", *rows, complete_to=TO_MARCH)
    result = figure(ledger, lead, "average_days_to_pay", by=["organisation"])
    assert by(result) == {"Copse": 1, "individuals, shown together": 2}


def test_a_place_whose_table_was_taken_back_keeps_its_code_for_the_lead(filed, lead):
    for batch in (5, 6):
        undo(filed, batch, "me")
    result = figure(filed, lead, "average_days_to_pay", by=["place"])
    assert by(result) == {"X1": 1, "X2": 1, "no place recorded": 2}


# Status and targets.


@pytest.mark.parametrize(
    ("lower", "upper", "better", "expected"),
    [
        (31, 40, Better.LOWER, Status.WORSE),
        (20, 29, Better.LOWER, Status.BETTER),
        (31, 40, Better.HIGHER, Status.BETTER),
        (20, 29, Better.HIGHER, Status.WORSE),
        (29, 31, Better.LOWER, Status.SIMILAR),
        (30, 31, Better.LOWER, Status.SIMILAR),
        (29, 30, Better.HIGHER, Status.SIMILAR),
        (31, 40, Better.NEITHER, Status.NOT_ASSESSED),
        (None, 40, Better.LOWER, Status.NOT_ASSESSED),
        (31, None, Better.LOWER, Status.WORSE),
    ],
)
def test_a_status_is_read_off_the_interval_against_the_target_of_30(lower, upper, better, expected):
    found = Figure(n=9, value=30.0, lower=lower, upper=upper)
    assert compute.status(found, better, 30) is expected
    assert compute.status(found, better, None) is Status.NOT_ASSESSED


def test_a_target_counts_only_while_it_is_in_force(ledger, load, lead):
    target = {"threshold": "time_to_payment_days", "unit": "days", "meaning": "m", "source": "s"}
    load(
        "threshold",
        target | {"from_on": "2024-01-01", "to_on": "2024-01-31", "value": 45.0},
        target | {"from_on": "2024-02-01", "value": 30.0},
    )
    load("payment", invoice("1", "2023-01-01", "2023-02-01"), complete_to=TO_MARCH)
    days = (date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 1))
    results = [figure(ledger, lead, "time_to_payment", as_of=day) for day in days]
    assert [result.target for result in results] == [None, 45, 30]
    assert results[0].only.status is Status.NOT_ASSESSED
    assert results[2].target_source == "m (s)"


# Every row accounted for.


def rows_of_facts(ledger, viewer, indicator, as_of):
    """How many rows the facts have, counted without the engine that counts figures."""
    scope = with_clause(viewer, compute.tables_named(indicator.facts), as_of=as_of)
    sql = f"with {scope.sql}, facts as ({indicator.facts}) select * from facts"
    used = {name: value for name, value in scope.parameters.items() if f"${name}" in sql}
    return ledger.cursor().sql(sql, params=used).to_arrow_table().to_pylist()


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda one: one.id)
def test_the_rows_counted_and_left_out_are_all_there_are(ledger, lead, indicator):
    untidy(ledger)
    only = figure(ledger, lead, indicator).only
    rows = rows_of_facts(ledger, lead, indicator, TO_MARCH)
    left_out = sum(out.n for out in only.left_out)
    # Of a gap n is of partners' rows: the university's are what they are compared with.
    beside = sum(row["left_out"] is None and row.get("side") == "university" for row in rows)
    beside = beside if indicator.estimator.name.endswith("gap") else 0
    assert only.figure.n + beside + left_out == len(rows) > 0
    assert sum(caution.n for caution in only.cautions) <= only.figure.n
    assert all(out.reason for out in only.left_out)


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda one: one.id)
def test_the_pounds_counted_and_left_out_are_all_there_are(ledger, lead, indicator):
    untidy(ledger)
    only = figure(ledger, lead, indicator).only
    scope = with_clause(lead, compute.tables_named(indicator.facts), as_of=TO_MARCH)
    sql = f"with {scope.sql}, facts as ({indicator.facts}) select sum(pounds)::double from facts"
    used = {name: value for name, value in scope.parameters.items() if f"${name}" in sql}
    [(pounds,)] = ledger.cursor().sql(sql, params=used).fetchall()
    found = [only.pounds, *(out.pounds for out in only.left_out)]
    assert sum(money or 0 for money in found) == pytest.approx(pounds or 0)


def test_what_is_left_out_and_cautioned_is_said_in_the_note(ledger, lead):
    untidy(ledger)
    [record] = figure(ledger, lead, "time_to_payment").records()
    assert "1 left out: paid in advance" in record["note"]
    assert "1 invoices counted with a caution: unpaid, and the records do not say" in record["note"]


def test_over_time_a_figure_by_its_dates_is_split_by_year(filed, lead):
    result = compute.over_time(filed, lead, "average_days_to_pay", period="financial_year")
    assert by(result) == {"2023/24": 3}


def test_over_time_a_figure_about_whole_lives_is_taken_at_the_end_of_each_year(ledger, load, lead):
    rows = [
        {"partnership": "old", "name": "Old", "started_on": "2010-01-01", "ended_on": "2022-06-01"},
        {"partnership": "new", "name": "New", "started_on": "2023-01-01"},
    ]
    load("partnership", *rows, complete_to=TO_MARCH)
    result = compute.over_time(
        ledger, lead, "partnership_longevity", period="academic_year", points=3
    )
    # Ends of July 2022 (the old one had just ended) and 2023, and 31 March 2024.
    ended = {row.labels[0]: (row.figure.n, row.figure.numerator) for row in result.rows}
    assert ended == {"2021/22": (1, 1), "2022/23": (2, 1), "2023/24": (2, 1)}
