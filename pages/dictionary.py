"""What every table and column means, with a template to fill in."""

from civic_metrics import ui

viewer = ui.require_viewer()

ui.heading("What goes into a spreadsheet?")
ui.dictionary(viewer)
