"""Writes the manuals in this folder from the code: `python docs/generate.py`.

A test fails while one of them is stale.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from civic_metrics.__main__ import command_parsers  # noqa: E402
from civic_metrics.contracts import contracts  # noqa: E402
from civic_metrics.indicators import INDICATORS  # noqa: E402

MADE = "<!-- Made by docs/generate.py; change the code, not this page. -->\n\n"


def indicators() -> str:
    """The manual of figures."""
    parts = [MADE, "# Figures\n"]
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
    parts = [MADE, "# Tables\n"]
    for table in contracts().values():
        parts.append(f"\n## {table.title}\n\n`{table.name}` · {table.description}\n\n")
        parts.append(
            f"Key: {', '.join(table.key)}\n\n| column | holds | also called |\n|---|---|---|\n"
        )
        for column in table.columns:
            needed = " Needed." if column.required else ""
            choices = f" One of: {', '.join(column.choices)}." if column.choices else ""
            parts.append(
                f"| {column.name} | {column.description}{needed}{choices} "
                f"| {', '.join(column.aliases)} |\n"
            )
    return "".join(parts)


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
