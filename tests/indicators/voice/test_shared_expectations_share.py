"""Expectations in common over all that were stated, by hand."""

import pytest

from civic_metrics.compute import figure
from tests.indicators.drawn import AS_OF, said


def expects(side, what, **more):
    return {"partnership": "p", "side": side, "expectation": what} | more


@pytest.fixture
def drawn(load):
    # P: one stated together, one by each in the same words, one of the university, two of
    # partners: 2 of 5. In q nobody asked the partner.
    load(
        "expectation",
        expects("shared", "We meet monthly."),
        expects("university", "We publish together."),
        expects("partner", " we publish together. ", organisation="ashby"),
        expects("university", "Records are kept."),
        expects("partner", "We are paid in a month.", organisation="ashby"),
        expects("partner", "We are paid in a month.", organisation="burton"),
        expects("partner", "One person to ring."),
        expects("university", "Students take part.", partnership="q"),
        complete_to=AS_OF,
    )


@pytest.mark.usefixtures("drawn")
def test_two_of_five_expectations_are_shared(ledger, lead):
    row = figure(ledger, lead, "shared_expectations_share").only
    assert (row.figure.numerator, row.figure.n, row.figure.value) == (2, 5, 0.4)
    assert said(row.cautions) == {
        "expected by a partner only": (2, None),
        "expected by the university only": (1, None),
    }
    assert said(row.left_out) == {"only one side has said what it expects": (1, None)}
