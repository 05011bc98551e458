"""Currencies as people write them -> their ISO 4217 codes."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.contracts import Column
from civic_metrics.intake.parsing.values import Fault, OneValue, Parsed, by_distinct, noted

POUNDS, NOT_KNOWN = "GBP", "XXX"
# ISO 4217, active codes (2024), with XXX for one that is not known.
CODES = frozenset({
    "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD",
    "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
    "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ",
    "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
    "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR",
    "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
    "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
    "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR",
    "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB",
    "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS",
    "VES", "VND", "VUV", "WST", "XAF", "XCD", "XOF", "XPF", "XXX", "YER", "ZAR", "ZMW", "ZWG",
})  # fmt: skip
# A bare $ is the dollar of the United States here; the others say whose they are.
SIGNS = {
    "£": POUNDS, "€": "EUR", "$": "USD", "US$": "USD", "C$": "CAD", "CA$": "CAD", "A$": "AUD",
    "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "₹": "INR", "¥": "JPY", "₦": "NGN",
}  # fmt: skip
CODE_OF = SIGNS | {code: code for code in sorted(CODES)}


def read_currencies(texts: pa.ChunkedArray, column: Column) -> Parsed:
    """ISO currency codes in capitals; £ is GBP."""

    def read(text: str) -> OneValue:
        code = CODE_OF.get(text.upper())
        if code is not None:
            return OneValue(code, note="" if code == text else "written as its code")
        fix = "Write the three-letter code; XXX where the currency is not known."
        return OneValue(fault=Fault("a currency code such as GBP or EUR", fix))

    return by_distinct(texts, column.name, pa.string(), read)


def with_stated(given: Parsed | None, stated: pa.ChunkedArray, name: str) -> Parsed | None:
    """The currency of every row: that of its column, or what the cell with the amount states.

    The cell counts where the column is empty or XXX; where both name one and differ, the row is
    a fault. None where there is no column and no cell states one.
    """
    nothing = pa.scalar(None, pa.string())
    column = given.values[name] if given else pc.if_else(pc.is_valid(stated), nothing, nothing)
    if given is None and not pc.any(pc.is_valid(stated)).as_py():
        return None
    own = pc.if_else(pc.equal(column, NOT_KNOWN), nothing, column)
    taken = pc.and_(pc.is_null(own), pc.is_valid(stated))
    values = pc.if_else(taken, stated, column)
    differ = pc.fill_null(pc.not_equal(own, stated), False)
    fault = Fault(
        "the currency that stands with the amount", "Correct the currency or the amount's sign."
    )
    faults = dict.fromkeys(pc.indices_nonzero(differ).to_pylist(), fault)
    notes = noted("taken from the cell with the amount", taken, column, values)
    if given is None:
        return Parsed({name: values}, faults, notes=notes)
    return Parsed({name: values}, {**faults, **given.faults}, given.warnings, given.notes + notes)
