"""What would a planned project pay partners, staff and others?"""

from civic_metrics import ui

viewer = ui.require_viewer()

ui.heading("Does this budget reflect our values?")
ui.weigh_budget(viewer)
