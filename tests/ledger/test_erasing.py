"""Erasing somebody: nothing of them is left in any file, and the totals stay."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from civic_metrics.ledger import (
    LedgerError,
    Origin,
    Problem,
    SetAside,
    Stub,
    batches,
    erase,
    erasing,
    load,
    open_ledger,
    rewriting,
    set_aside,
    undo,
)
from civic_metrics.ledger.naming import titled_apart
from tests.ledger.reading import pointing_at_nothing, standing
from tests.rows import load_rows, stage_rows

WHO = "Wilhelmina Featherstonehaugh"
ID = "wilhelmina-featherstonehaugh"


def redact(content, name, texts):
    """Puts the new texts in a CSV; None where none is in it."""
    text = content.decode()
    for old, new in texts.items():
        text = re.sub(re.escape(old), new, text, flags=re.IGNORECASE)
    return None if text.encode() == content else (text.encode(), ".csv")


def invoice(ref, amount, payee=ID, **more):
    return {"payee": payee, "invoice_ref": ref, "amount": amount, **more}


def upload(ledger, name, table, rows, **more):
    """Loads rows as from a file that names them."""
    staged = stage_rows(table, rows)
    given = {key: more.pop(key) for key in ("set_aside", "stubs") if key in more}
    rows_read = len(rows) + len(given.get("set_aside", ()))
    lines = ["payee,amount", f"{WHO},100", f"Ashby Food Bank,{len(rows)}", name.replace("_", " ")]
    content = "\n".join(lines).encode()
    origin = Origin(who="a test", file_name=name, content=content, **more)
    return load(ledger, replace(staged, rows_read=rows_read, **given), origin).batch


@pytest.fixture
def path(tmp_path):
    """Records with somebody in every place where a person can be."""
    path = tmp_path / "records.duckdb"
    ledger = open_ledger(path)
    register = {"organisation": ID, "name": WHO, "contact": f"{ID}@example.org", "kind": "other"}
    upload(ledger, "register.csv", "organisation", [register])
    upload(ledger, "1.csv", "payment", [invoice("1", 100), invoice(f"{WHO} 2", 50)])
    upload(ledger, "2.csv", "payment", [invoice("1", 120, on_behalf_of=ID)])
    upload(
        ledger,
        "3.csv",
        "payment",
        [invoice("9", 7, "ashby", return_reason="ask FEATHERSTONEHAUGH, Wilhelmina")],
    )
    problem = Problem(4, "amount", f"see {WHO}", "a number", "Correct it.")
    aside = SetAside(
        "sheet", 4, {"Payee": WHO.upper(), "Amount": "see"}, (ID, "7", "", ""), (problem,)
    )
    upload(
        ledger,
        f"claims of {WHO.replace(' ', '_')}.csv",
        "payment",
        [invoice("5", 10, channel="told by wilhelmina\n  featherstonehaugh.")],
        set_aside=(aside,),
        source=f"claims of {WHO.lower()}",
        matching={"payee": f"Paid to {WHO}"},
        constants={"channel": WHO},
        declared={"note": f"from {WHO}"},
        edits=((4, "Payee", WHO),),
    )
    code = {"system": "supplier", "code": "V-000777", "meaning": "organisation"}
    upload(ledger, "codes.csv", "code", [code | {"organisation": ID}])
    pseudonym = ledger.pseudonym(WHO)
    given = {"contribution_ref": "1", "person_ref": pseudonym, "quantity": 2, "unit": "hour"}
    upload(ledger, "hours.csv", "contribution", [given | {"worked_on": "2024-01-01"}])
    ledger.close()
    return path


def everything(path):
    """Every byte of every file beside the records, in lower case."""
    files = [file for file in path.parent.rglob("*") if file.is_file()]
    assert files
    return b"".join(file.name.encode() + file.read_bytes() for file in files).lower()


def every_cell(path):
    ledger = open_ledger(path)
    cells = []
    with ledger.cursor() as cursor:
        for table, column in cursor.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'ledger'"
        ).fetchall():
            rows = cursor.execute(f"select {column}::varchar from ledger.{table}").fetchall()
            cells += [cell for (cell,) in rows if cell]
    ledger.close()
    return " ".join(cells).lower()


def test_nothing_of_them_is_left_in_any_byte_of_any_file(path):
    ledger = open_ledger(path)
    pseudonym = ledger.pseudonym(WHO)
    ledger.close()
    gone = [WHO.lower(), "featherstonehaugh", pseudonym, "v-000777", f"{ID}@example.org"]
    before = every_cell(path)
    assert [text in before for text in gone] == [True] * 5
    erase(path, WHO, by="the steward", redact=redact)
    left, cells = everything(path), every_cell(path)
    assert [text for text in gone if text.encode() in left or text in cells] == []


def test_what_they_were_paid_and_gave_stays_under_one_random_identifier(path):
    ledger = open_ledger(path)
    total = "select sum(amount), count(*) from ledger.payment where _until is null"
    before = ledger.cursor().execute(total).fetchall()
    ledger.close()
    erase(path, WHO, by="the steward", redact=redact)
    ledger = open_ledger(path)
    assert ledger.cursor().execute(total).fetchall() == before == [(Decimal(187), 4)]
    [other, *theirs] = standing(ledger, "payment", "payee")
    assert other == ("ashby",)
    assert len(set(theirs)) == 1
    [identifier] = theirs[0]
    assert re.fullmatch(r"erased-[0-9a-f]{8}", identifier)
    named = standing(ledger, "organisation", "organisation", "name", "contact", "kind")
    assert (identifier, "erased", None, "other") in named
    [(person,)] = standing(ledger, "contribution", "person_ref")
    assert re.fullmatch(r"erased-[0-9a-f]{8}", person)
    assert pointing_at_nothing(ledger) == []
    ledger.close()


def test_a_name_inside_other_words_leaves_the_rest_of_them(path):
    erase(path, WHO, by="the steward", redact=redact)
    ledger = open_ledger(path)
    assert ("told by [erased].",) in standing(ledger, "payment", "channel")
    [row] = set_aside(ledger)
    assert (row.cells, row.problems[0].found) == (
        {"Payee": "erased", "Amount": "see"},
        "see [erased]",
    )
    ledger.close()


def test_the_kept_files_are_replaced_and_found_under_their_new_hash(path):
    erase(path, WHO, by="the steward", redact=redact)
    ledger = open_ledger(path)
    loads = [one for one in batches(ledger) if one.kind == "load"]
    for one in loads:
        content = (ledger.files / f"{one.sha256}.csv").read_bytes()
        assert hashlib.sha256(content).hexdigest() == one.sha256
        assert b"erased,100\nAshby Food Bank" in content
    assert len(list(ledger.files.iterdir())) == len(loads)
    ledger.close()


def test_history_says_that_somebody_was_erased_and_not_whom(path):
    erased = erase(path, WHO, by="the steward", redact=redact)
    ledger = open_ledger(path)
    last = batches(ledger)[-1]
    assert (last.batch, last.kind, last.who) == (erased.batch, "erase", "the steward")
    assert last.declared == {"erased": erased.in_words}
    with pytest.raises(LedgerError, match="cannot be undone"):
        undo(ledger, last.batch, "me")
    ledger.close()


def test_no_undo_or_redo_brings_them_back(path):
    erase(path, WHO, by="the steward", redact=redact)
    ledger = open_ledger(path)
    for number in (1, 2, 5):
        undo(ledger, undo(ledger, number, "me").batch, "me")
    undo(ledger, 3, "me")
    refs = dict(standing(ledger, "payment", "invoice_ref", "amount"))
    assert refs["1"] == 100  # what the second upload said of it before the third
    assert pointing_at_nothing(ledger) == []
    ledger.close()
    assert "featherstonehaugh" not in every_cell(path)


@pytest.mark.parametrize("who", [ID, WHO.upper(), "wilhelmina  featherstonehaugh"])
def test_they_are_found_by_identifier_and_however_the_name_is_written(path, who):
    erase(path, who, by="the steward", redact=redact)
    assert b"featherstonehaugh" not in everything(path)


def test_a_preview_counts_and_changes_nothing(path):
    before = every_cell(path)
    files = sorted(path.parent.rglob("*.csv"))
    preview = erase(path, WHO, by="the steward", redact=redact, keep=False)
    # Two in upload 2, one in each of 3, 4 and 5.
    assert preview.rows["payment"] == 5
    assert (preview.batch, preview.set_aside, preview.files) == (None, 1, 7)
    assert every_cell(path) == before
    assert sorted(path.parent.rglob("*.csv")) == files


def test_the_preview_counts_what_is_then_done(path):
    preview = erase(path, WHO, by="the steward", redact=redact, keep=False)
    done = erase(path, WHO, by="the steward", redact=redact)
    assert replace(done, batch=None) == preview


def test_nobody_of_that_name_is_said_and_nothing_changes(path):
    before = every_cell(path)
    with pytest.raises(LedgerError, match="Nothing of “Ignatius Blackadder” is in these records"):
        erase(path, "Ignatius Blackadder", by="me", redact=redact)
    assert every_cell(path) == before


def test_erasing_twice_finds_nothing_the_second_time(path):
    erase(path, WHO, by="me", redact=redact)
    with pytest.raises(LedgerError, match="Nothing of"):
        erase(path, WHO, by="me", redact=redact)


def test_others_stay_as_they_were(path):
    erase(path, WHO, by="me", redact=redact)
    ledger = open_ledger(path)
    other = standing(ledger, "payment", "payee", "invoice_ref", "amount")[0]
    assert other == ("ashby", "9", Decimal(7))
    ledger.close()


def test_a_person_held_as_a_pseudonym_is_found_by_name_and_by_pseudonym(tmp_path):
    for number, by_name in enumerate((True, False)):
        path = tmp_path / f"{number}" / "records.duckdb"
        ledger = open_ledger(path)
        pseudonym = ledger.pseudonym(WHO)
        stub = Stub("organisation", pseudonym, pseudonym, is_individual=True)
        upload(ledger, "1.csv", "payment", [invoice("1", 100, pseudonym)], stubs=(stub,))
        ledger.close()
        erase(
            path,
            WHO if by_name else pseudonym,
            by="me",
            redact=redact,
            texts_of=lambda content, name: re.split(r"[,\n]", content.decode()),
        )
        left = everything(path)
        assert b"featherstonehaugh" not in left
        assert pseudonym.encode() not in left
        ledger = open_ledger(path)
        [(identifier, is_individual)] = standing(
            ledger, "organisation", "organisation", "is_individual"
        )
        assert identifier.startswith("erased-")
        assert is_individual
        ledger.close()


def people_paid(path, *names):
    """Records in which each of the names was paid 10 pounds, each held as a pseudonym."""
    ledger = open_ledger(path)
    for number, name in enumerate(names):
        pseudonym = ledger.pseudonym(name)
        stub = Stub("organisation", pseudonym, pseudonym, is_individual=True)
        paid = [invoice(f"{number}", 10, pseudonym, channel=f"as {name} asked")]
        upload(ledger, f"{number}.csv", "payment", paid, stubs=(stub,))
    ledger.close()


def still_there(path, *names):
    """Those of the names whose pseudonym is a payee still."""
    ledger = open_ledger(path)
    payees = {payee for (payee,) in standing(ledger, "payment", "payee")}
    left = [name for name in names if ledger.pseudonym(name) in payees]
    ledger.close()
    return left


SPELT = ("Mr J Thornbury", "J Thornbury", "Thornbury, J", "THORNBURY J (MR)", "Thornbury, Mr. J")


@pytest.mark.parametrize("who", SPELT)
def test_a_title_and_the_order_of_the_words_do_not_matter(tmp_path, who):
    path = tmp_path / "records.duckdb"
    others = ("K Thornbury", "Mr K Thornbury", "Mr Thornbury", "J Thornburyson", "Mr J Ash")
    people_paid(path, *SPELT, *others)
    erase(path, who, by="me", redact=redact)
    assert still_there(path, *SPELT, *others) == list(others)
    assert b"j thornbury asked" not in everything(path)
    assert b"mr k thornbury asked" in everything(path)


TITLES = ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Rev", "Sir", "Dame")


@pytest.mark.parametrize("title", TITLES)
def test_every_title_is_told_from_the_name(title):
    for written in (f"{title} Jo Thornbury", f"Thornbury, {title}. Jo", f"JO THORNBURY {title}"):
        assert titled_apart(written) == ((title.lower(),), ("jo", "thornbury"))


@pytest.mark.parametrize(("known", "who"), [("Dr Jo Ash", "Jo Ash"), ("Jo Ash", "Dame Jo Ash")])
def test_a_title_on_one_side_alone_hides_nobody(tmp_path, known, who):
    path = tmp_path / "records.duckdb"
    people_paid(path, known)
    erase(path, who, by="me", redact=redact)
    assert still_there(path, known) == []


def test_a_man_and_a_woman_of_one_name_are_told_apart_by_their_titles(tmp_path):
    path = tmp_path / "records.duckdb"
    both = ("Mr J Thornbury", "Mrs J Thornbury")
    people_paid(path, *both)
    with pytest.raises(LedgerError, match="Give the name with its title"):
        erase(path, "J Thornbury", by="me", redact=redact)
    assert still_there(path, *both) == list(both)
    erase(path, "Mr J Thornbury", by="me", redact=redact)
    assert still_there(path, *both) == ["Mrs J Thornbury"]
    assert b"as mrs j thornbury asked" in everything(path)
    assert b"as mr j thornbury asked" not in everything(path)


def test_a_surname_alone_is_not_the_person_with_a_title(tmp_path):
    path = tmp_path / "records.duckdb"
    people_paid(path, "K Thornbury", "Mr Thornbury")
    erase(path, "Mr Thornbury", by="me", redact=redact)
    assert still_there(path, "K Thornbury", "Mr Thornbury") == ["K Thornbury"]


def test_a_company_named_after_a_title_is_not_another_company(tmp_path):
    path = tmp_path / "records.duckdb"
    people_paid(path, "Dr Ashby Ltd", "Ashby Ltd")
    erase(path, "Dr Ashby Ltd", by="me", redact=redact)
    assert still_there(path, "Dr Ashby Ltd", "Ashby Ltd") == ["Ashby Ltd"]


def test_two_of_one_name_do_not_become_one(tmp_path):
    path = tmp_path / "records.duckdb"
    ledger = open_ledger(path)
    for identifier in ("w-1", "w-2"):
        load_rows(ledger, "organisation", [{"organisation": identifier, "name": WHO}])
        load_rows(ledger, "payment", [invoice("1", 10, identifier)])
    ledger.close()
    erase(path, WHO, by="me", redact=redact)
    ledger = open_ledger(path)
    assert len({payee for (payee,) in standing(ledger, "payment", "payee")}) == 2
    ledger.close()


class Stopped(BaseException):
    """The power went."""


@pytest.mark.parametrize("at", ["_copy", "_change", "_refuse_remains", "os.replace"])
def test_a_stop_in_the_middle_leaves_the_old_records_whole(path, monkeypatch, at):
    before = every_cell(path)
    files = {file: file.read_bytes() for file in path.parent.rglob("*.csv")}

    def stop(*_):
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(f"civic_metrics.ledger.rewriting.{at}", stop)
        with pytest.raises(Stopped):
            erase(path, WHO, by="me", redact=redact)
    assert every_cell(path) == before
    assert {file: file.read_bytes() for file in path.parent.rglob("*.csv")} == files
    erase(path, WHO, by="me", redact=redact)
    assert b"featherstonehaugh" not in everything(path)


def test_a_stop_just_after_is_finished_at_the_next_opening(path, monkeypatch):
    def stop(*_):
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr(rewriting, "_flush_folder", stop)
        with pytest.raises(Stopped):
            erase(path, WHO, by="me", redact=redact)
    open_ledger(path).close()
    assert b"featherstonehaugh" not in everything(path)


def test_a_new_file_that_still_held_the_name_would_not_take_the_place_of_the_old(path):
    before = every_cell(path)
    with pytest.raises(LedgerError, match="something of them is left"):
        rewriting.rewrite(path, lambda cursor: [WHO])
    assert every_cell(path) == before
    assert not list(path.parent.glob("*.writing"))


def test_thousands_of_different_notes_are_without_the_name(tmp_path):
    path = tmp_path / "records.duckdb"
    ledger = open_ledger(path)
    rows = [invoice(str(n), n, "ashby", channel=f"note {n}: {WHO} rang {n}") for n in range(3000)]
    load_rows(ledger, "payment", rows)
    ledger.close()
    erase(path, WHO, by="me", redact=redact)
    assert b"featherstonehaugh" not in everything(path)
    cells = every_cell(path)
    assert "featherstonehaugh" not in cells
    assert "note 2999: [erased] rang 2999" in cells


def test_records_that_are_open_are_not_erased_from(path):
    ledger = open_ledger(path)
    with pytest.raises(LedgerError, match="open"):
        erase(path, WHO, by="me", redact=redact)
    ledger.close()
    assert "featherstonehaugh" in every_cell(path)


def test_the_new_file_has_the_same_tables_and_constraints(path):
    said = "select table_name, constraint_type, constraint_column_names from duckdb_constraints()"

    def constraints():
        ledger = open_ledger(path)
        found = sorted(ledger.cursor().execute(said).fetchall(), key=repr)
        ledger.close()
        return found

    before = constraints()
    erase(path, WHO, by="me", redact=redact)
    assert constraints() == before


def test_loading_goes_on_after_an_erasure(path):
    last = erase(path, WHO, by="me", redact=redact).batch
    ledger = open_ledger(path)
    assert load_rows(ledger, "payment", [invoice("77", 5, "ashby")]) == last + 1
    ledger.close()


def test_the_words_of_an_erasure_say_how_much(path):
    said = erasing.Erased(None, {"payment": 1, "organisation": 1}, 1, 2, 1).in_words
    assert said == (
        "2 rows with their earlier versions, 1 row set aside, 2 uploads in the history and "
        "1 kept file"
    )
