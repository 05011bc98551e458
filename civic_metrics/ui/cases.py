"""The published cases: what each document states, and the figures it gives, with its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from civic_metrics import compute
from civic_metrics.intake.supplied import case_sources
from civic_metrics.model import Viewer
from civic_metrics.ui import records


def sources(viewer: Viewer) -> None:
    """Every published fact shown, by the document it stands in."""
    with st.expander("Which documents state this?", icon=":material/menu_book:"):
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "Partnership": one.partnership,
                        "What is stated": one.states,
                        "Document": one.document,
                    }
                    for one in case_sources()
                ]
            ),
            hide_index=True,
            width="stretch",
            alt="Table: what each document states of each partnership",
            key="table-case-sources",
        )
        published = compute.records(records.open_records(), viewer, "published_figure")
        st.write("**Figures that others publish**, as they give them:")
        st.dataframe(
            pd.DataFrame([_as_given(one) for one in published]),
            hide_index=True,
            width="stretch",
            alt="Table: published figures with their sources",
            key="table-published-figures",
        )


def _as_given(one: Mapping[str, Any]) -> dict[str, str]:
    """A published figure with its qualifier; one that nobody published is never nought."""
    return {
        "About": one["subject"],
        "What": one["measure"],
        "When": one["period"],
        "Published": _amount(one["value"], one["qualifier"], one["unit"]),
        "What to know": one["note"] or "",
        "Document": one["source"],
    }


def _amount(value: float | None, qualifier: str | None, unit: str | None) -> str:
    if value is None:
        return "not published"
    number = f"{value:,.1f}".removesuffix(".0")
    if unit == "gbp":
        said = f"£{number}"
    elif unit in ("percent", "%"):
        said = f"{number}%"
    else:
        said = f"{number} {unit or ''}".rstrip()
    return f"{qualifier} {said}" if qualifier and qualifier != "exactly" else said
