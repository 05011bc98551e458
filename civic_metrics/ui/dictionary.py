"""What every table and column means, and a spreadsheet to fill in for each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from civic_metrics.contracts import Column, Contract, contract, contracts
from civic_metrics.exchange import template
from civic_metrics.model import Viewer
from civic_metrics.ui.mending import XLSX
from civic_metrics.ui.text import plain


def dictionary(viewer: Viewer) -> None:
    """One table, chosen by its title: its columns, and its template."""
    titles = {layout.title: layout.name for layout in contracts().values()}
    title = st.selectbox(
        "Table",
        list(titles),
        index=list(titles).index(contract("payment").title),
        key="table",
        bind="query-params",
    )
    layout = contract(titles[title])
    st.header(layout.title)
    st.write(plain(layout.description))
    st.write(f"One row is told from another by: **{_key(layout)}**.")
    st.download_button(
        "Download a spreadsheet to fill in",
        data=lambda: template(layout),
        file_name=f"{layout.title}.xlsx",
        mime=XLSX,
        on_click="ignore",
        icon=":material/download:",
        help="Headings with notes and drop-downs; how to fill it in is on its second sheet.",
    )
    st.dataframe(
        pd.DataFrame([_line(layout, column) for column in layout.columns]),
        hide_index=True,
        width="stretch",
        height="content",
        alt=f"Table: columns of {layout.title}",
    )
    st.caption(
        "A file of your own needs none of these names: columns are recognised by what they are "
        "called and what they hold, and you correct what is wrong."
    )


def _key(layout: Contract) -> str:
    return ", ".join(name.replace("_", " ") for name in layout.key)


def _line(layout: Contract, column: Column) -> dict[str, str]:
    return {
        "Column": column.name,
        "What it is": column.description,
        "Needed": "yes" if column.required else "",
        "Holds": holds(column),
        "Also known as": ", ".join(column.aliases),
    }


def holds(column: Column) -> str:
    """What may stand in the column, in words."""
    if column.choices:
        return "one of: " + ", ".join(column.choices)
    if column.reference:
        return f"identifier or name of {_an(contract(column.reference).one)}"
    if column.unit:
        return "an amount in pounds" if column.unit == "gbp" else "an amount"
    kinds = {
        "date": "a date; a month or year where no more is known" if column.partial else "a date",
        "boolean": "yes or no",
        "number": "a number",
        "integer": "a whole number",
    }
    return kinds.get(column.type, "text")


def _an(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
