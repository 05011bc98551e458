"""A Kaplan-Meier curve as a slow loop over rows of (days, whether it ended, entered)."""

from __future__ import annotations


def slow_curve(rows: list[tuple[int, bool, int | None]]):
    """Begins, steps (time, share) and the last day of a Kaplan-Meier curve; None: no curve."""
    together = 5 if any(entered for _, _, entered in rows) else 1
    followed = [(d, o, e) for d, o, e in rows if e is None or e < d]
    begins = None
    for start in sorted({-1 if e is None else e for _, _, e in followed}):
        if sum((e is None or e <= start) and d > start for d, _, e in followed) >= together:
            begins = start
            break
    if begins is None:
        return None
    share, steps = 1.0, []
    for t in sorted({d for d, o, _ in followed if o and d > begins}):
        at_risk = sum((e is None or e < t) and d >= t for d, _, e in followed)
        share *= 1 - sum(o and d == t for d, o, _ in followed) / at_risk
        steps.append((t, share))
    return max(begins, 0), steps, max(d for d, _, _ in followed)


def middle(rows: list[tuple[int, bool, int | None]], scale: float) -> float | None:
    curve = slow_curve(rows)
    return next((t / scale for t, s in curve[1] if s <= 0.5 + 1e-9), None) if curve else None


def open_at(rows: list[tuple[int, bool, int | None]], at: float) -> float | None:
    curve = slow_curve(rows)
    if curve is None or at < curve[0]:
        return None
    _, steps, last = curve
    if at > last and not (steps and steps[-1][1] == 0):
        return None
    return next((s for t, s in reversed(steps) if t <= at), 1.0)


def mean_up_to(rows: list[tuple[int, bool, int | None]], tau: float) -> float | None:
    if open_at(rows, tau) is None:
        return None
    area, since, share = 0.0, 0.0, 1.0
    for t, after in slow_curve(rows)[1]:
        if t >= tau:
            break
        area, since, share = area + share * (t - since), t, after
    return (area + share * (tau - since)) / 365.25
