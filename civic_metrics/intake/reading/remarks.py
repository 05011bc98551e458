"""Remarks under the rows of a sheet: offered to be left out, as totals are."""

from __future__ import annotations

import re

import pyarrow as pa

# Rows at the end of a sheet among which remarks on it are looked for.
MOST_REMARKS = 10
# Characters of a remark that are shown.
SHOWN = 60

_REMARK = re.compile(
    r"""(?:sources?|notes?|n\.?b\.?|key|disclaimer|(?:prepared|produced|created)\ by)\s*[:–-]\s*\S.*
    | (?:\*+|†|‡|\(\d\)|\[\d\]|note\ \d)\s*\S.*\s\S.*                    # * includes VAT
    | [-*=_\s]*(?:end|bottom)\ of\ (?:the\ )?
      (?:report|file|data|list|document|sheet|extract|table|records)[-*=_.\s]*
    | page\s+\d+(?:\s*(?:of|/)\s*\d+)?
    | (?:(?:report|data|file|list)\s+)?
      (?:printed|produced|generated|extracted|exported|run|correct)\ (?:on|at|by|from|as\ at)\b.+
    | (?:©|\(c\)\s|crown\ copyright).*
    | \d[\d,]*\s+(?:rows?|records?|lines?)(?:\s+(?:selected|found|returned|exported|listed))?\.?""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def find_remarks(cells: pa.Table) -> dict[int, str]:
    """By place, the rows at the end that hold one cell of several and read like a remark, with
    the reason in words; nothing but such rows follows them."""
    if cells.num_columns < 2:
        return {}
    found = {}
    # The first row is never a remark: a table of nothing but remarks is one of remarks.
    for place in range(cells.num_rows - 1, max(cells.num_rows - 1 - MOST_REMARKS, 0), -1):
        row = (column[place].as_py() for column in cells.columns)
        filled = [cell for cell in row if cell is not None]
        if len(filled) != 1 or not _REMARK.fullmatch(filled[0]):
            break
        found[place] = f"it is a remark at the end: “{filled[0][:SHOWN]}”"
    return found
