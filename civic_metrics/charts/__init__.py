"""Results as Plotly figures, one function a shape of question, each with words for its alt text.

Imports plotly, words and the model; never Streamlit. Scatter and bar traces alone, so
that no chart asks another machine for anything.
"""

from civic_metrics.charts.curve import curve
from civic_metrics.charts.describe import describe, describe_curve, describe_hex_map
from civic_metrics.charts.dumbbell import describe_dumbbell, dumbbell, sides_of
from civic_metrics.charts.funnel import describe_funnel, funnel
from civic_metrics.charts.hex_map import class_breaks, hex_map
from civic_metrics.charts.ranking import bars, ranked, ranking
from civic_metrics.charts.trend import trend
from civic_metrics.charts.xmr import Mark, Usual, describe_xmr, xmr

__all__ = [
    "Mark",
    "Usual",
    "bars",
    "class_breaks",
    "curve",
    "describe",
    "describe_curve",
    "describe_dumbbell",
    "describe_funnel",
    "describe_hex_map",
    "describe_xmr",
    "dumbbell",
    "funnel",
    "hex_map",
    "ranked",
    "ranking",
    "sides_of",
    "trend",
    "xmr",
]
