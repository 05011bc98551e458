"""Every upload and undo, what each did and rested on, and a way back."""

from __future__ import annotations

import getpass

import pandas as pd
import streamlit as st

from civic_metrics import words
from civic_metrics.contracts import contract
from civic_metrics.intake import CAN_BE_ADDED
from civic_metrics.ledger import (
    Batch,
    Ledger,
    LedgerError,
    Undone,
    batches,
    undo_into,
    without_details,
)
from civic_metrics.model import Viewer
from civic_metrics.ui import preview, records, working
from civic_metrics.ui.text import plain
from civic_metrics.ui.uploading import tell, tell_what_became

# Reference tables, and what is worked out from them.
RESTS_ON_IT = {
    "place": "Maps and all figures by place",
    "place_code_change": "Figures by place of files with withdrawn place codes",
    "place_statistic": "Comparisons between places",
    "rate": "Figures on pay, and the value of unpaid time, that compare with published rates",
    "bank_rate": "What late payment costs in interest",
    "threshold": "What is said of figures against their targets",
    "plausibility": "The checks of implausible values on upload",
    "published_figure": "Comparisons with published figures",
}


def history(viewer: Viewer) -> None:
    """Every upload and undo, newest first; one of them closely, and undone if wished."""
    tell_what_became()
    known = sorted(batches(records.open_records()), key=lambda one: -one.batch)
    if not known:
        st.write("Nothing yet.")
        return
    st.dataframe(
        pd.DataFrame([_line(one) for one in known]),
        hide_index=True,
        width="stretch",
        alt="Table: uploads and undos",
    )
    named = {f"{one.batch}: {what(one)}": one for one in known}
    picked = st.selectbox(
        "Look closer at", list(named), index=None, placeholder="Choose one to see or undo"
    )
    if picked:
        _closer(named[picked])
        if named[picked].kind != "erase":
            _undo(viewer, named[picked])


def _closer(one: Batch) -> None:
    """Whose it was, from what, matched how, and what was said of it."""
    st.header(plain(what(one)))
    facts = {
        "By": one.who,
        "When": f"{words.date_words(one.loaded_at.date())} {one.loaded_at:%H:%M} UTC",
        "File": f"{one.file_name}{f', sheet {one.sheet}' if one.sheet else ''}",
        "Fingerprint of the file": one.sha256[:16],
        "Goes on from": one.source,
        "Complete to": words.date_words(one.complete_to) if one.complete_to else "not asked",
        **{f"Said of {about}": what_was_said for about, what_was_said in one.declared.items()},
    }
    if one.whole is not None:
        period = ""
        if one.whole.from_on and one.whole.to_on:
            start, end = words.date_words(one.whole.from_on), words.date_words(one.whole.to_on)
            period = f" from {start} to {end}"
        facts["Was all there is"] = f"of its source{period}"
    lines = (f"- **{name}:** {plain(value)}" for name, value in facts.items() if value)
    st.markdown("\n".join(lines))
    if one.kind == "load":
        preview.counts(one.counts)
    if one.matching or one.constants:
        with st.expander("Which column was which"):
            st.dataframe(
                pd.DataFrame(
                    [
                        *(
                            {"Our column": ours.replace("_", " "), "From": theirs}
                            for ours, theirs in one.matching.items()
                        ),
                        *(
                            {
                                "Our column": ours.replace("_", " "),
                                "From": f"“{value}” for every row",
                            }
                            for ours, value in one.constants.items()
                        ),
                    ]
                ),
                hide_index=True,
                width="stretch",
                alt="Table: which column was which",
            )
    if one.edits:
        with st.expander(f"{words.count(len(one.edits), 'cells')} mended before loading"):
            st.dataframe(
                pd.DataFrame(one.edits, columns=["Row", "Column", "Mended to"]),
                hide_index=True,
                width="stretch",
                alt="Table: cells mended before loading",
            )


def _undo(viewer: Viewer, one: Batch) -> None:
    """What undoing it would do to the records and the figures, and the button that does it."""
    if one.undone_by is not None:
        st.write(f"It is undone, by number {one.undone_by}. To have it again, undo that.")
        return
    ledger, who = records.open_records(), getpass.getuser()
    look = preview.looking(viewer)
    key = (ledger.id, ledger.version, one.batch)
    kept = st.session_state.get("_undo_preview")
    try:
        if not kept or kept[0] != key:

            def look_at_both(then: Ledger) -> tuple[int, object]:
                return sum(len(without_details(then, t)) for t in CAN_BE_ADDED), look(then)

            def rehearse(progress: working.Progress) -> tuple[Undone, object, object]:
                progress("Looking at the records", 0.0)
                return undone(ledger, one.batch, who, keep=False, look=look_at_both)

            found = working.run(rehearse, "Looking at the records", key=f"undo-{one.batch}")
            if found is None:
                return
            kept = st.session_state["_undo_preview"] = (key, found)
    except LedgerError as error:
        st.error(plain(error))
        return
    effect, before, after = kept[1]
    (names_before, before), (names_after, after) = before, after
    st.write(_in_words(effect, max(names_before - names_after, 0)))
    rests_on_it = RESTS_ON_IT.get(one.table)
    if rests_on_it and effect.removed:
        st.warning(
            f"{rests_on_it} rest on these rows: without them they cannot be worked out. Undo it "
            "only to load a corrected file in its place."
        )
    preview.figures_before_and_after(before, after, then="Without it")
    if st.button("Undo it", type="secondary" if rests_on_it else "primary"):
        done = working.run(
            lambda progress: undone(ledger, one.batch, who, progress=progress),
            "Undoing",
            key=f"undoing-{one.batch}",
        )
        if done is not None:
            tell(f"Upload {one.batch} is undone (number {done[0].batch}).")
            st.rerun()
    elif working.was_stopped(f"undoing-{one.batch}"):
        st.info("Stopped. Nothing was undone.")


def _in_words(effect: Undone, names: int) -> str:
    """What the undo would do; the names that a file added stand apart from its rows."""
    rows = words.count(effect.removed - names, "rows")
    added = f" and {words.count(names, 'names')} it added" if names else ""
    return (
        f"Undoing it would take {rows}{added} out, put {effect.put_back:,} back as they "
        f"were before and leave {effect.unchanged:,} that other uploads also hold. It can be "
        "undone in its turn."
    )


def undone(
    ledger: Ledger,
    batch: int,
    who: str,
    *,
    keep: bool = True,
    look=None,
    progress: working.Progress = lambda doing, share: None,
) -> tuple[Undone, object, object]:
    """What the undo does, and the figures before and after where they are asked for."""
    with ledger.writing(keep=keep) as cursor:
        pending = ledger.pending(cursor)
        before = look(pending) if look else None
        effect = undo_into(cursor, batch, who)
        after = look(pending) if look else None
        progress("Keeping it" if keep else "Taking it back", 1.0)  # until here it can be stopped
    return effect, before, after


def what(one: Batch) -> str:
    """What it was, in a few words."""
    if one.kind == "erase":
        return "somebody erased"
    if one.undoes is not None:
        return f"undo of {one.undoes}"
    return f"{one.file_name} into {contract(one.table).title}"


def _line(one: Batch) -> dict[str, object]:
    counts = one.counts
    return {
        "Number": one.batch,
        "What": what(one),
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
