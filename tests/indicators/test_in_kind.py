"""What was given in kind, both ways, by hand."""

from datetime import date

import pytest

from civic_metrics.compute import figure
from civic_metrics.model import Role, Viewer
from tests.indicators.drawn import AS_OF, said


def gift(ref, giver, receiver, pounds, **more):
    row = {"in_kind_ref": ref, "giver": giver, "receiver": receiver, "value_gbp": pounds}
    row |= {"partnership": "p", "kind": "equipment", "given_on": date(2024, 1, 10)}
    return row | {"basis": "market price"} | more


@pytest.fixture
def drawn(load):
    load(
        "organisation",
        {"organisation": "uni", "name": "University", "is_home_university": True},
        {"organisation": "ashby", "name": "Ashby", "kind": "charity"},
        {"organisation": "burton", "name": "Burton", "kind": "council"},
    )
    load(
        "in_kind",
        gift("K1", "ashby", "uni", 100),
        gift("K2", "ashby", None, 40, basis="estimate"),
        gift("K3", "burton", "uni", 5),
        gift("K4", "burton", "uni", None),
        gift("K5", "burton", "ashby", 70),
        gift("K6", "uni", "ashby", 30, basis="estimate"),
        gift("K7", "uni", None, 8),
        gift("K8", "uni", "uni", 900),
        gift("K9", "uni", "burton", None),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_what_partners_gave(ledger, lead):
    row = figure(ledger, lead, "in_kind_given").only
    assert (row.figure.value, row.figure.n) == (145, 3)
    assert said(row.left_out) == {
        "no value put on it": (1, None),
        "given to another partner": (1, 70),
    }
    assert said(row.cautions) == {
        "for the partnership, no receiver recorded; its value is an estimate": (1, 40)
    }
    rows = figure(ledger, lead, "in_kind_given", by=["organisation"]).rows
    assert {row.keys[0]: row.figure.value for row in rows} == {"ashby": 140, "burton": 5}


@pytest.mark.usefixtures("drawn")
def test_what_the_university_gave(ledger, lead):
    row = figure(ledger, lead, "in_kind_received").only
    assert (row.figure.value, row.figure.n) == (38, 2)
    assert said(row.left_out) == {
        "no value put on it": (1, None),
        "given within the university": (1, 900),
    }
    assert said(row.cautions) == {
        "its value is an estimate": (1, 30),
        "for the partnership, no receiver recorded": (1, 8),
    }


@pytest.mark.usefixtures("drawn")
def test_a_partner_sees_what_it_gave_and_got_though_the_university_is_not_its_row(ledger):
    ashby = Viewer(Role.PARTNER, ("ashby",))
    assert figure(ledger, ashby, "in_kind_given").only.figure.value == 140
    assert figure(ledger, ashby, "in_kind_received").only.figure.value == 30
