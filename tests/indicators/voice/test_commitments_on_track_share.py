"""Commitments met or on track, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said


def commitment(name, status, framework="CUA", by="university", on="2023-06-01"):
    row = {"framework": framework, "commitment": name, "wording": name, "status": status}
    return row | {"made_on": "2022-01-01", "judged_by": by, "judged_on": on}


@pytest.fixture
def drawn(load):
    # CUA: met and on track of five; KEF: none of one. One has no status.
    load(
        "commitment",
        commitment("1", "met"),
        commitment("2", "on track"),
        commitment("3", "late", by="partners"),
        commitment("4", "dropped", by="both", on=None),
        commitment("5", "not started", by=None),
        commitment("6", None, by=None, on=None),
        commitment("7", "at risk", "KEF", by="outside body"),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_two_of_six_are_met_or_on_track(ledger, lead):
    row = figure(ledger, lead, "commitments_on_track_share").only
    assert (row.figure.numerator, row.figure.n) == (2, 6)
    assert said(row.left_out) == {"nobody has said where it stands": (1, None)}


@pytest.mark.usefixtures("drawn")
def test_by_framework(ledger, lead):
    rows = figure(ledger, lead, "commitments_on_track_share", by=["framework"]).rows
    found = {row.labels[0]: (row.figure.numerator, row.figure.n) for row in rows}
    assert found == {"CUA": (2, 5), "KEF": (0, 1)}


@pytest.mark.usefixtures("drawn")
def test_whose_judgement_each_is_and_from_when_is_said(ledger, lead):
    assert set(said(figure(ledger, lead, "commitments_on_track_share").only.cautions)) == {
        "met, judged by the university itself in 2023",
        "on track, judged by the university itself in 2023",
        "late, judged by partners in 2023",
        "dropped, judged by both sides, when is not recorded",
        "not started, judged by nobody named in 2023",
        "at risk, judged by an outside body in 2023",
    }
