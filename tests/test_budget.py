"""A planned budget weighed by hand."""

from datetime import date

import pytest

from civic_metrics.budget import Line, Rates, WhatIf, changed, comparators, rates_on, weigh
from civic_metrics.intake import Refused
from civic_metrics.intake.budgets import read_budget

# Staff £30 for workshops. Partners: 10 h at £15 and 10 h unpaid, 5 h of design with no rate.
PLAN = [
    Line("staff", "workshop", 20, 30),
    Line("partner", "workshop", 10, 15),
    Line("partner", "workshop", 10, 0),
    Line("partner", "design", 5, 40),
    Line("student", "workshop", 4, 0, is_wage=True),
    Line("public", "workshop", 6, 12, is_wage=True),
]
RATES = Rates(floor=13.45)


def test_parity_is_what_partners_get_over_the_staff_rate_for_the_same_hours():
    weighed = weigh(PLAN, RATES)
    assert weighed.parity == pytest.approx(150 / 600)
    assert (weighed.compared_hours, weighed.hours["partner"]) == (20, 25)
    assert weighed.parity_cost == 10 * 15 + 10 * 30
    assert weighed.cost == 600 + 150 + 200 + 72
    assert weighed.unpaid_hours == {"partner": 10, "staff": 0, "student": 4, "public": 0}


def test_wages_are_held_against_the_living_wage_and_charges_are_not():
    weighed = weigh(PLAN, RATES)
    assert weighed.below_floor_hours == 4 + 6
    assert weighed.floor_cost == pytest.approx(4 * 13.45 + 6 * 1.45)
    assert weigh(PLAN, Rates()).below_floor_hours is None


def test_the_pay_scale_stands_in_where_no_staff_do_the_same_on_the_same_basis():
    rates = Rates(pay_scale={("design", "gross"): 50})
    assert comparators(PLAN, rates) == [None, 30, 30, 50, None, None]
    full = [Line("staff", "workshop", 1, 30), Line("partner", "workshop", 1, 30, "full cost")]
    assert comparators(full, Rates()) == [None, None]


def test_after_each_change_what_it_was_for_is_so_and_it_costs_what_was_said():
    before = weigh(PLAN, RATES)
    equal = weigh(changed(PLAN, RATES, WhatIf.PARITY), RATES)
    assert equal.parity == pytest.approx(1)
    assert equal.cost - before.cost == pytest.approx(before.parity_cost)
    waged = weigh(changed(PLAN, RATES, WhatIf.LIVING_WAGE), RATES)
    assert waged.below_floor_hours == 0
    assert waged.cost - before.cost == pytest.approx(before.floor_cost)
    nobody = weigh(changed(PLAN, RATES, WhatIf.NOBODY_UNPAID), RATES)
    assert set(nobody.unpaid_hours.values()) == {0}


def test_without_a_known_living_wage_a_change_towards_it_changes_nothing():
    assert changed(PLAN, Rates(), WhatIf.NOBODY_UNPAID) == PLAN


def test_rates_are_those_in_force_on_the_day():
    def rate(activity, kind, pounds, start, end=None, role="staff"):
        return {
            "role_group": role, "activity": activity, "basis": "gross", "kind": kind,
            "from_on": start, "to_on": end, "hourly_gbp": pounds,
        }  # fmt: skip

    rows = [
        rate("workshop", "pay scale", 20, date(2024, 8, 1)),
        rate("workshop", "pay scale", 25, date(2025, 8, 1)),
        rate("workshop", "pay scale", 99, date(2027, 8, 1)),
        rate("Real Living Wage (UK)", "floor", 13, date(2025, 1, 1), date(2026, 9, 30), None),
        rate("Real Living Wage (UK), by its deadline", "floor", 12, date(2025, 5, 1), None, None),
        rate("Real Living Wage (London)", "floor", 15, date(2025, 1, 1), None, None),
    ]
    found = rates_on(rows, date(2026, 1, 1))
    assert (found.pay_scale, found.floor) == ({("workshop", "gross"): 25}, 13)
    assert rates_on(rows, date(2026, 10, 1)).floor == 12
    assert rates_on(rows, date(2026, 10, 1), "London").floor == 15
    assert rates_on(rows, date(2020, 1, 1)).floor is None


def test_a_plan_is_read_from_a_spreadsheet_as_people_write_one():
    text = (
        "Who,Task,Hrs,Hourly rate,Paid to a person\n"
        "Partner,Talks,7.5,£20.00,no\nStaff,Talks,1:30,30,\n"
    )
    plan = read_budget(text.encode(), "plan.csv")
    assert plan.problems == ()
    assert [(one["role_group"], float(one["hours"])) for one in plan.lines] == [
        ("partner", 7.5),
        ("staff", 1.5),
    ]


def test_two_equal_lines_are_two_lines_and_a_bad_one_is_named_by_its_row():
    text = "who,hours,rate\npartner,10,20\npartner,10,20\ndragon,ten,20\n"
    plan = read_budget(text.encode(), "plan.csv")
    assert len(plan.lines) == 2
    assert {(problem.row, problem.column) for problem in plan.problems} == {
        (4, "who"),
        (4, "hours"),
    }


def test_a_file_with_no_plan_is_refused_with_what_was_expected():
    with pytest.raises(Refused, match="hours"):
        read_budget(b"colour,size\nred,4\n", "x.csv")
