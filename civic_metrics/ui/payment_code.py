"""Which award of the Fair Payment Code the payments of a view would reach, and on what it rests."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from civic_metrics import words
from civic_metrics.estimators.fair_payment_code import AWARD_SHARE, Award, Band, band
from civic_metrics.indicators import INDICATORS
from civic_metrics.model import Row, Unit, Viewer
from civic_metrics.ui import figures
from civic_metrics.ui.choices import Chosen

# The three shares an award rests on: all within 30 days, all within 60, small payees within 30.
SHARES = ("paid_within_30_days", "paid_within_60_days", "small_paid_within_30_days")
_REACHED = {
    Award.GOLD: "**Gold** would be reached",
    Award.SILVER: "**Silver** would be reached",
    Award.BRONZE: "**Bronze** would be reached",
    Award.NONE: "**No award** would be reached",
    Award.NOT_ASSESSABLE: "**Not assessable**",
}


def fair_payment_code(viewer: Viewer, chosen: Chosen) -> None:
    """The award reached by payments to everyone in the view, with its three shares and source."""
    st.header("Which award of the Fair Payment Code would this reach?")
    results = [figures.answer(viewer, INDICATORS[name], chosen) for name in SHARES]
    all_in_30, all_in_60, small_in_30 = (result.only for result in results)
    found = band(
        within_30=all_in_30.figure.value,
        within_60=all_in_60.figure.value,
        small_within_30=small_in_30.figure.value,
    )
    st.write(said(found))
    as_of, source = results[0].as_of, INDICATORS["paid_within_60_days"]
    if as_of is None or not all_in_60.figure.n:
        return
    st.dataframe(
        pd.DataFrame([_line(result.indicator.name, result.only) for result in results]),
        hide_index=True,
        width="stretch",
        alt="Table: the shares an award of the Fair Payment Code rests on",
        key="table-fair-payment-code",
    )
    if reasons := words.left_out(small_in_30, "payments"):
        st.caption(f"Left out of the share of small payees: {'; '.join(reasons)}.")
    st.caption(
        "Payments made to everyone in this view, partners or not: the Code counts all suppliers. "
        "An award is given to a whole organisation that asks for one, for all that it pays; one "
        f"part of it, or these records, can only say where it stands. {_narrowed(chosen)}"
        f"As at {words.date_words(as_of)}. Inside the university, {figures.NOT_FOR_PUBLICATION}."
    )
    st.caption(
        "Source: Fair Payment Code, smallbusinesscommissioner.gov.uk/fpc/faqs, launched in "
        f"December 2024; checked on {words.date_words(source.checked_on)}."
    )


def said(found: Band) -> str:
    """The award in a sentence, with the reason: "Silver would be reached: at least 95% of …"."""
    return f"{_REACHED[found.award]}: {found.words}."


def _line(name: str, row: Row) -> dict[str, str]:
    return {
        "Share": name,
        "Value": words.short(row.figure.value, Unit.SHARE),
        "Likely range": figures.range_of(row, Unit.SHARE),
        "Asked for": words.short(AWARD_SHARE, Unit.SHARE),
        "Rests on": words.count(row.figure.n, "payments"),
        "What to know": row.figure.note or "",
    }


def _narrowed(chosen: Chosen) -> str:
    """Which of the filters narrow this, in a sentence; nothing where none does."""
    narrowing = [chosen.year] if chosen.year else []
    narrowing += [value for _, values in chosen.where for value in values]
    return f"Narrowed here to: {', '.join(map(str, narrowing))}. " if narrowing else ""
