"""What an upload would do: to every row, to every cell that changes, and to the figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from civic_metrics import compute, words
from civic_metrics.indicators import INDICATORS
from civic_metrics.intake import Loaded, Uploaded, in_words
from civic_metrics.ledger import Counts, Effect, Ledger, Severity
from civic_metrics.model import Viewer
from civic_metrics.ui.overview import HEADLINES
from civic_metrics.ui.text import plain

CHANGES_SHOWN = 200
HEADLINES_SHOWN = (*HEADLINES, "paid_within_30_days", "unpaid_hours_share")
# What the headline figures read, so that a file that cannot move them is not made to wait.
Headline = tuple[str, str, int, str]


def looking(viewer: Viewer) -> Callable[[Ledger], list[Headline]]:
    """Works the headline figures out from the records as they are then: name, value, how many
    it rests on, and its day."""

    def look(ledger: Ledger) -> list[Headline]:
        return [_headline(ledger, viewer, name) for name in HEADLINES_SHOWN]

    return look


def _headline(ledger: Ledger, viewer: Viewer, name: str) -> Headline:
    indicator = INDICATORS[name]
    where = {key: (value,) for key, value in (indicator.partner_filter or {}).items()}
    result = compute.figure(ledger, viewer, name, where=where)
    of = " (partners)" if where else ""
    if where and not result.only.figure.n:
        result, of = compute.figure(ledger, viewer, name), " (everyone)"
    figure = result.only.figure
    day = words.date_words(result.as_of) if result.as_of else ""
    return indicator.name + of, words.short(figure.value, indicator.unit), figure.n, day


def figures_before_and_after(
    before: Sequence[Headline], after: Sequence[Headline], *, then: str = "With this"
) -> None:
    """The headline figures as they are and as they would be then."""
    st.subheader("What would it do to the figures?")
    if list(before) == list(after):
        st.write("Nothing: the headline figures stay as they are.")
        return
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "Figure": name if name == was else f"{name}; before: {was}",
                    "Now": value_before,
                    then: value_after,
                    "Rests on": f"{n_before:,} → {n_after:,}",
                    "As at": day_after
                    if day_after == day_before
                    else f"{day_before or 'no day'} → {day_after}",
                }
                for (was, value_before, n_before, day_before), (
                    name,
                    value_after,
                    n_after,
                    day_after,
                ) in zip(before, after, strict=True)
            ]
        ),
        hide_index=True,
        width="stretch",
        alt="Table: headline figures before and after",
    )


def counts(one: Counts, repeated: int = 0) -> None:
    """What became of every row read; apart, where told, those that repeat another of the file."""
    shown = {
        "Rows read": one.rows_read,
        "New": one.new,
        "Changed": one.changed,
        "Unchanged": one.unchanged - repeated,
        "Set aside": one.quarantined,
        "Left out": one.excluded,
    }
    if repeated:
        shown["Repeated"] = repeated
    for column, (name, number) in zip(st.columns(len(shown)), shown.items(), strict=True):
        column.metric(name, f"{number:,}")
    if repeated:
        rows = "1 row repeats" if repeated == 1 else f"{repeated:,} rows repeat"
        st.caption(f"{rows} another row of this file to the letter, and count once.")


def read_otherwise(loaded: Loaded) -> None:
    """What was read otherwise than written: before → after, counted."""
    read_as = loaded.staged.read_as
    for reason, number in loaded.staged.excluded.items():
        st.caption(plain(f"Left out: {words.count(number, 'rows')}, {reason}"))
    if not read_as:
        return
    with st.expander(f"Read otherwise than written ({len(read_as)})"):
        st.dataframe(
            pd.DataFrame(
                [
                    {
                        "Column": one.column.replace("_", " "),
                        "How": one.said,
                        "Cells": one.count,
                        "For example": ", ".join(f"{b} → {a}" for b, a in one.examples),
                    }
                    for one in read_as
                ]
            ),
            hide_index=True,
            width="stretch",
            alt="Table: what was read otherwise than written",
        )


def changes(effect: Effect) -> None:
    """Cell by cell, what would change; and rows that the file lacks and that would go."""
    cells = [change for change in effect.changes if change.column is not None]
    gone = [change for change in effect.changes if change.column is None]
    if cells:
        with st.expander(f"{words.count(effect.counts.changed, 'rows')} would change: old → new"):
            st.dataframe(
                pd.DataFrame(
                    [
                        {
                            "Row": change.row,
                            "Which": " · ".join(part for part in change.key if part),
                            "Column": (change.column or "").replace("_", " "),
                            "Old": change.before or "",
                            "New": change.after or "",
                        }
                        for change in cells[:CHANGES_SHOWN]
                    ]
                ),
                hide_index=True,
                width="stretch",
                alt="Table: cells that would change",
            )
    if effect.closed:
        st.warning(
            f"Not in the file: {words.count(effect.closed, 'rows')} of its source. They would go, "
            "as you said that it is all there is."
        )
        with st.expander("Which rows would go"):
            st.dataframe(
                pd.DataFrame(
                    {"Which": [" · ".join(p for p in one.key if p) for one in gone[:CHANGES_SHOWN]]}
                ),
                hide_index=True,
                width="stretch",
                alt="Table: rows that would go",
            )


def nothing_to_add(tried: Uploaded) -> str:
    """That no row is new or changed, and what those that are set aside wait for."""
    said = ["No row of this file is new or changed."]
    aside = sum(len(one.staged.set_aside) for one in tried.loaded)
    named = sum(_waiting_for_names(one) for one in tried.loaded)
    if named:
        waits = "row waits" if named == 1 else "rows wait"
        said.append(f"{named:,} {waits} for the names above: say what they are, and load then.")
    if aside > named:
        others = aside - named
        said.append(
            f"{words.count(others, 'rows')} {'has' if others == 1 else 'have'} something to mend: "
            "see above."
        )
    return " ".join(said)


def _waiting_for_names(one: Loaded) -> int:
    """Rows set aside for nothing but names that nobody has said anything about yet."""
    pairs = one.loading.matching.pairs
    columns = {unknown.column for unknown in one.staged.unknown}
    headings = {pairs.get(column, in_words(column)) for column in columns}
    return sum(
        all(
            problem.column in headings and problem.found
            for problem in aside.problems
            if problem.severity is Severity.ERROR
        )
        for aside in one.staged.set_aside
    )


def told(loaded: Loaded) -> str:
    """What became of a sheet that was loaded just now."""
    counts = loaded.counts
    if not loaded.stands and counts.quarantined:
        only = counts.quarantined == 1
        rows = "its only row is" if only else f"all {counts.quarantined:,} rows are"
        return (
            f"Nothing of {loaded.loading.file_name} could be loaded into "
            f"{loaded.loading.table.title}: {rows} set aside, kept as upload {loaded.batch} to be "
            "mended below."
        )
    repeated = loaded.staged.repeated
    twice = f" + {repeated:,} repeated in it" if repeated else ""
    went = f", {loaded.effect.closed:,} gone as the file lacks them" if loaded.effect.closed else ""
    return (
        f"{loaded.loading.file_name} is loaded into {loaded.loading.table.title} as upload "
        f"{loaded.batch}: {counts.rows_read:,} rows read = {counts.new:,} new + "
        f"{counts.changed:,} changed + {counts.unchanged - repeated:,} unchanged{twice} + "
        f"{counts.quarantined:,} set aside + {counts.excluded:,} left out{went}. "
        "You can undo it on the History page."
    )
