"""The SQL half of each estimator, run as the engine runs it, on facts counted by hand."""

import duckdb
import pytest

from civic_metrics import estimators

FACTS = """
    -- one row per fact; null values and a left out row are there to be not counted
    select * from (values
        ('x', null, true, 10, true, null, 30, 60, 'a', 'university', 2.0),
        ('x', null, false, 20, true, null, 40, 50, 'a', 'partner', 1.5),
        ('x', null, true, 20, false, 5, 20, 40, null, 'partner', 1.0),
        ('x', null, false, 30, true, null, 10, 50, null, 'partner', 0.5),
        ('x', null, null, null, null, null, null, 50, 'b', 'partner', null),
        ('x', 'disputed', true, 99, true, null, 99, 99, 'c', 'partner', 9.0),
        ('y', null, true, 10, true, null, 10, 20, 'a', 'university', 1.0)
    ) as fact(
        split, left_out, hit, value, observed, entered,
        numerator, denominator, cluster, side, weight
    )
"""


def count(estimator, split="x"):
    """The columns of one split, by the statement the engine builds."""
    measures = ", ".join(f"{sql} as {name}" for name, sql in estimator.measures.items())
    per = "".join(f"{column}, " for column in estimator.per)
    sql = f"select split, left_out, {per}{measures} from facts group by all"
    if estimator.fold is not None:
        fold = ", ".join(f"{sql} as {name}" for name, sql in estimator.fold.items())
        sql = f"select split, left_out, {fold} from ({sql}) group by all"
    facts = f"with facts as (select *, value as days from ({FACTS}))"
    cursor = duckdb.connect().execute(
        f"{facts} select * from ({sql}) where left_out is null and split = ?", [split]
    )
    names = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


@pytest.mark.parametrize(
    ("estimator", "n", "value"),
    [
        (estimators.share(), 4, 0.5),  # two of four; a hit that is not known is no miss
        (estimators.mean(), 4, 20.0),  # 10, 20, 20, 30
        (estimators.quantile(), 4, 20.0),
        (estimators.ratio(), 4, 0.5),  # 30 + 40 + 20 + 10 over 60 + 50 + 40 + 50
        (estimators.gap(), 3, -1.0),  # 10 against 20, whose hours are 2.5 of 3
    ],
    ids=lambda case: getattr(case, "name", None),
)
def test_each_estimator_counts_the_facts_by_hand(estimator, n, value):
    figure = estimator.conclude(count(estimator))
    assert (figure.n, figure.value) == (n, value)


def test_survival_counts_by_day_end_and_entry():
    """One late entry, so the curve needs five followed together: there are four."""
    figure = estimators.survival().conclude(count(estimators.survival()))
    assert (figure.n, figure.numerator, figure.value) == (4, 3, None)
    other = estimators.survival().conclude(count(estimators.survival(), "y"))
    assert (other.n, other.value) == (1, 10)


def test_the_ratio_folds_rows_to_partnerships_and_those_of_none_to_one():
    """a: 70 over 110; none: 30 over 90. b has no numerator and is not a cluster."""
    (clusters,) = count(estimators.ratio())["clusters"]
    assert clusters == 2
    (squares,) = count(estimators.ratio())["numerator_squares"]
    assert squares == 70**2 + 30**2


@pytest.mark.parametrize("name", ["share", "mean", "quantile", "ratio", "gap", "survival"])
def test_each_estimator_names_itself_and_says_its_method_in_a_sentence(name):
    estimator = getattr(estimators, name)()
    assert estimator.name == name
    assert estimator.method.endswith(".")
    assert "95% interval" in estimator.method
