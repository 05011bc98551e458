"""Which column of a file is which of ours, with the reason for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow.compute as pc
import streamlit as st

from civic_metrics import words
from civic_metrics.contracts import Column, Contract, contract, contracts
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
    read_besides,
    rows_for_no_variation,
)
from civic_metrics.ledger import Remembered
from civic_metrics.ui import records
from civic_metrics.ui.text import plain

IGNORE = "— not used —"
AS_LAST_TIME = "As last time, for a file with these columns. Change it if this one differs."
# What shows in a cell that it is in pounds, or in something else.
SHOWN_BY = (r"£|\bGBP", r"[€$₹¥₦]|\b(?:EUR|USD)")
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
    likely_first = [contract(one.table).title for one in ranked]
    options = list(dict.fromkeys([*likely_first, *sorted(titles)]))
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
    sheet: Sheet, table: Contract, before: Remembered | None, *, key: str
) -> Matching | None:
    """The matching as a person leaves it; None, saying why, where it cannot be loaded yet.

    `before` is how the last file of that shape was read into this table: offered again.
    """
    st.subheader("Which column is which?")
    limit = rows_for_no_variation(records.open_records())
    pairs = before.matching if before else None
    proposed = propose(sheet, table, remembered=pairs, rows_for_no_variation=limit)
    taken = {one.header: one.column for one in proposed.matches if one.column}
    names = {column.name: column.name.replace("_", " ") for column in table.columns}
    besides = read_besides(sheet, table, proposed)
    back = {shown: name for name, shown in names.items()}
    frame = pd.DataFrame(
        {
            "Column in the file": list(sheet.header),
            "For example": [_example(sheet, header) for header in sheet.header],
            "Is our": [names.get(taken.get(header) or "", IGNORE) for header in sheet.header],
            "Why": [_why(proposed, header, names, besides) for header in sheet.header],
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
    last_time = before.constants if before else {}
    constants = _same_for_every_row(sheet, table, chosen, last_time, key=key)
    left = {header: "ignore" for header in sheet.header if header not in chosen}
    try:
        return match(sheet, table, chosen | left, constants, rows_for_no_variation=limit)
    except Refused as refusal:
        st.error(plain(refusal), icon=":material/error:")
        return None


def _why(
    matching: Matching, header: str, names: Mapping[str, str], besides: Collection[str]
) -> str:
    """How the column was recognised, how sure that is, and what else it could be; `besides` are
    the headings that other tables are filled from."""
    if header in matching.refused:
        return "cannot be used: see below"
    if header in besides and header in matching.ignored:
        return "read for another table: see “The same rows also give” below"
    one = next(m for m in matching.matches if m.header == header)
    sure = f"{one.sureness}: " if one.column and one.sureness else ""
    offered = [names[name] for name in one.offered if name in names]
    perhaps = f"perhaps {' or '.join(offered[:2])}" if offered and not one.column else ""
    return f"{sure}{one.reason or perhaps}" if one.column else perhaps or one.reason


def _example(sheet: Sheet, header: str) -> str:
    """The first value of a column, so that a person can tell what it holds."""
    texts = sheet.cells[header].slice(0, 200).to_pylist()
    return next((text for text in texts if text), "")


def _same_for_every_row(
    sheet: Sheet | None,
    table: Contract,
    chosen: Mapping[str, str],
    last_time: Mapping[str, str],
    *,
    key: str,
) -> dict[str, str]:
    """What the file does not hold and a person knows of all of it, such as who is paid by it:
    to begin with as it was for the last file of that shape."""
    constants = {}
    matched = set(chosen.values())
    if table.name == "payment" and "currency" not in matched:
        amounts = next((header for header, name in chosen.items() if name == "amount"), None)
        shown = _currencies_of(sheet, amounts) if sheet is not None and amounts else NONE_SHOWN
        said = _ask_currency(amounts or "", shown, last_time.get("currency"), key=key)
        if said:
            constants["currency"] = said
    unsaid = [c for c in table.columns if c.name not in matched and _can_be_said(c)]
    if not unsaid:
        return constants
    known = {c.name: last_time[c.name] for c in unsaid if _is_offered_again(c, last_time)}
    with st.expander("The same for every row", expanded=bool(known)):
        st.caption("Say here what the file does not, where it holds for all of its rows.")
        if known:
            named = [f"{name.replace('_', ' ')} {value}" for name, value in known.items()]
            st.caption(plain(f"{listed(named)}: {AS_LAST_TIME[:1].lower()}{AS_LAST_TIME[1:]}"))
        for column in unsaid:
            name, label = f"every-row-{key}-{column.name}", column.name.replace("_", " ")
            if column.choices:
                said = st.selectbox(
                    label.capitalize(),
                    column.choices,
                    index=column.choices.index(known[column.name])
                    if column.name in known
                    else None,
                    placeholder="The file does not say, or it differs",
                    help=column.description,
                    key=name,
                )
            else:
                said = st.text_input(
                    label.capitalize(),
                    value=known.get(column.name, ""),
                    help=column.description,
                    key=name,
                )
            if said:
                constants[column.name] = said
    return constants


@dataclass(frozen=True)
class _Shown:
    """Of how many amounts the cells show pounds, another currency, and any or none."""

    pounds: int
    others: int
    amounts: int

    @property
    def without(self) -> int:
        """Amounts that show no currency."""
        return self.amounts - self.pounds - self.others

    @property
    def question(self) -> str:
        """What is asked of the amounts that show none; empty where every one shows its own."""
        if not self.pounds and not self.others:
            return "The file does not say its currency. It is in"
        if not self.without:
            return ""
        shows = "shows" if self.without == 1 else "show"
        said = f"{self.without:,} of {self.amounts:,} amounts {shows} no currency"
        said += "" if self.others else "; the others are £"
        return f"{said}. {'It is' if self.without == 1 else 'They are'} in"


NONE_SHOWN = _Shown(0, 0, 0)


def _currencies_of(sheet: Sheet, heading: str) -> _Shown:
    """Which currencies the cells with amounts show, totals left out."""
    texts = sheet.without(sheet.totals).cells[heading]
    amounts = texts.filter(pc.fill_null(pc.match_substring_regex(texts, "[0-9]"), False))
    pounds, others = (
        pc.sum(pc.match_substring_regex(amounts, sign)).as_py() or 0 for sign in SHOWN_BY
    )
    return _Shown(pounds, others, len(amounts))


def _ask_currency(heading: str, shown: _Shown, before: str | None, *, key: str) -> str | None:
    """The currency of the amounts that show none, as last time or as most of the others."""
    if not shown.question:
        return None
    codes = [one.split(",")[0] for one in CURRENCIES]
    others = (before,) if before and before not in codes else ()
    mostly_pounds = not shown.others and 2 * shown.pounds > shown.amounts
    offered = before or ("GBP" if "£" in heading or mostly_pounds else None)
    said = st.selectbox(
        shown.question,
        (*CURRENCIES, *others),
        index=[*codes, *others].index(offered) if offered else None,
        placeholder="Choose",
        help="Only pounds enter totals in pounds. An amount that carries a sign of its own, "
        "such as €, keeps it.",
        # as the question changes with the column, so does what is offered
        key=f"currency-{key}-{shown.pounds}-{shown.without}",
    )
    if before:
        st.caption(AS_LAST_TIME)
    return said.split(",")[0] if said else None


def _is_offered_again(column: Column, last_time: Mapping[str, str]) -> bool:
    """Whether it was said for the last file and may hold for this one: a day is of one file."""
    said = last_time.get(column.name)
    return bool(said) and column.type != "date" and (not column.choices or said in column.choices)


def _can_be_said(column: Column) -> bool:
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
    constants = _same_for_every_row(None, contract("review"), found, {}, key=key)
    lacking = [name.replace("_", " ") for name in told if not {*found.values()} & {name}]
    lacking = [name for name in lacking if name.replace(" ", "_") not in constants]
    if lacking:
        st.info(f"Say under “The same for every row” what the file does not: {listed(lacking)}.")
        return None
    return constants
