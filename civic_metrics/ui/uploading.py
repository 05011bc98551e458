"""The upload page: choose a file, match its columns, see what becomes of every row, load."""

from __future__ import annotations

import getpass
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from civic_metrics import words
from civic_metrics.intake import (
    ANSWERED_BY,
    Declared,
    Loaded,
    Loading,
    Refused,
    Sheet,
    Uploaded,
    from_parts,
    grants_in,
    in_order,
    is_giving,
    known_to,
    review_rows,
    shape_of,
    sheets_in,
    survey,
    with_further,
)
from civic_metrics.intake import upload as load_file
from civic_metrics.ledger import Batch, LedgerError, batches, remembered
from civic_metrics.model import Viewer
from civic_metrics.ui import declaring, matching, mending, names, preview, records, working
from civic_metrics.ui.text import plain

FORMATS = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "json"]
# A file of more rows is checked when the person says so, not at every click.
CHECKED_AT_ONCE = 50_000
_TOLD = "_what_became_of_it"
_PREVIEW = "_preview"


def upload(viewer: Viewer) -> None:
    """From a file to records, in steps, each shown when the one before it is answered."""
    tell_what_became()
    if records.is_demonstration():
        st.caption(
            "You are looking at the demonstration: what you load here goes into it, and stays "
            "apart from records of your own."
        )
    number = st.session_state.get("uploads", 0)
    file = st.file_uploader(
        "A spreadsheet: Excel, OpenDocument or CSV; or 360Giving data",
        type=FORMATS,
        help="It stays on this machine. Nothing is loaded until you say so.",
        key=f"file-{number}",
    )
    if file is None:
        return
    content = file.getvalue()
    key = f"{number}-{hashlib.sha256(content).hexdigest()[:12]}"
    try:
        sheets = _read(content, file.name, key)
        if sheets is None:
            st.info("Stopped: nothing was read. Choose the file again to start over.")
            return
        loadings = _what_it_holds(sheets, content, file.name, key)
        if loadings:
            _check_and_load(viewer, loadings, key)
    except (Refused, LedgerError) as refusal:
        st.error(plain(refusal), icon=":material/error:")


def _read(content: bytes, file_name: str, key: str) -> tuple[Sheet, ...] | None:
    """The sheets of the file, read once for as long as it is looked at."""
    kept = st.session_state.get("_sheets")
    if kept is None or kept[0] != key:

        def read(progress: working.Progress) -> tuple[Sheet, ...]:
            progress("Reading the file", 0.0)
            return sheets_in(content, file_name)

        sheets = working.run(read, "Reading the file", key=f"read-{key}")
        if sheets is None:
            return None
        kept = st.session_state["_sheets"] = (key, sheets)
    return kept[1]


def _what_it_holds(
    sheets: Sequence[Sheet], content: bytes, file_name: str, key: str
) -> list[Loading]:
    """The sheets with the tables they fill, as far as the person has said; empty where not yet."""
    if is_giving(sheets):
        st.subheader("Grants in the 360Giving standard")
        loadings = grants_in(sheets, file_name, content, known_to(records.open_records()))
        for said in dict.fromkeys(line for one in loadings for line in one.said):
            st.caption(plain(said))
        return loadings
    chosen = _choose_sheets(sheets, key)
    loadings: list[Loading] = []
    for sheet in chosen:
        if len(chosen) > 1:
            st.header(plain(sheet.name))
        ready = _one_sheet(sheet, content, file_name, f"{key}-{sheet.name}")
        if not ready:
            return []
        loadings += ready
    return in_order(loadings)


def _choose_sheets(sheets: Sequence[Sheet], key: str) -> list[Sheet]:
    if len(sheets) == 1:
        return list(sheets)
    by_name = {sheet.name + (" (hidden)" if sheet.is_hidden else ""): sheet for sheet in sheets}
    shown = [name for name, sheet in by_name.items() if not sheet.is_hidden]
    picked = st.multiselect("Sheets", list(by_name), default=shown[:1], key=f"sheets-{key}")
    return [by_name[name] for name in picked]


def _one_sheet(sheet: Sheet, content: bytes, file_name: str, key: str) -> list[Loading]:
    """One sheet: how it was read, what it holds, which column is which, what else it fills."""
    for said in sheet.said:
        st.caption(plain(said))
    before = remembered(records.open_records(), shape_of(sheet))
    table = matching.choose_table(
        sheet,
        file_name,
        known_as=before.table if before else None,
        is_survey=len(sheet) <= ANSWERED_BY and survey(sheet) is not None,
        key=key,
    )
    if table is None:
        return []
    wide = survey(sheet) if table.name == "review" else None
    if wide:
        constants = matching.about_the_survey(wide, key=key)
        if constants is None:
            return []
        return from_parts([review_rows(sheet, wide, constants=constants)], file_name, content)
    same = remembered(records.open_records(), shape_of(sheet), table.name)
    found = matching.match_columns(sheet, table, same, key=key)
    if found is None:
        return []
    main = Loading(sheet, table, found, file_name, content, said=sheet.said)
    return with_further(main, known_to(records.open_records()), _kept_whole(key))


def _kept_whole(key: str) -> frozenset[str]:
    """Headings whose cells a person said are one name each."""
    return frozenset(st.session_state.get(f"_kept-whole-{key.split('-')[0]}", ()))


def _check_and_load(viewer: Viewer, loadings: list[Loading], key: str) -> None:
    """What would become of every row, then the button that makes it so."""
    st.header("What would become of it?")
    left_out = _further_tables(loadings, key)
    totals_kept = _totals(loadings, key)
    add_names = st.checkbox(
        "Add names the records do not know, without details",
        help="Unknown organisations and partnerships are added by name; details can follow later. "
        "Otherwise their rows are set aside. Names very like a known one are asked about.",
        key=f"add-{key}",
    )
    main = max(
        (one for one in loadings if one.is_main),
        key=lambda one: (one.table.complete_to != "none", len(one.sheet)),
    )
    before = remembered(records.open_records(), shape_of(main.sheet), main.table.name)
    last_time = before.declared if before else {}
    declared = Declared(
        create_missing=add_names,
        amounts=declaring.amounts(main, last_time, key=key),
        received_when_invoiced=declaring.received_when_invoiced(main, last_time, key=key),
        answers=dict(names.answers(key)),
        totals_kept=totals_kept,
        edits=dict(mending.edits(key)),
        left_out=left_out,
        whole=declaring.whole(main, key=key),
    ).dated(*declaring.said_below(main, key=key))
    can_be_loaded = True
    try:
        tried = _tried_out(viewer, loadings, declared, key)
    except LedgerError as error:  # shown as one that adds, so that its rows can be mended here
        st.error(plain(error), icon=":material/error:")
        can_be_loaded = False
        tried = _tried_out(viewer, loadings, replace(declared, whole=None), key)
    if tried is None:
        return
    # a preview that is kept was made of loadings of an earlier run of the page
    shown = next(one for one in tried.loaded if _which(one.loading) == _which(main))
    day = None
    if main.table.complete_to != "none":
        day = declaring.complete_to(main, shown.staged.latest_on, key=key)
    source = declaring.source(main, day, key=key)
    mains = sum(one.loading.is_main for one in tried.loaded)
    for place, one in enumerate(tried.loaded):
        _show(one, key, place, alone=len(tried.loaded) == 1, can_be_mended=mains == 1)
    unknown = tuple(u for one in tried.loaded for u in one.staged.unknown)
    names.ask(unknown, add_all=add_names, key=key)
    preview.figures_before_and_after(*tried.seen)
    ready = can_be_loaded and (main.table.complete_to == "none" or day is not None)
    _load_button(tried, loadings, declared, day, source, ready=ready, key=key)


def _which(one: Loading) -> tuple[str, str, bool]:
    """Which sheet into which table."""
    return one.table.name, one.sheet.name, one.is_main


def _further_tables(loadings: Sequence[Loading], key: str) -> frozenset[str]:
    """The further tables that the same rows fill, and which of them are not wanted."""
    further = [one for one in loadings if not one.is_main]
    if not further:
        return frozenset()
    titles = {one.table.title: one.table.name for one in further}
    wanted = st.multiselect(
        "The same rows also give",
        list(titles),
        default=list(titles),
        help="Take one out to leave it as it is in the records.",
        key=f"further-{key}",
    )
    splits = {split.heading: split for one in further for split in one.splits}
    for said in dict.fromkeys(line for one in further for line in one.said):
        st.caption(plain(said))
    if splits:
        st.multiselect(
            "Take each cell as one name in",
            list(splits),
            key=f"_kept-whole-{key.split('-')[0]}",
            help="Cells that list several names are split at the mark shown. Choose the columns "
            "whose cells are one name each.",
        )
    return frozenset(name for title, name in titles.items() if title not in wanted)


def _totals(loadings: Sequence[Loading], key: str) -> frozenset[tuple[str, int]]:
    """Rows that look like totals of others: left out unless a person keeps them."""
    found = {
        (one.sheet.name, one.sheet.rows[place]): why
        for one in loadings
        if one.is_main
        for place, why in one.sheet.totals.items()
    }
    if not found:
        return frozenset()
    st.caption(
        "Left out, as totals of other rows or for the reason beside each: "
        f"{words.count(len(found), 'rows')}."
    )
    many = len({sheet for sheet, _ in found}) > 1
    kept = st.multiselect(
        "Keep these rows all the same",
        list(found),
        format_func=lambda row: f"Row {row[1]}{f' of {row[0]}' if many else ''}: {found[row]}",
        key=f"totals-{key}",
    )
    return frozenset(kept)


def _tried_out(
    viewer: Viewer, loadings: list[Loading], declared: Declared, key: str
) -> Uploaded | None:
    """The upload tried out on the records as they are now; None where it waits or was stopped."""
    ledger = records.open_records()
    asked = (
        key,
        ledger.id,
        ledger.version,
        repr(declared),
        tuple((*_which(one), repr(one.matching), len(one.sheet)) for one in loadings),
    )
    kept = st.session_state.get(_PREVIEW)
    if kept and kept[0] == asked:
        _say_it_was_made_again(kept[2])
        return kept[1]
    many = sum(len(one.sheet) for one in loadings) > CHECKED_AT_ONCE
    if many and not st.button("Check every row", type="primary", key=f"check-{key}"):
        return None
    who, look = getpass.getuser(), preview.looking(viewer)
    tried = working.run(
        lambda progress: load_file(
            ledger, loadings, declared, who=who, keep=False, look=look, progress=progress
        ),
        "Checking every row",
        key=f"preview-{key}",
    )
    if tried is None:
        st.info("Stopped. Nothing was loaded.")
        st.button("Check again", key=f"again-{key}")
        return None
    since = None
    if kept and (kept[0][0], kept[0][1]) == (key, ledger.id):
        since = kept[2] if kept[0][2] == ledger.version else _latest_batch()
    st.session_state[_PREVIEW] = (asked, tried, since)
    _say_it_was_made_again(since)
    return tried


def _latest_batch() -> Batch | None:
    """The newest upload or undo."""
    return max(batches(records.open_records()), key=lambda one: one.batch, default=None)


def _say_it_was_made_again(since: Batch | None) -> None:
    """Says that another upload or undo came in while the file was looked at."""
    if since is not None:
        what = "upload" if since.kind == "load" else "number"
        st.info(
            plain(
                "The records changed since this preview was made "
                f"({what} {since.batch} by {since.who}); it was made again."
            )
        )


def _show(one: Loaded, key: str, place: int, *, alone: bool, can_be_mended: bool) -> None:
    """What would become of the rows of one table.

    Cells are mended by row number and heading, which two sheets may share: only one is mended here.
    """
    if not alone:
        named = one.loading.sheet.name
        st.subheader(one.loading.table.title + (plain(f" from “{named}”") if named else ""))
    preview.counts(one.counts, one.staged.repeated)
    if not one.loading.is_main:
        st.caption("A row here is one of this table: a row of the file may give several or none.")
    preview.read_otherwise(one)
    preview.changes(one.effect)
    names.added(one.staged.stubs)
    mending.problems(one.staged, one.loading.file_name, key=f"{key}-{place}")
    if one.loading.is_main and can_be_mended:
        mending.mend(one.loading, one.staged.set_aside, key=key)
    elif one.loading.is_main and one.staged.set_aside:
        st.caption("Rows set aside can be mended on this page once the others are loaded.")


def _load_button(
    tried: Uploaded,
    loadings: list[Loading],
    declared: Declared,
    day: date | None,
    source: str,
    *,
    ready: bool,
    key: str,
) -> None:
    added = sum(one.counts.new + one.counts.changed for one in tried.loaded)
    closed = sum(one.effect.closed for one in tried.loaded)
    if added:
        label = f"Load {words.count(added, 'rows')}"
    elif closed:
        label = f"Load it: {words.count(closed, 'rows')} would go"
    else:
        st.info(preview.nothing_to_add(tried))
        label = "Load all the same"
    ledger, who = records.open_records(), getpass.getuser()
    version = ledger.version
    # Where another upload came in between, the button is another, and what it would do is looked
    # at again first.
    kind = "primary" if added or closed else "secondary"
    pressed = st.button(label, type=kind, disabled=not ready, key=f"load-{key}-{version}")
    if not pressed:
        if working.was_stopped(f"loading-{key}"):
            st.info("Stopped. Nothing was loaded.")
        return
    final = declared.dated(day, source)
    done = working.run(
        lambda progress: load_file(
            ledger, loadings, final, who=who, expected_version=version, progress=progress
        ),
        "Loading",
        key=f"loading-{key}",
    )
    if done is not None:
        st.session_state[_TOLD] = " ".join(preview.told(one) for one in done.loaded)
        st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
        for name in ("_sheets", _PREVIEW, f"_answers-{key}", f"_edits-{key}"):
            st.session_state.pop(name, None)
        st.rerun()


def tell_what_became() -> None:
    """Says once what the last load or undo did."""
    told = st.session_state.pop(_TOLD, None)
    if told:
        st.success(plain(told), icon=":material/check_circle:")


def tell(said: str) -> None:
    """Keeps a line to say when the page is drawn again."""
    st.session_state[_TOLD] = said
