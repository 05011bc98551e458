"""The words of the command line: every command with its options. Imports nothing of ours."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date


class Wrong(ValueError):
    """The words of the command are off; the message says how."""


def command_parsers() -> dict[str, argparse.ArgumentParser]:
    """Every command's parser by name, for its manual."""
    commands = next(
        action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)
    )
    return dict(commands.choices)


def parser() -> argparse.ArgumentParser:
    """The whole of it; `command` names the one that was given."""
    every = argparse.ArgumentParser(add_help=False)
    every.add_argument(
        "--store",
        default=argparse.SUPPRESS,
        help="file of the records (default: data/local/civic.duckdb)",
    )
    rows = argparse.ArgumentParser(add_help=False)
    rows.add_argument("--format", choices=("table", "json", "csv"), default="table")
    whole = argparse.ArgumentParser(
        prog="python -m civic_metrics",
        parents=[every],
        description="How a university treats its civic partners: pay, payment and longevity.",
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", parents=[every], help="build the demonstration records")
    demo.add_argument(
        "--cases",
        action="store_true",
        help="load published facts about real partnerships instead, into records of their own",
    )

    _load(commands.add_parser("load", parents=[every, rows], help="load spreadsheets"))

    commands.add_parser("batches", parents=[every, rows], help="list every upload")

    take_back = commands.add_parser("undo", parents=[every], help="undo an upload")
    take_back.add_argument("batch", type=int, metavar="BATCH")
    take_back.add_argument("--dry-run", action="store_true", help="say what would happen")

    forget = commands.add_parser(
        "erase",
        parents=[every],
        help="remove a person or organisation from every record, note and kept file",
    )
    forget.add_argument("who", metavar="WHO", help="the name, as it stood in a file, or identifier")
    forget.add_argument("--dry-run", action="store_true", help="say what would happen")

    sheet = commands.add_parser(
        "template", parents=[every], help="write a spreadsheet to fill in for a table"
    )
    sheet.add_argument("table", metavar="TABLE")
    sheet.add_argument("--out", metavar="FILE", help="where to (default: the table's name.xlsx)")

    commands.add_parser("indicators", parents=[every, rows], help="list what can be worked out")

    _show(commands.add_parser("show", parents=[every, rows], help="work out one indicator"))

    leaving = commands.add_parser(
        "published", parents=[every, rows], help="list what may leave the university"
    )
    leaving.add_argument(
        "--profile", choices=("hesa", "ofqual"), default="hesa", help="rules for small numbers"
    )

    _budget(commands.add_parser("budget", parents=[every, rows], help="weigh a planned budget"))
    return whole


def _budget(budget: argparse.ArgumentParser) -> None:
    budget.add_argument(
        "file", metavar="FILE", help="a spreadsheet with a line for each person's or group's time"
    )
    budget.add_argument(
        "--on",
        type=_day,
        default=date.today(),
        metavar="DATE",
        help="the first day of the project, whose rates count (default: today)",
    )
    budget.add_argument("--place", choices=("UK", "London"), default="UK")
    budget.add_argument(
        "--what-if",
        choices=("parity", "living-wage", "nobody-unpaid"),
        help="the same after partners get the staff rate, after wages are at least the Real "
        "Living Wage, or after every unpaid hour is paid it",
    )


def _load(load: argparse.ArgumentParser) -> None:
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
        "--source",
        help="where the rows come from (default: the file's name without numbers)",
    )
    load.add_argument(
        "--create-missing",
        action="store_true",
        help="add unknown partnerships and organisations by name, without details",
    )
    load.add_argument(
        "--same",
        nargs="+",
        action="extend",
        default=[],
        metavar="THEIRS=OURS",
        help="a name or code of the file that is one the records know; remembered",
    )
    load.add_argument(
        "--new",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help="a name that is neither a person's nor like a known one: add it without details",
    )
    load.add_argument(
        "--individual",
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME",
        help="a person: kept as a pseudonym, the name nowhere",
    )
    load.add_argument(
        "--not-ours",
        nargs="+",
        action="extend",
        default=[],
        metavar="CODE",
        help="a code or name that is not a partnership (or organisation) of ours; remembered",
    )
    load.add_argument(
        "--amounts",
        choices=("with-vat", "without-vat"),
        help="what the amounts of the file are",
    )
    load.add_argument(
        "--receipt-by-invoice-date",
        action="store_true",
        help="the file has no day of receipt: use the invoice date for all its rows",
    )
    load.add_argument(
        "--whole",
        nargs="?",
        const="",
        metavar="COLUMN:FROM:TO",
        help="the file is the whole record of its source, or of those days of it: "
        "rows it lacks are closed",
    )
    load.add_argument(
        "--keep-row",
        nargs="+",
        action="extend",
        type=int,
        default=[],
        metavar="ROW",
        help="a row that looks like a total and is none",
    )
    load.add_argument(
        "--one-name",
        nargs="+",
        action="extend",
        default=[],
        metavar="HEADING",
        help="a column whose cells are one name each, never several",
    )
    load.add_argument(
        "--this-table-only",
        action="store_true",
        help="leave out the further tables that the same rows fill",
    )
    load.add_argument(
        "--problems",
        metavar="FILE",
        help="write the rows with what is wrong beside each, as XLSX, to mend and load again",
    )
    load.add_argument("--dry-run", action="store_true", help="say what would happen; load nothing")


def _show(show: argparse.ArgumentParser) -> None:
    show.add_argument("indicator", metavar="INDICATOR")
    show.add_argument("--by", default="", metavar="SPLIT,…", help="split by these, with commas")
    show.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="keep only these rows",
    )
    show.add_argument("--from", dest="start", type=_day, metavar="DAY", help="first day, included")
    show.add_argument("--to", dest="end", type=_day, metavar="DAY", help="last day, included")
    show.add_argument("--as-of", type=_day, metavar="DAY", help="what had happened by this day")
    show.add_argument("--batch", type=int, metavar="N", help="what was recorded by this upload")
    show.add_argument(
        "--viewer",
        default="lead",
        help="lead, analyst or partner:ORGANISATION (default: lead)",
    )
    show.add_argument("--sql", action="store_true", help="print the statement as well")


def pairs(given: Sequence[str], option: str) -> dict[str, str]:
    """The pairs that an option gives, each as left=right; Wrong where one has no two sides."""
    found = {}
    for text in given:
        left, equals, right = text.rpartition("=") if option == "--same" else text.partition("=")
        if not equals or not left.strip():
            raise Wrong(f"{option} takes two names with = between them, not {text!r}.")
        found[left.strip()] = right.strip()
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-03-31") from None
