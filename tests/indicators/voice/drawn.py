"""Rows about voice drawn by hand, with what most of them have in common."""

from __future__ import annotations

from itertools import count
from typing import Any

FIVE = "1 (strongly disagree) to 5 (strongly agree)"
_number = count(1)


def answer(side: str, score: float | None, **more: Any) -> dict[str, Any]:
    """One answer on 1 to 5 about paid time, in partnership p on 15 May 2023."""
    return {
        "partnership": "p",
        "respondent": f"answer-{next(_number)}",
        "side": side,
        "organisation": "ashby" if side == "partner" else None,
        "reviewed_on": "2023-05-15",
        "statement": "Time is paid for.",
        "principle": "paid time",
        "score": score,
        "scale": FIVE,
    } | more


def partnership(name: str, started: str | None = "2020-01-01", **more: Any) -> dict[str, Any]:
    """A partnership begun on 1 January 2020 and still going."""
    return {"partnership": name, "name": name.upper(), "started_on": started} | more
