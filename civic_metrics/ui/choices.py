"""What a person chooses to look at: period, theme, kind, partnership, place and figure.

Every choice lives in the address, so that a link opens the same view. An address asks for a
view; what it shows is decided by who is looking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from civic_metrics import compute
from civic_metrics.indicators import INDICATORS
from civic_metrics.model import Indicator, Viewer
from civic_metrics.periods import ACADEMIC_YEAR, year_bounds
from civic_metrics.ui import records
from civic_metrics.ui.text import plain

ALL_TIME, ALL_THEMES, ALL_KINDS = "All years", "All themes", "All kinds"


@dataclass(frozen=True)
class Chosen:
    """The filters of a view. `where` maps a split to the values kept."""

    year: str | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def start(self) -> date | None:
        """First day of the chosen year, or None for all years."""
        return year_bounds(ACADEMIC_YEAR, self.year)[0] if self.year else None

    @property
    def end(self) -> date | None:
        """Last day of the chosen year, or None for all years."""
        return year_bounds(ACADEMIC_YEAR, self.year)[1] if self.year else None

    def narrowed(self, **values: str | None) -> Chosen:
        """The same view of one partnership or place; of all of them where it is None."""
        more = tuple((split, (value,)) for split, value in values.items() if value is not None)
        return replace(self, where=(*self.where, *more))

    def where_for(self, indicator: Indicator) -> dict[str, Sequence[str]]:
        """The filters that make sense of an indicator."""
        return {split: values for split, values in self.where if split in indicator.splits}

    def unfiltered_for(self, indicator: Indicator) -> list[str]:
        """The filters that an indicator cannot be narrowed by, as they are called on screen."""
        return [split for split, _ in self.where if split not in indicator.splits]


def filters(viewer: Viewer, *, theme: bool = True, kind: bool = True) -> Chosen:
    """The one place of the filters; each lives in the address."""
    ledger = records.open_records()
    where: list[tuple[str, tuple[str, ...]]] = []
    with st.sidebar:
        st.subheader("Show")
        years = [ALL_TIME, *compute.years_recorded(ledger, viewer, ACADEMIC_YEAR)]
        year = st.selectbox(
            "Academic year (from 1 August)", years, key="period", bind="query-params"
        )
        if theme:
            themes = sorted(
                {row["theme"] for row in compute.records(ledger, viewer, "partnership_theme")}
            )
            picked = st.selectbox("Theme", [ALL_THEMES, *themes], key="theme", bind="query-params")
            if picked != ALL_THEMES:
                where.append(("theme", (picked,)))
        if kind:
            kinds = sorted(_kinds(viewer))
            picked = st.selectbox(
                "Kind of partner", [ALL_KINDS, *kinds], key="kind", bind="query-params"
            )
            if picked != ALL_KINDS:
                where.append(("kind", (picked,)))
    return Chosen(None if year == ALL_TIME else year, tuple(where))


def _kinds(viewer: Viewer) -> set[str]:
    known = compute.records(records.open_records(), viewer, "organisation")
    return {row["kind"] for row in known if row["kind"] and not row["is_home_university"]}


def choose_partnership(viewer: Viewer) -> str | None:
    """The partnership to look at, by identifier; None where there is none yet."""
    names = named(viewer, "partnership")
    if not names:
        st.info("No partnership has been loaded yet. Add your register on the Upload page.")
        st.stop()
    return _pick("Partnership", names, "partnership")


def choose_place(viewer: Viewer) -> str | None:
    """The place to look at, by code: one where partnerships work."""
    return _pick("Place", places_worked_in(viewer), "place")


def places_worked_in(viewer: Viewer) -> dict[str, str]:
    """Code -> name of the places where partnerships work; without any, what to do, and no more."""
    worked_in = {
        row["place"] for row in compute.records(records.open_records(), viewer, "footprint")
    }
    names = {code: name for code, name in named(viewer, "place").items() if code in worked_in}
    if not names:
        st.info("No partnership has a place yet. Add your partnerships' places on the Upload page.")
        st.stop()
    return names


def _pick(label: str, names: Mapping[str, str], key: str) -> str | None:
    """The identifier of the name chosen; the address holds the name."""
    shown = {identifier: label_of(identifier, names) for identifier in names}
    asked = st.query_params.get(key)
    if asked and asked not in shown.values():
        st.warning(
            f"This link asks for “{plain(asked)}”, which is not in the records shown here. "
            "Choose another below."
        )
    chosen = st.selectbox(
        label,
        sorted(shown.values(), key=str.casefold),
        key=key,
        bind="query-params",
    )
    return next((identifier for identifier, name in shown.items() if name == chosen), None)


def label_of(identifier: str, names: Mapping[str, str]) -> str:
    """The name a choice goes by: with its identifier where two have the same name."""
    name = names[identifier]
    twins = sum(1 for other in names.values() if other == name)
    return name if twins == 1 else f"{name} ({identifier})"


def named(viewer: Viewer, table: str) -> dict[str, str]:
    """Identifier -> name of what the viewer may see; a person is never listed by name."""
    key = compute.NAMED_TABLES[table]
    rows = compute.records(records.open_records(), viewer, table)
    return {row[key]: "an individual" if row.get("is_individual") else row["name"] for row in rows}


def choose_indicator(split: str | None = None) -> Indicator:
    """The figure to look at, among those that can be split so."""
    names = {
        indicator.name: indicator
        for indicator in INDICATORS.values()
        if split is None or split in indicator.splits
    }
    chosen = st.selectbox("Figure", list(names), key="figure", bind="query-params")
    return names[chosen]
