"""Estimators: counted columns in, a figure with its interval out.

Re-exports only. An estimator knows nothing of any indicator, viewer or database: numpy, the
standard library and `civic_metrics.model` are all it may import.
"""

from civic_metrics.estimators.gap import gap
from civic_metrics.estimators.log_rank import LogRank, log_rank
from civic_metrics.estimators.mean import mean
from civic_metrics.estimators.quantile import quantile
from civic_metrics.estimators.rate import byar, count_limits, rate
from civic_metrics.estimators.ratio import ratio
from civic_metrics.estimators.share import share, wilson
from civic_metrics.estimators.survival import Curve, kaplan_meier, restricted_mean, survival
from civic_metrics.estimators.total import total

__all__ = [
    "Curve",
    "LogRank",
    "byar",
    "count_limits",
    "gap",
    "kaplan_meier",
    "log_rank",
    "mean",
    "quantile",
    "rate",
    "ratio",
    "restricted_mean",
    "share",
    "survival",
    "total",
    "wilson",
]
