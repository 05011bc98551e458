"""How is each figure worked out?"""

from civic_metrics import ui

viewer = ui.require_viewer()

ui.heading("How is each figure worked out?")
indicator = ui.choose_indicator()
ui.method_of(viewer, indicator)
ui.thresholds(viewer)
