"""Write the demo tables: the fictional University of Brackwater and its partners.

Seeded, standard library only: two runs give the same bytes. Every name, place and figure is made
up. Complete to 31 March 2026: nothing has happened later (a due date may lie after it).

    python data/demo/generate.py [OUT_DIR]
"""

import csv
import sys
from pathlib import Path
from random import Random

import happenings
import money
import promises
import published
import register
import time_given
import voice

SEED = 20260331


def write(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    """Write one table; a row lacks nothing and adds nothing to the first row's columns."""
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def tables() -> dict[str, list[dict[str, str]]]:
    """Every demo table by name. Each has its own seed, so that a change in one leaves the rest."""
    made = register.tables(Random(SEED))
    contributions, billed = time_given.contributions(Random(SEED + 1))
    payments, unpaid = money.payments(Random(SEED + 2), billed)
    time_given.mark_pending(contributions, unpaid)
    happenings.tell_some_earlier(Random(SEED + 3), made["partnership"])
    happenings.more_bids(Random(SEED + 4), made["funding"])
    return made | {"contribution": contributions, "payment": payments} | voices() | doings()


def voices() -> dict[str, list[dict[str, str]]]:
    """What each side says, and what was agreed."""
    return {
        "principle": voice.principle_rows(),
        "review": voice.review_rows(Random(SEED + 5)),
        "seat": promises.seat_rows(Random(SEED + 6)),
        "expectation": promises.expectation_rows(Random(SEED + 7)),
        "value_priority": promises.value_priority_rows(Random(SEED + 8)),
        "milestone": promises.milestone_rows(Random(SEED + 9)),
        "commitment": promises.commitment_rows(),
    }


def doings() -> dict[str, list[dict[str, str]]]:
    """What was held and given, who holds the relationships, what is published of the places."""
    return {
        "activity": happenings.activity_rows(Random(SEED + 10)),
        "in_kind": happenings.in_kind_rows(Random(SEED + 11)),
        "holder": happenings.holder_rows(Random(SEED + 12)),
        "place_statistic": published.place_statistic_rows(Random(SEED + 13)),
    }


def main(arguments: list[str]) -> None:
    """Write every table into the folder given, or beside this file."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables().items():
        write(folder, table, rows)
        print(f"{table}: {len(rows)} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
