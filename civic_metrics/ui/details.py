"""Everything about one partnership, and the figures of any one view."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from civic_metrics import charts, compute, words
from civic_metrics.indicators import INDICATORS
from civic_metrics.model import Indicator, Viewer
from civic_metrics.periods import ACADEMIC_YEAR, QUARTER
from civic_metrics.ui import figures, records
from civic_metrics.ui.choices import Chosen, named
from civic_metrics.ui.overview import indicator_not_narrowed, what_to_know
from civic_metrics.ui.text import plain

PRECISION = {"year": "%Y", "month": "%B %Y"}
RECORD_TABLES = {
    "payment": "Payments",
    "contribution": "Time given",
    "funding": "Funding",
    "membership": "Members",
}


def rows_of(viewer: Viewer, table: str, **where: str | None) -> list[dict[str, Any]]:
    """The records of a table that the viewer may see, narrowed."""
    wanted = {name: (value,) for name, value in where.items() if value is not None}
    return compute.records(records.open_records(), viewer, table, where=wanted)


def about_partnership(viewer: Viewer, partnership: str | None) -> None:
    """Who, since when, where and on what."""
    found = rows_of(viewer, "partnership", partnership=partnership)
    if not found:
        return
    one = found[0]
    organisations, places = named(viewer, "organisation"), named(viewer, "place")
    st.header(plain(one["name"]))
    facts = {
        "Since": _since(one),
        "Led by": organisations.get(one["lead_organisation"] or "", "equals, or not recorded"),
        "University lead": one["lead_unit"] or "not recorded",
        "Themes": _listed(
            r["theme"] for r in rows_of(viewer, "partnership_theme", partnership=partnership)
        ),
        "Places": _listed(
            places.get(r["place"], r["place"])
            for r in rows_of(viewer, "footprint", partnership=partnership)
        ),
        "Members": _listed(
            organisations.get(r["organisation"], "another organisation")
            for r in rows_of(viewer, "membership", partnership=partnership)
        ),
        "Agreement": one["agreement_kind"] or "not recorded",
        "Funding": _funding(one),
    }
    st.markdown("\n".join(f"- **{name}:** {plain(value)}" for name, value in facts.items()))


def _since(one: Mapping[str, Any]) -> str:
    """When it began and, where it has, ended and why, as precisely as is known."""
    start = _partial(one["started_on"], one["started_on_precision"])
    if one["ended_on"]:
        end = _partial(one["ended_on"], one["ended_on_precision"])
        reason = f" ({one['end_reason']})" if one["end_reason"] else ""
        return f"{start} to {end}{reason}"
    return f"{start}, still going" if one["started_on"] else "not recorded"


def _partial(day: date | None, precision: str | None) -> str:
    """A date as precisely as it is known."""
    if day is None:
        return "not recorded"
    return day.strftime(PRECISION[precision]) if precision in PRECISION else words.date_words(day)


def _funding(one: Mapping[str, Any]) -> str:
    if one["funding_gbp"] is None:
        return "not recorded"
    qualifier = one["funding_qualifier"]
    before = f"{qualifier} " if qualifier and qualifier != "exactly" else ""
    return f"{before}{words.pounds(one['funding_gbp'])}"


def _listed(values: Any) -> str:
    return ", ".join(sorted({str(value) for value in values})) or "none recorded"


# What every view of a partnership or a place begins with; the others are a choice away.
KEY_FIGURES = (
    "compensation_parity",
    "pay_shortfall",
    "median_hourly_gap",
    "unpaid_hours_share",
    "time_to_payment",
    "average_days_to_pay",
    "paid_within_30_days",
    "late_share",
    "overdue_now",
    "overdue_pounds",
    "partnership_longevity",
    "five_year_survival",
    "milestones_met_share",
)


def answers(viewer: Viewer, chosen: Chosen, *, of_many: bool = True) -> None:
    """The key figures of this view in one table, then any one in full.

    A view of one partnership is not `of_many`: how long partnerships last is not a question
    about one of them, whose age stands above.
    """
    st.header("What do the figures say?")
    offered = {
        indicator.name: indicator
        for indicator in INDICATORS.values()
        if of_many or indicator.period_by is not None or indicator.partner_filter
    }
    lines = []
    for indicator in offered.values():
        if indicator.id not in KEY_FIGURES:
            continue
        people = figures.people_of(viewer, indicator)
        result = figures.answer(viewer, indicator, chosen, people=people.filter)
        row = result.only
        lines.append(
            {
                "Figure": indicator.name + (" (partners)" if people.filter else ""),
                "Value": words.short(row.figure.value, indicator.unit),
                "Likely range": figures.range_of(row, indicator.unit),
                "Rests on": words.count(row.figure.n, indicator.counts),
                "Against the target": row.status.value,
                "As at": words.date_words(result.as_of) if result.as_of else "nothing loaded",
            }
        )
    st.dataframe(pd.DataFrame(lines), hide_index=True, width="stretch", alt="Table: key figures")
    name = st.selectbox("Look closer at", list(offered), key="closer", bind="query-params")
    people = figures.people_of(viewer, offered[name])
    result = figures.answer(viewer, offered[name], chosen, people=people.filter)
    if ignored := indicator_not_narrowed(result.indicator, chosen):
        st.caption(ignored)
    st.write(words.sentence(result, result.only, subject=people.subject))
    if people.remark:
        st.caption(people.remark)
    for label, figure in result.variants:
        st.write(f"{label}: **{words.short(figure.value, result.indicator.unit)}**.")
    _closer(viewer, result.indicator, chosen)
    with st.expander("What to know about this figure"):
        what_to_know(result, result.only)


def _closer(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    people = figures.people_of(viewer, indicator)
    result = figures.answer(viewer, indicator, chosen, people=people.filter)
    if result.only.figure.curve:
        figures.chart(
            charts.curve(result, [people.subject], time=figures.curve_unit(indicator)),
            alt=charts.describe_curve(result, [people.subject], time=figures.curve_unit(indicator)),
            key=f"curve-{indicator.id}",
        )
    if indicator.period_by is not None:
        step = QUARTER if QUARTER in indicator.splits else ACADEMIC_YEAR
        over = figures.by_year(viewer, indicator, chosen, step, people=people.filter)
        if any(row.figure.value is not None and row.keys[0] for row in over.rows):
            figures.trend(over, None, subject=people.subject, key=f"closer-{indicator.id}")
        else:
            st.info("There are not enough records in this view to draw it over time.")


def waiting_invoices(viewer: Viewer, partnership: str | None) -> None:
    """Invoices received and not paid, the longest wait first."""
    st.header("What is still unpaid?")
    result = figures.answer(viewer, INDICATORS["time_to_payment"], Chosen())
    waiting = compute.waiting(records.open_records(), viewer, partnership, as_of=result.as_of)
    if not waiting:
        st.write("No invoice of this partnership is waiting, by the records.")
        return
    organisations = named(viewer, "organisation")
    st.write(f"As at {words.date_words(result.as_of)}; payments made since are not here yet.")
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "Who is paid": organisations.get(row["payee"], "an individual"),
                    "Invoice": row["invoice_ref"],
                    "Received": words.date_words(row["received_on"]),
                    "Days waiting": row["days"],
                    "Amount": _money(row),
                    "Due": words.date_words(row["due_on"]) if row["due_on"] else "not recorded",
                    "Disputed": "yes" if row["is_disputed"] else "no",
                }
                for row in waiting
            ]
        ),
        hide_index=True,
        width="stretch",
        alt="Table: invoices still unpaid",
    )


def _money(row: Mapping[str, Any]) -> str:
    if row["pounds"] is None:
        return f"{row['amount']:,.2f} (currency not known or not pounds)"
    return f"£{row['pounds']:,.2f}"


def time_given(viewer: Viewer, chosen: Chosen) -> None:
    """Hours by whose time it was, and how much of it nobody paid for."""
    st.header("Whose time, and was it paid?")
    indicator = INDICATORS["unpaid_hours_share"]
    result = figures.answer(viewer, indicator, chosen, by=("role_group",))
    if not result.rows:
        st.write("No time has been recorded for this view.")
        return
    figures.chart(charts.bars(result), alt=charts.describe(result), key="time-given")
    figures.show_table(result, key="time-given", heads=["Whose time"])


def records_behind(viewer: Viewer, partnership: str | None) -> None:
    """Every record behind the figures, with where it came from, to read and to download."""
    st.header("Which records is this from?")
    for table, title in RECORD_TABLES.items():
        rows = rows_of(viewer, table, partnership=partnership)
        with st.expander(f"{title} ({len(rows):,})"):
            if not rows:
                st.write("None recorded.")
                continue
            frame = figures.neutralised(pd.DataFrame(rows).dropna(axis="columns", how="all"))
            st.dataframe(frame, hide_index=True, width="stretch", alt=f"Table: {title}")
            st.download_button(
                "Download as CSV",
                data=frame.to_csv(index=False).encode("utf-8-sig"),
                file_name=f"{table}.csv",
                mime="text/csv",
                on_click="ignore",
                key=f"records-{table}",
                icon=":material/download:",
            )
