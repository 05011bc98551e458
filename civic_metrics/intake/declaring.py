"""What a person says of a whole file, and what that does to its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Contract
from civic_metrics.intake.names.answers import Answers
from civic_metrics.ledger.batch import ReadAs, Whole

WITH_VAT, WITHOUT_VAT = "with VAT", "without VAT"
INVOICE_DATE = "invoice date"


@dataclass(frozen=True)
class Declared:
    """What is said once of a file.

    `complete_to` is the day it was taken; `source` what it goes on from; `amounts` whether they
    are with or without VAT; `received_when_invoiced` lets the invoice date stand for the receipt
    date of every row; `whole` that it is all there is; `answers` what the names and codes are that
    the records do not know. `totals_kept` are rows, by sheet and number, that look like
    totals and are not; `edits` cells mended before loading, by row number and heading; `left_out`
    the further tables of a sheet that are not wanted.
    """

    complete_to: date | None = None
    source: str | None = None
    create_missing: bool = False
    amounts: str | None = None
    received_when_invoiced: bool = False
    whole: Whole | None = None
    answers: Answers = field(default_factory=dict)
    totals_kept: frozenset[tuple[str, int]] = frozenset()
    edits: Mapping[tuple[int, str], str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def in_words(self) -> dict[str, str]:
        """What was said, for the history of the records."""
        said = {
            "amounts": self.amounts,
            "receipt": INVOICE_DATE if self.received_when_invoiced else None,
            "names": "added without details" if self.create_missing else None,
        }
        return {about: what for about, what in said.items() if what}

    @classmethod
    def from_words(
        cls, said: Mapping[str, str], *, complete_to: date | None, source: str | None
    ) -> Declared:
        """What was said of a file before, for rows of it that come again."""
        return cls(
            complete_to=complete_to,
            source=source,
            create_missing="names" in said,
            amounts=said.get("amounts"),
            received_when_invoiced="receipt" in said,
        )

    def dated(self, complete_to: date | None, source: str | None) -> Declared:
        """The same with the day it is complete to and what it goes on from."""
        return replace(self, complete_to=complete_to, source=source)


def with_declared(
    typed: pa.Table, contract: Contract, declared: Declared
) -> tuple[pa.Table, list[ReadAs]]:
    """The typed rows as the declarations have them, and what that changed."""
    if contract.name != "payment":
        return typed, []
    notes: list[ReadAs] = []
    there = set(typed.column_names)
    if declared.received_when_invoiced and "received_on" not in there and "invoiced_on" in there:
        typed = _put(typed, "received_on", typed["invoiced_on"])
        typed = _put(typed, "receipt_taken_from", _same(INVOICE_DATE, typed.num_rows))
        number = typed.num_rows - typed["invoiced_on"].null_count
        notes.append(ReadAs("received_on", "taken from the invoice date", number))
    if declared.amounts and "amount" in there:
        holds = declared.amounts
        if holds == WITHOUT_VAT and "vat" in there and not typed["vat"].null_count:
            with_vat = pc.add_checked(typed["amount"], typed["vat"])
            typed = _put(typed, "amount", with_vat.cast(typed["amount"].type))
            notes.append(ReadAs("amount", "VAT added to it", typed.num_rows))
            holds = WITH_VAT
        typed = _put(typed, "amount_is", _same(holds, typed.num_rows))
    return typed, notes


def _put(typed: pa.Table, name: str, values: pa.ChunkedArray | pa.Array) -> pa.Table:
    if name in typed.column_names:
        return typed.set_column(typed.column_names.index(name), name, values)
    return typed.append_column(name, values)


def _same(value: str, size: int) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.string()), size)
