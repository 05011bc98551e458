"""The table layouts: every one has a key, a rule for partners and words for people."""

import json
from importlib import resources

import pytest

from civic_metrics.contracts import ContractError, contract, contracts, parse

FILES = sorted(
    file.name for file in resources.files("civic_metrics.contracts").iterdir()
    if file.name.endswith(".json")
)  # fmt: skip


def schema(**changes):
    made = {
        "name": "thing",
        "title": "Things",
        "one": "thing",
        "description": "One row a thing.",
        "fields": [{"name": "thing", "type": "string", "description": "The thing."}],
        "primaryKey": ["thing"],
        "scope": {"partner": "true"},
    }
    return {name: value for name, value in (made | changes).items() if value is not None}


def test_the_tables_of_the_first_issue_are_there():
    needed = (
        "organisation partnership partnership_theme membership footprint funding place "
        "place_statistic published_figure rate payment contribution bank_rate threshold "
        "place_code_change"
    )
    assert set(needed.split()) <= set(contracts())


def test_a_layout_is_called_as_its_file_is():
    assert [f"{name}.json" for name in contracts()] == FILES


@pytest.mark.parametrize("without", [None, {}, {"lead": "true"}, {"partner": ""}])
def test_a_layout_without_a_rule_for_partners_fails_to_load(without):
    with pytest.raises(ContractError, match="no rule says which rows a partner may see"):
        parse(schema(scope=without))


@pytest.mark.parametrize("key", [None, [], ["other"]])
def test_a_layout_without_a_key_among_its_columns_fails_to_load(key):
    with pytest.raises(ContractError, match="the primary key must name columns"):
        parse(schema(primaryKey=key))


def test_a_column_of_an_unknown_type_fails_to_load():
    with pytest.raises(ContractError, match=r"thing\.thing: unknown type 'colour'"):
        parse(schema(fields=[{"name": "thing", "type": "colour", "description": ""}]))


def test_an_unknown_table_is_answered_with_those_there_are():
    with pytest.raises(ContractError, match=r"no table called 'invoices'.*payment"):
        contract("invoices")


@pytest.mark.parametrize("table", contracts().values(), ids=lambda table: table.name)
def test_a_layout_refers_to_tables_and_columns_that_are_there(table):
    for column in table.columns:
        assert column.reference is None or len(contracts()[column.reference].key) == 1
        assert column.description
    aliases = [alias for column in table.columns for alias in column.aliases]
    names = {column.name for column in table.columns}
    assert len(set(aliases)) == len(aliases)
    assert not names & set(aliases)
    assert table.complete_to in ("none", "asked", "offered")


@pytest.mark.parametrize("table", contracts().values(), ids=lambda table: table.name)
def test_what_is_kept_of_money_is_decimal_and_what_happened_is_a_date(table):
    for column in table.columns:
        if column.unit:
            assert column.sql_type == "decimal(18, 2)"
        if column.happened or column.partial:
            assert column.type == "date"


def test_payments_and_contributions_ask_to_what_day_they_are_complete():
    asked = [name for name, table in contracts().items() if table.complete_to == "asked"]
    assert asked == ["contribution", "payment"]


@pytest.mark.parametrize("file", FILES)
def test_a_layout_is_a_table_schema_anybody_can_read(file):
    read = json.loads((resources.files("civic_metrics.contracts") / file).read_text("utf-8"))
    assert {"fields", "primaryKey", "name", "title", "description"} <= set(read)
    for field in read["fields"]:
        assert field["type"] in ("string", "date", "number", "integer", "boolean")
