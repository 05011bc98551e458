"""Rules of payments: their dates in order, days to pay, amounts. Numbers come from limits.py."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

import duckdb
import pyarrow as pa

from civic_metrics.contracts import Contract
from civic_metrics.intake.checking.limits import Against
from civic_metrics.intake.checking.rules import Finding, Rule
from civic_metrics.intake.parsing.values import Fault
from civic_metrics.ledger.batch import Severity

# The stages of a payment in the order they come, as a person names the day.
STAGES = {
    "worked_on": "the day of the work",
    "invoiced_on": "the date on the invoice",
    "received_on": "the day it was received",
    "approved_on": "the day it was approved",
    "paid_on": "the day it was paid",
}
# What can only come after, beside the stages.
LATER = (("received_on", "returned_on"), ("invoiced_on", "due_on"))
LATER_SAID = {
    "returned_on": "the day it was sent back",
    "due_on": "the day it falls due",
}
# Below this many amounts the middle half of them says little about the rest.
ROWS_FOR_A_RANGE = 20
# Where half of the amounts are alike (a fee), a doubling is taken as the spread.
LEAST_SPREAD = 2.0


def payment_rules(contract: Contract, given: Collection[str], against: Against) -> Iterator[Rule]:
    """The rules of one payment line.

    Where the file gives only the day received or only the day paid, the other is the one that
    the records hold of the same line.
    """
    either = [name for name in ("received_on", "paid_on") if name in given]
    received, paid = (
        name if name in given else f"recalled_{name}" for name in ("received_on", "paid_on")
    )
    if either:
        if "received_or_paid" in contract.rules:
            yield _received_or_paid(either, received, paid)
        if "paid_after_received" in contract.rules:
            yield from _paid_after_received(given, either, received, paid)
        yield from _slow(given, either, received, paid, against)
    yield from _in_order(given)
    if "amount" in given:
        yield from _amounts(given)


def _received_or_paid(either: list[str], received: str, paid: str) -> Rule:
    fault = Fault(
        "a day received or a day paid, or both",
        "Fill in one of the two dates; leave the row out if it was never sent in.",
    )
    neither = f"{received} is null and {paid} is null"
    return Rule(neither, either[0], fault, Severity.ERROR, tuple(either[1:]))


def _paid_after_received(
    given: Collection[str], either: list[str], received: str, paid: str
) -> Iterator[Rule]:
    """Wrong for supply with no agreed advance; else it is paid in advance, and said."""
    kind = "kind" if "kind" in given else "recalled_kind"
    agreed = "is_advance_agreed" if "is_advance_agreed" in given else "recalled_is_advance_agreed"
    expected = "paid on or after the day it was received"
    wrong = Fault(expected, "Correct one of the dates, or mark the row as an agreed advance.")
    advance = Fault(expected, "Nothing to do if it is right: it is shown as paid in advance.")
    is_wrong = f"coalesce({kind} = 'supply' and {agreed} is not true, false)"
    column, beside, said = _told(either, received, paid)
    early = f"{paid} < {received}"
    yield Rule(f"{early} and {is_wrong}", column, wrong, Severity.ERROR, beside, said)
    yield Rule(f"{early} and not {is_wrong}", column, advance, Severity.WARNING, beside, said)


def _told(either: list[str], received: str, paid: str) -> tuple[str, tuple[str, ...], str | None]:
    """The column to name, the one beside it, and what the records say where the file does not."""
    if len(either) == 2:
        return "paid_on", ("received_on",), None
    (own,) = either
    word, recalled = ("received", received) if own == "paid_on" else ("paid", paid)
    return own, (), f"'{word} ' || {recalled} || ' in the records'"


def _slow(
    given: Collection[str], either: list[str], received: str, paid: str, against: Against
) -> Iterator[Rule]:
    """Days from receipt to payment (from the invoice's date where no receipt is given)."""
    column, beside, said = _told(either, received, paid)
    since = "receipt"
    if "received_on" not in given and against.standing is None and "invoiced_on" in given:
        received, since, beside, said = "invoiced_on", "the invoice", ("invoiced_on",), None
    for limit in against.values("days_to_pay_most"):
        fault = Fault(
            f"paid within {limit.value:g} days of {since}", "Kept as it is: is the year right?"
        )
        slow = f"{paid} - {received} > {limit.value} and {limit.sql(received)}"
        yield Rule(slow, column, fault, Severity.WARNING, beside, said)


def _in_order(given: Collection[str]) -> Iterator[Rule]:
    """Each stage on or after the one before it; paid before received has its own rule."""
    stages = [name for name in STAGES if name in given]
    pairs = [pair for pair in pairwise(stages) if pair != ("received_on", "paid_on")]
    pairs += [(before, after) for before, after in LATER if {before, after} <= set(given)]
    said = STAGES | LATER_SAID
    for before, after in pairs:
        fault = Fault(
            f"{said[after]} on or after {said[before]}",
            "Kept as it is: correct one of the dates if it is a slip.",
        )
        early = f"{after} < {before}"
        if after == "approved_on" and "paid_on" in given:  # told as paid in advance
            early += " and not coalesce(paid_on < received_on, false)"
        yield Rule(early, after, fault, Severity.WARNING, (before,))


def _amounts(given: Collection[str]) -> Iterator[Rule]:
    credit = Fault(
        "an amount of 0 or more, unless it is a credit note",
        "Nothing to do if it is one: it is kept as a credit note and shown apart.",
    )
    yield Rule("amount < 0", "amount", credit)
    nothing = Fault(
        "an amount other than 0",
        "Kept as it is: fill in the amount, or leave the row out if nothing was due.",
    )
    yield Rule("amount = 0", "amount", nothing)
    if "vat" in given:
        fault = Fault(
            "VAT no greater than the amount, which includes it",
            "Kept as it is: correct the VAT, or give the amount with VAT.",
        )
        yield Rule("abs(vat) > abs(amount)", "vat", fault, Severity.WARNING, ("amount",))


def far_outside(
    con: duckdb.DuckDBPyConnection, contract: Contract, given: Collection[str], against: Against
) -> Iterator[Finding]:
    """Amounts far from the middle half of the file's own, by currency.

    On a log scale the distance between the quartiles is the spread; far is more than so many
    spreads beyond a quartile (Tukey 1977, the outer fence of a box plot, where it is three). A
    file of fewer than 20 amounts says nothing.
    """
    spreads = against.at("amount_outside_range_ratio")
    if spreads is None or "amount" not in given:
        return
    outside = con.execute(
        """
        -- one row per currency with an amount far outside its range
        with quartiles as (
            select currency, quantile_disc(abs(amount), [0.25, 0.75]) as ends,
            from whole
            where amount <> 0
            group by currency
            having count(*) >= $fewest
        ),
        fences as (
            select
                currency,
                ends,
                pow(greatest(ends[2] / ends[1], $least), $spreads) as reach,
            from quartiles
        )
        select fences.currency, ends, list(_n order by _n),
        from whole
        join fences on whole.currency is not distinct from fences.currency
        where
            amount <> 0
            and abs(amount)::double not between ends[1] / reach and ends[2] * reach
        group by all
        order by fences.currency nulls first
        """,
        {"fewest": ROWS_FOR_A_RANGE, "least": LEAST_SPREAD, "spreads": spreads},
    ).fetchall()
    for currency, (low, high), places in outside:
        sign = {"GBP": "£", None: "", "XXX": ""}.get(currency, f"{currency} ")
        fault = Fault(
            f"an amount like the others: half of them are from {sign}{low:,} to {sign}{high:,}",
            "Kept as it is: check the decimal point, and that it is not a total of other rows.",
        )
        yield Finding("amount", fault, places=pa.array(places, pa.int64()))
