"""Everything about one partnership."""

from civic_metrics import ui

viewer = ui.require_viewer()

ui.heading("How is this partnership going?")
partnership = ui.choose_partnership(viewer)
chosen = ui.filters(viewer, theme=False, kind=False).narrowed(partnership=partnership)
ui.about_partnership(viewer, partnership)
ui.answers(viewer, chosen, of_many=False)
ui.waiting_invoices(viewer, partnership)
ui.time_given(viewer, chosen)
ui.records_behind(viewer, partnership)
