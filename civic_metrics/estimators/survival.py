"""How long until something ends, when some of it is still open (Kaplan-Meier).

Imports numpy, the standard library and the model. What is still open is censored, never
dropped; what was first recorded late counts only from the day it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from civic_metrics.estimators.columns import NOTHING_COUNTED, counts, missing_limits, numbers
from civic_metrics.estimators.distributions import Z_95
from civic_metrics.model import CurvePoint, Estimator, Figure

FEWEST_AT_RISK = 5  # DESIGN.md: with late entry the curve begins at the first day with 5
YEAR = 365.25  # days

# A product of steps that ought to be exactly a half may miss it by rounding.
_STEP_TOLERANCE = 1e-9

Limits = tuple[float | None, float | None]


@dataclass(frozen=True, eq=False)
class Curve:
    """A Kaplan-Meier curve: share still open, 0 to 1, after each time something ended.

    Times ascend, in the unit of the days given. `standard_error` is Greenwood's (0 where the
    share is 0); `lower` and `upper` are log-log 95% limits, NaN where the share is 0. `largest`
    is the last time anything was followed to, and `begins` the time from which the curve holds,
    given that it was reached: 0 without late entry. Both are None where nothing was followed.
    """

    time: np.ndarray
    at_risk: np.ndarray
    events: np.ndarray
    share: np.ndarray
    standard_error: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    largest: float | None
    begins: float | None

    def median(self) -> float | None:
        """The time by which half have ended, or None where that is not reached."""
        return self.quantile(0.5)

    def quantile(self, q: float) -> float | None:
        """The smallest time with a share still open of at most 1 - q, or None."""
        return self._first_at_most(self.share, 1 - q)

    def quantile_limits(self, q: float) -> Limits:
        """The 95% limits of a quantile: where each limit of the curve first falls to 1 - q.

        Brookmeyer and Crowley, Biometrics 1982, 38:29-41, with the log-log band.
        """
        return self._first_at_most(self.lower, 1 - q), self._first_at_most(self.upper, 1 - q)

    def at(self, t: float) -> float | None:
        """The share still open after time t, 0 to 1; None where t is outside what was followed."""
        if self.begins is None or t < self.begins:
            return None
        if t > self.largest and not (self.share.size and self.share[-1] == 0):
            return None
        last = self._last_step(t)
        return 1.0 if last < 0 else float(self.share[last])

    def at_limits(self, t: float) -> Limits:
        """The log-log 95% limits of the share at time t; None where it is 1, 0 or unknown."""
        last = self._last_step(t)
        if self.at(t) is None or last < 0 or np.isnan(self.lower[last]):
            return None, None
        return float(self.lower[last]), float(self.upper[last])

    def _last_step(self, t: float) -> int:
        return int(np.searchsorted(self.time, t, side="right")) - 1

    def _first_at_most(self, heights: np.ndarray, level: float) -> float | None:
        steps = np.flatnonzero(heights <= level + _STEP_TOLERANCE)
        return float(self.time[steps[0]]) if steps.size else None


def kaplan_meier(
    days: Sequence[Any],
    observed: Sequence[Any],
    entered: Sequence[Any] | None = None,
    weights: Sequence[Any] | None = None,
    *,
    first_at_risk: int = 1,
) -> Curve:
    """The share still open, 0 to 1, after each day on which something ended.

    S(t) = Π (1 - d/n) over days up to t; at risk at t if (entered is missing or entered < t)
    and t <= days. Variance S² Σ d/(n(n - d)); limits S^exp(∓ z √Σ / |ln S|). The curve begins
    where `first_at_risk` are first followed together. Raises ValueError for a row without days
    or without `observed`. Kaplan and Meier, J Am Stat Assoc 1958, 53:457-481; Greenwood 1926;
    log-log limits and late entry: Kalbfleisch and Prentice (2nd edition 2002), section 1.4.
    """
    days, ended = numbers(days), numbers(observed)
    if np.isnan(days).any() or np.isnan(ended).any():
        raise ValueError("every row needs its days and whether its end was observed")
    since = np.full(days.shape, -np.inf) if entered is None else numbers(entered)
    since = np.where(np.isnan(since), -np.inf, since)
    rows = np.ones(days.shape, dtype=np.int64) if weights is None else counts(weights)
    followed = (since < days) & (rows > 0)
    days, ended, since, rows = (array[followed] for array in (days, ended > 0, since, rows))
    begins = _begins(days, since, rows, first_at_risk)

    counted = ended & (days > (np.inf if begins is None else begins))
    time, step = np.unique(days[counted], return_inverse=True)
    events = np.bincount(step, weights=rows[counted], minlength=len(time)).astype(np.int64)
    at_risk = _rows_before(since, rows, time) - _rows_before(days, rows, time)
    share = np.cumprod((at_risk - events) / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(events / (at_risk * (at_risk - events).astype(np.float64)))
        standard_error = np.where(share > 0, share * np.sqrt(greenwood), 0.0)
        spread = np.exp(Z_95 * np.sqrt(greenwood) / np.abs(np.log(share)))
        lower = np.where(share > 0, share**spread, np.nan)
        upper = np.where(share > 0, share ** (1 / spread), np.nan)
    return Curve(
        time=time,
        at_risk=at_risk,
        events=events,
        share=share,
        standard_error=standard_error,
        lower=lower,
        upper=upper,
        largest=None if begins is None else float(days.max()),
        begins=None if begins is None else max(0.0, begins),
    )


def restricted_mean(curve: Curve, tau: float) -> tuple[float, float]:
    """The mean time until the end or `tau`, 0 to tau, and its standard error.

    ∫ S from 0 to tau; variance Σ A² d/(n(n - d)), A the area to the right of each step. Where
    the curve begins late, given that its beginning was reached. Raises ValueError where tau
    lies beyond what was followed. Irwin 1949; Klein and Moeschberger (2nd edition 2003), 4.5.
    """
    if tau < 0 or curve.at(max(tau, curve.begins or 0.0)) is None:
        raise ValueError("none was followed that long, so the mean up to there is not known")
    steps = curve.time < tau
    edges = np.concatenate([[0.0], np.clip(curve.time[steps], 0.0, tau), [tau]])
    areas = np.concatenate([[1.0], curve.share[steps]]) * np.diff(edges)
    to_the_right = np.cumsum(areas[::-1])[::-1][1:]
    n, d = curve.at_risk[steps].astype(np.float64), curve.events[steps]
    some_left = n > d  # where all ended nothing lies to the right
    terms = to_the_right[some_left] ** 2 * d[some_left] / (n * (n - d))[some_left]
    return float(areas.sum()), float(np.sqrt(terms.sum()))


def survival(
    scale: float = 1.0,
    at: float | None = None,
    *,
    q: float = 0.5,
    restricted_to: float | None = None,
) -> Estimator:
    """How long until the end, in days / `scale`: the time by which a share `q` have ended.

    With `at`, instead, the share, 0 to 1, still open at that many days; with `restricted_to` the
    mean length of the first so many days (restricted mean, Royston and Parmar 2013, Greenwood
    limits). Kaplan and Meier (1958), with log-log 95% limits; `scale` is 1 for days, 365.25 for
    years. What is not reached is withheld, and so is what lies beyond what was followed.
    """
    what = "median time" if q == 0.5 else f"time by which {q:.0%} have ended,"
    limits = "log-log 95% interval"
    if at is not None:
        what = f"share still open at {_long(at, scale)}"
    elif restricted_to is not None:
        what = f"restricted mean over the first {_long(restricted_to, scale)}"
        limits = "normal 95% interval from Greenwood's variance"
    return Estimator(
        name="survival",
        method=(
            f"Kaplan-Meier {what} with {limits} (Kaplan and Meier 1958); open cases "
            "count for as long as they have lasted, those recorded late count from then on, "
            "with the curve beginning where 5 are first followed together; rows are treated as "
            "independent."
        ),
        columns=("days", "observed", "entered"),
        per=("days", "observed", "entered"),
        measures={"n": "count(*)"},
        conclude=partial(_conclude, scale=scale, at=at, q=q, restricted_to=restricted_to),
    )


def _conclude(
    columns: Mapping[str, Sequence[Any]],
    scale: float,
    at: float | None,
    q: float,
    restricted_to: float | None,
) -> Figure:
    days, observed = numbers(columns["days"]), numbers(columns["observed"])
    entered, rows = numbers(columns["entered"]), counts(columns["n"])
    known = ~np.isnan(days) & ~np.isnan(observed)
    days, observed, entered, rows = (array[known] for array in (days, observed, entered, rows))
    n = int(rows.sum())
    if n == 0:
        return NOTHING_COUNTED
    is_late = bool((entered > 0).any())  # false for a missing one
    curve = kaplan_meier(
        days, observed, entered, rows, first_at_risk=FEWEST_AT_RISK if is_late else 1
    )
    notes = []
    unfollowed = int(rows[entered >= days].sum())
    if unfollowed:
        notes.append(f"{unfollowed} of {n} not followed at all: over before first recorded")
    if curve.begins:
        notes.append(
            f"only about those that last longer than {_long(curve.begins, scale)}, "
            "when 5 are first followed together"
        )
    if curve.begins is None:
        value, limits = None, (None, None)
        notes.append(
            "fewer than 5 are ever followed at the same time, so there is no curve"
            if is_late
            else "none was followed for any time, so there is no curve"
        )
    elif at is not None:
        value, limits = _share_at(curve, at, scale, notes)
    elif restricted_to is not None:
        value, limits = _mean_up_to(curve, restricted_to, scale, notes)
    else:
        value, limits = _time_by(curve, q, scale, notes)
    return Figure(
        n=n,
        value=value,
        lower=limits[0],
        upper=limits[1],
        numerator=float(rows[observed > 0].sum()),
        denominator=float(n),
        note="; ".join(notes) or None,
        curve=Points(curve, scale),
        followed=None
        if curve.begins is None or curve.largest is None
        else (curve.begins / scale, curve.largest / scale),
    )


def _time_by(curve: Curve, q: float, scale: float, notes: list[str]) -> tuple[float | None, Limits]:
    time = curve.quantile(q)
    if time is None:
        notes.append(
            f"more than half are still {'going' if scale == YEAR else 'open'}: no middle value yet"
            if q == 0.5
            else f"fewer than {q:.0%} have ended, so the time by which they had is not known yet"
        )
        return None, (None, None)
    limits = curve.quantile_limits(q)
    missing = missing_limits(*limits)
    if missing:
        notes.append(f"too few have ended to give {missing}")
    lower, upper = (None if limit is None else limit / scale for limit in limits)
    return time / scale, (lower, upper)


def _mean_up_to(
    curve: Curve, tau: float, scale: float, notes: list[str]
) -> tuple[float | None, Limits]:
    if curve.at(tau) is None:
        notes.append(f"too few have been followed for {_long(tau, scale)} yet")
        return None, (None, None)
    mean, error = restricted_mean(curve, tau)
    reach = Z_95 * error
    if not error:
        notes.append("none had ended by then, so no interval can be given")
        return mean / scale, (None, None)
    return mean / scale, ((mean - reach) / scale, (mean + reach) / scale)


def _share_at(
    curve: Curve, at: float, scale: float, notes: list[str]
) -> tuple[float | None, Limits]:
    share = curve.at(at)
    if share is None:
        when = "from so early on" if at < curve.begins else f"for {_long(at, scale)} yet"
        notes.append(f"too few have been followed {when}, so the share is not known")
    elif share == 1:
        notes.append("none had ended by then, so no interval can be given")
    elif share == 0:
        notes.append("all had ended by then, so no interval can be given")
    return share, curve.at_limits(at)


class Points(Sequence[CurvePoint]):
    """The steps of a curve, made when they are looked at: of thousands of groups few ever are."""

    def __init__(self, curve: Curve, scale: float) -> None:
        self._curve, self._scale = curve, scale

    def __len__(self) -> int:
        return len(self._curve.time)

    def __getitem__(self, place: Any) -> Any:
        return self._made[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._made == tuple(other)

    def __hash__(self) -> int:
        return hash(self._made)

    @cached_property
    def _made(self) -> tuple[CurvePoint, ...]:
        curve = self._curve
        columns = (
            curve.time / self._scale,
            curve.at_risk,
            curve.events,
            curve.share,
            curve.standard_error,
            curve.lower,
            curve.upper,
        )
        return tuple(
            CurvePoint(
                time=time,
                at_risk=at_risk,
                events=events,
                share=share,
                standard_error=standard_error,
                lower=None if share == 0 else lower,
                upper=None if share == 0 else upper,
            )
            for time, at_risk, events, share, standard_error, lower, upper in zip(
                *(column.tolist() for column in columns), strict=True
            )
        )


def _begins(
    days: np.ndarray, since: np.ndarray, rows: np.ndarray, first_at_risk: int
) -> float | None:
    """The first entry after which `first_at_risk` are followed together; -inf: from the start."""
    entries = np.unique(since)
    together = _rows_before(since, rows, entries, "right") - _rows_before(
        days, rows, entries, "right"
    )
    enough = np.flatnonzero(together >= first_at_risk)
    return float(entries[enough[0]]) if enough.size else None


def _rows_before(
    values: np.ndarray, rows: np.ndarray, points: np.ndarray, side: str = "left"
) -> np.ndarray:
    """How many rows lie below each point, or at most at it with side "right"."""
    order = np.argsort(values, kind="stable")
    up_to = np.concatenate([[0], np.cumsum(rows[order])])
    return up_to[np.searchsorted(values[order], points, side=side)]


def _long(days: float, scale: float) -> str:
    unit = "years" if scale == YEAR else "days"
    length = days / scale if scale == YEAR else days
    return f"{round(length, 1):g} {unit}"
