"""Two at once, a failure half way, a power cut, a second program."""

import subprocess
import sys
import textwrap
import time
from threading import Barrier, Thread

import pytest

from civic_metrics.__main__ import main
from civic_metrics.ledger import LedgerError, Origin, batches, loading, open_ledger
from civic_metrics.ledger import load as load_batch
from tests.ledger.reading import standing
from tests.rows import load_rows, stage_rows

INVOICE = {"payee": "a", "invoice_ref": "1", "received_on": "2024-01-01", "amount": 100}
ORIGIN = Origin(who="me", file_name="payment.csv", content=b"")


def test_two_loads_of_the_same_new_invoice_at_once_leave_one_row(ledger):
    beside = open_ledger(ledger.path)
    barrier, counts = Barrier(2), []

    def load_it(into):
        staged = stage_rows("payment", [INVOICE])
        barrier.wait()
        counts.append(load_batch(into, staged, ORIGIN).counts)

    threads = [Thread(target=load_it, args=(into,)) for into in (ledger, beside)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    beside.close()
    assert len(standing(ledger, "payment")) == 1
    assert sorted((c.new, c.unchanged) for c in counts) == [(0, 1), (1, 0)]
    assert [one.batch for one in batches(ledger)] == [1, 2]


def test_reading_goes_on_while_another_thread_loads(ledger):
    load_rows(ledger, "payment", [INVOICE])
    with ledger.writing() as cursor:
        cursor.execute("update ledger.payment set _until = 99")
        assert len(standing(ledger, "payment")) == 1
        cursor.execute("update ledger.payment set _until = null")


def test_a_failure_in_the_middle_of_a_load_leaves_nothing(ledger, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr(loading, "record_batch", fail)
        with pytest.raises(RuntimeError):
            load_rows(ledger, "payment", [INVOICE])
    assert standing(ledger, "payment") == standing(ledger, "organisation") == []
    assert (batches(ledger), ledger.version) == ([], 0)
    assert load_rows(ledger, "payment", [INVOICE]) == 1


LOADS_FOR_EVER = """
    import sys
    from civic_metrics.ledger import open_ledger
    from tests.rows import load_rows
    ledger = open_ledger(sys.argv[1])
    print("open", flush=True)
    for number in range(1000):
        rows = [
            {"payee": "a", "invoice_ref": str(row), "amount": number + 1} for row in range(500)
        ]
        print(load_rows(ledger, "payment", rows), flush=True)
"""


def start(script, *arguments):
    code = textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("wait", [0.02, 0.09, 0.17])
def test_kill_9_while_loading_leaves_whole_batches(tmp_path, wait):
    path = tmp_path / "killed.duckdb"
    program = start(LOADS_FOR_EVER, path)
    told = [program.stdout.readline().strip() for _ in range(2)]
    time.sleep(wait)
    program.kill()
    told += program.communicate()[0].split()
    ledger = open_ledger(path)
    done = [one.batch for one in batches(ledger)]
    assert done == list(range(1, len(done) + 1))
    assert max(int(number) for number in told[1:]) in (len(done), len(done) - 1)
    sql = "select _batch, count(*) from ledger.payment group by _batch order by _batch"
    assert ledger.cursor().execute(sql).fetchall() == [(number, 500) for number in done]
    assert {amount for (amount,) in standing(ledger, "payment", "amount")} == {len(done)}
    assert load_rows(ledger, "payment", [INVOICE]) == len(done) + 1
    ledger.close()


HOLDS_IT = """
    import sys
    from civic_metrics.ledger import open_ledger
    ledger = open_ledger(sys.argv[1])
    print("open", flush=True)
    sys.stdin.read()
"""


def test_a_second_program_gets_a_plain_message(tmp_path, capsys):
    path = tmp_path / "held.duckdb"
    code = textwrap.dedent(HOLDS_IT)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "open\n"
        said = rf"Another program has these records open \(process {holder.pid}\)"
        with pytest.raises(LedgerError, match=said):
            open_ledger(path)
        assert main(["batches", "--store", str(path)]) == 1
        message = capsys.readouterr().err
        holder.stdin.close()
    assert "Close it and try again, or use its Upload page" in message
    assert str(tmp_path) not in message


def test_a_file_that_is_not_a_ledger_gets_a_plain_message(tmp_path):
    path = tmp_path / "notes.duckdb"
    path.write_text("shopping list\n" * 1000)
    with pytest.raises(LedgerError, match=r"notes\.duckdb cannot be opened as records"):
        open_ledger(path)
    assert path.read_text().startswith("shopping list")


def test_records_that_are_not_there_are_not_made_by_looking(tmp_path):
    path = tmp_path / "none.duckdb"
    with pytest.raises(LedgerError, match=r"There are no records at none\.duckdb yet"):
        open_ledger(path, create=False)
    assert not path.exists()
