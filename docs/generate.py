"""Writes the manuals in this folder from the code: `python docs/generate.py`.

A test fails while one of them is stale.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from civic_metrics.arguments import command_parsers  # noqa: E402
from civic_metrics.contracts import Column, Contract, contracts  # noqa: E402
from civic_metrics.exchange.template import how_to_write  # noqa: E402
from civic_metrics.indicators import BY_SUBJECT, INDICATORS  # noqa: E402

DICTIONARY = (
    "\nThe data dictionary. Each table can be filled in on a template, which loads with no "
    "matching; your own headings are matched by the other names given here, by likeness and by "
    "their values. Those in brackets count only where no other is there.\n\n"
)
MADE = "<!-- Made by docs/generate.py; change the code, not this page. -->\n\n"


def indicators() -> str:
    """The manual of figures."""
    parts = [MADE, "# Figures\n"]
    for title, found in BY_SUBJECT.items():
        links = ", ".join(f"[{one.name}](#{_anchor(one.name)})" for one in found.values())
        parts.append(f"\n{title}: {links}.\n")
    for one in INDICATORS.values():
        parts.append(
            f"\n## {one.name}\n\n`{one.id}` · {one.question}\n\n{one.what}\n\n"
            f"**Why it matters.** {one.why}\n\n**Not to be read as.** {one.not_to_be_read_as}\n\n"
            f"- Unit: {one.unit.value}; better: {one.better.value}\n"
            f"- Counts {one.counts}; method: {one.estimator.method}\n"
            f"- Period by: {one.period_by or 'none, whole lives are counted'}\n"
            f"- Target: {one.target.threshold if one.target else 'none published'}\n"
            f"- Splits: {', '.join(one.splits)}\n"
            f"- Source: {one.source}\n- Checked on {one.checked_on.isoformat()}\n"
        )
    return "".join(parts)


def tables() -> str:
    """The data dictionary."""
    parts = [MADE, "# Tables\n", DICTIONARY]
    dictionary = sorted(contracts().values(), key=lambda table: table.title)
    for table in dictionary:
        parts.append(f"- [{table.title}](#{_anchor(table.title)}): {_begun(table.description)}\n")
    for table in dictionary:
        parts.append(f"\n## {table.title}\n\n`{table.name}` · {table.description}\n\n")
        parts.append(f"- Key: {', '.join(table.key)}\n- Partners see: {_partners_see(table)}\n")
        if table.complete_to != "none":
            parts.append("- A file says to what day it is complete.\n")
        parts.append(
            "\n| column | what it holds | how it is written | example | needed | also called |\n"
            "|---|---|---|---|---|---|\n"
        )
        for column in table.columns:
            cells = (
                column.name,
                column.description + _marks(column),
                how_to_write(column),
                column.example,
                "yes" if column.required else "",
                _also_called(column),
            )
            parts.append(f"| {' | '.join(text.replace('|', chr(92) + '|') for text in cells)} |\n")
    return "".join(parts)


def _also_called(column: Column) -> str:
    better = [name for name in column.aliases if name not in column.fallbacks]
    lesser = f"({', '.join(column.fallbacks)})" if column.fallbacks else ""
    return " ".join(part for part in (", ".join(better), lesser) if part)


def _begun(description: str) -> str:
    """The first sentence, as it goes on after a colon."""
    first = description.split(". ")[0].rstrip(".")
    return f"{first[0].lower()}{first[1:]}"


def _anchor(title: str) -> str:
    return title.lower().replace(" ", "-")


def _partners_see(table: Contract) -> str:
    rule = table.scope["partner"]
    return {"true": "every row", "false": "no row"}.get(rule, "their own rows and what is theirs")


def _marks(column: Column) -> str:
    """What else is known of a column, as sentences."""
    marks = []
    if column.reference:
        title = contracts()[column.reference].title
        marks.append(f"Refers to [{title.lower()}](#{_anchor(title)}).")
    if column.systems:
        codes = ", ".join(system for system in column.systems if not system.startswith("name"))
        marks.append(f"A code of the finance system ({codes}) may stand for it.")
    if column.happened:
        marks.append("Never a day still to come.")
    if column.starts_duration:
        marks.append("Days are counted from it, so it cannot be one day for a whole file.")
    if column.holds == "words":
        marks.append("Free text: looked through for personal data.")
    return "".join(f" {mark}" for mark in marks)


def command_line() -> str:
    """The help of every command, as wide as a page."""
    os.environ["COLUMNS"] = "100"
    parts = [MADE, "# Command line\n"]
    for name, parser in command_parsers().items():
        parts.append(f"\n## {name}\n\n```\n{parser.format_help().strip()}\n```\n")
    return "".join(parts)


PAGES = {"indicators.md": indicators, "tables.md": tables, "command-line.md": command_line}

if __name__ == "__main__":
    for file, write in PAGES.items():
        (HERE / file).write_text(write(), "utf-8")
