"""Commitments counted by where they stand, by hand."""

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said


def commitment(name, status, framework="CUA", made="2022-01-01"):
    row = {"framework": framework, "commitment": name, "wording": name, "status": status}
    return row | {"made_on": made}


def test_five_commitments_are_counted_by_where_they_stand(ledger, load, lead):
    load(
        "commitment",
        commitment("1", "met"),
        commitment("2", "met", "KEF"),
        commitment("3", "late"),
        commitment("4", "dropped"),
        commitment("5", None),
        commitment("6", "met", made="2024-04-01"),  # after the as-of date
        complete_to=AS_OF,
    )
    row = figure(ledger, lead, "commitments").only
    assert row.figure.value == 5
    assert "no sample" in row.figure.note
    assert said(row.cautions) == {"nobody has said where it stands": (1, None)}

    def by(split):
        rows = figure(ledger, lead, "commitments", by=[split]).rows
        return {row.labels[0]: row.figure.value for row in rows}

    assert by("status") == {"met": 2, "late": 1, "dropped": 1, "nobody has said": 1}
    assert by("framework") == {"CUA": 4, "KEF": 1}
