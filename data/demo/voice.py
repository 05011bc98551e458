"""The demo's principles and reviews: what each side says of the partnership."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import days
import phrases
import register
import world
from register import Partnership, Row

YEARS = (2022, 2023, 2024, 2025)
METHODS = ("survey", "one-to-one", "workshop", "external facilitation")


@dataclass(frozen=True)
class Scale:
    """The steps a review was asked on, as it is written down, and its answers in words."""

    lowest: int
    highest: int
    words: tuple[str, ...]

    @property
    def said(self) -> str:
        """The scale as it stands in a review."""
        if not self.words:
            return f"{self.lowest} (not at all) to {self.highest} (completely)"
        return f"{self.lowest} ({self.words[0]}) to {self.highest} ({self.words[-1]})"


def scale_of(p: Partnership) -> Scale:
    """The scale that partnership asks on."""
    if p.name in phrases.TEN_STEPS:
        return Scale(0, 10, ())
    words = phrases.FOUR if p.name in phrases.FOUR_STEPS else phrases.FIVE
    return Scale(1, len(words), words)


def principle_rows() -> list[Row]:
    """The university's principles, one reworded, and those of partnerships with their own."""

    def row(partnership: str, name: str, wording: str, first: str, last: str, where: str) -> Row:
        values = (partnership, name, wording, first, last, f"fictional: {where}")
        names = ("partnership", "principle", "wording", "from_on", "to_on", "source")
        return dict(zip(names, values, strict=True))

    rows = []
    agreed, anew = phrases.PRINCIPLES_FROM, phrases.PLAIN_REWORDED_ON
    own = "University of Brackwater, principles of working together"
    for name, wording, _, _ in phrases.PRINCIPLES:
        if name == phrases.PLAIN:
            last = (date.fromisoformat(anew) - timedelta(1)).isoformat()
            rows.append(row("", name, phrases.PLAIN_BEFORE, agreed, last, own))
        rows.append(row("", name, wording, anew if name == phrases.PLAIN else agreed, "", own))
    for p in register.partnerships():
        for name, wording, _, _ in phrases.OWN_PRINCIPLES.get(p.name, ()):
            rows.append(row(p.id, name, wording, agreed, "", f"agreement of {p.name}"))
    return rows


def statements(p: Partnership, day: date) -> list[tuple[str, str, float, float]]:
    """(principle, statement, the university's mean, the partners' mean) asked on that day."""
    asked = []
    for name, wording, ours, theirs in phrases.OWN_PRINCIPLES.get(p.name, phrases.PRINCIPLES):
        early = name == phrases.PLAIN and day.isoformat() < phrases.PLAIN_REWORDED_ON
        asked.append((name, phrases.PLAIN_BEFORE if early else wording, ours, theirs))
    return asked


def _mean(p: Partnership, principle: str, side: str, base: float) -> float:
    """The mean of 5 there: partners of the faculty ahead say more, those in Saltmere less."""
    if side == "university":
        return base
    if p.unit == world.HEALTH:
        base += 0.7
    if p.is_in_slow_place:
        base -= 0.7
    if p.name in world.SLOW and principle == phrases.PROMPT:
        base -= 1.0
    return base


class Reviews:
    """Holds reviews and keeps the answers."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.rows: list[Row] = []
        self.people = 0

    def hold(self, p: Partnership, day: date) -> None:
        """One review: both sides are asked, and not always both answer."""
        sides = self.rng.choices(
            (("university", "partner"), ("university",), ("partner",)), (76, 15, 9)
        )[0]
        method = self.rng.choices(METHODS, (6, 2, 2, 1))[0]
        shared = "true" if self.rng.random() < 0.6 else "false"
        if "university" in sides:
            for _ in range(self.rng.choice((1, 1, 2))):
                self._answer(p, day, "university", "", method, shared)
        if "partner" in sides:
            answering = [o for o in p.partners if self.rng.random() < 0.7] or [p.partners[0]]
            for organisation in answering:
                self._answer(p, day, "partner", organisation, method, shared)

    def _answer(
        self, p: Partnership, day: date, side: str, organisation: str, method: str, shared: str
    ) -> None:
        rng, scale = self.rng, scale_of(p)
        self.people += 1
        own = rng.gauss(0, 0.35)  # people differ in how freely they give high marks
        asked = statements(p, day)
        if rng.random() < 0.25:
            asked = [*asked, ("", phrases.OVERALL, 3.9, 3.4)]
        for principle, statement, ours, theirs in asked:
            mean = _mean(p, principle, side, ours if side == "university" else theirs)
            share = min(1.0, max(0.0, (mean + own + rng.gauss(0, 0.7) - 1) / 4))
            score = scale.lowest + round(share * (scale.highest - scale.lowest))
            silent = rng.random() < 0.02
            answer = scale.words[score - scale.lowest].capitalize() if scale.words else ""
            self.rows.append({
                "partnership": p.id,
                "respondent": f"answer-{self.people:04d}",
                "side": side,
                "organisation": organisation,
                "reviewed_on": day.isoformat(),
                "statement": statement,
                "principle": principle,
                "score": "" if silent else str(score),
                "scale": scale.said,
                "answer": "Prefer not to say" if silent else answer,
                "comment": rng.choice(phrases.COMMENTS) if rng.random() < 0.02 else "",
                "method": method,
                "is_shared": shared,
            })  # fmt: skip


def review_rows(rng: Random) -> list[Row]:
    """Answers by day: a review a year in most partnerships, in early summer or in winter."""
    reviews = Reviews(rng)
    held = []
    for p in register.partnerships():
        chance = 0.95 if p.unit == world.HEALTH else 0.35 if p.is_in_slow_place else 0.6
        for year in YEARS:
            summer = rng.random() < 0.7
            first = date(year + 1, 5, 4) if summer else date(year, 11, 3)
            day = days.working(first + timedelta(rng.randint(0, 50)))
            if rng.random() < chance and p.active_from <= day <= min(p.active_to, days.LAST):
                held.append((day, p))
    for day, p in sorted(held, key=lambda item: (item[0], item[1].id)):
        reviews.hold(p, day)
    return reviews.rows
