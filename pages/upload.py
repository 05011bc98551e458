"""Load a spreadsheet, see what becomes of every row, mend those that wait."""

from civic_metrics import ui

viewer = ui.require_viewer()

ui.heading("What do you want to add?")
ui.upload(viewer)
ui.set_aside_rows(viewer)
