"""The names and codes of a file that nobody has said anything about, with what rests on them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column
from civic_metrics.intake.names.references import Directory, Open
from civic_metrics.ledger.batch import Unknown


def unknowns(
    columns: Iterable[tuple[Column, Directory, pa.ChunkedArray]],
    amounts: pa.ChunkedArray | None = None,
) -> tuple[Unknown, ...]:
    """Every open name of the columns read, the most money first, then the most rows.

    Each column comes with the directory that read it and its texts; `amounts` holds the money
    of each row in pounds, missing where it has none or in another currency. A person's name is
    given as the file has it, for the person who answers: it must not be stored.
    """
    found = [one for column in columns for one in _of_column(*column, amounts)]
    return tuple(sorted(found, key=lambda one: (-abs(one.amount or 0), -one.rows, one.text)))


def _of_column(
    column: Column,
    directory: Directory,
    texts: pa.ChunkedArray,
    amounts: pa.ChunkedArray | None,
) -> Iterable[Unknown]:
    systems = column.systems or directory.systems
    open_ = {text: one for (text, of), one in directory.open.items() if of == systems}
    open_ |= {
        name: open_[pseudonym] for name, pseudonym in directory.people.items() if pseudonym in open_
    }
    for text, rows, amount in _counted(texts, open_, amounts):
        written = directory.named.get(text, [text])[0]
        yield Unknown(
            table=directory.table,
            column=column.name,
            text=written,
            rows=rows,
            amount=amount,
            suggestions=open_[text].suggestions,
            looks_personal=open_[text].looks_personal,
        )


def _counted(
    texts: pa.ChunkedArray, open_: dict[str, Open], amounts: pa.ChunkedArray | None
) -> list[tuple[str, int, Decimal | None]]:
    """The rows and the money of each open text."""
    if not open_:
        return []
    columns = {"text": texts} if amounts is None else {"text": texts, "amount": amounts}
    wanted = [("text", "count")] + ([] if amounts is None else [("amount", "sum")])
    counted = pa.table(columns).group_by("text", use_threads=False).aggregate(wanted)
    is_open = pc.is_in(counted["text"], value_set=pa.array(open_, pa.string()))
    return [
        (row["text"], row["text_count"], row.get("amount_sum"))
        for row in counted.filter(is_open).to_pylist()
    ]
