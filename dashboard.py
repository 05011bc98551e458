"""The entry: `streamlit run dashboard.py`. Everything it draws is in civic_metrics.ui."""

from civic_metrics import ui

ui.start()
