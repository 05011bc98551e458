"""Write the demo tables: the fictional University of Brackwater and its partners.

Seeded, standard library only: two runs give the same bytes. Every name, place and figure is made
up. Complete to 31 March 2026: nothing has happened later (a due date may lie after it).

    python data/demo/generate.py [OUT_DIR]
"""

import csv
import sys
from pathlib import Path
from random import Random

import money
import register
import time_given

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
    return made | {"contribution": contributions, "payment": payments}


def main(arguments: list[str]) -> None:
    """Write every table into the folder given, or beside this file."""
    folder = Path(arguments[0]) if arguments else Path(__file__).parent
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables().items():
        write(folder, table, rows)
        print(f"{table}: {len(rows)} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
