"""Amounts and numbers as people write them, coerced by DuckDB a whole column at a time."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column
from civic_metrics.intake.values import Fault, Parsed

MONEY = pa.decimal128(18, 2)
ARROW_TYPES = {
    "varchar": pa.string(),
    "date": pa.date32(),
    "decimal(18, 2)": MONEY,
    "double": pa.float64(),
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
}

# Whole numbers up to here are exact in the double they pass through.
WHOLE = 2**53

# A number as plain text; a grouped one must have its commas every three figures, so that a
# decimal comma (1,50) is asked about and not read as 150.
_PLAIN = r"[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)(E[-+]?[0-9]{1,3})?"
_GROUPED = r"[-+]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]*)?"


def _digits(signs: str) -> str:
    """SQL: the cells without signs, commas and brackets, as `tidied`; null where no number."""
    blanks = r"[\s\x{00A0}\x{2009}\x{202F}]"
    return rf"""
    -- one row per cell, in the order of the sheet
    with cells as (
        select text, regexp_full_match(text, '-?[0-9]+([.][0-9]+)?') as is_plain,
        from texts
    ),
    bare as (
        select
            text,
            is_plain,
            case
                when not is_plain then upper(
                    regexp_replace(replace(text, '−', '-'), '(?i){blanks}|{signs}', '', 'g')
                )
            end as tidied,
        from cells
    ),
    signed as (
        select
            text,
            is_plain,
            case
                when is_plain then text
                when regexp_full_match(tidied, '[(][^-()]+[)]') then '-' || tidied[2:-2]
                when regexp_full_match(tidied, '[^-]+CR') then '-' || tidied[:-3]
                when regexp_full_match(tidied, '[^-]+-') then '-' || tidied[:-2]
                when regexp_full_match(tidied, '.+DR') then tidied[:-3]
                else tidied
            end as tidied,
        from bare
    ),
    digits as (
        select
            text,
            is_plain,
            case
                when is_plain or regexp_full_match(tidied, '{_PLAIN}') then tidied
                when regexp_full_match(tidied, '{_GROUPED}') then replace(tidied, ',', '')
            end as tidied,
        from signed
    )
    """


# 18 decimals are enough to round once, half up, from what was written.
_MONEY_SQL = (
    _digits("£|GBP")
    + """
    select
        try_cast(try_cast(tidied as decimal(38, 18)) as decimal(18, 2)) as value,
        text is not null and value is null as is_fault,
        coalesce(value <> try_cast(tidied as decimal(38, 18)), false) as is_rounded,
        coalesce(not is_plain and value is not null, false) as is_tidied,
    from digits
    """
)


def _number_sql(*, is_share: bool, is_whole: bool) -> str:
    """SQL: the cells as numbers; per cent only of a share."""
    return (
        _digits("%" if is_share else " ")
        + f"""
    select
        try_cast(tidied as double) / if({is_share} and text like '%!%' escape '!', 100, 1)
            as value,
        text is not null
            and (
                value is null
                or isinf(value)
                or ({is_whole} and (value <> trunc(value) or abs(value) > {WHOLE}))
            ) as is_fault,
        false as is_rounded,
        coalesce(not is_plain and value is not null, false) as is_tidied,
    from digits
    """
    )


def read_numbers(con: duckdb.DuckDBPyConnection, texts: pa.ChunkedArray, column: Column) -> Parsed:
    """Amounts to the penny, half up; other numbers; shares also as per cent."""
    is_money = column.sql_type == "decimal(18, 2)"
    is_whole = column.type == "integer"
    is_share = (column.minimum, column.maximum) == (0, 1)
    con.register("texts", pa.table({"text": texts}))
    sql = _MONEY_SQL if is_money else _number_sql(is_share=is_share, is_whole=is_whole)
    read = con.sql(sql).to_arrow_table()
    con.unregister("texts")
    faulty = read["is_fault"]
    values = read["value"]
    if is_whole:
        values = pc.if_else(faulty, pa.scalar(None, values.type), values).cast(pa.int64())
    faults = {}
    if pc.any(faulty).as_py():
        places = pc.indices_nonzero(faulty)
        found = texts.take(places).to_pylist()
        faults = {
            at: _number_fault(text, is_money=is_money, is_whole=is_whole, is_share=is_share)
            for at, text in zip(places.to_pylist(), found, strict=True)
        }
    counts = (
        ("rounded to the penny", pc.sum(read["is_rounded"]).as_py() or 0),
        ("read as a number without its signs and commas", pc.sum(read["is_tidied"]).as_py() or 0),
    )
    kind = ARROW_TYPES[column.sql_type]
    return Parsed(
        values={column.name: values.cast(kind)},
        faults=faults,
        notes=tuple(note for note in counts if note[1]),
    )


def _number_fault(text: str, *, is_money: bool, is_whole: bool, is_share: bool) -> Fault:
    """What to do about a text that is no number of the kind."""
    if is_money and any(sign in text.upper() for sign in ("€", "$", "EUR", "USD")):
        return Fault(
            "an amount as a number alone",
            "Put the currency's code in a currency column and only the number here.",
        )
    if "," in text and any(letter.isdigit() for letter in text):
        return Fault(
            "a number with a point before its decimals, such as 1,234.50",
            "Write the number with a decimal point.",
        )
    if is_money:
        return Fault(
            "an amount such as 1234.50",
            "Put in the amount, or leave the row out until it is known.",
        )
    if is_whole:
        return Fault("a whole number", "Correct the number, or leave the cell empty.")
    example = "a share such as 0.4 or 40%" if is_share else "a number such as 12.5"
    return Fault(example, "Correct the number, or leave the cell empty.")
