"""What a page says, and the words it must not say it in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from civic_metrics.contracts import contracts
from civic_metrics.indicators import BY_SUBJECT

# A public contract is the law's word and the reader's, not ours for the layout of a table; and a
# partnership may have signed one.
KINDS_OF_AGREEMENT = {"contract"}
# What other people's files call our columns: their words, listed as they are.
THEIRS = {", ".join(column.aliases) for table in contracts().values() for column in table.columns}
HOUSE = re.compile(
    r"\b(ledgers?|batch(es)?|(?<!public )(?<!government )contracts?|quarantin\w*|stubs?|"
    r"footprints?|censor\w*)\b|not reached",
    re.IGNORECASE,
)
# Named under Methods, where somebody who asks how is told exactly how.
METHOD = re.compile(
    r"Kaplan|Wilson|Greenwood|Student's? t|Byar|log-log|lineari[sz]ed|bootstrap|order.statistic",
    re.IGNORECASE,
)
# A file keeps the name its sender gave it.
FILE_NAME = re.compile(r"\b[\w.-]+\.(csv|xlsx)\b")
# What of an element is shown or read out, besides its value.
SAID = ("label", "help", "placeholder", "alt", "body", "title", "name")
# Of each subject the first figure, the last and one between: a page draws them all alike, and
# the page of all figures is opened at every one of them.
A_FEW = [
    list(found.values())[place]
    for found in BY_SUBJECT.values()
    for place in sorted({0, len(found) // 2, len(found) - 1})
]


def lines_with(words: re.Pattern[str], said: str) -> set[str]:
    """The lines that hold one of the words, to show where it stands."""
    lines = {line.strip() for line in FILE_NAME.sub("", said).splitlines()}
    lines -= KINDS_OF_AGREEMENT | THEIRS
    return {line[:160] for line in lines if words.search(line)}


def said_by(shown: AppTest) -> str:
    """Every text of a run, tables and charts among them; a statement in SQL is left out."""
    return "\n".join(text for block in (shown.main, shown.sidebar) for text in _texts(block))


def _texts(node: Any) -> Iterator[str]:
    for child in node.children.values():
        if child.type == "code":
            continue
        proto = getattr(child, "proto", None)
        for name in SAID:
            text = getattr(proto, name, None)
            if isinstance(text, str):
                yield text
        for name in ("value", "options", "label"):
            try:
                shown = getattr(child, name, None)
            except (NotImplementedError, ValueError, AttributeError):
                continue
            yield from _words_of(shown)
        if child.type == "plotly_chart":
            yield from _strings(json.loads(proto.spec))
        if hasattr(child, "children"):
            yield from _texts(child)


def _words_of(shown: Any) -> Iterator[str]:
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, list):
        yield from (text for text in shown if isinstance(text, str))
    elif hasattr(shown, "columns"):
        yield from map(str, shown.columns)
        yield from (str(cell) for row in shown.itertuples(index=False) for cell in row)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
