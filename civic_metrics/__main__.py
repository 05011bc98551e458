"""The command line: `python -m civic_metrics COMMAND`. Parses, calls, prints; decides nothing."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from civic_metrics import budget, compute
from civic_metrics.arguments import Wrong, pairs, parser
from civic_metrics.contracts import ContractError
from civic_metrics.disclosure import PROFILES
from civic_metrics.exchange import template
from civic_metrics.indicators import INDICATORS
from civic_metrics.intake import (
    Refused,
    build_cases,
    build_demonstration,
    open_with_reference,
    redact,
    texts_of,
)
from civic_metrics.intake.budgets import read_budget
from civic_metrics.ledger import (
    Ledger,
    LedgerError,
    batches,
    erase,
    open_ledger,
    store_path,
    undo,
)
from civic_metrics.loading import load_files, table_asked_for
from civic_metrics.model import Role, Viewer
from civic_metrics.scope import NotInScope
from civic_metrics.terminal import (
    DONE,
    NOTHING,
    WRONG,
    print_answer,
    print_csv,
    print_json,
    print_rows,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 nothing loaded or found (said why), 2 bad arguments."""
    given = parser().parse_args(arguments)
    try:
        return COMMANDS[given.command](given)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("Stopped. What was being loaded is taken back.", file=sys.stderr)
        return NOTHING
    except OSError as error:
        print(f"{error.filename}: {error.strerror}.", file=sys.stderr)
        return NOTHING
    except Wrong as error:
        print(error, file=sys.stderr)
        return WRONG
    except (compute.Unanswerable, ContractError) as error:
        print(error, file=sys.stderr)
        return WRONG
    except (Refused, LedgerError, NotInScope) as error:
        print(error, file=sys.stderr)
        return NOTHING


def _store(given: argparse.Namespace) -> Path:
    return store_path(getattr(given, "store", None))


def _demo(given: argparse.Namespace) -> int:
    own = getattr(given, "store", None)
    name = "cases.duckdb" if given.cases else "demonstration.duckdb"
    path = store_path(own) if own else _store(given).with_name(name)
    if path.exists():
        print(f"{path} is there already. Delete it to build it again.")
        return NOTHING
    build = build_cases if given.cases else build_demonstration
    build(path, report=print).close()
    print(f"Built {path}. Look at it with: streamlit run dashboard.py")
    return DONE


def _batches(given: argparse.Namespace) -> int:
    ledger = open_ledger(_store(given), create=False)
    rows = [
        {
            "batch": one.batch,
            "kind": one.kind,
            "source": one.source,
            "table": one.table,
            "file": one.file_name,
            "who": one.who,
            "when": one.loaded_at.isoformat(sep=" ", timespec="seconds"),
            "complete_to": one.complete_to,
            **asdict(one.counts),
            "undoes": one.undoes,
            "undone_by": one.undone_by,
        }
        for one in batches(ledger)
    ]
    print_rows(rows, given.format)
    return DONE if rows else NOTHING


def _undo(given: argparse.Namespace) -> int:
    ledger = open_ledger(_store(given), create=False)
    outcome = undo(ledger, given.batch, getpass.getuser(), keep=not given.dry_run)
    done = (
        "Undoing it would take" if given.dry_run else f"Undone, as number {outcome.batch}. It took"
    )
    print(
        f"{done} {outcome.removed:,} rows out, put {outcome.put_back:,} back as they were before "
        f"and left {outcome.unchanged:,} that other uploads also hold."
    )
    return DONE


def _erase(given: argparse.Namespace) -> int:
    done = erase(
        _store(given),
        given.who,
        by=getpass.getuser(),
        redact=redact,
        texts_of=texts_of,
        keep=not given.dry_run,
    )
    print(f"{'It would take' if given.dry_run else 'Erased. It took'} out {done.in_words}.")
    return DONE


def _template(given: argparse.Namespace) -> int:
    layout = table_asked_for(given.table)
    out = Path(given.out or f"{layout.title}.xlsx")
    out.write_bytes(template(layout))
    print(f"Written {out}. Fill in its first sheet; how to is on its second.")
    return DONE


def _indicators(given: argparse.Namespace) -> int:
    path = _store(given)
    if path.exists():
        return _list_indicators(open_ledger(path), given.format)
    with TemporaryDirectory() as folder:  # the targets that new records would begin with
        return _list_indicators(open_with_reference(Path(folder) / "new.duckdb"), given.format)


def _list_indicators(ledger: Ledger, style: str) -> int:
    rows = []
    for indicator in INDICATORS.values():
        target, source = compute.target_of(ledger, indicator, date.today())
        rows.append(
            {
                "id": indicator.id,
                "name": indicator.name,
                "question": indicator.question,
                "unit": indicator.unit.value,
                "better": indicator.better.value,
                "estimator": indicator.estimator.name,
                "splits": list(indicator.splits),
                "target": target,
                "source": source or indicator.source,
            }
        )
    print_rows(rows, style)
    ledger.close()
    return DONE


def _show(given: argparse.Namespace) -> int:
    ledger = open_ledger(_store(given), create=False)
    where: dict[str, list[str | None]] = {}
    for text in given.where:
        for key, value in pairs([text], "--where").items():
            where.setdefault(key, []).append(value or None)
    result = compute.figure(
        ledger,
        _viewer(given.viewer, ledger),
        given.indicator,
        by=[name.strip() for name in given.by.split(",") if name.strip()],
        where=where,
        start=given.start,
        end=given.end,
        as_of=given.as_of,
        batch=given.batch,
    )
    if given.sql:
        print(result.sql, file=sys.stderr if given.format != "table" else sys.stdout)
    rows = result.records()
    if given.format == "json":
        print_json(rows if result.splits else rows[0])
    elif given.format == "csv":
        print_csv(rows)
    else:
        print_answer(result)
    return DONE if any(row.figure.n for row in result.rows) else NOTHING


def _viewer(text: str, ledger: Ledger) -> Viewer:
    if text in (Role.LEAD.value, Role.ANALYST.value):
        return Viewer(Role(text))
    role, _, name = text.partition(":")
    if role != Role.PARTNER.value or not name:
        raise Wrong("--viewer is lead, analyst or partner:ORGANISATION (its identifier or name).")
    return Viewer(Role.PARTNER, (compute.organisation_called(ledger, name),))


def _published(given: argparse.Namespace) -> int:
    ledger = open_ledger(_store(given), create=False)
    grid = compute.published(ledger, profile=PROFILES[given.profile])
    ledger.close()
    print_rows(compute.published_rows(grid), given.format)
    for name, why in grid.empty.items():
        print(f"{name}: {why}", file=sys.stderr)
    return DONE if grid.cells else NOTHING


def _budget(given: argparse.Namespace) -> int:
    path = Path(given.file)
    plan = read_budget(path.read_bytes(), path.name)
    lines, lacking = budget.lines_of(plan.lines)
    for said in (*plan.faults, *lacking):
        print(said, file=sys.stderr)
    if not lines:
        print("There is no line to weigh.", file=sys.stderr)
        return NOTHING
    ledger = open_ledger(_store(given), create=False)
    known = compute.records(ledger, Viewer(Role.LEAD), "rate", as_of=given.on)
    ledger.close()
    rates = budget.rates_on(known, given.on, given.place)
    before = budget.weigh(lines, rates)
    after = None
    if given.what_if:
        what_if = budget.WhatIf[given.what_if.replace("-", "_").upper()]
        after = budget.weigh(budget.changed(lines, rates, what_if), rates)
    if given.format == "table":
        print(budget.headline(before))
    print_rows(budget.comparison(before, after), given.format)
    if given.format == "table":
        print_rows(budget.by_role(after or before), "table")
        print(*budget.remarks(lines, rates), sep="\n")
    return DONE


COMMANDS = {
    "demo": _demo,
    "load": load_files,
    "batches": _batches,
    "undo": _undo,
    "erase": _erase,
    "template": _template,
    "indicators": _indicators,
    "show": _show,
    "published": _published,
    "budget": _budget,
}


if __name__ == "__main__":
    sys.exit(main())
