"""A wide survey download -> review rows: one a respondent and question.

    found = survey(sheet)
    if found: part = review_rows(sheet, found, constants={"partnership": "P1"})

The original scale and the words of each answer are kept beside the score; whoever answered stays
unnamed. See survey_columns.py for what each column is taken for.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.intake.naming import listed
from civic_metrics.intake.shapes.parts import Part, counted, rows_at
from civic_metrics.intake.shapes.survey_columns import Question, Survey, counts_of, survey
from civic_metrics.intake.sheet import Sheet

__all__ = ["Question", "Survey", "review_rows", "survey"]


def review_rows(sheet: Sheet, found: Survey, *, constants: Mapping[str, str] | None = None) -> Part:
    """The answers as rows of reviews, a respondent's together; the row number is theirs.

    `constants` gives what the file does not say: the partnership, the side, the day.
    """
    given = dict(constants or {})
    places = pa.array(range(found.first, len(sheet)), pa.int64())
    of_whom = _of_whom(sheet, found, places, given)
    blocks = [_block(sheet, q, n, places) for n, q in enumerate(found.questions)]
    table = pa.concat_tables(blocks).sort_by([("place", "ascending"), ("n", "ascending")])
    at = pc.subtract(table["place"], found.first)
    columns = {name: texts.take(at) for name, texts in of_whom.items()}
    columns |= {n: table[n] for n in ("statement", "score", "scale", "answer", "comment")}
    silent = len(places) - len(pc.unique(table["place"]))
    return Part(
        table="review",
        sheet=rows_at(sheet, table["place"], columns),
        said=_said(sheet, found, places, given, silent),
        constants={"method": "survey"} | given,
    )


def _of_whom(
    sheet: Sheet, found: Survey, places: pa.Array, given: Mapping[str, str]
) -> dict[str, pa.ChunkedArray]:
    """What is known of each respondent, row by row."""
    columns = {}
    wanted = {"partnership": found.partnership, "reviewed_on": found.date}
    for name, heading in wanted.items():
        if heading and name not in given:
            columns[name] = sheet.cells[heading].take(places)
    columns["respondent"] = _respondents(sheet, found, places)
    sides = None
    if found.side and "side" not in given:
        sides = columns["side"] = _mapped(sheet.cells[found.side].take(places), found.sides)
    if found.organisation and "organisation" not in given:
        own = sheet.cells[found.organisation].take(places)
        if sides is not None:
            is_ours = pc.fill_null(pc.equal(sides, "university"), False)
            own = pc.if_else(is_ours, pa.scalar(None, pa.string()), own)
        columns["organisation"] = own
    return columns


def _respondents(sheet: Sheet, found: Survey, places: pa.Array) -> pa.ChunkedArray:
    """The respondents' numbers; where the file has none, one made of what each answered."""
    own = sheet.cells[found.respondent].take(places) if found.respondent else None
    if own is not None and not own.null_count:
        return own
    headings = [q.heading for q in found.questions]
    headings += [h for h in (found.date, found.organisation, found.side) if h]
    told = [sheet.cells[h].take(places).fill_null("") for h in headings]
    joined = pc.binary_join_element_wise(*told, "\x1f")
    met: Counter[str] = Counter()
    made = []
    for text in joined.to_pylist():
        key = hashlib.sha256(text.encode()).hexdigest()[:8]
        met[key] += 1
        made.append(f"r-{key}" + (f"-{met[key]}" if met[key] > 1 else ""))
    numbers = pa.chunked_array([pa.array(made, pa.string())])
    return numbers if own is None else pc.coalesce(own, numbers)


def _mapped(texts: pa.ChunkedArray, to: Mapping[str, object]) -> pa.ChunkedArray:
    """Each text as what it stands for, each distinct one looked up once."""
    known = list(to)
    values = pa.array([None if to[k] is None else str(to[k]) for k in known], pa.string())
    return values.take(pc.index_in(texts, value_set=pa.array(known, pa.string())))


def _block(sheet: Sheet, question: Question, number: int, places: pa.Array) -> pa.Table:
    """The answers to one question, those who gave none left out."""
    none = pa.chunked_array([pa.nulls(len(places), pa.string())])
    told = sheet.cells[question.heading].take(places)
    more = sheet.cells[question.comments].take(places) if question.comments else none
    scale = question.scale
    answer, comment = (none, told) if question.in_own_words else (told, more)
    if question.in_own_words and question.comments:
        comment = pc.binary_join_element_wise(told, more, "\n", null_handling="skip")
        comment = pc.if_else(pc.or_(pc.is_valid(told), pc.is_valid(more)), comment, None)
    block = pa.table(
        {
            "place": places,
            "n": pa.array([number] * len(places), pa.int64()),
            "statement": pa.array([question.statement] * len(places), pa.string()),
            "score": _mapped(answer, scale.scores) if scale else none,
            "scale": pa.array([scale.said if scale else None] * len(places), pa.string()),
            "answer": answer,
            "comment": comment,
        }
    )
    return block.filter(pc.or_(pc.is_valid(answer), pc.is_valid(comment)))


def _said(
    sheet: Sheet, found: Survey, places: pa.Array, given: Mapping[str, str], silent: int
) -> tuple[str, ...]:
    """What was made of the survey, in words."""
    own = sum(q.in_own_words for q in found.questions)
    scales = Counter(q.scale.said for q in found.scored)
    shown = listed(f"{number:,} from {said}" for said, number in scales.items())
    told = [
        f"A survey with {counted(len(places), 'respondent')} and "
        f"{counted(len(found.scored), 'question')} on a scale ({shown}); {own:,} in people's own "
        "words. The best answer has the highest score."
    ]
    if silent:
        told.append(f"{counted(silent, 'respondent')} answered nothing.")
    turned = [q.statement for q in found.scored if q.scale.is_turned]
    if turned:
        told.append(
            f"Scores turned round, as the lowest number is the best: {listed(_quoted(turned))}."
        )
    if any(q.scale.is_assumed for q in found.scored):
        told.append(
            "Too few answers to see every step of a scale in words: the usual number of steps is "
            "taken. Check it against the survey."
        )
    unscored = sum(_unscored(sheet, q, found.first) for q in found.scored)
    if unscored:
        told.append(f"{counted(unscored, 'answer')} such as “Don't know” kept without a score.")
    if not found.respondent:
        told.append("No respondent numbers in the file: one is made of what each answered.")
    odd = [text for text, side in found.sides.items() if side is None]
    if odd:
        told.append(f"Not plain which side they answer for: {listed(_quoted(odd))}.")
    if found.organisation and found.side:
        told.append("The organisation is kept for partners alone, as the university's is known.")
    needed = {
        "partnership": found.partnership,
        "side": found.side,
        "reviewed_on": found.date,
    }
    words = {"partnership": "the partnership", "side": "the side", "reviewed_on": "the day"}
    lacking = [words[name] for name, heading in needed.items() if not heading and name not in given]
    if lacking:
        told.append(f"The file does not say {listed(lacking)}: give one for every row.")
    reasons: dict[str, list[str]] = {}
    for heading, reason in found.left_out.items():
        reasons.setdefault(reason, []).append(heading)
    told += [f"Left out: {listed(_quoted(hs))} ({why})." for why, hs in reasons.items()]
    if found.first:
        rows = "row" if found.first == 1 else f"{found.first} rows"
        told.append(f"The first {rows} under the headings read as part of them.")
    return tuple(told)


def _unscored(sheet: Sheet, question: Question, first: int) -> int:
    counts = counts_of(sheet.cells[question.heading].slice(first))
    return sum(n for text, n in counts.items() if text not in question.scale.scores)


def _quoted(texts: Sequence[str]) -> list[str]:
    return [f"“{text}”" for text in texts]
