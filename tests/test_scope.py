"""Nobody sees, and no facts name, more than scope offers.

What each partner may see is written out by hand below; with any one rule taken away the same
check must fail, so that no rule can be lost without a test noticing.
"""

from dataclasses import replace
from datetime import date

import duckdb
import pyarrow as pa
import pytest

from civic_metrics import compute
from civic_metrics.compute import tables_named
from civic_metrics.contracts import contracts
from civic_metrics.indicators import INDICATORS
from civic_metrics.model import Role, Viewer
from civic_metrics.scope import NotInScope, with_clause

AS_OF = date(2024, 3, 31)
ASHBY = Viewer(Role.PARTNER, ("ashby",))
BURTON = Viewer(Role.PARTNER, ("burton",))
ANALYST = Viewer(Role.ANALYST)

REFUSED = [
    "select * from ledger.payment",
    "select * from test.ledger.payment",
    "select * from payment, lateral (select * from ledger.batch)",
    "select (select count(*) from ledger.payment) as n from payment",
    "select * from payment where exists (select 1 from ledger.contribution)",
    "with a as (with b as (select * from ledger.payment) select * from b) select * from a",
    "with recursive a as (select 1 union all select * from ledger.payment) select * from a",
    "select * from payment union all select * from ledger.payment",
    "select * from (summarize ledger.payment)",
    "select * from (select * from information_schema.tables)",
    "select * from query_table('ledger.payment')",
    "select * from query('select * from ledger.payment')",
    "with a as (select * from query_table(['ledger.payment'])) select * from a",
    "select * from payment where amount > all (select amount from query('from ledger.payment'))",
    "select * from read_csv('/etc/passwd')",
    "select * from '/etc/passwd'",
    "with a as (select * from 'rows.parquet') select * from a",
    "select * from duckdb_tables()",
    "select * from sqlite_master",
    "select * from quarantine",
    "select * from batch",
    "select * from viewer_organisation",
    "select * from everybodys_contribution",
    "select * from nothing_of_ours",
    "with a as (select (select max(x) from nothing_of_ours)) select * from a",
    "update ledger.payment set amount = 0",
    "select * from",
]


@pytest.mark.parametrize("facts", REFUSED)
def test_facts_that_name_what_scope_does_not_offer_are_refused(facts):
    with pytest.raises(NotInScope):
        tables_named(facts)


def test_a_listing_of_the_tables_is_refused():
    with pytest.raises(NotInScope):
        tables_named("select * from (show all tables)")


def test_a_name_made_inside_one_query_does_not_open_it_outside():
    with pytest.raises(NotInScope):
        tables_named("select * from (with pg_class as (select 1) from pg_class) as a, pg_class")


def test_facts_that_read_a_frame_of_the_caller_are_refused_and_cannot_run(ledger):
    frame = pa.table({"a": [1]})
    assert frame.num_rows == 1
    with pytest.raises(NotInScope):
        tables_named("select * from frame")
    with pytest.raises(duckdb.CatalogException):
        ledger.cursor().execute("select * from frame")


def test_names_inside_nested_queries_count():
    facts = """
        with a as (select * from payment where payee in (select organisation from organisation))
        select * from a join (select partnership from (select * from footprint)) using (partnership)
    """
    assert tables_named(facts) == {"payment", "organisation", "footprint"}


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda one: one.id)
def test_facts_run_without_a_scope_find_no_tables(ledger, indicator):
    for facts in (indicator.facts, *(variant.facts for variant in indicator.variants)):
        bound = {"as_of": AS_OF} if "$as_of" in facts else {}
        with pytest.raises(duckdb.CatalogException):
            ledger.cursor().execute(facts, bound)


@pytest.mark.parametrize("indicator", INDICATORS)
def test_no_viewer_no_figure(two_partners, indicator):
    with pytest.raises(NotInScope):
        compute.figure(two_partners, None, indicator)


def test_no_viewer_no_figure_even_from_empty_records(ledger):
    with pytest.raises(NotInScope):
        compute.figure(ledger, None, "time_to_payment")


def test_no_viewer_no_records(two_partners):
    for ask in (
        lambda: compute.records(two_partners, None, "payment"),
        lambda: compute.waiting(two_partners, None, "both", as_of=AS_OF),
        lambda: compute.years_recorded(two_partners, None, "financial_year"),
        lambda: with_clause(None, ["place"], as_of=AS_OF),
    ):
        with pytest.raises(NotInScope):
            ask()


def test_a_partner_stands_for_somebody_and_a_lead_for_nobody():
    for role, organisations in ((Role.PARTNER, ()), (Role.LEAD, ("ashby",))):
        with pytest.raises(ValueError, match="a partner stands for"):
            Viewer(role, organisations)


# Ashby is in two partnerships, one of them with Burton, who has another of its own.
ROWS = {
    "organisation": [
        {"organisation": who, "name": who.title()} for who in ("ashby", "burton", "uni")
    ],
    "partnership": [
        {"partnership": name, "name": name.title(), "started_on": "2020-01-01"}
        for name in ("one", "both", "two")
    ],
    "membership": [
        {"partnership": "one", "organisation": "ashby"},
        {"partnership": "both", "organisation": "ashby"},
        {"partnership": "both", "organisation": "burton"},
        {"partnership": "two", "organisation": "burton"},
    ],
    "partnership_theme": [
        {"partnership": name, "theme": "food"} for name in ("one", "both", "two")
    ],
    "footprint": [{"partnership": name, "place": "X1"} for name in ("one", "both", "two")],
    "funding": [{"partnership": name, "reference": f"F-{name}"} for name in ("one", "both", "two")],
    "payment": [
        {
            "payee": payee,
            "invoice_ref": f"I-{payee}",
            "partnership": "both",
            "received_on": "2024-01-01",
            "paid_on": "2024-01-21",
            "amount": 100,
            "currency": "GBP",
            "payee_role": "partner",
        }
        for payee in ("ashby", "burton")
    ],
    "contribution": [
        {
            "contribution_ref": f"C-{who}",
            "partnership": "both",
            "organisation": who,
            "role_group": "partner",
            "worked_on": "2024-01-01",
            "quantity": 2,
        }
        for who in ("ashby", "burton")
    ],
    "place": [{"place_code": "X1", "name": "Brackwater", "level": "local_authority"}],
    "place_statistic": [{"measure": "m", "place": "X1", "period": "2024", "source": "s"}],
    "place_code_change": [{"old_code": "X0", "current_code": "X1"}],
    "published_figure": [{"subject": "s", "measure": "m", "period": "2024", "source": "s"}],
    "bank_rate": [
        {
            "ref_date": "2023-12-31",
            "bank_rate": 5.25,
            "statutory_rate": 13.25,
            "applies_from": "2024-01-01",
            "applies_to": "2024-06-30",
        }
    ],
    "threshold": [
        {
            "threshold": "t",
            "from_on": "2024-01-01",
            "value": 1.0,
            "unit": "share",
            "meaning": "m",
            "source": "s",
        }
    ],
    "rate": [
        {
            "activity": "talk",
            "basis": "gross",
            "kind": "floor",
            "from_on": "2024-01-01",
            "hourly_gbp": 12,
            "source": "s",
        }
    ],
    "review": [
        # own side; the other's, shared with both; the other's, kept; shared elsewhere
        {
            "partnership": "one",
            "respondent": "own",
            "side": "partner",
            "organisation": "ashby",
            "reviewed_on": "2024-01-01",
            "statement": "s",
        },
        {
            "partnership": "both",
            "respondent": "shared",
            "side": "partner",
            "organisation": "burton",
            "reviewed_on": "2024-01-01",
            "statement": "s",
            "is_shared": True,
        },
        {
            "partnership": "both",
            "respondent": "kept",
            "side": "university",
            "reviewed_on": "2024-01-01",
            "statement": "s",
            "is_shared": False,
        },
        {
            "partnership": "both",
            "respondent": "not said",
            "side": "university",
            "reviewed_on": "2024-01-01",
            "statement": "s",
        },
        {
            "partnership": "two",
            "respondent": "elsewhere",
            "side": "partner",
            "organisation": "burton",
            "reviewed_on": "2024-01-01",
            "statement": "s",
            "is_shared": True,
        },
    ],
    "principle": [
        {"partnership": name, "principle": f"p-{name}", "wording": "w", "from_on": "2024-01-01"}
        for name in ("one", "both", "two")
    ],
    "expectation": [
        {"partnership": name, "side": "shared", "expectation": "e"}
        for name in ("one", "both", "two")
    ],
    "value_priority": [
        {"partnership": name, "side": "university", "subject": "s", "stated_on": "2024-01-01"}
        for name in ("one", "both", "two")
    ],
    "milestone": [{"partnership": name, "milestone": "m"} for name in ("one", "both", "two")],
    "activity": [
        {"activity_ref": f"A-{name}", "title": "t", "partnership": name, "held_on": "2024-01-01"}
        for name in ("one", "both", "two")
    ],
    "in_kind": [
        {
            "in_kind_ref": ref,
            "partnership": "both",
            "giver": giver,
            "receiver": receiver,
            "kind": "room or venue",
            "given_on": "2024-01-01",
        }
        for ref, giver, receiver in (
            ("given", "ashby", "uni"),
            ("received", "uni", "ashby"),
            ("other", "burton", "uni"),
        )
    ],
    "seat": [{"body": "board", "organisation": who, "seats": 1} for who in ("ashby", "burton")],
    "holder": [{"partnership": "one", "person_ref": "person-001"}],
    "commitment": [{"framework": "CUA", "commitment": "1", "wording": "w"}],
    "code": [{"system": "project", "code": "RX1", "meaning": "partnership", "partnership": "one"}],
    "plausibility": [
        {
            "measure": "m",
            "from_on": "2024-01-01",
            "value": 1.0,
            "unit": "u",
            "meaning": "m",
            "source": "s",
        }
    ],
}

# Table -> the column that tells its rows apart -> what Ashby may see there.
ASHBY_SEES = {
    "organisation": ("organisation", ["ashby"]),
    "partnership": ("partnership", ["both", "one"]),
    "membership": ("partnership", ["both", "both", "one"]),
    "partnership_theme": ("partnership", ["both", "one"]),
    "footprint": ("partnership", ["both", "one"]),
    "funding": ("partnership", ["both", "one"]),
    "payment": ("payee", ["ashby"]),
    "contribution": ("organisation", ["ashby"]),
    "review": ("respondent", ["own", "shared"]),
    "principle": ("partnership", ["both", "one"]),
    "expectation": ("partnership", ["both", "one"]),
    "value_priority": ("partnership", ["both", "one"]),
    "milestone": ("partnership", ["both", "one"]),
    "activity": ("partnership", ["both", "one"]),
    "in_kind": ("in_kind_ref", ["given", "received"]),
    "seat": ("organisation", ["ashby"]),
    "holder": ("person_ref", []),
    "commitment": ("commitment", []),
    "code": ("code", []),
}
OPEN_TO_ALL = {
    "place": ("place_code", ["X1"]),
    "place_statistic": ("measure", ["m"]),
    "place_code_change": ("old_code", ["X0"]),
    "published_figure": ("measure", ["m"]),
    "bank_rate": ("bank_rate", [5.25]),
    "threshold": ("threshold", ["t"]),
    "rate": ("activity", ["talk"]),
    "plausibility": ("measure", ["m"]),
}


@pytest.fixture
def two_partners(ledger, load):
    for table, rows in ROWS.items():
        load(table, *rows, complete_to=AS_OF)
    return ledger


def seen(ledger, viewer, table, column):
    return sorted(row[column] for row in compute.records(ledger, viewer, table))


def assert_no_leak(ledger, table):
    column, expected = (ASHBY_SEES | OPEN_TO_ALL)[table]
    assert seen(ledger, ASHBY, table, column) == expected


def test_the_oracle_knows_every_table():
    assert set(ASHBY_SEES) | set(OPEN_TO_ALL) == set(contracts()) == set(ROWS)


@pytest.mark.parametrize("table", contracts())
def test_a_partner_sees_its_own_rows_of_a_table_and_no_others(two_partners, table):
    assert_no_leak(two_partners, table)


@pytest.mark.parametrize("table", contracts())
@pytest.mark.parametrize("viewer", [Viewer(Role.LEAD), ANALYST], ids=["lead", "analyst"])
def test_lead_and_analyst_see_every_row_of_a_table(two_partners, table, viewer):
    assert len(compute.records(two_partners, viewer, table)) == len(ROWS[table])


@pytest.mark.parametrize("table", ASHBY_SEES)
def test_with_its_rule_taken_away_a_table_leaks_and_the_check_fails(
    two_partners, monkeypatch, table
):
    open_to_all = replace(contracts()[table], scope={"partner": "true"})
    monkeypatch.setitem(contracts(), table, open_to_all)
    with pytest.raises(AssertionError):
        assert_no_leak(two_partners, table)


@pytest.mark.parametrize("table", contracts())
def test_the_rule_of_a_table_alone_keeps_everything_from_a_stranger(two_partners, table):
    stranger = Viewer(Role.PARTNER, ("nobody we know",))
    column, rows = (ASHBY_SEES | OPEN_TO_ALL)[table]
    assert seen(two_partners, stranger, table, column) == (rows if table in OPEN_TO_ALL else [])


def test_an_organisations_name_cannot_be_slipped_into_the_rule(two_partners):
    crafty = Viewer(Role.PARTNER, ("x' or true or 'x' = '",))
    assert compute.records(two_partners, crafty, "payment") == []


def test_a_partner_may_stand_for_two_organisations(two_partners):
    both = Viewer(Role.PARTNER, ("ashby", "burton"))
    assert seen(two_partners, both, "payment", "payee") == ["ashby", "burton"]


def test_a_partner_sees_its_own_invoices_only(two_partners):
    assert seen(two_partners, BURTON, "invoice", "payee") == ["burton"]


def test_a_figure_of_a_partner_rests_on_its_own_rows(two_partners, lead):
    whole = compute.figure(two_partners, lead, "average_days_to_pay").only.figure
    own = compute.figure(two_partners, ASHBY, "average_days_to_pay").only.figure
    assert (whole.n, own.n) == (2, 1)


def test_split_by_organisation_a_partner_reads_no_other_name(two_partners):
    for indicator in ("average_days_to_pay", "partnership_longevity"):
        result = compute.figure(two_partners, ASHBY, indicator, by=["organisation"])
        assert [row.labels for row in result.rows] == [("Ashby",)]


def test_history_of_what_was_recorded_is_scoped_as_well(two_partners):
    sql = with_clause(ASHBY, ["payment"], as_of=AS_OF, batch=7)
    rows = two_partners.cursor().execute(f"with {sql.sql} from payment", sql.parameters).fetchall()
    assert [row[0] for row in rows] == ["ashby"]


# The comparator: the university's own paid time, the same for all, never of fewer than three.


def staff(ref, person, paid=40, **more):
    row = {
        "contribution_ref": ref,
        "partnership": "both",
        "organisation": "uni",
        "person_ref": person,
        "role_group": "staff",
        "activity": "talk",
        "worked_on": "2024-01-10",
        "quantity": 2,
        "paid_gbp": paid,
        "pay_basis": "gross",
    }
    return row | more


def cells(ledger, viewer, as_of=AS_OF):
    scope = with_clause(viewer, ["comparator"], as_of=as_of)
    sql = (
        f"with {scope.sql} select partnership, activity, financial_year, hours, paid_gbp::int, "
        "people from comparator order by all"
    )
    used = {name: value for name, value in scope.parameters.items() if f"${name}" in scope.sql}
    return ledger.cursor().execute(sql, used).fetchall()


def test_the_comparator_is_the_same_for_every_viewer(two_partners, load):
    load("contribution", *(staff(f"S{n}", f"person {n}") for n in range(3)))
    # Three people, 2 hours at £40 each, in the partnership and therefore over all of them too.
    expected = [
        ("both", "talk", "2023/24", 6.0, 120, 3),
        (None, "talk", "2023/24", 6.0, 120, 3),
    ]
    for viewer in (Viewer(Role.LEAD), ANALYST, ASHBY, BURTON, Viewer(Role.PARTNER, ("x",))):
        assert cells(two_partners, viewer) == expected


def test_a_cell_of_two_people_is_not_there_and_counts_over_all_partnerships(two_partners, load):
    load(
        "contribution",
        *(staff(f"S{n}", f"person {n}") for n in range(2)),
        staff("S3", "person 3", partnership="two"),
    )
    assert cells(two_partners, ASHBY) == [(None, "talk", "2023/24", 6.0, 120, 3)]


def test_one_person_in_three_rows_is_one_person(two_partners, load):
    load("contribution", *(staff(f"S{n}", "the same") for n in range(3)))
    assert cells(two_partners, ASHBY) == []


def test_people_without_a_reference_are_one_person_an_organisation(two_partners, load):
    load("contribution", *(staff(f"S{n}", None) for n in range(5)), staff("S5", "a"))
    assert cells(two_partners, ASHBY) == []
    load("contribution", staff("S6", None, organisation="burton"))
    assert [cell[-1] for cell in cells(two_partners, ASHBY)] == [3, 3]


def test_the_comparator_knows_nothing_of_a_day_to_come_nor_of_partners_or_unpaid_time(
    two_partners, load
):
    load(
        "contribution",
        *(staff(f"S{n}", f"person {n}", worked_on="2024-05-01") for n in range(3)),
        *(staff(f"P{n}", f"person {n}", role_group="partner") for n in range(3)),
        *(staff(f"U{n}", f"person {n}", paid=0) for n in range(3)),
    )
    assert cells(two_partners, ASHBY) == []


def test_only_a_column_that_is_there_can_be_asked_for(two_partners):
    crafty = "payee) or exists (select 1 from ledger.batch where list_contains(['x'], 'x')"
    for table in ("payment", "invoice"):
        with pytest.raises(compute.Unanswerable):
            compute.records(two_partners, ASHBY, table, where={crafty: ["x"]})
