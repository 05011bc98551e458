"""The command line, as an analyst meets it: what it prints, and with what status it ends."""

import csv
import hashlib
import io
import json
from datetime import date
from pathlib import Path
from statistics import fmean, median

import pytest
from openpyxl import load_workbook

from civic_metrics.__main__ import main
from civic_metrics.compute import figure
from civic_metrics.indicators import INDICATORS
from civic_metrics.ledger import open_ledger
from tests.messy import workbook

REAL = Path(__file__).parents[2] / "shared/real/payments/university_payment_requests.csv"
COUNTS = ("new", "changed", "unchanged", "quarantined", "excluded")
LOADED = ("file", "sha256", "table", "batch", "rows_read", *COUNTS, "problems")
RESULT = [
    "n",
    "value",
    "lower",
    "upper",
    "numerator",
    "denominator",
    "unit",
    "method",
    "as_of",
    "status",
    "note",
]

# Three paid after 10, 20 and 60 days (one by Burton), one open, one with no such day.
PAYMENTS = """\
payee,invoice_ref,received_on,paid_on,amount,currency,payee_role,partnership
Ashby Food Bank,1,2024-01-01,2024-01-11,100.00,GBP,partner,Healthy Streets
Ashby Food Bank,2,2024-01-01,2024-01-21,100.00,GBP,partner,Healthy Streets
Burton Youth,3,2024-01-01,2024-03-01,50.00,GBP,partner,
Burton Youth,4,2024-03-01,,50.00,GBP,partner,
Burton Youth,5,2022-09-31,,50.00,GBP,partner,
"""


@pytest.fixture
def run(tmp_path, capsys):
    """Runs a command on records of its own; (status, what it printed, what it complained of)."""

    def command(*words):
        status = main([*map(str, words), "--store", str(tmp_path / "records.duckdb")])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


@pytest.fixture
def run_json(run):
    def command(*words):
        status, out, _ = run(*words, "--format", "json")
        return status, json.loads(out)

    return command


@pytest.fixture
def file(tmp_path):
    def write(content, name="payments_march.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def loaded(run, file):
    """Records with the payments above, complete to 31 March 2024."""
    words = ("--table", "payment", "--complete-to", "2024-03-31", "--create-missing")
    status, _, _ = run("load", file(PAYMENTS), *words)
    assert status == 0


# load


def test_load_says_in_json_what_became_of_every_row(run_json, file):
    path = file(PAYMENTS)
    words = ("--complete-to", "2024-03-31", "--create-missing")
    status, [one] = run_json("load", path, "--table", "payment", *words)
    assert status == 0
    assert set(LOADED) <= set(one)
    assert one["file"] == "payments_march.csv"
    assert one["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert one["table"] == "payment"
    assert isinstance(one["batch"], int)
    assert [one[name] for name in ("rows_read", *COUNTS)] == [5, 4, 0, 0, 1, 0]
    [problem] = one["problems"]
    assert set(problem) == {"row", "column", "found", "expected", "fix", "severity"}
    assert (problem["row"], problem["column"]) == (6, "received_on")
    assert (problem["found"], problem["severity"]) == ("2022-09-31", "error")


def test_load_in_words_adds_up_and_names_the_row(run, file):
    words = ("--complete-to", "2024-03-31", "--create-missing")
    status, out, _ = run("load", file(PAYMENTS), "--table", "payment", *words)
    assert status == 0
    assert "5 rows read = 4 new + 0 changed + 0 unchanged + 1 set aside + 0 left out" in out
    assert "Row 6, received_on (set aside): found “2022-09-31”" in out
    assert "3 names added without details" in out


@pytest.mark.usefixtures("loaded")
def test_the_same_file_again_changes_nothing(run_json, file):
    words = ("--complete-to", "2024-03-31", "--create-missing")
    status, [one] = run_json("load", file(PAYMENTS), "--table", "payment", *words)
    assert [one[name] for name in COUNTS] == [0, 0, 4, 1, 0]
    assert status == 0


def test_a_dry_run_counts_and_loads_nothing(run, run_json, file):
    words = ("--table", "payment", "--create-missing", "--dry-run")
    _, [one] = run_json("load", file(PAYMENTS), *words)
    assert (one["batch"], one["new"]) == (None, 4)
    assert run("batches")[0] == 1  # not even empty records were made
    assert run("show", "time_to_payment")[0] == 1


def test_their_columns_are_matched_and_what_the_file_lacks_is_set(run_json, file):
    theirs = "Vendor,Doc,In,Out,Value\nAshby,1,2024-01-01,2024-01-11,10\n"
    words = ["Vendor=payee", "Doc=invoice_ref", "In=received_on", "Out=paid_on", "Value=amount"]
    command = ("--table", "payment", "--map", *words, "--set", "currency=GBP", "--create-missing")
    status, [one] = run_json("load", file(theirs), *command)
    assert (status, one["new"], one["problems"]) == (0, 1, [])
    # Not told, the extract is taken as complete to the latest date in it.
    assert one["complete_to"] == "2024-01-11"


def test_two_files_are_two_objects(run_json, file):
    first = file(PAYMENTS)
    second = file("organisation,name\nO1,Copse\n", "organisations.csv")
    status, both = run_json("load", first, second, "--create-missing")
    assert status == 0
    assert [one["file"] for one in both] == ["payments_march.csv", "organisations.csv"]


REFUSED = {
    "an empty file": (b"", "empty.csv", "empty"),
    "a header and no rows": (b"payee,invoice_ref,received_on,amount\n", "none.csv", "no rows"),
    "a PDF renamed": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "report.xlsx", "PDF"),
    "no column of ours": (b"colour,mood\nred,fine\n", "other.csv", "column"),
}


@pytest.mark.parametrize(("content", "name", "word"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_words(run, file, content, name, word):
    status, out, err = run("load", file(content, name), "--table", "payment")
    assert (status, out) == (1, "")
    assert word in err
    assert "Traceback" not in err


def test_of_several_files_the_one_that_is_refused_is_named(run, file):
    _, _, err = run("load", file(PAYMENTS), file(b"", "empty.csv"), "--table", "payment")
    assert "empty.csv" in err


def test_a_missing_file_is_named_and_nothing_of_the_others_is_loaded(run, file):
    status, _, err = run("load", file(PAYMENTS), "nowhere.csv", "--create-missing")
    assert status == 1
    assert "There is no file called nowhere.csv" in err
    assert run("batches")[0] == 1


def test_where_every_row_is_set_aside_nothing_is_loaded_and_it_is_said(run_json, file):
    only_bad = "\n".join(PAYMENTS.splitlines()[::5]) + "\n"
    status, [one] = run_json("load", file(only_bad), "--table", "payment", "--create-missing")
    assert (status, one["rows_read"], one["quarantined"]) == (1, 1, 1)


def test_what_can_be_said_of_names_and_receipt_is_told_with_its_option(run, file):
    undated = "payee,invoice_ref,invoiced_on,paid_on,amount,currency\n"
    undated += "Ash,1,2025-01-06,2025-01-16,10,GBP\n"
    _, out, _ = run("load", file(undated), *LOAD)
    assert "To add unknown names without details: --create-missing." in out
    assert "To let the invoice date be the day of receipt: --receipt-by-invoice-date." in out
    words = ("--create-missing", "--receipt-by-invoice-date")
    _, out, _ = run("load", file(undated), *LOAD, *words)
    assert not any(word in out for word in words)


def test_problems_come_as_csv_too(run, file):
    _, out, _ = run("load", file(PAYMENTS), "--create-missing", "--format", "csv")
    [problem] = csv.DictReader(io.StringIO(out))
    assert (problem["row"], problem["found"]) == ("6", "2022-09-31")


BAD_ARGUMENTS = [
    ("load", "x.csv", "--complete-to", "31/03/2024"),
    ("show",),
    ("undo", "last"),
    ("fly",),
    (),
]


@pytest.mark.parametrize("words", BAD_ARGUMENTS)
def test_words_the_parser_does_not_know_end_with_2(words):
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("show", "colour"),
        ("show", "time_to_payment", "--by", "colour"),
        ("show", "time_to_payment", "--where", "payee_role"),
        ("show", "time_to_payment", "--viewer", "king"),
        ("show", "time_to_payment", "--viewer", "partner:"),
        ("show", "time_to_payment", "--viewer", "partner:Nobody"),
    ],
)
@pytest.mark.usefixtures("loaded")
def test_words_that_name_nothing_end_with_2_and_say_what_there_is(run, words):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert err.strip().endswith(".")


def test_a_table_we_do_not_have_ends_with_2(run, file):
    status, _, err = run("load", file(PAYMENTS), "--table", "invoices")
    assert status == 2
    assert "payment" in err


# load: what is said of a file


LOAD = ("--table", "payment", "--complete-to", "2025-03-31")
SPEND = """\
payee,invoice_ref,received_on,paid_on,amount,currency
Ashby Food Bank Limited,1,2025-01-06,2025-01-10,100.00,GBP
Burton Youth,2,2025-01-06,2025-01-13,50.00,GBP
Mrs Jane Smith,3,2025-02-03,2025-02-05,25.00,GBP
"""
REGISTER = "organisation,name\nashby,Ashby Food Bank\n"


@pytest.fixture
def register(run, file):
    """Records that know Ashby Food Bank."""
    assert run("load", file(REGISTER, "organisations.csv"))[0] == 0


def payees(run_json):
    """Payments counted by who was paid."""
    _, rows = run_json("show", "average_days_to_pay", "--by", "organisation")
    return {row["organisation"]: row["n"] for row in rows}


@pytest.mark.usefixtures("register")
def test_names_nobody_knows_are_listed_with_the_money_at_stake(run, file):
    status, out, _ = run("load", file(SPEND), *LOAD)
    assert status == 1
    assert "“Ashby Food Bank Limited” (1 row, £100, perhaps “Ashby Food Bank”)" in out
    assert "“Mrs Jane Smith” (1 row, £25, looks like a person)" in out
    assert "--same THEIRS=OURS" in out


@pytest.mark.usefixtures("register")
def test_a_name_like_a_known_one_is_never_merged_or_added_unasked(run_json, file):
    _, [one] = run_json("load", file(SPEND), *LOAD, "--create-missing")
    assert (one["new"], one["quarantined"]) == (2, 1)
    [problem] = [p for p in one["problems"] if p["severity"] == "error"]
    assert (problem["row"], problem["found"]) == (2, "Ashby Food Bank Limited")


@pytest.mark.usefixtures("register")
def test_every_name_can_be_answered_and_what_is_the_same_is_remembered(run, run_json, file):
    same = ("--same", "Ashby Food Bank Limited=Ashby Food Bank")
    others = ("--new", "Burton Youth", "--individual", "Mrs Jane Smith")
    _, [one] = run_json("load", file(SPEND), *LOAD, *same, *others)
    assert (one["new"], one["names_added"], one["problems"]) == (3, 2, [])
    found = payees(run_json)
    assert (found["Ashby Food Bank"], found["Burton Youth"]) == (1, 1)
    assert not any("Jane" in name for name in found)
    later = SPEND.replace(",1,", ",9,").splitlines()[:2]
    status, [one] = run_json("load", file("\n".join(later), "april.csv"), *LOAD)
    assert (status, one["new"], one["quarantined"]) == (0, 1, 0)
    assert payees(run_json)["Ashby Food Bank"] == 2


@pytest.mark.usefixtures("register")
def test_a_persons_name_is_in_no_file_of_the_records(run, file, tmp_path):
    run("load", file(SPEND), *LOAD, "--create-missing")
    kept = [*tmp_path.glob("records.*"), *(tmp_path / "records.files").rglob("*")]
    files = [path for path in kept if path.is_file()]
    assert len(files) > 1
    assert not any(b"Jane Smith" in path.read_bytes() for path in files)


def test_a_code_that_is_not_one_of_ours_leaves_its_rows_without_a_partnership(run_json, file):
    codes = "payee,invoice_ref,paid_on,amount,currency,cost centre\nAsh,1,2025-01-10,9,GBP,CC100\n"
    words = (*LOAD, "--new", "Ash")
    assert run_json("load", file(codes), *words)[1][0]["quarantined"] == 1
    assert run_json("load", file(codes), *words, "--not-ours", "CC100")[1][0]["new"] == 1
    again = codes.replace(",1,", ",2,")  # it is remembered
    assert run_json("load", file(again, "april.csv"), *LOAD)[1][0]["new"] == 1


@pytest.mark.usefixtures("register")
def test_a_name_that_is_the_same_as_nothing_known_ends_with_2(run, file):
    status, out, err = run("load", file(SPEND), *LOAD, "--same", "Ashby Food Bank Limited=Copse")
    assert (status, out) == (2, "")
    assert "the records know no “Copse”" in err
    assert run("load", file(SPEND), *LOAD, "--same", "Ashby")[0] == 2


def test_amounts_without_vat_have_it_added_where_the_file_gives_it(run, run_json, file):
    net = "payee,invoice_ref,paid_on,amount,vat,currency\nAsh,1,2025-01-10,100,20,GBP\n"
    words = (*LOAD, "--create-missing")
    _, out, _ = run("load", file(net), *words, "--amounts", "without-vat")
    assert "amount: VAT added to it (1)" in out
    # 100 + 20: the same as a file that says 120 with VAT.
    gross = net.replace(",100,", ",120,")
    [one] = run_json("load", file(gross), *words, "--amounts", "with-vat")[1]
    assert one["unchanged"] == 1
    with pytest.raises(SystemExit):
        run("load", file(net), *words, "--amounts", "net")


def test_the_invoice_date_may_stand_for_the_receipt_date_of_a_whole_file(run_json, file):
    undated = "payee,invoice_ref,invoiced_on,paid_on,amount,currency\n"
    undated += "Ash,1,2025-01-06,2025-01-16,10,GBP\n"
    words = (*LOAD, "--create-missing")
    run_json("load", file(undated), *words)
    assert run_json("show", "average_days_to_pay")[1]["n"] == 0
    run_json("load", file(undated), *words, "--receipt-by-invoice-date")
    _, one = run_json("show", "average_days_to_pay")
    assert (one["n"], one["value"]) == (1, 10)
    assert "invoice date" in one["note"]


@pytest.fixture
def three(run, file):
    """Three payments of one source: in January, February and March."""
    rows = [f"Ash,{n},2025-0{n}-02,2025-0{n}-05,10,GBP" for n in (1, 2, 3)]
    content = "\n".join([SPEND.splitlines()[0], *rows]) + "\n"
    assert run("load", file(content, "spend.csv"), *LOAD, "--create-missing")[0] == 0
    return content


def without(content, *rows):
    """The file without those rows, numbered as a spreadsheet program does."""
    lines = content.splitlines()
    return "\n".join(line for n, line in enumerate(lines, 1) if n not in rows) + "\n"


def test_a_file_that_adds_leaves_what_it_lacks(run_json, file, three):
    _, [one] = run_json("load", file(without(three, 2), "spend.csv"), *LOAD)
    assert (one["unchanged"], one["closed"]) == (2, 0)
    assert run_json("show", "average_days_to_pay")[1]["n"] == 3


def test_the_whole_record_of_a_source_closes_what_it_lacks_and_undo_opens_it(
    run, run_json, file, three
):
    _, [one] = run_json("load", file(without(three, 2, 3), "spend.csv"), *LOAD, "--whole")
    assert (one["unchanged"], one["closed"]) == (1, 2)
    assert run_json("show", "average_days_to_pay")[1]["n"] == 1
    assert run("undo", one["batch"])[0] == 0
    assert run_json("show", "average_days_to_pay")[1]["n"] == 3


def test_the_whole_record_of_some_days_closes_nothing_outside_them(run, run_json, file, three):
    days = ("--whole", "paid_on:2025-02-01:2025-02-28")
    status, out, _ = run("load", file(without(three, 2, 3), "spend.csv"), *LOAD, *days)
    assert status == 0
    assert "which is all there is: 1 row of its source closed" in out
    assert run_json("show", "average_days_to_pay")[1]["n"] == 2


@pytest.mark.parametrize("days", ["paid_on", "paid_on:2025-02-01", "paid_on:1/2/2025:28/2/2025"])
def test_days_of_a_whole_record_that_cannot_be_read_end_with_2(run, file, three, days):
    status, _, err = run("load", file(three, "spend.csv"), *LOAD, f"--whole={days}")
    assert status == 2
    assert "paid_on:2026-03-01:2026-03-31" in err


def test_a_whole_record_with_rows_that_cannot_be_read_is_refused(run, run_json, file, three):
    broken = three.replace("Ash,2", "Somebody else,2")
    status, _, err = run("load", file(broken, "spend.csv"), *LOAD, "--whole")
    assert status == 1
    assert "Mend those rows first" in err
    assert run_json("show", "average_days_to_pay")[1]["n"] == 3


TOTALLED = """\
payee,invoice_ref,paid_on,amount,currency
Ash,1,2025-01-10,10.00,GBP
Ash,2,2025-01-13,20.00,GBP
Total,,,30.00,
"""


def test_a_total_is_left_out_and_kept_where_it_is_asked_for(run_json, file):
    words = (*LOAD, "--create-missing")
    _, [one] = run_json("load", file(TOTALLED), *words, "--dry-run")
    assert [one[name] for name in ("rows_read", *COUNTS)] == [3, 2, 0, 0, 0, 1]
    _, [one] = run_json("load", file(TOTALLED), *words, "--dry-run", "--keep-row", 4)
    assert (one["rows_read"], one["excluded"]) == (3, 0)


MEMBERS = """\
Partnership Name,Start Date,Members
Healthy Streets,2019-09-01,"Ashby Food Bank; Burton Youth"
River Project,2020-01-15,"Copse Trust"
"""


def test_a_register_fills_further_tables_unless_told_not_to(run_json, file):
    words = ("--table", "partnership", "--complete-to", "2025-03-31", "--create-missing")
    path = file(MEMBERS, "register.csv")
    _, alone = run_json("load", path, *words, "--this-table-only", "--dry-run")
    assert [one["table"] for one in alone] == ["partnership"]
    _, every = run_json("load", path, *words, "--dry-run")
    new = {one["table"]: one["new"] for one in every}
    assert (new["partnership"], new["membership"]) == (2, 3)
    _, whole = run_json("load", path, *words, "--dry-run", "--one-name", "Members")
    assert {one["table"]: one["new"] for one in whole}["membership"] == 2


def test_what_is_wrong_is_written_beside_each_row_and_comes_back_mended(
    run, run_json, file, tmp_path
):
    beside = tmp_path / "to mend.xlsx"
    words = ("--create-missing", "--complete-to", "2024-03-31")
    run("load", file(PAYMENTS), "--table", "payment", *words, "--problems", beside)
    book = load_workbook(beside)
    rows = list(book.active.values)
    assert rows[5][2] == "2022-09-31"
    assert "expected" in rows[5][-1]
    assert not any(row[-1] for row in rows[1:5])
    book.active["C6"] = "2022-09-30"
    book.save(beside)
    _, [one] = run_json("load", beside, *words, "--source", "payments march")
    assert [one[name] for name in COUNTS] == [1, 0, 4, 0, 0]


def test_a_second_file_of_the_same_shape_needs_no_matching(run_json, file):
    theirs = "Who,Doc,In,Out,Worth\nAshby,1,2024-01-01,2024-01-11,10\n"
    pairs = ["Who=payee", "Doc=invoice_ref", "In=received_on", "Out=paid_on", "Worth=amount"]
    more = ("--table", "payment", "--create-missing")
    assert run_json("load", file(theirs), *more, "--map", *pairs)[0] == 0
    status, [one] = run_json("load", file(theirs.replace(",1,", ",2,"), "april.csv"), *more)
    assert (status, one["new"]) == (0, 1)


def test_hidden_sheets_are_read_only_by_name(run, run_json, tmp_path):
    path = tmp_path / "book.xlsx"
    head = ("payee", "invoice_ref", "paid_on", "amount", "currency")
    now = [head, ("Ash", "1", "2025-01-10", "9", "GBP")]
    old = [head, ("Ash", "2", "2024-01-10", "9", "GBP"), ("Ash", "3", "2024-01-10", "9", "GBP")]
    path.write_bytes(workbook({"Now": now, "Old": old}, hidden=["Old"]))
    words = ("--create-missing", "--dry-run")
    assert [one["rows_read"] for one in run_json("load", path, *words)[1]] == [1]
    assert [one["rows_read"] for one in run_json("load", path, *words, "--sheet", "Old")[1]] == [2]
    status, _, err = run("load", path, *words, "--sheet", "New")
    assert status == 1
    assert "Its sheets are: Now, Old" in err


# erase, template


@pytest.mark.usefixtures("register")
def test_somebody_erased_is_in_no_file_of_the_records_and_the_sums_stay(
    run, run_json, file, tmp_path
):
    run(
        "load",
        file(SPEND),
        *LOAD,
        "--same",
        "Ashby Food Bank Limited=ashby",
        "--new",
        "Burton Youth",
    )
    assert run_json("show", "average_days_to_pay")[1]["n"] == 2
    status, out, _ = run("erase", "Burton Youth", "--dry-run")
    assert status == 0
    assert out.startswith("It would take out ")
    assert "Burton Youth" in payees(run_json)
    status, out, _ = run("erase", "Burton Youth")
    assert status == 0
    assert out.startswith("Erased. It took out ")
    kept = [*tmp_path.glob("records.*"), *(tmp_path / "records.files").rglob("*")]
    assert not any(b"Burton Youth" in path.read_bytes() for path in kept if path.is_file())
    assert run_json("show", "average_days_to_pay")[1]["n"] == 2
    status, _, err = run("erase", "Burton Youth")
    assert status == 1
    assert "Check how it is written" in err


def test_a_template_that_is_filled_in_loads_with_no_word_said_of_it(run, run_json, tmp_path):
    path = tmp_path / "Payments.xlsx"
    status, out, _ = run("template", "payment", "--out", path)
    assert status == 0
    assert "Payments.xlsx" in out
    book = load_workbook(path)
    sheet = book.worksheets[0]
    row = {"payee": "Ash", "invoice_ref": "1", "amount": 9.5, "currency": "GBP"}
    row |= {"received_on": date(2025, 1, 6), "paid_on": date(2025, 1, 10)}
    heads = [cell.value for cell in sheet[1]]
    for name, value in row.items():
        sheet.cell(2, heads.index(name) + 1).value = value
    book.save(path)
    status, [one] = run_json("load", path, "--create-missing")
    assert (status, one["table"], one["new"]) == (0, "payment", 1)
    assert [p for p in one["problems"] if p["severity"] == "error"] == []


def test_a_template_of_a_table_we_do_not_have_ends_with_2_and_says_what_there_is(run, tmp_path):
    status, _, err = run("template", "invoices", "--out", tmp_path / "x.xlsx")
    assert status == 2
    assert "payment" in err
    assert not (tmp_path / "x.xlsx").exists()


# show


@pytest.mark.usefixtures("loaded")
def test_show_is_one_object_with_the_columns_of_a_result(run_json):
    status, one = run_json("show", "average_days_to_pay")
    assert status == 0
    assert list(one) == RESULT
    # 10, 20 and 60 days.
    assert (one["n"], one["value"], one["numerator"]) == (3, 30, 90)
    assert (one["unit"], one["as_of"], one["status"]) == ("days", "2024-03-31", "not assessed")


@pytest.mark.usefixtures("loaded")
def test_show_by_a_split_is_a_list_with_the_splits_first(run_json):
    status, rows = run_json("show", "average_days_to_pay", "--by", "partnership,organisation")
    assert status == 0
    assert [list(row) for row in rows] == [["partnership", "organisation", *RESULT]] * 2
    found = [(row["partnership"], row["organisation"], row["n"], row["value"]) for row in rows]
    assert found == [
        ("Healthy Streets", "Ashby Food Bank", 2, 15),
        ("no partnership recorded", "Burton Youth", 1, 60),
    ]


@pytest.mark.usefixtures("loaded")
def test_show_by_one_split_is_a_list_even_of_one_row(run_json):
    _, rows = run_json("show", "average_days_to_pay", "--by", "payee_role")
    assert [row["payee_role"] for row in rows] == ["partner"]


@pytest.mark.usefixtures("loaded")
def test_show_as_csv_has_a_line_a_row(run):
    _, out, _ = run("show", "average_days_to_pay", "--by", "partnership", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == ["partnership", *RESULT]
    assert [row["value"] for row in rows] == ["15.0", "60.0"]


@pytest.mark.usefixtures("loaded")
def test_show_in_words_says_the_figure_and_the_day(run):
    status, out, _ = run("show", "average_days_to_pay")
    assert status == 0
    assert "value 30.00" in out
    assert "n = 3" in out
    assert "31 March 2024" in out


ASKED = [
    (("--where", "partnership=healthy-streets"), 2, 15),
    (("--where", "organisation=ashby-food-bank"), 2, 15),
    (("--where", "partnership="), 1, 60),
    (("--where", "partnership=healthy-streets", "--where", "partnership="), 3, 30),
    (("--from", "2024-01-12", "--to", "2024-01-21"), 1, 20),
    (("--as-of", "2024-02-29"), 2, 15),
    (("--viewer", "analyst"), 3, 30),
    (("--viewer", "partner:Burton Youth"), 1, 60),
    (("--viewer", "partner:ashby-food-bank"), 2, 15),
]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(("words", "n", "value"), ASKED)
def test_show_of_some_rows_for_some_viewer(run_json, words, n, value):
    status, one = run_json("show", "average_days_to_pay", *words)
    assert (status, one["n"], one["value"]) == (0, n, value)


@pytest.mark.usefixtures("loaded")
def test_show_that_finds_nothing_ends_with_1_and_says_so(run_json):
    status, one = run_json("show", "average_days_to_pay", "--where", "payee_role=individual")
    assert (status, one["n"], one["value"]) == (1, 0, None)
    assert one["note"]
    assert run_json("show", "compensation_parity", "--by", "theme")[0] == 1


@pytest.mark.usefixtures("loaded")
def test_show_can_print_its_statement_apart_from_its_json(run):
    status, out, err = run("show", "average_days_to_pay", "--sql", "--format", "json")
    assert (status, json.loads(out)["n"]) == (0, 3)
    assert "facts as (" in err


@pytest.mark.parametrize("words", [("show", "time_to_payment"), ("batches",), ("undo", 1)])
def test_without_records_it_says_how_to_begin(run, words):
    status, out, err = run(*words)
    assert (status, out) == (1, "")
    assert "Load a spreadsheet first" in err


# batches, undo, indicators, demo


@pytest.mark.usefixtures("loaded")
def test_undo_takes_the_upload_back_and_batches_tells_of_it(run, run_json):
    _, history = run_json("batches")
    last = history[-1]
    assert (last["table"], last["new"], last["complete_to"]) == ("payment", 4, "2024-03-31")
    assert "Undoing it would take" in run("undo", last["batch"], "--dry-run")[1]
    assert run_json("show", "average_days_to_pay")[1]["n"] == 3
    status, out, _ = run("undo", last["batch"])
    assert status == 0
    assert out.startswith(f"Undone, as number {last['batch'] + 1}.")
    assert run_json("show", "average_days_to_pay")[0] == 1
    _, history = run_json("batches")
    assert [batch["undone_by"] for batch in history[-2:]] == [last["batch"] + 1, None]
    assert history[-1]["undoes"] == last["batch"]
    status, _, err = run("undo", last["batch"])
    assert status == 1
    assert "was undone already" in err
    assert run("undo", 99)[0] == 1


@pytest.mark.usefixtures("loaded")
def test_show_of_a_batch_is_what_was_recorded_by_it(run, run_json):
    _, history = run_json("batches")
    number = history[-1]["batch"]
    run("undo", number)
    assert run_json("show", "average_days_to_pay", "--batch", number)[1]["n"] == 3


def test_indicators_are_listed_with_their_targets(run_json, tmp_path):
    status, rows = run_json("indicators")
    assert status == 0
    keys = ["id", "name", "question", "unit", "better", "estimator", "splits", "target", "source"]
    assert [list(row) for row in rows] == [keys] * len(INDICATORS)
    assert [row["id"] for row in rows] == list(INDICATORS)
    targets = {row["id"]: row["target"] for row in rows if row["target"] is not None}
    assert targets["paid_within_30_days"] == 0.95
    assert not (tmp_path / "records.duckdb").exists()


def test_the_demonstration_is_built_once(run, run_json):
    status, out, _ = run("demo")
    assert status == 0
    assert "Payments: 3,311 rows" in out
    assert run_json("show", "time_to_payment", "--where", "payee_role=partner")[1]["n"] > 1000
    status, out, _ = run("demo")
    assert status == 1
    assert "is there already" in out


def test_the_published_cases_load_whole(run, run_json):
    assert run("demo", "--cases")[0] == 0
    _, history = run_json("batches")
    assert sum(batch["quarantined"] for batch in history) == 0
    assert "published_figure" in {batch["table"] for batch in history}


# A university's real payment requests (issue 2, 'Numbers it must show').


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    if not REAL.exists():
        pytest.skip("the real files are not beside this checkout")
    return tmp_path_factory.mktemp("real") / "records.duckdb"


@pytest.fixture
def asked(real, capsys):
    """Runs a command on the real file's records, loading it before the first."""

    def command(*words):
        status = main([*words, "--store", str(real), "--format", "json"])
        return status, json.loads(capsys.readouterr().out)

    if not real.exists():
        matching = (
            "case_id=invoice_ref first_submitted_date=received_on payment_handled_date=paid_on "
            "requested_amount=amount project=partnership organisational_unit=payee"
        )
        words = ["--map", *matching.split(), "--set", "currency=XXX", "--create-missing"]
        more = ["--table", "payment", "--complete-to", "2019-01-07"]
        command.loaded = command("load", str(REAL), *more, *words)
        real.with_suffix(".json").write_text(json.dumps(command.loaded))
    command.loaded = json.loads(real.with_suffix(".json").read_text())
    return command


def test_all_rows_of_the_real_file_are_accounted_for(asked):
    status, [one] = asked.loaded
    assert (status, one["rows_read"]) == (0, 6760)
    assert sum(one[name] for name in COUNTS) == 6760
    assert one["quarantined"] == 72
    set_aside = {problem["row"] for problem in one["problems"] if problem["severity"] == "error"}
    assert len(set_aside) == 72


def test_its_figures_are_those_counted_by_hand(asked):
    found = {
        name: asked("show", name)[1]
        for name in ("average_days_to_pay", "paid_within_30_days", "median_days_to_pay")
    }
    assert found["average_days_to_pay"]["n"] == 6187
    assert found["average_days_to_pay"]["value"] == pytest.approx(11.86, abs=0.005)
    assert found["paid_within_30_days"]["value"] == pytest.approx(0.951, abs=0.0005)
    assert found["median_days_to_pay"]["value"] == 8
    assert {one["as_of"] for one in found.values()} == {"2019-01-07"}


def test_they_agree_with_a_loop_over_the_file(asked):
    with REAL.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    days = [
        (date.fromisoformat(paid[:10]) - date.fromisoformat(first[:10])).days
        for first, paid in (
            (row["first_submitted_date"], row["payment_handled_date"]) for row in rows
        )
        if first and paid
    ]
    mean = asked("show", "average_days_to_pay")[1]
    assert (len(rows), len(days)) == (6760, mean["n"])
    assert mean["value"] == pytest.approx(fmean(days))
    assert asked("show", "median_days_to_pay")[1]["value"] == median(days)


def test_with_open_requests_counted_the_wait_is_not_shorter_and_its_doubt_is_said(asked):
    _, one = asked("show", "time_to_payment", "--as-of", "2019-06-30")
    assert one["value"] >= 8
    assert one["n"] > 6187
    assert "rejected" in one["note"]
    assert "complete to 7 January 2019 only" in one["note"]


def test_unknown_in_project_is_no_partnership_of_that_name(asked):
    _, rows = asked("show", "time_to_payment", "--by", "partnership")
    counted = {row["partnership"]: row["n"] for row in rows}
    assert "UNKNOWN" not in counted
    assert counted["no partnership recorded"] > 400


def test_no_pound_total_comes_of_an_unknown_currency(asked, real, lead):
    asked("batches")
    ledger = open_ledger(real)
    row = figure(ledger, lead, "time_to_payment").only
    ledger.close()
    assert row.pounds is None
    assert {out.pounds for out in row.left_out} <= {None}
