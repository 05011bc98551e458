"""Where the money and the work go, and to whom."""

TITLE = "Reach and money"
READING_ORDER = ()
