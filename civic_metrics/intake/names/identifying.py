"""A register that gives names and no identifiers -> one with both.

Registers kept by hand know partnerships by name. A name the records know keeps its identifier; a
new one gets one made of its words.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Contract
from civic_metrics.intake.matching import Matching
from civic_metrics.intake.names.references import CAN_BE_ADDED, Known
from civic_metrics.intake.names.registers import Register
from civic_metrics.intake.naming import identifier
from civic_metrics.intake.sheet import Sheet

# Names have blanks in them, identifiers hardly ever: from this share on a column holds names.
MOSTLY = 0.5


def with_identifiers(
    sheet: Sheet, contract: Contract, matching: Matching, known: Known
) -> tuple[Sheet, Matching]:
    """The sheet with a column of identifiers made from its names, where it has names alone."""
    if contract.name not in CAN_BE_ADDED:
        return sheet, matching
    own, named = matching.pairs.get(contract.name), matching.pairs.get("name")
    if (own is None) == (named is None) or (own and not _are_names(sheet.cells[own])):
        return sheet, matching
    names = own or named
    register = Register(known.names.get(contract.name, ()), known.codes.get(contract.name, ()))
    texts = sheet.cells[names]
    coded = pc.dictionary_encode(texts).combine_chunks()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.unify_dictionaries().combine_chunks()
    made = [_identifier(text, register, contract.name) for text in coded.dictionary.to_pylist()]
    heading = f"{names} (identifier)"
    keys = pa.chunked_array([pa.array(made, pa.string()).take(coded.indices)], pa.string())
    wider = replace(
        sheet, header=(*sheet.header, heading), cells=sheet.cells.append_column(heading, keys)
    )
    pairs = {**matching.pairs, contract.name: heading, "name": names}
    return wider, replace(matching, pairs=pairs)


def _are_names(texts: pa.ChunkedArray) -> bool:
    distinct = pc.unique(texts).drop_null()
    with_blanks = pc.sum(pc.match_substring(distinct, " ")).as_py() or 0
    return with_blanks >= MOSTLY * max(len(distinct), 1)


def _identifier(text: str, register: Register, kind: str) -> str:
    found, _ = register.find(text, ())
    return found[0] if len(found) == 1 else identifier(text, kind)
