"""Names and codes that the records do not know: asked about once, the most money first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from civic_metrics import words
from civic_metrics.contracts import contract
from civic_metrics.intake import Answer, Meaning, listed
from civic_metrics.ledger import Unknown, known_names
from civic_metrics.ui import records
from civic_metrics.ui.text import plain

# Nobody answers more in one go; the rest follow when these are answered.
ASKED_AT_ONCE = 200
# More choices than this make the table slow; beyond it only what is suggested is offered.
OFFERED = 2_000
# Names told one by one in a message.
NAMED = 5

_SAID = {
    Meaning.ASIDE: "set its rows aside",
    Meaning.NEW: "new: add it",
    Meaning.SAME_AS: "the same as →",
    Meaning.INDIVIDUAL: "a person: keep a pseudonym",
    Meaning.NOTHING: "not one of ours: leave empty",
}
_MEANT = {said: meaning for meaning, said in _SAID.items()}
# Places come from the reference tables alone: none is added, and none is a person.
_NOT_OF_PLACES = (Meaning.NEW, Meaning.INDIVIDUAL)


def answers(key: str) -> dict[tuple[str, str], Answer]:
    """What has been said so far of the names in this file."""
    return st.session_state.setdefault(f"_answers-{key}", {})


def ask(unknown: Sequence[Unknown], *, add_all: bool, key: str) -> None:
    """Asks about each name; what is said is kept for this file and checked at once."""
    said = answers(key)
    if said:
        st.caption(
            f"{words.count(len(said), 'names')} answered. What is the same as something known, "
            "and what is not one of ours, is remembered for later files."
        )
        if st.button("Take the answers back", key=f"unanswer-{key}"):
            said.clear()
            st.rerun()
    for register in dict.fromkeys(one.table for one in unknown):
        _ask_of(register, [one for one in unknown if one.table == register], add_all, said, key)


def _ask_of(
    register: str,
    unknown: Sequence[Unknown],
    add_all: bool,
    said: dict[tuple[str, str], Answer],
    key: str,
) -> None:
    layout = contract(register)
    st.subheader(f"Which {layout.title.lower()} are these?")
    rows = sum(one.rows for one in unknown)
    st.write(
        f"Not in the records: {words.count(len(unknown), 'names')} (or codes), in "
        f"{words.count(rows, 'rows')}. Nothing is merged unless you say so."
    )
    shown = unknown[:ASKED_AT_ONCE]
    if len(unknown) > len(shown):
        st.caption(f"The first {len(shown)}, by money and rows; the others follow.")
    new = [t for (of, t), one in said.items() if of == register and one.meaning is Meaning.NEW]
    called = _called(register, shown, new)
    frame = pd.DataFrame(
        {
            "In the file": [one.text for one in shown],
            "Rows": [one.rows for one in shown],
            "Money": ["" if one.amount is None else f"{one.amount:,.2f}" for one in shown],
            "It is": [_SAID[_offered(one, add_all)] for one in shown],
            "The same as": [
                called[one.suggestions[0].id] if one.suggestions else None for one in shown
            ],
            "Why": [_why(one) for one in shown],
        }
    )
    with st.form(f"names-{register}-{key}", border=False):
        edited = st.data_editor(
            frame,
            hide_index=True,
            width="stretch",
            disabled=["In the file", "Rows", "Money", "Why"],
            column_config={
                "It is": st.column_config.SelectboxColumn(options=_offers(register), required=True),
                "The same as": st.column_config.SelectboxColumn(options=list(called.values())),
            },
            key=f"unknown-{register}-{key}-{len(said)}",
            alt=f"Table: {layout.title.lower()} not known; choose what each is",
        )
        if st.form_submit_button("Use these answers"):
            ids = {name: identifier for identifier, name in called.items()}
            given = list(zip(shown, edited["It is"], edited["The same as"], strict=True))
            unsaid = [one.text for one, what, same in given if _is_unfinished(what, same)]
            if unsaid:
                st.error(_finish(unsaid, layout.one), icon=":material/error:")
                return
            for one, what, same in given:
                meaning = _MEANT[what]
                if meaning is Meaning.SAME_AS:
                    said[register, one.text] = Answer(meaning, ids[same])
                elif meaning is not Meaning.ASIDE:
                    said[register, one.text] = Answer(meaning)
            st.rerun()


def _is_unfinished(what: str, same: object) -> bool:
    """Whether a name is said to be the same as something that is not chosen."""
    return _MEANT[what] is Meaning.SAME_AS and not isinstance(same, str)


def _finish(unsaid: Sequence[str], one: str) -> str:
    """What to do about names said to be the same as something that is not chosen."""
    some = listed(f"“{text}”" for text in unsaid[:NAMED])
    more = f" and {len(unsaid) - NAMED:,} more" if len(unsaid) > NAMED else ""
    verb = "is" if len(unsaid) == 1 else "are"
    return plain(
        f"None of these answers is used yet: {some}{more} {verb} said to be the same as another "
        f"{one}, but not which. Choose it in the column “The same as”, or answer otherwise."
    )


def _offers(register: str) -> list[str]:
    """What may be said of a name of the register."""
    never = _NOT_OF_PLACES if register == "place" else ()
    return [said for meaning, said in _SAID.items() if meaning not in never]


def _offered(one: Unknown, add_all: bool) -> Meaning:
    """What is preselected: the safe thing. A likely person is kept as a pseudonym."""
    if one.looks_personal:
        return Meaning.INDIVIDUAL if one.table == "organisation" else Meaning.ASIDE
    may_be_added = add_all and one.table != "place"
    return Meaning.NEW if may_be_added and not one.suggestions else Meaning.ASIDE


def _called(register: str, shown: Sequence[Unknown], new: Sequence[str]) -> dict[str, str]:
    """Identifier -> what it is called, each differently: what is suggested, the names of the
    file answered as new, by themselves, then the others."""
    found = {s.id: s.name or s.id for one in shown for s in one.suggestions}
    found |= {text: text for text in new}
    known = known_names(records.open_records(), register)
    if len(known) <= OFFERED:
        for identifier, name in known:
            found.setdefault(identifier, name or identifier)
    met: dict[str, str] = {}
    for identifier, name in found.items():
        met[identifier] = f"{name} ({identifier})" if name in met.values() else name
    return met


def _why(one: Unknown) -> str:
    if one.suggestions:
        return f"perhaps {one.suggestions[0].name}: {one.suggestions[0].reason}"
    return "looks like a person's name" if one.looks_personal else ""


def added(stubs: Sequence[object]) -> None:
    """The names that would be added without details."""
    if stubs:
        with st.expander(f"{words.count(len(stubs), 'names')} to be added without details"):
            st.write(plain(", ".join(stub.name for stub in stubs[:ASKED_AT_ONCE])))
