"""Rows of earlier uploads that were set aside: what is wrong, and mending them in place."""

from __future__ import annotations

import csv
import getpass
import io
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from civic_metrics import words
from civic_metrics.contracts import contract
from civic_metrics.intake import Declared, Loading, Refused, Sheet, match
from civic_metrics.intake import upload as load_file
from civic_metrics.ledger import LedgerError, Waiting, batches, set_aside
from civic_metrics.model import Viewer
from civic_metrics.ui import mending, preview, records, working
from civic_metrics.ui.text import plain
from civic_metrics.ui.uploading import tell


def set_aside_rows(viewer: Viewer) -> None:
    """Rows that wait, by upload, to be mended here or in their file."""
    waiting = set_aside(records.open_records())
    if not waiting:
        return
    st.header("Which rows are set aside?")
    st.write(
        f"{words.count(len(waiting), 'rows')} could not be loaded. Mend them here, or correct "
        "them in your file and upload it again: rows that have not changed stay as they are."
    )
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "Upload": row.batch,
                    "Table": contract(row.table).title,
                    "Row": row.row,
                    "Column": problem.column or "",
                    "Found": problem.found or "",
                    "Expected": problem.expected,
                    "What to do": problem.fix,
                }
                for row in waiting[: mending.PROBLEMS_SHOWN]
                for problem in row.problems
            ]
        ),
        hide_index=True,
        width="stretch",
        alt="Table: rows set aside",
    )
    uploads = {row.batch: row.file_name for row in waiting}
    picked = st.selectbox(
        "Mend the rows of",
        list(uploads),
        format_func=lambda number: f"upload {number}: {uploads[number]}",
        index=None,
        placeholder="Choose an upload",
    )
    if picked is not None:
        _mend(viewer, [row for row in waiting if row.batch == picked])


def _mend(viewer: Viewer, rows: Sequence[Waiting]) -> None:
    """The rows of one upload, to be typed into and loaded again as they were matched then."""
    key = f"waiting-{rows[0].batch}"
    tables = {(row.table, row.sheet) for row in rows}
    for table, sheet in sorted(tables):
        some = [row for row in rows if (row.table, row.sheet) == (table, sheet)]
        some = some[: mending.MENDED_AT_ONCE]
        here = f"{key}-{table}-{sheet}"
        mended = mending.edits(here)
        changed = mending.mend_table([(r.row, r.cells, r.problems) for r in some], key=here)
        mended.update(changed)
        touched = [row for row in some if any(number == row.row for number, _ in mended)]
        if touched:
            _load_again(viewer, touched, mended, here)


def _load_again(
    viewer: Viewer, rows: Sequence[Waiting], mended: dict[tuple[int, str], str], key: str
) -> None:
    """What the mended rows would do, and the button that loads them."""
    ledger, who = records.open_records(), getpass.getuser()
    try:
        loading = _loading_of(rows, mended)
        tried = working.run(
            lambda progress: load_file(
                ledger,
                [loading],
                _as_then(rows[0]),
                who=who,
                keep=False,
                look=preview.looking(viewer),
                progress=progress,
            ),
            "Checking the rows",
            key=f"try-{key}",
        )
    except (Refused, LedgerError) as refusal:
        st.error(plain(refusal))
        return
    if tried is None:
        return
    (one,) = tried.loaded
    preview.counts(one.counts, one.staged.repeated)
    mending.problems(one.staged, one.loading.file_name, key=key)
    preview.figures_before_and_after(*tried.seen)
    if st.button(f"Load {words.count(one.stands, 'mended rows')}", type="primary", key=f"go-{key}"):
        done = working.run(
            lambda progress: load_file(
                ledger, [loading], _as_then(rows[0]), who=who, progress=progress
            ),
            "Loading",
            key=f"load-{key}",
        )
        if done is not None:
            mended.clear()
            (loaded,) = done.loaded
            tell(
                f"{words.count(loaded.stands, 'mended rows')} loaded as upload {loaded.batch}; "
                f"{words.count(loaded.counts.quarantined, 'rows')} still set aside."
            )
            st.rerun()
    elif working.was_stopped(f"load-{key}"):
        st.info("Stopped. Nothing was loaded.")


def _as_then(row: Waiting) -> Declared:
    """What was said of the file the row came from."""
    then = next(b for b in batches(records.open_records()) if b.batch == row.batch)
    return Declared.from_words(then.declared, complete_to=then.complete_to, source=then.source)


def _loading_of(rows: Sequence[Waiting], mended: dict[tuple[int, str], str]) -> Loading:
    """The rows as a small file of their own, matched as their upload was."""
    then = next(b for b in batches(records.open_records()) if b.batch == rows[0].batch)
    header = list(dict.fromkeys(heading for row in rows for heading in row.cells))
    cells = [
        [mended.get((row.row, heading), row.cells.get(heading) or "") for heading in header]
        for row in rows
    ]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *cells])
    sheet = Sheet.numbered(header, cells, [row.row for row in rows], name=rows[0].sheet)
    layout = contract(rows[0].table)
    chosen = {theirs: ours for ours, theirs in then.matching.items() if theirs in header}
    left = {heading: "ignore" for heading in header if heading not in chosen}
    matching = match(sheet, layout, chosen | left, then.constants)
    return Loading(
        sheet,
        layout,
        matching,
        f"{then.file_name.rsplit('.', 1)[0]} (rows mended).csv",
        out.getvalue().encode("utf-8-sig"),
        mends=tuple(row.id for row in rows),
    )
