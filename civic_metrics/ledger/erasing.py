"""Removes a person or organisation from the records and from every file kept with them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from civic_metrics.ledger import kept
from civic_metrics.ledger.batch import Counts, Origin
from civic_metrics.ledger.blanking import blank, called, nowhere, people, remaining, texts_set_aside
from civic_metrics.ledger.naming import (
    OF_MEN,
    OF_WOMEN,
    TITLES,
    contradicting,
    folded_name,
    spellings,
    titled_apart,
)
from civic_metrics.ledger.recording import next_batch, record_batch
from civic_metrics.ledger.rewriting import rewrite
from civic_metrics.ledger.store import Ledger, LedgerError, open_ledger, store_path
from civic_metrics.ledger.traces import ERASED, Traces, random_identifier

# (content, file name, {text: what takes its place}) -> the new content and the ending of its
# name, or None where nothing of them is in the file.
Redact = Callable[[bytes, str, Mapping[str, str]], tuple[bytes, str] | None]
# (content, file name) -> every text in the file.
Texts = Callable[[bytes, str], Iterable[str]]

_CONTACT = re.compile(r"\S+@\S+|\+?\d[\d\s()-]{6,}\d")


@dataclass(frozen=True)
class Erased:
    """What was taken out, or would be; `batch` is None for a preview.

    `rows` counts every version of every row, by table; `uploads` the lines of history.
    """

    batch: int | None
    rows: Mapping[str, int] = field(default_factory=dict)
    set_aside: int = 0
    uploads: int = 0
    files: int = 0

    @property
    def in_words(self) -> str:
        """How much that is, in words."""
        return (
            f"{_so_many(sum(self.rows.values()), 'row')} with their earlier versions, "
            f"{_so_many(self.set_aside, 'row')} set aside, "
            f"{_so_many(self.uploads, 'upload')} in the history and "
            f"{_so_many(self.files, 'kept file')}"
        )


def erase(
    path: str | os.PathLike[str] | None,
    who: str,
    *,
    by: str,
    redact: Redact,
    texts_of: Texts | None = None,
    keep: bool = True,
) -> Erased:
    """What was taken out of the records at that path; with `keep=False` nothing is (a preview).

    `who` is a name as it stood in a file, an identifier or a pseudonym; for a pseudonym
    `texts_of` finds the name in the kept files. What they were paid and the hours they gave stay
    in the totals under a random identifier. Raises LedgerError where nothing of them is found,
    and where the records are open elsewhere.
    """
    where = store_path(path).resolve()
    ledger = open_ledger(where, create=False)
    try:
        files = _kept_files(ledger)
        traces = _traces(ledger, who.strip(), files, texts_of)
        redacted = {
            file: new
            for file, name in files.items()
            if (new := redact(file.read_bytes(), name, traces.replacements)) is not None
        }
        with ledger.writing(keep=False) as cursor:
            preview = _counted(blank(cursor, traces), len(redacted))
            batch = next_batch(cursor)
    finally:
        ledger.close()
    if not (preview.rows or preview.set_aside or preview.uploads or preview.files):
        raise LedgerError(
            f"Nothing of “{who}” is in these records or in the files kept with them. Check how it "
            "is written, or give the identifier the records use."
        )
    if keep:
        _carry_out(where, traces, redacted, batch, by=by, preview=preview)
        return Erased(batch, preview.rows, preview.set_aside, preview.uploads, preview.files)
    return preview


def _kept_files(ledger: Ledger) -> dict[Path, str]:
    """Every kept file with the name it was uploaded under."""
    names = dict(ledger.cursor().execute("select sha256, file_name from ledger.batch").fetchall())
    return {file: names.get(file.stem) or file.name for file in kept.files(ledger.files)}


def _traces(ledger: Ledger, who: str, files: Mapping[Path, str], texts_of: Texts | None) -> Traces:
    """Every name and identifier they go by, in any version of any row."""
    if not folded_name(who) or folded_name(who) == ERASED:
        raise LedgerError("Say whom to erase: a name as it stood in a file, or an identifier.")
    with ledger.cursor() as cursor:
        known = called(cursor)
        every = set(people(cursor))
        set_aside = set(texts_set_aside(cursor))
    texts = set_aside
    for file, name in files.items() if texts_of else ():
        texts |= set(texts_of(file.read_bytes(), name))
    met = {folded_name(text) for text in texts | every}
    for _, name, others, _ in known:
        met |= {folded_name(one) for one in [name or "", *(others or "").split(";")]}
    names, strangers = _ways_to_write(who, met, every, ledger.pseudonym)
    same = {folded_name(name) for name in names}
    exactly = {who, *map(ledger.pseudonym, names)}
    own = {one for one in every if one in exactly or folded_name(one) in same}
    for identifier, name, others, _ in known:
        if same & set(map(folded_name, [name or "", *(others or "").split(";")])):
            own.add(identifier)
    for identifier, name, others, contact in known:
        if identifier in own:
            names |= {one.strip() for one in [name or "", *(others or "").split(";")]}
            names |= {met.strip() for met in _CONTACT.findall(contact or "")}
    names |= {text for text in texts if ledger.pseudonym(text) in own}
    names -= {"", ERASED, *(one for one in own if not re.search(r"\s", one))}
    identifiers = {one: random_identifier() for one in sorted(own)}
    return Traces(tuple(sorted(names)), identifiers, strangers=strangers)


def _ways_to_write(
    who: str, met: Collection[str], people: Collection[str], pseudonym: Callable[[str], str]
) -> tuple[set[str], frozenset[str]]:
    """The name in every way that files write it, whatever its title, and the titles of others
    whose name is the same.

    `met` are the folded texts of the records and files. Where another of the name is met by a
    title that contradicts, only the name with a title tells them apart. Raises LedgerError where
    it was given without one.
    """
    titles, words = titled_apart(who)
    names = {who, *_turned(who)}
    if not words:
        return names, frozenset()
    ways = spellings(words, sorted(TITLES))
    found = {
        title
        for way, title in ways.items()
        if title and (folded_name(way) in met or pseudonym(way) in people)
    }
    if not titles and found & OF_MEN and found & OF_WOMEN:
        raise LedgerError(
            f"“{who}” may be a man or a woman here, who are two people. Give the name with its "
            "title, such as Mr or Ms, or the identifier or pseudonym the records use."
        )
    strangers = contradicting(titles)
    if found & strangers:
        ways = {way: title for way, title in ways.items() if title}
    return names | {way for way, title in ways.items() if title not in strangers}, strangers


def _turned(who: str) -> list[str]:
    """The name of a person the other way round: "Smith, Jane" and "Jane Smith"."""
    family, comma, own = who.partition(",")
    if comma:
        return [f"{own.strip()} {family.strip()}"]
    *first, last = who.split()
    return [f"{last}, {' '.join(first)}"] if first else []


def _counted(changed: Mapping[str, int], files: int) -> Erased:
    rows = {name: n for name, n in changed.items() if name not in ("quarantine", "batch")}
    return Erased(None, rows, changed.get("quarantine", 0), changed.get("batch", 0), files)


def _carry_out(
    where: Path,
    traces: Traces,
    redacted: Mapping[Path, tuple[bytes, str]],
    batch: int,
    *,
    by: str,
    preview: Erased,
) -> None:
    """The redacted files first, then the records, then the old files: a stop between two of them
    leaves the records whole, and the next opening takes the old files away."""
    written = []

    def change(cursor: duckdb.DuckDBPyConnection) -> list[str]:
        blank(cursor, traces)
        for old, (content, _) in redacted.items():
            digest = kept.hash_of(content)
            cursor.execute(
                "update ledger.batch set sha256 = ? where sha256 = ?", [digest, old.stem]
            )
            cursor.execute("insert into ledger.discarded values (?)", [old.name])
        record_batch(
            cursor,
            batch=batch,
            kind="erase",
            origin=Origin(
                who=traces.plain(by), file_name="", content=b"", declared={ERASED: preview.in_words}
            ),
            digest="",
            table="organisation",
            given=(),
            counts=Counts(0, 0, 0, 0, 0, 0),
        )
        if remaining(cursor, traces):
            raise LedgerError(
                "Something of them would be left in the records. Nothing was changed; report it."
            )
        return nowhere(cursor, [*traces.names, *traces.identifiers])

    try:
        for old, (content, ending) in redacted.items():
            target = kept.write(old.parent, content, f"file{ending}")
            written += [target] if target else []
        rewrite(where, change)
    except BaseException:
        for target in written:
            target.unlink(missing_ok=True)
        raise
    open_ledger(where).close()  # takes the old files away


def _so_many(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
