"""What the command line prints: sentences and tables for people, JSON and CSV for programs."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from civic_metrics import words
from civic_metrics.intake import Loaded, Unknown
from civic_metrics.model import Result, Unit

# What a spreadsheet program takes for the beginning of a formula.
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")
# Exit status of the command line.
DONE, NOTHING, WRONG = 0, 1, 2

PROBLEMS_PRINTED = 20
NAMES_PRINTED = 10


def loaded_record(outcome: Loaded) -> dict[str, Any]:
    """What became of a file, with every problem, for a program."""
    problems = [
        {**asdict(problem), "severity": problem.severity.value}
        for problem in outcome.staged.problems
    ]
    return {
        "file": outcome.loading.file_name,
        "sha256": outcome.sha256,
        "sheet": outcome.loading.sheet.name,
        "table": outcome.loading.table.name,
        "batch": outcome.batch,
        "complete_to": outcome.complete_to,
        **asdict(outcome.counts),
        "closed": outcome.effect.closed,
        "names_added": len(outcome.staged.stubs),
        "matching": dict(outcome.loading.matching.pairs),
        "ignored": list(outcome.loading.matching.ignored),
        "refused": dict(outcome.loading.matching.refused),
        "problems": problems,
    }


def print_loaded(outcome: Loaded, *, dry: bool, declared: bool) -> None:
    """What became of a file, its counts and its first problems, for a person."""
    counts = outcome.counts
    done = "Would load" if dry else "Loaded"
    number = "" if outcome.batch is None else f" as upload {outcome.batch}"
    if not outcome.stands and counts.quarantined:
        only = counts.quarantined == 1
        rows = "its only row is" if only else f"all {counts.quarantined:,} rows are"
        kept = f", kept{number} to be mended" if number else ""
        print(f"Nothing of {outcome.loading.file_name} could be loaded: {rows} set aside{kept}.")
    else:
        print(f"{done} {outcome.loading.file_name} into {outcome.loading.table.title}{number}.")
    repeated = outcome.staged.repeated
    twice = f" + {repeated:,} repeated in it" if repeated else ""
    print(
        f"  {counts.rows_read:,} rows read = {counts.new:,} new + {counts.changed:,} changed + "
        f"{counts.unchanged - repeated:,} unchanged{twice} + {counts.quarantined:,} set aside + "
        f"{counts.excluded:,} left out"
    )
    if outcome.effect.closed:
        gone = words.count(outcome.effect.closed, "rows")
        print(f"  Not in the file, which is all there is: {gone} of its source closed.")
    for said in outcome.loading.said:
        print(f"  {said}")
    _print_columns(outcome)
    for reason, number in outcome.staged.excluded.items():
        print(f"  Left out, as {reason}: {words.count(number, 'rows')}.")
    if outcome.complete_to:
        how = "" if declared else ", the latest date in it; say otherwise with --complete-to"
        print(f"  Taken as complete to {words.date_words(outcome.complete_to)}{how}.")
    latest = outcome.staged.latest_on
    if outcome.complete_to and latest and latest > outcome.complete_to:
        print(
            f"  The file has dates up to {words.date_words(latest)}: what happened after the day "
            "it is complete to is not counted."
        )
    if outcome.staged.stubs:
        names = [stub.name for stub in outcome.staged.stubs]
        more = f" and {len(names) - NAMES_PRINTED:,} more" if len(names) > NAMES_PRINTED else ""
        listed = ", ".join(names[:NAMES_PRINTED])
        print(f"  {words.count(len(names), 'names')} added without details: {listed}{more}.")
    _print_unknown(outcome)
    for read_as in outcome.staged.read_as:
        print(f"  {read_as.column}: {read_as.said} ({read_as.count:,})")
    # what is said of the whole file comes first
    problems = sorted(outcome.staged.problems, key=lambda one: one.row is not None)
    for problem in problems[:PROBLEMS_PRINTED]:
        mark = "set aside" if problem.severity.value == "error" else "note"
        found = f": found “{problem.found}”" if problem.found else ""
        place = "The whole file" if problem.row is None else f"Row {problem.row}"
        where = f"{place}, {problem.column}" if problem.column else place
        print(f"  {where} ({mark}){found}; expected {problem.expected}. {problem.fix}")
    if len(problems) > PROBLEMS_PRINTED:
        print(f"  … and {len(problems) - PROBLEMS_PRINTED:,} more (--format csv lists them all).")


def _print_columns(outcome: Loaded) -> None:
    """Which of their columns was taken for which of ours, which were not, and why not."""
    matching = outcome.loading.matching
    taken = [f"{ours} ← “{theirs}”" for ours, theirs in matching.pairs.items() if ours != theirs]
    if taken:
        print(f"  Columns: {', '.join(taken)}.")
    for why in matching.refused.values():
        print(f"  {why}")
    ignored = [f"“{name}”" for name in matching.ignored if name not in matching.refused]
    if ignored and outcome.loading.is_main:
        print(f"  Not used: {', '.join(ignored)}.")


def _print_unknown(outcome: Loaded) -> None:
    """Names and codes nobody has said anything about, the most money first."""
    unknown = outcome.staged.unknown
    if not unknown:
        return
    shown = "; ".join(_at_stake(one) for one in unknown[:NAMES_PRINTED])
    rest = len(unknown) - NAMES_PRINTED
    more = f"; and {rest:,} more" if rest > 0 else ""
    print(
        f"  {words.count(len(unknown), 'names')} (or codes) nobody has answered about: "
        f"{shown}{more}."
    )
    print("  Answer with --same THEIRS=OURS, --new NAME, --individual NAME or --not-ours CODE.")


def _at_stake(one: Unknown) -> str:
    money = f", {words.pounds(one.amount)}" if one.amount else ""
    perhaps = f", perhaps “{one.suggestions[0].name}”" if one.suggestions else ""
    person = ", looks like a person" if one.looks_personal else ""
    return f"“{one.text}” ({words.count(one.rows, 'rows')}{money}{perhaps}{person})"


def print_answer(result: Result) -> None:
    """A figure as a sentence with what a reader must know, or a table where it is split."""
    if not result.splits:
        asked = result.indicator
        subject = words.PARTNERS if asked.period_by else "Partnerships"
        subject = "Everyone recorded" if asked.partner_filter else subject
        print(words.sentence(result, result.only, subject=subject))
        print(f"  {_unrounded(result)}")
        note = result.only.note(result.indicator.counts)
        for line in (*(note.split("; ") if note else ()), *result.notes):
            print(f"  {line}")
        for label, figure in result.variants:
            print(f"  {label}: {words.short(figure.value, result.indicator.unit)}")
        return
    unit = result.indicator.unit
    rows = [
        {
            **dict(zip(result.splits, row.labels, strict=True)),
            "value": words.short(row.figure.value, unit),
            "lower": words.short(row.figure.lower, unit),
            "upper": words.short(row.figure.upper, unit),
            "n": row.figure.n,
            "status": row.status.value,
            "note": row.figure.note or "",
        }
        for row in result.rows
    ]
    print(f"{result.indicator.name}, as at {words.date_words(result.as_of)}")
    print_rows(rows, "table")
    for note in result.notes:
        print(f"  {note}")


def _unrounded(result: Result) -> str:
    """The figure as worked out, for those who check it."""
    figure = result.only.figure
    digits = 2 if result.indicator.unit in (Unit.DAYS, Unit.YEARS) else 4
    value, lower, upper = (
        "none" if x is None else f"{x:.{digits}f}"
        for x in (figure.value, figure.lower, figure.upper)
    )
    return f"value {value} (95% {lower} to {upper}), n = {figure.n:,}, status {result.only.status}"


def print_rows(rows: list[dict[str, Any]], style: str) -> None:
    """Rows as an aligned table, JSON or CSV."""
    if style == "json":
        print_json(rows)
    elif style == "csv":
        print_csv(rows)
    elif rows:
        heads = list(rows[0])
        cells = [heads, *([_text(row[head]) for head in heads] for row in rows)]
        widths = [max(len(line[n]) for line in cells) for n in range(len(heads))]
        for line in cells:
            print(
                "  ".join(
                    cell.ljust(width) for cell, width in zip(line, widths, strict=True)
                ).rstrip()
            )


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)


def print_json(value: Any) -> None:
    """Indented JSON; decimals as numbers, dates as text."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)


def print_csv(rows: list[dict[str, Any]]) -> None:
    """CSV with a header; nothing for no rows."""
    if rows:
        out = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
        out.writeheader()
        out.writerows({name: _harmless(value) for name, value in row.items()} for row in rows)


def _harmless(value: Any) -> str:
    """The value as text that a spreadsheet program will not run as a formula."""
    text = _text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA_BEGINS) else text
