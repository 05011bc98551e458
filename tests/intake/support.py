"""Small sheets for the intake tests, and what the records know in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from civic_metrics.contracts import contract
from civic_metrics.intake import Declared, Known, match, read, stage
from civic_metrics.intake.checking.limits import Against, Limit
from civic_metrics.ledger.batch import Staged

TODAY = date(2024, 6, 30)
KNOWN = Known(
    names={
        "organisation": (
            ("org-a", "Ashby Food Bank Ltd"),
            ("org-b", "Burton & District Youth"),
            ("org-c1", "The Hub"),
            ("org-c2", "The Hub"),
        ),
        "partnership": (("P1", "Healthy Streets"), ("P2", "Reading Rooms")),
        "place": (("E08000003", "Manchester"), ("E08000039", "Sheffield")),
    },
    successors={"E08000019": "E08000039"},
    today=TODAY,
)

LIMITS = {"hours_in_a_day_most": (Limit(None, None, 24),)}


def staged(
    table: str,
    text: str,
    *,
    known: Known = KNOWN,
    constants: Mapping[str, str] | None = None,
    chosen: Mapping[str, str] | None = None,
    create_missing: bool = False,
) -> Staged:
    """The CSV text staged for the table."""
    (sheet,) = read(text.encode(), "file.csv")
    layout = contract(table)
    matching = match(sheet, layout, chosen, constants)
    declared = Declared(create_missing=create_missing)
    return stage(sheet, layout, matching, known, declared, Against(known.today, LIMITS))


def payments(*rows: str, header: str = "payee,invoice_ref,received_on,paid_on,amount") -> Staged:
    """Payments staged from CSV rows."""
    return staged("payment", "\n".join((header, *rows)) + "\n")


def column(result: Staged, name: str) -> Sequence[object]:
    """The values of one loaded column."""
    return result.rows[name].to_pylist()


def problems(result: Staged) -> list[tuple[int | None, str | None, str | None]]:
    """Row, column and finding of every error."""
    return [(p.row, p.column, p.found) for a in result.set_aside for p in a.problems]


def adds_up(result: Staged) -> bool:
    """Whether every row read is accounted for, once."""
    parts = result.rows.num_rows + result.repeated + len(result.set_aside)
    return result.rows_read == parts + sum(result.excluded.values())
