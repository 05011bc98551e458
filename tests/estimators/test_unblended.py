"""What is not to be blended is withheld, and the rest is as it was."""

import pytest

from civic_metrics.estimators import mean, ratio, share
from civic_metrics.estimators.unblended import unblended

WHY = "these are two things"
HITS = {"n": [10, 20], "hits": [5, 5]}


def ends(first, last):
    return {"first_topic": first, "last_topic": last}


def test_one_topic_is_concluded_as_ever():
    figure = unblended(share(), WHY).conclude(HITS | ends(["a", "a"], ["a", "a"]))
    assert figure == share().conclude(HITS)
    assert figure.value == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    "topics", [(["a", "b"], ["a", "b"]), (["a"], ["b"]), (["a", None], ["b", None])]
)
def test_two_topics_are_withheld_with_the_reason_and_still_counted(topics):
    figure = unblended(share(), WHY).conclude(HITS | ends(*topics))
    assert (figure.n, figure.value, figure.lower, figure.note) == (30, None, None, WHY)


def test_rows_that_are_all_left_out_have_no_topic():
    figure = unblended(share(), WHY).conclude({"n": [], "hits": []} | ends([], []))
    assert figure == share().conclude({"n": [], "hits": []})


def test_it_asks_the_facts_for_the_topic_and_folds_it_where_the_estimator_folds():
    for estimator in (share(), mean(), ratio()):
        wrapped = unblended(estimator, WHY)
        assert wrapped.columns == (*estimator.columns, "topic")
        assert set(wrapped.measures) - set(estimator.measures) == {"first_topic", "last_topic"}
        assert (wrapped.fold is None) == (estimator.fold is None)
    assert {"first_topic", "last_topic"} <= set(unblended(ratio(), WHY).fold)
