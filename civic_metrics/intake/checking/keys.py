"""What makes a row itself: its key, rows that share one, and numbers for rows without any."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Contract

# What tells the lines of one invoice apart, the most telling first: the order of the lines.
DESCRIBES_A_LINE = (
    "amount",
    "partnership",
    "worked_on",
    "kind",
    "vat",
    "currency",
    "on_behalf_of",
    "payee_role",
    "credits",
)


@dataclass(frozen=True)
class Conflict:
    """Rows that share a key and do not say the same, and the columns in which they differ."""

    places: tuple[int, ...]
    differing: tuple[str, ...]


def number_the_unnumbered(con: duckdb.DuckDBPyConnection, typed: pa.Table) -> pa.Table:
    """Payments with neither invoice nor payment number get one made from what they say.

    `no number <8 hex> <n>`: the hash is over payee, amount and the days the claim began with
    (worked, invoiced, received; the day paid only where there is none of those), so that the
    number stays when a later extract fills in the rest; n counts rows that are alike.
    """
    there = set(typed.column_names)
    con.register("unnumbered", typed)

    def text(name: str) -> str:
        return f"coalesce({name}::varchar, '')" if name in there else "''"

    began = [name for name in ("worked_on", "invoiced_on", "received_on") if name in there]
    first = f"coalesce({', '.join(began)})" if began else "null"
    paid = f"case when {first} is null then {text('paid_on')} else '' end"
    said = " || '|' || ".join([text("payee"), text("amount"), *map(text, began), paid])
    nameless = " and ".join(
        f"{name} is null" for name in ("invoice_ref", "payment_ref") if name in there
    )
    made = con.sql(
        f"""
        -- one row per payment with no number of its own
        with hashed as (
            select _n, left(sha256({said}), 8) as hash,
            from unnumbered
            where {nameless or "true"}
        )
        select
            _n,
            'no number ' || hash || ' ' || row_number() over (partition by hash order by _n)
                as invoice_ref,
        from hashed
        """
    ).to_arrow_table()
    if made.num_rows:
        con.register("made", made)
        own = "unnumbered.invoice_ref" if "invoice_ref" in there else "null"
        rest = "exclude (invoice_ref)" if "invoice_ref" in there else ""
        typed = con.sql(
            f"""
            -- one row per payment
            select unnumbered.* {rest}, coalesce(made.invoice_ref, {own}) as invoice_ref,
            from unnumbered
            left join made using (_n)
            order by _n
            """
        ).to_arrow_table()
        con.unregister("made")
    con.unregister("unnumbered")
    return typed


def number_the_lines(
    con: duckdb.DuckDBPyConnection, typed: pa.Table, contract: Contract
) -> tuple[pa.Table, int]:
    """The payments with `line 2` to `line n` where a file gives an invoice in several rows and
    no line numbers, and how many rows that is.

    Finance exports are like that. Rows of one payee, invoice and payment number are its lines
    where something that describes a line tells them apart (the amount, partnership, day of the
    work, kind, VAT …) and all else, above all every other date, is the same in all of them. Rows
    of the same description that differ in anything else are one line told twice (unpaid, then
    paid): those are left as they are, to be set aside by `conflicts`, and so is an invoice one of
    whose amounts could not be read. Lines are numbered in the order of what describes them, so
    that another order of the rows gives the same numbers; rows alike get the same number, and
    count once.
    """
    there = typed.column_names
    key = [name for name in contract.key if name in there and name != "line_ref"]
    numbers = [name for name in key if name.endswith("_ref")]
    if "line_ref" not in contract.key or "amount" not in there or not numbers:
        return typed, 0
    describing = [name for name in DESCRIBES_A_LINE if name in there]
    alike = [name for name in there if name not in {"_n", "line_ref", *key, *describing}]
    unnumbered = " and count(line_ref) = 0" if "line_ref" in there else ""
    needed = [name for name in key if contract.column(name).required]
    readable = " and ".join(f"{name} is not null" for name in needed) or "true"
    con.register("payments", typed)
    con.execute(
        f"""
        -- one row per row of an invoice that has several and no line numbers
        create or replace temp table several as
        with coded as (
            select _n, hash({", ".join(key)}) as code,
            from payments
            where coalesce({", ".join(numbers)}) is not null and {readable}
        ),
        shared as (select code from coded group by code having count(*) > 1)
        select payments.*
        from payments
        where _n in (select _n from coded where code in (select code from shared))
        """
    )
    lines = con.sql(
        f"""
        -- one row per line that gets a number
        with invoices as (
            select {", ".join(key)},
            from several
            group by all
            having
                count(distinct {_row(describing)}) > 1
                and count(distinct {_row(alike)}) = 1
                and count(amount) = count(*){unnumbered}
        )
        select
            _n,
            -- the first keeps none: an invoice of one row has none either, and may grow
            nullif(
                'line ' || dense_rank() over (
                    partition by {", ".join(f"several.{name}" for name in key)}
                    order by {", ".join(f"several.{name} nulls last" for name in describing)}
                ),
                'line 1'
            ) as line_ref,
        from several
        join invoices on {_same("several", "invoices", key)}
        order by _n
        """
    ).to_arrow_table()
    con.unregister("payments")
    if not lines.num_rows:
        return typed, 0
    return _with_lines(typed, lines), lines.num_rows


def _with_lines(typed: pa.Table, lines: pa.Table) -> pa.Table:
    """The rows with their line numbers; those without keep none."""
    at = pc.index_in(typed["_n"], value_set=lines["_n"])
    made = lines["line_ref"].combine_chunks().take(at.combine_chunks())
    if "line_ref" in typed.column_names:
        place = typed.column_names.index("line_ref")
        return typed.set_column(place, "line_ref", pc.coalesce(typed["line_ref"], made))
    return typed.append_column("line_ref", made)


def _row(names: Collection[str]) -> str:
    """SQL: the values as one, so that a missing one is a value like another."""
    return f"row({', '.join(names)})" if names else "1"


def _same(one: str, other: str, names: Collection[str]) -> str:
    """SQL: whether both have the same values, missing ones included."""
    return " and ".join(f"{one}.{name} is not distinct from {other}.{name}" for name in names)


def conflicts(
    con: duckdb.DuckDBPyConnection,
    contract: Contract,
    typed: pa.Table,
    in_error: Collection[int],
    faulty: Collection[tuple[int, str]],
) -> tuple[list[int], list[Conflict]]:
    """Places of rows that repeat an earlier one, and rows that share a key but differ.

    A row whose key could not be read shares none. A row that is wrong elsewhere differs from
    a good one of its key: neither is loaded until a person says which is right.
    """
    key = [name for name in contract.key if name in typed.column_names]
    unread = sorted({place for place, name in faulty if name in contract.key})
    con.register("typed", typed)
    con.register("unread", pa.table({"_n": pa.array(unread, pa.int64())}))
    con.register("in_error", pa.table({"_n": pa.array(sorted(in_error), pa.int64())}))
    values = [name for name in typed.column_names if name != "_n" and name not in key]
    differs = "".join(
        f"count(distinct {name}) + (count({name}) < count(*) and count({name}) > 0)::int > 1, "
        for name in values
    )
    con.execute(
        f"""
        -- one row per row of the sheet that shares its key with another
        create or replace temp table sharing as
        with coded as (
            select _n, hash({", ".join(key)}) as code,
            from typed
            where _n not in (select _n from unread)
        ),
        shared as (select code from coded group by code having count(*) > 1)
        select typed.*, typed._n in (select _n from in_error) as is_wrong,
        from typed
        where _n in (select _n from coded where code in (select code from shared))
        """
    )
    groups = con.execute(
        f"""
        -- one row per key that several rows share
        select
            list(_n order by _n),
            bool_and(is_wrong),
            bool_or(is_wrong),
            [{differs}],
        from sharing
        group by {", ".join(key)}
        having count(*) > 1
        order by min(_n)
        """
    ).fetchall()
    for name in ("typed", "unread", "in_error"):
        con.unregister(name)
    repeated: list[int] = []
    found: list[Conflict] = []
    for places, all_wrong, any_wrong, flags in groups:
        differing = tuple(name for name, flag in zip(values, flags, strict=True) if flag)
        if differing or (any_wrong and not all_wrong):
            found.append(Conflict(tuple(places), differing))
        elif not any_wrong:
            repeated += places[1:]
    return repeated, found


def key_texts(typed: pa.Table, contract: Contract, places: list[int]) -> dict[int, tuple[str, ...]]:
    """The key of each of the rows as text, in the contract's order; a missing part is ''."""
    chosen = typed.take(pa.array(places, pa.int64()))
    parts = [
        [str(value) if value is not None else "" for value in chosen[name].to_pylist()]
        if name in chosen.column_names
        else [""] * len(places)
        for name in contract.key
    ]
    return dict(zip(places, zip(*parts, strict=True), strict=True))
