"""Activities whose findings were told to those who took part, by hand."""

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said


def activity(ref, held, shared, heading="other"):
    row = {"activity_ref": ref, "title": ref, "held_on": held, "findings_shared_on": shared}
    return row | {"hebci_heading": heading, "partnership": "p"}


def test_one_of_four_was_told_what_was_found(ledger, load, lead):
    load(
        "activity",
        activity("A1", "2023-01-10", "2023-01-10"),
        activity("A2", "2023-01-10", None, "public lectures"),
        activity("A3", "2023-01-10", "2024-04-01"),  # after the as-of date
        activity("A4", "2023-12-01", None),
        activity("A5", "2023-01-10", "2023-01-09"),
        complete_to=AS_OF,
    )
    row = figure(ledger, lead, "findings_fed_back_share").only
    assert (row.figure.numerator, row.figure.n) == (1, 4)
    assert said(row.left_out) == {"shared before it was held": (1, None)}
    assert said(row.cautions) == {
        "held in the last six months, so that there is still time": (1, None)
    }
    rows = figure(ledger, lead, "findings_fed_back_share", by=["heading"]).rows
    found = {row.labels[0]: (row.figure.numerator, row.figure.n) for row in rows}
    assert found == {"other": (1, 3), "public lectures": (0, 1)}


def test_where_sharing_was_never_recorded_it_is_not_nought(ledger, load, lead):
    load("activity", activity("A1", "2023-01-10", None), complete_to=AS_OF)
    row = figure(ledger, lead, "findings_fed_back_share").only
    assert (row.figure.n, row.figure.value) == (0, None)
    assert said(row.left_out) == {"the records never say when findings were shared": (1, None)}
