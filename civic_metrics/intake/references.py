"""Names and codes in a file -> the identifiers the records know them by.

Never merges: a name that fits two is asked about, and one that fits none is set aside unless
the person asked for it to be added without details.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from civic_metrics.contracts import Column, contract
from civic_metrics.intake.naming import fold_name, identifier, listed, nearest
from civic_metrics.intake.values import Fault, OneValue, Parsed, by_distinct
from civic_metrics.ledger.batch import Stub

# Distinct unknown names that get suggestions: looking each up among thousands takes a
# millisecond or more, and nobody reads more of them at once.
SUGGESTED_FOR = 200
# Places are never made from a name met in a file: they come from the reference tables.
CAN_BE_ADDED = ("organisation", "partnership")


@dataclass(frozen=True)
class Known:
    """What the records know: (identifier, name) pairs by table, what else they go by, which
    have no details yet, the codes that replaced withdrawn place codes, and the day of loading."""

    names: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    also_known_as: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    without_details: Mapping[str, frozenset[str]] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)
    today: date = field(default_factory=date.today)


class Directory:
    """The identifiers and names of one table, and the names added to it on the way."""

    def __init__(self, table: str, known: Known, *, create_missing: bool) -> None:
        pairs = known.names.get(table, ())
        self.table = table
        self.create_missing = create_missing and table in CAN_BE_ADDED
        self.successors = known.successors if table == "place" else {}
        self.name_of = dict(reversed(pairs))
        self.by_case = {key.casefold(): key for key in self.name_of}
        self.by_name: dict[str, list[str]] = {}
        for key, name in pairs:
            same = self.by_name.setdefault(fold_name(name or key), [])
            if key not in same:
                same.append(key)
        self.stubs: dict[str, Stub] = {}
        self.unknown = 0

    def find(self, text: str) -> OneValue:
        """The identifier the text stands for, or what is wrong with it."""
        if text in self.successors or text.upper() in self.successors:
            return self._successor(text)
        if text in self.name_of:
            return OneValue(text)
        if text.casefold() in self.by_case:
            return OneValue(self.by_case[text.casefold()])
        same = self.by_name.get(fold_name(text), [])
        if len(same) > 1:
            one = contract(self.table).one
            return OneValue(
                fault=Fault(
                    f"the name of one {one}; {listed(same)} share this name",
                    f"Write the identifier of the {one} that is meant.",
                )
            )
        if same:
            note = "" if same[0] in self.stubs else "names found in the records"
            return OneValue(same[0], note=note)
        return self._add(text) if self.create_missing else self._unknown(text)

    def _successor(self, text: str) -> OneValue:
        old = text if text in self.successors else text.upper()
        current = self.successors[old]
        name = self.name_of.get(current, "")
        said = f"{old} {name}".strip()
        return OneValue(
            current,
            warning=Fault(
                f"a current place code: {said} is now {current}",
                f"Loaded as {current}; use that code from now on.",
            ),
        )

    def _add(self, text: str) -> OneValue:
        base = key = identifier(text, self.table)
        number = 1
        while key.casefold() in self.by_case:
            number += 1
            key = f"{base}-{number}"
        self.by_case[key.casefold()] = key
        self.name_of[key] = text
        self.by_name[fold_name(text)] = [key]
        self.stubs[key] = Stub(self.table, key, text)
        return OneValue(key)

    def _unknown(self, text: str) -> OneValue:
        layout = contract(self.table)
        self.unknown += 1
        near = ()
        if self.unknown <= SUGGESTED_FOR:
            near = nearest(text, [name for name in self.name_of.values() if name], limit=3)
        hint = f"Did you mean {listed([f'“{n}”' for n in near], 'or')}? " if near else ""
        if self.table in CAN_BE_ADDED:
            fix = (
                f"{hint}Correct it, add it to the {layout.title.lower()}, or load again with "
                "--create-missing (on the page: tick “add names without details”)."
            )
        else:
            fix = f"{hint}Use a current code or the exact name."
        return OneValue(fault=Fault(f"a known {layout.one}, by its identifier or name", fix))


def read_references(texts: pa.ChunkedArray, column: Column, directory: Directory) -> Parsed:
    """The column as identifiers of the table it refers to."""
    return by_distinct(texts, column.name, pa.string(), directory.find)
