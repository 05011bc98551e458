"""The page of all figures: every one of them, by group, over time, and why it changed."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from civic_metrics.estimators.fair_payment_code import band
from civic_metrics.indicators import BY_SUBJECT, INDICATORS
from civic_metrics.model import Figure, Result, Role, Row, Status, Viewer
from civic_metrics.periods import period_of, period_sql, unfinished
from civic_metrics.ui import entry
from civic_metrics.ui.behaviour import follow
from civic_metrics.ui.payment_code import said as award_in_words
from tests.ui.reading import HOUSE, lines_with, said_by

PARTNER = "tidewell-carers-circle"
EVERY_SUBJECT = pytest.mark.parametrize("subject", BY_SUBJECT)


@pytest.fixture
def all_figures(app, demonstration):
    return app(demonstration).switch_page("pages/indicators.py").run()


def choose(page, subject, name=None):
    subjects, figures = page.selectbox(key="subject"), page.selectbox(key="figure")
    if subjects.value != subject:
        subjects.select(subject).run()
    if name is not None and figures.value != name:
        page.selectbox(key="figure").select(name).run()
    assert not page.exception, page.exception[0].value
    return page


def charts_of(page):
    return [chart.proto.alt for chart in page.get("plotly_chart")]


def table(page, called):
    return next(one.value for one in page.dataframe if called in one.proto.alt)


@EVERY_SUBJECT
def test_every_figure_of_a_subject_is_shown_and_explained(subject, all_figures):
    choose(all_figures, subject)
    names = [indicator.name for indicator in BY_SUBJECT[subject].values()]
    assert all_figures.selectbox(key="figure").options == names
    for indicator in BY_SUBJECT[subject].values():
        said = said_by(choose(all_figures, subject, indicator.name))
        assert indicator.question in said
        assert indicator.not_to_be_read_as in said
        assert len(table(all_figures, "figures about")) == len(names)


def test_a_share_of_many_partnerships_is_a_funnel_and_of_few_kinds_a_ranking(all_figures):
    choose(all_figures, "Payment", INDICATORS["paid_within_30_days"].name)
    all_figures.selectbox(key="by").select("Partnership").run()
    assert any("by size" in alt and "more than chance" in alt for alt in charts_of(all_figures))
    all_figures.selectbox(key="by").select("Who was paid").run()
    assert not all_figures.exception
    assert not any("by size" in alt for alt in charts_of(all_figures))
    assert "From 10 groups" in said_by(all_figures)


def test_months_show_what_is_usual_and_years_a_plain_line(all_figures):
    choose(all_figures, "Payment", INDICATORS["paid_within_30_days"].name)
    all_figures.selectbox(key="step").select("Month").run()
    assert any("points around a mean" in alt for alt in charts_of(all_figures))
    assert "What stands out" in table(all_figures, "over time").columns
    all_figures.selectbox(key="step").select("Academic year").run()
    assert not any("points around a mean" in alt for alt in charts_of(all_figures))
    assert "From 13 periods" in said_by(all_figures)


@pytest.mark.parametrize(
    ("period", "day", "name"),
    [
        ("month", date(2024, 5, 31), "2024-05"),
        ("quarter", date(2024, 5, 31), "2024 Q2"),
        ("quarter", date(2024, 1, 1), "2024 Q1"),
        ("calendar_year", date(2024, 12, 31), "2024"),
        ("academic_year", date(2024, 7, 31), "2023/24"),
        ("financial_year", date(2024, 4, 1), "2024/25"),
    ],
)
def test_a_day_falls_in_the_period_that_splits_name(period, day, name):
    assert period_of(period, day) == name
    sql = f"select {period_sql(period, 'day')} from (select date '{day}' as day)"
    assert duckdb.sql(sql).fetchall() == [(name,)]


def test_a_period_is_unfinished_unless_the_records_end_with_its_last_day():
    assert unfinished("month", date(2024, 5, 30)) == "2024-05"
    assert unfinished("month", date(2024, 5, 31)) is None
    assert unfinished("academic_year", date(2024, 7, 31)) is None
    assert unfinished("month", None) is None


def months(*values, as_of=date(2024, 12, 31)):
    found = [
        Row((f"2023-{n:02d}",), (f"2023-{n:02d}",), Figure(n=9, value=v), Status.NOT_ASSESSED)
        for n, v in enumerate(values, 1)
    ]
    return Result(INDICATORS["average_days_to_pay"], ("month",), tuple(found), as_of)


def test_limits_are_offered_from_13_periods_and_those_without_a_figure_are_counted_apart():
    assert follow(months(*range(12)), "month").process is None
    thirteen = follow(months(*[0, 20] * 3, None, *[0, 20] * 3, 120), "month")
    assert len(thirteen.process.values) == 13
    assert thirteen.without == 1
    assert {key: mark.said for key, mark in thirteen.marks.items()} == {
        "2023-14": "outside the limits (worse)"
    }


def test_the_period_the_records_end_in_is_left_out():
    open_one = follow(months(*[1, 2] * 6, 1, as_of=date(2023, 12, 30)), "month")
    assert open_one.unfinished == "2023-12"
    assert len(open_one.result.rows) == 11  # nor is the month to come drawn


def test_a_narrowed_view_is_set_beside_everyone_and_an_open_one_beside_other_suppliers(all_figures):
    choose(all_figures, "Payment", INDICATORS["paid_within_30_days"].name)
    assert "**Other suppliers:**" in said_by(all_figures)
    assert "beside the year before:**" in said_by(all_figures)
    all_figures.selectbox(key="kind").select("charity").run()
    assert "**Everyone:**" in said_by(all_figures)


def test_review_scores_show_both_views_and_are_never_blended(all_figures):
    choose(all_figures, "Voice", INDICATORS["review_score"].name)
    all_figures.selectbox(key="by").select("Principle").run()
    assert any("both views" in alt for alt in charts_of(all_figures))
    assert "How does it stand beside others?" not in said_by(all_figures)


def test_why_it_changed_is_worked_out_when_asked(all_figures):
    choose(all_figures, "Payment", INDICATORS["average_days_to_pay"].name)
    assert "What was recorded" not in said_by(all_figures)
    all_figures.toggle(key="why").set_value(True).run()
    assert not all_figures.exception
    all_figures.selectbox(key="by").select("Organisation").run()
    said = said_by(all_figures)
    assert "because the mix changed" in said
    assert "Over all years" in said
    assert lines_with(HOUSE, said) == set()


def test_the_choice_is_in_the_address_and_a_link_to_a_figure_opens_its_subject(app, demonstration):
    shown = app(demonstration).switch_page("pages/indicators.py")
    shown.query_params["figure"] = INDICATORS["paid_within_30_days"].name
    shown.run()
    assert shown.selectbox(key="subject").value == "Payment"
    assert INDICATORS["paid_within_30_days"].question in [head.value for head in shown.header]


def test_a_link_to_a_figure_there_is_not_says_so_and_shows_another(app, demonstration):
    shown = app(demonstration).switch_page("pages/indicators.py")
    shown.query_params["figure"] = "Happiness"
    shown.run()
    assert not shown.exception
    assert "Happiness" in shown.warning[0].value
    assert shown.header


def test_a_partner_is_shown_no_figure_of_others_and_nothing_of_uploads(
    app, demonstration, monkeypatch
):
    partner = Viewer(Role.PARTNER, (PARTNER,))
    monkeypatch.setattr(entry, "local_viewer", lambda *asked: partner)
    shown = app(demonstration).switch_page("pages/indicators.py").run()
    choose(shown, "Payment", INDICATORS["average_days_to_pay"].name)
    theme = shown.selectbox(key="theme").options[1]
    shown.selectbox(key="theme").select(theme).run()
    shown.toggle(key="why").set_value(True).run()
    assert not shown.exception
    said = said_by(shown)
    assert "tables made to be published" in said
    assert "What was recorded" not in said


def test_figures_are_marked_not_for_publication(all_figures):
    assert "not for publication" in said_by(all_figures)


def test_without_records_the_page_says_what_to_do_and_draws_nothing(app, own_records):
    shown = app(own_records).switch_page("pages/indicators.py").run()
    assert "Upload page" in said_by(shown)
    assert not shown.get("plotly_chart")
    assert not shown.exception


def test_the_fair_payment_code_says_which_award_and_on_what_it_rests(all_figures):
    said = said_by(choose(all_figures, "Payment"))
    assert "Which award of the Fair Payment Code would this reach?" in said
    shares = table(all_figures, "award of the Fair Payment Code")
    assert list(shares["Share"]) == [
        "Paid within 30 days",
        "Paid within 60 days",
        "Small payees paid within 30 days",
    ]
    assert set(shares["Asked for"]) == {"95%"}
    assert "the Code counts all suppliers" in said
    assert "checked on 23 November 2026" in said
    assert "Fair Payment Code would" not in said_by(choose(all_figures, "Voice"))


@pytest.mark.parametrize(
    ("shares", "begins"),
    [
        ((0.95, 0.97, None), "**Gold** would be reached: at least 95%"),
        ((0.9, 0.96, 0.95), "**Silver** would be reached: at least 95%"),
        ((0.9, 0.96, 0.9), "**Bronze** would be reached: at least 95%"),
        ((0.9, 0.94, 0.9), "**No award** would be reached: fewer than 95%"),
        ((0.9, 0.96, None), "**Not assessable**: at least 95%"),
        ((None, None, None), "**Not assessable**: no payments"),
    ],
)
def test_the_award_is_a_sentence_with_its_reason(shares, begins):
    all_in_30, all_in_60, small_in_30 = shares
    found = band(within_30=all_in_30, within_60=all_in_60, small_within_30=small_in_30)
    assert award_in_words(found).startswith(begins)


def test_what_is_published_of_places_is_shown_a_measure_at_a_time(all_figures):
    shown = choose(all_figures, "Place context", INDICATORS["difference_from_comparator"].name)
    assert "Each measure and each place stands by itself" in said_by(shown)
    shown.selectbox(key="measure").select("households without a fixed internet connection").run()
    assert not shown.exception
    places = table(shown, "by Place")
    assert len(places) == 14
    assert places["What to know"].str.contains("not published").all()
