"""Small results drawn by hand, for the tests of charts and words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from civic_metrics.model import (
    Better,
    CurvePoint,
    Estimator,
    Figure,
    Indicator,
    Result,
    Row,
    Status,
    Unit,
)


def indicator(
    unit: Unit = Unit.DAYS,
    *,
    better: Better = Better.LOWER,
    name: str = "Time to payment",
    counts: str = "invoices",
    estimator: str = "survival",
    verb: str | None = "waited",
) -> Indicator:
    return Indicator(
        id="example",
        name=name,
        question="How long do partners wait?",
        unit=unit,
        better=better,
        estimator=Estimator(
            name=estimator,
            method="",
            columns=(),
            measures={},
            conclude=lambda columns: Figure(n=0),
        ),
        facts="",
        splits=(),
        counts=counts,
        what="",
        why="",
        not_to_be_read_as="",
        source="",
        checked_on=date(2026, 3, 31),
        period_by=None,
        verb=verb,
    )


def row(label: str, figure: Figure, **more) -> Row:
    return Row(
        keys=(None if label.startswith("No ") else label,),
        labels=(label,),
        figure=figure,
        status=more.pop("status", Status.NOT_ASSESSED),
        **more,
    )


def result(of: Indicator, rows: Sequence[Row], *, split: str = "financial_year", **more) -> Result:
    return Result(indicator=of, splits=(split,), rows=tuple(rows), as_of=date(2026, 3, 31), **more)


def whole(of: Indicator, figure: Figure, *, status: Status = Status.NOT_ASSESSED, **more) -> Result:
    only = Row(keys=(), labels=(), figure=figure, status=status)
    as_of = more.pop("as_of", date(2026, 3, 31))
    return Result(indicator=of, splits=(), rows=(only,), as_of=as_of, **more)


def point(
    time: float, share: float, lower: float | None, upper: float | None, at_risk: int = 4
) -> CurvePoint:
    return CurvePoint(
        time=time,
        at_risk=at_risk,
        events=1,
        share=share,
        standard_error=0.1,
        lower=lower,
        upper=upper,
    )
