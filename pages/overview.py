"""How are our partners treated, where, and what needs a look?"""

from civic_metrics import ui

viewer = ui.require_viewer()
chosen = ui.filters(viewer)

ui.heading("How are our partners treated?")
ui.as_at_line(viewer)
ui.headlines(viewer, chosen)
ui.needs_a_look(viewer, chosen)
