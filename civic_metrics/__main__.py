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

from civic_metrics import compute
from civic_metrics.contracts import ContractError
from civic_metrics.indicators import INDICATORS
from civic_metrics.intake import (
    Loading,
    Refused,
    build_demonstration,
    load_cases,
    load_one,
    open_with_reference,
    prepare,
    table_called,
)
from civic_metrics.ledger import Ledger, LedgerError, batches, open_ledger, store_path, undo
from civic_metrics.model import Role, Viewer
from civic_metrics.scope import NotInScope
from civic_metrics.terminal import (
    loaded_record,
    print_answer,
    print_csv,
    print_json,
    print_loaded,
    print_rows,
)

DONE, NOTHING, WRONG = 0, 1, 2


class Wrong(ValueError):
    """The words of the command are off; the message says how."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 nothing loaded or found (said why), 2 bad arguments."""
    given = _parser().parse_args(arguments)
    try:
        return given.run(given)
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Wrong as error:
        print(error, file=sys.stderr)
        return WRONG
    except (compute.Unanswerable, ContractError) as error:
        print(error, file=sys.stderr)
        return WRONG
    except (Refused, LedgerError, NotInScope) as error:
        print(error, file=sys.stderr)
        return NOTHING


def command_parsers() -> dict[str, argparse.ArgumentParser]:
    """Every command's parser by name, for its manual."""
    commands = next(
        action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    return dict(commands.choices)


def _parser() -> argparse.ArgumentParser:
    every = argparse.ArgumentParser(add_help=False)
    every.add_argument(
        "--store",
        default=argparse.SUPPRESS,
        help="file of the records (default: data/local/civic.duckdb)",
    )
    rows = argparse.ArgumentParser(add_help=False)
    rows.add_argument("--format", choices=("table", "json", "csv"), default="table")
    parser = argparse.ArgumentParser(
        prog="python -m civic_metrics",
        parents=[every],
        description="How a university treats its civic partners: pay, payment and longevity.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", parents=[every], help="build the demonstration records")
    demo.add_argument(
        "--cases",
        action="store_true",
        help="load published facts about real partnerships instead, into records of their own",
    )
    demo.set_defaults(run=_demo)

    load = commands.add_parser("load", parents=[every, rows], help="load spreadsheets")
    load.add_argument("files", nargs="+", metavar="FILE")
    load.add_argument("--table", help="the table the file holds; else it is told from the columns")
    load.add_argument("--sheet", help="the sheet of a workbook; else every sheet that fits")
    load.add_argument(
        "--map",
        nargs="+",
        action="extend",
        default=[],
        metavar="THEIRS=OURS",
        help="match a column of the file with one of ours",
    )
    load.add_argument(
        "--set",
        nargs="+",
        action="extend",
        default=[],
        metavar="COLUMN=VALUE",
        help="give every row a value the file does not hold",
    )
    load.add_argument(
        "--complete-to",
        type=_day,
        metavar="DAY",
        help="the day the extract was taken (YYYY-MM-DD): what happened since is not in it",
    )
    load.add_argument(
        "--source", help="where the rows come from (default: the file's name without numbers)"
    )
    load.add_argument(
        "--create-missing",
        action="store_true",
        help="add unknown partnerships and organisations by name, without details",
    )
    load.add_argument("--dry-run", action="store_true", help="say what would happen; load nothing")
    load.set_defaults(run=_load)

    history = commands.add_parser("batches", parents=[every, rows], help="list every upload")
    history.set_defaults(run=_batches)

    take_back = commands.add_parser("undo", parents=[every], help="undo an upload")
    take_back.add_argument("batch", type=int, metavar="BATCH")
    take_back.add_argument("--dry-run", action="store_true", help="say what would happen")
    take_back.set_defaults(run=_undo)

    catalogue = commands.add_parser(
        "indicators", parents=[every, rows], help="list what can be worked out"
    )
    catalogue.set_defaults(run=_indicators)

    show = commands.add_parser("show", parents=[every, rows], help="work out one indicator")
    show.add_argument("indicator", metavar="INDICATOR")
    show.add_argument("--by", default="", metavar="SPLIT,…", help="split by these, with commas")
    show.add_argument(
        "--where", action="append", default=[], metavar="KEY=VALUE", help="keep only these rows"
    )
    show.add_argument("--from", dest="start", type=_day, metavar="DAY", help="first day, included")
    show.add_argument("--to", dest="end", type=_day, metavar="DAY", help="last day, included")
    show.add_argument("--as-of", type=_day, metavar="DAY", help="what had happened by this day")
    show.add_argument("--batch", type=int, metavar="N", help="what was recorded by this upload")
    show.add_argument(
        "--viewer", default="lead", help="lead, analyst or partner:ORGANISATION (default: lead)"
    )
    show.add_argument("--sql", action="store_true", help="print the statement as well")
    show.set_defaults(run=_show)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-03-31") from None


def _store(given: argparse.Namespace) -> Path:
    return store_path(getattr(given, "store", None))


def _pairs(given: Sequence[str], option: str) -> dict[str, str]:
    pairs = {}
    for text in given:
        left, equals, right = text.partition("=")
        if not equals or not left.strip():
            raise Wrong(f"{option} takes two names with = between them, not {text!r}.")
        pairs[left.strip()] = right.strip()
    return pairs


def _demo(given: argparse.Namespace) -> int:
    own = getattr(given, "store", None)
    path = store_path(own) if own else _store(given).with_name("demonstration.duckdb")
    if path.exists():
        print(f"{path} is there already. Delete it to build it again.")
        return NOTHING
    if given.cases:
        ledger = open_with_reference(path)
        load_cases(ledger, report=print)
    else:
        ledger = build_demonstration(path, report=print)
    ledger.close()
    print(f"Built {path}. Look at it with: streamlit run dashboard.py")
    return DONE


def _load(given: argparse.Namespace) -> int:
    chosen, constants = _pairs(given.map, "--map"), _pairs(given.set, "--set")
    if given.table:
        try:
            table_called(given.table)
        except Refused as unknown:
            raise Wrong(unknown) from unknown
    if given.complete_to and given.complete_to > date.today():
        raise Wrong("--complete-to cannot lie ahead: nothing is known of days still to come.")
    ready: list[Loading] = []
    for name in given.files:
        file = Path(name)
        if not file.is_file():
            raise Refused(f"There is no file called {name}. Check the name and try again.")
        try:
            ready += prepare(
                file.read_bytes(),
                file.name,
                table=given.table,
                sheet=given.sheet,
                chosen=chosen,
                constants=constants,
            )
        except Refused as refusal:
            raise Refused(f"{file.name}: {refusal}") from refusal
    with TemporaryDirectory() as folder:
        path = _store(given)
        if given.dry_run and not path.exists():  # a rehearsal makes no records
            path = Path(folder) / "rehearsal.duckdb"
        ledger = open_with_reference(path)
        outcomes = [
            load_one(
                ledger,
                loading,
                who=getpass.getuser(),
                complete_to=given.complete_to,
                create_missing=given.create_missing,
                source=given.source,
                keep=not given.dry_run,
                ask=_ask_complete_to if sys.stdin.isatty() and given.format == "table" else None,
            )
            for loading in ready
        ]
        ledger.close()
    if given.format == "json":
        print_json([loaded_record(outcome) for outcome in outcomes])
    elif given.format == "csv":
        print_csv([p for outcome in outcomes for p in loaded_record(outcome)["problems"]])
    else:
        for outcome in outcomes:
            print_loaded(outcome, dry=given.dry_run, declared=given.complete_to is not None)
    return DONE if any(outcome.stands for outcome in outcomes) else NOTHING


def _ask_complete_to(offered: date | None) -> date | None:
    while True:
        said = input(f"To what day is this extract complete? [{offered or 'YYYY-MM-DD'}] ").strip()
        if not said:
            return offered
        try:
            return date.fromisoformat(said)
        except ValueError:
            print("Write the day as 2026-03-31.")


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
        for key, value in _pairs([text], "--where").items():
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


if __name__ == "__main__":
    sys.exit(main())
