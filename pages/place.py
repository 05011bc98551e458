"""Where do we work, and how are partners treated there?"""

from civic_metrics import ui

viewer = ui.require_viewer()
chosen = ui.filters(viewer)

ui.heading("How are partners treated in each place?")
ui.places_worked_in(viewer)
indicator = ui.choose_indicator("place")
ui.map_of_places(viewer, indicator, chosen)
place = ui.choose_place(viewer)
ui.about_place(viewer, place)
ui.partnerships_in(viewer, place, chosen)
ui.answers(viewer, chosen.narrowed(place=place))
