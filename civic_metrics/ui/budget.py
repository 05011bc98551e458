"""A planned budget typed, pasted or uploaded: what it pays whom, and what changes would cost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from civic_metrics import budget, compute
from civic_metrics.budget import Line, Rates, WhatIf
from civic_metrics.exchange import template
from civic_metrics.intake import Refused
from civic_metrics.intake.budgets import budget_layout, read_budget
from civic_metrics.model import Viewer
from civic_metrics.ui import records
from civic_metrics.ui.figures import neutralised
from civic_metrics.ui.mending import XLSX
from civic_metrics.ui.text import plain

_LINES, _VERSION = "_budget_lines", "_budget_version"
_AS_PLANNED = "nothing: the plan as it is"
_EXAMPLE = (
    ("staff", "workshop", 40.0, 32.0, "gross", True),
    ("partner", "workshop", 40.0, 20.0, "gross", False),
    ("partner", "workshop", 12.0, 0.0, "gross", False),
    ("public", "workshop", 30.0, 12.0, "gross", True),
    ("student", "survey", 16.0, 0.0, "gross", True),
)


def weigh_budget(viewer: Viewer) -> None:
    """The plan to fill in, and beneath it what it comes to, before and after a change."""
    rates = _rates(viewer)
    _from_spreadsheet()
    lines, lacking = budget.lines_of(_typed())
    for said in lacking:
        st.warning(plain(said))
    if not lines:
        st.info("Fill in at least one line: whose time, how many hours, and the rate an hour.")
        return
    _answer(lines, rates)


def _rates(viewer: Viewer) -> Rates:
    when, where = st.columns(2)
    day = when.date_input("First day of the project", date.today(), format="DD/MM/YYYY")
    place = where.segmented_control(
        "Where people are paid", list(budget.LIVING_WAGE), default="UK", required=True
    )
    known = compute.records(records.open_records(), viewer, "rate", as_of=day)
    return budget.rates_on(known, day, place)


def _from_spreadsheet() -> None:
    with st.expander("Take the lines from a spreadsheet", icon=":material/upload_file:"):
        st.download_button(
            "Download a spreadsheet to fill in",
            data=lambda: template(budget_layout()),
            file_name="A planned budget.xlsx",
            mime=XLSX,
            on_click="ignore",
            icon=":material/download:",
        )
        given = st.file_uploader(
            "A plan with a line for each person's or group's time", key="_budget_file"
        )
        if given is None:
            return
        try:
            plan = read_budget(given.getvalue(), given.name)
        except Refused as refusal:
            st.error(plain(refusal))
            return
        for fault in plan.faults:
            st.warning(plain(fault))
        st.write(f"{len(plan.lines)} of {plan.rows_read} lines can be used.")
        if st.button("Use these lines", disabled=not plan.lines):
            frame = pd.DataFrame([dict(one) for one in plan.lines])
            _set_lines(frame.reindex(columns=_columns()))
            st.rerun()


def _columns() -> list[str]:
    return [column.name for column in budget_layout().columns if column.name != "line"]


def _set_lines(frame: pd.DataFrame) -> None:
    """New lines in the editor, which forgets what was typed over the old ones."""
    texts = {name: frame[name].astype("string") for name in ("role_group", "activity", "basis")}
    numbers = {name: frame[name].astype(float) for name in ("hours", "hourly_gbp")}
    wage = frame["is_wage"].eq(True)
    st.session_state[_LINES] = frame.assign(**texts, **numbers, is_wage=wage)
    st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1


def _typed() -> list[dict[str, object]]:
    """The lines as they stand in the editor."""
    if _LINES not in st.session_state:
        _set_lines(pd.DataFrame(_EXAMPLE, columns=_columns()))
    if st.session_state[_VERSION] == 1:
        st.caption("The first lines are an example. Type over them, or paste lines of your own.")
    about = {column.name: column.description for column in budget_layout().columns}
    frame = st.data_editor(
        st.session_state[_LINES],
        key=f"_budget_{st.session_state[_VERSION]}",
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_config={
            "role_group": st.column_config.SelectboxColumn(
                "Whose time", options=list(budget.ROLES), help=about["role_group"]
            ),
            "activity": st.column_config.TextColumn("Activity", help=about["activity"]),
            "hours": st.column_config.NumberColumn("Hours", min_value=0.0, help=about["hours"]),
            "hourly_gbp": st.column_config.NumberColumn(
                "£ an hour", min_value=0.0, format="%.2f", help=about["hourly_gbp"]
            ),
            "basis": st.column_config.SelectboxColumn(
                "Basis", options=list(budget.BASES), help=about["basis"]
            ),
            "is_wage": st.column_config.CheckboxColumn("A person's wage", help=about["is_wage"]),
        },
    )
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def _answer(lines: Sequence[Line], rates: Rates) -> None:
    before = budget.weigh(lines, rates)
    st.subheader(plain(budget.headline(before)))
    choice = st.selectbox("What if", [_AS_PLANNED, *(one.value for one in WhatIf)])
    after = None
    if choice != _AS_PLANNED:
        after = budget.weigh(budget.changed(lines, rates, WhatIf(choice)), rates)
    figures = pd.DataFrame(budget.comparison(before, after))
    st.dataframe(figures, hide_index=True, width="stretch", alt="Table: the plan's figures")
    st.download_button(
        "Download as CSV",
        data=lambda: neutralised(figures).to_csv(index=False).encode("utf-8-sig"),
        file_name="budget.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )
    st.subheader("By whose time it is")
    st.dataframe(
        pd.DataFrame(budget.by_role(after or before)),
        hide_index=True,
        width="stretch",
        alt="Table: hours and money by whose time it is",
    )
    for said in budget.remarks(lines, rates):
        st.caption(plain(said))
    st.caption("The plan is kept nowhere: it is gone when you leave this page.")
