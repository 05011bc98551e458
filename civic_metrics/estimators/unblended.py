"""An estimator that keeps silent where it would blend what is not to be blended.

Imports the standard library and the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from civic_metrics.estimators.columns import labels
from civic_metrics.model import Estimator, Figure

_FIRST, _LAST = "first_topic", "last_topic"


def unblended(estimator: Estimator, because: str) -> Estimator:
    """The same figure over rows of one `topic`; over several it is withheld, `because` said.

    Facts carry `topic`, text that tells one thing from another. `n` still counts every row.
    """
    ends = {_FIRST: "min(topic)", _LAST: "max(topic)"}
    fold = estimator.fold
    if fold is not None:
        fold = {**fold, _FIRST: f"min({_FIRST})", _LAST: f"max({_LAST})"}

    def conclude(columns: Mapping[str, Sequence[Any]]) -> Figure:
        figure = estimator.conclude(columns)
        topics = set(labels(columns[_FIRST])) | set(labels(columns[_LAST]))
        return Figure(n=figure.n, note=because) if len(topics - {None}) > 1 else figure

    return replace(
        estimator,
        method=f"{estimator.method} Never over several at once.",
        columns=(*estimator.columns, "topic"),
        measures={**estimator.measures, **ends},
        fold=fold,
        conclude=conclude,
    )
