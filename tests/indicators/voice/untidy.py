"""Rows of the tables about voice with faults their figures know, and some that count."""

from __future__ import annotations

from typing import Any

from tests.indicators.voice.drawn import answer, partnership

_SUBJECT = {"partnership": "p", "side": "partner", "budget_share": 0.1, "time_share": 0.1}
_SEAT = {"from_on": "2020-01-01", "total_seats": 4}

UNTIDY: dict[str, list[dict[str, Any]]] = {
    "organisation": [{"organisation": "uni", "name": "Uni", "is_home_university": True}],
    "partnership": [partnership("told", payment_terms_told_on="2019-12-01")],
    "review": [
        answer("university", 4, reviewed_on="2024-01-01"),
        answer("partner", 2, reviewed_on="2024-01-01"),
        answer("partner", None),
        answer("partner", 9),
        answer("partner", 3, principle=None),
        answer("partner", 3, scale="often"),
    ],
    "seat": [
        _SEAT | {"body": "board", "organisation": "uni", "seats": 2},
        _SEAT | {"body": "board", "organisation": "a", "seats": 1, "seats_filled": 0},
        _SEAT | {"body": "panel", "organisation": "a", "seats": 1, "total_seats": None},
    ],
    "expectation": [
        {"partnership": "p", "side": "shared", "expectation": "one"},
        {"partnership": "p", "side": "partner", "expectation": "two"},
        {"partnership": "q", "side": "partner", "expectation": "three"},
    ],
    "value_priority": [
        *(
            _SUBJECT | {"subject": str(rank), "stated_rank": rank, "stated_on": "2024-01-01"}
            for rank in range(1, 7)
        ),
        _SUBJECT | {"subject": "1", "stated_rank": 1, "stated_on": "2023-01-01"},
    ],
    "milestone": [
        {"partnership": "p", "milestone": "1", "due_on": "2024-01-01", "done_on": "2024-01-01"},
        {"partnership": "p", "milestone": "2", "due_on": "2024-01-01"},
        {"partnership": "p", "milestone": "3"},
    ],
    "commitment": [
        {"framework": "CUA", "commitment": "1", "wording": "w", "status": "met"},
        {"framework": "CUA", "commitment": "2", "wording": "w", "status": None},
    ],
    "activity": [
        {"activity_ref": "1", "title": "t", "held_on": "2024-01-02"}
        | {"findings_shared_on": "2024-01-03"},
        {"activity_ref": "2", "title": "t", "held_on": "2024-01-02"},
        {"activity_ref": "3", "title": "t", "held_on": "2024-01-02"}
        | {"findings_shared_on": "2024-01-01"},
    ],
}
