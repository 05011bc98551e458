"""The upload page: choose a file, match its columns, see what becomes of every row, load, undo."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from civic_metrics import words
from civic_metrics.contracts import Contract, contract, contracts
from civic_metrics.intake import (
    Loaded,
    Loading,
    Refused,
    Sheet,
    load_one,
    match,
    propose,
    read,
    source_of,
    suggest_table,
)
from civic_metrics.ledger import Batch, LedgerError, Problem, batches, set_aside, sources, undo
from civic_metrics.model import Viewer
from civic_metrics.ui import figures, records
from civic_metrics.ui.text import plain

IGNORE = "— not used —"
CURRENCIES = ("GBP, pounds", "XXX, not known", "EUR, euros", "USD, US dollars")
# Shown of a long list; the download has them all.
PROBLEMS_SHOWN = 200
_TOLD = "_what_became_of_it"


def upload(viewer: Viewer) -> None:
    """From a file to records, in steps, each shown when the one before it is answered."""
    _tell_what_became()
    if records.is_demonstration():
        st.caption(
            "You are looking at the demonstration: what you load here goes into it, and stays "
            "apart from records of your own."
        )
    file = st.file_uploader(
        "A spreadsheet: CSV or Excel (XLSX)",
        type=["csv", "tsv", "txt", "xlsx", "xlsm"],
        help="It stays on this machine. Nothing is loaded until you say so.",
        key=f"file-{st.session_state.get('uploads', 0)}",
    )
    if file is None:
        return
    content = file.getvalue()
    try:
        sheets = records.in_worker(read, content, file.name)
    except Refused as refusal:
        st.error(plain(refusal), icon=":material/error:")
        return
    sheet = _choose_sheet(sheets)
    table = _choose_table(sheet, file.name)
    if table is None:
        return
    chosen, constants = _matching_table(sheet, table)
    loading = _matched(sheet, table, chosen, constants, file.name, content)
    if loading is not None:
        _check_and_load(loading)


def _choose_sheet(sheets: Sequence[Sheet]) -> Sheet:
    names = [sheet.name for sheet in sheets]
    if len(names) == 1:
        return sheets[0]
    return sheets[names.index(st.selectbox("Sheet", names))]


def _choose_table(sheet: Sheet, file_name: str) -> Contract | None:
    titles = {layout.title: name for name, layout in contracts().items()}
    suggested = suggest_table(sheet, file_name)
    options = list(titles)
    index = options.index(contract(suggested).title) if suggested else None
    if suggested is None:
        st.info(
            "None of its columns has a name we know. Choose what each row holds, then say which "
            "column is which."
        )
    title = st.selectbox(
        "What does each row hold?",
        options,
        index=index,
        placeholder="Choose what the file is about",
        help="Suggested from the names of its columns.",
    )
    if title is None:
        return None
    layout = contract(titles[title])
    st.caption(layout.description)
    return layout


def _matching_table(sheet: Sheet, table: Contract) -> tuple[dict[str, str], dict[str, str]]:
    """Which of their columns is which of ours, and what holds for every row."""
    st.subheader("Which column is which?")
    proposed = propose(sheet.header, table)
    ours = {match.header: match.column for match in proposed.matches if match.column}
    names = {column.name: column.name.replace("_", " ") for column in table.columns}
    back = {shown: name for name, shown in names.items()}
    frame = pd.DataFrame(
        {
            "Column in the file": list(sheet.header),
            "For example": [_example(sheet, header) for header in sheet.header],
            "Is our": [names.get(ours.get(header) or "", IGNORE) for header in sheet.header],
        }
    )
    edited = st.data_editor(
        frame,
        hide_index=True,
        width="stretch",
        disabled=["Column in the file", "For example"],
        column_config={
            "Is our": st.column_config.SelectboxColumn(
                options=[IGNORE, *names.values()], required=True
            )
        },
        key=f"matching-{table.name}-{hash(sheet.header)}",
        alt="Table: which column of the file is which of ours; choose in the last column",
    )
    with st.expander("What our columns mean"):
        for column in table.columns:
            needed = " **Needed.**" if column.required else ""
            st.markdown(f"- **{names[column.name]}**: {column.description}{needed}")
    chosen = {
        header: back[shown]
        for header, shown in zip(edited["Column in the file"], edited["Is our"], strict=True)
        if shown != IGNORE
    }
    return chosen, _same_for_every_row(table, chosen)


def _same_for_every_row(table: Contract, chosen: dict[str, str]) -> dict[str, str]:
    """What the file does not hold and a person knows of all of it, such as who is paid by it."""
    constants = {}
    matched = set(chosen.values())
    in_pounds = any("£" in header for header, name in chosen.items() if name == "amount")
    if table.name == "payment" and "currency" not in matched:
        said = st.selectbox(
            "The file does not say its currency. It is in",
            CURRENCIES,
            index=0 if in_pounds else None,
            placeholder="Choose",
            help="Only pounds enter totals in pounds.",
        )
        if said:
            constants["currency"] = said.split(",")[0]
    unsaid = [column for column in table.columns if column.choices and column.name not in matched]
    if not unsaid:
        return constants
    with st.expander("The same for every row"):
        st.caption("Say here what the file does not, where it holds for all of its rows.")
        for column in unsaid:
            said = st.selectbox(
                column.name.replace("_", " ").capitalize(),
                column.choices,
                index=None,
                placeholder="The file does not say, or it differs",
                help=column.description,
                key=f"every-row-{table.name}-{column.name}",
            )
            if said:
                constants[column.name] = said
    return constants


def _example(sheet: Sheet, header: str) -> str:
    """The first value of a column, so that a person can tell what it holds."""
    return next((text for text in sheet.cells[header].to_pylist()[:200] if text), "")


def _matched(
    sheet: Sheet,
    table: Contract,
    chosen: dict[str, str],
    constants: dict[str, str],
    file_name: str,
    content: bytes,
) -> Loading | None:
    doubled = [name for name, n in Counter(chosen.values()).items() if n > 1]
    if doubled:
        st.error(
            f"Two columns are matched with {' and '.join(doubled)}. Choose one of them and set "
            f"the other to “{IGNORE}”."
        )
        return None
    refused = {header: "ignore" for header in sheet.header if header not in chosen}
    try:
        matching = match(sheet.header, table, chosen | refused, constants)
    except Refused as refusal:
        st.error(plain(refusal), icon=":material/error:")
        return None
    return Loading(sheet, table, matching, file_name, content)


def _check_and_load(loading: Loading) -> None:
    """What would become of every row, then the button that makes it so."""
    st.subheader("What would become of it?")
    add_names = st.checkbox(
        "Add names the records do not know, without details",
        help="Unknown organisations and partnerships are added by name; details can follow later. "
        "Otherwise their rows are set aside.",
    )
    ledger = records.open_records()
    who = getpass.getuser()
    with st.spinner("Checking every row…"):
        preview = records.in_worker(
            lambda: load_one(ledger, loading, who=who, create_missing=add_names, keep=False)
        )
    complete_to = _ask_complete_to(loading.table, preview.complete_to)
    source = _ask_source(loading, complete_to)
    _show_counts(preview)
    _show_problems(preview.staged.problems, loading.file_name)
    ready = loading.table.complete_to == "none" or complete_to is not None
    stands = preview.counts.new + preview.counts.changed
    if not stands:
        st.info("There is nothing in this file to add: no row is new or changed.")
    if st.button(
        f"Load {words.count(preview.stands, 'rows')}" if stands else "Load all the same",
        type="primary",
        disabled=not ready,
    ):
        with st.spinner("Loading…"):
            loaded = records.in_worker(
                lambda: load_one(
                    ledger,
                    loading,
                    who=who,
                    complete_to=complete_to,
                    create_missing=add_names,
                    source=source,
                )
            )
        st.session_state[_TOLD] = _told(loaded)
        st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
        st.rerun()


def _ask_complete_to(table: Contract, offered: date | None) -> date | None:
    if table.complete_to == "none":
        return None
    day = st.date_input(
        "To what day is this extract complete?",
        value=offered if table.complete_to == "asked" else None,
        max_value=date.today(),
        format="DD/MM/YYYY",
        help="The day it was taken. What is unpaid on that day counts as waiting until then, and "
        "no longer. For payments and time the latest date in the file is offered.",
    )
    if day is None:
        st.info("Say to what day the file is complete, and it can be loaded.")
    return day if isinstance(day, date) else None


def _ask_source(loading: Loading, complete_to: date | None) -> str:
    """Which files this one goes on from: their day moves on, all others hold figures back."""
    own = source_of(loading.file_name)
    if loading.table.complete_to == "none":
        return own
    with records.open_records().cursor() as cursor:
        known = sources(cursor, [loading.table.name])
    days = {one.source: one.complete_to for one in known}
    options = [own, *(name for name in days if name != own)]
    source = st.selectbox(
        "It goes on from",
        options,
        format_func=lambda name: (
            f"files called “{name}”, complete to {words.date_words(days[name])}"
            if name in days
            else f"none: “{name}” is a source of its own"
        ),
        help="A figure is as at the earliest day to which all of its sources are complete.",
    )
    others = [day for name, day in days.items() if name != source and day]
    if complete_to and others and complete_to < min(others):
        st.warning(
            f"Figures that rest on this would be as at {words.date_words(complete_to)}, where they "
            f"are as at {words.date_words(min(others))} now. Check the day, or choose the files "
            "this one goes on from."
        )
    return source


def _show_counts(preview: Loaded) -> None:
    counts = preview.counts
    shown = {
        "Rows read": counts.rows_read,
        "New": counts.new,
        "Changed": counts.changed,
        "Unchanged": counts.unchanged,
        "Set aside": counts.quarantined,
        "Left out": counts.excluded,
    }
    for column, (name, number) in zip(st.columns(len(shown)), shown.items(), strict=True):
        column.metric(name, f"{number:,}")
    for read_as in preview.staged.read_as:
        column = read_as.column.replace("_", " ")
        st.caption(plain(f"{column}: {read_as.said} ({read_as.count:,})"))
    stubs = preview.staged.stubs
    if stubs:
        with st.expander(f"{words.count(len(stubs), 'names')} to be added without details"):
            st.write(plain(", ".join(stub.name for stub in stubs[:PROBLEMS_SHOWN])))


def _show_problems(problems: Sequence[Problem], file_name: str) -> None:
    if not problems:
        return
    errors = [problem for problem in problems if problem.severity.value == "error"]
    notes = len(problems) - len(errors)
    said = (
        f"{words.count(len({p.row for p in errors}), 'rows')} would be set aside" if errors else ""
    )
    more = f"{words.count(notes, 'notes')} on rows that load" if notes else ""
    st.warning(" and ".join(part for part in (said, more) if part) + ". Each with what to do:")
    frame = _problem_frame(problems)
    st.dataframe(
        frame.head(PROBLEMS_SHOWN),
        hide_index=True,
        width="stretch",
        alt="Table: problems by row, with what to do",
    )
    st.download_button(
        f"Download all {len(problems):,} as CSV",
        data=figures.neutralised(frame).to_csv(index=False).encode("utf-8-sig"),
        file_name=f"problems in {file_name}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _problem_frame(problems: Sequence[Problem]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "Row": problem.row,
                "Effect": "set aside" if problem.severity.value == "error" else "loads, noted",
                "Column": problem.column or "",
                "Found": problem.found or "",
                "Expected": problem.expected,
                "What to do": problem.fix,
            }
            for problem in problems
        ]
    )


def _told(loaded: Loaded) -> str:
    counts = loaded.counts
    return (
        f"{loaded.loading.file_name} is loaded as upload {loaded.batch}: "
        f"{counts.rows_read:,} rows read = {counts.new:,} new + {counts.changed:,} changed + "
        f"{counts.unchanged:,} unchanged + {counts.quarantined:,} set aside + "
        f"{counts.excluded:,} left out. You can undo it below."
    )


def _tell_what_became() -> None:
    told = st.session_state.pop(_TOLD, None)
    if told:
        st.success(plain(told), icon=":material/check_circle:")


def set_aside_rows(viewer: Viewer) -> None:
    """Rows of earlier uploads that wait to be mended."""
    waiting = set_aside(records.open_records())
    if not waiting:
        return
    st.header("Which rows are set aside?")
    st.write(
        f"{words.count(len(waiting), 'rows')} could not be loaded. Correct them in your file and "
        "upload it again: rows that have not changed stay as they are."
    )
    frame = pd.DataFrame(
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
            for row in waiting
            for problem in row.problems
        ]
    )
    st.dataframe(
        frame.head(PROBLEMS_SHOWN), hide_index=True, width="stretch", alt="Table: rows set aside"
    )


def history(viewer: Viewer) -> None:
    """Every upload and undo, newest first, each with its effect and a way back."""
    st.header("What was uploaded before?")
    ledger = records.open_records()
    known = sorted(batches(ledger), key=lambda one: -one.batch)
    if not known:
        st.write("Nothing yet.")
        return
    st.dataframe(
        pd.DataFrame([_line(one) for one in known]),
        hide_index=True,
        width="stretch",
        alt="Table: uploads and undos",
    )
    can_be = {f"{one.batch}: {_what(one)}": one.batch for one in known if one.undone_by is None}
    picked = st.selectbox("Undo", list(can_be), index=None, placeholder="Choose an upload to undo")
    if picked is None:
        return
    number, who = can_be[picked], getpass.getuser()
    try:
        effect = records.in_worker(lambda: undo(ledger, number, who, keep=False))
    except LedgerError as error:
        st.error(plain(error))
        return
    st.write(
        f"This would take {effect.removed:,} rows out, put {effect.put_back:,} back as they were "
        f"before and leave {effect.unchanged:,} that other uploads also hold. It can be undone in "
        "its turn."
    )
    if st.button("Undo it", type="primary"):
        done = records.in_worker(lambda: undo(ledger, number, who))
        st.session_state[_TOLD] = f"Upload {number} is undone (number {done.batch})."
        st.rerun()


def _what(one: Batch) -> str:
    if one.undoes is not None:
        return f"undo of {one.undoes}"
    return f"{one.file_name} into {contract(one.table).title}"


def _line(one: Batch) -> dict[str, object]:
    counts = one.counts
    return {
        "Number": one.batch,
        "What": _what(one),
        "Who": one.who,
        "When (UTC)": f"{words.date_words(one.loaded_at.date())} {one.loaded_at:%H:%M}",
        "Complete to": words.date_words(one.complete_to) if one.complete_to else "",
        "Read": counts.rows_read,
        "New": counts.new,
        "Changed": counts.changed,
        "Unchanged": counts.unchanged,
        "Set aside": counts.quarantined,
        "Left out": counts.excluded,
        "Source": one.source,
        "Undone by": "" if one.undone_by is None else str(one.undone_by),
    }
