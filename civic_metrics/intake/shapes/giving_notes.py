"""What a 360Giving file says, does not say and leaves in doubt, in words for each table.

Of the checks of 360Giving's own data quality tool those are told that change what our figures
rest on; the rest are the publisher's to mend.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from civic_metrics.intake.naming import listed
from civic_metrics.intake.shapes.grants import Grants
from civic_metrics.intake.shapes.parts import counted

Notes = Mapping[str, tuple[str, ...]]

# Places named one by one before the rest are counted.
NAMED = 8

NEVER_SAID = (
    "The standard has grants alone: no payments and no day anything was received, no hours, no "
    "day a relationship ended and no word on whether participants may be paid. Days to pay, "
    "parity and endings cannot come from this file."
)


def notes_on(
    con: duckdb.DuckDBPyConnection,
    grants: Grants,
    organisations: pa.Table,
    known_organisations: Collection[str],
) -> Notes:
    """What to tell with each table, counted in the table `paired`."""
    return {
        "organisation": _organisations(con, organisations, known_organisations),
        "partnership": (
            "One partnership for each recipient and funder, however many grants pass between "
            "them. Its start is the earliest day of award or planned start in the file, marked "
            "“about”: there may have been grants before. No end is claimed.",
        ),
        "membership": ("The recipient is a member and the funder a funder of each partnership.",),
        "footprint": _places(con),
        "funding": _funding(con, grants),
    }


def _number(con: duckdb.DuckDBPyConnection, condition: str) -> int:
    sql = f"select count(*) from paired where {condition}"
    [(number,)] = con.sql(sql).fetchall()
    return number


def _funding(con: duckdb.DuckDBPyConnection, grants: Grants) -> tuple[str, ...]:
    taken = _number(con, "not is_person")
    told = [f"{counted(taken, 'grant')} in the 360Giving Data Standard, each as awarded."]

    def tell(condition: str, words: str) -> None:
        number = _number(con, f"not is_person and ({condition})")
        if number:
            told.append(f"{counted(number, 'grant')} {words}.")

    people = _number(con, "is_person")
    if people:
        told.append(f"{counted(people, 'grant')} to individuals left out: no person is taken.")
    for currency, number in con.sql(
        """
        -- one row per currency that is not pounds
        select coalesce(currency, 'no currency'), count(*),
        from paired where not is_person and is_gbp is not true group by all order by all
        """
    ).fetchall():
        told.append(
            f"{counted(number, 'grant')} in {currency}: no pounds, so the amount is left empty."
        )
    tell("times > 1", "repeated over several rows; each counts once")
    tell("partnership is null", "without a recipient or a funder, set aside until there is one")
    tell("has_second_funder", "with more than one funder; the first is taken for the whole")
    tell("try_cast(amount as double) = 0", "of nothing")
    tell(
        "start_text is null and awarded_text is not null",
        "without a planned start: the day of award is taken for the first day",
    )
    tell(
        "finish_text is null and worked_out_on is not null",
        "whose last day is worked out from the first and the duration in months",
    )
    tell("finish_text is null and worked_out_on is null", "without an end or a duration")
    tell("has_email", "with an e-mail address in the title or description, which are not taken")
    told.append(NEVER_SAID)
    if grants.not_taken:
        told.append(f"Not taken: {listed(f'“{text}”' for text in grants.not_taken)}.")
    if grants.other_sheets:
        plural = "sheet" if len(grants.other_sheets) == 1 else "sheets"
        told.append(
            f"No grants on the {plural} {listed(f'“{n}”' for n in grants.other_sheets)}: left out."
        )
    return tuple(told)


def _organisations(
    con: duckdb.DuckDBPyConnection, organisations: pa.Table, known: Collection[str]
) -> tuple[str, ...]:
    told = ["Kind and size of an organisation are not in the standard."]

    def tell(number: int, words: str) -> None:
        if number:
            told.append(f"{counted(number, 'organisation')} {words}.")

    held = pc.is_in(organisations["organisation"], value_set=pa.array(sorted(known), pa.string()))
    tell(pc.sum(held).as_py() or 0, "already in the records with details: left as they are")
    several = pc.greater(organisations["names"], 1)
    tell(pc.sum(several).as_py() or 0, "under several names; the first in the file is taken")
    without = con.sql(
        "select count(distinct recipient_key) from paired "
        "where not is_person and recipient_id is null and recipient_key is not null"
    ).fetchall()[0][0]
    tell(without, "without an identifier; one is made of the charity or company number or name")
    postcodes = organisations["postcode"]
    tell(postcodes.null_count, "without a postcode")
    return tuple(told)


def _places(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    told = ["Where the money is to be of use, in equal parts, by the codes the file gives."]
    unknown = con.sql(
        """
        -- one row per code that is none of our places
        select upper(trim(code)) as code, any_value(location.name), count(distinct paired."grant"),
        from location
        join paired on location."grant" = paired."grant"
        where not is_person
            and code is not null
            and upper(trim(code)) not in (select upper(known.code) from known)
        group by 1
        order by 3 desc, 1
        """
    ).fetchall()
    if unknown:
        named = [
            f"{code} {name} ({number:,})" if name else f"{code} ({number:,})"
            for code, name, number in unknown[:NAMED]
        ]
        if len(unknown) > NAMED:
            named.append(f"{len(unknown) - NAMED:,} more")
        told.append(
            f"Not taken, as the records have no such place (grants): {listed(named)}. "
            "Load the places first if they should count."
        )
    [(nameless, without)] = con.sql(
        """
        -- one row: grants whose location is only named, and grants with none
        with located as (
            select "grant", bool_or(code is not null) as has_code from location group by all
        )
        select
            count(*) filter (where not has_code),
            count(*) filter (where has_code is null),
        from paired
        left join located using ("grant")
        where not is_person
        """
    ).fetchall()
    if nameless:
        told.append(f"{counted(nameless, 'grant')} with a place named but no code: not taken.")
    if without:
        told.append(f"{counted(without, 'grant')} without a beneficiary location.")
    return tuple(told)
