"""What goes out to others in formats they know, beginning with templates to fill in.

May import compute, contracts and intake; never Streamlit or DuckDB.
"""

from civic_metrics.exchange.mending import with_problems
from civic_metrics.exchange.template import template

__all__ = ["template", "with_problems"]
