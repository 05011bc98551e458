"""The same questions put to pandas and lifelines, from the same lines."""

from __future__ import annotations

from collections.abc import Callable

import drawn
import pandas as pd
from lifelines import KaplanMeierFitter

Task = Callable[[], object]


def questions(lines: drawn.Lines) -> dict[tuple[str, tuple[str, ...]], tuple[str, Task]]:
    """Who answers which indicator by which split, and how."""
    frame = pd.DataFrame(vars(lines))
    partnership, place = drawn.places_of()
    places = pd.DataFrame({"partnership": partnership, "place": place})
    asked: dict[tuple[str, tuple[str, ...]], tuple[str, Task]] = {}
    for by in ((), ("place",), ("place", "quarter"), ("partnership",)):
        for name in ("paid_within_30_days", "average_days_to_pay"):
            asked[name, by] = ("pandas", lambda name=name, by=by: paid(frame, places, name, by))
    for by in ((), ("place",)):
        asked["time_to_payment", by] = ("lifelines", lambda by=by: curves(frame, places, by))
    return asked


def invoices(frame: pd.DataFrame) -> pd.DataFrame:
    """One row an invoice: its first receipt, and its last payment where all is paid."""
    gathered = frame.groupby("invoice", sort=False).agg(
        partnership=("partnership", "first"),
        received_on=("received_on", "min"),
        paid_on=("paid_on", "max"),
        pence=("pence", "sum"),
    )
    # The lines of an invoice drawn here are paid together, so its last payment says it is paid.
    return gathered[gathered.index % 12 != 0]  # grants run from another day


def paid(
    frame: pd.DataFrame, places: pd.DataFrame, name: str, by: tuple[str, ...]
) -> pd.Series | pd.DataFrame:
    """The share paid within 30 days, or the mean days with what its interval needs."""
    one = invoices(frame)
    one = one[one["paid_on"].notna()]
    one["value"] = (one["paid_on"] - one["received_on"]).dt.days
    if name == "paid_within_30_days":
        one["value"] = one["value"] <= 30
    if "quarter" in by:
        one["quarter"] = one["paid_on"].dt.year * 4 + one["paid_on"].dt.quarter
    if "place" in by:
        one = one.merge(places, on="partnership", how="left")
    wanted = ["mean", "std", "count"]
    if not by:
        return one["value"].agg(wanted)
    return one.groupby(list(by), dropna=False)["value"].agg(wanted)


def curves(frame: pd.DataFrame, places: pd.DataFrame, by: tuple[str, ...]) -> list[float]:
    """The median of lifelines' curve, of each place where it is split."""
    one = invoices(frame)
    end = one["paid_on"].fillna(pd.Timestamp(drawn.COMPLETE_TO))
    one["days"] = (end - one["received_on"]).dt.days
    one["is_paid"] = one["paid_on"].notna()
    groups = [("all", one)]
    if by:
        groups = one.merge(places, on="partnership", how="left").groupby("place", dropna=False)
    return [
        KaplanMeierFitter().fit(rows["days"], rows["is_paid"]).median_survival_time_
        for _, rows in groups
    ]
