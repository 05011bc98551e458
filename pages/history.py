"""Every upload and undo, with its effect and a way back."""

from civic_metrics import ui

viewer = ui.require_viewer()

ui.heading("What was uploaded before?")
ui.history(viewer)
