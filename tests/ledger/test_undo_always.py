"""Random uploads and undos against a dictionary, and against a ledger never given the undone.

The dictionary knows nothing of versions: it takes in the uploads that are left, in their
order, cell by cell, and forgets what a source said before of a row that its whole record lacks.
Undos come in any order, undos of undos and uploads among them.
"""

from __future__ import annotations

from datetime import date
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civic_metrics.ledger import Whole, open_ledger, undo
from tests.ledger.reading import pointing_at_nothing, standing
from tests.rows import load_rows

PAYMENT_KEY = ("payee", "invoice_ref")
PAYMENT_CELLS = {
    "partnership": st.sampled_from([None, "p", "q"]),
    "amount": st.integers(1, 3),
    "channel": st.sampled_from([None, "post", "portal"]),
    "is_disputed": st.sampled_from([None, True, False]),
    "paid_on": st.sampled_from([None, date(2024, 1, 10), date(2024, 2, 10)]),
}
ORGANISATION_CELLS = {
    "name": st.sampled_from(["Ashby", "Burton"]),
    "kind": st.sampled_from([None, "charity", "school"]),
}


# A file that adds, the whole record of its source, or of its payments of a month.
WHOLE = st.sampled_from(
    [
        None,
        None,
        Whole(),
        Whole("paid_on", date(2024, 1, 1), date(2024, 1, 31)),
        Whole("paid_on", date(2024, 2, 1), None),
    ]
)


def uploads(table, keys, cells, whole):
    """(table, source, whole, {key: cells}): all rows with one random choice of columns."""
    columns = st.lists(st.sampled_from(sorted(cells)), unique=True)
    if table == "organisation":
        columns = columns.map(lambda names: [*{"name", *names}])

    def rows(names):
        each = st.fixed_dictionaries({name: cells[name] for name in sorted(names)})
        return st.dictionaries(keys, each, min_size=1, max_size=3)

    return st.tuples(st.just(table), st.sampled_from("xy"), whole, columns.flatmap(rows))


PAYMENT_KEYS = st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["1", "2", None]))
ORGANISATION_KEYS = st.tuples(st.sampled_from(["a", "b", "c"]))
UPLOADS = st.one_of(
    uploads("payment", PAYMENT_KEYS, PAYMENT_CELLS, WHOLE),
    uploads(
        "organisation", ORGANISATION_KEYS, ORGANISATION_CELLS, st.sampled_from([None, Whole()])
    ),
)
KEYS = {"payment": PAYMENT_KEY, "organisation": ("organisation",)}
# An upload, or the undo of the how-manieth batch (any number: taken among those there are).
STEPS = st.lists(st.one_of(UPLOADS, UPLOADS, st.integers(0, 50)), min_size=2, max_size=9)


def load_drawn(ledger, drawn):
    table, source, whole, rows = drawn
    named = [dict(zip(KEYS[table], key, strict=True)) | cells for key, cells in rows.items()]
    return load_rows(ledger, table, named, source=source, whole=whole)


def play(ledger, steps):
    """Does the steps; the uploads that are left, in their order."""
    made: dict[int, object] = {}  # batch -> the upload, or the number it undoes

    def stands(batch):
        """Whether no upload that stands undoes it."""
        return not any(what == batch and stands(by) for by, what in made.items())

    for step in steps:
        if not isinstance(step, int):
            made[load_drawn(ledger, step)] = step
            continue
        open_to_undo = sorted(batch for batch in made if stands(batch))
        if not open_to_undo:
            continue
        batch = open_to_undo[step % len(open_to_undo)]
        made[undo(ledger, batch, "me").batch] = batch
    return [
        made[batch] for batch in sorted(made) if stands(batch) and not isinstance(made[batch], int)
    ]


def in_a_dictionary(left):
    """Payments, details and names as the uploads that are left would have them."""
    said = []  # (table, source, key, cells), as long as it holds
    for table, source, whole, rows in left:
        if whole:
            said = [
                word
                for word in said
                if word[:2] != (table, source)
                or word[2] in rows
                or not covers(whole, of_row(said, word[:3]))
            ]
        said += [(table, source, key, cells) for key, cells in rows.items()]
    held = {"payment": {}, "organisation": {}}
    for table, _, key, cells in said:
        held[table].setdefault(key, {}).update(cells)
    named = {("organisation", key[0]) for key in held["organisation"]}
    return held["payment"], held["organisation"], named | names_in_payments(left)


def names_in_payments(left):
    """Every name a payments file that is left refers to: they stay though the rows are closed."""
    used = set()
    for table, _, _, rows in left:
        for (first, *_), cells in rows.items() if table == "payment" else ():
            used |= {("organisation", first), ("partnership", cells.get("partnership"))}
    return used - {("partnership", None)}


def of_row(said, word):
    """All that one source says of a row, the newest last."""
    cells = {}
    for table, source, key, more in said:
        if (table, source, key) == word:
            cells.update(more)
    return cells


def covers(whole, cells):
    if whole.column is None:
        return True
    day = cells.get(whole.column)
    return day is not None and whole.from_on <= day <= (whole.to_on or date.max)


def in_the_ledger(ledger):
    cells = sorted(PAYMENT_CELLS)
    payments = {
        row[:2]: dict(zip(cells, row[2:], strict=True))
        for row in standing(ledger, "payment", *PAYMENT_KEY, *cells)
    }
    named = standing(ledger, "organisation", "organisation", "name", "kind", "_stub")
    details = {(key,): {"name": n, "kind": k} for key, n, k, stub in named if not stub}
    used = {("organisation", row[0]) for row in named}
    used |= {("partnership", row[0]) for row in standing(ledger, "partnership", "partnership")}
    return payments, details, used


def filled(held, cells):
    return {key: {name: row.get(name) for name in sorted(cells)} for key, row in held.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_what_stands_is_what_the_uploads_that_are_left_say(steps):
    with TemporaryDirectory() as folder:
        ledger = open_ledger(f"{folder}/undone.duckdb")
        left = play(ledger, steps)
        payments, details, used = in_a_dictionary(left)
        found = in_the_ledger(ledger)
        assert found[0] == filled(payments, PAYMENT_CELLS)
        assert found[1] == filled(details, ORGANISATION_CELLS)
        assert found[2] == used
        assert pointing_at_nothing(ledger) == []
        ledger.close()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(UPLOADS, min_size=2, max_size=4), st.data())
def test_undos_in_any_order_leave_what_a_ledger_never_given_them_holds(drawn, data):
    numbers = range(1, len(drawn) + 1)
    chosen = data.draw(st.lists(st.sampled_from(numbers), unique=True, min_size=1))
    other = data.draw(st.permutations(chosen))
    results = []
    with TemporaryDirectory() as folder:
        for name, order in (("one", chosen), ("other", other)):
            ledger = open_ledger(f"{folder}/{name}.duckdb")
            for upload in drawn:
                load_drawn(ledger, upload)
            for batch in order:
                undo(ledger, batch, "me")
            results.append(in_the_ledger(ledger))
            ledger.close()
        never = open_ledger(f"{folder}/never.duckdb")
        for number, upload in zip(numbers, drawn, strict=True):
            if number not in chosen:
                load_drawn(never, upload)
        results.append(in_the_ledger(never))
        never.close()
    assert results[0] == results[1] == results[2]
