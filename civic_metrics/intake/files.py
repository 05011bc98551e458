"""A file -> what it holds for which of our tables: read, suggested, matched, spread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from civic_metrics.contracts import GUIDE_SHEET, Contract, contract, contracts
from civic_metrics.intake.matching import (
    Matching,
    Sureness,
    match,
    shape_of,
    table_called,
)
from civic_metrics.intake.matching.claims import ROWS_FOR_NO_VARIATION
from civic_metrics.intake.matching.tables import suggest_table
from civic_metrics.intake.names.references import Known
from civic_metrics.intake.naming import fold_heading, listed
from civic_metrics.intake.reading import read
from civic_metrics.intake.shapes.giving import giving, giving_json, is_giving
from civic_metrics.intake.shapes.parts import Part, Split
from civic_metrics.intake.shapes.spreading import spread
from civic_metrics.intake.shapes.surveys import review_rows, survey
from civic_metrics.intake.sheet import Refused, Sheet

# What others refer to comes first.
ORDER = (
    "place",
    "place_code_change",
    "bank_rate",
    "threshold",
    "plausibility",
    "organisation",
    "rate",
    "partnership",
    "partnership_theme",
    "membership",
    "footprint",
    "funding",
    "principle",
    "expectation",
    "value_priority",
    "milestone",
    "seat",
    "holder",
    "commitment",
    "place_statistic",
    "published_figure",
    "code",
    "payment",
    "contribution",
    "in_kind",
    "activity",
    "review",
)

# A survey is looked for unasked in a sheet of so many rows at most: no more people answer one,
# and looking takes a while.
ANSWERED_BY = 5_000
# Heads the column that says what is wrong with a row, in a file given back to be mended.
PROBLEM_HEADING = "What is wrong (not loaded)"


@dataclass(frozen=True)
class Loading:
    """One sheet on its way into one table.

    `is_main` is False for a further table that the same rows fill; `said` tells in words what
    was made of the file; `splits` are the cells that hold several names; `mends` the rows set
    aside before that this puts right.
    """

    sheet: Sheet
    table: Contract
    matching: Matching
    file_name: str
    content: bytes
    is_main: bool = True
    said: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()
    mends: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """What it holds, for a line that tells how far the work is."""
        return self.table.title.lower()


# By the fingerprint of the headings: the table an earlier file with them went into, and which of
# its headings each of our columns was.
Remembered = Callable[[str], tuple[str, Mapping[str, str]] | None]


def sheets_in(content: bytes, file_name: str) -> tuple[Sheet, ...]:
    """The sheets of a file, published grants in JSON among them; Refused where it has none.

    What was written beside the rows for a person to mend is passed over.
    """
    sheets = giving_json(content) or read(content, file_name)
    return tuple(_without_remarks(sheet) for sheet in sheets)


def _without_remarks(sheet: Sheet) -> Sheet:
    if PROBLEM_HEADING not in sheet.header:
        return sheet
    header = tuple(name for name in sheet.header if name != PROBLEM_HEADING)
    return replace(sheet, header=header, cells=sheet.cells.select(list(header)))


def prepare(
    content: bytes,
    file_name: str,
    *,
    table: str | None = None,
    sheet: str | None = None,
    chosen: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    remembered: Remembered = lambda shape: None,
    known: Known | None = None,
    further: bool = True,
    names_kept_whole: Collection[str] = (),
    rows_for_no_variation: int = ROWS_FOR_NO_VARIATION,
) -> list[Loading]:
    """Every sheet of the file with the tables it fills, in the order they must load.

    Hidden sheets are read only when asked for by name. Refused where the file cannot be read, a
    sheet's table or columns cannot be told, or there is no such sheet: nothing has been loaded
    then.
    """
    sheets = _named(sheets_in(content, file_name), sheet, file_name)
    if table is None and is_giving(sheets):
        return grants_in(sheets, file_name, content, known)
    ready: list[Loading] = []
    for one in sheets:
        ready += _of_one(
            one,
            content,
            file_name,
            table=table,
            chosen=chosen,
            constants=constants,
            remembered=remembered,
            known=known,
            further=further,
            names_kept_whole=names_kept_whole,
            rows_for_no_variation=rows_for_no_variation,
            is_alone=len(sheets) == 1,
        )
    if not ready:
        raise Refused(
            f"None of the sheets of {file_name} looks like one of our tables. Choose a sheet and "
            "say which table it holds."
        )
    met = {fold_heading(column.name) for one in ready for column in one.table.columns}
    nowhere = [name for name in constants or {} if fold_heading(name) not in met]
    if nowhere:
        tables = listed(dict.fromkeys(one.table.title for one in ready))
        raise Refused(f"None of the sheets ({tables}) has a column {listed(nowhere)} to fill.")
    return in_order(ready)


def _named(sheets: Sequence[Sheet], name: str | None, file_name: str) -> Sequence[Sheet]:
    """The sheet of that name, else those that are not hidden."""
    if name is None:
        ours = [one for one in sheets if one.name != GUIDE_SHEET]
        return [one for one in ours if not one.is_hidden] or ours or sheets
    named = [one for one in sheets if one.name == name]
    if not named:
        raise Refused(
            f"{file_name} has no sheet called “{name}”. "
            f"Its sheets are: {', '.join(one.name for one in sheets)}."
        )
    return named


def _of_one(
    sheet: Sheet,
    content: bytes,
    file_name: str,
    *,
    table: str | None,
    chosen: Mapping[str, str] | None,
    constants: Mapping[str, str] | None,
    remembered: Remembered,
    known: Known | None,
    further: bool,
    names_kept_whole: Collection[str],
    rows_for_no_variation: int,
    is_alone: bool,
) -> list[Loading]:
    asked = table_called(table).name if table else None
    may_be_survey = asked == "review" or (asked is None and len(sheet) <= ANSWERED_BY)
    if may_be_survey and (wide := survey(sheet)):
        return from_parts([review_rows(sheet, wide, constants=constants or {})], file_name, content)
    before = remembered(shape_of(sheet))
    suggested = None if asked or before else suggest_table(sheet, file_name)
    name = asked or (before[0] if before else None)
    if suggested and suggested.sureness is not Sureness.POSSIBLE:
        name = suggested.table
    if name is None and not is_alone:
        return []
    if name is None:
        perhaps = f" It may be {contract(suggested.table).title.lower()}." if suggested else ""
        raise Refused(
            f"It is not plain which table {file_name} holds.{perhaps} Say which: "
            f"{', '.join(contracts())}."
        )
    layout = contract(name)
    columns = {fold_heading(column.name) for column in layout.columns}
    given = constants or {}
    matching = match(
        sheet,
        layout,
        chosen,
        given
        if is_alone
        else {name: said for name, said in given.items() if fold_heading(name) in columns},
        before[1] if before and before[0] == name else None,
        rows_for_no_variation=rows_for_no_variation,
    )
    if matching.competing:
        raise Refused(matching.choice_needed)
    main = Loading(sheet, layout, matching, file_name, content, said=sheet.said)
    return with_further(main, known, names_kept_whole) if further else [main]


def with_further(
    main: Loading, known: Known | None, names_kept_whole: Collection[str] = ()
) -> list[Loading]:
    """The loading with those of the further tables that the same rows fill."""
    sheet = main.sheet.without(main.sheet.totals)
    parts = spread(sheet, main.table, main.matching, known=known, keep_whole=names_kept_whole)
    return [main, *from_parts(parts, main.file_name, main.content, is_main=False)]


def grants_in(
    sheets: Sequence[Sheet], file_name: str, content: bytes, known: Known | None
) -> list[Loading]:
    """Published grants as loadings into the tables they fill; what the records know of an
    organisation already is left as it is."""
    known = known or Known()
    detailed = {key for key, _ in known.names.get("organisation", ())}
    parts = giving(
        sheets,
        known_place_codes={key for key, _ in known.names.get("place", ())} | set(known.successors),
        known_organisations=detailed - known.without_details.get("organisation", frozenset()),
    )
    return in_order(from_parts(parts, file_name, content))


def from_parts(
    parts: Sequence[Part], file_name: str, content: bytes, *, is_main: bool = True
) -> list[Loading]:
    """Parts, whose headings are our columns, as loadings."""
    return [
        Loading(
            sheet=part.sheet,
            table=contract(part.table),
            matching=match(part.sheet, contract(part.table), constants=part.constants),
            file_name=file_name,
            content=content,
            is_main=is_main,
            said=part.said,
            splits=part.splits,
            people=part.people,
        )
        for part in parts
        if len(part.sheet)
    ]


def in_order(loadings: Sequence[Loading]) -> list[Loading]:
    """The loadings in the order in which their tables refer to each other."""
    return sorted(loadings, key=lambda loading: ORDER.index(loading.table.name))
