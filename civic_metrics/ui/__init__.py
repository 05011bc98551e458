"""The only Streamlit part of the package: pages say what to show, this says how.

A page begins with `viewer = require_viewer()` and then puts blocks from here one after another.
"""

from civic_metrics.ui.choices import (
    Chosen,
    choose_indicator,
    choose_partnership,
    choose_place,
    filters,
    places_worked_in,
)
from civic_metrics.ui.details import (
    about_partnership,
    answers,
    records_behind,
    time_given,
    waiting_invoices,
)
from civic_metrics.ui.dictionary import dictionary
from civic_metrics.ui.entry import menu, require_viewer, start
from civic_metrics.ui.history import history
from civic_metrics.ui.methods import method_of, thresholds
from civic_metrics.ui.overview import as_at_line, heading, headlines, needs_a_look
from civic_metrics.ui.places import about_place, map_of_places, partnerships_in
from civic_metrics.ui.uploading import upload
from civic_metrics.ui.waiting import set_aside_rows

__all__ = [
    "Chosen",
    "about_partnership",
    "about_place",
    "answers",
    "as_at_line",
    "choose_indicator",
    "choose_partnership",
    "choose_place",
    "dictionary",
    "filters",
    "heading",
    "headlines",
    "history",
    "map_of_places",
    "menu",
    "method_of",
    "needs_a_look",
    "partnerships_in",
    "places_worked_in",
    "records_behind",
    "require_viewer",
    "set_aside_rows",
    "start",
    "thresholds",
    "time_given",
    "upload",
    "waiting_invoices",
]
