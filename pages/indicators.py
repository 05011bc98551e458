"""What does each figure say, by group and over time, and what is it?"""

from civic_metrics import ui

viewer = ui.require_viewer()
chosen = ui.filters(viewer)

ui.heading("What does each figure say?")
subject = ui.choose_subject()
indicator = ui.choose_figure_of(subject)
ui.answer_of(viewer, indicator, chosen)
ui.by_group(viewer, indicator, chosen)
ui.over_time(viewer, indicator, chosen)
ui.why_it_changed(viewer, indicator, chosen)
ui.definition_of(viewer, indicator, chosen)
ui.figures_of(viewer, subject, chosen)
