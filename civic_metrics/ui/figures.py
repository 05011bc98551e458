"""One figure on a page: heading, sentence, chart, table and download, from one block.

Holds the one cache of figures. Its key is the ledger and its version, who is looking, and the
whole question; results are frozen and shared, so they are kept as they are (they hold functions,
which a pickling cache could not).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from civic_metrics import charts, compute, words
from civic_metrics.ledger import Ledger
from civic_metrics.model import Indicator, Result, Row, Status, Unit, Viewer
from civic_metrics.ui import records
from civic_metrics.ui.choices import Chosen

CHART = {"displayModeBar": False, "responsive": True}
NOT_FOR_PUBLICATION = "not for publication"
_ICON = {Status.BETTER: "▲", Status.SIMILAR: "●", Status.WORSE: "▼", Status.NOT_ASSESSED: "○"}


@st.cache_resource(max_entries=4000, ttl=3600, show_spinner=False)
def _figure(
    ledger_id: str,
    version: int,
    viewer: Viewer,
    indicator: str,
    by: tuple[str, ...],
    where: tuple[tuple[str, tuple[str, ...]], ...],
    start: date | None,
    end: date | None,
    as_of: date | None,
    _ledger: Ledger,
) -> Result:
    return compute.figure(
        _ledger, viewer, indicator, by=by, where=dict(where), start=start, end=end, as_of=as_of
    )


@st.cache_resource(max_entries=500, ttl=3600, show_spinner=False)
def _over_time(
    ledger_id: str,
    version: int,
    viewer: Viewer,
    indicator: str,
    period: str,
    where: tuple[tuple[str, tuple[str, ...]], ...],
    _ledger: Ledger,
) -> Result:
    return compute.over_time(_ledger, viewer, indicator, period=period, where=dict(where))


def _frozen(where: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((split, tuple(values)) for split, values in where.items()))


def answer(
    viewer: Viewer,
    indicator: Indicator,
    chosen: Chosen,
    *,
    by: Sequence[str] = (),
    people: Mapping[str, str] | None = None,
    as_of: date | None = None,
) -> Result:
    """The indicator's answer for this view, narrowed to `people` (a headline's partners)."""
    ledger = records.open_records()
    where = {**chosen.where_for(indicator), **{k: (v,) for k, v in (people or {}).items()}}
    return _figure(
        ledger.id,
        ledger.version,
        viewer,
        indicator.id,
        tuple(by),
        _frozen(where),
        chosen.start,
        chosen.end,
        as_of,
        _ledger=ledger,
    )


@dataclass(frozen=True)
class People:
    """Whom a headline is about: the filter, what they are called, and what to say of that."""

    filter: Mapping[str, str]
    subject: str
    remark: str = ""


def people_of(viewer: Viewer, indicator: Indicator) -> People:
    """Partners; everyone, saying so, where no record of the indicator says who is a partner."""
    of_rows = indicator.period_by or indicator.partner_filter
    subject = "Partners" if of_rows else "Partnerships"
    if not indicator.partner_filter:
        everyone = "role_group" in indicator.splits  # partners' time beside the others'
        return People({}, "Everyone recorded" if everyone else subject)
    # Whenever it happened: a file complete to an early day must not make partners vanish.
    partners = answer(viewer, indicator, Chosen(), people=indicator.partner_filter, as_of=date.max)
    everyone = answer(viewer, indicator, Chosen(), as_of=date.max)
    if partners.only.figure.n or not everyone.only.figure.n:
        return People(indicator.partner_filter, subject)
    column = " or ".join(split.replace("_", " ") for split in indicator.partner_filter)
    return People(
        {},
        "Everyone in the records",
        f"No record says that it is a partner's, so this counts everyone. Give a column for "
        f"{column}, or choose it for all rows, when you upload.",
    )


def by_year(
    viewer: Viewer,
    indicator: Indicator,
    chosen: Chosen,
    period: str,
    *,
    people: Mapping[str, str] | None = None,
) -> Result:
    """The indicator by year, whatever year is chosen."""
    ledger = records.open_records()
    where = {**chosen.where_for(indicator), **{k: (v,) for k, v in (people or {}).items()}}
    return _over_time(
        ledger.id, ledger.version, viewer, indicator.id, period, _frozen(where), _ledger=ledger
    )


def tile(result: Result, row: Row, *, label: str) -> None:
    """The number, large, with its range and how it stands against the target."""
    unit = result.indicator.unit
    st.metric(label, words.short(row.figure.value, unit), border=False)
    stands = f"{_ICON[row.status]} {words.status(result, row)}"
    if row.figure.value is not None:
        stands = f"{words.interval(row.figure, unit)} · {stands}"
    st.caption(_sentence_case(stands))


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def table_of(result: Result, names: Sequence[str] | None = None) -> pd.DataFrame:
    """The rows of a result as people read them, one line a group."""
    unit = result.indicator.unit
    heads = names or [split.replace("_", " ").capitalize() for split in result.splits]
    return pd.DataFrame(
        [
            {
                **dict(zip(heads, row.labels, strict=True)),
                result.indicator.name: words.short(row.figure.value, unit),
                "Likely range": range_of(row, unit),
                "Rests on": words.count(row.figure.n, result.indicator.counts),
                "Against the target": row.status.value,
                "What to know": row.note(result.indicator.counts) or "",
            }
            for row in result.rows
        ]
    )


def range_of(row: Row, unit: Unit) -> str:
    """The two ends of the likely range, or that there is none."""
    if row.figure.lower is None or row.figure.upper is None:
        return "no range"
    return f"{words.short(row.figure.lower, unit)} to {words.short(row.figure.upper, unit)}"


def show_table(result: Result, *, key: str, heads: Sequence[str] | None = None) -> None:
    """The table beside a chart, with its download."""
    frame = table_of(result, heads)
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        alt=f"Table: {result.indicator.name} by {', '.join(result.splits) or 'all'}",
        key=f"table-{key}",
    )
    download(result, key=key)


def download(result: Result, *, key: str) -> None:
    """The figures with everything that makes them trustworthy, as CSV."""
    frame = pd.DataFrame(result.records())
    frame["audience"] = f"inside the university, {NOT_FOR_PUBLICATION}"
    st.download_button(
        "Download as CSV",
        data=lambda: neutralised(frame).to_csv(index=False).encode("utf-8-sig"),
        file_name=f"{result.indicator.id}.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"download-{key}",
        icon=":material/download:",
    )


def neutralised(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with text a spreadsheet program would run as a formula made plain."""
    risky = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")

    def plain(cell: object) -> object:
        return f"'{cell}" if isinstance(cell, str) and cell.startswith(risky) else cell

    return frame.map(plain)


def chart(figure: object, *, alt: str, key: str) -> None:
    """A chart as our pages draw every one of them: with words for those who do not see it."""
    st.plotly_chart(figure, width="stretch", theme=None, config=CHART, alt=alt, key=f"chart-{key}")


def trend(mine: Result, others: Result | None, *, key: str, subject: str = "Partners") -> None:
    """A line over the years with its table."""
    drawn, table = st.tabs(["Chart", "Table"], key=f"tabs-{key}")
    with drawn:
        chart(
            charts.trend(mine, others, labels=(subject, "Other suppliers")),
            alt=charts.describe(mine, others),
            key=key,
        )
    with table:
        show_table(mine, key=key)
        if others is not None:
            st.write("Other suppliers")
            show_table(others, key=f"{key}-others")


def only_rows(result: Result, rows: Sequence[Row]) -> Result:
    """The result with those rows alone."""
    return replace(result, rows=tuple(rows))


def curve_unit(indicator: Indicator) -> Unit:
    """What a survival curve of the indicator is drawn over: days for invoices, else years."""
    return Unit.DAYS if indicator.period_by is not None else Unit.YEARS
