"""Amounts and numbers as people write them, read a whole column at a time.

DuckDB casts the usual spellings; figures.py reads each distinct one of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column, contracts
from civic_metrics.intake.parsing.figures import (
    CREDIT,
    ELSEWHERE,
    ROUNDED,
    TIDIED,
    WHOLE,
    Kind,
    read_figure,
)
from civic_metrics.intake.parsing.values import Note, OneValue, Parsed, by_distinct, noted

MONEY = pa.decimal128(18, 2)
ARROW_TYPES = {
    "varchar": pa.string(),
    "date": pa.date32(),
    "decimal(18, 2)": MONEY,
    "double": pa.float64(),
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
}

_NUMBER = r"([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]+)?"
_USUAL = rf"-?{_NUMBER}"
_SPACED = r"([0-9]+|[0-9]{1,3}([, ][0-9]{3})+)([.][0-9]+)?"
_SIGN = "(£|€|[$]|GBP|EUR|USD)"
# A minus may also be brackets round the amount, or CR or - behind it.
_USUAL_MONEY = "|".join(
    (
        rf"-?{_SIGN}? ?{_SPACED}",
        rf"-?{_SPACED} ?{_SIGN}",
        rf"[(]{_SIGN}?{_SPACED}[)]",
        rf"{_SIGN}?{_SPACED} ?(CR|-)",
    )
)

# A failed cast is ten times as dear as a pattern that does not fit, so the pattern comes first.
# 18 decimals are enough to round once, half up, from what was written.
_MONEY_SQL = f"""
    -- one row per cell, in the order of the sheet
    with usual as (
        select
            text,
            ends_with(text, ')') or ends_with(text, '-') or ends_with(text, 'CR')
                as ends_in_credit,
            case
                when regexp_full_match(text, '{_USUAL}') then replace(text, ',', '')
                when not regexp_full_match(text, '{_USUAL_MONEY}') then null
                when ends_in_credit then '-' || regexp_replace(text, '[^0-9.]', '', 'g')
                when starts_with(text, '£') or starts_with(text, '-£')
                then replace(replace(replace(text, '£', ''), ',', ''), ' ', '')
                else regexp_replace(text, '[^-0-9.]', '', 'g')
            end as bare,
            length(bare) - coalesce(nullif(instr(bare, '.'), 0), length(bare)) as decimals,
        from texts
    )
    select
        try_cast(bare as decimal(18, 2)) as value,
        case when decimals > 2 then coalesce(value <> try_cast(bare as decimal(38, 18)), false)
            else false end as is_rounded,
        ends_in_credit and value is not null as is_credit,
        case
            when value is null or length(text) = length(bare) then null
            when contains(text, '£') or contains(text, 'GBP') then 'GBP'
            when contains(text, '€') or contains(text, 'EUR') then 'EUR'
            when contains(text, '$') or contains(text, 'USD') then 'USD'
        end as currency,
        coalesce(currency <> 'GBP', false) as is_elsewhere,
        value is not null
            and length(text) > length(bare)
            and not ends_in_credit
            and not is_elsewhere as is_tidied,
    from usual
"""
_NUMBER_SQL = f"""
    -- one row per cell, in the order of the sheet
    with usual as (
        select
            text,
            case when regexp_full_match(text, '{_USUAL}') then replace(text, ',', '') end as bare,
        from texts
    )
    select
        try_cast(bare as double) as value,
        value is not null and length(text) > length(bare) as is_tidied,
    from usual
"""

# A decimal comma shows itself beside groups of figures (1.234,50, 1.234.567), a decimal point
# by one or two figures after it, or by commas before it; outside money also by three.
_SURE_COMMA = r"[0-9][. ][0-9]{3},[0-9]{1,2}($|[^0-9])|[0-9][.][0-9]{3}[.][0-9]{3}"
_SURE_POINT = r"(^|[^.0-9])[0-9,]*[.][0-9]{1,2}($|[^0-9.,])"
_ANY_POINT = r"(^|[^.0-9])[0-9,]*[.][0-9]+($|[^0-9.,])"

_SAID = {
    TIDIED: "is_tidied",
    CREDIT: "is_credit",
    ELSEWHERE: "is_elsewhere",
    ROUNDED: "is_rounded",
}


def kind_of(column: Column) -> Kind:
    """What the column of figures holds."""
    if column.unit in ("gbp", "money"):
        return Kind.POUNDS if column.unit == "gbp" else Kind.MONEY
    if column.type == "integer":
        return Kind.WHOLE
    return Kind.SHARE if (column.minimum, column.maximum) == (0, 1) else Kind.NUMBER


def read_numbers(con: duckdb.DuckDBPyConnection, texts: pa.ChunkedArray, column: Column) -> Parsed:
    """Amounts to the penny, half up, with the currency a cell states; other numbers; shares also
    as per cent."""
    kind = kind_of(column)
    usual = _usual(con, texts, kind)
    commas = _decimal_commas(texts, texts.filter(_unread(usual["value"], texts)), kind)
    if not commas:
        return _read(usual, texts, texts, column)
    # The marks change places, so that what follows knows one way of writing only.
    pointed = _swapped(texts)
    parsed = _read(_usual(con, pointed, kind), pointed, texts, column)
    values = parsed.values[column.name]
    said = f"decimal comma read: {'1 value' if commas == 1 else f'{commas:,} values'} with one"
    changed = pc.and_(pc.match_substring(texts, ","), pc.is_valid(values))
    return replace(parsed, notes=_joined((*noted(said, changed, texts, values), *parsed.notes)))


def _usual(con: duckdb.DuckDBPyConnection, texts: pa.ChunkedArray, kind: Kind) -> pa.Table:
    """The cells in a usual spelling as numbers, and what was done to read them."""
    con.register("texts", pa.table({"text": texts}))
    usual = con.sql(_MONEY_SQL if kind.is_money else _NUMBER_SQL).to_arrow_table()
    con.unregister("texts")
    return usual


def _unread(values: pa.ChunkedArray, texts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.and_(pc.is_null(values), pc.is_valid(texts))


def _decimal_commas(texts: pa.ChunkedArray, unread: pa.ChunkedArray, kind: Kind) -> int:
    """Cells that only make sense with a decimal comma, where they outnumber those with a point;
    else 0."""
    commas = _count(unread, _SURE_COMMA)
    point = _SURE_POINT if kind.is_money else _ANY_POINT
    return commas if commas and commas > _count(texts, point) else 0


def _swapped(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """The texts with commas for points and points for commas."""
    for mark, by in ((",", "\0"), (".", ","), ("\0", ".")):
        texts = pc.replace_substring(texts, pattern=mark, replacement=by)
    return texts


def _count(texts: pa.ChunkedArray, pattern: str) -> int:
    return pc.sum(pc.match_substring_regex(texts, pattern=pattern)).as_py() or 0


def _read(
    usual: pa.Table, texts: pa.ChunkedArray, written: pa.ChunkedArray, column: Column
) -> Parsed:
    """The column with points before decimals; examples show it as written."""
    kind = kind_of(column)
    values = usual["value"]
    if kind is Kind.WHOLE:
        values = _whole(values)
    if kind is Kind.POUNDS:
        values = pc.if_else(usual["is_elsewhere"], pa.scalar(None, values.type), values)
    left = _unread(values, texts)
    currencies = usual["currency"] if kind.is_money else None
    faults, notes = {}, ()
    if pc.any(left).as_py():
        rest = _closer(pc.if_else(left, texts, pa.scalar(None, pa.string())), written, column, kind)
        values = pc.coalesce(values, rest.values[column.name].cast(values.type))
        if currencies is not None:
            in_pounds = pc.if_else(left, pa.scalar(None, pa.string()), currencies)
            currencies = pc.coalesce(in_pounds, rest.currencies)
        faults, notes = rest.faults, rest.notes
    for said, flag in _SAID.items():
        if flag in usual.column_names:
            notes += noted(said, pc.and_(usual[flag], pc.is_valid(values)), written, values)
    values = values.cast(ARROW_TYPES[column.sql_type])
    return Parsed({column.name: values}, faults, notes=_joined(notes), currencies=currencies)


def _whole(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The numbers without those that are not whole, or too large to be exact."""
    is_whole = pc.and_(
        pc.equal(values, pc.trunc(values)), pc.less_equal(pc.abs(values), float(WHOLE))
    )
    return pc.if_else(is_whole, values, pa.scalar(None, values.type))


def _closer(texts: pa.ChunkedArray, written: pa.ChunkedArray, column: Column, kind: Kind) -> Parsed:
    """The unusual spellings, each distinct one read by itself."""
    qualifier = _qualifier(column)
    figures = {
        text: read_figure(text, kind, qualifier)
        for text in pc.unique(texts).to_pylist()
        if text is not None
    }

    def read(text: str) -> OneValue:
        figure = figures[text]
        value = figure.value if kind.is_money or figure.value is None else float(figure.value)
        return OneValue(value, fault=figure.fault, note=figure.notes)

    of = MONEY if kind.is_money else pa.float64()
    parsed = by_distinct(texts, column.name, of, read, written=written)
    if not kind.is_money:
        return parsed
    stated = by_distinct(
        texts, column.name, pa.string(), lambda text: OneValue(figures[text].currency)
    )
    return replace(parsed, currencies=stated.values[column.name])


def _joined(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """One note for each thing said."""
    by_said: dict[str, Note] = {}
    for note in notes:
        other = by_said.get(note.said, Note(note.said, 0))
        examples = dict((*other.examples, *note.examples))
        by_said[note.said] = Note(note.said, other.count + note.count, tuple(examples.items())[:3])
    return tuple(by_said.values())


def _qualifier(column: Column) -> str | None:
    """The column beside this one that says "up to" or "about", where its table has one."""
    beside: Mapping[str, None] = {
        other.name: None
        for table in contracts().values()
        if column in table.columns
        for other in table.columns
    }
    stem = column.name.removesuffix("_gbp")
    return next((q for q in (f"{stem}_qualifier", "qualifier") if q in beside), None)
