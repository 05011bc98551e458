"""Figures: (viewer, indicator, split, filter, as-of) -> Result.

Builds one statement a question and concludes. Nothing here knows Streamlit or any one indicator.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from civic_metrics import derived
from civic_metrics import ledger as records_of
from civic_metrics.compute.conclude import conclude
from civic_metrics.compute.counting import counted
from civic_metrics.compute.records import END_OF_TIME, naming
from civic_metrics.compute.statement import Statement, Unanswerable, Where, tables_named
from civic_metrics.contracts import contracts
from civic_metrics.indicators import INDICATORS
from civic_metrics.ledger import Ledger
from civic_metrics.model import Figure, Indicator, Result, Row, Status, Viewer
from civic_metrics.periods import year_bounds, year_of
from civic_metrics.scope import SEES_EVERYTHING, NotInScope


def figure(
    ledger: Ledger,
    viewer: Viewer,
    indicator: str | Indicator,
    *,
    by: Sequence[str] = (),
    where: Where | None = None,
    start: date | None = None,
    end: date | None = None,
    as_of: date | None = None,
    batch: int | None = None,
) -> Result:
    """The indicator's answer for that viewer: one row, or one a group of the splits in `by`.

    `where` maps a split to the values to keep (None: rows without one). `start` and `end`
    bound the period, both included; a figure about whole lives ignores the start and takes the
    end as its as-of date. Without `as_of` the day is the earliest to which the sources are
    complete. Raises Unanswerable for an unknown indicator or split, NotInScope without a viewer.
    """
    if not isinstance(viewer, Viewer):
        raise NotInScope("Nobody is signed in, so nothing can be shown.")
    asked = indicator if isinstance(indicator, Indicator) else indicator_of(indicator)
    by, where = tuple(by), dict(where or {})
    for name in (*by, *where):
        if name not in asked.splits:
            raise Unanswerable(
                f"{asked.name} cannot be split by {name!r}. "
                f"It can be by: {', '.join(asked.splits)}."
            )
    base = derived.base_of(tables_named(asked.facts))
    if asked.whole_only and viewer.role not in SEES_EVERYTHING:
        return _not_for_a_part(asked, by)
    day, notes = _as_of(ledger, asked, base, as_of, end, batch)
    if day is None and not _has_no_dates(ledger, base, batch):
        return _nothing_loaded(asked, by, base)
    if asked.period_by is None:
        start = end = None
    statement = Statement(asked, by, where, start, end, day or END_OF_TIME, batch)
    groups = counted(ledger, viewer, statement, asked.facts)
    target, source = target_of(ledger, asked, day or END_OF_TIME)
    label = naming(ledger, viewer, statement.splits, batch)
    rows = conclude(asked, statement.splits, groups, label, target)
    if asked.estimator.name == "total" and any(split.overlaps for split in statement.splits):
        notes += (
            "what belongs to several of these groups is counted in each, so they do not add up "
            "to the whole",
        )
    variants = ()
    if not by:
        variants = tuple(
            (variant.label, _variant(ledger, viewer, asked, statement, variant.facts))
            for variant in asked.variants
        )
    return Result(
        indicator=asked,
        splits=by,
        rows=rows,
        as_of=day,
        target=target,
        target_source=source,
        notes=notes,
        variants=variants,
        sql=statement.build(viewer, asked.facts)[0],
    )


def behind(indicator: Indicator) -> dict[str, str]:
    """The statements behind the names an indicator uses that are not tables, by name."""
    built = derived.behind(tables_named(indicator.facts))
    return {name: one.sql for name, one in built.items()}


def indicator_of(name: str) -> Indicator:
    """The indicator of that id; Unanswerable names the known ones where there is none."""
    try:
        return INDICATORS[name]
    except KeyError:
        raise Unanswerable(
            f"There is no indicator called {name!r}. There are: {', '.join(INDICATORS)}."
        ) from None


def _as_of(
    ledger: Ledger,
    asked: Indicator,
    base: frozenset[str],
    given: date | None,
    end: date | None,
    batch: int | None,
) -> tuple[date | None, tuple[str, ...]]:
    """The day a figure is as at, with what a reader must know of it; None: nothing loaded."""
    with ledger.cursor() as cursor:
        known = records_of.sources(cursor, base, until=batch)
    dated = sorted(
        (source for source in known if source.complete_to), key=lambda source: source.complete_to
    )
    complete_to = dated[0].complete_to if dated else None
    day = given or complete_to
    notes: list[str] = []
    if day and complete_to and day > complete_to:
        notes.append(
            f"the records are complete to {_said(complete_to)} only; "
            "what happened after that is not known"
        )
    if not given and dated and dated[-1].complete_to > complete_to:
        notes.append(
            f"“{dated[0].source}” is complete to {_said(complete_to)} only, so what other "
            f"files say of later days, up to {_said(dated[-1].complete_to)}, is not counted yet"
        )
    if day and end and asked.period_by is None and end < day:
        day = end
    return day, tuple(notes)


def _has_no_dates(ledger: Ledger, base: frozenset[str], batch: int | None) -> bool:
    """Whether there are records and none of their tables knows a day to be complete to: what
    others publish of a place is as it was published, whatever the day.
    """
    with ledger.cursor() as cursor:
        known = records_of.sources(cursor, base, until=batch)
    return bool(known) and all(contracts()[name].complete_to == "none" for name in base)


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _nothing_loaded(asked: Indicator, by: tuple[str, ...], base: frozenset[str]) -> Result:
    tables = " or ".join(contracts()[name].title.lower() for name in sorted(base))
    empty = Row((), (), Figure(n=0, note=f"no {tables} have been loaded"), Status.NOT_ASSESSED)
    return Result(indicator=asked, splits=by, rows=() if by else (empty,), as_of=None)


def _not_for_a_part(asked: Indicator, by: tuple[str, ...]) -> Result:
    """What those are told who see a part of the records only."""
    why = "it compares one organisation with all others, whose records are not yours to see"
    empty = Row((), (), Figure(n=0, note=why), Status.NOT_ASSESSED)
    return Result(indicator=asked, splits=by, rows=() if by else (empty,), as_of=None)


def _variant(
    ledger: Ledger, viewer: Viewer, asked: Indicator, statement: Statement, facts: str
) -> Figure:
    groups = counted(ledger, viewer, statement, facts)
    label = naming(ledger, viewer, (), statement.batch)
    return conclude(asked, (), groups, label, None)[0].figure


def target_of(ledger: Ledger, asked: Indicator, day: date) -> tuple[float | None, str | None]:
    """The threshold in force on that day with its source; (None, None) where there is none."""
    if asked.target is None:
        return None, None
    with ledger.cursor() as cursor:
        rows = cursor.execute(
            """
            -- one row: the newest in force
            select value, meaning || ' (' || source || ')'
            from ledger.threshold
            where _until is null and threshold = $threshold and from_on <= $day
                and (to_on is null or to_on >= $day)
            order by from_on desc
            limit 1
            """,
            {"threshold": asked.target.threshold, "day": day},
        ).fetchall()
    return rows[0] if rows else (None, None)


def over_time(
    ledger: Ledger,
    viewer: Viewer,
    indicator: str,
    *,
    period: str,
    where: Where | None = None,
    points: int = 6,
) -> Result:
    """The indicator by year: split by its own dates or, where it is about whole lives, as it
    stood at the end of each of the last `points` years and on the as-of date.
    """
    asked = indicator_of(indicator)
    if asked.period_by is not None:
        return figure(ledger, viewer, asked, by=(period,), where=where)
    latest = figure(ledger, viewer, asked, where=where)
    if latest.as_of is None:
        return replace(latest, splits=(period,), rows=())
    days = {year_of(period, latest.as_of): latest.as_of}
    for back in range(1, points):
        day = year_bounds(period, year_of(period, latest.as_of))[0]
        first = date(day.year - back + 1, day.month, 1)
        end = date.fromordinal(first.toordinal() - 1)
        days[year_of(period, end)] = end
    rows = []
    for name, day in sorted(days.items()):
        at = (
            latest if day == latest.as_of else figure(ledger, viewer, asked, where=where, as_of=day)
        )
        rows.append(replace(at.only, keys=(name,), labels=(name,)))
    return replace(latest, splits=(period,), rows=tuple(rows), variants=())
