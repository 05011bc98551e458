"""E-mail addresses and telephone numbers in cells: where they are, and the cell without them.

Personal data has no place in the records. Imports nothing of ours but contracts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Contract

EMAIL = r"[A-Za-z0-9._%+'’-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
# A number as it is dialled in the United Kingdom (01, 02, 03, 07, 08, 09) or with its country;
# 01-02-2024 12:30 is not one.
PHONE = r"(?!\d\d-\d\d-)(?:(?:\+|\b00)[1-9]|\(?\b0[1-37-9])(?:[ ()-]{0,2}[0-9]){8,12}\b"
# Figures of a telephone number, its leading nought or country included.
FIGURES = range(10, 16)
# Mailboxes of an organisation, not of a person.
SHARED = frozenset({
    "accounts", "admin", "administration", "contact", "enquiries", "enquiry", "events", "finance",
    "hello", "help", "info", "invoices", "mail", "no-reply", "noreply", "office", "partnerships",
    "payments", "post", "reception", "team",
})  # fmt: skip
# Columns whose figures are no telephone number.
_NUMBERED = re.compile(r"_(?:ref|number|code|id)$|^(?:code|credits|reference|ukprn|contact)$")


@dataclass(frozen=True, eq=False)
class Personal:
    """Cells of one column that hold an `e-mail address` or `telephone number`: their places and
    the texts with it hidden."""

    column: str
    what: str
    places: pa.Array
    hidden: tuple[str, ...]


def personal_data(
    texts: Mapping[str, pa.ChunkedArray], contract: Contract | None = None
) -> tuple[Personal, ...]:
    """The cells that hold an address or a number, by column.

    With a contract only its text columns are looked at, and telephone numbers only where a
    number is not an identifier. Shared mailboxes (info@, office@) are left alone.
    """
    found = []
    for name, column in texts.items():
        emails, phones = _looked_at(name, contract)
        for what, pattern, asked in (
            ("e-mail address", EMAIL, emails),
            ("telephone number", PHONE, phones),
        ):
            if asked:
                found += _in_column(name, column, what, pattern)
    return tuple(found)


def _looked_at(name: str, contract: Contract | None) -> tuple[bool, bool]:
    """Whether the column is looked at for addresses and for numbers."""
    if contract is None:
        return True, False
    column = contract.column(name)
    is_text = column.type == "string" and not column.choices and name != "currency"
    is_identifier = name in contract.key or column.reference or _NUMBERED.search(name)
    return is_text, is_text and not is_identifier


def _in_column(name: str, column: pa.ChunkedArray, what: str, pattern: str) -> list[Personal]:
    # A plain look for the sign is many times as fast as the pattern, and mostly all it takes.
    likely = (
        pc.match_substring(column, "@")
        if what == "e-mail address"
        else pc.match_substring_regex(column, r"[+0(][0-9][0-9 ()-]{7}")
    )
    places = pc.indices_nonzero(pc.fill_null(likely, False))
    if not len(places):
        return []
    cells = column.take(places).to_pylist()
    hidden = {cell: _hidden(cell, pattern) for cell in set(cells)}
    rows = [(at, hidden[cell]) for at, cell in zip(places.to_pylist(), cells, strict=True)]
    kept = [(at, text) for at, text in rows if text is not None]
    if not kept:
        return []
    where, texts = zip(*kept, strict=True)
    return [Personal(name, what, pa.array(where, pa.int64()), texts)]


def _hidden(text: str, pattern: str) -> str | None:
    """The text with what is personal hidden, or None where nothing in it is."""
    shown = re.sub(pattern, lambda match: _masked(match[0]), text)
    return None if shown == text else shown


def _masked(found: str) -> str:
    """`j…@…` for an address, `07…` for a number; what is neither comes back as it is."""
    if "@" in found:
        name = found.split("@")[0]
        return found if name.casefold() in SHARED else f"{name[0]}…@…"
    figures = re.sub(r"[^0-9]", "", found)
    return f"{found[:2]}…" if len(figures) in FIGURES else found
