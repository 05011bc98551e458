"""A figure set beside others: the target, everyone, those like it, the period before.

The figure's own interval is judged against the comparator's value, never interval against
interval (Office for Health Improvement and Disparities, Fingertips guidance on comparisons).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from civic_metrics.compute.conclude import status as judged
from civic_metrics.compute.figures import figure, indicator_of, over_time
from civic_metrics.compute.statement import Unanswerable, Where
from civic_metrics.ledger import Ledger
from civic_metrics.model import Better, Figure, Indicator, Status, Viewer
from civic_metrics.periods import ACADEMIC_YEAR, is_over
from civic_metrics.scope import SEES_EVERYTHING
from civic_metrics.splits import PERIODS

PEER_SPLITS = ("kind", "theme", "size")
NOT_FROM_FILTERS = (
    "figures about others come only from the tables made to be published, so that nobody's own "
    "can be worked out from them"
)


class Against(StrEnum):
    """What a figure may be set beside."""

    TARGET = "target"
    EVERYONE = "everyone"
    PEERS = "peers"
    BEFORE = "before"


@dataclass(frozen=True)
class Comparison:
    """A figure beside the value of a comparator, in the same unit.

    `status` says better, similar or worse where one way is better. `direction` is 1 where the
    whole interval lies above the comparator's value, -1 below, 0 where the value lies within it,
    None where that cannot be said; `note` then says why. `named` and `now` are what the two are
    called: those like it, or the two periods.
    """

    against: Against
    figure: Figure
    value: float | None
    status: Status
    direction: int | None
    named: str = ""
    now: str = ""
    n: int | None = None
    note: str | None = None


def beside(
    found: Figure,
    better: Better,
    value: float | None,
    against: Against,
    *,
    named: str = "",
    now: str = "",
    n: int | None = None,
    note: str | None = None,
) -> Comparison:
    """The comparison of a figure with a value."""
    status = judged(found, better, value)
    way = direction(found, value)
    return Comparison(against, found, value, status, way, named, now, n, note)


def direction(found: Figure, value: float | None) -> int | None:
    """1 or -1 where the interval lies above or below the value, 0 around it, None if unknown."""
    if value is None:
        return None
    if found.lower is not None and found.lower > value:
        return 1
    if found.upper is not None and found.upper < value:
        return -1
    return None if found.lower is None or found.upper is None else 0


def compare(
    ledger: Ledger,
    viewer: Viewer,
    indicator: str | Indicator,
    *,
    where: Where | None = None,
    against: Against | str,
    peers: str = "kind",
    period: str = ACADEMIC_YEAR,
    at: str | None = None,
    start: date | None = None,
    end: date | None = None,
    as_of: date | None = None,
) -> Comparison:
    """The figure that `where` narrows to, beside one comparator.

    `everyone` keeps of `where` the periods and who is counted (partners or suppliers) and drops
    the rest; `peers` are all of the same kind, theme or size, the figure's own rows among them;
    `before` is the period before `at`, or before the latest that is over. Everyone and peers are
    withheld from a viewer who sees a part of the records, with the reason. Raises Unanswerable
    for a peer group or split the indicator does not have.
    """
    asked = indicator if isinstance(indicator, Indicator) else indicator_of(indicator)
    where, against = dict(where or {}), Against(against)
    if against is Against.BEFORE:
        return _with_the_period_before(ledger, viewer, asked, where, period, at)
    if against is Against.PEERS and (peers not in PEER_SPLITS or peers not in asked.splits):
        there = ", ".join(split for split in PEER_SPLITS if split in asked.splits) or "none"
        raise Unanswerable(f"{asked.name} has no peers by {peers!r}. It has: {there}.")
    days = {"start": start, "end": end, "as_of": as_of}
    whole = figure(ledger, viewer, asked, where=where, **days)
    mine = whole.only.figure
    if against is Against.TARGET:
        note = None if whole.target is not None else "no target was in force"
        return beside(mine, asked.better, whole.target, against, note=note)
    if viewer.role not in SEES_EVERYTHING:
        return _without(mine, against, NOT_FROM_FILTERS)
    kept = {name: v for name, v in where.items() if name in PERIODS or name in asked.partner_filter}
    if kept == where:
        return _without(mine, against, "this is everyone's figure already")
    named = "everyone"
    if against is Against.PEERS:
        groups = _groups_of(ledger, viewer, asked, where, peers, days)
        if not groups:
            return _without(mine, against, f"no {peers} is recorded for it")
        kept, named = {**kept, peers: groups}, " or ".join(groups)
    theirs = figure(ledger, viewer, asked, where=kept, **days).only.figure
    if theirs.n == mine.n:
        others = "else" if against is Against.EVERYONE else f"else of the same {peers}"
        return replace(_without(mine, against, f"there is nobody {others} to compare with"), n=0)
    return beside(
        mine, asked.better, theirs.value, against, named=named, n=theirs.n, note=theirs.note
    )


def _groups_of(
    ledger: Ledger,
    viewer: Viewer,
    asked: Indicator,
    where: Where,
    peers: str,
    days: dict[str, date | None],
) -> tuple[str, ...]:
    """The kinds, themes or sizes that the rows of `where` are of."""
    split = figure(ledger, viewer, asked, by=(peers,), where=where, **days)
    return tuple(row.keys[0] for row in split.rows if row.keys[0] is not None)


def _with_the_period_before(
    ledger: Ledger, viewer: Viewer, asked: Indicator, where: Where, period: str, at: str | None
) -> Comparison:
    over = over_time(ledger, viewer, asked.id, period=period, where=where)
    rows = [row for row in over.rows if row.keys[0] is not None]
    dated = asked.period_by is not None and over.as_of is not None
    if dated and at is None:  # the latest that is over: eight months are not set beside twelve
        over_by_then = [row for row in rows if is_over(period, row.keys[0], over.as_of)]
        rows = over_by_then if len(over_by_then) > 1 else rows
    names = [row.keys[0] for row in rows]
    place = names.index(at) if at in names else len(names) - 1 if at is None else -1
    if place < 0:
        which = f"in {at}" if at else "of any day"
        return _without(Figure(n=0), Against.BEFORE, f"there is nothing {which}")
    now = rows[place]
    if place == 0:
        empty = _without(now.figure, Against.BEFORE, f"there is nothing before {names[0]}")
        return replace(empty, now=names[0])
    unfinished = dated and not is_over(period, names[place], over.as_of)
    if unfinished and asked.estimator.name == "total":
        part = "it is not over in these records, so its total is not set beside a whole one"
        return replace(_without(now.figure, Against.BEFORE, part), now=names[place])
    old = rows[place - 1].figure
    return beside(
        now.figure,
        asked.better,
        old.value,
        Against.BEFORE,
        named=names[place - 1],
        now=names[place],
        n=old.n,
        note=None if old.value is not None else old.note,
    )


def _without(mine: Figure, against: Against, why: str) -> Comparison:
    return Comparison(against, mine, None, Status.NOT_ASSESSED, None, note=why)
