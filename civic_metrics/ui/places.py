"""Everything about places: the map of them, and one of them in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from civic_metrics import charts, words
from civic_metrics.charts.boundary_map import boundary_map
from civic_metrics.indicators import INDICATORS
from civic_metrics.model import Figure, Indicator, Row, Unit, Viewer
from civic_metrics.ui import boundaries, figures
from civic_metrics.ui.choices import Chosen, label_of, named
from civic_metrics.ui.details import rows_of
from civic_metrics.ui.indicators import narrowed_to_measure
from civic_metrics.ui.overview import indicator_not_narrowed
from civic_metrics.ui.text import plain

FEWEST_FOR_A_MAP = 4
DIFFERENCE = "difference_from_comparator"
_MAP = "map-of-places"


def map_of_places(viewer: Viewer, indicator: Indicator, chosen: Chosen) -> None:
    """Every place by the figure: a map of hexagons, or a ranked table where there are few."""
    st.write(indicator.question)
    chosen = narrowed_to_measure(viewer, indicator, chosen)
    result = figures.answer(
        viewer,
        indicator,
        chosen,
        by=("place",),
        people=figures.people_of(viewer, indicator).filter,
    )
    by_code = {row.keys[0]: row for row in result.rows if row.keys[0] is not None}
    places = rows_of(viewer, "place")
    drawn = districts_around(places, by_code)
    on_the_map = [place for place in drawn if place["place_code"] in by_code]
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
            _true_shapes(places, by_code, indicator)
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
    values = _values(by_code, indicator)
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


def _true_shapes(
    places: list[dict[str, Any]], by_code: Mapping[str, Row], indicator: Indicator
) -> None:
    """The same map in true shapes, where somebody has put a file of them there; else nothing."""
    names = {place["place_code"]: place["name"] for place in places}
    shapes, wrong = boundaries.shapes(names)
    for reason in wrong:
        st.caption(f"{plain(reason)}.")
    if not shapes:
        return
    values = _values(by_code, indicator)
    st.plotly_chart(
        boundary_map(shapes, names, values, indicator.unit, title=f"{indicator.name}, true shapes"),
        width="stretch",
        theme=None,
        config=figures.CHART,
        alt=charts.describe_hex_map(values, indicator.unit, title=indicator.name),
        key="true-shapes",
    )
    st.caption("The same figures in the places' true shapes, from the file in the records' folder.")


def _values(
    by_code: Mapping[str, Row], indicator: Indicator
) -> dict[str, tuple[float | None, str]]:
    """What a map shows of each place: its value, and the words for it."""
    return {
        code: (row.figure.value, words.short(row.figure.value, indicator.unit))
        for code, row in by_code.items()
    }


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
    _published_about(viewer, place)


def _published_about(viewer: Viewer, place: str | None) -> None:
    """What others publish of the place beside its comparator; nothing where nothing is held."""
    statistics = rows_of(viewer, "place_statistic", place=place)
    if not statistics:
        return
    result = figures.answer(
        viewer, INDICATORS[DIFFERENCE], Chosen().narrowed(place=place), by=("measure",)
    )
    newest = {one["measure"]: one["period"] for one in sorted(statistics, key=_period)}
    differences = {(row.keys[0], newest.get(row.keys[0])): row.figure for row in result.rows}
    st.subheader("What is published about this place")
    st.dataframe(
        pd.DataFrame(
            [
                as_published(one, differences.get((one["measure"], one["period"])))
                for one in statistics
            ]
        ),
        hide_index=True,
        width="stretch",
        alt="Table: published statistics of the place beside their comparators",
    )
    st.caption(
        "Percentages differ by percentage points: 19.6% is 3.4 points above 16.2%, not 21%. "
        "These are figures of the place, not results of anybody's work there."
    )


def as_published(one: Mapping[str, Any], difference: Figure | None) -> dict[str, str]:
    """A published statistic as people read it, with its difference where it is a percentage."""
    is_known = difference is not None and difference.value is not None
    compared = "nothing published"
    if one["comparator_value"] is not None:
        name = plain(one["comparator"] or "its comparator")
        compared = f"{name}: {_with_unit(one['comparator_value'], one['unit'])}"
    return {
        "Measure": plain(one["measure"]),
        "Period": plain(one["period"]),
        "Here": _with_unit(one["value"], one["unit"]),
        "Compared with": compared,
        "Difference": words.short(difference.value, Unit.POINTS) if is_known else "not worked out",
        "What to know": plain((difference.note if is_known else None) or one["note"] or ""),
        "Source": plain(one["source"]),
    }


def _period(one: Mapping[str, Any]) -> str:
    return one["period"]


def _with_unit(value: float | None, unit: str | None) -> str:
    if value is None:
        return "not published"
    number = f"{value:,.1f}".removesuffix(".0")
    return f"{number}%" if unit in ("percent", "%") else f"{number} {unit or ''}".rstrip()


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
