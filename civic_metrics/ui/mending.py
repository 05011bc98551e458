"""Rows that cannot be loaded as they are: what to do about them, and mending them in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from civic_metrics import words
from civic_metrics.exchange import with_problems
from civic_metrics.intake import Loading, edited, grouped, listed
from civic_metrics.ledger import Problem, SetAside, Severity, Staged
from civic_metrics.ui import figures

# Shown of a long list; the downloads have them all.
PROBLEMS_SHOWN = 200
MENDED_AT_ONCE = 100
WRONG = "What is wrong"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def edits(key: str) -> dict[tuple[int, str], str]:
    """The cells mended so far in this file, by row number and heading."""
    return st.session_state.setdefault(f"_edits-{key}", {})


def problems(staged: Staged, file_name: str, *, key: str) -> None:
    """Problems grouped by what to do about them, with every row in a download."""
    found = staged.problems
    if not found:
        return
    st.warning(f"{listed(_how_many(staged))}. What to do about them:")
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "Where": group.where or "the whole file",
                    "What to do": group.fix,
                    "Column": group.column or "",
                    "Expected": group.expected,
                    "Found, for example": ", ".join(group.found),
                    "Effect": _effect(group.severity),
                }
                for group in grouped(found)
            ]
        ),
        hide_index=True,
        width="stretch",
        alt="Table: problems, grouped by what to do",
    )
    with st.expander("Row by row"):
        # as text, since one of the whole file has no number
        frame = problem_frame(found[:PROBLEMS_SHOWN]).astype({"Row": "string"})
        st.dataframe(frame, hide_index=True, width="stretch", alt="Table: problems by row")
        if len(found) > PROBLEMS_SHOWN:
            st.caption(
                f"The first {PROBLEMS_SHOWN:,} of {len(found):,}; the download has them all."
            )
        st.download_button(
            "Download the problems as CSV",
            data=lambda: (
                figures.neutralised(problem_frame(found)).to_csv(index=False).encode("utf-8-sig")
            ),
            file_name=f"problems in {file_name}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key=f"problems-{key}",
        )


def _how_many(staged: Staged) -> list[str]:
    """The rows that would be set aside, in the unit in which rows are counted above, and the
    notes on those that load and on the file."""
    of_rows = sum(one.row is not None or hasattr(one, "rows") for one in staged.warnings)
    of_file = len(staged.warnings) - of_rows
    aside = f"{words.count(len(staged.set_aside), 'rows')} would be set aside"
    parts = {
        aside: len(staged.set_aside),
        f"{words.count(of_rows, 'notes')} on rows that load": of_rows,
        f"{words.count(of_file, 'notes')} on the whole file": of_file,
    }
    return [said for said, number in parts.items() if number]


def _effect(severity: Severity) -> str:
    return "set aside" if severity is Severity.ERROR else "loads, noted"


def problem_frame(found: Sequence[Problem]) -> pd.DataFrame:
    """One line a problem."""
    return pd.DataFrame(
        [
            {
                "Row": "whole file" if problem.row is None else problem.row,
                "Effect": _effect(problem.severity),
                "Column": problem.column or "",
                "Found": problem.found or "",
                "Expected": problem.expected,
                "What to do": problem.fix,
            }
            for problem in found
        ]
    )


def mend(loading: Loading, rows: Sequence[SetAside], *, key: str) -> None:
    """The rows that cannot be loaded, to be put right here or in the spreadsheet program."""
    if not rows:
        return
    mended = edits(key)
    with st.expander(f"Mend {words.count(len(rows), 'rows')} here or in your spreadsheet program"):
        st.download_button(
            "Download the file with its problems beside each row",
            data=lambda: with_problems(
                [(edited(loading.sheet, mended), [p for row in rows for p in row.problems])]
            ),
            file_name=f"{loading.file_name.rsplit('.', 1)[0]}.xlsx",
            mime=XLSX,
            on_click="ignore",
            icon=":material/download:",
            help="Every row in its place, with a last column that says what is wrong. Mend it, "
            "save it and upload it here: rows that have not changed stay as they are.",
            key=f"beside-{key}",
        )
        shown = rows[:MENDED_AT_ONCE]
        if len(rows) > len(shown):
            st.caption(f"The first {len(shown)} of {len(rows):,} rows.")
        changed = mend_table([(r.row, r.cells, r.problems) for r in shown], key=key)
        if changed:
            mended.update(changed)
            st.rerun()
        if mended:
            st.caption(f"{words.count(len(mended), 'cells')} mended here.")


def mend_table(
    rows: Sequence[tuple[int, Mapping[str, str | None], Sequence[Problem]]], *, key: str
) -> dict[tuple[int, str], str]:
    """The cells a person changed, by row number and heading, when they say so."""
    headings = list(dict.fromkeys(heading for _, cells, _ in rows for heading in cells))
    wrong = {problem.column for _, _, problems in rows for problem in problems}
    headings.sort(key=lambda heading: heading not in wrong)
    frame = pd.DataFrame(
        [
            {
                "Row": row,
                WRONG: " ".join(_said(problem) for problem in problems),
                **{heading: cells.get(heading) or "" for heading in headings},
            }
            for row, cells, problems in rows
        ]
    )
    with st.form(f"mend-{key}", border=False):
        after = st.data_editor(
            frame,
            hide_index=True,
            width="stretch",
            disabled=["Row", WRONG],
            key=f"cells-{key}-{len(rows)}-{hash(tuple(row for row, _, _ in rows))}",
            alt="Table: rows to mend; type into the cells",
        )
        if not st.form_submit_button("Use these cells"):
            return {}
    return {
        (int(frame.at[place, "Row"]), heading): str(after.at[place, heading] or "")
        for place in frame.index
        for heading in headings
        if str(after.at[place, heading] or "") != frame.at[place, heading]
    }


def _said(problem: Problem) -> str:
    where = f"{problem.column}: " if problem.column else ""
    return f"{where}expected {problem.expected}."
