"""How far the records themselves can be trusted."""

TITLE = "Data"
READING_ORDER = ()
