"""The dated limits of what is plausible."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from civic_metrics.intake.checking.limits import Against, Limit, limits_of

WAGE = limits_of(
    [
        ("least", date(2023, 4, 1), date(2024, 3, 31), 10.42),
        ("least", date(2024, 4, 1), None, 11.44),
        ("most", None, None, 500),
    ]
)


@pytest.mark.parametrize(
    ("on", "least"),
    [(date(2023, 3, 31), None), (date(2023, 4, 1), 10.42), (date(2024, 3, 31), 10.42),
     (date(2024, 4, 1), 11.44), (date(2099, 1, 1), 11.44)],
)  # fmt: skip
def test_a_limit_is_that_of_the_day_and_its_last_day_counts(on: date, least: float | None):
    against = Against(date(2024, 6, 30), WAGE)
    assert against.at("least", on) == least
    assert against.at("most", on) == 500


def test_without_a_day_the_limit_is_that_of_today_and_an_unknown_one_is_none():
    against = Against(date(2023, 6, 30), WAGE)
    assert (against.at("least"), against.at("nothing"), against.values("nothing")) == (
        10.42, None, (),
    )  # fmt: skip


@pytest.mark.parametrize(
    "limit", [Limit(None, None, 1), *WAGE["least"], Limit(None, date(2023, 5, 1), 1)]
)
def test_sql_and_python_say_the_same_of_a_day(limit: Limit):
    for on in (date(2023, 3, 31), date(2023, 4, 1), date(2024, 3, 31), date(2024, 4, 1)):
        day = f"date '{on}'"
        ((says,),) = duckdb.sql(f"select {limit.sql(day)}").fetchall()
        assert says is limit.applies(on)


def test_a_limit_ends_the_day_before_the_next_begins():
    rows = [
        ("most", date(2024, 1, 1), None, 600),
        ("most", date(2020, 1, 1), None, 500),
        ("most", None, date(2020, 6, 1), 400),
    ]
    assert limits_of(rows)["most"] == (
        Limit(None, date(2019, 12, 31), 400),
        Limit(date(2020, 1, 1), date(2023, 12, 31), 500),
        Limit(date(2024, 1, 1), None, 600),
    )
