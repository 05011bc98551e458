"""Everything about places: the map of them, and one of them in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from civic_metrics import charts, words
from civic_metrics.model import Indicator, Row, Unit, Viewer
from civic_metrics.ui import figures
from civic_metrics.ui.choices import Chosen, label_of, named
from civic_metrics.ui.details import rows_of
from civic_metrics.ui.overview import indicator_not_narrowed
from civic_metrics.ui.text import plain

FEWEST_FOR_A_MAP = 4
_MAP = "map-of-places"


def map_of_places(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    """Every place by the figure: a map of hexagons, or a ranked table where there are few."""
    result = figures.answer(
        viewer,
        indicator,
        chosen,
        by=("place",),
        people=figures.people_of(viewer, indicator).filter,
    )
    by_code = {row.keys[0]: row for row in result.rows if row.keys[0] is not None}
    drawn = districts_around(rows_of(viewer, "place"), by_code)
    on_the_map = [place for place in drawn if place["place_code"] in by_code]
    st.write(indicator.question)
    if ignored := indicator_not_narrowed(indicator, chosen):
        st.caption(ignored)
    if len(on_the_map) < FEWEST_FOR_A_MAP:
        st.caption("A map is drawn from four places on; until then they are listed.")
        figures.show_table(charts.ranked(result), key="places", heads=["Place"])
        return
    shown, table = st.tabs(["Map", "Table"], key="tabs-places")
    with shown:
        left, right = st.columns(2, gap="large")
        with left:
            _clickable(viewer, drawn, by_code, indicator)
        with right:
            figures.chart(charts.ranking(result), alt=charts.describe(result), key="ranking")
    with table:
        figures.show_table(charts.ranked(result), key="places", heads=["Place"])


def districts_around(
    places: list[dict[str, Any]], by_code: Mapping[str, Row]
) -> list[dict[str, Any]]:
    """The districts of every country that one of those places lies in."""
    known = {place["place_code"]: place for place in places}
    countries = {_country(known, code) for code in by_code if code in known}
    return [
        place
        for place in places
        if place["hex_q"] is not None and _country(known, place["place_code"]) in countries
    ]


def _country(known: Mapping[str, dict[str, Any]], code: str) -> str | None:
    while code in known and known[code]["level"] != "country":
        code = known[code]["parent_code"]
    return code


def _clickable(
    viewer: Viewer,
    drawn: list[dict[str, Any]],
    by_code: Mapping[str, Row],
    indicator: Indicator,
) -> None:
    """The map; choosing a hexagon chooses the place, as the list below it does."""
    values = {
        code: (row.figure.value, words.short(row.figure.value, indicator.unit))
        for code, row in by_code.items()
    }
    names = {
        place["place_code"]: place["name"] for place in drawn if place["place_code"] in by_code
    }
    wanted = st.session_state.get("place")
    selected = next((code for code in names if label_of(code, names) == wanted), None)

    def choose() -> None:
        points = st.session_state[_MAP].selection.points
        code = points[0].get("customdata") if points else None
        code = code[0] if isinstance(code, list) else code
        if code in names:
            st.session_state["place"] = label_of(code, names)

    st.plotly_chart(
        charts.hex_map(drawn, values, indicator.unit, selected=selected, title=indicator.name),
        width="stretch",
        theme=None,
        config=figures.CHART,
        alt=charts.describe_hex_map(values, indicator.unit, title=indicator.name),
        key=_MAP,
        on_select=choose,
        selection_mode="points",
    )
    st.caption("Choose a coloured place on the map, or in the list below it.")


def about_place(viewer: Viewer, place: str | None) -> None:
    """Where it is, how many live there and how deprived it is."""
    found = rows_of(viewer, "place", place_code=place)
    if not found:
        return
    one = found[0]
    names = named(viewer, "place")
    st.header(plain(one["name"]))
    population = (
        f"{one['population']:,} (mid-{one['population_year']})"
        if one["population"] is not None
        else "not available"
    )
    deprivation = (
        f"{words.short(one['deprivation_extent'], Unit.SHARE)} of people live in the most "
        f"deprived areas of its nation ({one['deprivation_source']})"
        if one["deprivation_extent"] is not None
        else "not available"
    )
    facts = {
        "Part of": names.get(one["parent_code"] or "", "not recorded"),
        "Population": population,
        "Deprivation": deprivation,
        "Rural or urban": one["rural_urban"] or "not available",
    }
    st.markdown("\n".join(f"- **{name}:** {plain(value)}" for name, value in facts.items()))
    statistics = rows_of(viewer, "place_statistic", place=place)
    if statistics:
        st.dataframe(
            pd.DataFrame(statistics).dropna(axis="columns", how="all"),
            hide_index=True,
            width="stretch",
            alt="Table: published statistics of the place",
        )


def partnerships_in(viewer: Viewer, place: str | None, chosen: Chosen) -> None:
    """The partnerships that work there, each a link."""
    names = named(viewer, "partnership")
    here = sorted(
        {
            names[row["partnership"]]
            for row in rows_of(viewer, "footprint", place=place)
            if row["partnership"] in names
        }
    )
    st.subheader(f"Partnerships here ({len(here)})")
    for name in here:
        st.page_link(
            "pages/partnership.py",
            label=plain(name),
            icon=":material/chevron_right:",
            query_params={"partnership": name},
        )
