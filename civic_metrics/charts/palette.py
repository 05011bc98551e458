"""The colours of every chart, by name. Imports nothing.

Source: Government Analysis Function, Data visualisation: colours in charts (2023): categorical,
sequential and focus palettes, https://analysisfunction.civilservice.gov.uk/policy-store/
data-visualisation-colours-in-charts/. The categorical colours and the inks have at least 3 to 1
against white (WCAG 2.2, 1.4.11); the inks, which carry text, at least 4.5 to 1 (1.4.3).
"""

from __future__ import annotations

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"

CATEGORICAL = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE, DARK_GREY, LIGHT_PURPLE)

MID_BLUE = "#2073BC"
LIGHT_BLUE = "#6BACE6"
# The published sequence has three blues; five classes need two lighter ones of the same hue.
PALE_BLUE = "#A6CEF0"
PALEST_BLUE = "#DCEBF8"

# The lightest first: for areas with an outline only, never for lines or text.
SEQUENTIAL = {
    1: (MID_BLUE,),
    2: (LIGHT_BLUE, DARK_BLUE),
    3: (LIGHT_BLUE, MID_BLUE, DARK_BLUE),
    4: (PALE_BLUE, LIGHT_BLUE, MID_BLUE, DARK_BLUE),
    5: (PALEST_BLUE, PALE_BLUE, LIGHT_BLUE, MID_BLUE, DARK_BLUE),
}

INK = DARK_GREY
SOFT_INK = "#595959"
GRID = "#E3E3E3"
NO_FIGURE = "#EFEFEF"
NO_FIGURE_EDGE = "#9A9A9A"
SELECTED = "#0B0C0C"


def clear(colour: str, opacity: float) -> str:
    """The colour as rgba with an opacity of 0 to 1, for bands."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
