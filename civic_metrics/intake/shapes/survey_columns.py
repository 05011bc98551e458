"""What each column of a wide survey download is: a question, who answered and when, or neither.

Survey tools write a column a question and a row a respondent. A column that says who a person is
or that the tool adds is left out with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.intake.names.persons import looks_personal
from civic_metrics.intake.naming import fold_words
from civic_metrics.intake.shapes.scales import (
    Scale,
    family_of,
    is_no_answer,
    number_scale,
    word_scale,
)
from civic_metrics.intake.shapes.statements import statements_of
from civic_metrics.intake.shapes.survey_words import (
    COMMENT,
    DATES,
    OF_THE_TOOL,
    ORGANISATION,
    PARTNERSHIP,
    PERSONAL,
    RESPONDENT,
    SIDE,
    bare,
    is_filler,
    reads_like_a_question,
    side_of,
)
from civic_metrics.intake.sheet import Sheet

# Rows under the headings that may still be headings.
HEADING_ROWS = 2
# A survey asks more than one thing.
FEWEST_QUESTIONS = 2
# As many columns of small numbers under bare words are ratings rather than quantities.
SEVERAL = 3
# Answers of one choice are few, short and given again and again.
MOST_CHOICES, LONGEST_CHOICE = 12, 60
_EMAIL = r"[\w.+-]+@[\w-]+\.[\w.]+"
_NUMBER = r"^[\d.,%\s-]+$"
_ANSWERED = frozenset(RESPONDENT) - {"id", "record id"}
_ALREADY_LONG = ({"statement", "question"}, {"score", "answer", "response", "rating"})


@dataclass(frozen=True)
class Question:
    """A question and the headings of its answers and of the comments on them; `scale` is None
    where it is answered in one's own words or by a choice that has no order."""

    heading: str
    statement: str
    scale: Scale | None = None
    in_own_words: bool = False
    comments: str | None = None


@dataclass(frozen=True)
class Survey:
    """What each column of a survey is. `first` is the place of the first respondent."""

    questions: tuple[Question, ...]
    first: int = 0
    respondent: str | None = None
    date: str | None = None
    partnership: str | None = None
    organisation: str | None = None
    side: str | None = None
    sides: Mapping[str, str | None] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def scored(self) -> tuple[Question, ...]:
        """The questions answered on a scale."""
        return tuple(question for question in self.questions if question.scale)


def survey(sheet: Sheet) -> Survey | None:
    """The survey the sheet holds; None where it does not look like one."""
    named = {bare(heading) for heading in sheet.header}
    if all(named & words for words in _ALREADY_LONG) or len(sheet) == 0:
        return None
    first = _first_respondent(sheet)
    cells = {heading: sheet.cells[heading].slice(first) for heading in sheet.header}
    roles, left_out = _roles(sheet, cells)
    rest = [h for h in sheet.header if h not in roles.values() and h not in left_out]
    scales = _scales(rest, cells, is_answered=bare(roles.get("respondent", "")) in _ANSWERED)
    if not _is_asked(sheet, scales, roles):
        return None
    statements = statements_of(sheet, rest, first)
    questions: list[Question] = []
    for heading in rest:
        reason = _no_question(heading, statements[heading], cells[heading], scales)
        if reason:
            left_out[heading] = reason
            continue
        is_comment = COMMENT.fullmatch(fold_words(statements[heading]))
        before = questions[-1] if questions else None
        if is_comment and heading not in scales and before and not before.comments:
            scale = before.scale
            questions[-1] = Question(
                before.heading, before.statement, scale, before.in_own_words, heading
            )
        else:
            questions.append(
                Question(
                    heading,
                    statements[heading],
                    scales.get(heading),
                    heading not in scales and not _is_choice(cells[heading]),
                )
            )
    sides = {}
    if side := roles.get("side"):
        sides = {text: side_of(text) for text in counts_of(cells[side])}
    return Survey(tuple(questions), first, **roles, sides=sides, left_out=left_out)


def counts_of(texts: pa.ChunkedArray) -> dict[str, int]:
    """How often each answer is given."""
    return {c["values"]: c["counts"] for c in pc.value_counts(texts.drop_null()).to_pylist()}


def _first_respondent(sheet: Sheet) -> int:
    """The place of the first row that is no further row of headings: where questions are
    answered on a scale, such a row has words that are on none."""
    look_from = min(HEADING_ROWS, len(sheet) - 1)
    families = {}
    for heading in sheet.header:
        counts = counts_of(sheet.cells[heading].slice(look_from))
        family = family_of(counts)
        if family and not PERSONAL.fullmatch(bare(heading)):
            families[heading] = family
    for place in range(look_from):
        row = {h: sheet.cells[h][place].as_py() for h in sheet.header}
        if any("ImportId" in (text or "") for text in row.values()):
            continue
        told = {h: row[h] for h in families if row[h]}
        fits = (is_no_answer(t) or family_of({t: 1}) == families[h] for h, t in told.items())
        dated = any(re.search(r"\d", row[h] or "") for h in row if bare(h) in DATES)
        if not told or dated or any(fits):
            return place
    return look_from


def _roles(
    sheet: Sheet, cells: Mapping[str, pa.ChunkedArray]
) -> tuple[dict[str, str], dict[str, str]]:
    """The headings of what is known of each respondent, and those left out with the reason."""
    words = {heading: bare(heading) for heading in sheet.header}
    roles: dict[str, str] = {}
    wanted = (
        ("respondent", RESPONDENT),
        ("date", DATES),
        ("partnership", PARTNERSHIP),
        ("organisation", ORGANISATION),
        ("side", SIDE),
    )
    for role, names in wanted:
        there = [h for name in names for h in sheet.header if words[h] == name]
        filled = [h for h in there if cells[h].null_count < len(cells[h])]
        if filled:
            roles[role] = filled[0]
    left_out = {}
    for heading in sheet.header:
        if heading in roles.values():
            continue
        if PERSONAL.fullmatch(words[heading]) or _holds_addresses(cells[heading]):
            left_out[heading] = "says who a person is"
        elif words[heading] in DATES or OF_THE_TOOL.fullmatch(words[heading]):
            left_out[heading] = "is added by the survey tool"
        elif cells[heading].null_count == len(cells[heading]):
            left_out[heading] = "is empty"
    if "respondent" in roles and _holds_people(cells[roles["respondent"]]):
        left_out[roles.pop("respondent")] = "says who a person is"
    return roles, left_out


def _holds_addresses(texts: pa.ChunkedArray) -> bool:
    """Whether most of the cells are e-mail addresses."""
    told = texts.drop_null()
    if not len(told):
        return False
    return 2 * pc.sum(pc.match_substring_regex(told, f"^{_EMAIL}$")).as_py() > len(told)


def _holds_people(texts: pa.ChunkedArray) -> bool:
    """Whether most of the cells are e-mail addresses or names of people."""
    told = pc.unique(texts.drop_null()).to_pylist()
    return _holds_addresses(texts) or 2 * sum(map(looks_personal, told)) > len(told)


def _scales(
    headings: Iterable[str], cells: Mapping[str, pa.ChunkedArray], *, is_answered: bool
) -> dict[str, Scale]:
    """The scale of each question that has one; questions of one family share it.

    Numbers alone are a scale under a question, or where several stand in a sheet of responses.
    """
    counts = {heading: counts_of(cells[heading]) for heading in headings}
    families = {heading: family_of(counts[heading]) for heading in headings}
    every: dict[str, Counter[str]] = {}
    for heading, family in families.items():
        if family:
            every.setdefault(family, Counter()).update(counts[heading])
    numbers = every.get("numbers", Counter())
    several = is_answered and list(families.values()).count("numbers") >= SEVERAL
    shared = {f: word_scale(f, met) for f, met in every.items() if f != "numbers"}
    scales = {}
    for heading, family in families.items():
        if family == "numbers":
            if (several or _is_put(heading)) and not _counts_things(heading):
                scales[heading] = number_scale(heading, counts[heading], numbers)
        elif family:
            scales[heading] = shared[family]
    return scales


def _is_put(heading: str) -> bool:
    """Whether the heading is a question or the code of one."""
    return reads_like_a_question(heading) or all(map(is_filler, heading.split(" / ")))


def _counts_things(heading: str) -> bool:
    """Whether a heading asks for a number of things rather than for a judgement."""
    return bool(re.search(r"\b(?:how many|number of|how long|years?|hours|days)\b", heading, re.I))


def _is_asked(sheet: Sheet, scales: Mapping[str, Scale], roles: Mapping[str, str]) -> bool:
    """Whether the columns on a scale are what the sheet is about, not a few among many others."""
    asked = sum(map(_is_put, scales))
    if len(scales) < FEWEST_QUESTIONS:
        return bool(asked and roles.get("respondent") and roles.get("date"))
    return bool(asked) or 2 * len(scales) > len(sheet.header)


def _no_question(
    heading: str, statement: str, texts: pa.ChunkedArray, scales: Mapping[str, Scale]
) -> str:
    """Why a column is no question; empty where it is one."""
    if heading in scales:
        return ""
    told = texts.drop_null()
    if 2 * pc.sum(pc.match_substring_regex(told, _NUMBER)).as_py() > len(told):
        return "holds numbers that are no scale"
    is_comment = COMMENT.fullmatch(fold_words(statement))
    if not (_is_put(heading) or reads_like_a_question(statement) or is_comment):
        return "is not put as a question"
    return ""


def _is_choice(texts: pa.ChunkedArray) -> bool:
    """Whether the answers are choices rather than one's own words."""
    counts = counts_of(texts)
    again = 2 * len(counts) <= sum(counts.values())
    return again and len(counts) <= MOST_CHOICES and max(map(len, counts)) <= LONGEST_CHOICE
