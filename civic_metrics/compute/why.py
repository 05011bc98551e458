"""Why a figure changed between two versions of the records: new rows, corrections, undos, days.

The parts add up to the whole change, to rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from civic_metrics import derived
from civic_metrics.compute.figures import figure, indicator_of
from civic_metrics.compute.statement import Where, tables_named
from civic_metrics.ledger import Batch, Ledger, batches
from civic_metrics.model import Figure, Indicator, Result, Viewer
from civic_metrics.scope import SEES_EVERYTHING, NotInScope
from civic_metrics.splits import split_of


class Cause(StrEnum):
    """What moved a figure between two versions of the records."""

    NEW = "new rows"
    CORRECTED = "corrections"
    BOTH = "uploads with new rows and corrections"
    UNDONE = "undone uploads"
    ERASED = "people or organisations erased"
    LATER = "a later day, with the same rows"


@dataclass(frozen=True)
class Step:
    """What one cause did: the difference in the figure's unit, by which uploads, of how many rows.

    `difference` is None where there was no figure on one side of it.
    """

    cause: Cause
    difference: float | None
    uploads: tuple[int, ...]
    rows: int


@dataclass(frozen=True)
class Recorded:
    """The figure as it was recorded then and as it is now, and what lies between."""

    before: Result
    after: Result
    steps: tuple[Step, ...]

    @property
    def difference(self) -> float | None:
        """After less before, or None where either has no value."""
        return _less(self.after.only.figure, self.before.only.figure)


def why_changed(
    ledger: Ledger,
    viewer: Viewer,
    indicator: str | Indicator,
    *,
    since: int,
    until: int | None = None,
    where: Where | None = None,
) -> Recorded:
    """What moved the figure from how it was recorded after upload `since` to after `until`.

    Replays the uploads and undos in between one by one; the day up to which the records are
    complete is moved apart from the rows. Raises NotInScope for a viewer who sees a part of the
    records: uploads are not theirs to know of.
    """
    if not isinstance(viewer, Viewer) or viewer.role not in SEES_EVERYTHING:
        raise NotInScope("What was uploaded, corrected and undone is for the university to see.")
    asked = indicator if isinstance(indicator, Indicator) else indicator_of(indicator)
    where = dict(where or {})
    tables = _tables_behind(asked, where)
    known = batches(ledger)
    until = until if until is not None else max((one.batch for one in known), default=0)
    between = [one for one in known if since < one.batch <= until]
    bearing = [one for one in between if one.table in tables or one.kind == "erase"]
    if any(one.of_the_records for one in derived.behind(tables_named(asked.facts)).values()):
        bearing = between  # it counts uploads themselves
    before = last = figure(ledger, viewer, asked, where=where, batch=since)
    found: dict[Cause, Step] = {}
    for one in bearing:
        now = figure(ledger, viewer, asked, where=where, batch=one.batch)
        same_day = now
        if last.as_of is not None and now.as_of != last.as_of:
            same_day = figure(ledger, viewer, asked, where=where, batch=one.batch, as_of=last.as_of)
            _add(found, Cause.LATER, now, same_day, one, rows=0)
        counts = one.counts
        touched = counts.new + counts.changed + one.closed
        _add(found, _cause(one), same_day, last, one, rows=touched)
        last = now
    after = figure(ledger, viewer, asked, where=where, batch=until)
    if between and _less(after.only.figure, last.only.figure):  # names another table's file added
        _add(found, Cause.NEW, after, last, between[-1], rows=0)
    return Recorded(before, after, tuple(found[cause] for cause in Cause if cause in found))


def _tables_behind(asked: Indicator, where: Where) -> frozenset[str]:
    tables = derived.base_of(tables_named(asked.facts))
    for name in where:
        tables |= set(split_of(name, through_membership=asked.through_membership).tables)
    return tables


def _cause(one: Batch) -> Cause:
    if one.kind == "undo":
        return Cause.UNDONE
    if one.kind == "erase":
        return Cause.ERASED
    corrected = one.counts.changed or one.closed
    if corrected and one.counts.new:
        return Cause.BOTH
    return Cause.CORRECTED if corrected else Cause.NEW


def _add(
    found: dict[Cause, Step], cause: Cause, now: Result, before: Result, one: Batch, *, rows: int
) -> None:
    difference = _less(now.only.figure, before.only.figure)
    if cause not in found:
        found[cause] = Step(cause, difference, (one.batch,), rows)
        return
    step = found[cause]
    known = step.difference is not None and difference is not None
    uploads = tuple(dict.fromkeys((*step.uploads, one.batch)))
    added = step.difference + difference if known else None
    found[cause] = Step(cause, added, uploads, step.rows + rows)


def _less(after: Figure, before: Figure) -> float | None:
    if after.value is None or before.value is None:
        return None
    return after.value - before.value
