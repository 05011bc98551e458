"""A weighed plan in plain words, and the lines people give as lines to weigh.

Imports words and the model beside the weighing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from civic_metrics import words
from civic_metrics.budget.weighing import PARTNER, Line, Rates, Weighed
from civic_metrics.model import Unit


def lines_of(rows: Iterable[Mapping[str, Any]]) -> tuple[list[Line], list[str]]:
    """The lines that can be weighed, and for each that cannot what it lacks, by its number.

    A row without anything is passed over. Where a basis is not given it is gross pay.
    """
    lines, lacking = [], []
    for number, row in enumerate(rows, 1):
        given = {name: value for name, value in row.items() if not _is_missing(value)}
        given.pop("is_wage", None)
        if not given:
            continue
        needed = {"role_group": "whose time it is", "hours": "hours", "hourly_gbp": "a rate"}
        missing = [what for name, what in needed.items() if name not in given]
        if missing:
            lacking.append(
                f"Line {row.get('line') or number} is not counted: it has no "
                f"{' and no '.join(missing)}. Give 0 as the rate of unpaid time."
            )
            continue
        lines.append(
            Line(
                role_group=given["role_group"],
                activity=str(given.get("activity", "")).strip().lower(),
                hours=float(given["hours"]),
                hourly_gbp=float(given["hourly_gbp"]),
                basis=given.get("basis", "gross"),
                is_wage=row.get("is_wage") is True,
            )
        )
    return lines, lacking


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or value != value  # NaN is not itself


def headline(plan: Weighed) -> str:
    """What partners would be paid, in one sentence."""
    if plan.parity is None:
        return (
            "What partners would be paid cannot be compared: no staff in the plan do the same "
            "activity on the same basis, and no pay scale of that day names it."
        )
    said = f"Partners would be paid {words.value(plan.parity, Unit.POUND_FOR_POUND)}"
    rest = plan.hours[PARTNER] - plan.compared_hours
    aside = f"; {_hours(rest)} have no university rate to compare with" if rest else ""
    return f"{said}, over {_hours(plan.compared_hours)}{aside}."


def comparison(before: Weighed, after: Weighed | None = None) -> list[dict[str, str]]:
    """Each figure of the plan as it is and, where asked, as it would be with the difference."""
    figures = (
        ("Cost of the plan", lambda plan: plan.cost, Unit.POUNDS),
        ("Partners for each £1 at the staff rate", lambda plan: plan.parity, Unit.POUND_FOR_POUND),
        ("What parity would add", lambda plan: plan.parity_cost, Unit.POUNDS),
        ("Unpaid hours of partners", lambda plan: plan.unpaid_hours.get(PARTNER, 0), Unit.HOURS),
        ("Unpaid hours of everybody", lambda plan: sum(plan.unpaid_hours.values()), Unit.HOURS),
        ("Hours under the Real Living Wage", lambda plan: plan.below_floor_hours, Unit.HOURS),
        ("What the Real Living Wage would add", lambda plan: plan.floor_cost, Unit.POUNDS),
    )
    rows = []
    for name, figure, unit in figures:
        row = {"Figure": name, "As planned": words.short(figure(before), unit)}
        if after is not None:
            row["As changed"] = words.short(figure(after), unit)
        rows.append(row)
    return rows


def by_role(plan: Weighed) -> list[dict[str, str]]:
    """Hours, money, and the rate it comes to, one line a role group."""
    return [
        {
            "Whose time": role.capitalize(),
            "Hours": words.short(hours, Unit.HOURS),
            "Unpaid": words.short(plan.unpaid_hours[role], Unit.HOURS),
            "Cost": words.pounds(plan.costs[role]),
            "An hour": words.short(plan.costs[role] / hours if hours else None, Unit.POUNDS_A_HEAD),
        }
        for role, hours in plan.hours.items()
    ]


def remarks(lines: Sequence[Line], rates: Rates) -> list[str]:
    """What a reader must know of how the plan was weighed."""
    said = [
        "Every line of the plan is counted, so no range is given. Unpaid hours count at £0.",
        "Partners are compared with the plan's own paid staff for the same activity on the same "
        "basis, else with the university's pay scale of the day.",
    ]
    if rates.floor is None:
        said.append(
            "No Real Living Wage is known for that day, so wages are not held against it. Add the "
            "rate to the rates of pay when it is announced."
        )
    else:
        said.append(
            f"Wages are held against {_rate(rates.floor)} an hour ({rates.floor_source}). What an "
            "organisation charges is not a wage."
        )
    if not any(one.is_wage for one in lines):
        said.append("No line says that a person is paid it as a wage, so none is held against it.")
    return said


def _rate(pounds: float) -> str:
    return words.short(pounds, Unit.POUNDS_A_HEAD)


def _hours(hours: float) -> str:
    return words.short(hours, Unit.HOURS)
