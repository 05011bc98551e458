"""Which column of a file is which of ours, with the reason for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from civic_metrics import words
from civic_metrics.contracts import Contract, contract, contracts
from civic_metrics.intake import (
    Matching,
    Refused,
    Sheet,
    Sureness,
    Survey,
    listed,
    match,
    propose,
    rank_tables,
    rows_for_no_variation,
)
from civic_metrics.ui import records
from civic_metrics.ui.text import plain

IGNORE = "— not used —"
CURRENCIES = ("GBP, pounds", "XXX, not known", "EUR, euros", "USD, US dollars")


def choose_table(
    sheet: Sheet, file_name: str, *, known_as: str | None, is_survey: bool = False, key: str
) -> Contract | None:
    """What each row of the sheet holds: as it was before for such a file, else suggested."""
    titles = {layout.title: name for name, layout in contracts().items()}
    ranked = rank_tables(sheet, file_name)
    likely = [one for one in ranked if one.sureness is not Sureness.POSSIBLE]
    suggested = known_as or (likely[0].table if likely else None)
    if known_as:
        why = "As it was for an earlier file with these columns."
    elif is_survey:
        suggested, why = "review", "It looks like a survey: a column a question, a row an answer."
    elif likely:
        why = f"{likely[0].reason[:1].upper()}{likely[0].reason[1:]}."
    else:
        perhaps = [contract(one.table).title for one in ranked[:2]]
        why = f"Perhaps {' or '.join(perhaps)}." if perhaps else ""
        st.info(
            "It is not plain what this holds. Choose it, then say which column is which. " + why
        )
    options = list(titles)
    title = st.selectbox(
        "What does each row hold?",
        options,
        index=options.index(contract(suggested).title) if suggested else None,
        placeholder="Choose what the file is about",
        key=f"table-{key}",
    )
    if title is None:
        return None
    layout = contract(titles[title])
    st.caption(f"{layout.description} {plain(why) if layout.name == suggested else ''}")
    return layout


def match_columns(
    sheet: Sheet, table: Contract, remembered: Mapping[str, str] | None, *, key: str
) -> Matching | None:
    """The matching as a person leaves it; None, saying why, where it cannot be loaded yet."""
    st.subheader("Which column is which?")
    limit = rows_for_no_variation(records.open_records())
    proposed = propose(sheet, table, remembered=remembered, rows_for_no_variation=limit)
    taken = {one.header: one.column for one in proposed.matches if one.column}
    names = {column.name: column.name.replace("_", " ") for column in table.columns}
    back = {shown: name for name, shown in names.items()}
    frame = pd.DataFrame(
        {
            "Column in the file": list(sheet.header),
            "For example": [_example(sheet, header) for header in sheet.header],
            "Is our": [names.get(taken.get(header) or "", IGNORE) for header in sheet.header],
            "Why": [_why(proposed, header, names) for header in sheet.header],
        }
    )
    edited = st.data_editor(
        frame,
        hide_index=True,
        width="stretch",
        disabled=["Column in the file", "For example", "Why"],
        column_config={
            "Is our": st.column_config.SelectboxColumn(
                options=[IGNORE, *names.values()], required=True
            )
        },
        key=f"matching-{key}-{table.name}",
        alt="Table: which column of the file is which of ours; choose in the third column",
    )
    with st.expander("What our columns mean"):
        for column in table.columns:
            needed = " **Needed.**" if column.required else ""
            st.markdown(f"- **{names[column.name]}**: {plain(column.description)}{needed}")
    chosen = {
        header: back[shown]
        for header, shown in zip(edited["Column in the file"], edited["Is our"], strict=True)
        if shown != IGNORE
    }
    for header, why in proposed.refused.items():
        if header not in chosen:
            st.warning(plain(why), icon=":material/block:")
    doubled = [name for name, n in Counter(chosen.values()).items() if n > 1]
    if doubled:
        st.error(
            f"Two columns are matched with {' and '.join(names[name] for name in doubled)}. "
            f"Choose one of them and set the other to “{IGNORE}”."
        )
        return None
    constants = _same_for_every_row(table, chosen, key=key)
    left = {header: "ignore" for header in sheet.header if header not in chosen}
    try:
        return match(sheet, table, chosen | left, constants, rows_for_no_variation=limit)
    except Refused as refusal:
        st.error(plain(refusal), icon=":material/error:")
        return None


def _why(matching: Matching, header: str, names: Mapping[str, str]) -> str:
    """How the column was recognised, how sure that is, and what else it could be."""
    if header in matching.refused:
        return "cannot be used: see below"
    one = next(m for m in matching.matches if m.header == header)
    sure = f"{one.sureness}: " if one.column and one.sureness else ""
    offered = [names[name] for name in one.offered if name in names]
    perhaps = f"perhaps {' or '.join(offered[:2])}" if offered and not one.column else ""
    return f"{sure}{one.reason or perhaps}" if one.column else perhaps or one.reason


def _example(sheet: Sheet, header: str) -> str:
    """The first value of a column, so that a person can tell what it holds."""
    texts = sheet.cells[header].slice(0, 200).to_pylist()
    return next((text for text in texts if text), "")


def _same_for_every_row(table: Contract, chosen: Mapping[str, str], *, key: str) -> dict[str, str]:
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
            help="Only pounds enter totals in pounds. An amount that carries a sign of its own, "
            "such as €, keeps it.",
            key=f"currency-{key}",
        )
        if said:
            constants["currency"] = said.split(",")[0]
    unsaid = [c for c in table.columns if c.name not in matched and _can_be_said(c)]
    if not unsaid:
        return constants
    with st.expander("The same for every row"):
        st.caption("Say here what the file does not, where it holds for all of its rows.")
        for column in unsaid:
            name, label = f"every-row-{key}-{column.name}", column.name.replace("_", " ")
            if column.choices:
                said = st.selectbox(
                    label.capitalize(),
                    column.choices,
                    index=None,
                    placeholder="The file does not say, or it differs",
                    help=column.description,
                    key=name,
                )
            else:
                said = st.text_input(label.capitalize(), help=column.description, key=name)
            if said:
                constants[column.name] = said
    return constants


def _can_be_said(column) -> bool:
    """Whether one value may hold for every row of a file: a choice, a name or a number of
    hours in a day, never what tells rows apart."""
    named = column.reference in ("partnership", "organisation")
    return bool(column.choices) or named or column.name in ("hours_per_day", "reviewed_on")


def about_the_survey(wide: Survey, *, key: str) -> dict[str, str] | None:
    """What a survey download does not say of its answers: whose they are, and of what."""
    st.write(
        f"A survey: {words.count(len(wide.questions), 'questions')}, a column each. Every answer "
        "becomes a row with its original words and scale."
    )
    told = {"partnership": wide.partnership, "reviewed_on": wide.date, "side": wide.side}
    found = {heading: column for column, heading in told.items() if heading}
    constants = _same_for_every_row(contract("review"), found, key=key)
    lacking = [name.replace("_", " ") for name in told if not {*found.values()} & {name}]
    lacking = [name for name in lacking if name.replace(" ", "_") not in constants]
    if lacking:
        st.info(f"Say under “The same for every row” what the file does not: {listed(lacking)}.")
        return None
    return constants
