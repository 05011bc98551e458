"""The only Streamlit part of the package: pages say what to show, this says how.

A page begins with `viewer = require_viewer()` and then puts blocks from here one after another.
"""

from civic_metrics.ui.behaviour import over_time
from civic_metrics.ui.budget import weigh_budget
from civic_metrics.ui.changes import why_it_changed
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
from civic_metrics.ui.groups import by_group
from civic_metrics.ui.history import history
from civic_metrics.ui.indicators import (
    answer_of,
    choose_figure_of,
    choose_subject,
    definition_of,
    figures_of,
)
from civic_metrics.ui.methods import method_of, thresholds
from civic_metrics.ui.overview import as_at_line, heading, headlines, needs_a_look
from civic_metrics.ui.places import about_place, map_of_places, partnerships_in
from civic_metrics.ui.uploading import upload
from civic_metrics.ui.waiting import set_aside_rows

__all__ = [
    "Chosen",
    "about_partnership",
    "about_place",
    "answer_of",
    "answers",
    "as_at_line",
    "by_group",
    "choose_figure_of",
    "choose_indicator",
    "choose_partnership",
    "choose_place",
    "choose_subject",
    "definition_of",
    "dictionary",
    "figures_of",
    "filters",
    "heading",
    "headlines",
    "history",
    "map_of_places",
    "menu",
    "method_of",
    "needs_a_look",
    "over_time",
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
    "weigh_budget",
    "why_it_changed",
]
