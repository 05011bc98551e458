"""How each figure is worked out, from the indicator's own module; and the targets in force."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from civic_metrics import compute, words
from civic_metrics.model import Better, Indicator, Viewer
from civic_metrics.ui import figures
from civic_metrics.ui.choices import Chosen
from civic_metrics.ui.details import rows_of
from civic_metrics.ui.text import plain

_BETTER = {
    Better.HIGHER: "Higher is better for partners.",
    Better.LOWER: "Lower is better for partners.",
    Better.NEITHER: "Neither way is better in itself.",
}


def method_of(viewer: Viewer, indicator: Indicator) -> None:
    """What a figure is, why it matters, how it is counted, and the statement that counts it."""
    st.header(indicator.question)
    st.write(indicator.what)
    st.write(f"**Why it matters.** {indicator.why}")
    st.write(f"**Not to be read as.** {indicator.not_to_be_read_as}")
    result = figures.answer(
        viewer, indicator, Chosen(), people=figures.people_of(viewer, indicator).filter
    )
    facts = {
        "Better": _BETTER[indicator.better],
        "Target": (
            f"{words.short(result.target, indicator.unit)}. {plain(result.target_source)}"
            if result.target is not None
            else "None is published, or none was in force on the day of the figure."
        ),
        "Method": indicator.estimator.method,
        "Counts": f"{indicator.counts}, each once",
        "Can be split by": ", ".join(split.replace("_", " ") for split in indicator.splits),
        "Source": indicator.source,
        "Checked on": words.date_words(indicator.checked_on),
        "Short name": indicator.id,
    }
    st.markdown("\n".join(f"- **{name}:** {text}" for name, text in facts.items()))
    st.subheader("The rows it counts, as a statement")
    st.caption(
        "Every name in it is already narrowed to what the person looking may see. A row with a "
        "reason under left_out is listed and not counted."
    )
    with st.expander(f"The rows that {indicator.name.lower()} counts"):
        st.code(indicator.facts.strip(), language="sql", wrap_lines=True)
    for name, statement in compute.behind(indicator).items():
        with st.expander(f"What it means by {name}"):
            st.code(statement.strip(), language="sql", wrap_lines=True)


def thresholds(viewer: Viewer) -> None:
    """The targets figures are compared with, dated and sourced."""
    st.header("Which targets are figures compared with?")
    st.write("Each is a dated row with its source. Upload a table of your own to change one.")
    rows = rows_of(viewer, "threshold")
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "Target": row["meaning"],
                    "Value": row["value"],
                    "Unit": row["unit"],
                    "From": words.date_words(row["from_on"]),
                    "To": words.date_words(row["to_on"]) if row["to_on"] else "still in force",
                    "Source": row["source"],
                }
                for row in rows
            ]
        ),
        hide_index=True,
        width="stretch",
        alt="Table: targets and their sources",
    )
